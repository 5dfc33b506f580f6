// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/bodydecoder.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using http::Framing;
using http::Problem;

class TestHttpBody : public test::TestCase
{
    Q_OBJECT

    http::Limits m_limits;

private Q_SLOTS:
    void chunksAreTakenOff_data()
    {
        QTest::addColumn<QByteArray>("coded");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("one") << QByteArray("5\r\nhello\r\n0\r\n\r\n") << QByteArray("hello");
        QTest::newRow("none") << QByteArray("0\r\n\r\n") << QByteArray();
        QTest::newRow("several") << QByteArray("5\r\nhello\r\n6\r\n world\r\n00\r\n\r\n") << QByteArray("hello world");
        QTest::newRow("upper case") << QByteArray("A\r\n0123456789\r\n0\r\n\r\n") << QByteArray("0123456789");
        QTest::newRow("lines inside") << QByteArray("4\r\n\r\n\r\n\r\n0\r\n\r\n") << QByteArray("\r\n\r\n");
        QTest::newRow("trailer") << QByteArray("1\r\nx\r\n0\r\nX-A: b\r\nY:\r\n\r\n") << QByteArray("x");
        QTest::newRow("extensions") << QByteArray("1;a;b=c;d=\"e;\\\"\r\"\r\nx\r\n0\r\n\r\n").replace("\r\"", "\"")
                                    << QByteArray("x");
    }
    void chunksAreTakenOff()
    {
        QFETCH(QByteArray, coded);
        QFETCH(QByteArray, body);
        const QByteArray bytes = coded + "GET";
        for (qsizetype step = 1; step <= bytes.size(); ++step) {
            http::ChunkDecoder decoder(m_limits);
            QByteArray out;
            qsizetype taken = 0;
            for (qsizetype at = 0; at < bytes.size() && !decoder.isComplete(); at += step)
                taken += decoder.decode(QByteArrayView(bytes).sliced(at, qMin(step, bytes.size() - at)), out);
            QVERIFY(decoder.isComplete());
            QCOMPARE(int(decoder.problem()), int(Problem::None));
            QCOMPARE(out, body);
            QCOMPARE(taken, coded.size());
        }
    }

    void badChunksAreRefused_4_data()
    {
        QTest::addColumn<QByteArray>("coded");
        for (const char *bad : {"0x5\r\nhello\r\n0\r\n\r\n",
                                "+5\r\nhello\r\n",
                                "-1\r\n",
                                "5 \r\nhello\r\n",
                                " 5\r\nhello\r\n",
                                "1_0\r\n",
                                "\r\nhello",
                                ";a\r\n",
                                "g\r\n",
                                "5\rhello\r\n",
                                "5\nhello\r\n",
                                "5\r\nhello!!\r\n",
                                "5\r\nhello\n0\r\n\r\n",
                                "5\r\nhello0\r\n\r\n",
                                "5;\r\nhello\r\n",
                                "5;bad[=x\r\nhello\r\n",
                                "5;a=\r\nhello\r\n",
                                "5;a=\"x\r\nhello\r\n",
                                "5;a b\r\nhello\r\n",
                                "5;\x01\r\nhello\r\n",
                                "0\r\n\n",
                                "0\r\nX\r\n\r\n",
                                "0\r\n X: y\r\n\r\n",
                                "0\r\nX : y\r\n\r\n",
                                "0\r\nX: \x01\r\n\r\n",
                                "FFFFFFFFFFFFFFFF0\r\n",
                                "8000000000000000\r\n",
                                "00000000000000001\r\nx\r\n"})
            QTest::newRow(QByteArray(bad).toPercentEncoding(" +;=").constData()) << QByteArray(bad);
        QTest::newRow("long extension") << QByteArray("1;a=" + QByteArray(5'000, 'b') + "\r\nx\r\n");
        QTest::newRow("extension without end") << QByteArray("1;a=" + QByteArray(5'000, 'b'));
        QTest::newRow("many extensions") << QByteArray("1;a=" + QByteArray(1'000, 'b') + "\r\nx\r\n").repeated(5);
        QTest::newRow("long trailer") << QByteArray("0\r\nX: " + QByteArray(66'000, 'b') + "\r\n");
        QTest::newRow("trailer without end") << QByteArray("0\r\nX: " + QByteArray(66'000, 'b'));
        QTest::newRow("many trailers") << QByteArray("0\r\n" + QByteArray("X: y\r\n").repeated(101));
    }
    void badChunksAreRefused_4()
    {
        QFETCH(QByteArray, coded);
        for (const qsizetype step : {qsizetype(1), qsizetype(3), coded.size()}) {
            http::ChunkDecoder decoder(m_limits);
            QByteArray out;
            for (qsizetype at = 0; at < coded.size() && decoder.problem() == Problem::None; at += step)
                (void)decoder.decode(QByteArrayView(coded).sliced(at, qMin(step, coded.size() - at)), out);
            QVERIFY(decoder.problem() != Problem::None);
            QVERIFY(!decoder.isComplete());
            QCOMPARE(decoder.decode("0\r\n\r\n", out), 0);
        }
    }

    void lengthsEndWhereTheySay()
    {
        http::BodyDecoder decoder(m_limits, Framing::Length, 5, 100);
        QByteArray out;
        QCOMPARE(decoder.remaining(), 5);
        QCOMPARE(decoder.decode("hel", out), 3);
        QVERIFY(!decoder.isComplete());
        QVERIFY(!decoder.endsWithConnection());
        QCOMPARE(decoder.decode("loGET", out), 2);
        QVERIFY(decoder.isComplete());
        QCOMPARE(out, QByteArray("hello"));
        QCOMPARE(decoder.decode("more", out), 0);
    }

    void limitsHoldWhileReading_7()
    {
        QCOMPARE(int(http::BodyDecoder(m_limits, Framing::Length, 11, 10).problem()), int(Problem::BodyTooLarge));
        http::BodyDecoder chunked(m_limits, Framing::Chunked, 0, 10);
        QByteArray out;
        (void)chunked.decode("b\r\n12345678901", out);
        QCOMPARE(int(chunked.problem()), int(Problem::BodyTooLarge));
        http::BodyDecoder open(m_limits, Framing::UntilClose, 0, 10);
        (void)open.decode("0123456789", out);
        QVERIFY(open.endsWithConnection() && !open.isComplete());
        (void)open.decode("0", out);
        QCOMPARE(int(open.problem()), int(Problem::BodyTooLarge));
        QVERIFY(http::BodyDecoder(m_limits, Framing::None, 0, 10).isComplete());
    }
};

PARALLAX_TEST_MAIN(TestHttpBody)
#include "tst_http_body.moc"
