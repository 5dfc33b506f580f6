// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whole replays through the engine against servers on loopback, in real time.
#include "base/errors.h"
#include "replay/errors.h"
#include "replay/replayrun.h"
#include "router/errors.h"
#include "support/fakeupstream.h"
#include "support/recordingsink.h"
#include "support/testmain.h"
#include "unit/router/routersupport.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using namespace parallax::replay;

namespace {

traffic::Exchange request(int i)
{
    traffic::Exchange exchange;
    exchange.method = "POST";
    exchange.target = "/v1/endpoint/pricing";
    exchange.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer production"}};
    exchange.body = traffic::Body::whole("{\"data\": " + QByteArray::number(i) + '}');
    exchange.arrival = WallTime(Nanoseconds(1'700'000'000'000'000'000) + 10ms * i);
    return exchange;
}

SourceReader sourceOf(int count, const std::function<void(int, traffic::Exchange &)> &change = {})
{
    return [=](const std::function<bool(traffic::Exchange &&)> &take, const std::stop_token &stop) -> Status {
        for (int i = 0; i < count && !stop.stop_requested(); ++i) {
            traffic::Exchange each = request(i);
            if (change)
                change(i, each);
            if (!take(std::move(each)))
                break;
        }
        return {};
    };
}

/// A primary and a mirror on loopback, and a run against them.
struct Bench
{
    test::FakeUpstream primary;
    test::FakeUpstream mirror;
    test::TableBuilder tables;
    SystemClock clock;
    test::RecordingSink sink;
    ReplayRun::Setup setup;
    std::unique_ptr<ReplayRun> run;
    std::unique_ptr<QSignalSpy> ended;
    std::unique_ptr<QSignalSpy> failed;

    explicit Bench(const Pace &pace, int count)
    {
        setup.plan.pace = pace;
        setup.source = sourceOf(count);
        tables.deployment(u"old"_s, primary.port()).deployment(u"new"_s, mirror.port());
        tables.endpoint(u"pricing"_s, {u"old"_s}, {u"new"_s});
        setup.addressing = Addressing::toEndpoint(tables.build(), u"pricing"_s);
    }
    void start()
    {
        run = std::make_unique<ReplayRun>(clock, setup, &sink);
        ended = std::make_unique<QSignalSpy>(run.get(), &ReplayRun::ended);
        failed = std::make_unique<QSignalSpy>(run.get(), &ReplayRun::failed);
        run->start();
    }
    [[nodiscard]] bool isOver() const { return !ended->isEmpty() || !failed->isEmpty(); }
    [[nodiscard]] Error error() const { return failed->at(0).at(0).value<Error>(); }
    [[nodiscard]] Progress progress() const { return ended->at(0).at(0).value<Progress>(); }
};

bool addsUp(const Progress &p)
{
    return p.planned == p.sent + p.dropped + p.waiting && p.sent == p.ok + p.failed + p.inFlight;
}

} // namespace

