// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/errors.h"
#include "replay/literalsecrets.h"
#include "replay/rewrite.h"
#include "support/testmain.h"

#include <QDateTime>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::replay;
using Kind = RewriteRule::Kind;

namespace {

traffic::Exchange sample()
{
    traffic::Exchange exchange;
    exchange.method = "POST";
    exchange.target = "/v1/models/a?user=3";
    exchange.headers = {{"Content-Type", "application/json"},
                        {"X-Dup", "1"},
                        {"x-dup", "2"},
                        {"Authorization", "Bearer live"},
                        {"Cookie", "a=1; b=2"},
                        {"X-Api-Key", "<redacted:0123456789ab>"},
                        {"Expect", "100-continue"}};
    exchange.body = traffic::Body::whole("{\"data\": {\"id\": 7, \"when\": \"old\"}}");
    return exchange;
}

http::Request rewritten(const std::vector<RewriteRule> &rules, bool keepsCredentials = false,
                        const SessionState &session = {})
{
    const Result<Rewriter> rewriter = Rewriter::make(rules, {}, keepsCredentials, [](const QString &name) {
        return name == u"key" ? std::optional<QByteArray>("s3cret") : std::nullopt;
    });
    return rewriter ? rewriter->request(sample(), session) : http::Request();
}

} // namespace

