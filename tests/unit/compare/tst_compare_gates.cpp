// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/errors.h"
#include "compare/gates.h"
#include "support/testcase.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using traffic::Outcome;

namespace {

// 1,000 pairs: 965 equal, 30 different, 3 mirror errors, 2 dropped.
Comparison comparison()
{
    Comparison out;
    MirrorSummary mirror;
    mirror.name = u"mirror_1"_s;
    mirror.outcomes.add(Outcome::Equal, 965);
    mirror.outcomes.add(Outcome::Different, 30);
    mirror.outcomes.add(Outcome::MirrorError, 3);
    mirror.outcomes.add(Outcome::Dropped, 2);
    mirror.agreement.rate = 965.0 / 998.0;
    mirror.close.rate = 0.99;
    mirror.latency.primary.p95 = 100.0;
    mirror.latency.mirror.p95 = 119.0;
    mirror.latency.mirror.p99 = 300.0;
    mirror.verdict = Verdict::Different;
    out.mirrors.push_back(mirror);
    mirror.name = u"mirror_2"_s;
    mirror.agreement.rate = 1.0;
    mirror.verdict = Verdict::Equivalent;
    mirror.latency.mirror.p95 = 121.0;
    out.mirrors.push_back(mirror);
    return out;
}

} // namespace

class TestCompareGates : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void evaluates_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("holds");
        QTest::addColumn<QString>("actual");
        QTest::addColumn<QString>("mirror");
        const auto row = [](const char *expression, bool holds, const char *actual, const char *mirror) {
            QTest::addRow("%s", expression) << QString::fromLatin1(expression) << holds << QString::fromLatin1(actual)
                                            << QString::fromLatin1(mirror);
        };
        row("agreement>=99.5%", false, "96.69%", "mirror_1");
        row("agreement >= 0.96", true, "96.69%", "mirror_1");
        row("mirror_2.agreement>=99%", true, "100.00%", "mirror_2");
        row("different==0", false, "30", "mirror_1");
        row("different<=3%", true, "3.00%", "mirror_1");
        row("mirror-error<4", true, "3", "mirror_1");
        row("errors<=0.3%", true, "0.30%", "mirror_1");
        row("errors<=0.1%", false, "0.30%", "mirror_1");
        row("dropped==2", true, "2", "mirror_1");
        row("dropped<=0.1%", false, "0.20%", "mirror_1");
        row("requests>=1000", true, "1000", "mirror_1");
        row("mirror.p95<=1.2*primary.p95", false, "121.0ms", "mirror_2");
        row("mirror_1.p95<=1.2*primary.p95", true, "119.0ms", "mirror_1");
        row("mirror_1.mirror.p95<=primary.p95*1.2", true, "119.0ms", "mirror_1");
        row("mirror.p95<=primary.p95", false, "119.0ms", "mirror_1");
        row("mirror.p99<=250ms", false, "300.0ms", "mirror_1");
        row("mirror.p99<=0.3s", true, "300.0ms", "mirror_1");
        row("mirror.p99<=300", true, "300.0ms", "mirror_1");
        row("mirror.p50<=300ms", false, "", "mirror_1");
        row("verdict==equivalent", false, "different", "mirror_1");
        row("verdict!=inconclusive", true, "different", "mirror_1");
        row("mirror_2.verdict==equivalent", true, "equivalent", "mirror_2");
        row("mirror_9.agreement>=1%", false, "", "");
        row("agreement>=96.692%", true, "96.693%", "mirror_1");
    }
    void evaluates()
    {
        QFETCH(const QString, expression);
        const Result<Gate> gate = Gate::parse(expression);
        VERIFY_OK(gate);
        const GateResult result = gate->evaluate(comparison());
        QCOMPARE(result.expression, expression);
        QTEST(result.holds, "holds");
        QTEST(result.actual, "actual");
        QTEST(result.mirror, "mirror");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *expression, ErrorCode code) {
            QTest::addRow("%s", expression) << QString::fromLatin1(expression) << code.toString();
        };
        row("", kGateSyntax);
        row("agreement", kGateSyntax);
        row("agreement>=", kGateSyntax);
        row("agreement=99%", kGateSyntax);
        row("agreement>=99%>=98%", kGateSyntax);
        row("agreement>=lots", kGateSyntax);
        row("agreement>=nan", kGateSyntax);
        row("agrement>=99%", kGateUnknown);
        row("mirror.p42<=1ms", kGateUnknown);
        row("agreement>=99.5", kGateUnit);
        row("agreement>=250ms", kGateUnit);
        row("agreement<=1.2*primary.p95", kGateUnit);
        row("mirror.p95<=5%", kGateUnit);
        row("mirror.p95<=2*agreement", kGateUnit);
        row("mirror.p95<=2ms*primary.p95", kGateUnit);
        row("mirror.p95<=2*primary.p95*3", kGateSyntax);
        row("requests>=5%", kGateUnit);
        row("verdict==good", kGateUnit);
        row("verdict>=equivalent", kGateUnit);
    }
    void refuses()
    {
        QFETCH(const QString, expression);
        QFETCH(const QString, code);
        const Result<Gate> gate = Gate::parse(expression);
        QVERIFY(!gate);
        QCOMPARE(gate.error().code.toString(), code);
        QVERIFY(!wording::text(gate.error()).contains(u'{'));
    }

    void allMustHold()
    {
        Comparison both = comparison();
        const auto gates = parseGates({u"agreement>=90%"_s, u"different==0"_s});
        VERIFY_OK(gates);
        QVERIFY(!evaluateGates(*gates, both));
        QCOMPARE(both.gates.size(), 2U);
        QVERIFY(both.gates[0].holds);
        QVERIFY(!both.gates[1].holds);
        QVERIFY(!parseGates({u"agreement>=90%"_s, u"x"_s}));
        Comparison empty;
        QVERIFY(!evaluateGates(*gates, empty));
    }
};

PARALLAX_TEST_MAIN(TestCompareGates)
#include "tst_compare_gates.moc"
