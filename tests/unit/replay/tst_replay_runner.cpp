// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/errors.h"
#include "replay/runner.h"
#include "support/testmain.h"
#include "unit/replay/simulation.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using namespace parallax::replay;

namespace {

class Collector final : public traffic::ExchangeSink
{
public:
    void answered(const traffic::ExchangePtr &exchange) override { answers.push_back(exchange); }
    void mirrorAnswered(const traffic::ExchangePtr &, std::size_t) override { ++mirrors; }
    void finished(const traffic::ExchangePtr &exchange) override { finals.push_back(exchange); }
    std::vector<traffic::ExchangePtr> answers;
    std::vector<traffic::ExchangePtr> finals;
    int mirrors = 0;
};

traffic::Exchange request(int i)
{
    traffic::Exchange exchange;
    exchange.id.value = static_cast<quint64>(i) + 1;
    exchange.method = "POST";
    exchange.target = "/v1/endpoint/pricing";
    exchange.body = traffic::Body::whole("{\"data\": " + QByteArray::number(i) + '}');
    exchange.arrival = WallTime(Nanoseconds(1'700'000'000'000'000'000) + 10ms * i);
    return exchange;
}

/// Everything of one simulated run.
struct Bench
{
    explicit Bench(ReplayPlan plan, int requests = 0, const std::function<void(int, traffic::Exchange &)> &change = {})
    {
        Result<Planner> planner = Planner::make(plan);
        for (int i = 0; planner && i < requests; ++i) {
            traffic::Exchange each = request(i);
            if (change)
                change(i, each);
            (void)planner->add(std::move(each));
        }
        Result<PreparedReplay> prepared = planner->finish();
        if (!prepared)
            qFatal("%s", qPrintable(wording::line(prepared.error())));
        Result<Rewriter> rewriter = Rewriter::make(plan.rewrites, plan.extractions, plan.keepsCredentials);
        Runner::Setup setup{plan, *prepared, *rewriter, u"run"_s};
        runner = std::make_unique<Runner>(time, pacer, std::move(setup), &sink);
        carrier = std::make_unique<test::SimulatedCarrier>(time, *runner);
    }

    /// Runs on and checks after each event that nothing is lost.
    void run(Nanoseconds until = 24h)
    {
        time.run(until, [this] {
            const Progress p = runner->progress();
            isConsistent = isConsistent && p.planned == p.sent + p.dropped + p.waiting &&
                           p.sent == p.ok + p.failed + p.inFlight && p.waiting >= 0 && p.inFlight >= 0 &&
                           p.dropped == p.droppedByCap + p.droppedByStop;
            mostInFlight = std::max(mostInFlight, p.inFlight);
        });
    }
    void start() { runner->start(*carrier); }

    test::SimulatedTime time;
    test::SimulatedPacer pacer{time};
    Collector sink;
    std::unique_ptr<Runner> runner;
    std::unique_ptr<test::SimulatedCarrier> carrier;
    bool isConsistent = true;
    qint64 mostInFlight = 0;
};

QByteArray tokenBody(const QByteArray &token)
{
    return "{\"token\": \"" + token + "\"}";
}

ReplayPlan planOf(const Pace &pace)
{
    ReplayPlan plan;
    plan.pace = pace;
    return plan;
}

} // namespace

