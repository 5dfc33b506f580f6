// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict of contract 7, its edges, and the cases of the comparison design (permuted answers, balanced flips, a
// tiny bias in very many requests).
#include "compare/errors.h"
#include "compare/rules.h"
#include "compare/statistics.h"
#include "compare/verdict.h"
#include "simulation.h"
#include "support/testmain.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using namespace parallax::test;

namespace {

// One request per answer, one numeric field.
VerdictInput answered(const std::vector<double> &primary, const std::vector<double> &mirror, double margin)
{
    std::vector<double> differences;
    double close = 0.0;
    for (std::size_t i = 0; i < primary.size(); ++i) {
        differences.push_back(mirror[i] - primary[i]);
        close += isWithinLimit(differences.back(), primary[i], mirror[i], margin) ? 1.0 : 0.0;
    }
    VerdictInput input = countedRun(static_cast<std::int64_t>(primary.size()), close);
    input.margin = margin;
    input.fields.push_back({u"/data"_s, *SampledMean::of(differences)});
    return input;
}

bool hasReason(const Judgement &judgement, ErrorCode code)
{
    return std::ranges::any_of(judgement.reasons, [code](const Error &reason) { return reason.code == code; });
}

} // namespace

class TestCompareVerdict : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theShareOfCloseRequestsDecides_data()
    {
        QTest::addColumn<int>("requests");
        QTest::addColumn<double>("close");
        QTest::addColumn<double>("target");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, int requests, double close, double target, Verdict expected) {
            QTest::newRow(name) << requests << close << target << static_cast<int>(expected);
        };
        row("none", 0, 0.0, 0.99, Verdict::Inconclusive);
        row("one", 1, 1.0, 0.99, Verdict::Inconclusive);
        row("29 wrong", 29, 0.0, 0.99, Verdict::Inconclusive);
        row("30 wrong", 30, 0.0, 0.99, Verdict::Different);
        row("30 right, low target", 30, 30.0, 0.8, Verdict::Equivalent);
        row("380 right", 380, 380.0, 0.99, Verdict::Inconclusive);
        row("381 right", 381, 381.0, 0.99, Verdict::Equivalent);
        row("contract's example", 5000, 4905.0, 0.99, Verdict::Different);
        row("on the target", 100'000, 99'000.0, 0.99, Verdict::Inconclusive);
        row("target of all, all right", 100'000, 100'000.0, 1.0, Verdict::Inconclusive);
        row("target of all, one wrong", 100'000, 99'999.0, 1.0, Verdict::Different);
    }
    void theShareOfCloseRequestsDecides()
    {
        QFETCH(int, requests);
        QFETCH(double, close);
        QFETCH(double, target);
        QFETCH(int, expected);
        VerdictInput input = countedRun(requests, close);
        input.target = target;
        QCOMPARE(static_cast<int>(verdict(input).verdict), expected);
    }

    void permutedAnswersAreNeverEquivalent_data()
    {
        QTest::addColumn<int>("n");
        for (const int n : {500, 5'000, 50'000})
            QTest::addRow("%d", n) << n;
    }
    void permutedAnswersAreNeverEquivalent()
    {
        QFETCH(int, n);
        Noise noise(static_cast<std::uint64_t>(n));
        for (const double margin : {0.01, 0.1}) {
            std::vector<double> primary(static_cast<std::size_t>(n));
            std::ranges::generate(primary, [&noise] { return noise.normal(); });
            std::vector<double> mirror = primary;
            for (std::size_t i = mirror.size() - 1; i > 0; --i)
                std::swap(mirror[i], mirror[noise.below(i + 1)]);
            QCOMPARE(toString(verdict(answered(primary, mirror, margin)).verdict), u"different"_s);
        }
    }

    void balancedFlipsAreDifferentThoughMcNemarIsBlind()
    {
        QCOMPARE(mcnemarTest(50, 50)->p, 1.0);
        const Judgement judgement = verdict(countedRun(1'000, 900.0));
        QCOMPARE(toString(judgement.verdict), u"different"_s);
        QVERIFY(hasReason(judgement, kVerdictNotClose));
    }

    void aTinyBiasInManyRequestsIsEquivalent()
    {
        Noise noise(7);
        std::vector<double> primary;
        std::vector<double> mirror;
        std::vector<double> differences;
        for (int i = 0; i < 50'000; ++i) {
            primary.push_back(noise.normal());
            mirror.push_back(primary.back() + 0.0001 + 0.003 * noise.normal());
            differences.push_back(mirror.back() - primary.back());
        }
        QVERIFY(wilcoxonSignedRank(differences)->p < 1e-3);
        const Judgement judgement = verdict(answered(primary, mirror, 0.01));
        QCOMPARE(toString(judgement.verdict), u"equivalent"_s);
        QVERIFY(hasReason(judgement, kVerdictCloseEnough));
        QVERIFY(hasReason(judgement, kVerdictMeansInside));
    }

    void aShiftOfExactlyTheMarginIsCloseButNotEquivalent()
    {
        std::vector<double> primary;
        std::vector<double> mirror;
        for (int i = 0; i < 2'000; ++i) {
            primary.push_back((i % 500) / 100.0);
            mirror.push_back((i % 500 + 1) / 100.0);
        }
        const VerdictInput input = answered(primary, mirror, 0.01);
        QCOMPARE(input.closeRequests, 2'000.0);
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"inconclusive"_s);
        QVERIFY(!judgement.furtherRequestsNeeded);
        QVERIFY(hasReason(judgement, kVerdictFieldUndecided));
        QVERIFY(hasReason(judgement, kVerdictMoreWillNotDo));
    }

    void aMeanOnTheMarginIsNotInsideOfIt()
    {
        VerdictInput input = countedRun(1'000, 1'000.0);
        input.margin = 0.01;
        for (const double difference : {0.01, -0.01, 0.01 * (1.0 - 1e-12)}) {
            input.fields = {{u"/data"_s, *SampledMean::of(std::vector<double>(1'000, difference))}};
            QCOMPARE(toString(verdict(input).verdict), u"inconclusive"_s);
        }
        input.fields = {{u"/data"_s, *SampledMean::of(std::vector<double>(1'000, 0.0099))}};
        QCOMPARE(toString(verdict(input).verdict), u"equivalent"_s);
    }

    // Four outliers that happen to have one sign: the bootstrap alone would be sure.
    void fewOutliersDoNotMakeAFieldDifferent()
    {
        std::vector<double> differences(100, 0.0);
        differences[10] = differences[40] = differences[70] = 1.0;
        differences[90] = 5.0;
        VerdictInput input = countedRun(100, 96.0);
        input.target = 0.9;
        input.margin = 0.001;
        input.fields.push_back({u"/data"_s, *SampledMean::of(differences)});
        QVERIFY(input.fields.front().difference.interval(0.95)->low > 0.001);
        QCOMPARE(toString(verdict(input).verdict), u"inconclusive"_s);
    }

    // One request in 200 is far off, always in the same direction: too few to miss the target.
    void aBiasOfOneFieldIsDifferentThoughRequestsAreClose()
    {
        std::vector<double> differences;
        for (int i = 0; i < 1'000; ++i)
            differences.push_back(i % 200 == 0 ? 10.0 + (i % 7) : 0.0);
        VerdictInput input = countedRun(1'000, 995.0);
        input.margin = 0.005;
        input.fields.push_back({u"/data"_s, *SampledMean::of(differences)});
        input.target = 0.9;
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"different"_s);
        QCOMPARE(judgement.reasons.at(1).code, kVerdictFieldDiffers);
    }

    void holmRaisesTheBarWithTheNumberOfFields()
    {
        // One mean 2.3 standard errors beyond the margin: outside at 95%, inside at 99.9%.
        Noise noise(11);
        std::vector<double> differences(40'000);
        std::ranges::generate(differences, [&noise] { return noise.normal(); });
        const SampledMean raw = *SampledMean::of(differences);
        const double shift = 0.01 + 2.3 * raw.deviation() / 200.0 - raw.mean();
        for (double &difference : differences)
            difference += shift;
        VerdictInput input = countedRun(40'000, 40'000.0);
        input.margin = 0.01;
        input.fields.push_back({u"/a"_s, *SampledMean::of(differences)});
        QCOMPARE(toString(verdict(input).verdict), u"different"_s);
        const std::vector<double> zeros(40'000, 0.0);
        for (int i = 0; i < 49; ++i)
            input.fields.push_back({u"/zero"_s, *SampledMean::of(zeros)});
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"inconclusive"_s);
        QCOMPARE(judgement.fields.at(0).adjusted->confidence, 1.0 - 0.05 / 50.0);
        QCOMPARE(toString(judgement.fields.at(1).verdict), u"equivalent"_s);
        // A field that certainly differs leaves its step to the next: 49, not 50, remain.
        input.fields.at(1).difference = *SampledMean::of(std::vector<double>(40'000, 1.0));
        const Judgement stepped = verdict(input);
        QCOMPARE(toString(stepped.verdict), u"different"_s);
        QCOMPARE(toString(stepped.fields.at(1).verdict), u"different"_s);
        QCOMPARE(stepped.fields.at(0).adjusted->confidence, 1.0 - 0.05 / 49.0);
    }

    void aRareFieldDecidesNothingByItself()
    {
        VerdictInput input = countedRun(10'000, 9'999.0);
        input.margin = 0.01;
        input.fields.push_back({u"/rare"_s, *SampledMean::of(std::vector<double>(29, 5.0))});
        const Judgement blocked = verdict(input);
        QCOMPARE(toString(blocked.verdict), u"inconclusive"_s);
        QVERIFY(hasReason(blocked, kVerdictFieldRare));
        input.fields.at(0).difference = *SampledMean::of(std::vector<double>(1, 0.009));
        QCOMPARE(toString(verdict(input).verdict), u"equivalent"_s);
        input.fields.at(0).difference = *SampledMean::of(std::vector<double>(30, 5.0));
        QCOMPARE(toString(verdict(input).verdict), u"different"_s);
    }

    void withoutMarginMeansAreNotJudged()
    {
        VerdictInput input = countedRun(1'000, 1'000.0);
        input.fields.push_back({u"/data"_s, *SampledMean::of(std::vector<double>(1'000, 5.0))});
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"equivalent"_s);
        QVERIFY(judgement.fields.empty());
    }

    void moreThanFivePercentDroppedIsInconclusive()
    {
        VerdictInput input = countedRun(950, 950.0);
        input.pairs = 1'000;
        input.dropped = 50;
        QCOMPARE(toString(verdict(input).verdict), u"equivalent"_s);
        input.dropped = 51;
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"inconclusive"_s);
        QCOMPARE(judgement.reasons.front().code, kVerdictDropped);
        QVERIFY(!judgement.furtherRequestsNeeded);
    }

    void impossibleInputIsNoVerdict()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        VerdictInput tooClose = countedRun(100, 101.0);
        VerdictInput negative = countedRun(-1, 0.0);
        VerdictInput unknown = countedRun(100, nan);
        VerdictInput dropped = countedRun(100, 100.0);
        dropped.dropped = 101;
        VerdictInput target = countedRun(100, 100.0);
        target.target = 1.01;
        VerdictInput margin = countedRun(100, 100.0);
        margin.margin = nan;
        for (const VerdictInput &input : {tooClose, negative, unknown, dropped, target, margin}) {
            const Judgement judgement = verdict(input);
            QCOMPARE(toString(judgement.verdict), u"inconclusive"_s);
            QCOMPARE(judgement.reasons.size(), 1U);
            QCOMPARE(judgement.reasons.front().code, kVerdictImpossible);
        }
    }

    // As many as were said to be missing, at the same rate, do decide; one less does not.
    void theEstimateIsWhatItTakes()
    {
        struct Case
        {
            int requests;
            double rate;
            double target;
        };
        for (const auto &[requests, rate, target] :
             {Case{100, 1.0, 0.99}, Case{10, 1.0, 0.99}, Case{0, 1.0, 0.99}, Case{300, 0.98, 0.99}, Case{50, 0.92, 0.9},
              Case{200, 0.905, 0.9}}) {
            VerdictInput input = countedRun(requests, rate * requests);
            input.target = target;
            const Judgement before = verdict(input);
            QCOMPARE(toString(before.verdict), u"inconclusive"_s);
            QVERIFY(before.furtherRequestsNeeded);
            const std::int64_t total = requests + *before.furtherRequestsNeeded;
            const auto grown = [&](std::int64_t n) {
                VerdictInput later = countedRun(n, rate * static_cast<double>(n));
                later.target = target;
                return verdict(later).verdict;
            };
            QVERIFY(grown(total) != Verdict::Inconclusive);
            QCOMPARE(toString(grown(total - 1)), u"inconclusive"_s);
        }
    }

    void anEstimateBeyondReasonIsNotGiven()
    {
        const Judgement judgement = verdict(countedRun(10'000, 9'901.0));
        QCOMPARE(toString(judgement.verdict), u"inconclusive"_s);
        QVERIFY(!judgement.furtherRequestsNeeded);
        QVERIFY(hasReason(judgement, kVerdictMoreWillNotDo));
    }

    void theEstimateKnowsWideMeans()
    {
        Noise noise(3);
        std::vector<double> differences(500);
        std::ranges::generate(differences, [&noise] { return noise.normal(); });
        VerdictInput input = countedRun(500, 500.0);
        input.margin = std::abs(SampledMean::of(differences)->mean()) + 0.05;
        input.fields.push_back({u"/data"_s, *SampledMean::of(differences)});
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"inconclusive"_s);
        QVERIFY(judgement.furtherRequestsNeeded);
        // 1.645 standard errors must fit into 0.05: about 1,080 requests.
        QVERIFY(*judgement.furtherRequestsNeeded > 400 && *judgement.furtherRequestsNeeded < 800);
    }

    void peekingIsCautionedAgainst()
    {
        VerdictInput input = countedRun(1'000, 1'000.0);
        QVERIFY(verdict(input).cautions.empty());
        input.looks = 4;
        const Judgement judgement = verdict(input);
        QCOMPARE(toString(judgement.verdict), u"equivalent"_s);
        QCOMPARE(judgement.cautions.size(), 1U);
        QCOMPARE(judgement.cautions.front().code, kVerdictPeeked);
    }

    void everyReasonReadsAsASentence()
    {
        VerdictInput input = countedRun(1'000, 995.0);
        input.margin = 0.01;
        for (int i = 0; i < 8; ++i)
            input.fields.push_back({u"/f%1"_s.arg(i), *SampledMean::of(std::vector<double>(100, i - 4.0))});
        input.fields.push_back({u"/rare"_s, *SampledMean::of(std::vector<double>(3, 1.0))});
        const Judgement judgement = verdict(input);
        QCOMPARE(judgement.reasons.size(), 1U + 5U + 1U);
        QCOMPARE(wording::text(judgement.reasons.at(1)),
                 u"/f0 differs by -4 on average (interval -4 to -4), more than the margin of 0.01"_s);
        for (const Error &reason : judgement.reasons)
            QVERIFY2(!wording::text(reason).contains(u'{'), qPrintable(wording::text(reason)));
    }
};

PARALLAX_TEST_MAIN(TestCompareVerdict)
#include "tst_compare_verdict.moc"
