// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "formatsupport.h"
#include "support/testmain.h"
#include "traffic/contentcoding.h"
#include "traffic/errors.h"
#include "traffic/trafficsource.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

namespace {

/// What of JSON Schema draft 6 the schema of HAR uses, as far as it constrains.
class SchemaChecker
{
public:
    explicit SchemaChecker(QString folder)
        : m_folder(std::move(folder))
    {}

    QStringList check(const QJsonValue &value, const QString &file)
    {
        m_errors.clear();
        checkAgainst(value, schema(file), file);
        return m_errors;
    }

private:
    QJsonObject schema(const QString &file)
    {
        if (!m_schemas.contains(file)) {
            const auto bytes = base::readFile(m_folder + u'/' + file, 1 << 20);
            m_schemas.insert(file, bytes ? QJsonDocument::fromJson(*bytes).object() : QJsonObject{{u"missing"_s, 1}});
        }
        return m_schemas.value(file);
    }

    static bool hasType(const QJsonValue &value, const QString &type)
    {
        if (type == u"integer")
            return value.isDouble() && value.toDouble() == std::floor(value.toDouble());
        return (type == u"string" && value.isString()) || (type == u"number" && value.isDouble()) ||
               (type == u"object" && value.isObject()) || (type == u"array" && value.isArray()) ||
               (type == u"boolean" && value.isBool()) || (type == u"null" && value.isNull());
    }

    void checkAgainst(const QJsonValue &value, const QJsonObject &rules, const QString &where)
    {
        if (rules.contains(u"missing"))
            m_errors.append(where + u": no schema"_s);
        if (rules.contains(u"$ref"))
            return checkAgainst(value, schema(rules[u"$ref"_s].toString().section(u'#', 0, 0)), where);
        if (rules.contains(u"type") && !hasType(value, rules[u"type"_s].toString()))
            m_errors.append(where + u": is no "_s + rules[u"type"_s].toString());
        if (rules.contains(u"pattern") && value.isString() &&
            !QRegularExpression(rules[u"pattern"_s].toString()).match(value.toString()).hasMatch())
            m_errors.append(where + u": does not match"_s);
        if (value.isObject()) {
            const QJsonObject object = value.toObject();
            for (const QJsonValue &name : rules[u"required"_s].toArray())
                if (!object.contains(name.toString()))
                    m_errors.append(where + u": lacks "_s + name.toString());
            const QJsonObject properties = rules[u"properties"_s].toObject();
            for (auto it = properties.begin(); it != properties.end(); ++it)
                if (object.contains(it.key()))
                    checkAgainst(object[it.key()], it.value().toObject(), where + u'/' + it.key());
        }
        if (value.isArray() && rules.contains(u"items"))
            for (const QJsonValue &item : value.toArray())
                checkAgainst(item, rules[u"items"_s].toObject(), where + u"[]"_s);
    }

    QString m_folder;
    QHash<QString, QJsonObject> m_schemas;
    QStringList m_errors;
};

} // namespace

