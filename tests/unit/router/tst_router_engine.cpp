// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginecalls.h"
#include "router/engine.h"
#include "router/errors.h"
#include "routersupport.h"
#include "support/fakeupstream.h"
#include "support/recordingsink.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using test::Answer;
using test::FakeUpstream;
using test::post;
using traffic::AnswerState;
using traffic::DropReason;

class TestRouterEngine : public test::TestCase
{
    Q_OBJECT

    SystemClock m_clock;

private Q_SLOTS:
    void anAliasWithAMirrorBecomesOneExchange()
    {
        FakeUpstream primary;
        FakeUpstream mirror([](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("{\"data\":2}")}; });
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, mirror.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        QSignalSpy idle(&engine, &router::Engine::becameIdle);
        Answer answer;
        router::CallRequest call = post(u"e"_s);
        call.session = u"s"_s;
        call.intended = 5ns;
        engine.call(call, answer.handler());
        QVERIFY(!answer.isIn());
        QCOMPARE(engine.primariesInFlight(), 1);
        QTRY_COMPARE(sink.finished().size(), 1U);
        QCOMPARE(answer.body(), QByteArray("{\"data\":1}"));
        QTRY_COMPARE(idle.count(), 1);
        QCOMPARE(engine.callsInFlight(), 0);

