// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "traffic/contentcoding.h"
#include "traffic/errors.h"
#include "traffic/gzipdevice.h"
#include "traffic/jsontext.h"
#include "traffic/linereader.h"
#include "traffic/timetext.h"

#include <QBuffer>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

namespace {

std::unique_ptr<QIODevice> deviceOf(const QByteArray &bytes)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

} // namespace

class TestTrafficText : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void findsLines()
    {
        const auto device = deviceOf("one\r\n\n" + QByteArray(100, 'x') + "\ntwo\nlast");
        LineReader lines(*device, 50);
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QCOMPARE(lines.line(), QByteArrayView("one"));
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QVERIFY(lines.line().isEmpty());
        QCOMPARE(lines.next(), LineReader::Next::TooLong);
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QCOMPARE(lines.line(), QByteArrayView("two"));
        QVERIFY(lines.isTerminated());
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QCOMPARE(lines.line(), QByteArrayView("last"));
        QCOMPARE(lines.number(), 5);
        QVERIFY(!lines.isTerminated());
        QCOMPARE(lines.next(), LineReader::Next::End);
    }

    void findsLinesLongerThanItsBuffer()
    {
        const QByteArray longLine(5'000'000, 'y');
        const auto device = deviceOf(longLine + "\nshort\n" + longLine);
        LineReader lines(*device);
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QVERIFY(lines.line() == longLine);
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QCOMPARE(lines.line(), QByteArrayView("short"));
        QCOMPARE(lines.next(), LineReader::Next::Line);
        QVERIFY(lines.line() == longLine);
        QCOMPARE(lines.next(), LineReader::Next::End);
    }

    void unpacksGzip()
    {
        QByteArray text;
        for (int i = 0; i < 200'000; ++i)
            text += QByteArray::number(i * 7919) + '\n';
        const QByteArray packed = *encodeContent(text, "gzip");
        const auto readAll = [](const QByteArray &bytes, bool *isDamaged) {
            GzipDevice device(deviceOf(bytes));
            device.open(QIODevice::ReadOnly);
            QByteArray out;
            LineReader lines(device);
            while (lines.next() != LineReader::Next::End)
                out += lines.line().toByteArray() + '\n';
            *isDamaged = device.isDamaged();
            return out;
        };
        bool isDamaged = false;
        QVERIFY(readAll(packed, &isDamaged) == text);
        QVERIFY(!isDamaged);
        QVERIFY(readAll(packed + packed, &isDamaged) == text + text);
        QVERIFY(!isDamaged);
        QVERIFY(readAll(packed + QByteArray(512, '\0'), &isDamaged) == text);
        QVERIFY(!isDamaged);
        QVERIFY(text.startsWith(readAll(packed.left(packed.size() / 2), &isDamaged).chopped(20)));
        QVERIFY(isDamaged);
    }

    void stopsAtABomb()
    {
        const QByteArray packed = *encodeContent(QByteArray(100'000'000, '\0'), "gzip");
        QVERIFY(packed.size() < 500'000);
        GzipDevice device(deviceOf(packed));
        device.open(QIODevice::ReadOnly);
        qint64 total = 0;
        QByteArray chunk(1 << 20, Qt::Uninitialized);
        for (qint64 got = device.read(chunk.data(), chunk.size()); got > 0;
             got = device.read(chunk.data(), chunk.size()))
            total += got;
        QVERIFY(device.isBomb());
        QVERIFY(total < 80'000'000);
        const auto decoded = decodeContent(packed, "gzip");
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, kDecompressionBomb);
    }

    void codesBodies()
    {
        const QByteArray text = QByteArray("{\"data\": 1}").repeated(100);
        for (const char *coding : {"gzip", "X-GZIP", "deflate", "zstd"}) {
            const auto coded = encodeContent(text, coding);
            QVERIFY(coded);
            const auto back = decodeContent(*coded, coding);
            VERIFY_OK(back);
            QCOMPARE(*back, text);
            QVERIFY(!decodeContent(coded->left(coded->size() / 2), coding));
        }
        QVERIFY(!decodeContent(text, "br"));
        QVERIFY(!decodeContent(text, "gzip"));
        const auto raw = QByteArray::fromHex("cb48cdc9c90700"); // "hello" without the zlib wrapper
        QCOMPARE(*decodeContent(raw, "deflate"), QByteArray("hello"));
    }

    void knowsJson()
    {
        for (const char *good :
             {"1", "-0.5e+3", "\"\\u00e4\"", "[]", "{}", " [1, {\"a\": [true, false, null]}] ", "[[],[]]"})
            QCOMPARE(firstJsonError(good), qsizetype(-1));
        for (const char *bad : {"", "01", "1.", "-", "[1,]", "{\"a\"}", "{a:1}", "[1 2]", "\"\t\"", "\"\\x\"", "tru",
                                "[", "]", "{\"a\":1,}", "1 2"})
            QVERIFY2(firstJsonError(bad) >= 0, bad);
        QCOMPARE(firstJsonError("[1, 2, x]"), qsizetype(7));
        QCOMPARE(firstJsonError(QByteArray(1024, '[').append(QByteArray(1024, ']'))), qsizetype(-1));
        QVERIFY(firstJsonError(QByteArray(100'000, '[')) >= 0);
        QByteArray quoted;
        appendJsonString(quoted, QByteArrayView("a\"\\\n\x01\u00e4", 7));
        QCOMPARE(quoted, QByteArray("\"a\\\"\\\\\\n\\u0001\u00e4\""));
        quoted.clear();
        appendJsonString(quoted, "\xff");
        QCOMPARE(quoted, QByteArray("\"\xef\xbf\xbd\""));
        QCOMPARE(unescapedJson("\\ud83d\\udc35 \\u00e4\\n\\/\\ud83d x"),
                 QByteArray("\xf0\x9f\x90\xb5 \u00e4\n/\xef\xbf\xbd x"));
    }

    void readsTimes()
    {
        const auto text = [](const char *in) {
            const auto time = parseTime(in);
            QByteArray out;
            if (time)
                appendTime(out, *time);
            return out;
        };
        QCOMPARE(text("2026-01-02T03:04:05.123456Z"), QByteArray("2026-01-02T03:04:05.123456Z"));
        QCOMPARE(text("2026-01-02T03:04:05.123456789Z"), QByteArray("2026-01-02T03:04:05.123456789Z"));
        QCOMPARE(text("2026-01-02T03:04:05Z"), QByteArray("2026-01-02T03:04:05.000000Z"));
        QCOMPARE(text("2026-01-02T03:04:05.5+02:00"), QByteArray("2026-01-02T01:04:05.500000Z"));
        QCOMPARE(text("1969-12-31T23:59:59.5Z"), QByteArray("1969-12-31T23:59:59.500000Z"));
        for (const char *bad : {"", "2026-13-02T03:04:05Z", "2026-02-30T03:04:05Z", "2026-01-02 25:04:05.0000Z",
                                "yesterday", "2026-01-02T03:04:0xZ"})
            QVERIFY2(text(bad).isEmpty(), bad);
    }
};

PARALLAX_TEST_MAIN(TestTrafficText)
#include "tst_traffic_text.moc"
