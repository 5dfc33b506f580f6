// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every statistic against the values of tests/oracle/statistics_oracle.py (scipy, statsmodels, enumeration, published
// examples), and what the oracle cannot say: input that must give no result. Tolerances are relative to the expected
// value (or to the spread of the data, where digits cancel).
#include "compare/statistics.h"
#include "oracle.h"
#include "support/testmain.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using namespace parallax::test;

namespace {

std::vector<double> goldenSequence(int n)
{
    std::vector<double> values;
    for (int i = 0; i < n; ++i)
        values.push_back(std::fmod(i * 0.618033988749895, 1.0));
    return values;
}

} // namespace

class TestCompareStatistics : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void distributions()
    {
        const auto points = cases(u"intervals.json"_s, u"distributions"_s);
        QVERIFY(points.size() > 90);
        for (const QJsonObject &point : points) {
            const QString what = point[u"what"_s].toString();
            const double p = point[u"p"_s].toDouble();
            const double df = point[u"df"_s].toDouble();
            const QString name = u"%1 %2 %3"_s.arg(what).arg(p).arg(df);
            const double actual = what == u"normalQuantile"_s       ? normalQuantile(p)
                                  : what == u"studentQuantile"_s    ? studentQuantile(p, df)
                                  : what == u"normalCdf"_s          ? normalCdf(p)
                                  : what == u"chiSquaredSurvival"_s ? chiSquaredSurvival(p, df)
                                  : what == u"fairBinomialCdf"_s    ? fairBinomialCdf(std::llround(p), std::llround(df))
                                                                    : logFactorial(std::llround(p));
            VERIFY_NEAR(actual, point[u"value"_s].toDouble(), 1e-8, 1e-15);
        }
        for (const double outside : {0.0, 1.0, -0.1, 1.1, kNan}) {
            QVERIFY(std::isnan(normalQuantile(outside)));
            QVERIFY(std::isnan(studentQuantile(outside, 5.0)));
        }
        QVERIFY(std::isnan(studentQuantile(0.5, 0.0)));
        QVERIFY(std::isnan(chiSquaredSurvival(-1.0, 1.0)));
        QVERIFY(std::isnan(chiSquaredSurvival(1.0, 0.0)));
        QCOMPARE(fairBinomialCdf(-1, 5), 0.0);
        QCOMPARE(fairBinomialCdf(5, 5), 1.0);
        QVERIFY(std::isnan(fairBinomialCdf(1, -1)));
    }

    void wilson()
    {
        const auto all = cases(u"intervals.json"_s, u"wilson"_s);
        QVERIFY(all.size() > 40);
        for (const QJsonObject &each : all) {
            const double successes = each[u"successes"_s].toDouble();
            const std::int64_t n = each[u"n"_s].toInteger();
            const QString name = u"%1 of %2"_s.arg(successes).arg(n);
            const auto interval = wilsonInterval(successes, n, each[u"confidence"_s].toDouble());
            QVERIFY(interval);
            VERIFY_NEAR(interval->low, each[u"low"_s].toDouble(), 1e-12, 1e-15);
            VERIFY_NEAR(interval->high, each[u"high"_s].toDouble(), 1e-12);
            QCOMPARE(interval->confidence, each[u"confidence"_s].toDouble());
        }
        QCOMPARE(wilsonInterval(0.0, 20)->low, 0.0);
        QCOMPARE(wilsonInterval(20.0, 20)->high, 1.0);
        QCOMPARE(*wilsonInterval(-1e-15, 20), *wilsonInterval(0.0, 20));
        QCOMPARE(*wilsonInterval(20.0 + 1e-13, 20), *wilsonInterval(20.0, 20));
        QVERIFY(!wilsonInterval(0.0, 0));
        QVERIFY(!wilsonInterval(0.0, -1));
        QVERIFY(!wilsonInterval(-0.1, 10));
        QVERIFY(!wilsonInterval(10.1, 10));
        QVERIFY(!wilsonInterval(kNan, 10));
        QVERIFY(!wilsonInterval(1.0, 10, 0.0));
        QVERIFY(!wilsonInterval(1.0, 10, 1.0));
    }

    void meansAndBootstrap()
    {
        const auto all = cases(u"intervals.json"_s, u"means"_s);
        QVERIFY(all.size() > 30);
        for (const QJsonObject &each : all) {
            const QString name = each[u"name"_s].toString();
            const std::vector<double> values = numbers(each[u"values"_s]);
            const double unit = spread(values);
            const double offset = 1e-15 * std::abs(values.front());
            VERIFY_NEAR(mean(values), each[u"mean"_s], 1e-13, offset + 1e-15 * unit);
            VERIFY_NEAR(sampleDeviation(values), each[u"sd"_s], 1e-12);
            const auto sampled = SampledMean::of(values);
            QVERIFY(sampled);
            QCOMPARE(toString(sampled->method()), u"bootstrap"_s);
            QCOMPARE(sampled->count(), values.size());
            const QJsonArray intervals = each[u"intervals"_s].toArray();
            QCOMPARE(intervals.isEmpty(), !sampled->interval(0.95).has_value());
            for (const QJsonValue &expected : intervals) {
                const auto interval = sampled->interval(expected[u"confidence"_s].toDouble());
                QVERIFY(interval);
                // The same resamples, drawn by an independent generator.
                VERIFY_NEAR(interval->low, expected[u"low"_s].toDouble(), 1e-12, offset + 1e-12 * unit);
                VERIFY_NEAR(interval->high, expected[u"high"_s].toDouble(), 1e-12, offset + 1e-12 * unit);
                if (!expected[u"scipyLow"_s].isDouble())
                    continue;
                // Others: 2,000 of them leave their quantiles uncertain by about 5% of the width.
                const double width = interval->high - interval->low;
                VERIFY_NEAR(interval->low, expected[u"scipyLow"_s].toDouble(), 0.0, 0.1 * width);
                VERIFY_NEAR(interval->high, expected[u"scipyHigh"_s].toDouble(), 0.0, 0.1 * width);
            }
        }
    }

    void meansAboveTheBootstrap()
    {
        for (const QJsonObject &each : cases(u"intervals.json"_s, u"student"_s)) {
            const int n = each[u"n"_s].toInt();
            const QString name = QString::number(n);
            const auto sampled = SampledMean::of(goldenSequence(n));
            QVERIFY(sampled);
            QCOMPARE(toString(sampled->method()), u"t"_s);
            const auto interval = sampled->interval(each[u"confidence"_s].toDouble());
            VERIFY_NEAR(interval->low, each[u"low"_s].toDouble(), 1e-10);
            VERIFY_NEAR(interval->high, each[u"high"_s].toDouble(), 1e-10);
        }
        QCOMPARE(toString(SampledMean::of(goldenSequence(5'000))->method()), u"bootstrap"_s);
    }

    void meansOfWhatHasNone()
    {
        const std::vector<double> none;
        QVERIFY(!mean(none));
        QVERIFY(!sampleDeviation(none));
        QVERIFY(!SampledMean::of(none));
        for (const double bad : {kNan, kInfinity, -kInfinity}) {
            const std::vector<double> values{1.0, bad, 2.0};
            QVERIFY(!mean(values));
            QVERIFY(!sampleDeviation(values));
            QVERIFY(!SampledMean::of(values));
            QVERIFY(!limitsOfAgreement(values));
            QVERIFY(!quantile(values, 0.5));
            QVERIFY(!medianEstimate(values));
        }
        // Finite, but their squares are not.
        QVERIFY(!SampledMean::of(std::vector<double>{1e300, -1e300}));
        const auto single = SampledMean::of(std::vector<double>{3.0});
        QCOMPARE(single->mean(), 3.0);
        QCOMPARE(single->deviation(), 0.0);
        QVERIFY(!single->interval(0.95));
        const auto pair = SampledMean::of(std::vector<double>{3.0, 4.0});
        QVERIFY(!pair->interval(0.0));
        QVERIFY(!pair->interval(1.0));
        const auto constant = SampledMean::of(std::vector<double>(100, 0.1));
        QCOMPARE(constant->mean(), 0.1);
        QCOMPARE(*constant->interval(0.95), (Interval{0.1, 0.1, 0.95}));
        QCOMPARE(SampledMean::of(std::vector<double>{-7.0, 2.0})->maxAbs(), 7.0);
    }

    void aSeedGivesTheSameIntervalAndAnotherSeedAnother()
    {
        const std::vector<double> values = goldenSequence(200);
        const auto first = SampledMean::of(values, 1)->interval(0.95);
        QCOMPARE(*first, *SampledMean::of(values, 1)->interval(0.95));
        QVERIFY(*first != *SampledMean::of(values, 2)->interval(0.95));
    }

    void theCautiousIntervalHoldsBoth()
    {
        const auto sampled = SampledMean::of(goldenSequence(200));
        double width = 0.0;
        for (const double confidence : {0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 0.999999}) {
            const auto bootstrap = sampled->interval(confidence);
            const auto cautious = sampled->cautiousInterval(confidence);
            const double half =
                studentQuantile(0.5 + confidence / 2.0, 199.0) * sampled->deviation() / std::sqrt(200.0);
            QCOMPARE(cautious->low, std::min(bootstrap->low, sampled->mean() - half));
            QCOMPARE(cautious->high, std::max(bootstrap->high, sampled->mean() + half));
            QVERIFY(cautious->high - cautious->low > width);
            width = cautious->high - cautious->low;
        }
        const auto many = SampledMean::of(goldenSequence(6'000));
        QCOMPARE(*many->cautiousInterval(0.95), *many->interval(0.95));
        QVERIFY(!SampledMean::of(std::vector<double>{3.0})->cautiousInterval(0.95));
        QCOMPARE(*SampledMean::of(std::vector<double>{3.0, 3.0})->cautiousInterval(0.95), (Interval{3.0, 3.0, 0.95}));
    }

    void limits()
    {
        const QJsonObject expected = cases(u"intervals.json"_s, u"limits"_s).at(0);
        const QString name = u"peak flow"_s;
        const auto limits = limitsOfAgreement(numbers(expected[u"values"_s]));
        VERIFY_NEAR(limits->low, expected[u"low"_s].toDouble(), 1e-12);
        VERIFY_NEAR(limits->high, expected[u"high"_s].toDouble(), 1e-12);
        QVERIFY(!limitsOfAgreement(std::vector<double>{1.0}));
        QCOMPARE(limitsOfAgreement(std::vector<double>{2.0, 2.0})->high, 2.0);
    }

    void quantiles()
    {
        const auto all = cases(u"intervals.json"_s, u"quantiles"_s);
        QVERIFY(all.size() > 20);
        for (const QJsonObject &each : all) {
            const QString name = each[u"name"_s].toString();
            const std::vector<double> values = numbers(each[u"values"_s]);
            const std::vector<double> shares = numbers(each[u"shares"_s]);
            const std::vector<double> expected = numbers(each[u"quantiles"_s]);
            for (std::size_t i = 0; i < shares.size(); ++i)
                VERIFY_NEAR(*quantile(values, shares[i]), expected[i], 1e-13, 1e-14 * spread(values));
        }
        const std::vector<double> values{1.0, 2.0};
        QVERIFY(!quantile(std::vector<double>(), 0.5));
        QVERIFY(!quantile(values, -0.01));
        QVERIFY(!quantile(values, 1.01));
        QVERIFY(!quantile(values, kNan));
    }

    void medians()
    {
        const auto all = cases(u"intervals.json"_s, u"medians"_s);
        QVERIFY(all.size() > 50);
        for (const QJsonObject &each : all) {
            const auto n = static_cast<std::size_t>(each[u"n"_s].toInt());
            const double confidence = each[u"confidence"_s].toDouble();
            // Descending, so that sorting is part of it; the value is its rank.
            std::vector<double> values(n);
            std::iota(values.rbegin(), values.rend(), 1.0);
            const auto estimate = medianEstimate(values, confidence);
            QVERIFY(estimate);
            QCOMPARE(estimate->median, (static_cast<double>(n) + 1.0) / 2.0);
            const int rank = each[u"rank"_s].toInt();
            QCOMPARE(estimate->interval.has_value(), rank > 0);
            if (rank > 0) {
                QCOMPARE(estimate->interval->low, static_cast<double>(rank));
                QCOMPARE(estimate->interval->high, static_cast<double>(n) + 1.0 - rank);
            }
        }
        QVERIFY(!medianEstimate(std::vector<double>()));
        const auto constant = medianEstimate(std::vector<double>(10, 4.0));
        QCOMPARE(*constant->interval, (Interval{4.0, 4.0, 0.95}));
    }

    void holm()
    {
        const auto all = cases(u"intervals.json"_s, u"holm"_s);
        QVERIFY(all.size() >= 6);
        for (const QJsonObject &each : all) {
            const QString name = u"holm"_s;
            const std::vector<double> adjusted = holmAdjusted(numbers(each[u"p"_s]));
            const std::vector<double> expected = numbers(each[u"adjusted"_s]);
            QCOMPARE(adjusted.size(), expected.size());
            for (std::size_t i = 0; i < adjusted.size(); ++i)
                VERIFY_NEAR(adjusted[i], expected[i], 1e-12);
        }
        QVERIFY(holmAdjusted(std::vector<double>{0.1, kNan}).empty());
        QVERIFY(holmAdjusted(std::vector<double>{0.1, 1.1}).empty());
        QCOMPARE(holmConfidence(0.05, 5, 0), 0.99);
        QCOMPARE(holmConfidence(0.05, 5, 4), 0.95);
        QCOMPARE(holmConfidence(0.05, 5, 5), 0.95);
    }

    void requestsToSettle()
    {
        const double z2 = std::pow(normalQuantile(0.975), 2.0);
        QCOMPARE(requestsToSettleShare(1.0, 0.99).value(), z2 * 0.0099 / (0.01 * 0.01));
        for (const double rate : {1.0, 0.995, 0.97, 0.5, 0.0}) {
            const double n = *requestsToSettleShare(rate, 0.99);
            const auto clears = [rate](double requests) {
                const auto whole = static_cast<std::int64_t>(requests);
                const auto interval = wilsonInterval(rate * static_cast<double>(whole), whole);
                return rate > 0.99 ? interval->low >= 0.99 : interval->high < 0.99;
            };
            QVERIFY(clears(std::ceil(n)));
            QVERIFY(n < 2.0 || !clears(std::floor(n)));
        }
        QVERIFY(!requestsToSettleShare(0.99, 0.99));
        QVERIFY(!requestsToSettleShare(1.0, 1.0));
        QVERIFY(!requestsToSettleShare(0.5, 0.0));
        QVERIFY(!requestsToSettleShare(kNan, 0.5));
    }

    void wilcoxon()
    {
        const auto all = cases(u"ranktests.json"_s, u"wilcoxon"_s);
        QVERIFY(all.size() > 35);
        for (const QJsonObject &each : all) {
            const QString name = each[u"name"_s].toString();
            std::vector<double> values(static_cast<std::size_t>(each[u"zeros"_s].toInt()), 0.0);
            std::ranges::copy(numbers(each[u"values"_s]), std::back_inserter(values));
            const auto twoSided = wilcoxonSignedRank(values);
            QVERIFY(twoSided);
            QCOMPARE(twoSided->nonZero, static_cast<std::size_t>(each[u"nonZero"_s].toInt()));
            QCOMPARE(twoSided->isExact, each[u"exact"_s].toBool());
            QCOMPARE(twoSided->rankSum, each[u"rankSum"_s].toDouble());
            VERIFY_NEAR(twoSided->p, each[u"twoSided"_s].toDouble(), 1e-9);
            VERIFY_NEAR(wilcoxonSignedRank(values, Alternative::Greater)->p, each[u"greater"_s].toDouble(), 1e-9);
            VERIFY_NEAR(wilcoxonSignedRank(values, Alternative::Less)->p, each[u"less"_s].toDouble(), 1e-9);
        }
        QVERIFY(!wilcoxonSignedRank(std::vector<double>()));
        QVERIFY(!wilcoxonSignedRank(std::vector<double>{1.0, kNan}));
        QVERIFY(!wilcoxonSignedRank(std::vector<double>{1.0, kInfinity}));
    }

    void correlations()
    {
        const auto all = cases(u"ranktests.json"_s, u"correlations"_s);
        QVERIFY(all.size() >= 14);
        for (const QJsonObject &each : all) {
            const QString name = each[u"name"_s].toString();
            const std::vector<double> x = numbers(each[u"x"_s]);
            const std::vector<double> y = numbers(each[u"y"_s]);
            VERIFY_NEAR(pearsonCorrelation(x, y), each[u"pearson"_s], 1e-8);
            VERIFY_NEAR(spearmanCorrelation(x, y), each[u"spearman"_s], 1e-12);
            VERIFY_NEAR(spearmanCorrelation(y, x), each[u"spearman"_s], 1e-12);
            VERIFY_NEAR(kendallTau(x, y), each[u"kendall"_s], 1e-12);
            VERIFY_NEAR(kendallTau(y, x), each[u"kendall"_s], 1e-12);
        }
        const std::vector<double> three{1.0, 2.0, 3.0};
        for (const std::vector<double> &other :
             {std::vector<double>{1.0, 2.0}, {1.0, kNan, 2.0}, {1.0, kInfinity, 2.0}}) {
            QVERIFY(!pearsonCorrelation(three, other));
            QVERIFY(!spearmanCorrelation(three, other));
            QVERIFY(!kendallTau(three, other));
        }
    }

    void ranks()
    {
        QCOMPARE(midRanks(std::vector<double>{3.0, 1.0, 3.0, 2.0}), (std::vector<double>{3.5, 1.0, 3.5, 2.0}));
        QCOMPARE(midRanks(std::vector<double>{5.0, 5.0, 5.0}), (std::vector<double>{2.0, 2.0, 2.0}));
        QVERIFY(midRanks(std::vector<double>()).empty());
    }

    void mcnemar()
    {
        const auto all = cases(u"labels.json"_s, u"mcnemar"_s);
        QVERIFY(all.size() > 10);
        for (const QJsonObject &each : all) {
            const std::int64_t b = each[u"b"_s].toInteger();
            const std::int64_t c = each[u"c"_s].toInteger();
            const QString name = u"%1 %2"_s.arg(b).arg(c);
            const auto test = mcnemarTest(b, c);
            QVERIFY(test);
            VERIFY_NEAR(test->p, each[u"p"_s].toDouble(), 1e-10);
            QCOMPARE(mcnemarTest(c, b)->p, test->p);
            QCOMPARE(test->isExact, each[u"exact"_s].toBool());
            QCOMPARE(test->discordant, b + c);
        }
        QVERIFY(!mcnemarTest(-1, 3));
        QVERIFY(!mcnemarTest(3, -1));
    }

    void tables()
    {
        const auto all = cases(u"labels.json"_s, u"tables"_s);
        QVERIFY(all.size() > 10);
        for (const QJsonObject &each : all) {
            const QString name = each[u"name"_s].toString();
            const QJsonArray rows = each[u"counts"_s].toArray();
            ConfusionMatrix matrix(static_cast<std::size_t>(rows.size()));
            for (qsizetype row = 0; row < rows.size(); ++row) {
                for (qsizetype column = 0; column < rows.size(); ++column)
                    matrix.add(static_cast<std::size_t>(row), static_cast<std::size_t>(column),
                               rows.at(row)[column].toInteger());
            }
            VERIFY_NEAR(cohensKappa(matrix), each[u"kappa"_s], 1e-12, 1e-15);
            const auto bowker = bowkerTest(matrix);
            VERIFY_NEAR(bowker ? std::optional(bowker->p) : std::nullopt, each[u"bowker"_s], 1e-10);
            if (bowker)
                QCOMPARE(bowker->discordant, each[u"discordant"_s].toInteger());
            const bool hasTwoLabels = matrix.labels() == 2 && matrix.total() > 0;
            QCOMPARE(mcnemarTest(matrix).has_value(), hasTwoLabels);
            if (hasTwoLabels)
                QCOMPARE(mcnemarTest(matrix)->p, mcnemarTest(matrix.at(1, 0), matrix.at(0, 1))->p);
        }
        QVERIFY(!cohensKappa(ConfusionMatrix(0)));
        QVERIFY(!bowkerTest(ConfusionMatrix(0)));
    }

    void shares()
    {
        const auto all = cases(u"labels.json"_s, u"shares"_s);
        QVERIFY(all.size() > 10);
        for (const QJsonObject &each : all) {
            const CountedShare a{each[u"a"_s].toDouble(), each[u"n"_s].toInteger()};
            const CountedShare b{each[u"b"_s].toDouble(), each[u"m"_s].toInteger()};
            const QString name = u"%1/%2 %3/%4"_s.arg(a.successes).arg(a.n).arg(b.successes).arg(b.n);
            const auto test = shareTest(a, b);
            QVERIFY(test);
            QCOMPARE(test->isExact, each[u"exact"_s].toBool());
            VERIFY_NEAR(test->p, each[u"p"_s].toDouble(), 1e-8);
            VERIFY_NEAR(shareTest(b, a)->p, test->p, 1e-8);
        }
        QCOMPARE(shareTest({-1e-16, 5}, {5.0 + 1e-15, 5})->p, shareTest({0.0, 5}, {5.0, 5})->p);
        QVERIFY(!shareTest({0.0, 0}, {1.0, 2}));
        QVERIFY(!shareTest({1.0, 2}, {3.0, 2}));
        QVERIFY(!shareTest({1.0, 2}, {kNan, 2}));
        QVERIFY(!shareTest({-1.0, 2}, {1.0, 2}));
    }
};

PARALLAX_TEST_MAIN(TestCompareStatistics)
#include "tst_compare_statistics.moc"
