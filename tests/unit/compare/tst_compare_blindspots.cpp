// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where other ways of comparing are blind (docs: comparison 1 and 5), from answers to verdict.
#include "compare/calibration.h"
#include "compare/comparisonbuilder.h"
#include "compare/gates.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

#include <cmath>
#include <numeric>
#include <random>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using traffic::Outcome;

namespace {

// Normal deviates that are the same on every platform (sum of twelve uniform ones).
class Noise
{
public:
    explicit Noise(quint64 seed)
        : m_engine(seed)
    {}
    double operator()(double deviation)
    {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i)
            sum += static_cast<double>(m_engine() >> 11U) * 0x1p-53;
        return deviation * sum;
    }
    std::mt19937_64 &engine() { return m_engine; }

private:
    std::mt19937_64 m_engine;
};

QByteArray score(double value)
{
    return R"({"score": )" + QByteArray::number(value, 'f', 6) + "}";
}

QByteArray label(int value)
{
    return R"({"label": ")" + QByteArray(1, static_cast<char>('a' + value)) + "\"}";
}

MirrorSummary compared(const QList<QByteArray> &left, const QList<QByteArray> &right, const Rules &rules)
{
    ComparisonBuilder builder(rules);
    for (qsizetype i = 0; i < left.size(); ++i) {
        builder.add(test::exchange(quint64(i + 1), QByteArray::number(i), test::reply(u"p"_s, left[i]),
                                   test::reply(u"m"_s, right[i])));
    }
    return builder.summary().mirrors.at(0);
}

} // namespace

