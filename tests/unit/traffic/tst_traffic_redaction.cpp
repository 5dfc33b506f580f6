// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "samples.h"
#include "support/testmain.h"
#include "traffic/contentcoding.h"
#include "traffic/errors.h"
#include "traffic/redaction.h"
#include "traffic/redactionfile.h"

#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficRedaction : public test::TestCase
{
    Q_OBJECT

    static QByteArray body(const QByteArray &text, const QByteArray &type = "application/json",
                           RedactionRules rules = RedactionRules::defaults())
    {
        Redactor redactor(std::move(rules), "key");
        Exchange exchange = test::sampleExchange(1);
        exchange.headers = {{"content-type", type}};
        exchange.body = Body::whole(text);
        return redactor.redacted(exchange).value_or(exchange).body.bytes;
    }

    static QByteArray masked(QByteArray text)
    {
        static const QRegularExpression hash(u"redacted(?::|\\.)[0-9a-f]{12}"_s);
        return QString::fromUtf8(text).replace(hash, u"X"_s).toUtf8();
    }

private Q_SLOTS:
    void leavesPlainTrafficAlone()
    {
        Redactor redactor(RedactionRules::defaults(), "key");
        QVERIFY(!redactor.redacted(test::fullExchange(1)));
        QVERIFY(redactor.wouldReplace(test::fullExchange(1)).empty());
    }

    void masksHeaders_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("bearer") << QByteArray("Authorization") << QByteArray("Bearer abc") << QByteArray("Bearer <X>");
        QTest::newRow("bare") << QByteArray("authorization") << QByteArray("abc") << QByteArray("<X>");
        QTest::newRow("proxy") << QByteArray("Proxy-Authorization") << QByteArray("Basic YTpi")
                               << QByteArray("Basic <X>");
        QTest::newRow("cookie") << QByteArray("Cookie") << QByteArray("a=b; c=d") << QByteArray("<X>");
        QTest::newRow("set-cookie") << QByteArray("Set-Cookie") << QByteArray("sid=1; HttpOnly") << QByteArray("<X>");
        QTest::newRow("key") << QByteArray("X-Api-Key") << QByteArray("k") << QByteArray("<X>");
        QTest::newRow("token") << QByteArray("X-CSRF-Token") << QByteArray("t") << QByteArray("<X>");
        QTest::newRow("secret") << QByteArray("x-mb-webhook-secret") << QByteArray("s") << QByteArray("<X>");
        QTest::newRow("referer") << QByteArray("Referer") << QByteArray("https://a/b?c=d&token=t#f")
                                 << QByteArray("https://a/b?c=d&token=X#f");
        QTest::newRow("user info") << QByteArray("Location") << QByteArray("https://me:pw@host/x")
                                   << QByteArray("https://X@host/x");
        QTest::newRow("plain") << QByteArray("X-Plain") << QByteArray("text/html") << QByteArray("text/html");
        QTest::newRow("empty") << QByteArray("Authorization") << QByteArray() << QByteArray();
    }

    void masksHeaders()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, expected);
        Redactor redactor(RedactionRules::defaults(), "key");
        Exchange exchange = test::sampleExchange(1);
        exchange.headers.append(name, value);
        exchange.mirrors[0].headers.append(name, value);
        const Exchange out = redactor.redacted(exchange).value_or(exchange);
        QCOMPARE(masked(out.headers.value(name).toByteArray()), expected);
        QCOMPARE(masked(out.mirrors[0].headers.value(name).toByteArray()), expected);
        QCOMPARE(out.headers.size(), exchange.headers.size());
        QCOMPARE(out.headers.value("accept").toByteArray(), exchange.headers.value("accept").toByteArray());
    }

    void masksTargets()
    {
        Redactor redactor(RedactionRules::defaults(), "key");
        Exchange exchange = test::sampleExchange(1);
        exchange.target = "/predict?model=a&api_key=abc&X-Amz-Signature=1f&page=2&access%5Ftoken=t&key=k";
        QCOMPARE(masked(redactor.redacted(exchange)->target),
                 QByteArray("/predict?model=a&api_key=X&X-Amz-Signature=X&page=2&access%5Ftoken=X&key=X"));
    }

    void masksBodies_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("field", R"({"data": 1, "token": "abc"})", R"({"data": 1, "token": "<X>"})");
        row("deep", R"({"a": [{"b": {"client_secret" : "abc"}}]})", R"({"a": [{"b": {"client_secret" : "<X>"}}]})");
        row("camel case", R"({"accessToken":"a","apiKey":"b"})", R"({"accessToken":"<X>","apiKey":"<X>"})");
        row("list", R"({"secrets": ["a", {"b": "c", "n": 5}], "x": "y"})",
            R"({"secrets": ["<X>", {"b": "<X>", "n": "<X>"}], "x": "y"})");
        row("number", R"({"password": 1234, "x": 1})", R"({"password": "<X>", "x": 1})");
        row("counts of tokens", R"({"max_tokens": 100, "usage": {"prompt_tokens": 7}, "token": 5})",
            R"({"max_tokens": 100, "usage": {"prompt_tokens": 7}, "token": 5})");
        row("model input", R"({"tokens": ["the", "cat"]})", R"({"tokens": ["the", "cat"]})");
        row("null", R"({"token": null, "secret": true})", R"({"token": null, "secret": true})");
        row("escaped key", "{\"tok\\u0065n\": \"a\"}", "{\"tok\\u0065n\": \"<X>\"}");
        row("escaped quote", "{\"a\": \"say \\\"token\\\": \\\"x\\\"\", \"token\": \"a\\\"b\"}",
            "{\"a\": \"say \\\"token\\\": \\\"x\\\"\", \"token\": \"<X>\"}");
        row("json in a string", "{\"log\": \"{\\\"token\\\": \\\"abc\\\", \\\"n\\\": 1}\"}",
            "{\"log\": \"{\\\"token\\\": \\\"<X>\\\", \\\"n\\\": 1}\"}");
        row("cut off", "{\"token\": \"abc\", \"secret\": \"de", "{\"token\": \"<X>\", \"secret\": \"<X>");
        row("several documents", "{\"token\": \"a\"}\n{\"token\": \"b\"}\n",
            "{\"token\": \"<X>\"}\n{\"token\": \"<X>\"}\n");
        row("url", "{\"callback\": \"https://u:p@h/?sig=a&x=b\"}", "{\"callback\": \"https://X@h/?sig=X&x=b\"}");
        row("empty", R"({"token": ""})", R"({"token": ""})");
        row("no json", "token=abc", "token=abc");
    }

    void masksBodies()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(masked(body(text)), expected);
    }

    void masksFormsAndCodedBodies()
    {
        QCOMPARE(masked(body("user=a&password=b%20c&x=", "application/x-www-form-urlencoded")),
                 QByteArray("user=a&password=X&x="));
        const QByteArray part = "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nabc\r\n";
        const QByteArray plain = "--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nme\r\n--b--\r\n";
        QCOMPARE(masked(body(part + plain, "multipart/form-data; boundary=b")),
                 QByteArray(part).replace("abc", "<X>") + plain);
        for (const QByteArray &coding : {QByteArray("gzip"), QByteArray("deflate"), QByteArray("zstd")}) {
            Redactor redactor(RedactionRules::defaults(), "key");
            Exchange exchange = test::sampleExchange(1);
            exchange.primary.headers.append("Content-Encoding", coding);
            exchange.primary.body = Body::whole(*encodeContent("{\"token\": \"abc\"}", coding));
            const auto out = redactor.redacted(exchange);
            QVERIFY(out);
            QCOMPARE(masked(*decodeContent(out->primary.body.bytes, coding)), QByteArray("{\"token\": \"<X>\"}"));
            QCOMPARE(out->primary.body.length, out->primary.body.bytes.size());
        }
    }

    void keepsEqualSecretsEqual()
    {
        const QByteArray first = body(R"({"token": "abc", "secret": "abc", "password": "abd"})");
        static const QRegularExpression hash(u"<redacted:[0-9a-f]{12}>"_s);
        QStringList found;
        for (auto it = hash.globalMatch(QString::fromUtf8(first)); it.hasNext();)
            found.append(it.next().captured());
        QCOMPARE(found.size(), 3);
        QCOMPARE(found[0], found[1]);
        QVERIFY(found[0] != found[2]);
        QCOMPARE(body(first), first); // a second time changes nothing
        Redactor other(RedactionRules::defaults(), "another key");
        Exchange exchange = test::sampleExchange(1);
        exchange.body = Body::whole(R"({"token": "abc", "secret": "abc", "password": "abd"})");
        QVERIFY(!other.redacted(exchange)->body.bytes.contains(found[0].toUtf8()));
    }

    void followsTheRulesOfTheEndpoint()
    {
        RedactionRules rules = RedactionRules::defaults();
        RedactionRules own;
        own.fields = {u"sku"_s};
        rules.perEndpoint.insert(u"pricing"_s, std::make_shared<RedactionRules>(own));
        QCOMPARE(masked(body(R"({"token": "a", "sku": "b"})", "application/json", rules)),
                 QByteArray(R"({"token": "a", "sku": "<X>"})"));
        rules.perEndpoint.insert(u"pricing"_s, std::make_shared<RedactionRules>(RedactionRules::none()));
        QCOMPARE(body(R"({"token": "a"})", "application/json", rules), QByteArray(R"({"token": "a"})"));
    }

    void tellsWhatItWouldReplace()
    {
        Redactor redactor(RedactionRules::defaults(), "key");
        Exchange exchange = test::sampleExchange(1);
        exchange.headers.append("Cookie", "a");
        exchange.target = "/x?token=1";
        exchange.mirrors[0].body = Body::whole(R"({"secret": "x"})");
        QCOMPARE(redactor.wouldReplace(exchange),
                 (std::set<QString>{u"request header Cookie"_s, u"request query token"_s, u"mirror_1 field secret"_s}));
    }

    void namesNothingThatIsMaskedAlready()
    {
        Redactor redactor(RedactionRules::defaults(), "key");
        Exchange exchange = test::sampleExchange(1);
        exchange.headers.append("Cookie", "a=b");
        exchange.target = "/x?token=1";
        exchange.body = Body::whole(R"({"secret": "x", "password": {"a": ["y", 7]}, "token": 12, "api_key": ""})");
        const std::set<QString> places = redactor.wouldReplace(exchange);
        QCOMPARE(places, (std::set<QString>{u"request header Cookie"_s, u"request query token"_s,
                                            u"request field secret"_s, u"request field password"_s}));
        const std::optional<Exchange> masked = redactor.redacted(exchange);
        QVERIFY(masked);
        QVERIFY(redactor.wouldReplace(*masked).empty());
    }

    void readsTheProjectsRules()
    {
        const auto rules = parseRedactionRules("schemaVersion: 1\n"
                                               "headers: [\"x-internal-*\"]\n"
                                               "fields: [ssn]\n"
                                               "keep: [token]\n"
                                               "endpoints:\n"
                                               "  billing: {fields: [iban]}\n"
                                               "  open: {enabled: false}\n"
                                               "  bare: {defaults: false, fields: [only]}\n",
                                               u"r.yaml"_s);
        VERIFY_OK(rules);
        const QByteArray text = R"({"ssn": "a", "iban": "b", "token": "c", "secret": "d", "only": "e"})";
        const auto maskedFor = [&](const QString &endpoint) {
            Redactor redactor(*rules, "key");
            Exchange exchange = test::sampleExchange(1);
            exchange.endpoint = endpoint;
            exchange.body = Body::whole(text);
            QStringList names;
            for (const QString &place : redactor.wouldReplace(exchange))
                names += place.section(u' ', -1);
            return names.join(u' ');
        };
        QCOMPARE(maskedFor(u"any"_s), u"secret ssn"_s);
        QCOMPARE(maskedFor(u"billing"_s), u"iban secret ssn"_s);
        QCOMPARE(maskedFor(u"open"_s), QString());
        QCOMPARE(maskedFor(u"bare"_s), u"only"_s);
    }

    void namesWhatIsWrongInTheProjectsRules_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("no version") << QByteArray("fields: [a]\n") << 1;
        QTest::newRow("other version") << QByteArray("schemaVersion: 2\n") << 1;
        QTest::newRow("misspelt key") << QByteArray("schemaVersion: 1\nfeilds: [a]\n") << 2;
        QTest::newRow("no list") << QByteArray("schemaVersion: 1\nfields: a\n") << 2;
        QTest::newRow("no name") << QByteArray("schemaVersion: 1\nfields: [[a]]\n") << 2;
        QTest::newRow("no flag") << QByteArray("schemaVersion: 1\nenabled: perhaps\n") << 2;
        QTest::newRow("endpoint without rules") << QByteArray("schemaVersion: 1\nendpoints:\n  a: 1\n") << 3;
        QTest::newRow("nested endpoints") << QByteArray("schemaVersion: 1\nendpoints:\n  a: {endpoints: {}}\n") << 3;
        QTest::newRow("no mapping") << QByteArray("[1]\n") << 1;
    }
    void namesWhatIsWrongInTheProjectsRules()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        const auto rules = parseRedactionRules(text, u"r.yaml"_s);
        QVERIFY(!rules);
        QCOMPARE(rules.error().code, kBadRedaction);
        QCOMPARE(rules.error().where.file, u"r.yaml"_s);
        QCOMPARE(rules.error().where.line, line);
    }

    void withoutAFileTheDefaultsHold()
    {
        const auto rules = redactionRulesOf(test::freshFolder(u"bare"_s));
        VERIFY_OK(rules);
        QCOMPARE(rules->headers, RedactionRules::defaults().headers);
    }

    void nothingSecretReachesTheFile()
    {
        const QString path = test::freshFolder(u"canary"_s) + u"/c.parallax"_s;
        auto out = CaptureWriter::open(path, CaptureWriter::Mode::CreateNew);
        VERIFY_OK(out);
        const QByteArray canary = "CANARY-8f2e";
        Exchange exchange = test::sampleExchange(1);
        exchange.target = "/p?token=" + canary;
        exchange.headers = {{"Authorization", "Bearer " + canary}, {"Cookie", "s=" + canary}, {"X-Api-Key", canary}};
        exchange.body = Body::whole("{\"api_key\": \"" + canary + "\"}");
        exchange.primary.headers = {{"Set-Cookie", canary}};
        exchange.primary.url = u"http://me:"_s + QString::fromUtf8(canary) + u"@host/"_s;
        exchange.mirrors[0].body = Body::whole("{\"session_token\": [\"" + canary + "\"]}");
        exchange.mirrors[0].state = AnswerState::Complete;
        VERIFY_OK((*out)->append(exchange));
        exchange.mirrors[0].state = AnswerState::Pending;
        VERIFY_OK((*out)->append(exchange));
        exchange.mirrors[0].state = AnswerState::Complete;
        exchange.mirrors[0].headers.append("x-token", canary);
        VERIFY_OK((*out)->updateMirror({2}, 0, exchange.mirrors[0]));
        VERIFY_OK((*out)->close());
        auto in = CaptureReader::open(path);
        VERIFY_OK(in);
        QVERIFY(!base::readFile(path, 1 << 24)->contains(canary));
        VERIFY_OK((*in)->forEach([&](Exchange &&one) {
            const auto leaks = [&](const http::Header &field) { return field.value.contains(canary); };
            if (std::any_of(one.headers.begin(), one.headers.end(), leaks))
                QTest::qFail("a header leaks", __FILE__, __LINE__);
            return !one.target.contains(canary) && !one.body.bytes.contains(canary) &&
                   !one.mirrors[0].body.bytes.contains(canary) &&
                   !one.primary.url.contains(QString::fromUtf8(canary)) &&
                   !one.mirrors[0].headers.value("x-token").contains(canary[0]) &&
                   one.body.bytes.contains("<redacted:");
        }));
        const QFileInfo key(base::stateFolder() + u"/redaction.key"_s);
        QVERIFY(key.exists());
        QCOMPARE(int(key.permissions() & QFileDevice::Permissions(0x0077)), 0);
    }
};

PARALLAX_TEST_MAIN(TestTrafficRedaction)
#include "tst_traffic_redaction.moc"