class TestReplayRewrite : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void credentialsStayBehind()
    {
        const http::Request request = rewritten({});
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.target, "/v1/models/a?user=3");
        QCOMPARE(request.body, sample().body.bytes);
        for (const QByteArrayView name : {"authorization", "cookie", "x-api-key", "expect"})
            QVERIFY2(!request.headers.contains(name), name.data());
        QCOMPARE(request.headers.size(), 3U);
        traffic::Exchange twice = sample();
        twice.headers.append("cookie", "c=3");
        QVERIFY(!Rewriter::make({}, {}, false)->request(twice, {}).headers.contains("cookie"));
        const http::Request kept = rewritten({}, true);
        QCOMPARE(kept.headers.value("authorization"), "Bearer live");
        QCOMPARE(kept.headers.value("cookie"), "a=1; b=2");
        QVERIFY(!kept.headers.contains("x-api-key"));
    }

    void headersAreRewritten()
    {
        const http::Request request = rewritten({{Kind::SetHeader, u"Authorization"_s, u"Key ${secret:key}"_s},
                                                 {Kind::SetHeader, u"X-DUP"_s, u"3"_s},
                                                 {Kind::RenameHeader, u"content-type"_s, u"X-Was"_s},
                                                 {Kind::RemoveHeader, u"nothing"_s, {}},
                                                 {Kind::SetMethod, {}, u"PUT"_s}});
        QCOMPARE(request.headers.value("authorization"), "Key s3cret");
        QCOMPARE(request.headers.value("x-dup"), "3");
        QCOMPARE(request.headers.value("x-was"), "application/json");
        QCOMPARE(request.headers.size(), 3U);
        QCOMPARE(request.method, "PUT");
    }

    void urlsAreRewritten()
    {
        QCOMPARE(rewritten({{Kind::ReplaceUrl, u"^/v1/models/(\\w+)"_s, u"/v2/\\1/infer"_s}}).target,
                 "/v2/a/infer?user=3");
        // What would break the request line is left out.
        QCOMPARE(rewritten({{Kind::ReplaceUrl, u"a"_s, u"b c"_s}}).target, "/v1/models/a?user=3");
        QCOMPARE(rewritten({{Kind::ReplaceUrl, u"^/"_s, u""_s}}).target, "/v1/models/a?user=3");
    }

    void jsonIsRewritten()
    {
        QCOMPARE(rewritten({{Kind::SetJson, u"/data/id"_s, u"8"_s}}).body,
                 "{\"data\": {\"id\": 8, \"when\": \"old\"}}");
        QCOMPARE(rewritten({{Kind::SetJson, u"/data/id"_s, u"eight"_s}}).body,
                 "{\"data\": {\"id\": \"eight\", \"when\": \"old\"}}");
        QCOMPARE(rewritten({{Kind::RemoveJson, u"/data/id"_s, {}}}).body, "{\"data\": {\"when\": \"old\"}}");
        QCOMPARE(rewritten({{Kind::SetJson, u"/none/id"_s, u"8"_s}}).body, sample().body.bytes);
    }

    void templatesAreFilled()
    {
        qputenv("PARALLAX_TEST_REGION", "eu");
        SessionState session;
        session.variables.insert(u"token"_s, "t1");
        const http::Request request =
            rewritten({{Kind::SetHeader, u"A"_s, u"{{env.PARALLAX_TEST_REGION}}-{{ token }}"_s},
                       {Kind::SetHeader, u"B"_s, u"{{uuid}}"_s},
                       {Kind::SetHeader, u"C"_s, u"{{now}}"_s},
                       {Kind::SetHeader, u"D"_s, u"{{unknown}} {{"_s},
                       {Kind::SetJson, u"/data/id"_s, u"{{token}}"_s}},
                      false, session);
        QCOMPARE(request.headers.value("a"), "eu-t1");
        QVERIFY(!QUuid::fromString(QLatin1StringView(request.headers.value("b"))).isNull());
        QVERIFY(QDateTime::fromString(QString::fromUtf8(request.headers.value("c")), Qt::ISODateWithMs).isValid());
        QCOMPARE(request.headers.value("d"), "{{unknown}} {{");
        QCOMPARE(request.body, "{\"data\": {\"id\": \"t1\", \"when\": \"old\"}}");
        // An answer's value may hold anything; it must not add a header of its own.
        session.variables.insert(u"token"_s, "x\r\nEvil: 1");
        QCOMPARE(rewritten({{Kind::SetHeader, u"A"_s, u"{{token}}"_s}}, false, session).headers.value("a"), "");
    }

    void badRulesAreNamed()
    {
        const auto refused = [](const RewriteRule &rule) {
            const Result<Rewriter> rewriter = Rewriter::make({{Kind::SetMethod, {}, u"GET"_s}, rule}, {}, false);
            return rewriter ? 0 : rewriter.error().args.value(u"rule"_s, -1).toInt();
        };
        QCOMPARE(refused({Kind::SetHeader, u"X Y"_s, u"1"_s}), 2);
        QCOMPARE(refused({Kind::SetHeader, {}, u"1"_s}), 2);
        QCOMPARE(refused({Kind::SetHeader, u"X"_s, u"a\r\nb"_s}), 2);
        QCOMPARE(refused({Kind::RenameHeader, u"X"_s, u"a b"_s}), 2);
        QCOMPARE(refused({Kind::ReplaceUrl, u"("_s, {}}), 2);
        QCOMPARE(refused({Kind::SetJson, u"data"_s, u"1"_s}), 2);
        QCOMPARE(refused({Kind::RemoveJson, {}, {}}), 2);
        QCOMPARE(refused({Kind::SetMethod, {}, u"GE T"_s}), 2);
        const Result<Rewriter> secretless = Rewriter::make({{Kind::SetHeader, u"A"_s, u"${secret:nope}"_s}}, {}, false);
        QVERIFY(!secretless);
        QVERIFY(secretless.error().code == kSecretMissing);
        QCOMPARE(secretless.error().args[u"name"_s].toString(), u"nope"_s);
    }

    void answersAreLearntFrom()
    {
        const Extraction fromHeader{u"etag"_s, "ETag", {}};
        const Extraction fromBody{u"id"_s, {}, "/data/id"};
        const Result<Rewriter> rewriter = Rewriter::make({}, {fromHeader, fromBody}, false);
        VERIFY_OK(rewriter);
        traffic::Reply recorded;
        recorded.headers = {{"ETag", "\"old-tag\""}};
        recorded.body = traffic::Body::whole("{\"data\": {\"id\": \"7\"}}");
        traffic::Reply answer;
        answer.headers = {{"ETag", "\"new-tag\""}, {"Set-Cookie", "sid=1; Path=/"}, {"Set-Cookie", "=broken"}};
        answer.body = traffic::Body::whole("{\"data\": {\"id\": \"8\"}}");
        SessionState session;
        rewriter->learn(answer, &recorded, session);
        QCOMPARE(session.variables[u"etag"_s], "\"new-tag\"");
        QCOMPARE(session.variables[u"id"_s], "8");
        QCOMPARE(session.cookies.size(), 1);
        QCOMPARE(session.cookies["sid"], "1");
        // "7" is too short to be replaced wherever it stands.
        QCOMPARE(session.remapped.size(), 1);
        rewriter->learn({}, nullptr, session);
        QCOMPARE(session.variables.size(), 2);
    }

    void secretsAreNotWrittenOut_data()
    {
        QTest::addColumn<RewriteRule>("rule");
        QTest::addColumn<bool>("isRefused");
        const auto row = [](const char *name, Kind kind, const QString &key, const QString &value, bool isRefused) {
            QTest::newRow(name) << RewriteRule{kind, key, value} << isRefused;
        };
        row("plain header", Kind::SetHeader, u"X-Run"_s, u"7"_s, false);
        row("literal", Kind::SetHeader, u"Authorization"_s, u"Bearer sk-live-1"_s, true);
        row("scheme and secret", Kind::SetHeader, u"Authorization"_s, u"Bearer ${secret:KEY}"_s, false);
        row("scheme and value of an answer", Kind::SetHeader, u"Authorization"_s, u"Bearer {{token}}"_s, false);
        row("environment", Kind::SetHeader, u"X-Api-Key"_s, u"{{env.KEY}}"_s, false);
        row("literal after a secret", Kind::SetHeader, u"X-Api-Key"_s, u"${secret:KEY}sk-live-1"_s, true);
        row("literal before a value", Kind::SetHeader, u"X-Api-Key"_s, u"sk-live-1{{n}}"_s, true);
        row("cookie of an answer", Kind::SetHeader, u"Cookie"_s, u"sid={{sid}}"_s, false);
        row("literal cookie beside", Kind::SetHeader, u"Cookie"_s, u"sid={{sid}}; auth=sk-live-1"_s, true);
        row("plain field", Kind::SetJson, u"/data/n"_s, u"1"_s, false);
        row("field", Kind::SetJson, u"/data/password"_s, u"sk-live-1"_s, true);
        row("below a field", Kind::SetJson, u"/password/0"_s, u"sk-live-1"_s, true);
        row("inside a value", Kind::SetJson, u"/data"_s, u"{\"password\": \"sk-live-1\"}"_s, true);
        row("field filled in", Kind::SetJson, u"/data/password"_s, u"${secret:KEY}"_s, false);
        row("inside, filled in", Kind::SetJson, u"/data"_s, u"{\"password\": \"{{p}}\", \"n\": 1}"_s, false);
        row("the whole body", Kind::SetJson, {}, u"{\"password\": \"sk-live-1\"}"_s, true);
        row("path", Kind::ReplaceUrl, u"/v1/"_s, u"/v2/"_s, false);
        row("query", Kind::ReplaceUrl, u"api_key=[^&]*"_s, u"api_key=sk-live-1"_s, true);
        row("query of a whole target", Kind::ReplaceUrl, u"^.*$"_s, u"/v1?api_key=sk-live-1"_s, true);
        row("query filled in", Kind::ReplaceUrl, u"api_key=[^&]*"_s, u"api_key=${secret:KEY}"_s, false);
    }
    void secretsAreNotWrittenOut()
    {
        QFETCH(const RewriteRule, rule);
        QFETCH(const bool, isRefused);
        const Status checked = checkNoLiteralSecret({rule}, traffic::RedactionRules::defaults());
        QCOMPARE(!checked.has_value(), isRefused);
        QVERIFY(checked || checked.error().code == kLiteralSecret);
    }

    void rulesComeBackFromJson()
    {
        for (const Kind kind : {Kind::SetHeader, Kind::RemoveHeader, Kind::RenameHeader, Kind::ReplaceUrl,
                                Kind::SetJson, Kind::RemoveJson, Kind::SetMethod}) {
            const RewriteRule rule{kind, u"n"_s, u"v"_s};
            QCOMPARE(*RewriteRule::fromJson(rule.toJson()), rule);
        }
        QVERIFY(!RewriteRule::fromJson({{u"do"_s, u"explode"_s}}));
        QVERIFY(!Extraction::fromJson({{u"name"_s, u""_s}}));
        QVERIFY(!Extraction::fromJson({{u"name"_s, u"a"_s}, {u"path"_s, u"b"_s}}));
    }
};

PARALLAX_TEST_MAIN(TestReplayRewrite)
#include "tst_replay_rewrite.moc"