class TestReplayRun : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyRequestIsAnsweredAndPaired()
    {
        Bench bench(Pace::closed(4), 200);
        bench.mirror.setAnswer([](const test::FakeUpstream::Received &received) {
            return test::FakeUpstream::Answer{test::FakeUpstream::ok(received.body)};
        });
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.failed->count(), 0);
        const Progress progress = bench.progress();
        QVERIFY(addsUp(progress));
        QCOMPARE(progress.ok, 200);
        QCOMPARE(progress.planned, 200);
        QCOMPARE(bench.primary.requests().size(), 200U);
        QCOMPARE(bench.mirror.requests().size(), 200U);
        QCOMPARE(bench.primary.connections() <= 8, true);
        QCOMPARE(bench.sink.finished().size(), 200U);
        for (const traffic::ExchangePtr &exchange : bench.sink.finished()) {
            QCOMPARE(exchange->endpoint, u"pricing"_s);
            QCOMPARE(exchange->primary.status, 200);
            QCOMPARE(exchange->mirrors.size(), 1U);
            QCOMPARE(exchange->mirrors[0].body.bytes, exchange->body.bytes);
            QVERIFY(exchange->started.count() >= 0);
            QCOMPARE(exchange->intended.count(), exchange->started.count());
        }
        QCOMPARE(bench.primary.requests()[0].requestLine(), "POST /old HTTP/1.1");
        QVERIFY(bench.primary.requests()[0].field("authorization").isNull());
        QCOMPARE(bench.mirror.requests()[0].field("x-parallax-mirror"), "mirror_1");
    }

    void aFixedRateIsKept()
    {
        Bench bench(Pace::fixedRate(500), 400);
        bench.start();
        QTRY_VERIFY(bench.isOver());
        const Progress progress = bench.progress();
        QCOMPARE(progress.ok, 400);
        QCOMPARE(progress.dropped, 0);
        const double span = toMilliseconds(bench.sink.finished().empty() ? 0ns : progress.elapsed);
        QVERIFY2(span >= 798 && span < 1000, qPrintable(QString::number(span)));
        for (const traffic::ExchangePtr &exchange : bench.sink.finished())
            QVERIFY(exchange->started >= exchange->intended);
        // Generous, as the test machine may be busy; the benchmark holds the real figure.
        QVERIFY2(progress.lateness.p50 < 5, qPrintable(QString::number(progress.lateness.p50)));
    }

    void recordedGapsAreKept()
    {
        Bench bench(Pace::recorded(2), 101);
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().ok, 101);
        const double span = toMilliseconds(bench.progress().elapsed);
        QVERIFY2(span >= 500 && span < 650, qPrintable(QString::number(span)));
    }

    // The demonstration of the design once for real, on a fifth of its scale: one connection, one stall.
    void aStallShowsInTheResponseTimeOnly()
    {
        Bench bench(Pace::fixedRate(100), 200);
        bench.setup.plan.maxInFlight = 1;
        bench.setup.plan.overload = Overload::Wait;
        int count = 0;
        bench.primary.setAnswer([&count](const test::FakeUpstream::Received &) {
            test::FakeUpstream::Answer answer{test::FakeUpstream::ok("{\"data\":1}")};
            answer.delayMs = ++count == 100 ? 500 : 0;
            return answer;
        });
        bench.start();
        QTRY_VERIFY(bench.isOver());
        const Progress progress = bench.progress();
        QCOMPARE(progress.ok, 200);
        QCOMPARE(progress.dropped, 0);
        const TargetProgress &primary = progress.targets.front();
        QVERIFY2(primary.response.p99 > 400, qPrintable(QString::number(primary.response.p99)));
        QVERIFY2(primary.response.p95 > 300, qPrintable(QString::number(primary.response.p95)));
        QVERIFY2(primary.service.p99 < 300, qPrintable(QString::number(primary.service.p99)));
        QVERIFY(primary.service.max >= 500);
        QVERIFY(progress.isGeneratorLate);
    }

    void stoppingKeepsWhatWasAnswered()
    {
        Bench bench(Pace::fixedRate(200), 100'000);
        bench.start();
        QTRY_VERIFY(bench.run->progress().ok >= 20);
        QVERIFY(addsUp(bench.run->progress()));
        bench.run->stop();
        QTRY_VERIFY(bench.isOver());
        const Progress progress = bench.progress();
        QVERIFY(addsUp(progress));
        QVERIFY(progress.reason == EndReason::Stopped);
        QCOMPARE(progress.waiting, 0);
        QCOMPARE(progress.inFlight, 0);
        QCOMPARE(static_cast<qint64>(bench.sink.finished().size()), progress.sent);
    }

    void stoppingTwiceGivesUpWhatHangs()
    {
        Bench bench(Pace::closed(3), 1000);
        bench.primary.setAnswer(test::FakeUpstream::hanging());
        bench.setup.drain = 60s;
        bench.start();
        QTRY_COMPARE(bench.run->progress().inFlight, 3);
        QTRY_COMPARE(bench.primary.requests().size(), 3U);
        bench.run->stop();
        bench.run->stop();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().failed, 3);
        QCOMPARE(bench.progress().dropped, 997);
        QCOMPARE(bench.sink.finished().size(), 3U);
    }

    void goingAwayDuringARunHangsNothing()
    {
        Bench bench(Pace::closed(3), 1000);
        bench.primary.setAnswer(test::FakeUpstream::hanging());
        bench.start();
        QTRY_COMPARE(bench.run->progress().inFlight, 3);
        QElapsedTimer timer;
        timer.start();
        bench.ended.reset();
        bench.failed.reset();
        bench.run.reset();
        QVERIFY(timer.elapsed() < 1000);
        QCOMPARE(bench.sink.finished().size(), 3U);
    }

    void pausingHolds()
    {
        Bench bench(Pace::fixedRate(200), 100);
        bench.start();
        QTRY_VERIFY(bench.run->progress().ok >= 5);
        bench.run->pause();
        QTRY_VERIFY(bench.run->progress().state == RunState::Paused);
        QTRY_COMPARE(bench.run->progress().inFlight, 0);
        const qint64 sent = bench.run->progress().sent;
        QVERIFY(sent < 100);
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY(timer.elapsed() > 100);
        QCOMPARE(bench.run->progress().sent, sent);
        bench.run->resume();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().ok, 100);
        QVERIFY(bench.progress().elapsed < 700ms);
    }

    void aTargetThatIsDownFailsEachRequest()
    {
        Bench bench(Pace::closed(2), 20);
        bench.primary.refuse();
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().failed, 20);
        QCOMPARE(bench.progress().ok, 0);
        QVERIFY(addsUp(bench.progress()));
        QCOMPARE(bench.sink.finished().size(), 20U);
        QCOMPARE(bench.sink.finished()[0]->mirrors[0].status, 200);
    }

    void aTargetThatDiesMidwayIsCounted()
    {
        Bench bench(Pace::closed(1), 50);
        int count = 0;
        bench.primary.setAnswer([&](const test::FakeUpstream::Received &) {
            if (++count == 30)
                QTimer::singleShot(20, [&] { bench.primary.refuse(); });
            return test::FakeUpstream::Answer{count >= 30 ? QByteArray() : test::FakeUpstream::ok("{\"data\":1}")};
        });
        bench.start();
        QTRY_VERIFY2(bench.isOver(),
                     qPrintable(QString::fromUtf8(QJsonDocument(bench.run->progress().toJson()).toJson())));
        const Progress progress = bench.progress();
        QCOMPARE(progress.ok, 29);
        QCOMPARE(progress.failed, 21);
    }

    void aHangingMirrorEndsAtItsDeadline()
    {
        Bench bench(Pace::closed(2), 4);
        bench.mirror.setAnswer(test::FakeUpstream::hanging());
        bench.setup.plan.timeout = 100ms;
        bench.start();
        QTRY_VERIFY(bench.isOver());
        const Progress progress = bench.progress();
        QCOMPARE(progress.ok, 4);
        QCOMPARE(progress.targets[1].count(traffic::AnswerState::Timeout), 4);
    }

    void unsendableRequestsFailAlone()
    {
        Bench bench(Pace::closed(1), 3);
        bench.setup.source = sourceOf(3, [](int i, traffic::Exchange &exchange) {
            if (i == 1)
                exchange.method = "B A D";
        });
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().ok, 2);
        QCOMPARE(bench.progress().failed, 1);
        QCOMPARE(bench.sink.finished()[1]->mirrors.size(), 1U);
    }

    void straightToAServer()
    {
        Bench bench(Pace::closed(1), 3);
        const QString url = u"http://127.0.0.1:%1"_s.arg(bench.primary.port());
        bench.setup.addressing = Addressing::toServer(*tableForUrl(url, u"pricing"_s), u"pricing"_s);
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().ok, 3);
        QCOMPARE(bench.primary.requests()[0].requestLine(), "POST /v1/endpoint/pricing HTTP/1.1");
        QCOMPARE(bench.primary.requests()[0].field("host"), "127.0.0.1:" + QByteArray::number(bench.primary.port()));
        QCOMPARE(bench.mirror.requests().size(), 0U);
    }

    void redirectsAreNotFollowed()
    {
        Bench bench(Pace::closed(1), 1);
        bench.primary.setAnswer([&](const test::FakeUpstream::Received &) {
            return test::FakeUpstream::Answer{
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + QByteArray::number(bench.mirror.port()) +
                "/x\r\nContent-Length: 0\r\n\r\n"};
        });
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.sink.finished()[0]->primary.status, 302);
        QCOMPARE(bench.mirror.requests().size(), 1U); // its own copy only
    }

    void whatCannotStartSaysWhy()
    {
        {
            Bench bench(Pace::recorded(1), 3);
            bench.setup.source = sourceOf(3, [](int, traffic::Exchange &exchange) { exchange.arrival.reset(); });
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == kNoTimes);
        }
        {
            Bench bench(Pace::closed(1), 0);
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == kSourceEmpty);
        }
        {
            Bench bench(Pace::closed(1), 3);
            bench.setup.addressing = Addressing::toEndpoint(bench.tables.build(), u"churn"_s);
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == router::kUnknownEndpoint);
        }
        {
            Bench bench(Pace::closed(1), 3);
            bench.tables.upstreams[u"new"_s].host = u"models.example.com"_s;
            bench.setup.addressing = Addressing::toEndpoint(bench.tables.build(), u"pricing"_s);
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == kHostNotAllowed);
            QCOMPARE(bench.error().args[u"count"_s].toInt(), 3);
            QCOMPARE(bench.primary.requests().size(), 0U);
        }
    }

    void stoppingWhileTheSourceIsRead()
    {
        Bench bench(Pace::closed(1), 0);
        bench.setup.source = [](const std::function<bool(traffic::Exchange &&)> &take,
                                const std::stop_token &stop) -> Status {
            while (!stop.stop_requested() && take(request(1))) {
            }
            return {};
        };
        bench.start();
        QTRY_VERIFY(bench.run->recordsRead() > 1000);
        bench.run->stop();
        QTRY_VERIFY(bench.isOver());
        QVERIFY(bench.error().code == base::kCancelled);
    }

    void judgementsAreShown()
    {
        Bench bench(Pace::closed(1), 3);
        bench.start();
        QTRY_VERIFY(bench.isOver());
        auto exchange = std::make_shared<traffic::Exchange>(*bench.sink.finished()[0]);
        exchange->mirrors[0].outcome = traffic::Outcome::Equal;
        bench.run->noteJudged({exchange, exchange});
        QCOMPARE(bench.run->progress().targets[1].outcomes[traffic::Outcome::Equal], 2);
        QCOMPARE(bench.run->progress().targets[1].outcomes.total(), 2);
        QCOMPARE(bench.run->distributions().size(), 2U);
        QCOMPARE(bench.run->distributions()[0].service.count(), 3);
    }

    void sessionsLogInAnew()
    {
        Bench bench(Pace::closed(4), 0);
        bench.setup.plan.session = *parseSessionKey(u"cookie:user"_s);
        bench.setup.plan.extractions = {{u"token"_s, {}, "/token"}};
        const auto bodyOf = [](const QByteArray &token) -> QByteArray { return "{\"token\": \"" + token + "\"}"; };
        bench.setup.source = sourceOf(40, [=](int i, traffic::Exchange &exchange) {
            const QByteArray user = "user" + QByteArray::number(i % 4);
            exchange.headers = {{"Cookie", "user=" + user}, {"X-Seq", QByteArray::number(i / 4)}, {"X-User", user}};
            exchange.body = traffic::Body::whole(bodyOf("recorded-token-of-" + user));
            exchange.recorded.emplace();
            exchange.recorded->state = traffic::AnswerState::Complete;
            exchange.recorded->body = traffic::Body::whole(bodyOf("recorded-token-of-" + user));
        });
        int underWay = 0;
        bench.primary.setAnswer([&](const test::FakeUpstream::Received &received) {
            const QByteArray user = received.field("x-user");
            test::FakeUpstream::Answer answer{
                test::FakeUpstream::ok(bodyOf("fresh-" + user), "Set-Cookie: sid=s-" + user + "\r\n")};
            answer.delayMs = 3;
            ++underWay;
            return answer;
        });
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.progress().ok, 40);
        QHash<QByteArray, int> next;
        for (const test::FakeUpstream::Received &received : bench.primary.requests()) {
            const QByteArray user = received.field("x-user");
            const int place = next[user]++;
            QCOMPARE(received.field("x-seq").toInt(), place);
            QCOMPARE(received.field("cookie"), place == 0 ? QByteArray() : QByteArray("sid=s-" + user));
            QCOMPARE(received.body, bodyOf((place == 0 ? "recorded-token-of-" : "fresh-") + user));
        }
        QVERIFY(bench.progress().elapsed < 40 * 3ms * 0.9 + 200ms);
    }
};

PARALLAX_TEST_MAIN(TestReplayRun)
#include "tst_replay_run.moc"
