// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A run from its targets to its comparison, on a small repository.
#include "base/errors.h"
#include "replay/errors.h"
#include "replay/replaysession.h"
#include "router/errors.h"
#include "support/fakeupstream.h"
#include "support/smallrepository.h"
#include "support/testmain.h"

#include <QFile>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::replay;

namespace {

const QByteArray kOne = "static: {body: {data: 1}}";
const QByteArray kTwo = "static: {body: {data: 2}}";

struct Bench
{
    test::SmallRepository small;
    SystemClock clock;
    targets::EnvironmentSecretStore secrets;
    ReplaySession::Setup setup;
    std::unique_ptr<ReplaySession> session;
    std::unique_ptr<QSignalSpy> ended;
    std::unique_ptr<QSignalSpy> failed;
    std::unique_ptr<QSignalSpy> warned;

    Bench(int requests, const QByteArray &oldTarget, const QByteArray &newTarget)
        : small(test::SmallRepository::make(requests, oldTarget, newTarget))
    {
        setup.plan.source = small.traffic;
        setup.plan.endpoint = u"pricing"_s;
        setup.capture = small.root + u"/run.parallax"_s;
        if (const auto repository = repository::Repository::discover(small.root))
            setup.repository = *repository;
    }
    void start()
    {
        session = std::make_unique<ReplaySession>(clock, secrets, setup);
        ended = std::make_unique<QSignalSpy>(session.get(), &ReplaySession::ended);
        failed = std::make_unique<QSignalSpy>(session.get(), &ReplaySession::failed);
        warned = std::make_unique<QSignalSpy>(session.get(), &ReplaySession::warned);
        session->start();
    }
    [[nodiscard]] bool isOver() const { return !ended->isEmpty() || !failed->isEmpty(); }
    [[nodiscard]] Error error() const { return failed->at(0).at(0).value<Error>(); }
    [[nodiscard]] SessionResult result() const { return ended->at(0).at(0).value<SessionResult>(); }
};

bool addsUp(const Progress &p)
{
    return p.planned == p.sent + p.dropped + p.waiting && p.sent == p.ok + p.failed + p.inFlight;
}

} // namespace

