// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/boundedqueue.h"
#include "base/clock.h"
#include "base/histogram.h"
#include "base/text.h"
#include "support/testmain.h"

#include <thread>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestBaseValues : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void timesRoundTrip_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("micros") << u"2026-01-02T03:04:05.123456Z"_s << u"2026-01-02T03:04:05.123456Z"_s;
        QTest::newRow("offset") << u"2026-01-02T03:04:05+02:00"_s << u"2026-01-02T01:04:05.000000Z"_s;
        QTest::newRow("no zone") << u"2026-01-02 03:04:05.5"_s << u"2026-01-02T03:04:05.500000Z"_s;
        QTest::newRow("before 1970") << u"1969-12-31T23:59:59.250000Z"_s << u"1969-12-31T23:59:59.250000Z"_s;
        QTest::newRow("nonsense") << u"yesterday"_s << QString();
        QTest::newRow("bad month") << u"2026-13-02T03:04:05Z"_s << QString();
    }
    void timesRoundTrip()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        WallTime time;
        QCOMPARE(fromRfc3339(text, time), !expected.isEmpty());
        if (!expected.isEmpty())
            QCOMPARE(toRfc3339(time), expected);
    }

    void histogramQuantilesAreWithinTheirError()
    {
        base::Histogram histogram;
        for (qint64 i = 1; i <= 100'000; ++i)
            histogram.record(i * 1'000);
        QCOMPARE(histogram.count(), 100'000);
        for (const double q : {0.01, 0.5, 0.95, 0.99, 0.999}) {
            const double exact = q * 1e8;
            QVERIFY(std::abs(static_cast<double>(histogram.quantile(q)) - exact) <= exact * 0.017);
        }
        QCOMPARE(histogram.quantile(1.0), 100'000'000);
        QCOMPARE(base::Histogram().quantile(0.5), 0);
        base::Histogram merged;
        merged.merge(histogram);
        merged.record(std::numeric_limits<qint64>::max());
        QCOMPARE(merged.max(), std::numeric_limits<qint64>::max());
        QCOMPARE(merged.quantile(1.0), std::numeric_limits<qint64>::max());
    }

    void aFullQueueRefuses()
    {
        base::BoundedQueue<int> queue(2);
        QVERIFY(queue.push(1));
        QVERIFY(queue.push(2));
        QVERIFY(!queue.push(3));
        QCOMPARE(queue.takeAll(std::chrono::milliseconds(0)).size(), 2U);
        QVERIFY(queue.push(4));
        queue.close();
        QVERIFY(!queue.push(5));
        QCOMPARE(queue.takeAll(std::chrono::seconds(10)).front(), 4);
        QVERIFY(queue.takeAll(std::chrono::seconds(10)).empty());
    }

    void aQueueHandsOverBetweenThreads()
    {
        base::BoundedQueue<int> queue(1000);
        std::thread producer([&queue] {
            for (int i = 0; i < 500; ++i)
                QVERIFY(queue.push(i));
            queue.close();
        });
        int seen = 0;
        while (!queue.isClosed() || queue.size() > 0) {
            for (const int value : queue.takeAll(std::chrono::seconds(10)))
                QCOMPARE(value, seen++);
        }
        producer.join();
        QCOMPARE(seen, 500);
    }

    void controlsAreEscaped()
    {
        QCOMPARE(base::escapeControls(u"a\x1b[31m\nb\u2028\u009b"_s), u"a\\x1b[31m\\nb\\u2028\\x9b"_s);
        QVERIFY(base::isUtf8("gr\xc3\xbc\xc3\x9f"));
        QVERIFY(!base::isUtf8("\xff\xfe"));
        QCOMPARE(base::byteOrderMark("\xEF\xBB\xBFgr").size(), 3);
        QVERIFY(base::byteOrderMark("gr\xEF\xBB\xBF").isEmpty());
    }
};

PARALLAX_TEST_MAIN(TestBaseValues)
#include "tst_base_values.moc"
