// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/errors.h"
#include "replay/filter.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using replay::Filter;

namespace {

traffic::Exchange sample()
{
    traffic::Exchange exchange;
    exchange.id.value = 17;
    WallTime time;
    (void)fromRfc3339(u"2026-01-02T03:04:05Z"_s, time);
    exchange.arrival = time;
    exchange.endpoint = u"pricing"_s;
    exchange.method = "POST";
    exchange.target = "/v1/endpoint/pricing?debug=1";
    exchange.headers = {{"Content-Type", "application/json"}, {"X-User", "alice"}, {"X-User", "bob"}};
    exchange.body = traffic::Body::whole(R"({"data": [{"region": "eu", "carat": 0.7, "a/b": null}], "n": 12})");
    exchange.tags = QStringList{u"slow"_s, u"checked"_s};
    exchange.session = u"s1"_s;
    exchange.primary.state = traffic::AnswerState::Complete;
    exchange.primary.status = 503;
    exchange.primary.headers = {{"Retry-After", "3"}};
    exchange.primary.body = traffic::Body::whole(R"({"error": "ValueError: bad cut"})");
    exchange.primary.timings.sent = std::chrono::milliseconds(1);
    exchange.primary.timings.done = std::chrono::milliseconds(301);
    traffic::Reply first;
    first.name = u"mirror_1"_s;
    first.outcome = traffic::Outcome::Equal;
    traffic::Reply second;
    second.name = u"mirror_2"_s;
    second.outcome = traffic::Outcome::Different;
    exchange.mirrors = {first, second};
    return exchange;
}

} // namespace

