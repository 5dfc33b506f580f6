// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/routingtable.h"
#include "router/statistics.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using endpoints::DeploymentRef;
using router::RoutingTable;

namespace {

Result<targets::Upstream> lookUp(const DeploymentRef &ref)
{
    if (ref.name == "gone"_L1)
        return fail(ErrorCode{"test-none"}, {{u"deployment"_s, ref.toString()}});
    targets::Upstream upstream;
    upstream.host = u"127.0.0.1"_s;
    upstream.port = 9;
    upstream.path = '/' + ref.toString().toUtf8();
    return upstream;
}

endpoints::Endpoint aliasOf(const QString &name, const QString &deployment)
{
    endpoints::Endpoint endpoint;
    endpoint.name = name;
    endpoint.backends.append({u"alias"_s, {deployment, u"main"_s, {}}, {}});
    return endpoint;
}

} // namespace

class TestRouterTable : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void endpointsAreResolved()
    {
        endpoints::Endpoint split = aliasOf(u"split"_s, u"a"_s);
        split.backends.append({u"other"_s, {u"gone"_s, u"main"_s, {}}, 3});
        split.mirrors.append({u"mirror_1"_s, {u"b"_s, u"feat/x"_s, endpoints::Version::number(4)}});
        const auto table = RoutingTable::build({{split}, {}, {}, lookUp});
        const router::EndpointEntry *entry = table->findEndpoint(u"split");
        QVERIFY(entry != nullptr);
        QCOMPARE(entry->backends.size(), 2U);
        QCOMPARE(entry->backends[0].target.upstream->path, QByteArray("/a@main:latest"));
        QCOMPARE(entry->backends[0].weight, 1);
        QCOMPARE(entry->backends[1].weight, 3);
        QVERIFY(!entry->backends[1].target.upstream);
        QCOMPARE(entry->mirrors[0].target.upstream->path, QByteArray("/b@feat/x:4"));
        QCOMPARE(table->findEndpoint(u"none"), nullptr);
    }

    void endpointsMayBeNamedWithTheirBranch()
    {
        RoutingTable::Input input{{aliasOf(u"e"_s, u"m"_s)}, {}, {}, lookUp, u"feat/x"_s};
        const auto table = RoutingTable::build(input);
        const router::EndpointEntry *endpoint = table->findEndpoint(u"e");
        QVERIFY(endpoint != nullptr);
        QCOMPARE(table->findEndpointAt(u"e"_s), endpoint);
        QCOMPARE(table->findEndpointAt(u"e/feat~x"_s), endpoint);
        QCOMPARE(table->findEndpointAt(u"e/feat/x"_s), endpoint);
        for (const QString &other : {u"e/"_s, u"e/main"_s, u"e/feat~x/1"_s, u"f/feat~x"_s, u"/feat~x"_s, QString()})
            QCOMPARE(table->findEndpointAt(other), nullptr);
        input.branch.clear();
        QCOMPARE(RoutingTable::build(input)->findEndpointAt(u"e/"_s), nullptr);
    }

    void staticBackendsAskNobody()
    {
        router::LocalSettings local;
        local.staticValues.insert(u"alias"_s, 41.5);
        const auto table = RoutingTable::build({{aliasOf(u"e"_s, u"gone"_s)}, {{u"e"_s, local}}, {}, lookUp});
        QCOMPARE(table->findEndpoint(u"e")->backends[0].staticValue, QJsonValue(41.5));
        QVERIFY(table->findEndpoint(u"e")->backends[0].target.upstream.has_value());
    }

    void routesMatchByTheLongestPrefix()
    {
        const auto withRoute = [](const QByteArray &prefix) {
            router::LocalSettings local;
            local.route = router::RouteSettings{prefix, {"GET"}};
            return local;
        };
        const auto table =
            RoutingTable::build({{aliasOf(u"root"_s, u"a"_s), aliasOf(u"deep"_s, u"a"_s), aliasOf(u"plain"_s, u"a"_s)},
                                 {{u"root"_s, withRoute("/")}, {u"deep"_s, withRoute("/models/x/")}},
                                 {},
                                 lookUp});
        const auto match = [&](const char *target) {
            const auto found = table->matchRoute(target);
            return found.endpoint == nullptr ? u"-"_s
                                             : QString(found.endpoint->name + u'|' + QString::fromLatin1(found.rest));
        };
        QCOMPARE(match("/"), u"root|"_s);
        QCOMPARE(match("/models/x"), u"deep|"_s);
        QCOMPARE(match("/models/x?a=1"), u"deep|?a=1"_s);
        QCOMPARE(match("/models/x/predict//y?q"), u"deep|predict//y?q"_s);
        QCOMPARE(match("/models/xy"), u"root|models/xy"_s);
        QVERIFY(RoutingTable::build({})->matchRoute("/").endpoint == nullptr);
    }

    void deploymentUrlsFollowTheirOrder()
    {
        const auto table = RoutingTable::build({{},
                                                {},
                                                {{u"m"_s, u"main"_s, {u"1"_s, u"2"_s, u"official"_s}},
                                                 {u"m"_s, u"feat/x"_s, {u"1"_s}},
                                                 {u"m"_s, u"official"_s, {}}},
                                                lookUp});
        const auto find = [&](const QStringList &segments) {
            const router::Target *target = table->findDeployment(u"m", segments);
            return target == nullptr ? QString() : target->deployment.toString();
        };
        QVERIFY(table->knowsDeployment(u"m"));
        QVERIFY(!table->knowsDeployment(u"n"));
        QCOMPARE(find({u"latest"_s}), u"m@main:latest"_s);
        QCOMPARE(find({u"2"_s}), u"m@main:2"_s);
        QCOMPARE(find({u"official"_s}), u"m@main:official"_s);
        QCOMPARE(find({u"feat~x"_s}), u"m@feat/x:latest"_s);
        QCOMPARE(find({u"feat~x"_s, u"1"_s}), u"m@feat/x:1"_s);
        QCOMPARE(find({u"official"_s, u"latest"_s}), u"m@official:latest"_s);
        QCOMPARE(find({u"3"_s}), QString());
        QCOMPARE(find({u"feat~x"_s, u"2"_s}), QString());
        QCOMPARE(find({}), QString());
        QCOMPARE(find({u"main"_s, u"1"_s, u"x"_s}), QString());
    }

    void statisticsAddUp()
    {
        router::Statistics a;
        router::Statistics b;
        const auto slot = a.slot({u"e"_s, u"mirror_1"_s, true});
        QCOMPARE(a.slot({u"e"_s, u"mirror_1"_s, true}), slot);
        QVERIFY(a.slot({u"e"_s, u"mirror_1"_s, false}) != slot);
        a.ended(slot, router::CallOutcome::Ok, traffic::DropReason::None, Nanoseconds(1'000));
        a.ended(slot, router::CallOutcome::Dropped, traffic::DropReason::QueueFull, Nanoseconds(-1));
        b.ended(b.slot({u"e"_s, u"mirror_1"_s, true}), router::CallOutcome::Error, traffic::DropReason::None,
                Nanoseconds(3'000));
        a.requestStarted();
        const auto sum = router::Statistics::sum({a.snapshot(), b.snapshot()});
        QCOMPARE(sum.requests, 1U);
        QCOMPARE(sum.inFlight, 1);
        QCOMPARE(sum.targets.size(), 2U);
        QCOMPARE(sum.targets[0].total(), 3U);
        QCOMPARE(sum.targets[0].latency.count(), 2);
        QCOMPARE(sum.targets[0].dropped[std::size_t(traffic::DropReason::QueueFull)], 1U);
    }
};

PARALLAX_TEST_MAIN(TestRouterTable)
#include "tst_router_table.moc"
