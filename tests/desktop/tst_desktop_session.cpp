// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window comes back as it was left, also after a crash; nothing that runs is started by that.
#include "app/desktop/desktop.h"
#include "app/desktop/session.h"
#include "app/example/example.h"
#include "base/files.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/edit/editpresenter.h"
#include "ui/live/livepresenter.h"
#include "ui/replay/replaypresenter.h"
#include "ui/shell/viewstate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QAction>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStringListModel>
#include <QThreadPool>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace parallax;
using desktop::Desktop;
using desktop::FolderSession;
using desktop::Session;
using shell::Mode;

class TestDesktopSession : public test::TestCase
{
    Q_OBJECT

    QString m_workspace;

    /// What the program keeps when it ends like that, or does not end at all.
    static std::unique_ptr<Desktop> started(theme::Theme &theme)
    {
        auto desktop = std::make_unique<Desktop>(theme);
        desktop->takeUpSession();
        desktop->show();
        desktop->start({});
        return desktop;
    }

    static Session onDisk()
    {
        QThreadPool::globalInstance()->waitForDone();
        return Session::load();
    }

private Q_SLOTS:
    void initTestCase()
    {
        resources::initialise();
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        m_workspace = made->workspace;
    }

    void init()
    {
        test::TestCase::init();
        QFile::remove(Session::file());
        QFile::remove(base::configFolder() + u"/parallax.conf"_s);
    }