class TestReplayFilter : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyFilterLetsEverythingThrough()
    {
        QVERIFY(Filter().matches(sample()));
        QVERIFY(Filter().isEmpty());
        const Result<Filter> blank = Filter::parse(u"  "_s);
        QVERIFY(!blank);
        QVERIFY(blank.error().code == replay::kFilterEmpty);
    }

    void expressionsAreEvaluated_data()
    {
        QTest::addColumn<bool>("expected");
        const auto yes = [](const char *text) { QTest::newRow(text) << true; };
        const auto no = [](const char *text) { QTest::newRow(text) << false; };
        yes("method == POST");
        yes("method = post");
        no("method != POST");
        yes("endpoint == pricing");
        no("endpoint == Pricing");
        yes("target ~ DEBUG");
        no("target !~ debug");
        yes("target =~ \"^/v1/.*debug=[0-9]$\"");
        yes("status == 503");
        yes("status >= 500 and status < 504");
        no("status > 503");
        yes("latency > 250ms");
        yes("latency == 300");
        no("latency >= 0.5s");
        yes("time >= 2026-01-02T03:04:05Z and time < 2026-01-03T00:00:00Z");
        no("time > \"2026-01-02 03:04:06\"");
        yes("outcome == different");
        yes("outcome == equal");
        no("outcome == timeout");
        yes("outcome.mirror_2 == different");
        no("outcome.mirror_1 == different");
        no("outcome != equal");
        yes("outcome.mirror_2 != equal");
        yes("outcome");
        no("outcome.mirror_9");
        yes("failed");
        no("not failed");
        yes("tag == slow");
        no("tag == slo");
        yes("tag ~ slo");
        no("tag != slow");
        yes("tag");
        no("note");
        yes("session == s1");
        yes("id <= 17");
        yes("header.x-user == bob");
        no("header.x-user != bob");
        yes("header.x-user != carol");
        yes("header.x-none != a");
        no("header.x-none");
        yes("header.Content-Type ~ JSON");
        yes("answer-header.retry-after >= 3");
        yes("body ~ region");
        no("body ~ \"region: eu\"");
        yes("body/data/0/region == eu");
        yes("body/data/0/carat < 0.71");
        yes("body/data/0/carat == 0.70");
        no("body/data/0/region < 3");
        yes("body/data/0/a~1b == null");
        yes("body/n > 11.5");
        no("body/m");
        yes("body/m != 3");
        yes("body/data/0");
        yes("answer/error ~ valueerror");
        yes("not (method == GET or status == 200)");
        yes("method == GET or status == 200 or tag == slow");
        no("method == GET or status == 200 and tag == slow");
        yes("!failed || tag == slow && status == 503");
        yes("tag == 'slow' AND NOT note");
        yes("target ~ /v1/endpoint");
        no("tag == and");
        yes("body ~ '\"n\": 12'");
    }
    void expressionsAreEvaluated()
    {
        const Result<Filter> filter = Filter::parse(QString::fromUtf8(QTest::currentDataTag()));
        VERIFY_OK(filter);
        QFETCH(bool, expected);
        QCOMPARE(filter->matches(sample()), expected);
    }

    void errorsNameTheirColumn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("column");
        QTest::newRow("unknown") << u"method == GET and metod == POST"_s << u"filter-unknown-field"_s << 19;
        QTest::newRow("two words") << u"method POST"_s << u"filter-unexpected"_s << 8;
        QTest::newRow("no value") << u"status >="_s << u"filter-unfinished"_s << 10;
        QTest::newRow("no term") << u"status > 3 and"_s << u"filter-unfinished"_s << 15;
        QTest::newRow("open") << u"not (status > 3"_s << u"filter-unclosed"_s << 5;
        QTest::newRow("quote") << u"target ~ \"x"_s << u"filter-unclosed"_s << 10;
        QTest::newRow("close") << u"status > 3)"_s << u"filter-unexpected"_s << 11;
        QTest::newRow("operator") << u"status ~ 5"_s << u"filter-bad-operator"_s << 8;
        QTest::newRow("order of words") << u"method > GET"_s << u"filter-bad-operator"_s << 8;
        QTest::newRow("failed") << u"failed == true"_s << u"filter-bad-operator"_s << 8;
        QTest::newRow("number") << u"status == ok"_s << u"filter-bad-value"_s << 11;
        QTest::newRow("outcome") << u"outcome == differnt"_s << u"filter-bad-value"_s << 12;
        QTest::newRow("time") << u"time > yesterday"_s << u"filter-bad-value"_s << 8;
        QTest::newRow("pattern") << u"target =~ \"(\""_s << u"filter-bad-value"_s << 11;
        QTest::newRow("pointer of text") << u"method/x == 1"_s << u"filter-unknown-field"_s << 1;
        QTest::newRow("bad pointer") << u"body/a~2 == 1"_s << u"filter-unexpected"_s << 10;
        QTest::newRow("value first") << u"== 3"_s << u"filter-unexpected"_s << 1;
        QTest::newRow("two operators") << u"status == == 3"_s << u"filter-unexpected"_s << 11;
        QTest::newRow("lone ampersand") << u"status & 3"_s << u"filter-unexpected"_s << 8;
        QTest::newRow("header without name") << u"header. == 3"_s << u"filter-unknown-field"_s << 1;
    }
    void errorsNameTheirColumn()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(int, column);
        const Result<Filter> filter = Filter::parse(text);
        QVERIFY(!filter);
        QCOMPARE(filter.error().code.toString(), code);
        QCOMPARE(filter.error().args[u"column"_s].toInt(), column);
        QVERIFY(wording::text(filter.error()).contains(QString::number(column)));
    }

    void depthIsLimited()
    {
        QVERIFY(Filter::parse(QString(40, u'(') + u"failed"_s + QString(40, u')')));
        const Result<Filter> deep = Filter::parse(QString(100'000, u'(') + u"failed"_s);
        QVERIFY(!deep);
        QVERIFY(deep.error().code == replay::kFilterTooDeep);
        const Result<Filter> nots = Filter::parse(u"not "_s.repeated(100'000) + u"failed"_s);
        QVERIFY(!nots);
        QVERIFY(nots.error().code == replay::kFilterTooDeep);
    }

    void brokenBodiesMatchNothing()
    {
        traffic::Exchange exchange = sample();
        exchange.body = traffic::Body::whole("{\"data\": [");
        const Result<Filter> filter = Filter::parse(u"body/data/0/region"_s);
        VERIFY_OK(filter);
        QVERIFY(!filter->matches(exchange));
        exchange.body = {};
        QVERIFY(!filter->matches(exchange));
        exchange.body = traffic::Body::whole("\xff\xfe\x00\x01");
        QVERIFY(!filter->matches(exchange));
    }

    void goodAnswersAreTold()
    {
        traffic::Reply reply;
        reply.state = traffic::AnswerState::Complete;
        reply.status = 200;
        QVERIFY(replay::isGoodAnswer(reply));
        reply.body = traffic::Body::whole(R"({"error": "x"})");
        QVERIFY(!replay::isGoodAnswer(reply));
        reply.body = traffic::Body::whole(R"({"error": null, "data": 3})");
        QVERIFY(replay::isGoodAnswer(reply));
        reply.body = traffic::Body::whole(R"({"data": {"error": "inside"}})");
        QVERIFY(replay::isGoodAnswer(reply));
        reply.body = traffic::Body::whole(R"(["error"])");
        QVERIFY(replay::isGoodAnswer(reply));
        reply.status = 404;
        QVERIFY(!replay::isGoodAnswer(reply));
        reply.status = 200;
        reply.state = traffic::AnswerState::Timeout;
        QVERIFY(!replay::isGoodAnswer(reply));
    }
};

PARALLAX_TEST_MAIN(TestReplayFilter)
#include "tst_replay_filter.moc"
