// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "samples.h"
#include "support/testmain.h"
#include "traffic/errors.h"
#include "traffic/exporter.h"
#include "traffic/ndjson.h"
#include "traffic/trafficsource.h"

#include <QBuffer>
#include <QDirIterator>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficNdjson : public test::TestCase
{
    Q_OBJECT

    static Result<ImportSummary> read(const QByteArray &text, std::vector<Exchange> &out)
    {
        QBuffer buffer;
        buffer.setData(text);
        buffer.open(QIODevice::ReadOnly);
        ImportOptions options;
        options.file = u"in.ndjson"_s;
        return importerNamed(u"ndjson")->read(
            buffer,
            [&](Exchange &&exchange) {
                out.push_back(std::move(exchange));
                return true;
            },
            options);
    }

private Q_SLOTS:
    void comesBackAsItWas()
    {
        for (const Exchange &exchange : {test::sampleExchange(1), test::fullExchange(2), Exchange{}}) {
            Exchange expected = exchange;
            expected.id = {17};
            if (expected.target.isEmpty())
                expected.target = "/";
            const QByteArray line = toNdjson(expected);
            QCOMPARE(line.count('\n'), 1);
            const Result<Exchange> back = exchangeFromNdjson(line.chopped(1));
            VERIFY_OK(back);
            QVERIFY2(*back == expected, toNdjson(*back).constData());
        }
    }

    void writesTheContractsForm()
    {
        Exchange exchange = test::sampleExchange(0);
        exchange.id = {17};
        exchange.headers = {{"k", "v"}};
        exchange.body = Body::whole("...");
        exchange.requestId.clear();
        exchange.mirrors[0].outcome = Outcome::Equal;
        for (Reply *reply : {&exchange.primary, &exchange.mirrors[0]}) {
            reply->deployment.clear();
            reply->branch.clear();
            reply->version.clear();
            reply->url.clear();
            reply->headers.clear();
            reply->differences = 0;
            reply->body = Body::whole("...");
            reply->timings = {Nanoseconds(0), Nanoseconds(-1), Nanoseconds(40'900'000), Nanoseconds(41'200'000)};
        }
        QCOMPARE(
            toNdjson(exchange),
            QByteArray("{\"v\":1,\"id\":17,\"time\":\"2026-01-02T03:04:05.123456Z\",\"endpoint\":\"pricing\","
                       "\"req\":{\"method\":\"POST\",\"target\":\"/v1/endpoint/pricing\",\"headers\":[[\"k\",\"v\"]],"
                       "\"body\":\"...\"},\"res\":{\"alias\":{\"role\":\"primary\",\"status\":200,\"headers\":[],"
                       "\"body\":\"...\",\"ms\":{\"queued\":0,\"firstByte\":40.9,\"done\":41.2}},"
                       "\"mirror_1\":{\"role\":\"mirror\",\"outcome\":\"equal\",\"status\":200,\"headers\":[],"
                       "\"body\":\"...\",\"ms\":{\"queued\":0,\"firstByte\":40.9,\"done\":41.2}}}}\n"));
    }

    void readsBodiesWrittenByHand()
    {
        std::vector<Exchange> found;
        const auto summary =
            read("{\"data\": 1}\n\n  [1, 2]  \r\n{\"req\": {\"body\": {\"data\": [1, 2]}}}\n"
                 "{\"id\": \"a\", \"time\": 5, \"data\": {\"req\": 1}}\n{\"data\": 12345678901234567890123}",
                 found);
        VERIFY_OK(summary);
        QCOMPARE(summary->read, 5);
        QCOMPARE(summary->skipped, 0);
        QVERIFY(!summary->hasTimes);
        QCOMPARE(found[0].body.bytes, QByteArray("{\"data\": 1}"));
        QCOMPARE(found[0].method, QByteArray("POST"));
        QCOMPARE(found[0].target, QByteArray("/"));
        QCOMPARE(found[0].headers.value("Content-Type").toByteArray(), QByteArray("application/json"));
        QCOMPARE(found[1].body.bytes, QByteArray("[1, 2]"));
        QCOMPARE(found[2].body.bytes, QByteArray("{\"data\": [1, 2]}"));
        QCOMPARE(found[2].headers.value("content-type").toByteArray(), QByteArray("application/json"));
        QCOMPARE(found[3].body.bytes, QByteArray("{\"id\": \"a\", \"time\": 5, \"data\": {\"req\": 1}}"));
        QCOMPARE(found[4].body.bytes, QByteArray("{\"data\": 12345678901234567890123}"));
    }

    void saysWhatItSkipsAndWhere_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("column");
        const QString json = kBadJson.toString();
        const QString field = kBadField.toString();
        QTest::newRow("no json") << QByteArray("hello") << json << 1;
        QTest::newRow("cut") << QByteArray("{\"data\": [1,") << json << 13;
        QTest::newRow("counts characters") << QByteArray("{\"\u00e4\": \"\u00f6\", x}") << json << 12;
        QTest::newRow("two values") << QByteArray("{\"data\": 1} 2") << json << 13;
        QTest::newRow("two values, req") << QByteArray("{\"req\": {}} 2") << json << 13;
        QTest::newRow("version") << QByteArray("{\"v\": 2, \"req\": {}}") << field << 8;
        QTest::newRow("method") << QByteArray("{\"req\": {\"method\": 5}}") << field << 20;
        QTest::newRow("time") << QByteArray("{\"time\": \"yesterday\", \"req\": {}}") << field << 21;
        QTest::newRow("headers") << QByteArray("{\"req\": {\"headers\": [[\"a\"]]}}") << field << 27;
        QTest::newRow("base64") << QByteArray("{\"req\": {\"bodyBase64\": \"!\"}}") << field << 27;
        QTest::newRow("not utf-8") << QByteArray("{\"data\": \"\xff\"}") << json << 1;
        QTest::newRow("req is no object") << QByteArray("{\"req\": 1}") << field << 9;
        QTest::newRow("outcome") << QByteArray("{\"req\":{},\"res\":{\"m\":{\"outcome\":\"fine\"}}}") << field << 39;
    }

    void saysWhatItSkipsAndWhere()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, code);
        QFETCH(int, column);
        std::vector<Exchange> found;
        const auto summary = read("{\"data\": 1}\n" + line + "\n{\"data\": 2}\n", found);
        VERIFY_OK(summary);
        QCOMPARE(summary->read, 2);
        QCOMPARE(summary->skipped, 1);
        QCOMPARE(summary->counts.at(code), 1);
        QCOMPARE(summary->reasons.first().where.file, u"in.ndjson"_s);
        QCOMPARE(summary->reasons.first().where.line, 2);
        QCOMPARE(summary->reasons.first().where.column, column);
        QVERIFY(wording::hasText(summary->reasons.first().code));
    }

    void namesATornLastLine()
    {
        std::vector<Exchange> found;
        const QByteArray whole = toNdjson(test::sampleExchange(1));
        const auto summary = read(whole + whole.left(100), found);
        VERIFY_OK(summary);
        QCOMPARE(summary->read, 1);
        QCOMPARE(summary->reasons.first().code, kTruncatedInput);
    }

    void stopsWhenTold()
    {
        QBuffer buffer;
        buffer.setData(QByteArray("{\"data\": 1}\n").repeated(100));
        buffer.open(QIODevice::ReadOnly);
        int seen = 0;
        const auto summary = importerNamed(u"ndjson")->read(
            buffer, [&](Exchange &&) { return ++seen < 5; }, ImportOptions{});
        VERIFY_OK(summary);
        QVERIFY(summary->wasStopped);
        QCOMPARE(seen, 5);
    }

    void readsAnyFileByItsContent()
    {
        const QString folder = test::freshFolder(u"source"_s);
        QByteArray text;
        for (int i = 0; i < 500; ++i)
            text += toNdjson(test::sampleExchange(i));
        VERIFY_OK(base::saveFile(folder + u"/bom.log"_s, "\xef\xbb\xbf" + text));
        auto writer = CaptureWriter::open(folder + u"/c.bin"_s, CaptureWriter::Mode::CreateNew, test::plainOptions());
        VERIFY_OK(writer);
        for (int i = 0; i < 500; ++i)
            VERIFY_OK((*writer)->append(test::sampleExchange(i)));
        VERIFY_OK((*writer)->close());
        for (const auto &[name, format] : {std::pair(u"bom.log"_s, u"ndjson"_s), std::pair(u"c.bin"_s, u"capture"_s)}) {
            const Result<TrafficSource> source = TrafficSource::open(folder + u'/' + name);
            VERIFY_OK(source);
            QCOMPARE(source->format(), format);
            for (int walk = 0; walk < 2; ++walk) {
                int next = 0;
                const auto summary = source->forEach([&](Exchange &&exchange) {
                    exchange.id = {};
                    return exchange == test::sampleExchange(next++);
                });
                VERIFY_OK(summary);
                QCOMPARE(summary->read, 500);
                QVERIFY(!summary->wasStopped);
                QVERIFY(summary->hasTimes);
            }
        }
    }

    void refusesWhatItCannotRead()
    {
        const QString folder = test::freshFolder(u"bad"_s);
        const auto codeOf = [&](const QByteArray &bytes) {
            const QString path = folder + u"/file"_s;
            (void)base::saveFile(path, bytes);
            const auto source = TrafficSource::open(path);
            return source ? QString() : source.error().code.toString();
        };
        QCOMPARE(codeOf("\xff\xfe{\0\"\0"), kWrongEncoding.toString());
        QCOMPARE(codeOf(QByteArray("{\0\"\0d\0", 6)), kWrongEncoding.toString());
        QCOMPARE(codeOf("just words\n"), kUnknownFormat.toString());
        QCOMPARE(codeOf("1234:7:version;2:21#}"), kFormatByConversion.toString());
        QCOMPARE(codeOf(""), kUnknownFormat.toString());
        QCOMPARE(TrafficSource::open(folder).error().code.toString(), u"file-unreadable"_s);
        QCOMPARE(TrafficSource::open(folder + u"/none"_s).error().code.toString(), u"file-not-found"_s);
    }

    void neverCrashesOnTheJsonTestSuite()
    {
        const QString folder = test::corpusPath(u"JSONTestSuite/test_parsing"_s);
        if (folder.isEmpty())
            QSKIP("the corpus JSONTestSuite is absent");
        int seen = 0;
        for (QDirIterator it(folder, {u"*.json"_s}, QDir::Files); it.hasNext();) {
            const QString path = it.next();
            const Result<QByteArray> bytes = base::readFile(path, 1 << 22);
            VERIFY_OK(bytes);
            ++seen;
            const QString name = it.fileName();
            // As it is, and as the body of an exchange.
            for (const QByteArray &text : {*bytes, QByteArray("{\"req\":{\"body\":" + bytes->trimmed() + "}}")}) {
                std::vector<Exchange> found;
                const auto summary = read(text, found);
                VERIFY_OK(summary);
                QCOMPARE(summary->read, static_cast<qint64>(found.size()));
                const bool isOneLine = bytes->trimmed().count('\n') == 0;
                if (name.startsWith(u"y_") && isOneLine)
                    QVERIFY2(summary->read == 1 && summary->skipped == 0, qPrintable(name));
                if (name.startsWith(u"n_") && isOneLine && !bytes->trimmed().isEmpty())
                    QVERIFY2(summary->read == 0, qPrintable(name));
            }
        }
        QVERIFY(seen > 300);
    }
};

PARALLAX_TEST_MAIN(TestTrafficNdjson)
#include "tst_traffic_ndjson.moc"