    void aSessionSurvivesItsFile()
    {
        Session session;
        session.geometry = "geometry \x01\x02";
        session.folder = u"/home/j\u00fcrgen/acme"_s;
        session.isClean = false;
        session.brokenStarts = 2;
        session.keep({u"/home/j\u00fcrgen/acme"_s, u"live"_s, {}, {{u"edit"_s, QJsonObject{{u"x"_s, 1}}}}});
        QCOMPARE(Session::fromJson(session.toJson()), session);
        VERIFY_OK(session.save());
        QCOMPARE(Session::load(), session);
        QCOMPARE(QFileInfo(Session::file()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    void onlyTheLastFoldersAreKept()
    {
        Session session;
        for (int i = 0; i < 30; ++i)
            session.keep({u"/folder/%1"_s.arg(i), {}, {}, {}});
        session.keep({u"/folder/15"_s, u"edit"_s, {}, {}});
        QCOMPARE(session.folders.size(), 20);
        QCOMPARE(session.folders.constFirst().root, u"/folder/15"_s);
        QVERIFY(session.of(u"/folder/29"_s) != nullptr);
        QVERIFY(session.of(u"/folder/2"_s) == nullptr);
    }

    void whatIsNoSessionIsEmpty_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"v\":1,\"folder\":\"/tm");
        QTest::newRow("another format") << QByteArray("{\"v\":7,\"folder\":\"/tmp\"}");
        QTest::newRow("other types") << QByteArray("{\"v\":1,\"folder\":[],\"folders\":{},\"geometry\":3}");
    }
    void whatIsNoSessionIsEmpty()
    {
        QFETCH(const QByteArray, json);
        QCOMPARE(Session::fromJson(json), Session());
    }

    void viewsComeBack()
    {
        const auto make = [] {
            auto page = std::make_unique<QWidget>();
            auto *column = new QVBoxLayout(page.get());
            auto *splitter = new widgets::PaneSplitter(Qt::Horizontal, u"split"_s, [](int width) {
                return QList<int>{width - 100, 100};
            });
            splitter->addWidget(new QWidget);
            splitter->addWidget(new QWidget);
            auto *list = new QListView;
            list->setObjectName(u"rows"_s);
            list->setModel(new QStringListModel(list));
            column->addWidget(splitter, 1);
            column->addWidget(list);
            page->resize(600, 400);
            page->show();
            return page;
        };
        QStringList rows;
        for (int i = 0; i < 100; ++i)
            rows += u"row %1"_s.arg(i);
        const auto page = make();
        auto *splitter = page->findChild<widgets::PaneSplitter *>();
        auto *list = page->findChild<QListView *>();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        QTRY_COMPARE(splitter->sizes().at(1), 100); // by its rule
        QVERIFY(!splitter->isMoved());
        splitter->moveTo({200, splitter->width() - 201});
        qobject_cast<QStringListModel *>(list->model())->setStringList(rows);
        list->setCurrentIndex(list->model()->index(70, 0));
        const QJsonObject state = shell::takenViewState(*page);

        const auto next = make();
        auto *nextList = next->findChild<QListView *>();
        shell::restoreViewState(*next, state);
        QTRY_COMPARE(next->findChild<widgets::PaneSplitter *>()->sizes(), splitter->sizes());
        QVERIFY(!nextList->currentIndex().isValid()); // the rows come later
        qobject_cast<QStringListModel *>(nextList->model())->setStringList(rows);
        QTRY_COMPARE(nextList->currentIndex().row(), 70);
        QTRY_COMPARE(nextList->verticalScrollBar()->value(), list->verticalScrollBar()->value());

        shell::resetViewState(*next);
        QCOMPARE(next->findChild<widgets::PaneSplitter *>()->sizes().at(1), 100);
    }

    void theUsersChoiceOvertakesARowToCome()
    {
        QWidget page;
        auto *list = new QListView(&page);
        list->setObjectName(u"rows"_s);
        auto *model = new QStringListModel(list);
        list->setModel(model);
        page.show();
        shell::restoreViewState(page, {{u"rows"_s, QJsonObject{{u"row"_s, u"b"_s}}}});
        QTest::keyClick(list, Qt::Key_Down);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        model->setStringList({u"a"_s, u"b"_s});
        QCoreApplication::processEvents();
        QVERIFY(list->currentIndex().row() != 1);
    }

    void theWindowComesBackAsItWas()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        QRect geometry;
        {
            const auto desktop = started(theme);
            QVERIFY(!desktop->window().mode()); // nothing to come back to
            desktop->openFolder(m_workspace);
            QTRY_COMPARE(rowsOf(*desktop), 3);
            desktop->serve({m_workspace + u"/endpoints/pricing_shadow.yaml"_s, {}, false, {}});
            QTRY_COMPARE(desktop->currentEndpoint(), u"pricing_shadow"_s);
            desktop->window().setMode(Mode::Live);
            desktop->window().resize(1180, 700);
            replay::ReplayPlan plan = desktop->replay()->plan();
            plan.pace = replay::Pace::fixedRate(7);
            plan.limit = 12;
            plan.allowedHosts = {u"models.example.com"_s};
            desktop->replay()->setPlan(plan);
            desktop->window().close();
            geometry = desktop->window().geometry();
        }
        QVERIFY(onDisk().isClean);
        {
            const auto desktop = started(theme);
            QCOMPARE(desktop->window().size(), geometry.size());
            QTRY_COMPARE(desktop->window().mode(), std::optional(Mode::Live));
            QTRY_COMPARE(desktop->currentEndpoint(), u"pricing_shadow"_s);
            QVERIFY(!desktop->window().notice().isVisible());
            QCOMPARE(desktop->router()->state(), ui::LiveState::Stopped);
            QCOMPARE(desktop->replay()->plan().limit, 12);
            QVERIFY(desktop->replay()->plan().pace == replay::Pace::fixedRate(7));
            QCOMPARE(desktop->replay()->plan().allowedHosts, QStringList()); // one is asked again
            desktop->window().close();
        }
    }