        const traffic::Exchange &exchange = *sink.finished().front();
        QCOMPARE(exchange.endpoint, u"e"_s);
        QCOMPARE(exchange.body.bytes, QByteArray("{\"data\": 1}"));
        QCOMPARE(exchange.session, u"s"_s);
        QCOMPARE(exchange.intended, 5ns);
        QVERIFY(!exchange.requestId.isEmpty());
        QCOMPARE(exchange.primary.name, u"split_1"_s);
        QCOMPARE(exchange.primary.deployment, u"a"_s);
        QCOMPARE(traffic::toString(exchange.primary.state), traffic::toString(AnswerState::Complete));
        QCOMPARE(exchange.primary.status, 200);
        QCOMPARE(exchange.mirrors.size(), 1U);
        QCOMPARE(exchange.mirrors[0].name, u"mirror_1"_s);
        QCOMPARE(exchange.mirrors[0].body.bytes, QByteArray("{\"data\":2}"));
        for (const traffic::Reply &reply : {exchange.primary, exchange.mirrors[0]}) {
            QVERIFY(reply.timings.queued >= 0ns);
            QVERIFY(reply.timings.sent >= reply.timings.queued);
            QVERIFY(reply.timings.firstByte >= reply.timings.sent);
            QVERIFY(reply.timings.done >= reply.timings.firstByte);
        }
        QCOMPARE(sink.answered().size(), 1U);
    }

    void copiesDifferOnlyWhereTheyMay_16()
    {
        FakeUpstream primary;
        FakeUpstream mirror;
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, mirror.port());
        builder.upstreams[u"a"_s].headers = {{"Authorization", "target-key"}};
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        router::EngineOptions options;
        options.instanceId = "parallax-test";
        router::Engine engine(m_clock, nullptr, options);
        engine.setTable(builder.build());
        router::CallRequest call = post(
            u"e"_s, "{\"response_webhook\": \"https://x.example/?a=\\\"\", \"data\": [1, 2], \"timeout_seconds\": 7}");
        call.request.headers = {{"host", "h"},
                                {"Connection", "X-Gone, close"},
                                {"X-Gone", "1"},
                                {"Keep-Alive", "1"},
                                {"TE", "trailers"},
                                {"Authorization", "callers"},
                                {"X-Kept", "a\xc3\xa9"},
                                {"Expect", "100-continue"},
                                {"x-parallax-mirror", "forged"},
                                {"Upgrade", "h2c"},
                                {"Via", "1.1 other"}};
        Answer answer;
        engine.call(call, answer.handler());
        QTRY_COMPARE(mirror.requests().size(), 1U);
        QTRY_VERIFY(answer.isIn());
        const auto &first = primary.requests().front();
        const auto &copy = mirror.requests().front();
        QCOMPARE(first.requestLine(), QByteArray("POST /a HTTP/1.1"));
        QCOMPARE(copy.requestLine(), QByteArray("POST /b HTTP/1.1"));
        QCOMPARE(first.field("Host"), "127.0.0.1:" + QByteArray::number(primary.port()));
        QCOMPARE(first.field("Authorization"), QByteArray("target-key"));
        QCOMPARE(copy.field("Authorization"), QByteArray("callers")); // the same host
        QCOMPARE(first.field("X-Kept"), QByteArray("a\xc3\xa9"));
        QCOMPARE(copy.field("X-Kept"), QByteArray("a\xc3\xa9"));
        QCOMPARE(first.field("Expect"), QByteArray("100-continue"));
        QVERIFY(copy.field("Expect").isNull());
        QCOMPARE(copy.field("X-Parallax-Mirror"), QByteArray("mirror_1"));
        for (const auto &head : {first.head, copy.head}) {
            QVERIFY(head.contains("Via: 1.1 other\r\n"));
            QVERIFY(head.contains("Via: 1.1 parallax-test\r\n"));
            for (const char *gone : {"X-Gone", "Keep-Alive", "TE:", "Upgrade", "Connection"})
                QVERIFY2(!head.contains(gone), gone);
        }
        QCOMPARE(first.body, call.request.body);
        QCOMPARE(copy.body, QByteArray("{\"data\": [1, 2], \"timeout_seconds\": 7}"));
    }

    void whatOneCallerSentIsNotSentForTheNext()
    {
        FakeUpstream primary;
        FakeUpstream mirror;
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, mirror.port());
        builder.upstreams[u"a"_s].host = u"localhost"_s; // another host than the mirror's
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        router::Engine engine(m_clock, nullptr, {});
        engine.setTable(builder.build());
        const QList<QByteArray> cookies{"a=1", "a=1", "a=2", {}, "a=1"};
        for (qsizetype i = 0; i < 2 * cookies.size(); ++i) {
            if (i == cookies.size()) {
                builder.upstreams[u"a"_s].headers = {{"X-Key", "new"}};
                engine.setTable(builder.build());
            }
            const QByteArray cookie = cookies[i % cookies.size()];
            router::CallRequest call = post(u"e"_s, QByteArray(i + 1, 'x'));
            call.request.method = i % 2 == 0 ? "POST" : "PUT";
            if (!cookie.isNull())
                call.request.headers.append("Cookie", cookie);
            Answer answer;
            engine.call(call, answer.handler());
            QTRY_VERIFY(answer.isIn());
            QTRY_COMPARE(mirror.requests().size(), static_cast<std::size_t>(i) + 1);
            const auto &first = primary.requests().back();
            const auto &copy = mirror.requests().back();
            QCOMPARE(first.field("cookie"), cookie);
            QVERIFY(copy.field("cookie").isNull());
            QCOMPARE(first.field("x-key"), i < cookies.size() ? QByteArray() : QByteArray("new"));
            QCOMPARE(first.requestLine(), call.request.method + " /a HTTP/1.1");
            QCOMPARE(copy.requestLine(), call.request.method + " /b HTTP/1.1");
            QCOMPARE(first.body, call.request.body);
            QCOMPARE(copy.body, call.request.body);
        }
    }

    void credentialsStayWithTheirHost()
    {
        FakeUpstream primary;
        FakeUpstream mirror;
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, mirror.port()).deployment(u"c"_s, mirror.port());
        builder.upstreams[u"a"_s].host = u"localhost"_s;
        builder.upstreams[u"c"_s].forwardCredentials = true;
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s, u"c"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        router::CallRequest call = post(u"e"_s);
        call.request.headers.append("Cookie", "a=1");
        Answer answer;
        engine.call(call, answer.handler());
        QTRY_COMPARE(sink.finished().size(), 1U);
        QCOMPARE(primary.requests().front().field("cookie"), QByteArray("a=1"));
        for (const auto &copy : mirror.requests())
            QCOMPARE(copy.field("cookie").isNull(), copy.field("x-parallax-mirror") == "mirror_1");
        QVERIFY(sink.finished().front()->mirrors[0].credentialsRemoved);
        QVERIFY(!sink.finished().front()->mirrors[1].credentialsRemoved);
    }

    void aBadMirrorDoesNotReachTheCaller_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<AnswerState>("state");
        QTest::newRow("hangs") << u"hang"_s << AnswerState::Timeout;
        QTest::newRow("refuses") << u"refuse"_s << AnswerState::Failed;
        QTest::newRow("resets") << u"reset"_s << AnswerState::Failed;
        QTest::newRow("closes early") << u"short"_s << AnswerState::Failed;
        QTest::newRow("garbage") << u"garbage"_s << AnswerState::Failed;
        QTest::newRow("slow") << u"slow"_s << AnswerState::Complete;
        QTest::newRow("no target") << u"none"_s << AnswerState::Failed;
    }
    void aBadMirrorDoesNotReachTheCaller()
    {
        QFETCH(QString, kind);
        QFETCH(AnswerState, state);
        FakeUpstream primary;
        FakeUpstream mirror([kind](const auto &) -> FakeUpstream::Answer {
            if (kind == u"reset"_s)
                return {{}, 0, FakeUpstream::Then::Reset};
            if (kind == u"short"_s)
                return {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 0, FakeUpstream::Then::Close};
            if (kind == u"garbage"_s)
                return {"what?\r\n\r\n"};
            if (kind == u"slow"_s)
                return {FakeUpstream::ok("{}"), 150};
            return {};
        });
        if (kind == u"refuse"_s)
            mirror.refuse();
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port());
        if (kind != u"none"_s)
            builder.deployment(u"b"_s, kind == u"refuse"_s ? quint16(1) : mirror.port());
        if (kind == u"hang"_s)
            builder.upstreams[u"b"_s].timeout = 300ms;
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        Answer answer;
        engine.call(post(u"e"_s), answer.handler());
        QTRY_VERIFY(answer.isIn());
        QCOMPARE(answer.body(), QByteArray("{\"data\":1}"));
        if (state == AnswerState::Timeout || kind == u"slow"_s) {
            QCOMPARE(sink.answered().size(), 1U);
            QCOMPARE(traffic::toString(sink.answered().front()->mirrors[0].state),
                     traffic::toString(AnswerState::Pending));
        }
        QTRY_COMPARE(sink.finished().size(), 1U);
        const traffic::Reply &reply = sink.finished().front()->mirrors[0];
        QCOMPARE(traffic::toString(reply.state), traffic::toString(state));
        QCOMPARE(reply.failure.isEmpty(), state == AnswerState::Complete);
        QCOMPARE(traffic::toString(sink.answered().front()->primary.state), traffic::toString(AnswerState::Complete));
    }

    void aFailingPrimaryIsNamedAndMirrorsStillRun()
    {
        FakeUpstream mirror;
        test::TableBuilder builder;
        builder.deployment(u"b"_s, mirror.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        Answer answer;
        engine.call(post(u"e"_s), answer.handler());
        QTRY_COMPARE(sink.finished().size(), 1U);
        QVERIFY(!*answer.result);
        QCOMPARE(answer.result->error().code, router::kNoTarget);
        QCOMPARE(answer.result->error().args.value(u"deployment"_s).toString(), u"a@main:latest"_s);
        QCOMPARE(traffic::toString(sink.finished().front()->primary.state), traffic::toString(AnswerState::Failed));
        QCOMPARE(traffic::toString(sink.finished().front()->mirrors[0].state),
                 traffic::toString(AnswerState::Complete));
    }

    void deadlinesComeFromTheCallTheBodyAndTheTarget_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("callMs");
        QTest::addColumn<int>("targetMs");
        QTest::addColumn<double>("seconds");
        QTest::newRow("target") << QByteArray("{}") << 0 << 80 << 0.08;
        QTest::newRow("body") << QByteArray("{\"timeout_seconds\":1}") << 0 << 60'000 << 1.0;
        QTest::newRow("call") << QByteArray("{\"timeout_seconds\":60}") << 60 << 60'000 << 0.06;
    }
    void deadlinesComeFromTheCallTheBodyAndTheTarget()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, callMs);
        QFETCH(int, targetMs);
        QFETCH(double, seconds);
        FakeUpstream primary(FakeUpstream::hanging());
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port());
        builder.upstreams[u"a"_s].timeout = std::chrono::milliseconds(targetMs);
        builder.endpoint(u"e"_s, {u"a"_s});
        router::Engine engine(m_clock, nullptr, {});
        engine.setTable(builder.build());
        router::CallRequest call = post(u"e"_s, body);
        if (callMs > 0)
            call.timeout = std::chrono::milliseconds(callMs);
        Answer answer;
        const auto begun = std::chrono::steady_clock::now();
        engine.call(call, answer.handler());
        QTRY_VERIFY(answer.isIn());
        QCOMPARE(answer.result->error().code, router::kDeadline);
        QCOMPARE(answer.result->error().args.value(u"seconds"_s).toDouble(), seconds);
        QVERIFY(std::chrono::steady_clock::now() - begun >= std::chrono::duration<double>(seconds));
    }

    void aFullQueueDropsAndCounts()
    {
        FakeUpstream primary;
        FakeUpstream mirror(FakeUpstream::hanging());
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, mirror.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        test::RecordingSink sink;
        router::EngineOptions options;
        options.mirrorConnections = 2;
        options.mirrorQueue = 3;
        auto statistics = std::make_shared<router::Statistics>();
        router::Engine engine(m_clock, &sink, options, statistics);
        engine.setTable(builder.build());
        int answers = 0;
        for (int i = 0; i < 10; ++i)
            engine.call(post(u"e"_s), [&answers](const auto &answer) { answers += answer ? 1 : 0; });
        QTRY_COMPARE(answers, 10);
        QCOMPARE(sink.finished().size(), 5U);
        for (const auto &exchange : sink.finished())
            QCOMPARE(traffic::toString(exchange->mirrors[0].dropReason), traffic::toString(DropReason::QueueFull));
        QCOMPARE(engine.mirrorsInFlight(), 2);
        QCOMPARE(engine.mirrorsQueued(), 3);
        const auto mirrorOf = [&] {
            for (const auto &target : statistics->snapshot().targets) {
                if (target.isMirror)
                    return target;
            }
            return router::TargetStatistics();
        };
        QCOMPARE(mirrorOf().queued, 3);
        QCOMPARE(mirrorOf().dropped[std::size_t(DropReason::QueueFull)], 5U);
        engine.stopMirrors();
        QCOMPARE(sink.finished().size(), 10U);
        QCOMPARE(mirrorOf().dropped[std::size_t(DropReason::Stopped)], 5U);
        QCOMPARE(mirrorOf().total(), 10U);
        QCOMPARE(mirrorOf().queued, 0);
        QCOMPARE(engine.callsInFlight(), 0);
    }

    void theBreakerOpensAndProbes()
    {
        FakeUpstream primary;
        FakeUpstream mirror([](const auto &) { return FakeUpstream::Answer{{}, 0, FakeUpstream::Then::Reset}; });
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, mirror.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        test::RecordingSink sink;
        router::EngineOptions options;
        options.breaker.failures = 3;
        options.breaker.pause = 200ms;
        router::Engine engine(m_clock, &sink, options);
        engine.setTable(builder.build());
        const auto callOnce = [&] {
            const std::size_t before = sink.finished().size();
            engine.call(post(u"e"_s), [](const auto &) {});
            [&] { QTRY_COMPARE(sink.finished().size(), before + 1); }();
            return sink.finished().back()->mirrors[0];
        };
        for (int i = 0; i < 3; ++i)
            QCOMPARE(traffic::toString(callOnce().state), traffic::toString(AnswerState::Failed));
        QCOMPARE(traffic::toString(callOnce().dropReason), traffic::toString(DropReason::BreakerOpen));
        mirror.setAnswer([](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("{}")}; });
        QTRY_COMPARE(traffic::toString(callOnce().state), traffic::toString(AnswerState::Complete));
        QCOMPARE(traffic::toString(callOnce().state), traffic::toString(AnswerState::Complete));
    }

    void aLoopIsStopped_21()
    {
        FakeUpstream primary;
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port());
        builder.endpoint(u"e"_s, {u"a"_s});
        router::Engine engine(m_clock, nullptr, {});
        engine.setTable(builder.build());
        router::CallRequest call = post(u"e"_s);
        call.request.headers.append("Via", "1.1 first, 1.1 " + engine.instanceId());
        Answer answer;
        engine.call(call, answer.handler());
        QTRY_VERIFY(answer.isIn());
        QCOMPARE(answer.result->error().code, router::kLoop);
        QVERIFY(primary.requests().empty());
    }

    void aPostIsNeverSentTwice_37()
    {
        int hits = 0;
        FakeUpstream primary([&hits](const auto &) -> FakeUpstream::Answer {
            if (++hits == 1)
                return {FakeUpstream::ok("{}")};
            return {{}, 0, FakeUpstream::Then::Reset};
        });
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port());
        builder.endpoint(u"e"_s, {u"a"_s});
        router::Engine engine(m_clock, nullptr, {});
        engine.setTable(builder.build());
        Answer first;
        engine.call(post(u"e"_s), first.handler());
        QTRY_VERIFY(first.isIn());
        Answer second;
        engine.call(post(u"e"_s), second.handler());
        QTRY_VERIFY(second.isIn());
        QVERIFY(!*second.result);
        QCOMPARE(hits, 2);
        QCOMPARE(primary.connections(), 1);
        // A GET that meets a kept connection being closed is repeated once.
        primary.setAnswer([&hits](const auto &) -> FakeUpstream::Answer {
            ++hits;
            return {FakeUpstream::ok("{}")};
        });
        Answer third;
        engine.call(post(u"e"_s), third.handler());
        QTRY_VERIFY(third.isIn());
        primary.setAnswer([&hits](const auto &) -> FakeUpstream::Answer {
            if (++hits == 4)
                return {{}, 0, FakeUpstream::Then::Reset};
            return {FakeUpstream::ok("{\"data\":4}")};
        });
        router::CallRequest get = post(u"e"_s, {});
        get.request.method = "GET";
        Answer fourth;
        engine.call(get, fourth.handler());
        QTRY_COMPARE(fourth.body(), QByteArray("{\"data\":4}"));
        QCOMPARE(hits, 5);
    }

    void longBodiesAreRecordedShort()
    {
        const QByteArray body(3'000'000, 'x');
        FakeUpstream primary([&body](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok(body)}; });
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port());
        builder.endpoint(u"e"_s, {u"a"_s});
        test::RecordingSink sink;
        router::EngineOptions options;
        options.recordedBody = 2'000'000;
        router::Engine engine(m_clock, &sink, options);
        engine.setTable(builder.build());
        Answer answer;
        engine.call(post(u"e"_s, body), answer.handler());
        QTRY_COMPARE(sink.finished().size(), 1U);
        QCOMPARE(answer.body().size(), body.size());
        const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256);
        for (const traffic::Body &recorded : {sink.finished().front()->body, sink.finished().front()->primary.body}) {
            QVERIFY(recorded.isTruncated);
            QCOMPARE(recorded.bytes.size(), 1024 * 1024);
            QCOMPARE(recorded.length, body.size());
            QCOMPARE(recorded.sha256, hash);
        }
    }

    void changesOfTheTableInterruptNothing()
    {
        FakeUpstream slow([](const auto &) {
            return FakeUpstream::Answer{FakeUpstream::ok("{\"data\":\"old\"}"), 150};
        });
        FakeUpstream fresh([](const auto &) { return FakeUpstream::Answer{FakeUpstream::ok("{\"data\":\"new\"}")}; });
        test::TableBuilder builder;
        builder.deployment(u"a"_s, slow.port()).endpoint(u"e"_s, {u"a"_s}, {u"a"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        Answer before;
        engine.call(post(u"e"_s), before.handler());
        QTRY_COMPARE(slow.requests().size(), 2U);
        builder.deployment(u"a"_s, fresh.port());
        engine.setTable(builder.build());
        Answer after;
        engine.call(post(u"e"_s), after.handler());
        QTRY_COMPARE(sink.finished().size(), 2U);
        QCOMPARE(before.body(), QByteArray("{\"data\":\"old\"}"));
        QCOMPARE(after.body(), QByteArray("{\"data\":\"new\"}"));
        QCOMPARE(sink.finished().back()->mirrors[0].body.bytes, QByteArray("{\"data\":\"old\"}"));
    }

    void mirrorsCanGoFirst()
    {
        QByteArray order;
        FakeUpstream primary([&order](const auto &) {
            order += 'p';
            return FakeUpstream::Answer{FakeUpstream::ok("{}")};
        });
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port()).deployment(u"b"_s, primary.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        router::CallRequest call = post(u"e"_s);
        call.mirrorsFirst = true;
        engine.call(call, [](const auto &) {});
        QTRY_COMPARE(sink.finished().size(), 1U);
        const traffic::Exchange &exchange = *sink.finished().front();
        QVERIFY(exchange.mirrors[0].timings.queued <= exchange.primary.timings.queued);
    }

    void destructionReportsEverything()
    {
        FakeUpstream primary(FakeUpstream::hanging());
        test::TableBuilder builder;
        builder.deployment(u"a"_s, primary.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"a"_s});
        test::RecordingSink sink;
        Answer answer;
        Answer refused;
        {
            router::Engine engine(m_clock, &sink, {});
            engine.setTable(builder.build());
            engine.call(post(u"e"_s), answer.handler());
            engine.call(post(u"none"_s), refused.handler());
        }
        QCOMPARE(answer.result->error().code, router::kStopped);
        QVERIFY(refused.isIn());
        QCOMPARE(sink.finished().size(), 1U);
        QCOMPARE(traffic::toString(sink.finished().front()->mirrors[0].dropReason),
                 traffic::toString(DropReason::Stopped));
    }
};

PARALLAX_TEST_MAIN(TestRouterEngine)
#include "tst_router_engine.moc"