class TestReplaySession : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aRunIsRecordedComparedAndRemembered()
    {
        Bench bench(40, kOne, kTwo);
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.failed->count(), 0);
        const SessionResult result = bench.result();
        QVERIFY(addsUp(result.progress));
        QCOMPARE(result.progress.ok, 40);
        QVERIFY(!result.notWritten);
        QCOMPARE(result.comparison.requests, 40);
        QCOMPARE(result.comparison.mirrors.size(), 1U);
        QCOMPARE(result.comparison.mirrors[0].outcomes[traffic::Outcome::Different], 40);
        QCOMPARE(result.progress.targets[1].outcomes[traffic::Outcome::Different], 40);
        QVERIFY(!QFile::exists(bench.setup.capture + u"-wal"_s));

        Result<ReplayPlan> plan = planOfRun(bench.setup.capture);
        VERIFY_OK(plan);
        QCOMPARE(plan->endpoint, u"pricing"_s);
        QCOMPARE(plan->source, bench.small.traffic);

        // The stored plan over the run's own capture: only what differed is sent again.
        Bench again(0, kOne, kOne);
        again.setup.plan = retryOfDifferent(*plan, bench.setup.capture);
        again.start();
        QTRY_VERIFY(again.isOver());
        QCOMPARE(again.failed->count(), 0);
        QCOMPARE(again.result().progress.ok, 40);
        QCOMPARE(again.result().comparison.mirrors[0].outcomes[traffic::Outcome::Equal], 40);
    }

    void aMirrorCanBeLeftOut()
    {
        Bench bench(5, kOne, kTwo);
        bench.setup.plan.withoutMirrors = {u"mirror_1"_s};
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.failed->count(), 0);
        QCOMPARE(bench.result().progress.ok, 5);
        QCOMPARE(bench.result().progress.targets.size(), 1U);
    }

    void versionsAreComparedAdHoc()
    {
        Bench bench(5, kOne, kTwo);
        bench.setup.plan.endpoint.clear();
        bench.setup.plan.primary = endpoints::DeploymentRef::fromString(u"new"_s);
        bench.setup.plan.mirrors = {endpoints::DeploymentRef::fromString(u"old"_s),
                                    endpoints::DeploymentRef::fromString(u"new"_s)};
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.failed->count(), 0);
        const compare::Comparison comparison = bench.result().comparison;
        QCOMPARE(comparison.mirrors.size(), 2U);
        QCOMPARE(comparison.mirrors[0].outcomes[traffic::Outcome::Different], 5);
        QCOMPARE(comparison.mirrors[1].outcomes[traffic::Outcome::Equal], 5);
    }

    void stoppedAndPausedRunsKeepWhatWasAnswered()
    {
        Bench bench(200, kOne, kOne);
        bench.setup.plan.pace = Pace::recorded(1);
        bench.start();
        QTRY_VERIFY(bench.session->progress().ok > 3);
        bench.session->pause();
        QTRY_VERIFY(bench.session->progress().state == RunState::Paused);
        QTRY_COMPARE(bench.session->progress().inFlight, 0);
        const qint64 sent = bench.session->progress().sent;
        QVERIFY(sent < 200);
        bench.session->resume();
        QTRY_VERIFY(bench.session->progress().sent > sent);
        bench.session->stop();
        QTRY_VERIFY(bench.isOver());
        const SessionResult result = bench.result();
        QVERIFY(addsUp(result.progress));
        QVERIFY(result.progress.reason == EndReason::Stopped);
        QVERIFY(result.progress.ok > sent);
        QVERIFY(result.progress.ok < 200);
        const auto capture = traffic::CaptureReader::open(bench.setup.capture);
        VERIFY_OK(capture);
        QCOMPARE((*capture)->count().value_or(0), result.progress.sent);
    }

    void whatCannotRunSaysWhyAndLeavesNothing()
    {
        {
            Bench bench(0, kOne, kOne);
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QCOMPARE(bench.failed->count(), 1);
            QVERIFY(!QFile::exists(bench.setup.capture));
        }
        {
            Bench bench(3, kOne, kOne);
            bench.setup.plan.endpoint = u"nobody"_s;
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == router::kUnknownEndpoint);
        }
        {
            Bench bench(3, kOne, kOne);
            bench.setup.plan.source += u".missing"_s;
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == base::kFileNotFound);
        }
        {
            Bench bench(3, "process: {command: [\"/bin/false\"]}", kOne);
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QCOMPARE(bench.failed->count(), 1);
            QVERIFY(!QFile::exists(bench.setup.capture));
        }
        {
            Bench bench(3, "url: http://models.example.org/x", kOne);
            bench.start();
            QTRY_VERIFY(bench.isOver());
            QVERIFY(bench.error().code == kHostNotAllowed);
            QCOMPARE(bench.error().args[u"hosts"_s].toStringList(), QStringList{u"models.example.org"_s});
            QCOMPARE(bench.error().args[u"count"_s].toLongLong(), 3);
        }
    }

    void aMirrorWithoutATargetIsSaidAndTheRestGoesOn()
    {
        Bench bench(3, kOne, "process: {command: [\"/bin/false\"]}");
        bench.start();
        QTRY_VERIFY(bench.isOver());
        QCOMPARE(bench.failed->count(), 0);
        QCOMPARE(bench.warned->count(), 1);
        QCOMPARE(bench.result().progress.ok, 3);
        QCOMPARE(bench.result().comparison.mirrors[0].outcomes[traffic::Outcome::MirrorError], 3);
    }
};

PARALLAX_TEST_MAIN(TestReplaySession)
#include "tst_replay_session.moc"
