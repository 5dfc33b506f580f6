// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The router behind its port; hostile callers and lying targets are in tst_router_threats.
#include "router/errors.h"
#include "runningrouter.h"
#include "support/testmain.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using router::Router;
using router::RouterOptions;
using test::errorOf;
using test::FakeUpstream;
using test::RawClient;
using test::Running;
using traffic::AnswerState;

class TestRouterRouter : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithThePrimarysBytes()
    {
        Running running;
        FakeUpstream mirror(FakeUpstream::hanging());
        running.upstream.setAnswer([](const auto &) {
            return FakeUpstream::Answer{
                FakeUpstream::ok("{\"data\": 1 }", "X-Own: a\r\nConnection: X-Gone\r\nX-Gone: 1\r\n")};
        });
        running.table.deployment(u"b"_s, mirror.port());
        QVERIFY(running.start({u"b"_s}));
        QCOMPARE(running.router.url(), u"http://127.0.0.1:%1"_s.arg(running.port()));
        RawClient client(running.port());
        client.send(running.post("{\"data\": 5}"));
        QVERIFY(client.waitFor("{\"data\": 1 }"));
        QCOMPARE(client.status(), 200);
        QVERIFY(client.received().contains("X-Own: a\r\n"));
        QVERIFY(!client.received().contains("X-Gone"));
        QVERIFY(client.received().contains("x-mb-batch-id: "));
        QVERIFY(client.received().contains("x-parallax-request-id: "));
        QVERIFY(client.received().contains("Content-Length: 12\r\n"));
        QCOMPARE(running.upstream.requests().front().body, QByteArray("{\"data\": 5}"));
        QTRY_COMPARE(running.sink.answered().size(), 1U);
        QCOMPARE(traffic::toString(running.sink.answered().front()->mirrors[0].state), u"pending"_s);
        // The connection stays open, the hung mirror notwithstanding.
        client.clear();
        client.send(running.post("{\"data\": 6}"));
        QVERIFY(client.waitFor("{\"data\": 1 }"));
        QCOMPARE(running.router.statistics().requests, 2U);
        QCOMPARE(running.router.statistics().connections, 1);
    }

    void ownBatchIdsAreKept()
    {
        Running running;
        running.upstream.setAnswer(
            [](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("{}", "X-MB-Batch-Id: theirs\r\n")}; });
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("{}"));
        QCOMPARE(client.received().toLower().count("x-mb-batch-id"), 1);
        QVERIFY(client.received().contains("theirs"));
    }

    void allowedNamesAndOriginsPass()
    {
        Running running;
        running.options.allowedNames = {u"Models.Example"_s};
        running.options.allowedOrigins = {u"https://app.example/"_s};
        QVERIFY(running.start());
        const auto status = [&](const QByteArray &host, const QByteArray &fields) {
            RawClient client(running.port());
            client.send("POST /v1/endpoint/e HTTP/1.1\r\nHost: " + host + "\r\n" + fields +
                        "Content-Length: 2\r\n\r\n{}");
            [[maybe_unused]] const bool came = client.waitFor("\r\n\r\n");
            return client.status();
        };
        QCOMPARE(status("models.example:80", {}), 200);
        QCOMPARE(status("localhost:1", {}), 200);
        QCOMPARE(status("[::1]", {}), 200);
        QCOMPARE(status("localhost", "Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n"), 200);
        QCOMPARE(status("localhost", "Origin: http://localhost\r\n"), 200);
        QCOMPARE(status("localhost", "Sec-Fetch-Site: none\r\n"), 200);
        QCOMPARE(status("localhost", "Origin: https://app.example.evil\r\n"), 403);
    }

    void pipelinedRequestsAreAnsweredInOrder_10()
    {
        Running running;
        int count = 0;
        running.upstream.setAnswer([&count](const auto &request) {
            return FakeUpstream::Answer{FakeUpstream::ok(request.body), ++count % 20 == 0 ? 5 : 0};
        });
        QVERIFY(running.start());
        QByteArray all;
        for (int i = 0; i < 100; ++i)
            all += running.post("<" + QByteArray::number(i) + ">");
        RawClient client(running.port());
        client.send(all);
        QVERIFY(client.waitFor("HTTP/1.1 200", 100, 20'000));
        QVERIFY(client.waitFor("<99>"));
        qsizetype at = -1;
        for (int i = 0; i < 100; ++i) {
            const qsizetype next = client.received().indexOf(QByteArray("<" + QByteArray::number(i) + ">"), at + 1);
            QVERIFY(next > at);
            at = next;
        }
    }

    void expectedBodiesAreAskedFor_11()
    {
        Running running;
        FakeUpstream mirror;
        running.table.deployment(u"b"_s, mirror.port());
        QVERIFY(running.start({u"b"_s}));
        RawClient client(running.port());
        client.send("POST /v1/endpoint/e HTTP/1.1\r\n" + running.host() +
                    "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QVERIFY(client.waitFor("HTTP/1.1 100 Continue\r\n\r\n"));
        QVERIFY(running.upstream.requests().empty());
        client.send("{}");
        QVERIFY(client.waitFor("HTTP/1.1 200"));
        QTRY_COMPARE(mirror.requests().size(), 1U);
        QVERIFY(mirror.requests().front().field("expect").isNull());

        RawClient refused(running.port());
        refused.send("POST /none HTTP/1.1\r\n" + running.host() + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QVERIFY(refused.waitFor("HTTP/1.1 404"));
        QVERIFY(!refused.received().contains("100 Continue"));
        QVERIFY(refused.waitForClose());

        RawClient old(running.port());
        old.send("POST /v1/endpoint/e HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");
        QVERIFY(old.waitForClose());
        QVERIFY(old.received().startsWith("HTTP/1.1 200"));
    }

    void oldCallersGetNoChunks_12()
    {
        Running running;
        running.upstream.setAnswer([](const auto &) {
            return FakeUpstream::Answer{
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nX: y\r\n\r\n"};
        });
        QVERIFY(running.start());
        RawClient old(running.port());
        old.send("POST /v1/endpoint/e HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}");
        QVERIFY(old.waitForClose());
        QVERIFY(!old.received().contains("chunked"));
        QCOMPARE(old.body(), QByteArray("abc"));
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("0\r\n\r\n"));
        QVERIFY(client.received().contains("Transfer-Encoding: chunked\r\n"));
        QCOMPARE(client.body(), QByteArray("3\r\nabc\r\n0\r\n\r\n"));
    }

    void headHasNoBody()
    {
        Running running;
        running.route();
        running.upstream.setAnswer(
            [](const auto &) { return FakeUpstream::Answer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}; });
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send("HEAD /x/y?q=1 HTTP/1.1\r\n" + running.host() + "\r\nGET /-/healthz HTTP/1.1\r\n" + running.host() +
                    "\r\n");
        QVERIFY(client.waitFor("HTTP/1.1 200", 2));
        QVERIFY(client.received().contains("Content-Length: 5\r\n"));
        QCOMPARE(running.upstream.requests().front().requestLine(), QByteArray("HEAD /a/x/y?q=1 HTTP/1.1"));
    }

    void deploymentUrlsAndRoutes()
    {
        Running running;
        running.route("/serve");
        running.table.input.deployments = {{u"a"_s, u"main"_s, {u"2"_s}}, {u"gone"_s, u"main"_s, {}}};
        QVERIFY(running.start());
        const auto ask = [&](const QByteArray &line) {
            RawClient client(running.port());
            client.send(line + " HTTP/1.1\r\n" + running.host() + "Content-Length: 0\r\n\r\n");
            [[maybe_unused]] const bool came = client.waitFor("\r\n\r\n");
            return client.status();
        };
        QCOMPARE(ask("POST /v1/a/latest"), 200);
        QCOMPARE(ask("POST /v1/a/2"), 200);
        QCOMPARE(ask("POST /v1/a/main/latest"), 200);
        QCOMPARE(ask("POST /v1/a/7"), 404);
        QCOMPARE(ask("GET /v1/a/latest"), 405);
        QCOMPARE(ask("POST /v1/gone/latest"), 502);
        QCOMPARE(ask("POST /v1/none/latest"), 404);
        QCOMPARE(ask("GET /serve/v2/models?x=%2F"), 200);
        QCOMPARE(running.upstream.requests().back().requestLine(), QByteArray("GET /a/v2/models?x=%2F HTTP/1.1"));
        QCOMPARE(ask("PROPFIND /serve"), 405);
        QTRY_COMPARE(running.sink.finished().size(), 5U);
        QCOMPARE(running.sink.finished().front()->primary.version, u"latest"_s);
    }

    void chunkedBodiesAreForwardedWithoutExtensions_4()
    {
        Running running;
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send("POST /v1/endpoint/e HTTP/1.1\r\n" + running.host() +
                    "Transfer-Encoding: chunked\r\n\r\n3;a=\"b;c\"\r\n{\"d\r\n4\r\n\":1}\r\n0\r\nX-Trailer: 1\r\n\r\n");
        QVERIFY(client.waitFor("HTTP/1.1 200"));
        QCOMPARE(running.upstream.requests().front().body, QByteArray("{\"d\":1}"));
        QVERIFY(!running.upstream.requests().front().head.contains("Trailer"));
    }

    void longBodiesStreamThroughAndAreRecorded()
    {
        Running running;
        FakeUpstream mirror;
        running.table.deployment(u"b"_s, mirror.port());
        running.upstream.setAnswer(
            [](const auto &request) { return FakeUpstream::Answer{FakeUpstream::ok(request.body)}; });
        QVERIFY(running.start({u"b"_s}));
        QByteArray body(5'000'000, 'x');
        for (qsizetype i = 0; i < body.size(); i += 1000)
            body[i] = static_cast<char>('a' + i / 1000 % 26);
        RawClient client(running.port());
        client.send(running.post(body));
        QTRY_COMPARE_WITH_TIMEOUT(client.body().size(), body.size(), 20'000);
        QCOMPARE(client.body(), body);
        QTRY_COMPARE(running.sink.finished().size(), 1U);
        const traffic::Exchange &exchange = *running.sink.finished().front();
        QCOMPARE(exchange.body.bytes, body);
        QCOMPARE(exchange.primary.body.bytes, body);
        QCOMPARE(mirror.requests().front().body, body);
        QCOMPARE(running.upstream.requests().front().field("content-length"), QByteArray::number(body.size()));

        QByteArray chunks;
        for (qsizetype i = 0; i < body.size(); i += 250'000)
            chunks += QByteArray::number(250'000, 16) + "\r\n" + body.mid(i, 250'000) + "\r\n";
        RawClient chunked(running.port());
        chunked.send("POST /v1/endpoint/e HTTP/1.1\r\n" + running.host() + "Transfer-Encoding: chunked\r\n\r\n" +
                     chunks + "0\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(chunked.body().size(), body.size(), 20'000);
        QCOMPARE(running.upstream.requests().back().body, body);
        QCOMPARE(running.upstream.requests().back().field("transfer-encoding"), QByteArray("chunked"));
        QTRY_COMPARE(mirror.requests().size(), 2U);
        QCOMPARE(mirror.requests().back().body, body);
    }

    void aMirrorThatLagsIsDropped()
    {
        Running running;
        QTcpServer deaf; // accepts in the system's queue and never reads
        deaf.listen(QHostAddress::LocalHost);
        deaf.pauseAccepting(); // or this thread's event loop takes the connection, whose socket reads without end
        running.table.deployment(u"b"_s, deaf.serverPort());
        running.options.engine.mirrorLagBytes = 2'000'000;
        QVERIFY(running.start({u"b"_s}));
        RawClient client(running.port());
        client.send(running.post(QByteArray(30'000'000, 'x')));
        QVERIFY(client.waitFor("HTTP/1.1 200", 1, 20'000));
        QTRY_COMPARE(running.sink.finished().size(), 1U);
        QCOMPARE(traffic::toString(running.sink.finished().front()->mirrors[0].dropReason), u"lag"_s);
        QCOMPARE(running.upstream.requests().front().body.size(), 30'000'000);
        QVERIFY(running.sink.finished().front()->body.isTruncated);
    }

    void answersStreamAsTheyCome()
    {
        Running running;
        running.upstream.setAnswer([](const auto &) {
            return FakeUpstream::Answer{"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: "
                                        "chunked\r\n\r\n8\r\ndata: 1\n\r\n"};
        });
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("data: 1\n"));
        QVERIFY(!client.received().contains("0\r\n\r\n"));
        client.socket().abort(); // 9: the caller leaves
        QTRY_COMPARE(running.sink.finished().size(), 1U);
        QVERIFY(running.sink.finished().front()->isClientAborted);
        QCOMPARE(traffic::toString(running.sink.finished().front()->primary.state), u"failed"_s);
    }

    void metricsAddUp()
    {
        Running running;
        FakeUpstream mirror([](const auto &) { return FakeUpstream::Answer{FakeUpstream::status(500, "{}")}; });
        running.table.deployment(u"b"_s, mirror.port());
        running.options.captureDropped = [] { return quint64(7); };
        QVERIFY(running.start({u"b"_s}));
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("HTTP/1.1 200"));
        QTRY_COMPARE(running.sink.finished().size(), 1U);
        client.clear();
        client.send("GET /-/metrics HTTP/1.1\r\n" + running.host() + "\r\n");
        QVERIFY(
            client.waitFor("parallax_answer_seconds_count{endpoint=\"e\",mirror=\"mirror_1\",role=\"mirror\"} 1\n"));
        for (const char *line :
             {"parallax_requests_total{endpoint=\"e\",backend=\"split_1\",outcome=\"ok\"} 1\n",
              "parallax_mirror_total{endpoint=\"e\",mirror=\"mirror_1\",outcome=\"error\"} 1\n",
              "parallax_mirror_dropped_total{endpoint=\"e\",mirror=\"mirror_1\",reason=\"queue-full\"} 0\n",
              "parallax_capture_dropped_total 7\n", "parallax_connections 1\n"})
            QVERIFY2(client.received().contains(line), line);
    }

    void logsAreTakenWithTheirSecretOnly()
    {
        Running running;
        QByteArray taken;
        running.options.modelbitLogs =
            RouterOptions::LogSink{[](QByteArrayView secret) { return secret == QByteArrayView("s"); },
                                   [&taken](const QByteArray &body) { return (taken = body) != "full"; }};
        QVERIFY(running.start());
        const auto send = [&running](const QByteArray &fields, const QByteArray &body) {
            RawClient client(running.port());
            client.send("POST /-/sink/modelbit HTTP/1.1\r\n" + running.host() + fields +
                        "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            return client.waitFor("\r\n\r\n") ? client.status() : 0;
        };
        QCOMPARE(send({}, "a"), 401);
        QCOMPARE(send("x-mb-webhook-secret: t\r\n", "a"), 401);
        QVERIFY(taken.isEmpty());
        QCOMPARE(send("x-mb-webhook-secret: s\r\n", "logs"), 200);
        QCOMPARE(taken, QByteArray("logs"));
        QCOMPARE(send("x-mb-webhook-secret: s\r\n", "full"), 503);
        RawClient client(running.port());
        client.send("GET /-/sink/modelbit HTTP/1.1\r\n" + running.host() + "\r\n");
        QVERIFY(client.waitFor("HTTP/1.1 405"));
        QVERIFY(running.sink.answered().empty());
    }

    void aPortInUseNamesItsOwner()
    {
        Running running;
        QVERIFY(running.start());
        SystemClock clock;
        Router second(clock, nullptr);
        RouterOptions options;
        options.port = running.port();
        QSignalSpy failed(&second, &Router::failed);
        second.start(options);
        QTRY_COMPARE(failed.count(), 1);
        const auto error = failed.front().front().value<Error>();
        QCOMPARE(second.state(), Router::State::Stopped);
#ifdef Q_OS_LINUX
        QCOMPARE(error.code, router::kPortInUse);
        QCOMPARE(error.args.value(u"pid"_s).toLongLong(), QCoreApplication::applicationPid());
        QVERIFY(error.args.value(u"process"_s).toString().startsWith(u"tst_router"));
#else
        QCOMPARE(error.code, router::kPortInUseUnknown);
#endif
        // It can be started again, elsewhere.
        options.port = 0;
        QSignalSpy started(&second, &Router::started);
        second.start(options);
        QTRY_COMPARE(started.count(), 1);
    }

    void stoppingDrains()
    {
        Running running;
        FakeUpstream mirror(FakeUpstream::hanging());
        running.upstream.setAnswer([](const auto &) {
            return FakeUpstream::Answer{FakeUpstream::ok("{\"data\":1}"), 200};
        });
        running.table.deployment(u"b"_s, mirror.port());
        running.options.drainMirrors = 100ms;
        running.options.threads = 2;
        QVERIFY(running.start({u"b"_s}));
        RawClient idle(running.port());
        RawClient client(running.port());
        client.send(running.post("{}"));
        QTRY_COMPARE(running.upstream.requests().size(), 1U);
        QSignalSpy stopped(&running.router, &Router::stopped);
        running.router.stop();
        QVERIFY(client.waitFor("{\"data\":1}"));
        QVERIFY(client.received().contains("Connection: close\r\n"));
        QVERIFY(idle.waitForClose());
        QTRY_COMPARE(stopped.count(), 1);
        QCOMPARE(running.sink.finished().size(), 1U);
        QCOMPARE(traffic::toString(running.sink.finished().front()->mirrors[0].dropReason), u"stopped"_s);
        QCOMPARE(running.router.port(), 0);
    }

    void tableChangesInterruptNothing()
    {
        Running running;
        FakeUpstream fresh([](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("new")}; });
        running.upstream.setAnswer([](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("old"), 150}; });
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send(running.post("{}"));
        QTRY_COMPARE(running.upstream.requests().size(), 1U);
        running.table.deployment(u"a"_s, fresh.port());
        running.router.setTable(running.table.build());
        QVERIFY(client.waitFor("old"));
        RawClient second(running.port());
        second.send(running.post("{}"));
        QVERIFY(second.waitFor("new"));
    }
};

PARALLAX_TEST_MAIN(TestRouterRouter)
#include "tst_router_router.moc"