    void theFileThatIsAskedForComesBeforeTheOneThatWasLeft()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        for (const QString &name : {u"pricing_shadow"_s, u"pricing_optimizer"_s}) {
            Desktop desktop(theme);
            desktop.takeUpSession();
            desktop.show();
            desktop.start({m_workspace + u"/endpoints/"_s + name + u".yaml"_s, {}, false, {}});
            QTRY_COMPARE(rowsOf(desktop), 3);
            QTRY_COMPARE(desktop.currentEndpoint(), name);
            for (int i = 0; i < 20; ++i)
                QCoreApplication::processEvents(); // whoever waits for rows has seen them
            QCOMPARE(desktop.currentEndpoint(), name);
            desktop.window().close();
        }
    }

    void aWindowThatIsClosedWhileAFolderOpensEndsWell()
    {
        Session session;
        session.folder = m_workspace;
        VERIFY_OK(session.save());
        theme::Theme theme(theme::Theme::Mode::Light);
        const auto desktop = started(theme);
        desktop->window().close();
        QVERIFY(onDisk().isClean);
        QCOMPARE(onDisk().folder, m_workspace);
    }

    void aFolderIsClosedWhileItsReplayRuns()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        Desktop desktop(theme);
        desktop.openExample();
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(desktop), 3, 60'000);
        desktop.window().setMode(Mode::Replay);
        QAction *start = desktop.command(commands::ids::kStartReplay);
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 60'000);
        start->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(desktop.command(commands::ids::kStopReplay)->isEnabled(), 60'000);
        desktop.closeFolder();
        QVERIFY(!desktop.window().mode());
        // It ends by itself, and says so to nobody who is gone.
        QTRY_VERIFY_WITH_TIMEOUT(desktop.findChildren<ui::ReplayPresenter *>().isEmpty(), 60'000);
    }

    void afterACrashEverythingIsOpenAndNothingRuns()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        const QByteArray edited = "# half of a thought\nschemaVersion: 1\n";
        {
            const auto crashed = started(theme);
            crashed->openFolder(m_workspace);
            QTRY_COMPARE(rowsOf(*crashed), 3);
            crashed->editor()->setText(u"pricing_optimizer"_s, edited);
            QTRY_VERIFY(onDisk().folder == m_workspace); // it is kept while it runs
        }                                                // never closed
        QVERIFY(!onDisk().isClean);
        const auto desktop = started(theme);
        QTRY_COMPARE(rowsOf(*desktop), 3);
        QTRY_VERIFY(desktop->window().notice().text().contains(u"nothing was started"_s));
        QCOMPARE(test::accessibilityFaults(&desktop->window()), QStringList());
        QCOMPARE(desktop->router()->state(), ui::LiveState::Stopped);
        QTRY_COMPARE(desktop->editor()->recoveries(), QStringList{u"pricing_optimizer"_s});
        desktop->editor()->restore(u"pricing_optimizer"_s);
        QCOMPARE(desktop->editor()->file(u"pricing_optimizer"_s)->bytes(), edited);
        desktop->editor()->revert(u"pricing_optimizer"_s);
        desktop->window().close();
    }

    void aFolderThatBreaksTheProgramIsNotOpenedForEver()
    {
        Session session;
        session.folder = m_workspace;
        session.isClean = false;
        session.brokenStarts = 2;
        VERIFY_OK(session.save());
        theme::Theme theme(theme::Theme::Mode::Light);
        const auto desktop = started(theme);
        QTRY_VERIFY(desktop->window().notice().isVisible());
        QVERIFY(!desktop->window().mode());
        desktop->window().findChild<QPushButton *>(u"reopenFolder"_s)->click();
        QTRY_COMPARE(rowsOf(*desktop), 3);
        desktop->window().close();
        QTRY_COMPARE(onDisk().brokenStarts, 0);
    }

    void whoDoesNotWantItStartsAtHome()
    {
        Session session;
        session.folder = m_workspace;
        VERIFY_OK(session.save());
        preferences::Preferences wishes(base::configFolder() + u"/parallax.conf"_s);
        preferences::Values values;
        values.reopensFolder = false;
        wishes.set(values);
        theme::Theme theme(theme::Theme::Mode::Light);
        const auto desktop = started(theme);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!desktop->window().mode());
        desktop->window().close();
    }

    void theLayoutGoesBackToTheDesigns()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        const auto desktop = started(theme);
        desktop->window().resize(1100, 660);
        desktop->command(commands::ids::kZoomIn)->trigger();
        QCOMPARE(theme.zoom(), 110);
        desktop->command(commands::ids::kResetLayout)->trigger();
        QCOMPARE(theme.zoom(), 100);
        QCOMPARE(desktop->window().size(), Desktop::kUsualSize);
        desktop->window().close();
    }

private:
    static int rowsOf(Desktop &desktop)
    {
        return desktop.editor() == nullptr ? -1 : static_cast<int>(desktop.editor()->endpointNames().size());
    }
};

PARALLAX_TEST_MAIN(TestDesktopSession)
#include "tst_desktop_session.moc"