class TestCompareBlindspots : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void oneDifferenceInAThousandIsSeen()
    {
        QList<QByteArray> left(1'000, score(1.0));
        QList<QByteArray> right = left;
        right[500] = score(2.0);
        const MirrorSummary mirror = compared(left, right, {});
        QCOMPARE(mirror.outcomes[Outcome::Different], 1);
        QCOMPARE(mirror.fields.size(), 1U);
        QCOMPARE(mirror.fields[0].examples[0].value, 501U);
    }

    void threeInTenThousandAreSeen()
    {
        QList<QByteArray> left(10'000, score(1.0));
        QList<QByteArray> right = left;
        for (const int wrong : {17, 4'000, 9'999})
            right[wrong] = score(2.0);
        const MirrorSummary mirror = compared(left, right, {});
        QCOMPARE(mirror.outcomes[Outcome::Different], 3);
        QCOMPARE(mirror.fields.size(), 1U);
        QCOMPARE(mirror.fields[0].pairs, 3);
        QList<quint64> examples;
        for (const traffic::ExchangeId &id : mirror.fields[0].examples)
            examples.append(id.value);
        std::ranges::sort(examples);
        QCOMPARE(examples, (QList<quint64>{18, 4'001, 10'000}));
    }

    // How often the mirror and the primary asked again differ from the primary, of 1,000: counting alone hides the
    // candidate that is wrong every time as soon as the noise is above two thirds.
    void countsThatHideAWrongCandidate_data()
    {
        QTest::addColumn<int>("noise");
        QTest::addColumn<bool>("isWrong");
        QTest::newRow("1000 beside 600") << 600 << true;
        QTest::newRow("1000 beside 700") << 700 << true;
        QTest::newRow("1000 beside 900") << 900 << true;
        QTest::newRow("520 beside 500") << 500 << false;
    }
    void countsThatHideAWrongCandidate()
    {
        QFETCH(const int, noise);
        QFETCH(const bool, isWrong);
        constexpr int kRequests = 1'000;
        // Which requests the primary answers differently when asked again, and which ones the mirror does.
        std::vector<int> places(kRequests);
        std::iota(places.begin(), places.end(), 0);
        std::mt19937_64 engine(6);
        std::ranges::shuffle(places, engine);
        std::vector<bool> isNoisy(kRequests);
        for (int i = 0; i < noise; ++i)
            isNoisy[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])] = true;
        std::ranges::shuffle(places, engine);
        std::vector<bool> isOff(kRequests, isWrong);
        for (int i = 0; i < 520 && !isWrong; ++i)
            isOff[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])] = true;

        ExcessBuilder excess({}, u"again"_s);
        ComparisonBuilder builder(Rules{});
        for (std::size_t i = 0; i < kRequests; ++i) {
            traffic::Exchange exchange =
                test::exchange(quint64(i + 1), QByteArray::number(i), test::reply(u"p"_s, label(0)),
                               test::reply(u"again"_s, label(isNoisy[i] ? 1 : 0)));
            exchange.mirrors.push_back(test::reply(u"candidate"_s, label(isOff[i] ? 2 : 0)));
            excess.add(exchange);
            builder.add(exchange);
        }
        const std::vector<FieldExcess> found = excess.result(u"candidate"_s);
        QCOMPARE(found.size(), 1U);
        QCOMPARE(found[0].onlyMirror - found[0].onlyNoise, isWrong ? kRequests - noise : 20);
        QCOMPARE(found[0].p < 0.01, isWrong);
        const Comparison comparison = builder.summary();
        const auto candidate = std::ranges::find(comparison.mirrors, u"candidate"_s, &MirrorSummary::name);
        QVERIFY(candidate != comparison.mirrors.end());
        QCOMPARE(candidate->outcomes[Outcome::Different], isWrong ? kRequests : 520);
        QVERIFY(candidate->verdict == Verdict::Different); // of the pairs themselves: noise is no excuse
    }

    void theOrderOfArrivalChangesNoFigure()
    {
        Noise noise(7);
        QList<QByteArray> left;
        QList<QByteArray> right;
        for (int i = 0; i < 400; ++i) {
            const double value = noise(1.0);
            left.append(score(value));
            right.append(score(value + 0.01 + noise(0.05)));
        }
        const auto summary = [&](bool isReversed) {
            ComparisonBuilder builder(test::rules("", "margin: {abs: 0.02}\n"));
            for (qsizetype n = 0; n < left.size(); ++n) {
                const qsizetype i = isReversed ? left.size() - 1 - n : n;
                builder.add(test::exchange(quint64(i + 1), QByteArray::number(i), test::reply(u"p"_s, left[i]),
                                           test::reply(u"m"_s, right[i])));
            }
            return builder.summary().mirrors.at(0);
        };
        const MirrorSummary one = summary(false);
        const MirrorSummary other = summary(true);
        QCOMPARE(one.numeric[0].method, u"bootstrap"_s);
        QCOMPARE(other.numeric[0].ci.low, one.numeric[0].ci.low);
        QCOMPARE(other.numeric[0].ci.high, one.numeric[0].ci.high);
        QCOMPARE(other.numeric[0].wilcoxonP, one.numeric[0].wilcoxonP);
        QVERIFY(other.verdict == one.verdict);
    }

    void wrongOnEveryRequestIsNotHiddenByNoise()
    {
        // Jitter of 1e-6 everywhere and a real shift of 0.01: counting fields that differ cannot tell.
        Noise noise(1);
        QList<QByteArray> left;
        QList<QByteArray> right;
        for (int i = 0; i < 1'000; ++i) {
            const double value = i / 10.0;
            left.append(score(value + noise(1e-6)));
            right.append(score(value + 0.01 + noise(1e-6)));
        }
        const MirrorSummary mirror = compared(left, right, test::rules("", "margin: {abs: 0.0001}\n"));
        QVERIFY(mirror.verdict == Verdict::Different);
        QVERIFY(std::abs(mirror.numeric[0].meanDifference - 0.01) < 1e-5);
    }

    void permutedAnswersAreNeverEquivalent_data()
    {
        QTest::addColumn<int>("n");
        QTest::newRow("500") << 500;
        QTest::newRow("5,000") << 5'000;
        QTest::newRow("50,000") << 50'000;
    }
    void permutedAnswersAreNeverEquivalent()
    {
        QFETCH(const int, n);
        Noise noise(2);
        QList<QByteArray> left;
        for (int i = 0; i < n; ++i)
            left.append(score(noise(1.0)));
        QList<QByteArray> right = left;
        std::shuffle(right.begin(), right.end(), noise.engine());
        const MirrorSummary mirror = compared(left, right, test::rules("", "margin: {abs: 0.1}\n"));
        QVERIFY(mirror.verdict == Verdict::Different);
        QVERIFY(mirror.close.rate < 0.2);
        QVERIFY(std::abs(mirror.numeric[0].spearman) < 0.2);
    }

    void aSmallBiasIsFound()
    {
        Noise noise(3);
        QList<QByteArray> left;
        QList<QByteArray> right;
        for (int i = 0; i < 500; ++i) {
            const double value = noise(1.0);
            left.append(score(value));
            right.append(score(value + 0.02 + noise(0.05)));
        }
        const MirrorSummary mirror = compared(left, right, test::rules("", "margin: {abs: 0.01}\n"));
        QVERIFY(mirror.verdict == Verdict::Different);
        QVERIFY(mirror.numeric[0].wilcoxonP < 1e-10);
        QVERIFY(mirror.numeric[0].ci.low > 0.01);
    }

    void balancedFlipsAreNotExcusedByMcNemar()
    {
        QList<QByteArray> left;
        QList<QByteArray> right;
        for (int i = 0; i < 1'000; ++i) {
            left.append(label(i % 2));
            right.append(label(i < 100 ? 1 - i % 2 : i % 2));
        }
        const MirrorSummary mirror = compared(left, right, {});
        QCOMPARE(mirror.labels[0].mcnemarP, 1.0);
        QCOMPARE(mirror.agreement.rate, 0.9);
        QVERIFY(mirror.verdict == Verdict::Different);
    }

    void lopsidedFlipsLeanOneWay()
    {
        QList<QByteArray> left;
        QList<QByteArray> right;
        for (int i = 0; i < 1'000; ++i) {
            const int flip = i < 120 ? (i % 2 == 0 ? 1 : 0) : i < 160 ? (i % 2 == 1 ? 1 : 0) : 0;
            left.append(label(i % 2));
            right.append(label(flip == 1 ? 1 - i % 2 : i % 2));
        }
        const MirrorSummary mirror = compared(left, right, {});
        QVERIFY(mirror.labels[0].mcnemarP < 1e-4);
        QVERIFY(mirror.verdict == Verdict::Different);
    }

    void aTinyBiasInVeryManyRequestsIsEquivalent()
    {
        Noise noise(4);
        QList<QByteArray> left;
        QList<QByteArray> right;
        for (int i = 0; i < 50'000; ++i) {
            const double value = noise(1.0);
            left.append(score(value));
            right.append(score(value + 0.001 + noise(0.002)));
        }
        const MirrorSummary mirror = compared(left, right, test::rules("", "margin: {abs: 0.01}\n"));
        QVERIFY(mirror.numeric[0].wilcoxonP < 1e-4);
        QVERIFY(mirror.numeric[0].equivalence->verdict == Verdict::Equivalent);
        QVERIFY(mirror.verdict == Verdict::Equivalent);
        QVERIFY(mirror.agreement.rate < 0.5);
        QVERIFY(mirror.close.rate > 0.99);
    }

    void equalListsAreEqual()
    {
        QList<QByteArray> left(40, R"({"items": ["a", "b", {"c": [1, 2]}]})");
        QCOMPARE(compared(left, left, {}).outcomes[Outcome::Equal], 40);
    }

    void aRefusedMirrorIsNoSilentSuccess()
    {
        ComparisonBuilder builder(Rules{});
        for (int i = 0; i < 100; ++i) {
            traffic::Exchange exchange = test::exchange(quint64(i + 1), QByteArray::number(i),
                                                        test::reply(u"p"_s, "{}"), test::reply(u"m"_s, "{}"));
            if (i % 2 == 0)
                exchange.mirrors[0].state = traffic::AnswerState::Failed;
            builder.add(exchange);
        }
        const Comparison comparison = builder.summary();
        QCOMPARE(comparison.mirrors[0].agreement.rate, 0.5);
        QVERIFY(comparison.mirrors[0].verdict == Verdict::Different);
        QVERIFY(!Gate::parse(u"errors<=0.1%"_s)->evaluate(comparison).holds);
    }
};

PARALLAX_TEST_MAIN(TestCompareBlindspots)
#include "tst_compare_blindspots.moc"
