// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/address.h"
#include "replay/errors.h"
#include "replay/jsonspot.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::replay;

namespace {

targets::Upstream upstreamAt(const QString &host)
{
    targets::Upstream upstream;
    upstream.host = host;
    upstream.port = 80;
    upstream.path = "/v1/model/latest";
    return upstream;
}

router::RoutingTablePtr tableOf(const QStringList &hosts, const std::optional<router::RouteSettings> &route = {})
{
    endpoints::Endpoint endpoint;
    endpoint.name = u"pricing"_s;
    router::RoutingTable::Input input;
    for (const QString &host : hosts) {
        endpoints::DeploymentRef deployment;
        deployment.name = host;
        if (endpoint.backends.isEmpty())
            endpoint.backends.append({u"alias"_s, deployment, {}});
        else
            endpoint.mirrors.append({u"mirror_%1"_s.arg(endpoint.mirrors.size() + 1), deployment});
    }
    input.endpoints.append(endpoint);
    input.local[u"pricing"_s].route = route;
    input.lookup = [](const endpoints::DeploymentRef &reference) -> Result<targets::Upstream> {
        return upstreamAt(reference.name);
    };
    return router::RoutingTable::build(input);
}

} // namespace

class TestReplayAddress : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void loopbackIsKnown()
    {
        for (const QString &host :
             {u"localhost"_s, u"LOCALHOST."_s, u"a.localhost"_s, u"127.0.0.1"_s, u"127.9.9.9"_s, u"::1"_s, u"[::1]"_s})
            QVERIFY2(isLoopbackHost(host), qPrintable(host));
        for (const QString &host : {u"example.com"_s, u"localhost.example.com"_s, u"10.0.0.1"_s, u"0.0.0.0"_s, u"::"_s,
                                    u"127.0.0.1.example.com"_s, u"notlocalhost"_s, u""_s})
            QVERIFY2(!isLoopbackHost(host), qPrintable(host));
    }

    void strangeHostsNeedLeave()
    {
        const auto table = tableOf({u"127.0.0.1"_s, u"models.example.com"_s, u"10.0.0.7"_s, u"models.example.com"_s});
        QCOMPARE(hostsToAllow(*table, u"pricing"_s, {}), (QStringList{u"10.0.0.7"_s, u"models.example.com"_s}));
        const Status refused = checkHosts(*table, u"pricing"_s, {u"10.0.0.7"_s}, 200);
        QVERIFY(!refused);
        QVERIFY(refused.error().code == kHostNotAllowed);
        QCOMPARE(refused.error().args[u"host"_s].toString(), u"models.example.com"_s);
        QVERIFY(wording::text(refused.error()).contains(u"200"_s));
        VERIFY_OK(checkHosts(*table, u"pricing"_s, {u"10.0.0.7"_s, u"Models.Example.Com"_s}, 200));
        VERIFY_OK(checkHosts(*tableOf({u"localhost"_s}), u"pricing"_s, {}, 1));
    }

    void urlsBecomeTables()
    {
        const Result<router::RoutingTablePtr> table = tableForUrl(u"http://127.0.0.1:9001/base/?k=v"_s, u"to"_s);
        VERIFY_OK(table);
        const targets::Upstream &upstream = *(*table)->findEndpoint(u"to")->backends.front().target.upstream;
        QCOMPARE(upstream.host, u"127.0.0.1"_s);
        QCOMPARE(upstream.port, 9001);
        QCOMPARE(upstream.authority, "127.0.0.1:9001");
        QCOMPARE(upstream.path, "/base/?k=v");
        QVERIFY(!upstream.tls.isEnabled);
        const Result<router::RoutingTablePtr> secure = tableForUrl(u"https://[::1]"_s, u"to"_s);
        VERIFY_OK(secure);
        const targets::Upstream &other = *(*secure)->findEndpoint(u"to")->backends.front().target.upstream;
        QVERIFY(other.tls.isEnabled);
        QCOMPARE(other.port, 443);
        QCOMPARE(other.path, "/");
        for (const QString &bad : {u"ftp://x/"_s, u"127.0.0.1:80"_s, u"http://"_s, u"http://u:p@x/"_s, u""_s,
                                   u"http://x:99999/"_s, u"http://x/#f"_s, u"//x/"_s}) {
            const Result<router::RoutingTablePtr> refused = tableForUrl(bad, u"to"_s);
            QVERIFY2(!refused, qPrintable(bad));
            QVERIFY(refused.error().code == kBadUrl);
            QVERIFY(!refused.error().args[u"url"_s].toString().contains(u"u:p"_s));
        }
    }

    void requestsFindTheirPath_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("rest");
        const QString root = u"http://127.0.0.1:1"_s;
        const QString deep = u"http://127.0.0.1:1/v1/m/latest"_s;
        QTest::newRow("router") << root << QByteArray("/v1/endpoint/a?x=1") << u"v1/endpoint/a?x=1"_s;
        QTest::newRow("path") << root << QByteArray("/predict?x=/1") << u"predict?x=/1"_s;
        QTest::newRow("bare") << root << QByteArray("/") << u"-"_s;
        QTest::newRow("none") << root << QByteArray() << u"-"_s;
        QTest::newRow("endpoint to model") << deep << QByteArray("/v1/endpoint/a") << u"-"_s;
        QTest::newRow("deployment to model") << deep << QByteArray("/v1/old/3") << u"-"_s;
        QTest::newRow("path below") << deep << QByteArray("/v2/models/x/infer") << u"v2/models/x/infer"_s;
        QTest::newRow("bare to model") << deep << QByteArray("/") << u"-"_s;
    }
    void requestsFindTheirPath()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, target);
        QFETCH(QString, rest);
        const Result<router::RoutingTablePtr> table = tableForUrl(url, u"to"_s);
        VERIFY_OK(table);
        router::CallRequest call;
        call.request.target = target;
        Addressing::toServer(*table, u"to"_s).apply(call);
        QCOMPARE(call.endpoint, u"to"_s);
        QCOMPARE(call.rest ? QString::fromUtf8(*call.rest) : u"-"_s, rest);
    }

    void routesKeepTheirRest()
    {
        router::RouteSettings route;
        route.prefix = "/models";
        const Addressing addressing = Addressing::toEndpoint(tableOf({u"127.0.0.1"_s}, route), u"pricing"_s);
        const auto restOf = [&](const QByteArray &target) {
            router::CallRequest call;
            call.request.target = target;
            addressing.apply(call);
            return call.rest.value_or("-");
        };
        QCOMPARE(restOf("/models/a/infer?x=1"), "a/infer?x=1");
        QCOMPARE(restOf("/v1/endpoint/pricing"), "-");
        QCOMPARE(restOf("/v1/endpoint/another"), "-");
        QCOMPARE(restOf("/other/path"), "-");
        QCOMPARE(restOf("/"), "-");
    }

    void versionsBecomeAnEndpoint()
    {
        ReplayPlan plan;
        plan.primary = endpoints::DeploymentRef::fromString(u"pricing@main:1"_s);
        plan.mirrors = {endpoints::DeploymentRef::fromString(u"pricing:latest"_s),
                        endpoints::DeploymentRef::fromString(u"pricing@dev:worktree"_s)};
        const endpoints::Endpoint endpoint = adHocEndpoint(plan);
        QCOMPARE(endpoint.name, u"pricing"_s);
        QCOMPARE(endpoint.backends.size(), 1);
        QCOMPARE(endpoint.backends[0].deployment.version.toNumber(), 1);
        QCOMPARE(endpoint.mirrors.size(), 2);
        QCOMPARE(endpoint.mirrors[1].name, u"mirror_2"_s);
        QCOMPARE(endpoint.mirrors[1].deployment.branch, u"dev"_s);
        QVERIFY(endpoint.mirrors[1].deployment.version.kind() == endpoints::Version::Kind::WorkTree);
    }

    void jsonIsFoundInPlace_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QString>("expected");
        QTest::newRow("whole") << QByteArray("") << u"object"_s;
        QTest::newRow("string") << QByteArray("/a") << u"x\"y"_s;
        QTest::newRow("big") << QByteArray("/n/0") << u"12345678901234567890123"_s;
        QTest::newRow("float") << QByteArray("/n/1") << u"1.50"_s;
        QTest::newRow("huge") << QByteArray("/n/2") << u"1e400"_s;
        QTest::newRow("true") << QByteArray("/n/3") << u"true"_s;
        QTest::newRow("null") << QByteArray("/n/4") << u"null"_s;
        QTest::newRow("nested") << QByteArray("/o/k~1~0") << u"[1, 2]"_s;
        QTest::newRow("missing") << QByteArray("/o/x") << u"-"_s;
        QTest::newRow("beyond") << QByteArray("/n/9") << u"-"_s;
        QTest::newRow("into scalar") << QByteArray("/a/b") << u"-"_s;
    }
    void jsonIsFoundInPlace()
    {
        const QByteArray json =
            " {\"a\" : \"x\\\"y\", \"n\":[12345678901234567890123,1.50, 1e400,true,null], \"o\":{\"k/~\": [1, 2] }} ";
        QFETCH(QByteArray, pointer);
        QFETCH(QString, expected);
        const std::optional<JsonSpot> spot = jsonAt(json, pointer);
        if (pointer.isEmpty()) {
            QVERIFY(spot);
            QCOMPARE(json.mid(spot->begin, spot->length), json.trimmed());
            return;
        }
        QCOMPARE(spot ? spot->text : u"-"_s, expected);
        if (spot && spot->kind != JsonSpot::Kind::String)
            QCOMPARE(QString::fromUtf8(json.mid(spot->begin, spot->length)), expected);
    }

    void scalarsAndRubbishAreRead()
    {
        QCOMPARE(jsonAt("3", "")->number, 3.0);
        QCOMPARE(jsonAt(" \"x\" ", "")->text, u"x"_s);
        for (const QByteArray &bad : QByteArrayList{"", " ", "{", "[1,", "{\"a\":}", "nul", "\xff\xfe", "1 2", "]["})
            QVERIFY2(!jsonAt(bad, "") && !jsonAt(bad, "/a"), bad.constData());
        QVERIFY(!jsonAt("{\"a\":1}", "a"));
        QVERIFY(!jsonAt("{\"a\":1}", "/a~"));
        QVERIFY(!jsonAt(QByteArray(100'000, '['), "/0"));
    }

    void jsonIsRewrittenInPlace()
    {
        const QByteArray json = "{ \"a\":1.0,\n  \"b\": {\"c\": [1,2 , 3]} }";
        QCOMPARE(*withJsonAt(json, "/a", "2"), "{ \"a\":2,\n  \"b\": {\"c\": [1,2 , 3]} }");
        QCOMPARE(*withJsonAt(json, "/b/c", "null"), "{ \"a\":1.0,\n  \"b\": {\"c\": null} }");
        QCOMPARE(*withJsonAt(json, "/b/d~1e", "\"x\""), "{ \"a\":1.0,\n  \"b\": {\"d/e\": \"x\", \"c\": [1,2 , 3]} }");
        QCOMPARE(*withJsonAt("{}", "/a", "1"), "{\"a\": 1}");
        QCOMPARE(*withJsonAt(json, "", "7"), "7");
        QVERIFY(!withJsonAt(json, "/x/y", "1"));
        QVERIFY(!withJsonAt(json, "/b/c/7", "1"));
        QVERIFY(!withJsonAt("rubbish", "/a", "1"));
        QCOMPARE(*withoutJsonAt(json, "/a"), "{\"b\": {\"c\": [1,2 , 3]} }");
        QCOMPARE(*withoutJsonAt(json, "/b"), "{ \"a\":1.0}");
        QCOMPARE(*withoutJsonAt(json, "/b/c/0"), "{ \"a\":1.0,\n  \"b\": {\"c\": [2 , 3]} }");
        QCOMPARE(*withoutJsonAt(json, "/b/c/1"), "{ \"a\":1.0,\n  \"b\": {\"c\": [1, 3]} }");
        QCOMPARE(*withoutJsonAt(json, "/b/c/2"), "{ \"a\":1.0,\n  \"b\": {\"c\": [1,2]} }");
        QVERIFY(withoutJsonAt("{\"a\\\"\\\\\": 1}", "/a\"\\"));
        QCOMPARE(*withoutJsonAt("{\"a\\\"\\\\\": 1}", "/a\"\\"), "{}");
        QVERIFY(!withoutJsonAt(json, "/x"));
        QVERIFY(!withoutJsonAt(json, ""));
    }
};

PARALLAX_TEST_MAIN(TestReplayAddress)
#include "tst_replay_address.moc"
