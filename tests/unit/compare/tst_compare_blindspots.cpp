// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where other ways of comparing are blind (docs: comparison 1 and 5), from answers to verdict.
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
