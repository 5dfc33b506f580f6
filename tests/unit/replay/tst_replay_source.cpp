// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "replay/errors.h"
#include "replay/runcomparison.h"
#include "replay/source.h"
#include "support/testmain.h"
#include "traffic/capturestore.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::replay;
using traffic::Outcome;

namespace {

traffic::Exchange exchange(int i, Outcome outcome = Outcome::Equal, const QString &endpoint = u"pricing"_s)
{
    traffic::Exchange each;
    each.endpoint = endpoint;
    each.method = "POST";
    each.target = "/v1/endpoint/pricing";
    each.body = traffic::Body::whole("{\"data\": " + QByteArray::number(i) + '}');
    each.primary.name = u"alias"_s;
    each.primary.state = traffic::AnswerState::Complete;
    each.primary.status = 200;
    traffic::Reply mirror = each.primary;
    mirror.name = u"mirror_1"_s;
    mirror.role = traffic::Role::Mirror;
    mirror.outcome = outcome;
    each.mirrors.push_back(mirror);
    return each;
}

/// The same with answers that come out so; `id` is what a rule may ignore.
traffic::Exchange judged(int i, Outcome outcome)
{
    traffic::Exchange each = exchange(i);
    traffic::Reply &mirror = each.mirrors.front();
    each.primary.body = traffic::Body::whole(R"({"price": 1, "id": 1})");
    mirror.body = each.primary.body;
    if (outcome == Outcome::Different)
        mirror.body = traffic::Body::whole(R"({"price": 2, "id": 1})");
    else if (outcome == Outcome::EqualByRule)
        mirror.body = traffic::Body::whole(R"({"price": 1, "id": 2})");
    else if (outcome == Outcome::MirrorError)
        mirror.status = 500;
    else if (outcome == Outcome::Timeout)
        mirror.state = traffic::AnswerState::Timeout;
    else if (outcome == Outcome::Dropped)
        mirror.state = traffic::AnswerState::Dropped;
    return each;
}

QString captureOf(const std::vector<traffic::Exchange> &exchanges, const ReplayPlan *plan = nullptr)
{
    const QString path = test::freshFolder(u"run"_s) + u"/run.parallax"_s;
    traffic::CaptureWriter::Options options;
    if (plan != nullptr)
        options.properties.insert(kPlanProperty, planText(*plan));
    auto writer = traffic::CaptureWriter::open(path, traffic::CaptureWriter::Mode::CreateNew, options);
    for (const traffic::Exchange &each : exchanges)
        (void)(*writer)->append(each);
    (void)(*writer)->close();
    return path;
}

std::vector<traffic::Exchange> readAll(const ReplaySource &source)
{
    std::vector<traffic::Exchange> all;
    (void)source.reader(
        [&all](traffic::Exchange &&each) {
            all.push_back(std::move(each));
            return true;
        },
        {});
    return all;
}

} // namespace

