// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/commands/palettemodel.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QMenuBar>
#include <QSet>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::commands;

class TestCommands : public test::TestCase
{
    Q_OBJECT

    theme::Theme m_theme{theme::Theme::Mode::Light};

private Q_SLOTS:
    void shortcutsAreUnique()
    {
        QHash<QString, QString> seen;
        for (const Command &command : catalogue()) {
            if (command.isLocal) // Delete means the row of the list or table that has the focus
                continue;
            for (const QKeySequence &keys : command.keys) {
                const QString text = keys.toString();
                QVERIFY2(!text.isEmpty(), qPrintable(command.id));
                QVERIFY2(!seen.contains(text), qPrintable(text + u": "_s + command.id + u" and "_s + seen.value(text)));
                seen.insert(text, command.id);
                QVERIFY2(!text.startsWith(u"Ctrl+Alt+"), qPrintable(command.id));
            }
        }
    }

    void everyIconExists()
    {
        for (const Command &command : catalogue())
            QVERIFY2(command.icon.isEmpty() || m_theme.icons().contains(command.icon), qPrintable(command.id));
    }

    void everyCommandStandsInItsMenuWithAnAccessKeyOfItsOwn()
    {
        CommandRegistry registry(m_theme);
        registry.addAll(catalogue());
        QMenuBar bar;
        registry.buildMenus(bar);
        QSet<QAction *> shown;
        const std::function<void(QMenu *)> walk = [&](QMenu *menu) {
            QString keys;
            for (QAction *action : menu->actions()) {
                if (action->isSeparator())
                    continue;
                shown.insert(action);
                const qsizetype at = action->text().indexOf(u'&');
                QVERIFY2(at >= 0, qPrintable(action->text()));
                const QChar key = action->text().at(at + 1).toLower();
                QVERIFY2(!keys.contains(key), qPrintable(menu->title() + u": "_s + action->text()));
                keys += key;
                if (action->menu() != nullptr)
                    walk(action->menu());
            }
        };
        QString titles;
        for (QAction *action : bar.actions()) {
            const QChar key = action->text().at(action->text().indexOf(u'&') + 1).toLower();
            QVERIFY2(!titles.contains(key), qPrintable(action->text()));
            titles += key;
            walk(action->menu());
        }
        for (const Command &command : registry.commands())
            QVERIFY2(shown.contains(registry.action(command.id)), qPrintable(command.id));
    }

    void unboundCommandsShowNowhere()
    {
        CommandRegistry registry(m_theme);
        registry.addAll(catalogue());
        QVERIFY(!registry.isBound(ids::kSave));
        QVERIFY(!registry.run(ids::kSave));
        int saves = 0;
        {
            QObject owner;
            registry.bind(ids::kSave, &owner, [&saves] { ++saves; });
            QVERIFY(registry.isBound(ids::kSave));
            QVERIFY(registry.run(ids::kSave));
            QCOMPARE(saves, 1);
        }
        registry.refreshNow();
        QVERIFY(!registry.isBound(ids::kSave));
        QVERIFY(!registry.run(ids::kSave));
        QCOMPARE(saves, 1);
    }

    void aDisabledCommandSaysWhy()
    {
        CommandRegistry registry(m_theme);
        registry.addAll(catalogue());
        bool isDirty = false;
        registry.bind(
            ids::kSave, &registry, [] {}, [&isDirty] { return Availability::when(isDirty, u"Nothing to save"_s); });
        QVERIFY(!registry.action(ids::kSave)->isEnabled());
        QVERIFY(registry.action(ids::kSave)->toolTip().contains(u"Nothing to save"));
        isDirty = true;
        registry.refresh();
        QTRY_VERIFY(registry.action(ids::kSave)->isEnabled());
        QVERIFY(!registry.action(ids::kSave)->toolTip().contains(u"Nothing to save"));
    }

    void theVisibleViewWins()
    {
        CommandRegistry registry(m_theme);
        registry.addAll(catalogue());
        QString asked;
        QWidget window;
        window.show();
        QWidget live(&window);
        QWidget compare(&window);
        registry.bind(ids::kFind, &live, [&asked] { asked = u"live"_s; });
        registry.bind(ids::kFind, &compare, [&asked] { asked = u"compare"_s; });
        QVERIFY(!registry.run(ids::kFind));
        live.show();
        QVERIFY(registry.run(ids::kFind));
        QCOMPARE(asked, u"live"_s);
        live.hide();
        compare.show();
        QVERIFY(registry.run(ids::kFind));
        QCOMPARE(asked, u"compare"_s);
    }

