// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/errors.h"
#include "compare/json.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

class TestCompareRules : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheContractsExample()
    {
        const QByteArray text = R"(schemaVersion: 1
margin: {abs: 0.01}              # what difference is practically the same, for the verdict
target: 0.99                     # the share of requests that must be close
rules:
  - {path: /data/**/score, tolerance: {abs: 1e-6, rel: 1e-4, ulps32: 8}}     # equal when any holds
  - {path: /requestId, ignore: true}
  - {path: /data/*/labels, unordered: true}
  - {path: /items, keyedBy: id}
  - {path: /generatedAt, datetimeWithin: 5s}
  - {path: /explanation, normalize: {pattern: "[0-9a-f]{8}", replace: "<id>"}}
  - {path: /v2_only, presenceOnly: true}
  - {header: content-type}       # headers are compared only when named; status always is
)";
        const RulesFile file = readRules(text, u"pricing.yaml"_s);
        QVERIFY(file.findings.empty());
        const Rules &rules = file.rules;
        QCOMPARE(rules.margin, 0.01);
        QCOMPARE(rules.target, 0.99);
        QCOMPARE(rules.rules.size(), 8U);
        QCOMPARE(rules.rules[0].tolerance, (Tolerance{1e-6, 1e-4, 8}));
        QCOMPARE(rules.rules[0].line, 5);
        QVERIFY(rules.rules[1].kind == RuleKind::Ignore);
        QVERIFY(rules.rules[2].kind == RuleKind::Unordered);
        QCOMPARE(rules.rules[3].keyedBy, u"id"_s);
        QCOMPARE(rules.rules[4].datetimeWithin, Nanoseconds(5'000'000'000));
        QCOMPARE(rules.rules[5].replacement, u"<id>"_s);
        QVERIFY(rules.rules[6].kind == RuleKind::PresenceOnly);
        QCOMPARE(rules.rules[7].header, "content-type");
        QCOMPARE(describe(rules.rules[0]), u"/data/**/score tolerance"_s);
        QCOMPARE(describe(rules.rules[7]), u"header content-type"_s);
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char *name, const QByteArray &text, ErrorCode code, int line, int column) {
            QTest::addRow("%s", name) << text << code.toString() << line << column;
        };
        const QByteArray head = "schemaVersion: 1\nrules:\n  - ";
        row("no version", "rules: []\n", kRulesSchemaVersion, 1, 1);
        row("other version", "schemaVersion: 2\n", kRulesSchemaVersion, 1, 16);
        row("no mapping", "- a\n", kRulesNotMapping, 1, 1);
        row("rules no list", "schemaVersion: 1\nrules: {a: b}\n", kRulesNotMapping, 2, 8);
        row("rule no mapping", head + "word\n", kRulesNotMapping, 3, 5);
        row("typo", head + "{path: /a, ignor: true}\n", kRulesUnknownKey, 3, 16);
        row("top level typo", "schemaVersion: 1\nmargn: {abs: 1}\n", kRulesUnknownKey, 2, 1);
        row("relative path", head + "{path: a/b, ignore: true}\n", kRulesBadPath, 3, 12);
        row("bad escape", head + "{path: /a~2, ignore: true}\n", kRulesBadPath, 3, 12);
        row("flag", head + "{path: /a, ignore: yes}\n", kRulesBadFlag, 3, 24);
        row("number", head + "{path: /a, tolerance: {abs: -1}}\n", kRulesBadNumber, 3, 33);
        row("duration", head + "{path: /a, datetimeWithin: 5 apples}\n", kRulesBadDuration, 3, 32);
        row("pattern", head + "{path: /a, normalize: {pattern: \"[\", replace: x}}\n", kRulesBadPattern, 3, 37);
        row("no effect", head + "{path: /a}\n", kRulesNoEffect, 3, 5);
        row("no place", head + "{ignore: true}\n", kRulesNoEffect, 3, 5);
        row("two effects", head + "{path: /a, ignore: true, unordered: true}\n", kRulesTwoEffects, 3, 30);
        row("path and header", head + "{path: /a, header: b}\n", kRulesTwoEffects, 3, 5);
        row("target", "schemaVersion: 1\ntarget: 99\n", kRulesBadTarget, 2, 9);
        row("header", head + "{header: \"a b\"}\n", kRulesBadName, 3, 14);
        row("shadowed", head + "{path: /a/*, ignore: true}\n  - {path: /a/b/c, unordered: true}\n", kRulesNeverDecides,
            4, 1);
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, code);
        QFETCH(const int, line);
        QFETCH(const int, column);
        const RulesFile file = readRules(text, u"r.yaml"_s);
        QVERIFY(!file.findings.empty());
        const Error &error = file.findings.front().error;
        QCOMPARE(error.code.toString(), code);
        QCOMPARE(error.where.line, line);
        QCOMPARE(error.where.column, column);
        QCOMPARE(error.where.file, u"r.yaml"_s);
        QVERIFY(!wording::text(error).contains(u'{'));
    }

    void brokenYamlIsOneFinding()
    {
        const RulesFile file = readRules("rules: [\n", u"r.yaml"_s);
        QCOMPARE(file.findings.size(), 1U);
        QVERIFY(file.hasErrors());
        QVERIFY(file.findings[0].error.code.toString().startsWith(u"yaml-"));
    }

    void aPatternCoversWhatLiesBelow()
    {
        const auto covers = [](QStringView a, QStringView b) {
            return PathPattern::parse(a)->covers(*PathPattern::parse(b));
        };
        QVERIFY(covers(u"", u"/a/b"));
        QVERIFY(covers(u"/a", u"/a"));
        QVERIFY(covers(u"/a", u"/a/*/b"));
        QVERIFY(covers(u"/a/*", u"/a/b"));
        QVERIFY(!covers(u"/a/b", u"/a/*"));
        QVERIFY(!covers(u"/a/*", u"/a"));
        QVERIFY(covers(u"/**/b", u"/a/c/b"));
        QVERIFY(covers(u"/**/b", u"/**/a/b"));
        QVERIFY(!covers(u"/*/b", u"/**/b"));
        QVERIFY(covers(u"/**", u""));
    }

    void toleranceHoldsWhenAnyLimitDoes()
    {
        const Tolerance abs{0.1, {}, {}};
        QVERIFY(isWithin(abs, "1.0", "1.1"));
        QVERIFY(!isWithin(abs, "1.0", "1.1001"));
        const Tolerance rel{{}, 1e-4, {}};
        QVERIFY(isWithin(rel, "10000", "10001"));
        QVERIFY(!isWithin(rel, "10000", "10002"));
        QVERIFY(isWithin(rel, "-10001", "-10000"));
        const Tolerance ulps{{}, {}, 1};
        QVERIFY(isWithin(ulps, "0.1", "0.10000000894"));
        QVERIFY(!isWithin(ulps, "0.1", "0.1000000164"));
        QVERIFY(isWithin(ulps, "1e-46", "-1e-46"));
        QVERIFY(isWithin({0.5, 0.0, 0}, "1", "1.5"));
        QVERIFY(!isWithin(abs, "NaN", "1"));
        QVERIFY(isWithin(abs, "NaN", "NaN"));
        QVERIFY(!isWithin({1e9, 1.0, 99}, "Infinity", "1"));
        QVERIFY(!isWithin({0.5, {}, {}}, "12345678901234567890", "12345678901234567891"));
    }
};

PARALLAX_TEST_MAIN(TestCompareRules)
#include "tst_compare_rules.moc"
