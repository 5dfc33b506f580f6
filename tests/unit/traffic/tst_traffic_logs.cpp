// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of model platforms and tables of inputs; the table of pairs that is written.
#include "base/files.h"
#include "formatsupport.h"
#include "support/testmain.h"
#include "traffic/csvtext.h"
#include "traffic/errors.h"
#include "traffic/modelbitlogs.h"
#include "traffic/trafficsource.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

namespace {

// The example of the log format: a primary, and its mirror that failed.
QByteArray webhook()
{
    return test::dataFile(u"modelbit-webhook.json"_s);
}

QByteArray logLine(const char *backend, int start, const char *inputs, const char *output, const char *endpoint = "e")
{
    return QByteArray("{\"deploymentName\":\"d_") + backend +
           "\",\"deploymentVersion\":\"1\",\"branch\":\"main\",\"endpoint\":\"" + endpoint + "\",\"backend\":\"" +
           backend + "\",\"batchStartTs\":" + QByteArray::number(1'700'000'000'000LL + start) +
           ",\"batchDurationMs\":10,\"results\":[{\"id\":0,\"inputs\":" + inputs + ",\"output\":" + output + "}]}\n";
}

} // namespace

class TestTrafficLogs : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsModelbitsWebhook()
    {
        QCOMPARE(test::detected(webhook()), u"modelbit"_s);
        for (const QByteArray &text :
             {webhook(), webhook().replace('\n', ""), webhook().replace('\n', "").append('\n')}) {
            const test::Imported in = test::import("modelbit", text);
            VERIFY_OK(in.summary);
            QCOMPARE(in.summary->read, 1);
            QCOMPARE(in.summary->skipped, 0);
            const Exchange &exchange = in.exchanges.at(0);
            QCOMPARE(exchange.endpoint, u"pricing_optimizer"_s);
            QCOMPARE(exchange.target, QByteArray("/v1/endpoint/pricing_optimizer"));
            QCOMPARE(exchange.body.bytes, QByteArray("{\"data\": {\"sku\":\"A1\",\"qty\":3}}"));
            QCOMPARE(toRfc3339(*exchange.arrival), u"2024-05-12T14:21:26.120000Z"_s);
            QCOMPARE(exchange.primary.name, u"alias"_s);
            QCOMPARE(exchange.primary.version, u"7"_s);
            QCOMPARE(exchange.primary.body.bytes, QByteArray("{\"data\": 41.970}"));
            QCOMPARE(exchange.primary.timings.done.count(), 63'000'000);
            QCOMPARE(exchange.mirrors.size(), std::size_t(1));
            QCOMPARE(exchange.mirrors[0].name, u"mirror_1"_s);
            QCOMPARE(exchange.mirrors[0].deployment, u"pricing_model_v2"_s);
            QCOMPARE(exchange.mirrors[0].body.bytes, QByteArray("{\"error\": \"KeyError: 'region'\"}"));
            QCOMPARE(exchange.mirrors[0].timings.done.count(), 270'000'000);
        }
    }

    void joinsByInputsAndTime()
    {
        const QByteArray text = logLine("mirror_1", 5, "[1]", "2") + logLine("alias", 0, "[1]", "1") +
                                logLine("alias", 100, "[1]", "1") + logLine("mirror_1", 104, "[1]", "3") +
                                logLine("mirror_2", 103, "[1]", "4") + logLine("mirror_1", 50, "[2]", "5") +
                                logLine("mirror_1", 60'000, "[1]", "6") + logLine("alias", 1, "[1]", "9", "other");
        const test::Imported in = test::import("modelbit", text);
        VERIFY_OK(in.summary);
        QByteArrayList found;
        for (const Exchange &exchange : in.exchanges) {
            QByteArray line = exchange.primary.body.bytes;
            for (const Reply &mirror : exchange.mirrors)
                line += ' ' + mirror.name.toUtf8() + mirror.body.bytes;
            found.append(line);
        }
        QCOMPARE(found, (QByteArrayList{
                            "{\"data\": 1} mirror_1{\"data\": 2}", "{\"data\": 9}", " mirror_1{\"data\": 5}",
                            "{\"data\": 1} mirror_1{\"data\": 3} mirror_2{\"data\": 4}", " mirror_1{\"data\": 6}"}));
        QCOMPARE(toString(in.exchanges[2].primary.state), u"failed"_s);
    }

    void rebuildsRequests_data()
    {
        QTest::addColumn<QByteArray>("results");
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *name, const char *results, const char *request, const char *answer) {
            QTest::newRow(name) << QByteArray(results) << QByteArray(request) << QByteArray(answer);
        };
        row("one argument", "[{\"id\":0,\"inputs\":[5],\"output\":1.0}]", "{\"data\": 5}", "{\"data\": 1.0}");
        row("text", "[{\"id\":0,\"inputs\":[\"a, [b\"],\"output\":\"x\"}]", "{\"data\": \"a, [b\"}",
            "{\"data\": \"x\"}");
        row("several arguments", "[{\"id\":0,\"inputs\":[5, \"a\"],\"output\":null}]", "{\"data\": [5, \"a\"]}",
            "{\"data\": null}");
        row("a list", "[{\"id\":0,\"inputs\":[[1,2]],\"output\":3}]", "{\"data\": [[0, [1,2]]]}",
            "{\"data\": [[0, 3]]}");
        row("batch", "[{\"id\":1,\"inputs\":[10],\"output\":20},{\"id\":\"b\",\"inputs\":[11,{}],\"output\":[22]}]",
            "{\"data\": [[1, 10], [\"b\", 11,{}]]}", "{\"data\": [[1, 20], [\"b\", [22]]]}");
        row("long numbers", "[{\"id\":0,\"inputs\":[12345678901234567890123],\"output\":1e400}]",
            "{\"data\": 12345678901234567890123}", "{\"data\": 1e400}");
    }

    void rebuildsRequests()
    {
        QFETCH(QByteArray, results);
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, answer);
        const test::Imported in =
            test::import("modelbit", "[{\"deploymentName\":\"d\",\"batchStartTs\":5,\"results\":" + results + "}]");
        VERIFY_OK(in.summary);
        QCOMPARE(in.exchanges.size(), std::size_t(1));
        QCOMPARE(in.exchanges[0].body.bytes, request);
        QVERIFY(in.exchanges[0].body.bytes == request);
        QCOMPARE(in.exchanges[0].primary.body.bytes, answer);
        QCOMPARE(in.exchanges[0].target, QByteArray("/v1/d/latest"));
    }

    void saysWhatItSkipsOfModelbit()
    {
        const QByteArray text = logLine("alias", 0, "[1]", "1") +
                                "{\"deploymentName\":\"\"}\nnope\n{\"deploymentName\":5,\"results\":[1]}\n" +
                                "{\"data\":[{\"x\":1}]}\n{\"deploymentName\":\"d\",\"results\":[],\"error\":\"x\"}\n";
        const test::Imported in = test::import("modelbit", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 1);
        QCOMPARE(in.summary->skipped, 5);
        QVERIFY(!test::import("modelbit", "{\n\"x\": 1}").summary);
        QCOMPARE(test::import("modelbit", webhook().left(800)).summary->counts.at(kTruncatedInput.toString()), 1);
    }

    void takesWebhooksAsTheyCome()
    {
        ModelbitJoiner joiner{ImportOptions{}};
        ImportSummary summary;
        QCOMPARE(*joiner.addWebhook(webhook(), summary), 2);
        QVERIFY(!joiner.take(false, summary)); // another mirror's log may still come
        QVERIFY(!joiner.addWebhook("[]", summary));
        const auto exchange = joiner.take(true, summary);
        QVERIFY(exchange);
        QCOMPARE(exchange->mirrors.size(), std::size_t(1));
        QVERIFY(!joiner.take(true, summary));
    }

    void readsSagemakersSamples()
    {
        const QString path = test::corpusPath(u"sagemaker-capture/capture.jsonl"_s);
        if (path.isEmpty())
            QSKIP("the corpus sagemaker-capture is absent");
        const Result<TrafficSource> source = TrafficSource::open(path);
        VERIFY_OK(source);
        QCOMPARE(source->format(), u"sagemaker"_s);
        std::vector<Exchange> found;
        const auto summary = source->forEach([&](Exchange &&exchange) {
            found.push_back(std::move(exchange));
            return true;
        });
        VERIFY_OK(summary);
        QCOMPARE(summary->read, 3);
        QVERIFY(summary->hasTimes);
        QVERIFY(found[0].body.bytes.startsWith("0.00632,18.00"));
        QCOMPARE(found[0].headers.value("content-type").toByteArray(), QByteArray("text/csv"));
        QCOMPARE(found[0].primary.body.bytes, QByteArray("30.4133586884"));
        QCOMPARE(found[0].requestId, u"8f45e35c-fa44-40d2-8ed3-1bcab3a596f3"_s);
        QCOMPARE(toRfc3339(*found[1].arrival), u"2025-11-15T10:30:45.123000Z"_s);
        QCOMPARE(found[1].primary.body.bytes, QByteArray("{\"predictions\":[1],\"probabilities\":[0.85]}"));
        QCOMPARE(found[2].body.bytes, QByteArray("69,0,153.7,109,194.0\n"));
    }

    void spreadsWhatSharesASecond()
    {
        const auto line = [](const char *input, const char *time) -> QByteArray {
            return QByteArray("{\"captureData\":{\"endpointInput\":{\"data\":\"") + input +
                   "\",\"encoding\":\"BASE64\"}},\"eventMetadata\":{\"inferenceTime\":\"" + time + "\"}}\n";
        };
        ImportOptions options;
        options.file = u"/data/churn/variant-1/2026/01/02/03/x.jsonl"_s;
        const test::Imported in =
            test::import("sagemaker",
                         line("YQ==", "2026-01-02T03:04:05Z") + line("Yg==", "2026-01-02T03:04:05Z") +
                             line("Yw==", "2026-01-02T03:04:06Z") + line("!", "2026-01-02T03:04:06Z") +
                             "{}\n{\"captureData\":{}}\n{\"capt",
                         options);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 3);
        QCOMPARE(in.summary->skipped, 4);
        QCOMPARE(in.summary->reasons.last().code, kTruncatedInput);
        QCOMPARE(in.exchanges[0].body.bytes, QByteArray("a"));
        QCOMPARE(in.exchanges[0].endpoint, u"churn"_s);
        QCOMPARE(toRfc3339(*in.exchanges[1].arrival), u"2026-01-02T03:04:05.500000Z"_s);
        QCOMPARE(toRfc3339(*in.exchanges[2].arrival), u"2026-01-02T03:04:06.000000Z"_s);
        QCOMPARE(toString(in.exchanges[0].primary.state), u"pending"_s);
    }

    void readsTablesOfInputs()
    {
        const QByteArray text = "\"carat\",cut,id,flag,note\r\n0.23,Ideal,\"007\",TRUE,\"a "
                                "\"\"b\"\",\r\nc\"\r\n-1e3,,8,false,=x\r\n1,2\r\n\r\n5,Good,9,no,";
        QCOMPARE(test::detected(text, u"rows.csv"_s), u"csv"_s);
        test::Imported in = test::import("csv", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 3);
        QCOMPARE(in.summary->skipped, 1);
        QCOMPARE(in.summary->reasons.first().where.line, 5);
        QCOMPARE(in.exchanges[0].body.bytes,
                 QByteArray("{\"data\": {\"carat\": 0.23, \"cut\": \"Ideal\", \"id\": \"007\", \"flag\": true, "
                            "\"note\": \"a \\\"b\\\",\\r\\nc\"}}"));
        QCOMPARE(
            in.exchanges[1].body.bytes,
            QByteArray("{\"data\": {\"carat\": -1e3, \"cut\": null, \"id\": 8, \"flag\": false, \"note\": \"=x\"}}"));
        ImportOptions options;
        options.endpoint = u"pricing"_s;
        options.mapping.columns = {u"cut"_s, u"carat"_s};
        options.mapping.rename = {{u"cut"_s, u"quality"_s}};
        options.mapping.types = {{u"carat"_s, u"string"_s}};
        options.mapping.wrap.clear();
        in = test::import("csv", text, options);
        QCOMPARE(in.exchanges[0].body.bytes, QByteArray("{\"quality\": \"Ideal\", \"carat\": \"0.23\"}"));
        QCOMPARE(in.exchanges[0].target, QByteArray("/v1/endpoint/pricing"));
        options.mapping.asList = true;
        options.mapping.wrap = u"instances"_s;
        options.mapping.types.clear();
        in = test::import("csv", text, options);
        QCOMPARE(in.exchanges[0].body.bytes, QByteArray("{\"instances\": [\"Ideal\", 0.23]}"));
        options.mapping.columns = {u"colour"_s};
        in = test::import("csv", text, options);
        QCOMPARE(in.summary->read, 0);
        QCOMPARE(in.summary->reasons.first().code, kMissingField);
        in = test::import("csv", "a;b\n1;\"x");
        QCOMPARE(in.summary->counts.at(kTruncatedInput.toString()), 1);
    }

    void readsLinesOfInputs()
    {
        test::Imported in =
            test::import("inputs", "{\"a\": 1.50, \"b\": {\"c\": [1, 2]}, \"d\": \"x\"}\n[1]\n{\"a\":\n");
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 1);
        QCOMPARE(in.summary->skipped, 2);
        QCOMPARE(in.exchanges[0].body.bytes,
                 QByteArray("{\"data\": {\"a\": 1.50, \"b\": {\"c\": [1, 2]}, \"d\": \"x\"}}"));
        ImportOptions options;
        options.mapping.columns = {u"b"_s};
        in = test::import("inputs", "{\"a\": 1, \"b\": {\"c\": [1, 2]}}\n", options);
        QCOMPARE(in.exchanges[0].body.bytes, QByteArray("{\"data\": {\"b\": {\"c\": [1, 2]}}}"));
    }

    void writesSafeCells()
    {
        const auto cell = [](const QByteArray &text) {
            QByteArray out;
            appendCsvCell(out, text);
            return out;
        };
        QCOMPARE(cell("plain"), QByteArray("plain"));
        QCOMPARE(cell("a,b"), QByteArray("\"a,b\""));
        QCOMPARE(cell("say \"x\""), QByteArray("\"say \"\"x\"\"\""));
        for (const char *formula :
             {"=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0", "-1+2", "--1"})
            QVERIFY2(cell(formula).startsWith("\"'"), formula);
        for (const char *number : {"-1", "+1.5", "-1e-3", "42"})
            QCOMPARE(cell(number), QByteArray(number));
    }

    void writesARowAPair()
    {
        Exchange exchange = test::fullExchange(1);
        exchange.id = {7};
        exchange.note = u"=HYPERLINK(\"http://x\")"_s;
        const QByteArray text = test::exported("csv", {exchange, test::sampleExchange(2)});
        QBuffer buffer;
        buffer.setData(text);
        buffer.open(QIODevice::ReadOnly);
        CsvReader reader(buffer, ',');
        std::vector<QByteArrayList> rows;
        while (reader.next() == CsvReader::Next::Record)
            rows.push_back(reader.fields());
        QCOMPARE(rows.size(), std::size_t(6));
        for (const QByteArrayList &row : rows)
            QCOMPARE(row.size(), rows[0].size());
        const auto value = [&](std::size_t row, const char *column) {
            return rows[row].value(rows[0].indexOf(column));
        };
        QCOMPARE(value(1, "id"), QByteArray("7"));
        QCOMPARE(value(1, "mirror"), QByteArray("mirror_1"));
        QCOMPARE(value(1, "outcome"), QByteArray("different"));
        QCOMPARE(value(1, "primary_ms"), QByteArray("41.200123"));
        QCOMPARE(value(1, "note"), QByteArray("'=HYPERLINK(\"http://x\")"));
        QCOMPARE(value(3, "reason"), QByteArray("breaker-open"));
        QVERIFY(value(4, "mirror_body").startsWith("base64:"));
        QCOMPARE(value(5, "primary_body"), QByteArray("{\"data\": 302.25}"));
    }

    void writesNaughtyStringsLiterally()
    {
        const QString path = test::corpusPath(u"blns/blns.json"_s);
        if (path.isEmpty())
            QSKIP("the corpus blns is absent");
        const Result<QByteArray> text = base::readFile(path, 1 << 20);
        VERIFY_OK(text);
        std::vector<Exchange> exchanges;
        for (const QJsonValue &value : QJsonDocument::fromJson(*text).array()) {
            const QByteArray line = value.toString().toUtf8();
            if (line.isEmpty())
                continue;
            Exchange exchange = test::sampleExchange(static_cast<int>(exchanges.size()));
            exchange.endpoint = exchange.note = QString::fromUtf8(line);
            exchange.headers.append("X-Naughty", line);
            exchange.body = Body::whole(line);
            exchange.tags = {QString::fromUtf8(line)};
            exchanges.push_back(exchange);
        }
        QVERIFY(exchanges.size() > 300);
        const test::Imported lines = test::import("ndjson", test::exported("ndjson", exchanges));
        VERIFY_OK(lines.summary);
        QCOMPARE(lines.exchanges.size(), exchanges.size());
        const test::Imported har = test::import("har", test::exported("har", exchanges));
        QCOMPARE(har.exchanges.size(), exchanges.size());
        const QString file = test::freshFolder(u"blns"_s) + u"/n.parallax"_s;
        auto writer = CaptureWriter::open(file, CaptureWriter::Mode::CreateNew, test::plainOptions());
        VERIFY_OK(writer);
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            QVERIFY2(lines.exchanges[i] == exchanges[i], exchanges[i].body.bytes.constData());
            QCOMPARE(har.exchanges[i].body.bytes, exchanges[i].body.bytes);
            VERIFY_OK((*writer)->append(exchanges[i]));
        }
        VERIFY_OK((*writer)->close());
        std::size_t next = 0;
        auto reader = CaptureReader::open(file);
        VERIFY_OK(reader);
        VERIFY_OK((*reader)->forEach([&](Exchange &&exchange) {
            exchange.id = {};
            return exchange == exchanges[next++];
        }));
        QCOMPARE(next, exchanges.size());
    }
};

PARALLAX_TEST_MAIN(TestTrafficLogs)
#include "tst_traffic_logs.moc"
