// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on the example, in every mode: what can be reached has a name, commands have a place, and the modes
// come and go.
#include "app/desktop/desktop.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAction>
#include <QListView>
#include <QMenuBar>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestWindow : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void everyModeIsNamedOnTheExample()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        desktop::Desktop desktop(theme);
        desktop.show();
        shell::MainWindow &window = desktop.window();
        QCOMPARE(test::accessibilityFaults(&window), QStringList()); // the home screen
        desktop.openExample();
        QTRY_VERIFY_WITH_TIMEOUT(window.mode() == shell::Mode::Edit, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(endpointCount(window) == 3, 60'000);

        for (const shell::Mode mode :
             {shell::Mode::Edit, shell::Mode::Live, shell::Mode::Replay, shell::Mode::Compare}) {
            window.setMode(mode);
            QCOMPARE(window.mode(), std::optional(mode));
            QCOMPARE(test::accessibilityFaults(&window), QStringList());
            // Every model behind a view that shows keeps the rules of models.
            for (const QAbstractItemView *view : window.findChildren<QAbstractItemView *>()) {
                if (view->model() != nullptr && view->isVisibleTo(&window))
                    const QAbstractItemModelTester tester(const_cast<QAbstractItemModel *>(view->model()),
                                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
            }
        }
    }

    void everyActionStandsInAMenuAndShortcutsAreUnique()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        desktop::Desktop desktop(theme);
        QStringList keys;
        int actions = 0;
        for (const QAction *menu : desktop.window().menuBar()->actions()) {
            QVERIFY(menu->menu() != nullptr);
            for (const QAction *action : menu->menu()->actions()) {
                if (action->isSeparator() || action->menu() != nullptr)
                    continue;
                ++actions;
                QVERIFY2(!action->text().isEmpty() && !action->objectName().isEmpty(), qPrintable(action->text()));
                if (action->shortcutContext() != Qt::WindowShortcut) // means what has the focus
                    continue;
                for (const QKeySequence &key : action->shortcuts())
                    keys += key.toString(QKeySequence::PortableText);
            }
        }
        QVERIFY(actions > 30);
        keys.sort();
        const QStringList all = keys;
        QCOMPARE(keys.removeDuplicates(), 0);
        QCOMPARE(keys, all);
    }

private:
    static int endpointCount(const shell::MainWindow &window)
    {
        const auto *list = window.findChild<QListView *>(u"endpointList"_s);
        return list == nullptr || list->model() == nullptr ? -1 : list->model()->rowCount();
    }
};

PARALLAX_TEST_MAIN(TestWindow)
#include "tst_window.moc"
