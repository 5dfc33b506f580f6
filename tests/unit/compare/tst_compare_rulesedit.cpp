// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/errors.h"
#include "compare/rulesedit.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

Rule rule(const QByteArray &line)
{
    return test::rules("  - " + line + "\n").rules.front();
}

} // namespace

class TestCompareRulesEdit : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleSurvivesItsText_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const QByteArray line : {"{path: /data/**/score, tolerance: {abs: 1e-06, rel: 0.0001, ulps32: 8}}",
                                      "{path: /requestId, ignore: true}", "{path: /a, ignore: false}",
                                      "{path: /data/*/labels, unordered: true}", "{path: /items, keyedBy: id}",
                                      "{path: /items, keyedBy: 'true'}", "{path: /generatedAt, datetimeWithin: 5s}",
                                      "{path: /generatedAt, datetimeWithin: 1500ms}",
                                      "{path: /explanation, normalize: {pattern: '[0-9a-f]{8}', replace: '<id>'}}",
                                      "{path: /v2_only, presenceOnly: true}", "{header: content-type}",
                                      "{path: '/it''s, {odd}: #1', ignore: true}", "{path: '', unordered: true}",
                                      "{path: \"/a\\nb\", ignore: true}"}) {
            QTest::addRow("%s", line.constData()) << line;
        }
    }
    void everyRuleSurvivesItsText()
    {
        QFETCH(const QByteArray, line);
        const Rule before = rule(line);
        const Rule after = rule(ruleText(before).toUtf8());
        QCOMPARE(after, before);
        const Result<QByteArray> file = withRule({}, before);
        VERIFY_OK(file);
        QCOMPARE(*file, "schemaVersion: 1\nrules:\n  - " + ruleText(before).toUtf8() + "\n");
    }

    void onlyTheLineIsTouched()
    {
        const QByteArray file = "# mine\nschemaVersion: 1\nrules: # all of them\n    - {path: /a, ignore: true} # why\n"
                                "    - path: /b   # block style\n      unordered: true\n\n# end";
        const Result<QByteArray> added = withRule(file, rule("{path: /c, ignore: true}"));
        VERIFY_OK(added);
        QCOMPARE(*added,
                 "# mine\nschemaVersion: 1\nrules: # all of them\n    - {path: /a, ignore: true} # why\n"
                 "    - path: /b   # block style\n      unordered: true\n    - {path: /c, ignore: true}\n\n# end\n");
        const Result<QByteArray> first = withRule(file, rule("{path: /c, ignore: true}"), 0);
        VERIFY_OK(first);
        QVERIFY(first->contains(
            "rules: # all of them\n    - {path: /c, ignore: true}\n    - {path: /a, ignore: true} # why\n"));
        const Result<QByteArray> removed = withoutRule(*first, 0);
        VERIFY_OK(removed);
        QCOMPARE(*removed, file);
        const Result<QByteArray> withoutBlock = withoutRule(file, 1);
        VERIFY_OK(withoutBlock);
        QCOMPARE(*withoutBlock,
                 "# mine\nschemaVersion: 1\nrules: # all of them\n    - {path: /a, ignore: true} # why\n\n# end");
    }

    void aRuleGoesWhereItDecides()
    {
        const QByteArray file =
            "schemaVersion: 1\nrules:\n  - {path: /a, ignore: true}\n  - {path: /b/**, ignore: true}\n";
        const Result<QByteArray> edited = withRule(file, rule("{path: /b/c, ignore: false}"));
        VERIFY_OK(edited);
        QCOMPARE(*edited, "schemaVersion: 1\nrules:\n  - {path: /a, ignore: true}\n  - {path: /b/c, ignore: false}\n"
                          "  - {path: /b/**, ignore: true}\n");
    }

    void otherFormsAreKept()
    {
        const Rule added = rule("{path: /z, ignore: true}");
        const auto check = [&added](const QByteArray &before, const QByteArray &after) {
            const Result<QByteArray> edited = withRule(before, added);
            VERIFY_OK(edited);
            QCOMPARE(*edited, after);
        };
        check("schemaVersion: 1\n", "schemaVersion: 1\nrules:\n  - {path: /z, ignore: true}\n");
        check("schemaVersion: 1\nrules: []\ntarget: 0.9\n",
              "schemaVersion: 1\nrules: \n  - {path: /z, ignore: true}\ntarget: 0.9\n");
        check("schemaVersion: 1\nrules: [{path: /a, ignore: true}]\n",
              "schemaVersion: 1\nrules: [{path: /a, ignore: true}, {path: /z, ignore: true}]\n");
        check("schemaVersion: 1\r\nrules:\r\n- {path: /a, ignore: true}\r\n",
              "schemaVersion: 1\r\nrules:\r\n- {path: /a, ignore: true}\r\n- {path: /z, ignore: true}\r\n");
        check("schemaVersion: 1\nrules:\n- {path: /a, ignore: true}",
              "schemaVersion: 1\nrules:\n- {path: /a, ignore: true}\n- {path: /z, ignore: true}\n");
        const Result<QByteArray> none = withoutRule("schemaVersion: 1\nrules:\n  - {path: /a, ignore: true}\n", 0);
        VERIFY_OK(none);
        QVERIFY(readRules(*none, {}).rules.rules.empty());
    }

    void theMarginIsSetAndRemoved()
    {
        const QByteArray file = "# mine\nschemaVersion: 1 # first\nrules: []\n";
        const Result<QByteArray> with = withMargin(file, 0.01);
        VERIFY_OK(with);
        QCOMPARE(*with, "# mine\nschemaVersion: 1 # first\nmargin: {abs: 0.01}\nrules: []\n");
        const Result<QByteArray> other = withMargin(*with, 5.0);
        VERIFY_OK(other);
        QCOMPARE(*other, "# mine\nschemaVersion: 1 # first\nmargin: {abs: 5}\nrules: []\n");
        const Result<QByteArray> without = withMargin(*other, std::nullopt);
        VERIFY_OK(without);
        QVERIFY(!readRules(*without, {}).rules.margin);
    }

    void whatIsBrokenIsLeftAlone()
    {
        const Rule added = rule("{path: /z, ignore: true}");
        QVERIFY(!withRule("schemaVersion: 1\nrules: [\n", added));
        QCOMPARE(withRule("schemaVersion: 1\nrules:\n  - {path: x, ignore: true}\n", added).error().code,
                 kRulesBadPath);
        QVERIFY(!withoutRule("schemaVersion: 1\nrules: []\n", 0));
        QVERIFY(!withoutRule("schemaVersion: 1\nrules:\n  - {path: /a, ignore: true}\n", 1));
    }
};

PARALLAX_TEST_MAIN(TestCompareRulesEdit)
#include "tst_compare_rulesedit.moc"
