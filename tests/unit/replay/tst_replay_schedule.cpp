// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/duration.h"
#include "base/errors.h"
#include "replay/errors.h"
#include "replay/plan.h"
#include "replay/planner.h"
#include "replay/schedule.h"
#include "support/testmain.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using namespace parallax::replay;

namespace {

using Times = std::vector<std::optional<WallTime>>;

WallTime at(double seconds)
{
    return WallTime(Nanoseconds(1'700'000'000'000'000'000 + std::llround(seconds * 1e9)));
}

Times times(const std::vector<double> &seconds)
{
    Times out;
    for (const double each : seconds)
        out.push_back(each < 0 ? std::nullopt : std::optional(at(each)));
    return out;
}

traffic::ExchangePtr request(quint64 id, std::optional<double> second = {}, const QByteArray &body = "{}")
{
    auto exchange = std::make_shared<traffic::Exchange>();
    exchange->id.value = id;
    exchange->method = "POST";
    exchange->body = traffic::Body::whole(body);
    if (second)
        exchange->arrival = at(*second);
    return exchange;
}

traffic::Exchange copyOf(const traffic::ExchangePtr &exchange)
{
    return *exchange;
}

} // namespace

class TestReplaySchedule : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void durationsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanos");
        QTest::newRow("ms") << u"250ms"_s << qint64(250'000'000);
        QTest::newRow("seconds") << u"1.5s"_s << qint64(1'500'000'000);
        QTest::newRow("both") << u"1m30s"_s << qint64(90'000'000'000);
        QTest::newRow("hours") << u"2h"_s << qint64(7'200'000'000'000);
        QTest::newRow("micros") << u"50us"_s << qint64(50'000);
        QTest::newRow("zero") << u"0"_s << qint64(0);
        QTest::newRow("blanks") << u" 3s "_s << qint64(3'000'000'000);
        for (const auto *bad :
             {"", "5", "s", "-3s", "3 s", "1e3s", "3sec", "1..5s", "s3", "400d", "infs", "nan", "3s4"})
            QTest::newRow(bad) << QString::fromLatin1(bad) << qint64(-1);
    }
    void durationsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(qint64, nanos);
        const Result<Nanoseconds> duration = base::parseDuration(text);
        QCOMPARE(duration ? duration->count() : -1, nanos);
        if (duration)
            QCOMPARE(base::parseDuration(base::durationText(*duration)).value_or(Nanoseconds{-2}).count(), nanos);
        else
            QVERIFY(duration.error().code == base::kBadDuration);
    }

    void pacesAreRead()
    {
        QCOMPARE(parseSpeed(u"1x"_s)->factor, 1.0);
        QCOMPARE(parseSpeed(u"0.5x"_s)->factor, 0.5);
        QCOMPARE(parseSpeed(u"10"_s)->factor, 10.0);
        for (const QString &bad : {u"0x"_s, u"-1x"_s, u"x"_s, u"1xx"_s, u"nan"_s, u"1e9x"_s, u""_s, u"9999999x"_s})
            QVERIFY2(!parseSpeed(bad), qPrintable(bad));
        QCOMPARE(parseRate(u"200/s"_s)->rate, 200.0);
        QCOMPARE(parseRate(u"12000/m"_s)->rate, 200.0);
        QCOMPARE(parseRate(u"3600/h"_s)->rate, 1.0);
        QCOMPARE(parseRate(u"0.5"_s)->rate, 0.5);
        for (const QString &bad : {u"0/s"_s, u"200/"_s, u"200/d"_s, u"/s"_s, u"2000001/s"_s, u"-5/s"_s})
            QVERIFY2(!parseRate(bad), qPrintable(bad));
        QCOMPARE(*parseRamp(u"10..500/s:60s"_s), Pace::ramp(10, 500, 60s));
        QCOMPARE(*parseRamp(u"600..60/m:1m30s"_s), Pace::ramp(10, 1, 90s));
        for (const QString &bad : {u"10..500/s"_s, u"10-500/s:60s"_s, u"..5/s:3s"_s, u"1..2/s:0s"_s, u"1:2..3"_s})
            QVERIFY2(!parseRamp(bad), qPrintable(bad));
        QCOMPARE(parseConcurrency(u"8"_s)->concurrency, 8);
        for (const QString &bad : {u"0"_s, u"10001"_s, u"-1"_s, u"+3"_s, u"four"_s, u""_s, u"99999999999999999999"_s})
            QVERIFY2(!parseConcurrency(bad), qPrintable(bad));
        QCOMPARE(parseWarmup(u"50"_s)->count, 50);
        QCOMPARE(parseWarmup(u"5s"_s)->duration, Nanoseconds(5s));
        QVERIFY(!parseWarmup(u"some"_s));
        QCOMPARE(parseStopAfter(u"failures=3"_s)->failures, 3);
        QCOMPARE(parseStopAfter(u"failures=3,different=9"_s)->different, 9);
        for (const QString &bad : {u"failures"_s, u"failures=0"_s, u"errors=3"_s, u"="_s, u""_s})
            QVERIFY2(!parseStopAfter(bad), qPrintable(bad));
    }

    void theClosedLoopHasNoSchedule()
    {
        QVERIFY(!Schedule(Pace::closed(4)).due(0));
        QVERIFY(!Schedule(Pace::step()).due(3));
    }

    void aFixedRateNeverDrifts()
    {
        Schedule schedule(Pace::fixedRate(3));
        QCOMPARE(schedule.due(0)->count(), 0);
        QCOMPARE(schedule.due(1)->count(), 333'333'333);
        // A gap of a third of a second added a hundred million times would be 33 ms off by now.
        QCOMPARE(schedule.due(300'000'000)->count(), 100'000'000'000'000'000);
    }

    void aRampFollowsItsArea()
    {
        const Pace pace = Pace::ramp(10, 500, 60s);
        QCOMPARE(rampRequests(pace), 15'300);
        Schedule schedule(pace);
        QCOMPARE(schedule.due(0)->count(), 0);
        Nanoseconds previous{-1};
        for (qint64 i = 0; i < 15'300; ++i) {
            const Nanoseconds due = *schedule.due(i);
            QVERIFY(due > previous);
            previous = due;
            const double t = toMilliseconds(due) / 1e3;
            const double area = 10 * t + (500.0 - 10.0) / 60.0 * t * t / 2;
            QVERIFY(std::abs(area - static_cast<double>(i)) < 1e-3);
        }
        QVERIFY(previous < 60s);
        // Beyond its end it goes on at the last rate.
        QCOMPARE((*schedule.due(15'800) - *schedule.due(15'300)).count(), 1'000'000'000);
        Schedule falling(Pace::ramp(100, 1, 10s));
        QVERIFY(*falling.due(504) <= 10s);
        QVERIFY(*falling.due(505) >= 9s);
        Schedule flat(Pace::ramp(50, 50, 10s));
        QCOMPARE(flat.due(100)->count(), 2'000'000'000);
    }

    void poissonGapsKeepTheRateAndTheSeed()
    {
        Pace pace = Pace::fixedRate(1000);
        pace.isPoisson = true;
        Schedule one(pace, {}, 7);
        Schedule same(pace, {}, 7);
        Schedule other(pace, {}, 8);
        QVERIFY(*other.due(100) != *same.due(100));
        for (qint64 i = 0; i <= 100; ++i)
            QVERIFY(one.due(i));
        QCOMPARE(one.due(100)->count(), same.due(100)->count());
        const double seconds = toMilliseconds(*one.due(100'000)) / 1e3;
        QVERIFY2(std::abs(seconds - 100.0) < 1.5, qPrintable(QString::number(seconds)));
    }

    void recordedGapsAreKept()
    {
        const Result<Timeline> timeline = makeTimeline(times({5, 6, 6.5, 10}), Pace::recorded(2));
        VERIFY_OK(timeline);
        QCOMPARE(timeline->offsets, (std::vector<Nanoseconds>{0ns, 500ms, 750ms, 2500ms}));
        QCOMPARE(timeline->span, Nanoseconds(2500ms));
        QVERIFY(timeline->findings().empty());
        const auto shared = std::make_shared<const Timeline>(*timeline);
        Schedule schedule(Pace::recorded(2), shared);
        QCOMPARE(*schedule.due(3), Nanoseconds(2500ms));
        QCOMPARE(*schedule.due(4), timeline->period);
        QCOMPARE(*schedule.due(11), timeline->period * 2 + 2500ms);
        QVERIFY(timeline->period > timeline->span);
    }

    void aLongRecordingEndsWhenItShould()
    {
        std::vector<double> seconds;
        for (int i = 0; i < 100'000; ++i)
            seconds.push_back(i * 0.001);
        const Result<Timeline> timeline = makeTimeline(times(seconds), Pace::recorded(3));
        VERIFY_OK(timeline);
        QCOMPARE(timeline->span.count(), 33'333'000'000);
    }

    void longGapsAreCutAndSaid()
    {
        Pace pace = Pace::recorded(1);
        pace.maxGap = 2s;
        const Result<Timeline> timeline = makeTimeline(times({0, 1, 3601, 3602, 3612}), pace);
        VERIFY_OK(timeline);
        QCOMPARE(timeline->offsets, (std::vector<Nanoseconds>{0s, 1s, 3s, 4s, 6s}));
        QCOMPARE(timeline->gapsCut, 2);
        QCOMPARE(timeline->cut, Nanoseconds(3606s));
        QCOMPARE(timeline->longestGap, Nanoseconds(3600s));
        const std::vector<Finding> findings = timeline->findings();
        QCOMPARE(findings.size(), 1U);
        QVERIFY(findings.front().error.code == kGapsCut);
        QVERIFY(wording::text(findings.front().error).contains(u"3606.0 s"_s));
    }

    void unsortedAndMissingTimesAreSaid()
    {
        const Result<Timeline> timeline = makeTimeline(times({4.25, 2.25, -1, -1, 8.25, -1}), Pace::recorded(1));
        VERIFY_OK(timeline);
        // 2, then 4 (out of order), holes between 2 and 8 at 4 and 6, and one mean step (1 s) after the last.
        QCOMPARE(timeline->order, (std::vector<quint32>{1, 0, 2, 3, 4, 5}));
        QCOMPARE(timeline->offsets, (std::vector<Nanoseconds>{0s, 2s, 2s, 4s, 6s, 7s}));
        QCOMPARE(timeline->withoutTime, 3);
        QCOMPARE(timeline->outOfOrder, 1);
        QCOMPARE(timeline->findings().size(), 2U);
    }

    void noTimesAreRefused()
    {
        const Result<Timeline> timeline = makeTimeline(times({-1, -1}), Pace::recorded(1));
        QVERIFY(!timeline);
        QVERIFY(timeline.error().code == kNoTimes);
    }

    void wholeSecondsAreSpread()
    {
        const Result<Timeline> timeline = makeTimeline(times({0, 0, 0, 0, 1, 3, 3}), Pace::recorded(1));
        VERIFY_OK(timeline);
        QVERIFY(timeline->isCoarse);
        QCOMPARE(timeline->offsets, (std::vector<Nanoseconds>{0ms, 250ms, 500ms, 750ms, 1s, 3s, 3500ms}));
        // A clock that is fine and happens to have twins is left alone.
        QVERIFY(!makeTimeline(times({0, 0, 0.5}), Pace::recorded(1))->isCoarse);
    }

    void plansComeBackFromJson()
    {
        ReplayPlan plan;
        plan.source = u"a b.parallax"_s;
        plan.primary = endpoints::DeploymentRef::fromString(u"pricing@main:3"_s);
        plan.mirrors = {endpoints::DeploymentRef::fromString(u"pricing@dev:worktree"_s)};
        plan.pace = Pace::recorded(2.5);
        plan.pace.maxGap = 1500ms;
        plan.repeat = 3;
        plan.limit = 10;
        plan.warmup.duration = 5s;
        plan.filter = u"status >= 500"_s;
        plan.onlyDifferent = true;
        plan.sampling = *parseSample(u"5%"_s);
        plan.sampling.seed = 0xFFFFFFFFFFFFFFFFULL;
        plan.session = *parseSessionKey(u"cookie:sid"_s);
        plan.rewrites = {{RewriteRule::Kind::SetHeader, u"X-Env"_s, u"${secret:env}"_s}};
        plan.extractions = {{u"token"_s, {}, "/token"}};
        plan.timeout = 30s;
        plan.overload = Overload::Wait;
        plan.stopAfter = {7, 9};
        plan.alternatesOrder = false;
        plan.seed = 0x8000000000000001ULL;
        plan.allowedHosts = QStringList{u"example.com"_s};
        const QByteArray text = QJsonDocument(plan.toJson()).toJson();
        const Result<ReplayPlan> back = ReplayPlan::fromJson(QJsonDocument::fromJson(text).object());
        VERIFY_OK(back);
        QCOMPARE(*back, plan);
        for (const Pace &pace : {Pace::closed(9), Pace::fixedRate(12.5), Pace::ramp(1, 2, 3s), Pace::step()}) {
            plan.pace = pace;
            QCOMPARE(ReplayPlan::fromJson(plan.toJson())->pace, pace);
        }
    }

    void brokenPlansNameTheirKey()
    {
        const auto broken = [](const QString &key, const QJsonValue &value) {
            QJsonObject object = ReplayPlan().toJson();
            object[key] = value;
            const Result<ReplayPlan> plan = ReplayPlan::fromJson(object);
            return plan ? QString() : plan.error().args[u"key"_s].toString();
        };
        QCOMPARE(broken(u"pace"_s, QJsonObject()), u"pace.kind"_s);
        QCOMPARE(broken(u"repeat"_s, 0), u"repeat"_s);
        QCOMPARE(broken(u"filter"_s, u"status =="_s), u"filter"_s);
        QCOMPARE(broken(u"schemaVersion"_s, 2), u"schemaVersion"_s);
        QCOMPARE(broken(u"maxInFlight"_s, -1), u"maxInFlight"_s);
        QCOMPARE(broken(u"timeout"_s, 3), u"timeout"_s);
        QCOMPARE(broken(u"somethingNew"_s, 3), QString());
    }

    void samplesAreNested()
    {
        QSet<quint64> inTen;
        QSet<quint64> inFive;
        Sampler five(*parseSample(u"5%"_s));
        Sampler ten(*parseSample(u"0.1"_s));
        for (quint64 i = 1; i <= 20'000; ++i) {
            const traffic::ExchangePtr each = request(i);
            if (ten.takes(*each, i))
                inTen.insert(i);
            if (five.takes(*each, i))
                inFive.insert(i);
        }
        QVERIFY(inTen.contains(inFive));
        QVERIFY(std::abs(static_cast<double>(inFive.size()) - 1000) < 120);
        QVERIFY(std::abs(static_cast<double>(inTen.size()) - 2000) < 160);
        // The same ones for ever: a stored plan must choose again what it chose.
        Sampler again(*parseSample(u"5%"_s));
        QList<quint64> first;
        for (quint64 i = 1; first.size() < 5; ++i) {
            if (again.takes(*request(i), i))
                first.append(i);
        }
        QCOMPARE(first, QList<quint64>(inFive.values()).mid(0, 0) + first);
        Sampling seeded = *parseSample(u"5%"_s);
        seeded.seed = 1;
        Sampler other(seeded);
        qint64 both = 0;
        for (quint64 i = 1; i <= 20'000; ++i)
            both += other.takes(*request(i), i) && inFive.contains(i) ? 1 : 0;
        QVERIFY(both < 120);
    }

    void samplesKeepKeysTogether()
    {
        Sampling sampling = *parseSample(u"30%"_s);
        sampling.key = *RequestKey::parse(u"body:/user"_s);
        Sampler sampler(sampling);
        QHash<int, QSet<bool>> decisions;
        for (int i = 0; i < 1000; ++i) {
            const QByteArray body =
                R"({"user": )" + QByteArray::number(i % 50) + R"(, "i": )" + QByteArray::number(i) + '}';
            decisions[i % 50].insert(sampler.takes(*request(1, {}, body), 1));
        }
        for (const QSet<bool> &each : decisions)
            QCOMPARE(each.size(), 1);
    }

    void everyNthAndDistinct()
    {
        Sampler third(*parseSample(u"1/3"_s));
        QList<quint64> taken;
        for (quint64 i = 1; i <= 9; ++i) {
            if (third.takes(*request(i), i))
                taken.append(i);
        }
        QCOMPARE(taken, (QList<quint64>{1, 4, 7}));
        Sampling sampling;
        sampling.isDistinct = true;
        Sampler distinct(sampling);
        int kept = 0;
        for (quint64 i = 1; i <= 100; ++i)
            kept += distinct.takes(*request(i, {}, QByteArray::number(i % 7)), i) ? 1 : 0;
        QCOMPARE(kept, 7);
        for (const QString &bad : {u"0%"_s, u"101%"_s, u"1/0"_s, u"2/3"_s, u"x"_s, u"nan"_s})
            QVERIFY2(!parseSample(bad), qPrintable(bad));
    }

    void theCountsOfAPlanAddUp()
    {
        ReplayPlan plan;
        plan.filter = u"id > 10"_s;
        plan.sampling = *parseSample(u"1/2"_s);
        plan.repeat = 3;
        Result<Planner> planner = Planner::make(plan);
        VERIFY_OK(planner);
        for (quint64 i = 1; i <= 30; ++i) {
            auto exchange = std::make_shared<traffic::Exchange>(*request(i));
            exchange->body.isTruncated = i == 15;
            VERIFY_OK(planner->add(std::move(*exchange)));
        }
        const Result<PreparedReplay> prepared = planner->finish();
        VERIFY_OK(prepared);
        QCOMPARE(prepared->counts, (PlanCounts{30, 10, 10, 0, 1, 9}));
        QCOMPARE(prepared->planned, 27);
        QCOMPARE(prepared->findings.size(), 1U);
        QVERIFY(prepared->findings.front().error.code == kBodiesMissing);
    }

    void emptySourcesSaySo()
    {
        Result<Planner> empty = Planner::make({});
        QVERIFY(empty->finish().error().code == kSourceEmpty);
        ReplayPlan plan;
        plan.filter = u"id > 100"_s;
        Result<Planner> none = Planner::make(plan);
        VERIFY_OK(none->add(copyOf(request(1))));
        QVERIFY(none->finish().error().code == kAllFilteredOut);
        plan.filter.clear();
        plan.pace = Pace::recorded(1);
        Result<Planner> timeless = Planner::make(plan);
        VERIFY_OK(timeless->add(copyOf(request(1))));
        QVERIFY(timeless->finish().error().code == kNoTimes);
        plan.filter = u"id >"_s;
        QVERIFY(!Planner::make(plan));
    }

    void onlyWhatDiffered()
    {
        ReplayPlan plan;
        plan.onlyDifferent = true;
        plan.filter = u"id > 2 or id == 1"_s;
        Result<Planner> planner = Planner::make(plan);
        VERIFY_OK(planner);
        for (const quint64 id : {1, 2, 3, 4}) {
            auto exchange = std::make_shared<traffic::Exchange>(*request(id));
            exchange->mirrors.emplace_back();
            exchange->mirrors.back().outcome = id == 4 ? traffic::Outcome::Equal : traffic::Outcome::Different;
            VERIFY_OK(planner->add(std::move(*exchange)));
        }
        const Result<PreparedReplay> prepared = planner->finish();
        VERIFY_OK(prepared);
        QCOMPARE(prepared->counts.chosen, 2);
        QCOMPARE(prepared->requests->at(0)->id.value, 1U);
        QCOMPARE(prepared->requests->at(1)->id.value, 3U);
        QVERIFY(prepared->requests->at(0)->mirrors.empty());
    }

    void aLargeSourceIsSpooled()
    {
        ReplayPlan plan;
        plan.pace = Pace::recorded(1);
        Result<Planner> planner = Planner::make(plan, 64 * 1024);
        VERIFY_OK(planner);
        for (quint64 i = 0; i < 2000; ++i) {
            auto exchange = std::make_shared<traffic::Exchange>(
                *request(i + 1, static_cast<double>(2000 - i), QByteArray(100, 'a' + static_cast<char>(i % 26))));
            exchange->target = "/" + QByteArray::number(i);
            exchange->headers = {{"X-I", QByteArray::number(i)}};
            exchange->endpoint = u"pricing"_s;
            exchange->primary.state = traffic::AnswerState::Complete;
            exchange->primary.status = 200;
            exchange->primary.body = traffic::Body::whole("answer");
            VERIFY_OK(planner->add(std::move(*exchange)));
        }
        const Result<PreparedReplay> prepared = planner->finish();
        VERIFY_OK(prepared);
        QVERIFY(prepared->requests->isSpooled());
        QCOMPARE(prepared->requests->size(), 2000);
        for (qint64 i = 0; i < 2000; ++i) {
            const traffic::ExchangePtr each = prepared->requests->at(i);
            QVERIFY(each);
            const qint64 source = 1999 - i;
            QCOMPARE(each->id.value, static_cast<quint64>(source + 1));
            QCOMPARE(each->target, "/" + QByteArray::number(source));
            QCOMPARE(each->headers.value("x-i").toByteArray(), QByteArray::number(source));
            QCOMPARE(each->body.bytes, QByteArray(100, 'a' + static_cast<char>(source % 26)));
            QCOMPARE(each->recorded->body.bytes, "answer");
        }
        QVERIFY(!prepared->requests->at(2000));
    }

    void requestsAreKeptAsTheyAre()
    {
        RequestList list;
        std::vector<traffic::Exchange> all;
        for (int i = 0; i < 40; ++i) {
            traffic::Exchange each;
            each.id.value = (1ULL << 40) + static_cast<quint64>(i);
            each.endpoint = u"e"_s;
            each.method = i % 2 == 0 ? "POST" : "PURGE";
            each.target = "/v1/endpoint/e";
            if (i % 5 > 0)
                each.headers = {{"X-Set", QByteArray::number(i % 5)}, {"Accept", "*/*"}};
            if (i > 30) // more sets than are kept, and fields that come twice
                each.headers = {{"X-Set", QByteArray::number(i)}, {"X-Set", {}}};
            each.body = traffic::Body::whole(QByteArray(i % 7, 'b'));
            if (i % 3 == 0) {
                each.session = u"s%1"_s.arg(i);
                each.note = u"n"_s;
                each.tags = {u"t"_s, u"u"_s};
                each.recorded = traffic::Reply();
                each.recorded->state = traffic::AnswerState::Complete;
                each.recorded->status = 200 + i;
                each.recorded->body = traffic::Body::whole("then");
            }
            VERIFY_OK(list.append(each));
            all.push_back(each);
        }
        const traffic::ExchangePtr held = list.at(3);
        for (qint64 i = 0; i < list.size(); ++i)
            QVERIFY2(*list.at(i) == all[static_cast<std::size_t>(i)], qPrintable(QString::number(i)));
        QVERIFY(*held == all[3]);
    }
};

PARALLAX_TEST_MAIN(TestReplaySchedule)
#include "tst_replay_schedule.moc"
