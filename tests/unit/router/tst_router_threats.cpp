// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the router does with hostile callers and lying targets. Names of tests and rows carry the number of the threat
// in docs/http-conformance.md they stand for.
#include "runningrouter.h"
#include "support/testmain.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using test::errorOf;
using test::FakeUpstream;
using test::RawClient;
using test::Running;

class TestRouterThreats : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void refusalsComeInTheirOrder_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray own = "Host: localhost\r\n";
        QTest::newRow("malformed before version") << QByteArray("GET / HTTP/9.9\r\nHost: a b\r\nx y\r\n\r\n") << 400;
        QTest::newRow("version before host") << QByteArray("GET / HTTP/9.9\r\nHost: evil.example\r\n\r\n") << 505;
        QTest::newRow("13 connect before host")
            << QByteArray("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n") << 405;
        QTest::newRow("14 trace") << QByteArray("TRACE / HTTP/1.1\r\n" + own + "\r\n") << 405;
        QTest::newRow("host before origin")
            << QByteArray("GET /none HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://x\r\n\r\n") << 421;
        QTest::newRow("origin before path")
            << QByteArray("GET /none HTTP/1.1\r\n" + own + "Origin: http://x\r\n\r\n") << 403;
        QTest::newRow("unknown path") << QByteArray("GET /none HTTP/1.1\r\n" + own + "\r\n") << 404;
        QTest::newRow("path before size")
            << QByteArray("POST /none HTTP/1.1\r\n" + own + "Content-Length: 999999999\r\n\r\n") << 404;
        QTest::newRow("unknown endpoint") << QByteArray("POST /v1/endpoint/none HTTP/1.1\r\n" + own + "\r\n") << 404;
        QTest::newRow("method before size")
            << QByteArray("PUT /v1/endpoint/e HTTP/1.1\r\n" + own + "Content-Length: 999999999\r\n\r\n") << 405;
        QTest::newRow("7 size") << QByteArray("POST /v1/endpoint/e HTTP/1.1\r\n" + own +
                                              "Content-Length: 999999999\r\n\r\n")
                                << 413;
        QTest::newRow("7 line") << QByteArray("GET /" + QByteArray(20'000, 'a') + " HTTP/1.1\r\n\r\n") << 414;
        QTest::newRow("7 header") << QByteArray("GET / HTTP/1.1\r\n" + own + "X: " + QByteArray(70'000, 'a') +
                                                "\r\n\r\n")
                                  << 431;
        QTest::newRow("7 fields") << QByteArray("GET / HTTP/1.1\r\n" + own + QByteArray("X: y\r\n").repeated(101) +
                                                "\r\n")
                                  << 431;
        QTest::newRow("11 expectation") << QByteArray("POST /v1/endpoint/e HTTP/1.1\r\n" + own +
                                                      "Expect: tea\r\nContent-Length: 2\r\n\r\n")
                                        << 417;
        QTest::newRow("13 absolute foreign")
            << QByteArray("GET http://169.254.169.254/ HTTP/1.1\r\n" + own + "\r\n") << 421;
        QTest::newRow("18 rebinding") << QByteArray("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n") << 421;
        QTest::newRow("18 nip.io") << QByteArray("GET / HTTP/1.1\r\nHost: 127.0.0.1.nip.io\r\n\r\n") << 421;
        QTest::newRow("18 trailing dot") << QByteArray("GET / HTTP/1.1\r\nHost: localhost.\r\n\r\n") << 421;
        QTest::newRow("18 other literal") << QByteArray("GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n") << 421;
        QTest::newRow("19 null origin") << QByteArray("POST /v1/endpoint/e HTTP/1.1\r\n" + own +
                                                      "Origin: null\r\nContent-Length: 0\r\n\r\n")
                                        << 403;
        QTest::newRow("19 cross-site") << QByteArray("GET / HTTP/1.1\r\n" + own + "Sec-Fetch-Site: cross-site\r\n\r\n")
                                       << 403;
        QTest::newRow("19 same-site") << QByteArray("GET / HTTP/1.1\r\n" + own + "Sec-Fetch-Site: same-site\r\n\r\n")
                                      << 403;
        QTest::newRow("19 preflight") << QByteArray("OPTIONS /v1/endpoint/e HTTP/1.1\r\n" + own +
                                                    "Origin: http://x\r\nAccess-Control-Request-Method: POST\r\n\r\n")
                                      << 403;
        QTest::newRow("options") << QByteArray("OPTIONS /v1/endpoint/e HTTP/1.1\r\n" + own + "\r\n") << 204;
        QTest::newRow("options of all") << QByteArray("OPTIONS * HTTP/1.1\r\n" + own + "\r\n") << 204;
        QTest::newRow("healthz") << QByteArray("GET /-/healthz HTTP/1.1\r\n" + own + "\r\n") << 200;
        QTest::newRow("healthz old") << QByteArray("GET /-/healthz HTTP/1.0\r\n\r\n") << 200;
        QTest::newRow("healthz posted") << QByteArray("POST /-/healthz HTTP/1.1\r\n" + own +
                                                      "Content-Length: 0\r\n\r\n")
                                        << 405;
        QTest::newRow("own unknown") << QByteArray("GET /-/x HTTP/1.1\r\n" + own + "\r\n") << 404;
        QTest::newRow("1 two lengths") << QByteArray("POST /v1/endpoint/e HTTP/1.1\r\n" + own +
                                                     "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}")
                                       << 400;
        QTest::newRow("2 length and coding")
            << QByteArray("POST /v1/endpoint/e HTTP/1.1\r\n" + own +
                          "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
            << 400;
        QTest::newRow("3 coding") << QByteArray("POST /v1/endpoint/e HTTP/1.1\r\n" + own +
                                                "Transfer-Encoding: gzip\r\n\r\n")
                                  << 501;
        QTest::newRow("17 two hosts") << QByteArray("GET / HTTP/1.1\r\n" + own + own + "\r\n") << 400;
    }
    void refusalsComeInTheirOrder()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        Running running;
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send(request);
        QVERIFY(client.waitFor("\r\n\r\n"));
        QCOMPARE(client.status(), status);
        if (status >= 400)
            QTRY_VERIFY(!errorOf(client).isEmpty());
        if (status == 405)
            QVERIFY(client.received().contains("\r\nAllow: "));
        QVERIFY(!client.received().contains("Access-Control"));
        QVERIFY(running.upstream.requests().empty());
        QCOMPARE(running.upstream.connections(), 0);
    }

    void tooMuchInChunksIsRefused_7()
    {
        Running running;
        running.options.limits.message.bodyBytes = 2'000'000;
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send("POST /v1/endpoint/e HTTP/1.1\r\n" + running.host() + "Transfer-Encoding: chunked\r\n\r\n" +
                    QByteArray::number(3'000'000, 16) + "\r\n" + QByteArray(3'000'000, 'x'));
        QVERIFY(client.waitFor("\r\n\r\n"));
        QCOMPARE(client.status(), 413);
        QVERIFY(running.upstream.requests().empty()); // begun, never completed
        QTRY_COMPARE(running.sink.finished().size(), 1U);
    }

    void whatFollowsABadRequestIsNotRead_10()
    {
        Running running;
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send("GET / HTTP/1.1\r\nHost : x\r\n\r\n" + running.post("{}"));
        QVERIFY(client.waitFor("\r\n\r\n"));
        QVERIFY(client.waitForClose());
        QCOMPARE(client.received().count("HTTP/1.1"), 1);
        QVERIFY(running.upstream.requests().empty());
    }

    void aCallerWhoLeavesIsRecordedAndMirrorsGoOn_9()
    {
        Running running;
        FakeUpstream mirror([](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("{}"), 200}; });
        running.upstream.setAnswer(FakeUpstream::hanging());
        running.table.deployment(u"b"_s, mirror.port());
        QVERIFY(running.start({u"b"_s}));
        RawClient client(running.port());
        client.send(running.post("{}"));
        QTRY_COMPARE(mirror.requests().size(), 1U);
        client.socket().abort();
        QTRY_COMPARE(running.sink.finished().size(), 1U);
        QVERIFY(running.sink.finished().front()->isClientAborted);
        QCOMPARE(traffic::toString(running.sink.finished().front()->mirrors[0].state), u"complete"_s);
        QTRY_COMPARE(running.router.statistics().connections, 0);
    }

    void liesOfThePrimary_36_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::newRow("nothing") << QByteArray() << 502;
        QTest::newRow("garbage") << QByteArray("hello\r\n\r\n") << 502;
        QTest::newRow("two lengths") << QByteArray(
                                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x")
                                     << 502;
        QTest::newRow("length and coding")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") << 502;
        QTest::newRow("nul") << QByteArray("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n", 47) << 502;
        QTest::newRow("huge head") << QByteArray("HTTP/1.1 200 OK\r\nX: " + QByteArray(200'000, 'a') + "\r\n\r\n")
                                   << 502;
        QTest::newRow("switching") << QByteArray("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n") << 502;
        QTest::newRow("half head") << QByteArray("HTTP/1.1 200 OK\r\nConte") << 502;
        QTest::newRow("interim first")
            << QByteArray("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") << 200;
        QTest::newRow("cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{") << 200;
        QTest::newRow("chunk cut") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{") << 200;
        QTest::newRow("23 redirect")
            << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")
            << 302;
    }
    void liesOfThePrimary_36()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, status);
        Running running;
        running.upstream.setAnswer([answer](const auto &) {
            return FakeUpstream::Answer{answer, 0, FakeUpstream::Then::Close};
        });
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("\r\n\r\n"));
        QCOMPARE(client.status(), status);
        QCOMPARE(running.upstream.requests().size(), 1U); // 37: a POST is sent once
        if (QByteArray(QTest::currentDataTag()).contains("cut")) {
            QVERIFY(client.waitForClose());
            QVERIFY(!client.received().endsWith("0\r\n\r\n"));
            QTRY_COMPARE(running.sink.finished().size(), 1U);
            QCOMPARE(traffic::toString(running.sink.finished().front()->primary.state), u"failed"_s);
        }
        if (status == 502)
            QVERIFY(errorOf(client).contains(u"a@main:latest"));
    }

    void deadlinesAre504AndLoops508_21()
    {
        Running running;
        running.upstream.setAnswer(FakeUpstream::hanging());
        running.table.upstreams[u"a"_s].timeout = 100ms;
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("HTTP/1.1 504"));

        // The primary is the router itself.
        running.table.deployment(u"a"_s, running.port());
        running.table.upstreams[u"a"_s].path = "/v1/endpoint/e";
        running.router.setTable(running.table.build());
        RawClient looping(running.port());
        looping.send(running.post("{}"));
        QVERIFY(looping.waitFor("HTTP/1.1 508"));
        QCOMPARE(looping.received().count("HTTP/1.1"), 1);
    }

    void slowCallersAreCutOff_8()
    {
        Running running;
        running.options.limits.headerComplete = 150ms;
        running.options.limits.idle = 300ms;
        running.options.limits.bodyGrace = 150ms;
        QVERIFY(running.start());
        RawClient head(running.port());
        head.send("GET / HT");
        QVERIFY(head.waitFor("HTTP/1.1 408"));
        RawClient body(running.port());
        body.send("POST /v1/endpoint/e HTTP/1.1\r\n" + running.host() + "Content-Length: 5000\r\n\r\n{");
        QVERIFY(body.waitFor("HTTP/1.1 408"));
        RawClient idle(running.port());
        QVERIFY(idle.waitForClose());
        QVERIFY(idle.received().isEmpty());
        QVERIFY(running.upstream.requests().empty());
    }

    void oneConnectionTooMany_7()
    {
        Running running;
        running.options.limits.connections = 2;
        QVERIFY(running.start());
        RawClient first(running.port());
        RawClient second(running.port());
        QTRY_COMPARE(running.router.statistics().connections, 2);
        RawClient third(running.port());
        QVERIFY(third.waitFor("HTTP/1.1 503"));
        QVERIFY(third.waitForClose());
        first.send(running.post("{}"));
        QVERIFY(first.waitFor("HTTP/1.1 200"));
    }

    void upgradesAreServedPlainly_15()
    {
        Running running;
        QVERIFY(running.start());
        for (const char *fields :
             {"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
              "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"}) {
            RawClient client(running.port());
            client.send(running.post("{}", fields) + "GET /smuggled HTTP/1.1\r\n\r\n");
            QVERIFY(client.waitFor("HTTP/1.1 200"));
            QVERIFY(client.waitFor("HTTP/1.1 400")); // what follows is read as a request, never passed through
        }
        QCOMPARE(running.upstream.requests().size(), 2U);
        for (const FakeUpstream::Received &request : running.upstream.requests()) {
            QVERIFY(request.field("upgrade").isNull());
            QVERIFY(request.field("http2-settings").isNull());
            QVERIFY(request.field("connection").isNull());
        }
    }

    void manySlowCallersHoldNobodyUp_8()
    {
        Running running;
        QVERIFY(running.start());
        std::vector<std::unique_ptr<RawClient>> slow;
        for (int i = 0; i < 150; ++i)
            slow.push_back(std::make_unique<RawClient>(running.port()));
        QTRY_COMPARE(running.router.statistics().connections, 150);
        for (const auto &one : slow)
            one->send("POST /v1/endpoint/e HTTP/1.1\r\nHos");
        RawClient client(running.port());
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("HTTP/1.1 200"));
        for (const auto &one : slow)
            one->send("t");
        client.clear();
        client.send(running.post("{}"));
        QVERIFY(client.waitFor("HTTP/1.1 200"));
        QCOMPARE(running.router.statistics().connections, 151);
    }

    void callersWhoLeaveLeaveNothingBehind_9()
    {
        const QDir descriptors(u"/proc/self/fd"_s);
        Running running;
        running.upstream.setAnswer(FakeUpstream::hanging());
        QVERIFY(running.start());
        const auto leave = [&running](int callers) {
            const std::size_t before = running.sink.finished().size();
            const std::size_t sent = running.upstream.requests().size();
            for (int i = 0; i < callers; ++i) {
                RawClient client(running.port());
                client.send(running.post("{}"));
                QTRY_COMPARE(running.upstream.requests().size(), sent + static_cast<std::size_t>(i) + 1);
                client.socket().abort();
            }
            QTRY_COMPARE(running.sink.finished().size(), before + static_cast<std::size_t>(callers));
            QTRY_COMPARE(running.router.statistics().connections, 0);
        };
        leave(5);
        if (!descriptors.exists())
            QSKIP("this system does not list descriptors");
        const qsizetype before = descriptors.entryList().size();
        leave(100);
        QTRY_VERIFY(descriptors.entryList().size() <= before + 5);
        QCOMPARE(running.router.statistics().inFlight, 0);
    }

    void refusedBodiesAreNotRead_7()
    {
        Running running;
        QVERIFY(running.start());
        RawClient client(running.port());
        client.send("POST /v1/endpoint/e HTTP/1.1\r\n" + running.host() + "Content-Length: 1000000000\r\n\r\n");
        QVERIFY(client.waitFor("HTTP/1.1 413"));
        const QByteArray block(1'000'000, 'x');
        for (int i = 0; i < 60 && client.isConnected(); ++i) {
            client.send(block);
            QTest::qWait(0);
        }
        QVERIFY(client.waitForClose()); // long before the end of the body
        QVERIFY(running.upstream.requests().empty());
    }
};

PARALLAX_TEST_MAIN(TestRouterThreats)
#include "tst_router_threats.moc"
