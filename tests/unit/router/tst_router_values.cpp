// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts: bodies looked into, paths joined, rows assigned, lines of the log, the breaker.
#include "router/accesslog.h"
#include "router/assignment.h"
#include "router/bodyrecorder.h"
#include "router/bodyscan.h"
#include "router/errors.h"
#include "router/forwarding.h"
#include "router/mirrorlane.h"
#include "support/testmain.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;

namespace {

/// JSON written with single quotes: moc 6.4 does not read raw strings.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

router::EndpointEntry splitBy(const QString &key, const QList<int> &weights = {1, 1})
{
    router::EndpointEntry endpoint;
    endpoint.name = u"price"_s;
    endpoint.local.suppliedKey = key;
    for (const int weight : weights) {
        router::BackendEntry backend;
        backend.label = u"split_%1"_s.arg(endpoint.backends.size() + 1);
        backend.weight = weight;
        endpoint.backends.push_back(std::move(backend));
    }
    return endpoint;
}

} // namespace

class TestRouterValues : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void webhooksAreCutWithMinimalChange_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *body, const char *expected) {
            QTest::newRow(name) << json(body) << json(expected);
        };
        row("none", "{'data': 1}", "{'data': 1}");
        row("first", "{ 'response_webhook': 'h', 'data': 1 }", "{ 'data': 1 }");
        row("last", "{'data': 1, 'response_webhook' : 'h' }", "{'data': 1 }");
        row("middle", "{'a':[1,{'response_webhook':2}] , 'response_webhook':'x', 'b':2}",
            "{'a':[1,{'response_webhook':2}], 'b':2}");
        row("all", "{'response_webhook':'x','response_webhook_ignore_timeout':true}", "{}");
        row("two first", "{'response_webhook':'x','response_webhook_ignore_timeout':true,\n'd':1}", "{'d':1}");
        row("around", "{'response_webhook':1,'d':1,'response_webhook':2}", "{'d':1}");
        row("escaped key", "{'d':1,'response\\u005fwebhook':'x'}", "{'d':1}");
        row("quotes inside", "{'response_webhook':'a\\'}, \\\\','d':'\\\\'}", "{'d':'\\\\'}");
        row("as a value", "{'d':'response_webhook'}", "{'d':'response_webhook'}");
        row("no object", "['response_webhook']", "['response_webhook']");
        row("cut short", "{'response_webhook':'x', 'd'", "{'response_webhook':'x', 'd'");
        row("deep", "{'response_webhook':[[[[]]]],'d':{}}", "{'d':{}}");
    }
    void webhooksAreCutWithMinimalChange()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE(router::withoutCuts(body, router::scanBody(body).webhooks), expected);
    }

    void scanningSurvivesAnything()
    {
        QCOMPARE(*router::scanBody(json("{'timeout_seconds': 7}")).timeoutSeconds, 7);
        for (const char *bad : {"{'timeout_seconds': 0}", "{'timeout_seconds': 1.5}", "{'timeout_seconds': '7'}",
                                "{'timeout_seconds': -1}", "{'a': {'timeout_seconds': 7}}", "{'timeout_seconds'"})
            QVERIFY2(!router::scanBody(json(bad)).timeoutSeconds, bad);
        QByteArray nul = json("{'a\\\\': [") + QByteArray(1, '\0') + "]}";
        (void)router::scanBody(nul);
        (void)router::scanBody(QByteArray(json("{'response_webhook':") + QByteArray(100'000, '[')));
        const QByteArray whole = json("{'response_webhook': {'a': ['\\u00e9', -1e5, null]}, 'timeout_seconds': 3}");
        for (qsizetype i = 0; i <= whole.size(); ++i)
            QVERIFY(router::withoutCuts(whole.left(i), router::scanBody(whole.left(i)).webhooks).size() <= i);
    }

    void pathsAreJoinedByOneSlash_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("rest");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("both") << QByteArray("/a/") << QByteArray("b/c") << QByteArray("/a/b/c");
        QTest::newRow("none") << QByteArray("/a") << QByteArray("b") << QByteArray("/a/b");
        QTest::newRow("nothing") << QByteArray("/a") << QByteArray("") << QByteArray("/a");
        QTest::newRow("inside") << QByteArray("/a") << QByteArray("/b//c/") << QByteArray("/a/b//c/");
        QTest::newRow("query") << QByteArray("/a") << QByteArray("b?x=1") << QByteArray("/a/b?x=1");
        QTest::newRow("only query") << QByteArray("/a") << QByteArray("?x=1") << QByteArray("/a?x=1");
        QTest::newRow("two queries") << QByteArray("/a?k=2") << QByteArray("b?x=1") << QByteArray("/a/b?k=2&x=1");
        QTest::newRow("own query") << QByteArray("/a?k=2") << QByteArray("b") << QByteArray("/a/b?k=2");
    }
    void pathsAreJoinedByOneSlash()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, rest);
        QTEST(router::joinedPath(path, rest), "expected");
        QCOMPARE(router::joinedPath(path, std::nullopt), path);
    }

    void loopsAreSeen_21()
    {
        QVERIFY(!router::isLooping({{"Via", "1.1 a, 1.0 b"}}, "parallax-1"));
        QVERIFY(router::isLooping({{"via", "1.1 a, 1.1 parallax-1 (x)"}}, "parallax-1"));
        QVERIFY(router::isLooping({{"via", QByteArray("1.1 a,").repeated(30)}}, "parallax-1"));
    }

    void keysFindTheirBackend()
    {
        // MD5("price-alice") and so on, worked out by hand.
        const router::EndpointEntry even = splitBy(u"user"_s);
        for (const QString &value : {u"alice"_s, u"bob"_s, u"17"_s, u""_s}) {
            const QByteArray salted = "price-" + value.toUtf8();
            const QByteArray hash = QCryptographicHash::hash(salted, QCryptographicHash::Md5).toHex();
            const quint32 shard = hash.left(8).toUInt(nullptr, 16) % 10'000;
            QCOMPARE(router::backendForKey(even, value), shard < 5'000 ? 0U : 1U);
        }
        QCOMPARE(router::backendForKey(splitBy(u"user"_s, {0, 1}), u"alice"_s), 1U);
        QCOMPARE(router::backendForKey(splitBy(u"user"_s, {1, 0}), u"alice"_s), 0U);
        const router::EndpointEntry uneven = splitBy(u"user"_s, {1, 3});
        int first = 0;
        for (int i = 0; i < 4'000; ++i)
            first += router::backendForKey(uneven, QString::number(i)) == 0 ? 1 : 0;
        QVERIFY2(first > 900 && first < 1'100, qPrintable(QString::number(first)));
    }

    void keysAreReadWhereTheyMayStand_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("value"); ///< the key's; null = missing
        const auto row = [](const char *name, const char *body, const QString &value) {
            QTest::newRow(name) << json(body) << value;
        };
        row("in the object", "{'data': {'user': 'alice', 'x': 1}}", u"alice"_s);
        row("positional", "{'data': [5, 'alice']}", u"alice"_s);
        row("sibling", "{'data': 5, 'user': 'alice'}", u"alice"_s);
        row("number", "{'data': {'user': 17.0}}", u"17"_s);
        row("exponent", "{'data': {'user': 1.7e1}}", u"17"_s);
        row("huge", "{'data': {'user': 90071992547409931}}", u"90071992547409931"_s);
        row("fraction", "{'data': {'user': 0.10}}", u"0.10"_s);
        row("bool", "{'data': {'user': true}}", u"true"_s);
        row("escaped", "{'data': {'us\\u0065r': '\\u0061lice'}}", u"alice"_s);
        row("null", "{'data': {'user': null}}", QString());
        row("container", "{'data': {'user': [1]}}", QString());
        row("absent", "{'data': {'x': 1}}", QString());
    }
    void keysAreReadWhereTheyMayStand()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, value);
        router::EndpointEntry endpoint = splitBy(u"user"_s, QList<int>(50, 1));
        endpoint.local.argumentNames = {u"age"_s, u"user"_s};
        const auto assignment = router::assignRows(body, endpoint);
        if (value.isNull()) {
            QVERIFY(!assignment);
            QCOMPARE(assignment.error().code, router::kMissingKey);
            return;
        }
        VERIFY_OK(assignment);
        QCOMPARE(assignment->parts.size(), 1U);
        QCOMPARE(assignment->parts[0].backend, router::backendForKey(endpoint, value));
        QCOMPARE(assignment->parts[0].body, body);
        endpoint.local.suppliedKey = u"a.b"_s;
        VERIFY_OK(router::assignRows(json("{'data': {'a': {'b': 1}}}"), endpoint));
        for (const char *bad : {"", "no", "[1]", "{'x': 1}", "{'data': [[1, 2], 3]}", "{'data': [[1, 2], []]}"})
            QVERIFY2(!router::assignRows(json(bad), endpoint), bad);
    }

    void batchesAreTakenApartAndPutTogether()
    {
        const router::EndpointEntry endpoint = splitBy(u"user"_s);
        QStringList first;
        QStringList second;
        for (int i = 0; first.size() < 2 || second.size() < 2; ++i)
            (router::backendForKey(endpoint, QString::number(i)) == 0 ? first : second).append(QString::number(i));
        const auto row = [](const char *id, const QString &user) {
            return json(QByteArray("[") + id + ", {'user': '" + user.toUtf8() + "', 'n': 1.50}]");
        };
        const QByteArray a = row("1", second[0]);
        const QByteArray b = row("'x'", first[0]);
        const QByteArray c = row("3", second[1]);
        const QByteArray body = json("{ 'timeout_seconds': 9, 'data' : [") + a + " ,\n" + b + "," + c + "] }";
        const auto assignment = router::assignRows(body, endpoint);
        VERIFY_OK(assignment);
        QCOMPARE(assignment->parts.size(), 2U);
        QCOMPARE(assignment->parts[0].backend, 1U);
        QCOMPARE(assignment->parts[0].body, json("{ 'timeout_seconds': 9, 'data' : [") + a + ", " + c + "] }");
        QCOMPARE(assignment->parts[1].body, json("{ 'timeout_seconds': 9, 'data' : [") + b + "] }");
        // Rows come back in another order, and numbers as they were written.
        QCOMPARE(router::mergedAnswer(*assignment,
                                      {json("{'data': [[3, 0.30],[1, 1e1]], 'extra': 1}"), json("{'data':[['x',2]]}")}),
                 json("{'data': [[1, 1e1], ['x',2], [3, 0.30]]}"));
        QVERIFY(router::mergedAnswer(*assignment, {json("{'data': [[3, 0.3]]}"), json("{'data':[['x',2]]}")}).isNull());
        QVERIFY(router::mergedAnswer(*assignment, {json("{'data': 5}"), json("{'data':[['x',2]]}")}).isNull());
    }

    void logLinesHaveTheServicesFields_20()
    {
        traffic::Exchange exchange;
        exchange.requestId = u"r-1"_s;
        exchange.endpoint = u"price"_s;
        exchange.arrival = WallTime(1'715'523'686'120ms);
        exchange.body = traffic::Body::whole(json("{'data': [[7, 'a\x1b[0m\xe2\x80\xa8', 2], [8, 'b', 3]]}"));
        traffic::Reply &reply = exchange.primary;
        reply.name = u"alias"_s;
        reply.deployment = u"m"_s;
        reply.branch = u"main"_s;
        reply.version = u"7"_s;
        reply.state = traffic::AnswerState::Complete;
        reply.status = 200;
        reply.timings = {1ms, 2ms, 50ms, 63ms};
        reply.body = traffic::Body::whole(json("{'data': [[7, 0.5], [8, 0.25]]}"));
        const QByteArray text = router::logLine(exchange, reply, 0);
        QVERIFY(!text.contains('\x1b') && !text.contains("\xe2\x80\xa8") && !text.contains('\n'));
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        QCOMPARE(line.value(u"batchId"_s), u"r-1.0"_s);
        QCOMPARE(line.value(u"deploymentVersion"_s), u"7"_s);
        QVERIFY(line.value(u"alias"_s).isNull());
        QCOMPARE(line.value(u"batchStartTs"_s).toInteger(), 1'715'523'686'121);
        QCOMPARE(line.value(u"batchDurationMs"_s).toInt(), 62);
        QCOMPARE(line.value(u"totalDeploymentRuntimeMs"_s).toInt(), 61);
        QCOMPARE(line.value(u"resultCount"_s).toInt(), 2);
        QCOMPARE(line.value(u"results"_s).toArray()[1].toObject().value(u"inputs"_s), (QJsonArray{u"b"_s, 3}));
        QCOMPARE(line.value(u"results"_s).toArray()[1].toObject().value(u"output"_s), 0.25);
        QVERIFY(line.value(u"error"_s).isNull());
        QCOMPARE(line.value(u"backend"_s), u"alias"_s);

        reply.state = traffic::AnswerState::Dropped;
        reply.dropReason = traffic::DropReason::QueueFull;
        reply.version = u"latest"_s;
        reply.timings = {};
        const QJsonObject dropped = QJsonDocument::fromJson(router::logLine(exchange, reply, 1)).object();
        QCOMPARE(dropped.value(u"error"_s), u"dropped: queue-full"_s);
        QCOMPARE(dropped.value(u"alias"_s), u"latest"_s);
        QCOMPARE(dropped.value(u"resultCount"_s).toInt(), 0);
        QVERIFY(dropped.value(u"batchEndTs"_s).isNull());
    }

    void theLogIsWrittenMaskedAndPrivate_24()
    {
        const QString path = test::freshFolder(u"log"_s) + u"/access.log"_s;
        auto exchange = std::make_shared<traffic::Exchange>();
        exchange->requestId = u"r"_s;
        exchange->body = traffic::Body::whole(json("{'data': {'password': 'canary-1', 'x': 2}}"));
        exchange->primary.state = traffic::AnswerState::Complete;
        exchange->primary.status = 200;
        exchange->primary.body = traffic::Body::whole(json("{'data': {'api_key': 'canary-2'}}"));
        exchange->mirrors.resize(2);
        exchange->mirrors[0].state = traffic::AnswerState::Failed;
        {
            auto log = router::AccessLog::open(path, {});
            VERIFY_OK(log);
            (*log)->answered(exchange);
            (*log)->mirrorAnswered(exchange, 1);
            (*log)->finished(exchange);
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 3);
        QVERIFY(!text.contains("canary"));
        QVERIFY(text.contains("redacted"));
        QCOMPARE(file.permissions() & (QFileDevice::ReadOther | QFileDevice::ReadGroup), QFileDevice::Permissions());
        QVERIFY(!router::AccessLog::open(u"/nowhere/x.log"_s, {}));
    }

    void theBreakerCountsAndDoubles()
    {
        router::BreakerOptions options;
        options.failures = 2;
        options.serverErrors = 3;
        options.pause = 100ms;
        options.longestPause = 300ms;
        router::CircuitBreaker breaker(options);
        using Result = router::CircuitBreaker::Result;
        MonotonicTime now{};
        breaker.record(Result::Failure, now);
        breaker.record(Result::Answered, now);
        breaker.record(Result::Failure, now);
        QVERIFY(breaker.admits(now));
        breaker.record(Result::Failure, now);
        QVERIFY(!breaker.admits(now + 99ms));
        now += 100ms;
        QVERIFY(breaker.admits(now));
        QVERIFY(!breaker.admits(now));      // one probe at a time
        breaker.record(Result::Given, now); // its caller was stopped: the next one probes
        QVERIFY(breaker.admits(now));
        breaker.record(Result::Failure, now);
        QVERIFY(!breaker.admits(now + 199ms));
        now += 200ms;
        QVERIFY(breaker.admits(now));
        breaker.record(Result::Failure, now);
        QVERIFY(!breaker.admits(now + 299ms));
        now += 300ms; // not 400
        QVERIFY(breaker.admits(now));
        breaker.record(Result::Answered, now);
        QCOMPARE(int(breaker.state()), int(router::BreakerState::Closed));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(breaker.admits(now));
            breaker.record(Result::ServerError, now);
        }
        QVERIFY(!breaker.admits(now));
        options.isEnabled = false;
        router::CircuitBreaker never(options);
        for (int i = 0; i < 9; ++i)
            never.record(Result::Failure, now);
        QVERIFY(never.admits(now));
    }
};

PARALLAX_TEST_MAIN(TestRouterValues)
#include "tst_router_values.moc"
