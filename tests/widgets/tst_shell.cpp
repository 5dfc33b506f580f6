// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/commands/palettemodel.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/homepage.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/theme.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/toast.h"

#include <QClipboard>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QStatusTipEvent>
#include <QTableView>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace parallax;
using shell::MainWindow;
using shell::Mode;
namespace ids = commands::ids;

class TestShell : public test::TestCase
{
    Q_OBJECT

    std::unique_ptr<theme::Theme> m_theme;
    std::unique_ptr<commands::CommandRegistry> m_registry;
    std::unique_ptr<MainWindow> m_window;

    QRadioButton *modeButton(const QString &name) { return m_window->findChild<QRadioButton *>(u"mode"_s + name); }

    void openFolder()
    {
        for (const Mode mode : {Mode::Edit, Mode::Live, Mode::Replay, Mode::Compare})
            m_window->setPage(mode, new QWidget);
        m_window->setWorkspace(u"acme-models"_s, u"/somewhere/acme-models"_s);
        m_registry->refreshNow();
    }

private Q_SLOTS:
    void init()
    {
        test::TestCase::init();
        m_theme = std::make_unique<theme::Theme>(theme::Theme::Mode::Light);
        theme::install(*qApp, *m_theme);
        m_registry = std::make_unique<commands::CommandRegistry>(*m_theme);
        m_registry->addAll(commands::catalogue());
        m_window = std::make_unique<MainWindow>(*m_registry, *m_theme);
        m_registry->bind(ids::kOpenExample, m_window.get(), [] {});
        m_registry->bind(ids::kOpenFolder, m_window.get(), [] {});
        m_registry->bind(ids::kPreferences, m_window.get(), [] {});
        m_window->resize(1440, 900);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_registry.reset();
        qApp->setStyle(u"Fusion"_s);
        m_theme.reset();
    }

    void startsAtHomeWithTheModesOff()
    {
        QVERIFY(!m_window->mode().has_value());
        QVERIFY(m_window->home().isVisible());
        for (const QString &name : {u"Edit"_s, u"Live"_s, u"Replay"_s, u"Compare"_s}) {
            QVERIFY(!modeButton(name)->isEnabled());
            QVERIFY(!modeButton(name)->toolTip().isEmpty());
        }
        QVERIFY(!m_registry->run(ids::kModeEdit));
    }

    void modesAreRadioButtonsByTheirContractNames()
    {
        openFolder();
        for (const QString &name : {u"Edit"_s, u"Live"_s, u"Replay"_s, u"Compare"_s}) {
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(modeButton(name));
            QCOMPARE(interface->role(), QAccessible::RadioButton);
            QCOMPARE(interface->text(QAccessible::Name), name);
        }
    }

    void clickingShortcutAndCallAgreeOnTheMode()
    {
        openFolder();
        QCOMPARE(m_window->mode(), Mode::Edit);
        QSignalSpy changed(m_window.get(), &MainWindow::modeChanged);
        modeButton(u"Live"_s)->click();
        QCOMPARE(m_window->mode(), Mode::Live);
        QVERIFY(m_registry->action(ids::kModeLive)->isChecked());
        QVERIFY(m_registry->run(ids::kModeCompare));
        QCOMPARE(m_window->mode(), Mode::Compare);
        QVERIFY(modeButton(u"Compare"_s)->isChecked());
        m_window->setMode(Mode::Replay);
        QCOMPARE(changed.size(), 3);
        m_window->setWorkspace({});
        QVERIFY(!m_window->mode().has_value());
        QVERIFY(!modeButton(u"Replay"_s)->isChecked());
    }

    void pagesAreMadeWhenFirstGoneTo()
    {
        int made = 0;
        m_window->setPage(Mode::Edit, new QWidget);
        m_window->setPageFactory(Mode::Live, [&made] {
            ++made;
            return new QWidget;
        });
        m_window->setWorkspace(u"acme"_s);
        QCOMPARE(made, 0);
        m_window->setMode(Mode::Live);
        m_window->setMode(Mode::Edit);
        m_window->setMode(Mode::Live);
        QCOMPARE(made, 1);
        QVERIFY(!modeButton(u"Replay"_s)->isEnabled());
    }

    void everythingHasANameOfItsOwn()
    {
        const auto check = [this](const char *where) {
            const QStringList faults = test::accessibilityFaults(m_window.get());
            QVERIFY2(faults.isEmpty(), qPrintable(QLatin1String(where) + u": "_s + faults.join(u"; ")));
        };
        check("home");
        m_window->home().setRecent({{u"acme"_s, u"/somewhere/acme"_s}, {u"other"_s, u"/somewhere/other"_s}});
        check("recent");
        openFolder();
        m_window->status().item(u"Branch"_s)->setAction(m_registry->action(ids::kPreferences));
        check("modes");
        m_window->commandPalette().open();
        check("palette");
    }