    void textsFollowTheState()
    {
        CommandRegistry registry(m_theme);
        registry.addAll(catalogue());
        QMenuBar bar;
        registry.buildMenus(bar);
        registry.bind(ids::kToggleRouter, &registry, [] {});
        registry.setText(ids::kToggleRouter, u"Stop router"_s, u"stop"_s);
        QString text = registry.action(ids::kToggleRouter)->text();
        QCOMPARE(text.remove(u'&'), u"Stop router"_s);
        QCOMPARE(registry.action(ids::kToggleRouter)->icon().name(), u"stop"_s);
        QVERIFY(registry.action(ids::kToggleRouter)->toolTip().startsWith(u"Stop router (Ctrl+Shift+R)"));
    }

    void fuzzyFindsAndRanks_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("start before middle") << u"mir"_s << u"Mirror queue length"_s << u"Add mirror"_s;
        QTest::newRow("word start before inside") << u"mir"_s << u"Add mirror"_s << u"Admire"_s;
        QTest::newRow("together before apart") << u"cop"_s << u"Copy URL"_s << u"Commit options"_s;
        QTest::newRow("shorter first") << u"save"_s << u"Save"_s << u"Save all"_s;
        QTest::newRow("two words") << u"start router"_s << u"Start router"_s << u"Router, start later"_s;
    }
    void fuzzyFindsAndRanks()
    {
        QFETCH(QString, query);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const auto first = fuzzyMatch(query, better);
        const auto second = fuzzyMatch(query, worse);
        QVERIFY(first.has_value());
        QVERIFY(!second.has_value() || first->score > second->score);
        for (const TextRange &range : first->ranges)
            QVERIFY(range.start >= 0 && range.start + range.length <= better.size());
    }

    void fuzzyRefusesWhatDoesNotFit()
    {
        QVERIFY(!fuzzyMatch(u"xyz"_s, u"Save"_s));
        QVERIFY(!fuzzyMatch(u"save xyz"_s, u"Save"_s));
        QVERIFY(fuzzyMatch({}, u"Save"_s));
        QVERIFY(fuzzyMatch(u"am"_s, u"Add mirror"_s));
        QVERIFY(!fuzzyMatch(u"save"_s, {}));
    }

    void paletteShowsGroupsAndRuns()
    {
        CommandRegistry registry(m_theme);
        registry.addAll(catalogue());
        QString ran;
        registry.bind(ids::kAddMirror, &registry, [&ran] { ran = u"add"_s; });
        registry.bind(
            ids::kRemoveMirror, &registry, [&ran] { ran = u"remove"_s; },
            [] { return Availability::no(u"Select a mirror first"_s); });
        PaletteModel model(registry);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.addSource({u"pricing"_s, u'@',
                         [&ran](const QString &) {
                             return QList<PaletteItem>{
                                 {u"mirror_1"_s, u"pricing_v2"_s, {}, {}, true, [&ran] { ran = u"go"_s; }},
                                 {u"alias"_s, {}, {}, {}, true, {}}};
                         },
                         false});
        model.setQuery(u"mir"_s);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.resultCount(), 3);
        QVERIFY(model.index(0).data(PaletteModel::IsHeadingRole).toBool());
        QCOMPARE(model.index(1).data().toString(), u"Add mirror…"_s);
        QCOMPARE(model.index(1).data(PaletteModel::KeysRole).toStringList(),
                 (QStringList{u"Ctrl"_s, u"Shift"_s, u"M"_s}));
        QCOMPARE(model.index(2).data(PaletteModel::DetailRole).toString(), u"Endpoint. Select a mirror first"_s);
        QVERIFY(!model.run(2));
        QVERIFY(!model.run(0));
        QCOMPARE(model.firstRow(), 1);
        QCOMPARE(model.nextRow(1, 1), 4);
        QVERIFY(model.run(4));
        QCOMPARE(ran, u"go"_s);
        QVERIFY(model.run(1));
        QCOMPARE(ran, u"add"_s);
        model.setQuery(u"@al"_s);
        QCOMPARE(model.resultCount(), 1);
        model.setQuery(u"nothing like it"_s);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.firstRow(), -1);
    }

    void keyCapsSplitAtThePlus()
    {
        QCOMPARE(keyCaps(QKeySequence(u"Ctrl+K"_s)), (QStringList{u"Ctrl"_s, u"K"_s}));
        QCOMPARE(keyCaps(QKeySequence(u"Ctrl++"_s)), (QStringList{u"Ctrl"_s, u"+"_s}));
        QCOMPARE(keyCaps(QKeySequence()), QStringList());
    }
};

PARALLAX_TEST_MAIN(TestCommands)
#include "tst_commands.moc"