class TestReplayRunner : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aClosedLoopKeepsItsWorkersBusy()
    {
        Bench bench(planOf(Pace::closed(4)), 100);
        bench.carrier->mirrorTimes = {5ms, 1ms};
        QSignalSpy ended(bench.runner.get(), &Runner::ended);
        bench.start();
        bench.run();
        QCOMPARE(ended.count(), 1);
        const Progress progress = bench.runner->progress();
        QVERIFY(bench.isConsistent);
        QVERIFY(progress.state == RunState::Finished);
        QVERIFY(progress.reason == EndReason::Completed);
        QCOMPARE(progress.ok, 100);
        QCOMPARE(bench.mostInFlight, 4);
        // 25 rounds of the slower mirror's 5 ms.
        QCOMPARE(progress.elapsed, Nanoseconds(125ms));
        QCOMPARE(progress.rate, 800.0);
        QCOMPARE(bench.sink.answers.size(), 100U);
        QCOMPARE(bench.sink.finals.size(), 100U);
        QCOMPARE(progress.targets.size(), 3U);
        QCOMPARE(progress.targets[1].name, u"mirror_1"_s);
        QCOMPARE(progress.targets[1].count(traffic::AnswerState::Complete), 100);
        QVERIFY(std::abs(progress.targets[1].service.p50 - 5.0) < 0.1);
        QCOMPARE(progress.lateness.count, 0);
        QCOMPARE(bench.carrier->calls[0].requestId, u"run-1"_s);
    }

    void primaryAndMirrorsTakeTurnsInStarting()
    {
        Bench bench(planOf(Pace::closed(1)), 4);
        bench.start();
        bench.run();
        QCOMPARE(bench.carrier->calls[0].mirrorsFirst, false);
        QCOMPARE(bench.carrier->calls[1].mirrorsFirst, true);
        QCOMPARE(bench.carrier->calls[2].mirrorsFirst, false);
    }

    void recordedGapsAreReplayed()
    {
        ReplayPlan plan = planOf(Pace::recorded(2));
        plan.repeat = 2;
        Bench bench(plan, 100);
        bench.start();
        bench.run();
        QVERIFY(bench.isConsistent);
        QCOMPARE(bench.carrier->calls.size(), 200U);
        for (int i = 0; i < 200; ++i) {
            QCOMPARE(bench.carrier->calls[static_cast<std::size_t>(i)].intended, Nanoseconds(5ms * i));
            QCOMPARE(bench.carrier->calls[static_cast<std::size_t>(i)].started, Nanoseconds(5ms * i));
        }
        QCOMPARE(bench.carrier->calls[100].requestId, u"run-1.2"_s);
        QCOMPARE(bench.runner->progress().lateness.max, 0.0);
        QCOMPARE(bench.runner->progress().isGeneratorLate, false);
    }

    // The demonstration of the design: a server with one connection stalls for 2 s in a run of 10 s at 100 a second.
    void aStallShowsInTheResponseTimeOnly()
    {
        Bench bench(planOf(Pace::fixedRate(100)), 1000);
        bench.carrier->connections = 1;
        bool hasStalled = false;
        bench.carrier->serviceTime = [&hasStalled](Nanoseconds now) -> Nanoseconds {
            if (now < 5s || std::exchange(hasStalled, true))
                return 2ms;
            return 2s;
        };
        bench.start();
        bench.run();
        QVERIFY(bench.isConsistent);
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.ok, 1000);
        QCOMPARE(progress.dropped, 0);
        const TargetProgress &primary = progress.targets.front();
        QVERIFY(std::abs(primary.service.p99 - 2.0) < 0.1);
        QVERIFY(std::abs(primary.service.p95 - 2.0) < 0.1);
        QVERIFY2(primary.response.p99 > 1850 && primary.response.p99 < 2000,
                 qPrintable(QString::number(primary.response.p99)));
        QVERIFY2(primary.response.p95 > 1500 && primary.response.p95 < 1700,
                 qPrintable(QString::number(primary.response.p95)));
        QVERIFY(std::abs(primary.response.p50 - 2.0) < 0.1);
        QCOMPARE(progress.isGeneratorLate, false);
        // Sent on time all the same.
        QCOMPARE(progress.lateness.max, 0.0);
    }

    void aFullCapDropsAndCounts()
    {
        ReplayPlan plan = planOf(Pace::fixedRate(100));
        plan.maxInFlight = 10;
        Bench bench(plan, 100);
        bench.carrier->serviceTime = [](Nanoseconds) { return 1s; };
        bench.start();
        bench.run();
        QVERIFY(bench.isConsistent);
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.sent, 10);
        QCOMPARE(progress.dropped, 90);
        QCOMPARE(progress.droppedByCap, 90);
        QCOMPARE(progress.ok, 10);
        QVERIFY(progress.isGeneratorLate);
        QCOMPARE(bench.mostInFlight, 10);
        QVERIFY(progress.state == RunState::Finished);
    }

    void aFullCapMayWaitInstead()
    {
        ReplayPlan plan = planOf(Pace::fixedRate(100));
        plan.maxInFlight = 1;
        plan.overload = Overload::Wait;
        Bench bench(plan, 10);
        bench.carrier->serviceTime = [](Nanoseconds) { return 50ms; };
        bench.start();
        bench.run();
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.sent, 10);
        QCOMPARE(progress.dropped, 0);
        QCOMPARE(progress.elapsed, Nanoseconds(500ms));
        QCOMPARE(progress.lateness.max, 360.0);
        QVERIFY(progress.isGeneratorLate);
        QVERIFY(std::abs(progress.targets[0].service.max - 50.0) < 1.0);
        QVERIFY(std::abs(progress.targets[0].response.max - 410.0) < 1.0);
    }

    void aRampTakesItsTime()
    {
        ReplayPlan plan = planOf(Pace::ramp(10, 90, 10s));
        Bench bench(plan, 7);
        bench.start();
        bench.run();
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.planned, 500);
        QCOMPARE(progress.ok, 500);
        QVERIFY(std::abs(toMilliseconds(progress.elapsed) - 10'000) < 30);
    }

    void pausingShiftsTheSchedule()
    {
        Bench bench(planOf(Pace::fixedRate(100)), 100);
        bench.carrier->serviceTime = [](Nanoseconds) { return 30ms; };
        bench.start();
        bench.run(204ms);
        bench.runner->pause();
        const qint64 sent = bench.runner->progress().sent;
        QCOMPARE(sent, 21);
        bench.time.in(5s, [&] { bench.runner->resume(); });
        bench.run(5s);
        QVERIFY(bench.runner->progress().state == RunState::Paused);
        QCOMPARE(bench.runner->progress().sent, sent);
        QCOMPARE(bench.runner->progress().inFlight, 0);
        bench.run();
        const Progress progress = bench.runner->progress();
        QVERIFY(bench.isConsistent);
        QCOMPARE(progress.ok, 100);
        QCOMPARE(progress.elapsed, Nanoseconds(1020ms));
        QCOMPARE(progress.lateness.max, 0.0);
    }

    void pausingAClosedLoopStopsIt()
    {
        Bench bench(planOf(Pace::closed(2)), 50);
        bench.start();
        bench.run(10ms);
        bench.runner->pause();
        bench.run(1s);
        QCOMPARE(bench.runner->progress().inFlight, 0);
        QVERIFY(bench.runner->progress().waiting > 0);
        bench.runner->resume();
        bench.run();
        QCOMPARE(bench.runner->progress().ok, 50);
    }

    void stoppingKeepsWhatWasAnswered()
    {
        Bench bench(planOf(Pace::fixedRate(100)), 100);
        bench.carrier->serviceTime = [](Nanoseconds) { return 100ms; };
        bench.start();
        bench.run(500ms);
        QSignalSpy ended(bench.runner.get(), &Runner::ended);
        bench.runner->stop();
        QVERIFY(bench.runner->progress().state == RunState::Stopping);
        QCOMPARE(bench.runner->progress().waiting, 0);
        bench.run();
        QVERIFY(bench.isConsistent);
        QCOMPARE(ended.count(), 1);
        const Progress progress = bench.runner->progress();
        QVERIFY(progress.reason == EndReason::Stopped);
        QCOMPARE(progress.sent, 51);
        QCOMPARE(progress.ok, 51);
        QCOMPARE(progress.droppedByStop, 49);
        QCOMPARE(bench.carrier->stops, 0);
        QCOMPARE(bench.sink.finals.size(), 51U);
    }

    void stoppingGivesUpWhatHangs()
    {
        Bench bench(planOf(Pace::closed(3)), 100);
        bench.carrier->mirrorTimes = {1h};
        bench.carrier->serviceTime = [](Nanoseconds now) -> Nanoseconds { return now < 1s ? 2ms : 1ms; };
        bench.start();
        bench.run(1s);
        bench.runner->stop();
        bench.run(10min);
        const Progress progress = bench.runner->progress();
        QVERIFY(progress.state == RunState::Finished);
        QCOMPARE(progress.ok, 3);
        QCOMPARE(bench.carrier->stops, 1);
        QCOMPARE(bench.sink.finals.size(), 3U);
        QVERIFY(bench.sink.finals[0]->mirrors[0].dropReason == traffic::DropReason::Stopped);
        QCOMPARE(progress.targets[1].count(traffic::AnswerState::Dropped), 3);
        QCOMPARE(progress.elapsed, Nanoseconds(3s));
    }

    void stoppingTwiceWaitsForNothing()
    {
        Bench bench(planOf(Pace::closed(3)), 100);
        bench.carrier->serviceTime = [](Nanoseconds) { return 1h; };
        bench.start();
        bench.run(1s);
        bench.runner->stop();
        bench.runner->stop();
        QVERIFY(bench.runner->progress().isOver());
        QCOMPARE(bench.runner->progress().failed, 3);
        QCOMPARE(bench.runner->progress().sent, 3);
        QCOMPARE(bench.runner->progress().dropped, 97);
        bench.runner->stop();
    }

    void stoppingWhilePaused()
    {
        Bench bench(planOf(Pace::fixedRate(10)), 100);
        bench.start();
        bench.run(1s);
        bench.runner->pause();
        bench.run(2s);
        bench.runner->stop();
        QVERIFY(bench.runner->progress().isOver());
        QCOMPARE(bench.runner->progress().sent, 11);
    }

    void failuresMayEndIt()
    {
        ReplayPlan plan = planOf(Pace::closed(1));
        plan.stopAfter.failures = 3;
        Bench bench(plan, 100);
        bench.carrier->reply = [](const router::CallRequest &call, traffic::Reply &answer) {
            if (call.requestId.endsWith(u'7'))
                answer.status = 500;
        };
        bench.start();
        bench.run();
        const Progress progress = bench.runner->progress();
        QVERIFY(progress.reason == EndReason::Failures);
        QCOMPARE(progress.failed, 3);
        QCOMPARE(progress.sent, 27);
    }

    void differencesMayEndIt()
    {
        ReplayPlan plan = planOf(Pace::closed(1));
        plan.stopAfter.different = 2;
        Bench bench(plan, 100);
        bench.start();
        bench.run(10ms);
        bench.runner->judged(u"mirror_1"_s, traffic::Outcome::Different);
        bench.runner->judged(u"mirror_1"_s, traffic::Outcome::Equal);
        bench.runner->judged(u"mirror_1"_s, traffic::Outcome::Different);
        QCoreApplication::processEvents();
        bench.run();
        const Progress progress = bench.runner->progress();
        QVERIFY(progress.reason == EndReason::Different);
        QCOMPARE(progress.targets[1].outcomes[traffic::Outcome::Different], 2);
        QVERIFY(progress.sent < 100);
    }

    void warmupIsSentAndNotCounted()
    {
        ReplayPlan plan = planOf(Pace::closed(1));
        plan.warmup.count = 10;
        Bench bench(plan, 30);
        bench.carrier->serviceTime = [](Nanoseconds now) -> Nanoseconds { return now < 1s ? 100ms : 1ms; };
        bench.start();
        bench.run();
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.sent, 30);
        QCOMPARE(progress.warmup, 10);
        QCOMPARE(progress.targets[0].service.count, 20);
        QVERIFY(progress.targets[0].service.max < 2.0);
        QCOMPARE(bench.sink.finals[9]->isWarmup, true);
        QCOMPARE(bench.sink.finals[10]->isWarmup, false);

        ReplayPlan timed = planOf(Pace::fixedRate(10));
        timed.warmup.duration = 2s;
        Bench other(timed, 30);
        other.start();
        other.run();
        QCOMPARE(other.runner->progress().warmup, 20);
        QCOMPARE(other.runner->progress().lateness.count, 10);
    }

    void sessionsKeepTheirOrder()
    {
        ReplayPlan plan = planOf(Pace::closed(8));
        plan.session = *parseSessionKey(u"header:x-user"_s);
        Bench bench(plan, 60, [](int i, traffic::Exchange &exchange) {
            if (i % 4 != 3)
                exchange.headers = {{"X-User", QByteArray::number(i % 4)}};
        });
        bench.carrier->serviceTime = [n = 0](Nanoseconds) mutable -> Nanoseconds { return 1ms * (1 + (++n * 7) % 5); };
        QHash<QString, int> underWay;
        int most = 0;
        bench.carrier->reply = [&](const router::CallRequest &call, traffic::Reply &) { --underWay[call.session]; };
        bench.start();
        std::size_t seen = 0;
        bool isOrdered = true;
        bench.time.run(24h, [&] {
            for (; seen < bench.carrier->calls.size(); ++seen) {
                const QString &session = bench.carrier->calls[seen].session;
                isOrdered = isOrdered && (++underWay[session] == 1 || session.isEmpty());
            }
            most = std::max(most, static_cast<int>(bench.runner->progress().inFlight));
        });
        QVERIFY(isOrdered);
        QVERIFY(most > 3);
        QCOMPARE(bench.runner->progress().ok, 60);
        // And within a session in the order of the source.
        QHash<QString, int> last;
        for (const router::CallRequest &call : bench.carrier->calls) {
            const int place = call.requestId.section(u'-', 1).toInt();
            QVERIFY(call.session.isEmpty() || place > last.value(call.session, 0));
            last[call.session] = place;
        }
    }

    void aSlowSessionDelaysItselfOnly()
    {
        ReplayPlan plan = planOf(Pace::fixedRate(100));
        plan.session = *parseSessionKey(u"header:x-user"_s);
        Bench bench(plan, 100, [](int i, traffic::Exchange &exchange) {
            exchange.headers = {{"X-User", i % 10 == 0 ? QByteArray("slow") : QByteArray::number(i)}};
        });
        bench.carrier->serviceTime = [&bench](Nanoseconds) -> Nanoseconds {
            return bench.carrier->calls.back().session == u"slow" ? 150ms : 1ms;
        };
        bench.start();
        bench.run();
        QVERIFY(bench.isConsistent);
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.ok, 100);
        QCOMPARE(progress.dropped, 0);
        QCOMPARE(progress.lateness.max, 0.0);
        QVERIFY(!progress.isGeneratorLate);
        // Due each 100 ms and answered in 150: the last of the ten waits 450 ms for its session.
        QVERIFY(qAbs(progress.targets[0].response.max - 600.0) < 10.0);
        QVERIFY(qAbs(progress.targets[0].service.max - 150.0) < 5.0);
        QVERIFY(progress.targets[0].response.p50 < 2.0);
    }

    void aPauseIsNoLatenessForThoseWhoWaitForTheirSession()
    {
        ReplayPlan plan = planOf(Pace::fixedRate(100));
        plan.session = *parseSessionKey(u"header:x-user"_s);
        Bench bench(plan, 20, [](int, traffic::Exchange &exchange) { exchange.headers = {{"X-User", "one"}}; });
        bench.carrier->serviceTime = [](Nanoseconds) { return 15ms; };
        bench.start();
        bench.run(100ms);
        bench.runner->pause();
        bench.time.in(60s, [&] { bench.runner->resume(); });
        bench.run();
        const Progress progress = bench.runner->progress();
        QCOMPARE(progress.ok, 20);
        QVERIFY2(progress.lateness.max < 20.0, qPrintable(QString::number(progress.lateness.max)));
        QVERIFY2(progress.targets[0].response.max < 200.0,
                 qPrintable(QString::number(progress.targets[0].response.max)));
    }

    void sessionsLearnFromTheirAnswers()
    {
        ReplayPlan plan = planOf(Pace::closed(4));
        plan.session = *parseSessionKey(u"cookie:user"_s);
        plan.extractions = {{u"token"_s, {}, "/token"}};
        plan.rewrites = {{RewriteRule::Kind::SetHeader, u"X-Token"_s, u"{{token}}"_s}};
        // Two users log in, get a token, and use it as they did when they were recorded.
        Bench bench(plan, 6, [](int i, traffic::Exchange &exchange) {
            const QByteArray user = i % 2 == 0 ? "alice" : "bob";
            exchange.headers = {{"Cookie", "user=" + user + "; sid=<redacted:000000000000>"},
                                {"Authorization", "Bearer recorded-" + user}};
            exchange.recorded.emplace();
            exchange.recorded->state = traffic::AnswerState::Complete;
            if (i < 2)
                exchange.recorded->body = traffic::Body::whole(tokenBody("recorded-" + user));
            else
                exchange.body = traffic::Body::whole(tokenBody("recorded-" + user));
        });
        bench.carrier->reply = [](const router::CallRequest &call, traffic::Reply &answer) {
            if (call.requestId == u"run-1" || call.requestId == u"run-2") {
                answer.body = traffic::Body::whole(tokenBody("fresh-" + call.session.toUtf8()));
                answer.headers = {{"Set-Cookie", "sid=live-" + call.session.toUtf8() + "; Path=/; HttpOnly"}};
            }
        };
        bench.start();
        bench.run();
        QCOMPARE(bench.carrier->calls.size(), 6U);
        for (const router::CallRequest &call : bench.carrier->calls) {
            const http::Headers &headers = call.request.headers;
            const QByteArray user = call.session.toUtf8();
            if (call.requestId == u"run-1" || call.requestId == u"run-2") {
                QVERIFY(!headers.contains("cookie"));
                QVERIFY(!headers.contains("authorization"));
                QCOMPARE(headers.value("x-token"), "{{token}}");
                continue;
            }
            QCOMPARE(headers.value("cookie").toByteArray(), "sid=live-" + user);
            QCOMPARE(headers.value("authorization").toByteArray(), "Bearer fresh-" + user);
            QCOMPARE(headers.value("x-token").toByteArray(), "fresh-" + user);
            QCOMPARE(call.request.body, tokenBody("fresh-" + user));
        }
    }

    void stepByStep()
    {
        Bench bench(planOf(Pace::step()), 3);
        bench.start();
        bench.run();
        QCOMPARE(bench.runner->progress().sent, 0);
        QVERIFY(bench.runner->progress().state == RunState::Running);
        bench.runner->step();
        bench.run();
        QCOMPARE(bench.runner->progress().ok, 1);
        bench.runner->step();
        bench.runner->step();
        bench.run();
        QCOMPARE(bench.runner->progress().ok, 3);
        QVERIFY(bench.runner->progress().isOver());
    }

    void etaIsSaid()
    {
        Bench bench(planOf(Pace::fixedRate(10)), 101);
        bench.start();
        bench.run(4s);
        QCOMPARE(*bench.runner->progress().eta, Nanoseconds(6s));
        bench.run();
        QCOMPARE(*bench.runner->progress().eta, Nanoseconds(0));
    }

    void figuresAreJson()
    {
        Bench bench(planOf(Pace::fixedRate(100)), 10);
        bench.start();
        bench.run();
        const QJsonObject json = bench.runner->progress().toJson();
        QCOMPARE(json[u"planned"_s].toInt(), 10);
        QCOMPARE(json[u"sent"_s].toInt(), 10);
        QCOMPARE(json[u"ok"_s].toInt(), 10);
        QCOMPARE(json[u"failed"_s].toInt(), 0);
        QCOMPARE(json[u"dropped"_s].toInt(), 0);
        QVERIFY(json[u"seconds"_s].toDouble() > 0.09);
        QVERIFY(json[u"rate"_s].toDouble() > 0);
        QVERIFY(json[u"lateness"_s][u"p99"_s].isDouble());
    }
};

PARALLAX_TEST_MAIN(TestReplayRunner)
#include "tst_replay_runner.moc"