    void paletteFindsRunsAndGivesTheFocusBack()
    {
        openFolder();
        auto *field = new QLineEdit(m_window->page(Mode::Edit));
        field->setObjectName(u"field"_s);
        field->show();
        m_window->activateWindow();
        field->setFocus();
        int runs = 0;
        m_registry->bind(ids::kAddMirror, m_window.get(), [&runs] { ++runs; });
        QVERIFY(m_registry->run(ids::kPalette));
        auto *search = m_window->findChild<QLineEdit *>(u"paletteField"_s);
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, u"add mir"_s);
        auto *list = m_window->findChild<QListView *>(u"paletteList"_s);
        QCOMPARE(list->currentIndex().data().toString(), u"Add mirror…"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(runs, 1);
        QVERIFY(!m_window->commandPalette().isVisible());
        m_window->commandPalette().open();
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!m_window->commandPalette().isVisible());
        QCOMPARE(runs, 1);
    }

    void paletteArrowsSkipHeadingsAndWhatCannotRun()
    {
        openFolder();
        m_window->commandPalette().open();
        auto *search = m_window->findChild<QLineEdit *>(u"paletteField"_s);
        auto *list = m_window->findChild<QListView *>(u"paletteList"_s);
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(search, i < 40 ? Qt::Key_Down : Qt::Key_Up);
            QVERIFY(!list->currentIndex().data(commands::PaletteModel::IsHeadingRole).toBool());
            QVERIFY(list->currentIndex().data(commands::PaletteModel::IsAvailableRole).toBool());
        }
    }

    void statusBarShowsItemsAndTheLastFact()
    {
        shell::StatusItem *item = m_window->status().item(u"Router"_s);
        item->setText(u"Router on"_s);
        item->setCode(u"127.0.0.1:8080"_s);
        QCOMPARE(m_window->status().item(u"Router"_s), item);
        QCOMPARE(item->text(), u"Router on 127.0.0.1:8080"_s);
        m_window->status().say(u"Last saved 12:04:11"_s);
        QCOMPARE(test::accessibleName(&m_window->status()), u"Last saved 12:04:11"_s);
        QStatusTipEvent over(u"Copies every request"_s);
        QCoreApplication::sendEvent(m_window.get(), &over);
        auto *said = m_window->findChild<QLabel *>(u"statusSaid"_s);
        QCOMPARE(said->text(), u"Copies every request"_s);
        QStatusTipEvent gone{QString()};
        QCoreApplication::sendEvent(m_window.get(), &gone);
        QCOMPARE(said->text(), u"Last saved 12:04:11"_s);
        bool isAllowed = false;
        int runs = 0;
        m_registry->bind(
            ids::kCommit, m_window.get(), [&runs] { ++runs; },
            [&isAllowed] { return commands::Availability::when(isAllowed, u"Nothing to commit"_s); });
        item->setAction(m_registry->action(ids::kCommit), u"Commit…"_s);
        auto *link = item->findChild<QAbstractButton *>();
        QVERIFY(!link->isEnabled());
        isAllowed = true;
        m_registry->refreshNow();
        QVERIFY(link->isEnabled());
        link->click();
        QCOMPARE(runs, 1);
    }

    void toastStaysUntilTheNextEdit()
    {
        int undone = 0;
        m_window->toast().showMessage(u"Removed mirror_2"_s, [&undone] { ++undone; });
        QVERIFY(m_window->toast().isVisible());
        m_window->toast().release();
        QVERIFY(m_window->toast().isVisible()); // its time is not over
        m_window->findChild<QPushButton *>(u"toastUndo"_s)->click();
        QCOMPARE(undone, 1);
        QVERIFY(!m_window->toast().isVisible());
    }

    void closeGuardKeepsTheWindowOpen()
    {
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->setCloseGuard([] { return false; });
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        m_window->setCloseGuard([] { return true; });
        QVERIFY(m_window->close());
        QCOMPARE(closed.size(), 1);
    }

    void panesFollowEachOther()
    {
        openFolder();
        QWidget *page = m_window->page(Mode::Edit);
        QList<QLineEdit *> fields;
        for (int i = 0; i < 3; ++i) {
            auto *field = new QLineEdit(page);
            field->setGeometry(10 + 200 * i, 10, 150, 28);
            shell::markPane(field);
            field->show();
            fields.append(field);
        }
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        for (const int expected : {0, 1, 2, 0}) {
            QVERIFY(m_registry->run(ids::kNextPane));
            QCOMPARE(QApplication::focusWidget(), fields.at(expected));
        }
        QVERIFY(m_registry->run(ids::kPreviousPane));
        QCOMPARE(QApplication::focusWidget(), fields.at(2));
    }

    void dividersFollowEachOther()
    {
        openFolder();
        QWidget *page = m_window->page(Mode::Edit);
        QList<widgets::PaneSplitter *> splitters;
        auto *row = new QHBoxLayout(page);
        for (const QString &name : {u"one"_s, u"two"_s}) {
            auto *splitter = new widgets::PaneSplitter(Qt::Vertical, name, [](int height) {
                return QList<int>{height / 2, height / 2};
            });
            splitter->addWidget(new QTextEdit);
            splitter->addWidget(new QWidget);
            row->addWidget(splitter);
            splitter->show();
            splitters.append(splitter);
        }
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_COMPARE(splitters.at(1)->movableDividers(), QList<int>{1}); // laid out
        QWidget *field = splitters.at(1)->widget(0);
        field->setFocus();
        QVERIFY(m_registry->run(ids::kMoveDivider));
        QCOMPARE(QApplication::focusWidget(), splitters.at(1)->handle(1)); // the one beside the user
        QVERIFY(m_registry->run(ids::kMoveDivider));
        QCOMPARE(QApplication::focusWidget(), splitters.at(0)->handle(1));
        const int before = splitters.at(0)->sizes().at(0);
        QTest::keyClick(splitters.at(0)->handle(1), Qt::Key_Down);
        QCOMPARE(splitters.at(0)->sizes().at(0), before + 16);
        QTest::keyClick(splitters.at(0)->handle(1), Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), field);
    }

    void theRailIsAsWideAsItsNamesNeed()
    {
        openFolder();
        const QRadioButton *button = modeButton(u"Compare"_s);
        const auto fits = [&] {
            return m_theme->metrics(theme::TextStyle::SmallStrong).horizontalAdvance(button->text()) <= button->width();
        };
        QVERIFY(fits());
        m_theme->setFonts(200);
        QTRY_VERIFY(fits());
        m_theme->setFonts(100); // of the application, for the tests behind this one
    }

    void rowsAreCopiedAsTextAndAsATable()
    {
        openFolder();
        auto *table = new QTableView(m_window->page(Mode::Edit));
        QStandardItemModel model(2, 3);
        model.setHorizontalHeaderLabels({u"Name"_s, u"Hidden"_s, u"Says"_s});
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < 3; ++column)
                model.setItem(row, column, new QStandardItem(u"<%1> &%2"_s.arg(row).arg(column)));
        }
        table->setModel(&model);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->hideColumn(1);
        table->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_registry->refreshNow();
        QVERIFY(!m_registry->action(ids::kCopyRows)->isEnabled());
        table->setFocus();
        table->selectAll();
        m_registry->refreshNow();
        QVERIFY(m_registry->run(ids::kCopyRows));
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(data->text(), u"<0> &0\t<0> &2\n<1> &0\t<1> &2"_s);
        QVERIFY(data->html().contains(u"<tr><th>Name</th><th>Says</th></tr>"_s));
        QVERIFY(data->html().contains(u"<tr><td>&lt;1&gt; &amp;0</td><td>&lt;1&gt; &amp;2</td></tr>"_s));
        table->setModel(nullptr);
    }

    void theMenuBarOpensByItsKey()
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QVERIFY(m_registry->run(ids::kMenuBar));
        QCOMPARE(m_window->menuBar()->activeAction(), m_window->menuBar()->actions().first());
        QWidget *menu = QApplication::activePopupWidget();
        QVERIFY(menu != nullptr);
        menu->close();
    }

    void recentFoldersTakeThePlaceOfTheSteps()
    {
        auto *hide = m_window->findChild<QPushButton *>(u"hideSteps"_s);
        QVERIFY(hide->isVisible());
        QSignalSpy chosen(&m_window->home(), &shell::HomePage::recentChosen);
        m_window->home().setRecent({{u"acme"_s, u"/somewhere/acme"_s}});
        QVERIFY(!hide->isVisible());
        m_window->findChild<QPushButton *>(u"recentacme"_s)->click();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().constFirst().toString(), u"/somewhere/acme"_s);
        m_window->home().setRecent({});
        QVERIFY(hide->isVisible());
        hide->click();
        QVERIFY(!hide->isVisible());
    }

    void shortcutSheetListsWhatIsBound()
    {
        QVERIFY(m_registry->run(ids::kShortcuts));
        auto *sheet = m_window->findChild<QDialog *>(u"shortcutSheet"_s);
        QVERIFY(sheet != nullptr);
        QVERIFY(test::accessibilityFaults(sheet).isEmpty());
        QStringList texts;
        for (const QLabel *label : sheet->findChildren<QLabel *>())
            texts.append(label->text());
        QVERIFY(texts.contains(u"Full screen"_s));
        QVERIFY(!texts.contains(u"Compare selected"_s));
        sheet->reject();
    }

    void nothingSticksOutOfASmallWindow()
    {
        m_window->resize(1024, 640);
        QCoreApplication::processEvents();
        QCOMPARE(m_window->size(), QSize(1024, 640));
        auto *command = m_window->findChild<QWidget *>(u"commandButton"_s);
        QVERIFY(m_window->rect().contains(QRect(command->mapTo(m_window.get(), QPoint()), command->size())));
        for (QWidget *widget : m_window->home().findChildren<QWidget *>()) {
            if (!widget->isVisible())
                continue;
            const QRect place(widget->mapTo(&m_window->home(), QPoint()), widget->size());
            QVERIFY2(m_window->home().rect().contains(place), qPrintable(widget->objectName()));
        }
    }
};

PARALLAX_TEST_MAIN(TestShell)
#include "tst_shell.moc"