class TestReplaySource : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void bareLinesGoToTheEndpoint()
    {
        const QString path = test::freshFolder(u"lines"_s) + u"/traffic.ndjson"_s;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"data\": 1}\nrubbish\n{\"data\": 2}\n{broken\n[\n\"\n\n{\"data\": 3}\n");
        file.close();
        ReplayPlan plan;
        plan.source = path;
        plan.endpoint = u"pricing"_s;
        const Result<ReplaySource> source = openSource(plan);
        VERIFY_OK(source);
        const std::vector<traffic::Exchange> all = readAll(*source);
        QCOMPARE(all.size(), 3U);
        QCOMPARE(all[0].method, "POST");
        QCOMPARE(all[0].target, "/v1/endpoint/pricing");
        QCOMPARE(source->summary->read, 3);
        QCOMPARE(source->summary->skipped, 4);
        const std::vector<Finding> findings = source->findings();
        QCOMPARE(findings.size(), 4U);
        QCOMPARE(findings[0].error.where.line, 2);
        QVERIFY(findings[3].error.code == kRecordsSkipped);
        QVERIFY(plan.sourceEndpoint.isEmpty());
    }

    void aCaptureOfSeveralEndpointsIsNarrowed()
    {
        ReplayPlan plan;
        plan.source = captureOf({exchange(1), exchange(2, Outcome::Equal, u"churn"_s)});
        plan.endpoint = u"churn"_s;
        VERIFY_OK(openSource(plan));
        QCOMPARE(plan.sourceEndpoint, u"churn"_s);
        Result<Planner> planner = Planner::make(plan);
        for (traffic::Exchange &each : readAll(*openSource(plan)))
            VERIFY_OK(planner->add(std::move(each)));
        QCOMPARE(planner->counts().chosen, 1);
        // Traffic of another endpoint altogether is meant for the one named.
        ReplayPlan other;
        other.source = plan.source;
        other.endpoint = u"new_endpoint"_s;
        VERIFY_OK(openSource(other));
        QVERIFY(other.sourceEndpoint.isEmpty());
    }

    void whatIsMissingIsSaid()
    {
        ReplayPlan plan;
        plan.source = u"/nowhere/traffic.parallax"_s;
        const Result<ReplaySource> source = openSource(plan);
        QVERIFY(!source);
        QVERIFY(source.error().code == base::kFileNotFound);
        QVERIFY(!planOfRun(plan.source));
    }

    void aRunKeepsItsPlan()
    {
        ReplayPlan plan;
        plan.source = u"old tést.parallax"_s;
        plan.endpoint = u"pricing"_s;
        plan.pace = Pace::fixedRate(200);
        plan.filter = u"status >= 500 and body ~ \"é\""_s;
        const Result<ReplayPlan> back = planOfRun(captureOf({exchange(1)}, &plan));
        VERIFY_OK(back);
        QCOMPARE(*back, plan);
        const Result<ReplayPlan> none = planOfRun(captureOf({exchange(1)}));
        QVERIFY(!none);
        QVERIFY(none.error().code == kNoPlan);
    }

    void failuresAreRetriedAsAPlan()
    {
        traffic::Exchange failed = exchange(2);
        failed.primary.status = 503;
        traffic::Exchange lost = exchange(3);
        lost.primary.state = traffic::AnswerState::Timeout;
        ReplayPlan plan;
        plan.endpoint = u"pricing"_s;
        plan.filter = u"id < 100"_s;
        plan.repeat = 3;
        plan = retryOfFailures(plan, captureOf({exchange(1), failed, lost, exchange(4)}));
        const Result<ReplaySource> source = openSource(plan);
        VERIFY_OK(source);
        Result<Planner> planner = Planner::make(plan);
        VERIFY_OK(planner);
        for (traffic::Exchange &each : readAll(*source))
            VERIFY_OK(planner->add(std::move(each)));
        const Result<PreparedReplay> prepared = planner->finish();
        VERIFY_OK(prepared);
        QCOMPARE(prepared->planned, 2);
        QCOMPARE(prepared->requests->at(0)->id.value, 2U);
        QCOMPARE(prepared->requests->at(1)->id.value, 3U);
    }

    void twoRunsAreHeldAgainstEachOther()
    {
        traffic::Exchange warm = judged(9, Outcome::Different);
        warm.isWarmup = true;
        const QString before =
            captureOf({judged(1, Outcome::Equal), judged(2, Outcome::Different), judged(3, Outcome::Different),
                       judged(4, Outcome::EqualByRule), judged(5, Outcome::Dropped), judged(6, Outcome::Equal),
                       judged(6, Outcome::Equal), warm, exchange(1, Outcome::Equal, u"churn"_s)});
        // In another order, as parallel workers answer.
        const QString after =
            captureOf({judged(4, Outcome::MirrorError), judged(3, Outcome::Timeout), judged(6, Outcome::Equal),
                       judged(2, Outcome::EqualByRule), judged(1, Outcome::Equal), judged(5, Outcome::Equal),
                       judged(7, Outcome::Equal), warm});
        compare::RulesBook rules;
        rules.setForAll(compare::readRules("schemaVersion: 1\nrules:\n  - {path: /id, ignore: true}\n", {}).rules);
        QList<std::pair<PairChange, RequestPair>> visited;
        RunQuestion question{before, after, u"pricing"_s, {}};
        question.visit = [&visited](const QString &mirror, PairChange change, const RequestPair &pair) {
            QCOMPARE(mirror, u"mirror_1"_s);
            visited.append({change, pair});
        };
        const Result<RunComparison> comparison = compareRuns(question, rules);
        VERIFY_OK(comparison);
        QCOMPARE(visited.size(), 6);
        QVERIFY(visited.first() == std::pair(PairChange::New, RequestPair({4}, {1})));
        QVERIFY(visited.last() == std::pair(PairChange::Unknown, RequestPair({5}, {6})));
        QCOMPARE(comparison->matched, 6);
        QCOMPARE(comparison->onlyBefore, 1);
        QCOMPARE(comparison->onlyAfter, 1);
        QCOMPARE(comparison->mirrors.size(), 1U);
        const MirrorChange &change = comparison->mirrors.front();
        QCOMPARE(change.agree, 2);
        QCOMPARE(change.fixed, 1);
        QCOMPARE(change.broken, 1);
        QCOMPARE(change.differ, 1);
        QCOMPARE(change.unknown, 1);
        QCOMPARE(change.fixedExamples, (std::vector<RequestPair>{{{2}, {4}}}));
        QCOMPARE(change.brokenExamples, (std::vector<RequestPair>{{{4}, {1}}}));
        const QJsonObject json = comparison->toJson();
        QCOMPARE(json[u"mirrors"_s][u"mirror_1"_s][u"new"_s].toInt(), 1);
        std::stop_source stop;
        stop.request_stop();
        const Result<RunComparison> stopped = compareRuns(question, rules, stop.get_token());
        QVERIFY(!stopped);
        QVERIFY(stopped.error().code == base::kCancelled);
        // Without the rule, what differs in the id only differs in both runs, and no answer has changed.
        question.visit = {};
        const Result<RunComparison> unruled = compareRuns(question, compare::RulesBook());
        VERIFY_OK(unruled);
        QCOMPARE(unruled->mirrors.front().fixed, 0);
        QCOMPARE(unruled->mirrors.front().broken, 0);
        QCOMPARE(unruled->mirrors.front().differ, 3);
        question.endpoint.clear();
        QCOMPARE(compareRuns(question, rules)->onlyBefore, 2); // and the one of the other endpoint
    }
};

PARALLAX_TEST_MAIN(TestReplaySource)
#include "tst_replay_source.moc"
