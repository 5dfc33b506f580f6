// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Preferences that have an effect, the manual, the first steps and messages about long runs.
#include "app/desktop/desktop.h"
#include "app/desktop/notifier.h"
#include "app/example/example.h"
#include "base/files.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/edit/editpresenter.h"
#include "ui/help/aboutdialog.h"
#include "ui/help/manualdialog.h"
#include "ui/live/livepresenter.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/shell/firststeps.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace parallax;
using desktop::Desktop;
using preferences::Preferences;
using preferences::Values;
using shell::FirstStep;
namespace ids = commands::ids;

class TestDesktopTools : public test::TestCase
{
    Q_OBJECT

    std::unique_ptr<theme::Theme> m_theme;
    std::unique_ptr<Desktop> m_desktop;
    QString m_workspace;

    static QString file() { return base::configFolder() + u"/parallax.conf"_s; }
    template<class Widget>
    Widget *find(const char *name)
    {
        return m_desktop->window().findChild<Widget *>(QString::fromLatin1(name));
    }
    /// As a file manager, or a browser with a command line, does it.
    void drop(const QMimeData &data)
    {
        shell::MainWindow &window = m_desktop->window();
        const QPoint at = window.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &dropped);
    }
    void openFolder()
    {
        m_desktop->openFolder(m_workspace);
        QTRY_VERIFY(m_desktop->editor() != nullptr && m_desktop->editor()->endpointNames().size() == 3);
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
        QFile::remove(file());
        m_theme = std::make_unique<theme::Theme>(theme::Theme::Mode::Light);
        theme::install(*qApp, *m_theme);
        m_desktop = std::make_unique<Desktop>(*m_theme);
        m_desktop->show();
    }

    void cleanup()
    {
        m_desktop.reset();
        m_theme->setFonts(100);
        qApp->setStyle(u"Fusion"_s);
        m_theme.reset();
    }

    void defaultsAreNotWrittenAndForeignKeysStay()
    {
        QVERIFY(base::makePath(base::configFolder()));
        QSettings(file(), QSettings::IniFormat).setValue(u"preferences/future"_s, 7);
        Preferences wishes(file());
        QCOMPARE(wishes.values(), Values());
        Values values;
        values.zoom = 150;
        values.codeFont = u"DejaVu Sans Mono"_s;
        values.appearance = theme::Theme::Mode::Dark;
        wishes.set(values);
        QCOMPARE(Preferences(file()).values(), values);
        QCOMPARE(QSettings(file(), QSettings::IniFormat).value(u"preferences/future"_s).toInt(), 7);
        wishes.restoreDefaults();
        QSettings kept(file(), QSettings::IniFormat);
        kept.beginGroup(u"preferences"_s);
        QCOMPARE(kept.allKeys(), QStringList{u"future"_s});
    }

    void whatIsNotValidCountsAsNotSet()
    {
        QVERIFY(base::makePath(base::configFolder()));
        {
            QSettings kept(file(), QSettings::IniFormat);
            kept.beginGroup(u"preferences"_s);
            kept.setValue(u"zoom"_s, u"huge"_s);
            kept.setValue(u"captureQuotaGib"_s, -5);
            kept.setValue(u"appearance"_s, u"pink"_s);
            kept.setValue(u"notifiesAfterS"_s, 99999999);
        }
        const Values values = Preferences(file()).values();
        QCOMPARE(values.zoom, 100);
        QCOMPARE(values.captureQuotaGib, 1);
        QCOMPARE(values.appearance, theme::Theme::Mode::System);
        QCOMPARE(values.notifiesAfterS, 3600);
    }

    void everySettingOfTheDialogHasItsEffectAtOnce()
    {
        openFolder();
        m_desktop->command(ids::kPreferences)->trigger();
        auto *dialog = find<QDialog>("preferencesDialog");
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QCOMPARE(test::accessibilityFaults(dialog), QStringList());

        const QList<QRadioButton *> colours =
            dialog->findChild<QWidget *>(u"preferenceAppearance"_s)->findChildren<QRadioButton *>();
        QCOMPARE(colours.size(), 3);
        colours.at(2)->click();
        QVERIFY(m_theme->isDark());
        QVERIFY(m_desktop->command(ids::kAppearanceDark)->isChecked());
        const int before = m_theme->metrics().height();
        find<QSpinBox>("preferenceZoom")->setValue(200);
        QVERIFY(m_theme->metrics().height() > before * 18 / 10);
        auto *fonts = find<QComboBox>("preferenceCodeFont");
        QVERIFY(fonts->count() > 1);
        fonts->setCurrentIndex(1);
        QCOMPARE(m_theme->font(theme::TextStyle::Code).family(), fonts->currentText());
        auto *uiFonts = find<QComboBox>("preferenceFont");
        uiFonts->setCurrentIndex(1);
        QCOMPARE(m_theme->font().family(), uiFonts->currentText());

        auto *listen = find<QLineEdit>("preferenceListen");
        listen->clear();
        QTest::keyClicks(listen, u"127.0.0.1:9191"_s);
        QCOMPARE(m_desktop->router()->listen(), u"127.0.0.1:9191"_s);
        QTest::keyClicks(listen, u"x"_s); // no address: nothing happens
        QCOMPARE(m_desktop->router()->listen(), u"127.0.0.1:9191"_s);
        find<QCheckBox>("preferenceRecords")->click();
        QVERIFY(!m_desktop->router()->isCapturing());
        find<QLineEdit>("preferenceCaptureFolder")->setText(u"/tmp/some captures"_s);
        find<QSpinBox>("preferenceQuota")->setValue(7);
        find<QSpinBox>("preferenceBody")->setValue(3);
        QCOMPARE(m_desktop->router()->captureFolder(), u"/tmp/some captures/workspace"_s);
        QCOMPARE(m_desktop->router()->captureLimits(),
                 (ui::CaptureLimits{7LL * 1024 * 1024 * 1024, 3LL * 1024 * 1024}));
        QVERIFY(find<QWidget>("firstSteps")->isVisible());
        find<QCheckBox>("preferenceSteps")->click();
        QVERIFY(!find<QWidget>("firstSteps")->isVisible());
        QCOMPARE(Preferences(file()).values().zoom, 200);

        find<QPushButton>("restoreDefaults")->click();
        QCOMPARE(m_theme->zoom(), 100);
        QCOMPARE(m_desktop->router()->listen(), u"127.0.0.1:8080"_s);
        QVERIFY(m_desktop->router()->isCapturing());
        QVERIFY(find<QWidget>("firstSteps")->isVisible());
        QCOMPARE(Preferences(file()).values(), Values());
    }

    void theSearchLeavesOnlyWhatMatches()
    {
        m_desktop->command(ids::kPreferences)->trigger();
        auto *dialog = find<QDialog>("preferencesDialog");
        auto *search = find<QLineEdit>("preferencesSearch");
        QVERIFY(search->hasFocus() || !dialog->isActiveWindow());
        search->setText(u"body long"_s);
        QVERIFY(find<QSpinBox>("preferenceBody")->isVisible());
        QVERIFY(!find<QSpinBox>("preferenceZoom")->isVisible());
        QVERIFY(!find<QSpinBox>("preferenceQuota")->isVisible());
        search->setText(u"router"_s); // a section
        QVERIFY(find<QLineEdit>("preferenceListen")->isVisible());
        search->setText(u"zzz"_s);
        QVERIFY(!find<QLineEdit>("preferenceListen")->isVisible());
        search->clear();
        QVERIFY(find<QSpinBox>("preferenceZoom")->isVisible());
    }

    void theTextSizeHasKeysAndLimits()
    {
        for (int i = 0; i < 15; ++i)
            m_desktop->command(ids::kZoomIn)->trigger();
        QCOMPARE(m_theme->zoom(), 200);
        QTRY_VERIFY(!m_desktop->command(ids::kZoomIn)->isEnabled());
        m_desktop->command(ids::kZoomReset)->trigger();
        QCOMPARE(m_theme->zoom(), 100);
        for (int i = 0; i < 5; ++i)
            m_desktop->command(ids::kZoomOut)->trigger();
        QCOMPARE(m_theme->zoom(), 80);
    }

    void theManualOpensAtTheModesChapter()
    {
        m_desktop->command(ids::kManual)->trigger();
        auto *manual = find<help::ManualDialog>("manualDialog");
        QVERIFY(manual != nullptr);
        QCOMPARE(manual->chapter(), u"start"_s);
        QCOMPARE(test::accessibilityFaults(manual), QStringList());
        openFolder();
        for (const auto &[mode, chapter] :
             {std::pair{shell::Mode::Live, u"live"_s}, std::pair{shell::Mode::Compare, u"compare"_s}}) {
            m_desktop->window().setMode(mode);
            m_desktop->command(ids::kManual)->trigger();
            QCOMPARE(manual->chapter(), chapter);
        }
        auto *text = find<QTextBrowser>("manualText");
        Q_EMIT text->anchorClicked(QUrl(u"replay.md"_s));
        QCOMPARE(manual->chapter(), u"replay"_s);
    }

    void everyChapterIsThereAndEveryLinkLeadsToOne()
    {
        help::ManualDialog manual(*m_theme, resources::manualFolder(), nullptr);
        const auto *text = manual.findChild<QTextBrowser *>();
        for (const QString &chapter : help::ManualDialog::chapters()) {
            manual.showChapter(chapter);
            QVERIFY2(text->toPlainText().size() > 300, qPrintable(chapter));
            const QString html = text->toHtml();
            for (qsizetype at = html.indexOf(u"href=\""); at >= 0; at = html.indexOf(u"href=\"", at + 1)) {
                const QString link = html.mid(at + 6, html.indexOf(u'"', at + 6) - at - 6);
                QVERIFY2(help::ManualDialog::chapters().contains(QString(link).remove(u".md"_s)), qPrintable(link));
            }
        }
    }

    void aboutNamesVersionsAndLicences()
    {
        m_desktop->command(ids::kAbout)->trigger();
        auto *about = find<help::AboutDialog>("aboutDialog");
        QVERIFY(about != nullptr);
        QVERIFY(find<QWidget>("aboutVersions")->accessibleName().contains(QString::fromLatin1(qVersion())));
        QVERIFY(find<QPlainTextEdit>("aboutLicence")->toPlainText().contains(u"GNU GENERAL PUBLIC LICENSE"_s));
        QCOMPARE(test::accessibilityFaults(about), QStringList());
    }

    void aStepIsDoneByDoingIt()
    {
        shell::FirstSteps &steps = m_desktop->window().firstSteps();
        QVERIFY(!steps.isVisible());
        openFolder();
        QVERIFY(steps.isVisible());
        QVERIFY(steps.isDone(FirstStep::Open));
        QCOMPARE(test::accessibilityFaults(&m_desktop->window()), QStringList());
        const std::optional<endpoints::EndpointFile> file = m_desktop->editor()->file(u"pricing_optimizer"_s);
        QVERIFY(file.has_value());
        const auto mirrors = file->endpoint()->mirrors.size();
        // An edit that adds none counts for nothing.
        m_desktop->editor()->setText(u"pricing_optimizer"_s, "# a note\n" + file->bytes());
        QVERIFY(!steps.isDone(FirstStep::AddMirror));
        QVERIFY(m_desktop->editor()->apply(
            u"pricing_optimizer"_s,
            endpoints::AddMirror{{}, {u"pricing_model_v2"_s, u"main"_s, endpoints::Version::latest()}}, u"Add"_s));
        QCOMPARE(m_desktop->editor()->file(u"pricing_optimizer"_s)->endpoint()->mirrors.size(), mirrors + 1);
        QVERIFY(steps.isDone(FirstStep::AddMirror));
        QVERIFY(!steps.isDone(FirstStep::SendRequests) && !steps.isDone(FirstStep::Compare));

        // It is remembered, and hiding too.
        find<QPushButton>("hideFirstSteps")->click();
        QVERIFY(!steps.isVisible());
        Desktop next(*m_theme);
        QCOMPARE(next.window().firstSteps().doneCount(), 2);
        QVERIFY(!next.window().home().areStepsVisible());
        next.command(ids::kFirstSteps)->trigger();
        QVERIFY(next.window().home().areStepsVisible());
    }

    void takesDroppedFilesAndCommands()
    {
        const QString path = test::freshFolder(u"drop"_s) + u"/in.ndjson"_s;
        QVERIFY(base::saveFile(path, "{\"data\": 1}\n{\"data\": 2}\n").has_value());
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(path)});
        drop(files);
        QTRY_VERIFY(find<QPlainTextEdit>("importPreview") != nullptr);
        QTRY_VERIFY(find<QPlainTextEdit>("importPreview")->toPlainText().contains(u"{\"data\": 2}"_s));
        find<QWidget>("importDialog")->close();
        QTRY_VERIFY(find<QWidget>("importDialog") == nullptr);
        QMimeData text;
        text.setText(u"curl http://localhost:8080/p -d '{\"data\": 3}'"_s);
        drop(text);
        QTRY_VERIFY(find<QPlainTextEdit>("importPreview") != nullptr);
        QTRY_VERIFY(find<QPlainTextEdit>("importPreview")->toPlainText().contains(u"POST /p  {\"data\": 3}"_s));
        find<QWidget>("importDialog")->close();
        QTRY_VERIFY(find<QWidget>("importDialog") == nullptr);
    }

    void onlyLongRunsBehindOtherWindowsAreTold()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // not the user's
        desktop::Notifier notifier;
        QSignalSpy told(&notifier, &desktop::Notifier::told);
        notifier.setRules({true, std::chrono::milliseconds(0)});
        notifier.runEnded(u"Ended"_s, u"5 of 5"_s, false); // nothing had begun
        QCOMPARE(told.size(), 0);
        notifier.runBegan();
        notifier.runEnded(u"Ended"_s, u"5 of 5"_s, true);
        QCOMPARE(told.size(), 0);
        notifier.runBegan();
        notifier.runEnded(u"Ended"_s, u"5 of 5"_s, false);
        QCOMPARE(told.size(), 1);
        notifier.setRules({true, std::chrono::minutes(1)});
        notifier.runBegan();
        notifier.runEnded(u"Ended"_s, u"5 of 5"_s, false);
        notifier.setRules({false, std::chrono::milliseconds(0)});
        notifier.runBegan();
        notifier.runEnded(u"Ended"_s, u"5 of 5"_s, false);
        QCOMPARE(told.size(), 1);
    }

    void resultsAreReadOutAtOnce()
    {
        static QList<QAccessible::Event> events;
        events.clear();
        QAccessible::setActive(true);
        if (!QAccessible::isActive())
            QSKIP("this platform has no accessibility");
        QAccessible::installUpdateHandler([](QAccessibleEvent *event) { events.append(event->type()); });
        m_desktop->window().status().announce(u"Replay ended, 5 of 5 answered"_s);
        QAccessible::installUpdateHandler(nullptr);
        QVERIFY(events.contains(QAccessible::Alert));
        QVERIFY(events.contains(QAccessible::NameChanged));
        QCOMPARE(m_desktop->window().status().accessibleName(), u"Replay ended, 5 of 5 answered"_s);
    }
};

PARALLAX_TEST_MAIN(TestDesktopTools)
#include "tst_desktop_tools.moc"
