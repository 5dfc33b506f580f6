// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "formatsupport.h"
#include "support/testmain.h"
#include "traffic/contentcoding.h"
#include "traffic/errors.h"
#include "traffic/messagetext.h"
#include "traffic/trafficsource.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

namespace {

const QByteArray kMonkeys = "\n\xf0\x9f\x90\xb5\xf0\x9f\x99\x88\xf0\x9f\x99\x89\n";

} // namespace

class TestTrafficGor : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDocumentationsSample()
    {
        const QString path = test::corpusPath(u"gor/requests_0.gor"_s);
        if (path.isEmpty())
            QSKIP("the corpus gor is absent");
        const Result<TrafficSource> source = TrafficSource::open(path);
        VERIFY_OK(source);
        QCOMPARE(source->format(), u"gor"_s);
        std::vector<Exchange> found;
        const auto summary = source->forEach([&](Exchange &&exchange) {
            found.push_back(std::move(exchange));
            return true;
        });
        VERIFY_OK(summary);
        QCOMPARE(summary->read, 2);
        QCOMPARE(summary->skipped, 0);
        QCOMPARE(found[0].method, QByteArray("GET"));
        QCOMPARE(found[0].target, QByteArray("/"));
        QCOMPARE(found[1].method, QByteArray("POST"));
        QCOMPARE(found[1].target, QByteArray("/upload"));
        QCOMPARE(found[1].body.bytes, QByteArray("a=1&b=2"));
        QCOMPARE(found[1].headers.value("host").toByteArray(), QByteArray("www.w3.org"));
        QCOMPARE(found[1].arrival->time_since_epoch().count(), 127345970);
    }

    void joinsAnswersInAnyOrder()
    {
        const QByteArray text = "2 aa 1000000600 500\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + kMonkeys +
                                "1 bb 1000000900 0\nPOST /b HTTP/1.1\r\nTransfer-Encoding: "
                                "chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" +
                                kMonkeys + "3 aa 1000000700 650\nHTTP/1.1 201 Created\r\nX: 1\r\n  2\r\n\r\nmirror" +
                                kMonkeys + "1 aa 1000000100\nGET http://host/a?b HTTP/1.1\r\n\r\n" + kMonkeys +
                                "1 aa 1000001000 0\nGET /again HTTP/1.1\r\nHost: h\r\n\r\n" + kMonkeys +
                                "1 cc 1000000050 0\nGET /first HTTP/1.0\n\n"; // no separator behind the last one
        const test::Imported in = test::import("gor", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->skipped, 0);
        QByteArrayList targets;
        for (const Exchange &exchange : in.exchanges)
            targets.append(exchange.target);
        QCOMPARE(targets, (QByteArrayList{"/first", "/a?b", "/b", "/again"}));
        const Exchange &whole = in.exchanges[1];
        QCOMPARE(whole.headers.value("host").toByteArray(), QByteArray("host"));
        QCOMPARE(whole.primary.body.bytes, QByteArray("ok"));
        QCOMPARE(whole.primary.timings.done.count(), 500);
        QCOMPARE(whole.mirrors.size(), std::size_t(1));
        QCOMPARE(whole.mirrors[0].status, 201);
        QCOMPARE(whole.mirrors[0].headers.value("x").toByteArray(), QByteArray("1 2"));
        QCOMPARE(whole.mirrors[0].timings.done.count(), 650);
        QCOMPARE(in.exchanges[2].body.bytes, QByteArray("abcde"));
        QVERIFY(!in.exchanges[2].headers.contains("transfer-encoding"));
        QCOMPARE(toString(in.exchanges[3].primary.state), u"pending"_s);
    }

    void saysWhatItSkips()
    {
        const QByteArray text = "1 aa\nGET / HTTP/1.1\r\n\r\n" + kMonkeys + "9 aa 1 1\nGET / HTTP/1.1\r\n\r\n" +
                                kMonkeys + "1 bb 5 0\nnothing like HTTP\r\n\r\n" + kMonkeys + "\n" + kMonkeys +
                                "2 cc 5 5\nHTTP/1.1 200 OK\r\n\r\n" + kMonkeys + "1 dd 5 0\nHTTP/1.1 200 OK\r\n\r\n" +
                                kMonkeys + "1 ee 5 0\nGET /good HTTP/1.1\r\n\r\n" + kMonkeys;
        const test::Imported in = test::import("gor", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 1);
        QCOMPARE(in.summary->counts.at(kBadMessage.toString()), 4);
        QCOMPARE(in.summary->counts.at(kNoRequest.toString()), 1);
        QCOMPARE(in.summary->reasons[1].where.line, 6);
        QCOMPARE(in.exchanges[0].target, QByteArray("/good"));
    }

    void toleratesLyingLengthsAndBadChunks()
    {
        const auto body = [](const QByteArray &head, const QByteArray &content) {
            const QByteArray whole = "POST / HTTP/1.1\r\n" + head + "\r\n\r\n" + content;
            return *parseRecordedMessage(whole);
        };
        QCOMPARE(body("Content-Length: 99999999999999", "abc").headers.value("content-length").toByteArray(),
                 QByteArray("3"));
        QCOMPARE(body("Content-Length: 1", "abc").body, QByteArray("abc"));
        QCOMPARE(body("Transfer-Encoding: chunked", "already joined").body, QByteArray("already joined"));
        QCOMPARE(body("Transfer-Encoding: chunked", "5\r\nab").body, QByteArray("ab"));
        QCOMPARE(body("Transfer-Encoding: chunked", "ffffffffffffffff\r\nab").body,
                 QByteArray("ffffffffffffffff\r\nab"));
        QCOMPARE(body("no colon here\r\nA:b", "").headers.size(), std::size_t(1));
        for (const char *bad : {"", "GET\r\n\r\n", "GET /\r\n\r\n", " / HTTP/1.1\r\n\r\n", "HTTP/1.1\r\n\r\n",
                                "HTTP/1.1 ab\r\n\r\n", "G\x01T / HTTP/1.1\r\n"})
            QVERIFY2(!parseRecordedMessage(bad), bad);
    }

    void comesBackAsItWas()
    {
        std::vector<Exchange> exchanges;
        for (int i = 1; i <= 3; ++i) {
            exchanges.push_back(test::sampleExchange(i));
            exchanges.back().body =
                Body::whole(QByteArray("line\n\xf0\x9f\x90\xb5\r\n\r\n\0x", 15) + QByteArray::number(i));
        }
        const QByteArray text = test::exported("gor", exchanges);
        QCOMPARE(test::detected(text), u"gor"_s);
        const test::Imported in = test::import("gor", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.exchanges.size(), exchanges.size());
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            Exchange expected = exchanges[i];
            expected.headers.append("Content-Length", QByteArray::number(expected.body.length));
            QCOMPARE(in.exchanges[i].arrival, expected.arrival);
            QCOMPARE(in.exchanges[i].method, expected.method);
            QCOMPARE(in.exchanges[i].target, expected.target);
            QVERIFY(in.exchanges[i].headers == expected.headers);
            QCOMPARE(in.exchanges[i].body.bytes, expected.body.bytes);
            QCOMPARE(in.exchanges[i].primary.body.bytes, expected.primary.body.bytes);
            QCOMPARE(in.exchanges[i].primary.timings.done, expected.primary.timings.done);
            QCOMPARE(in.exchanges[i].mirrors[0].body.bytes, expected.mirrors[0].body.bytes);
        }
        // Written a second time it is the same text, ids and all.
        QCOMPARE(test::exported("gor", exchanges), text);
    }

    void leavesOutWhatItsReaderWouldSplit()
    {
        Exchange exchange = test::sampleExchange(1);
        exchange.body = Body::whole("before" + kMonkeys + "after");
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        auto writer = (*exporterNamed(u"gor"))->make(buffer, {});
        const Status written = writer->write(exchange);
        QVERIFY(!written);
        QCOMPARE(written.error().code, kNotExportable);
        VERIFY_OK(writer->write(test::sampleExchange(2)));
        VERIFY_OK(writer->finish());
        QCOMPARE(test::import("gor", buffer.data()).exchanges.size(), std::size_t(1));
    }

    void readsGzippedFilesAndStopsAtBombs()
    {
        const QString folder = test::freshFolder(u"gz"_s);
        std::vector<Exchange> exchanges;
        for (int i = 0; i < 500; ++i)
            exchanges.push_back(test::sampleExchange(i));
        const QByteArray text = test::exported("gor", exchanges);
        const QByteArray packed = *encodeContent(text, "gzip");
        const auto read = [&](const QByteArray &bytes) {
            (void)base::saveFile(folder + u"/a_0.gor.gz"_s, bytes);
            const auto source = TrafficSource::open(folder + u"/a_0.gor.gz"_s);
            return source ? source->forEach([](Exchange &&) { return true; }) : tl::unexpected(source.error());
        };
        Result<ImportSummary> summary = read(packed);
        VERIFY_OK(summary);
        QCOMPARE(summary->read, 500);
        summary = read(packed.left(packed.size() * 2 / 3));
        VERIFY_OK(summary);
        QVERIFY(summary->read > 200 && summary->read < 400);
        QCOMPARE(summary->counts.at(kCompressedInput.toString()), 1);
        summary = read(*encodeContent(text + QByteArray(90'000'000, 'x'), "gzip"));
        VERIFY_OK(summary);
        QCOMPARE(summary->counts.at(kDecompressionBomb.toString()), 1);
    }
};

PARALLAX_TEST_MAIN(TestTrafficGor)
#include "tst_traffic_gor.moc"
