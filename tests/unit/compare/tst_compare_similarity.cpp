// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors, rankings and texts against tests/oracle/statistics_oracle.py, and input that must give no result.
#include "compare/similarity.h"
#include "oracle.h"
#include "support/testmain.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using namespace parallax::test;

class TestCompareSimilarity : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void rankings()
    {
        const auto all = cases(u"similarity.json"_s, u"rankings"_s);
        QVERIFY(all.size() > 20);
        for (const QJsonObject &each : all) {
            const std::vector<std::uint64_t> a = items(each[u"a"_s]);
            const std::vector<std::uint64_t> b = items(each[u"b"_s]);
            const double persistence = each[u"persistence"_s].toDouble();
            const QString name = QString::fromUtf8(QJsonDocument(each).toJson(QJsonDocument::Compact));
            VERIFY_NEAR(rankBiasedOverlap(a, b, persistence), each[u"rbo"_s], 1e-9, 1e-12);
            VERIFY_NEAR(rankBiasedOverlap(b, a, persistence), each[u"rbo"_s], 1e-9, 1e-12);
            const auto k = static_cast<std::size_t>(each[u"k"_s].toInt());
            VERIFY_NEAR(topKOverlap(a, b, k), each[u"overlap"_s], 1e-15);
            VERIFY_NEAR(topKOverlap(b, a, k), each[u"overlap"_s], 1e-15);
        }
        const std::vector<std::uint64_t> none;
        const std::vector<std::uint64_t> some{1, 2};
        const std::vector<std::uint64_t> repeated{1, 2, 1};
        QCOMPARE(rankBiasedOverlap(none, none).value(), 1.0);
        QCOMPARE(rankBiasedOverlap(none, some).value(), 0.0);
        QVERIFY(!rankBiasedOverlap(some, repeated));
        QVERIFY(!rankBiasedOverlap(some, some, 0.0));
        QVERIFY(!rankBiasedOverlap(some, some, 1.0));
        QCOMPARE(topKOverlap(none, none, 3).value(), 1.0);
        QCOMPARE(topKOverlap(none, some, 3).value(), 0.0);
        QVERIFY(!topKOverlap(some, some, 0));
        QVERIFY(!topKOverlap(repeated, some, 3));
    }

    void vectors()
    {
        for (const QJsonObject &each : cases(u"similarity.json"_s, u"cosines"_s)) {
            const QString name = u"cosine"_s;
            VERIFY_NEAR(cosineSimilarity(numbers(each[u"a"_s]), numbers(each[u"b"_s])), each[u"cosine"_s], 1e-12);
        }
        const std::vector<double> none;
        const std::vector<double> huge{1e300, 1e300};
        const std::vector<double> tiny{1e-300, 1e-300};
        QCOMPARE(*cosineSimilarity(huge, tiny), 1.0);
        QVERIFY(!cosineSimilarity(none, none));
        QVERIFY(!cosineSimilarity(huge, std::vector<double>{1.0}));
        QVERIFY(!cosineSimilarity(huge, std::vector<double>{0.0, 0.0}));
        QVERIFY(!cosineSimilarity(huge, std::vector<double>{kNan, 0.0}));
        QVERIFY(!cosineSimilarity(huge, std::vector<double>{kInfinity, 0.0}));
        QCOMPARE(argmax(std::vector<double>{1.0, 3.0, 3.0}).value(), 1U);
        QVERIFY(!argmax(none));
        QVERIFY(!argmax(std::vector<double>{1.0, kNan}));
        QCOMPARE(isArgmaxChanged(std::vector<double>{1.0, 2.0}, std::vector<double>{5.0, 6.0}).value(), false);
        QCOMPARE(isArgmaxChanged(std::vector<double>{1.0, 2.0}, std::vector<double>{6.0, 5.0}).value(), true);
        QVERIFY(!isArgmaxChanged(std::vector<double>{1.0}, std::vector<double>{6.0, 5.0}));
    }

    void texts()
    {
        const auto all = cases(u"similarity.json"_s, u"texts"_s);
        QVERIFY(all.size() > 40);
        for (const QJsonObject &each : all) {
            const QString a = each[u"a"_s].toString();
            const QString b = each[u"b"_s].toString();
            const auto expected = static_cast<std::size_t>(each[u"distance"_s].toInt());
            const EditDistance distance = editDistance(a, b);
            QCOMPARE(distance.distance, expected);
            QVERIFY(!distance.isAtLeast);
            QCOMPARE(editDistance(b, a), distance);
            for (std::size_t limit = 0; limit <= expected + 2; ++limit) {
                const EditDistance bounded = editDistance(a, b, limit);
                QCOMPARE(bounded.isAtLeast, limit < expected);
                QCOMPARE(bounded.distance, std::min(expected, limit + 1));
            }
            // The same by tokens, when every letter is one.
            const auto spaced = [](const QString &text) {
                QStringList letters;
                for (const uint c : text.toUcs4())
                    letters.append(QString::number(c));
                return letters.join(u' ');
            };
            QCOMPARE(tokenEditDistance(spaced(a), spaced(b)).distance, expected);
        }
        QCOMPARE(tokenEditDistance(u"The quick, brown fox", u"The  quick brown\nfix").distance, 2U);
        QCOMPARE(editDistance(u"kitten", u"sitting").similarity(), 1.0 - 3.0 / 7.0);
        QCOMPARE(editDistance(u"", u"").similarity(), 1.0);
        QCOMPARE(editDistance(u"", u"abc").similarity(), 0.0);
    }

    void longTextsAreGivenUpInTime()
    {
        const QString a = QString(500'000, u'a');
        const QString b = QString(500'000, u'b');
        QElapsedTimer timer;
        timer.start();
        const EditDistance distance = editDistance(a, b, std::numeric_limits<std::size_t>::max());
        QVERIFY(distance.isAtLeast);
        QVERIFY(distance.distance > 1 && distance.distance <= 500'000);
        QVERIFY(!editDistance(a, QString(a + u"b"_s)).isAtLeast);
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }
};

PARALLAX_TEST_MAIN(TestCompareSimilarity)
#include "tst_compare_similarity.moc"