class TestTrafficHar : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    // The example of the specification, section by section.
    void readsTheSpecificationsExample()
    {
        const QByteArray text = test::dataFile(u"specification.har"_s);
        QCOMPARE(test::detected(text), u"har"_s);
        const test::Imported in = test::import("har", "\n" + text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 1);
        const Exchange &exchange = in.exchanges.at(0);
        QCOMPARE(exchange.method, QByteArray("POST"));
        QCOMPARE(exchange.target, QByteArray("/path/?param=value"));
        QCOMPARE(exchange.headers.value("host").toByteArray(), QByteArray("www.example.com:8080"));
        QCOMPARE(exchange.headers.value("content-type").toByteArray(), QByteArray("application/json"));
        QCOMPARE(exchange.headers.value("content-length").toByteArray(), QByteArray("14"));
        QCOMPARE(exchange.body.bytes, QByteArray("{\"data\": \"\u00e4\"}"));
        QCOMPARE(toRfc3339(*exchange.arrival), u"2009-04-16T12:07:23.596000Z"_s);
        QCOMPARE(exchange.primary.status, 200);
        QVERIFY(!exchange.primary.headers.contains("content-encoding"));
        QCOMPARE(exchange.primary.body.bytes, QByteArray("<p>\n"));
        QCOMPARE(exchange.primary.timings.sent.count(), 35'000'000);
        QCOMPARE(exchange.primary.timings.firstByte.count(), 73'000'000);
        QCOMPARE(exchange.primary.timings.done.count(), 85'000'000);
        QCOMPARE(exchange.note, u"a comment"_s);
    }

    void readsWhatBrowsersMakeOfIt()
    {
        const QByteArray text = test::dataFile(u"browsers.har"_s);
        const test::Imported in = test::import("har", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->read, 4);
        QCOMPARE(in.summary->skipped, 8);
        QVERIFY(!in.summary->hasTimes);
        QCOMPARE(in.exchanges[0].target, QByteArray("/a%20b")); // sorted by time
        QCOMPARE(in.exchanges[0].headers.size(), std::size_t(2));
        QCOMPARE(in.exchanges[0].primary.body.bytes, QByteArray("\0\xff", 2));
        QCOMPARE(in.exchanges[1].method, QByteArray("GET"));
        QCOMPARE(toString(in.exchanges[1].primary.state), u"failed"_s);
        QCOMPARE(in.exchanges[1].primary.failure, u"net::ERR_FAILED"_s);
        QCOMPARE(in.exchanges[2].body.bytes, QByteArray("a+b=c%26d&e="));
        QCOMPARE(toString(in.exchanges[2].primary.state), u"pending"_s);
        QCOMPARE(in.exchanges[3].body.bytes, QByteArray("\0\xff", 2));
        QList<int> lines;
        for (const Error &reason : in.summary->reasons)
            lines.append(reason.where.line);
        QCOMPARE(lines, (QList<int>{6, 7, 8, 9, 10, 11, 12, 13}));
    }

    void readsTheCorpus()
    {
        const QString folder = test::corpusPath(u"har/har-to-k6/example"_s);
        if (folder.isEmpty())
            QSKIP("the corpus har is absent");
        qint64 read = 0;
        QStringList names = QDir(folder).entryList({u"*.har"_s});
        for (const QString &name : std::as_const(names)) {
            const Result<TrafficSource> source = TrafficSource::open(folder + u'/' + name);
            QVERIFY2(source, qPrintable(name));
            QCOMPARE(source->format(), u"har"_s);
            const auto summary = source->forEach([](Exchange &&exchange) {
                return exchange.target.startsWith('/') && !exchange.headers.value("host").isEmpty();
            });
            if (name == u"page.har") { // has no entries at all
                QVERIFY(!summary);
                continue;
            }
            VERIFY_OK(summary);
            QVERIFY2(!summary->wasStopped, qPrintable(name));
            QFile file(folder + u'/' + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonArray entries = QJsonDocument::fromJson(file.readAll())[u"log"_s][u"entries"_s].toArray();
            QCOMPARE(summary->read + summary->skipped, entries.size());
            read += summary->read;
        }
        QVERIFY(read > 40);
    }

    void comesBackAsItWas()
    {
        std::vector<Exchange> exchanges;
        for (int i = 1; i <= 3; ++i) {
            Exchange exchange = test::sampleExchange(i);
            exchange.id = {static_cast<quint64>(i)};
            exchange.headers.append("X-Naughty", "<script>\"\\\x01");
            exchange.primary.body = Body::whole(QByteArray("\xff\x00\x01", 3));
            exchange.note = u"n\u00f6te"_s;
            exchanges.push_back(exchange);
        }
        const QByteArray text = test::exported("har", exchanges);
        QCOMPARE(test::detected(text), u"har"_s);
        const test::Imported in = test::import("har", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.summary->skipped, 0);
        QCOMPARE(in.exchanges.size(), exchanges.size());
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            const Exchange &a = exchanges[i];
            const Exchange &b = in.exchanges[i];
            QCOMPARE(b.arrival, a.arrival);
            QCOMPARE(b.method, a.method);
            QCOMPARE(b.target, a.target);
            QVERIFY(b.headers == a.headers);
            QCOMPARE(b.body.bytes, a.body.bytes);
            QCOMPARE(b.primary.status, a.primary.status);
            QVERIFY(b.primary.headers == a.primary.headers);
            QCOMPARE(b.primary.body.bytes, a.primary.body.bytes);
            QCOMPARE(b.primary.timings.done, a.primary.timings.done);
            QCOMPARE(b.primary.timings.firstByte, a.primary.timings.firstByte);
            QCOMPARE(b.note, a.note);
            QCOMPARE(b.mirrors.size(), a.mirrors.size());
            QCOMPARE(b.mirrors[0].name, a.mirrors[0].name);
            QCOMPARE(toString(b.mirrors[0].outcome), toString(a.mirrors[0].outcome));
            QCOMPARE(b.mirrors[0].body.bytes, a.mirrors[0].body.bytes);
        }
    }

    void writesWhatTheSchemaAsksFor()
    {
        const QString folder = test::corpusPath(u"har-schema/lib"_s);
        if (folder.isEmpty())
            QSKIP("the corpus har-schema is absent");
        Exchange coded = test::fullExchange(3);
        coded.primary.headers.append("Content-Encoding", "gzip");
        coded.primary.body = Body::whole(*encodeContent("{\"data\": 1}", "gzip"));
        coded.target = "/a?b=c%20d&e&=f";
        coded.arrival.reset();
        const QByteArray text =
            test::exported("har", {test::fullExchange(1), test::sampleExchange(2), coded, Exchange{}});
        QJsonParseError error{};
        const QJsonDocument document = QJsonDocument::fromJson(text, &error);
        QCOMPARE(error.error, QJsonParseError::NoError);
        const QStringList errors = SchemaChecker(folder).check(document.object(), u"har.json"_s);
        QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u"; "_s)));
        QVERIFY(text.contains("{\\\"data\\\": 1}"));
        // The checker itself finds what is wrong.
        QJsonObject broken = document.object();
        broken[u"log"_s] = QJsonObject{{u"version"_s, 1}};
        QVERIFY(SchemaChecker(folder).check(broken, u"har.json"_s).size() >= 3);
    }

    void readsATruncatedFile()
    {
        std::vector<Exchange> exchanges;
        for (int i = 0; i < 50; ++i)
            exchanges.push_back(test::sampleExchange(i));
        const QByteArray text = test::exported("har", exchanges);
        const test::Imported in = test::import("har", text.left(text.size() / 2));
        VERIFY_OK(in.summary);
        QVERIFY(in.summary->read > 20 && in.summary->read < 30);
        QCOMPARE(in.summary->reasons.last().code, kTruncatedInput);
    }

    void saysWhatIsNone()
    {
        for (const char *text : {"{\"log\": {}}", "{\"log\": {\"entries\": {}}}", "[]", "{}"}) {
            const test::Imported in = test::import("har", text);
            QVERIFY2(!in.summary, text);
            QCOMPARE(in.summary.error().code, kWrongFormat);
        }
        for (const char *text : {"", "{\"log\"", "{\"log\": {\"entries\": [", "{\"log\": nope"})
            QVERIFY2(test::import("har", text).summary->read == 0, text);
    }
};

PARALLAX_TEST_MAIN(TestTrafficHar)
#include "tst_traffic_har.moc"
