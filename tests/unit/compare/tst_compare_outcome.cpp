// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/errors.h"
#include "compare/outcome.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"
#include "traffic/contentcoding.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using traffic::AnswerState;
using traffic::Outcome;

namespace {

traffic::Reply withState(AnswerState state)
{
    traffic::Reply reply;
    reply.name = u"m"_s;
    reply.state = state;
    return reply;
}

PairResult judged(const traffic::Reply &primary, const traffic::Reply &mirror, const Rules &rules = {})
{
    const std::vector<PairResult> results = judge(test::exchange(1, "{}", primary, mirror), rules);
    Q_ASSERT(results.size() == 1);
    return results.front();
}

} // namespace

class TestCompareOutcome : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyPairEndsInExactlyOne_data()
    {
        QTest::addColumn<traffic::Reply>("primary");
        QTest::addColumn<traffic::Reply>("mirror");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const traffic::Reply &primary, const traffic::Reply &mirror,
                            const char *expected) {
            QTest::addRow("%s", name) << primary << mirror << QString::fromLatin1(expected);
        };
        const traffic::Reply ok = test::reply(u"p"_s, R"({"data": 1})");
        const auto error = [](const QByteArray &text, int status = 200) {
            return test::reply(u"e"_s, "{\"error\": \"" + text + "\"}", status);
        };
        row("equal", ok, ok, "equal");
        row("equal by value", ok, test::reply(u"m"_s, R"({ "data": 1.0 })"), "equal");
        row("different", ok, test::reply(u"m"_s, R"({"data": 2})"), "different");
        row("status counts", ok, test::reply(u"m"_s, R"({"data": 1})", 201), "different");
        row("mirror failed", ok, withState(AnswerState::Failed), "mirror-error");
        row("mirror 500", ok, test::reply(u"m"_s, R"({"data": 1})", 500), "mirror-error");
        row("mirror says error", ok, error("ValueError: x"), "mirror-error");
        row("error beside data is no error", test::reply(u"p"_s, R"({"data": 1, "error": null})"),
            test::reply(u"m"_s, R"({"data": 1, "error": null})"), "equal");
        row("mirror timeout", ok, withState(AnswerState::Timeout), "timeout");
        row("mirror dropped", ok, withState(AnswerState::Dropped), "dropped");
        row("pending", ok, withState(AnswerState::Pending), "pending");
        row("primary timeout", withState(AnswerState::Timeout), ok, "primary-error");
        row("both timed out", withState(AnswerState::Timeout), withState(AnswerState::Timeout), "primary-error");
        row("primary failed", withState(AnswerState::Failed), ok, "primary-error");
        row("primary 404", test::reply(u"p"_s, "no", 404), ok, "primary-error");
        row("same error", error("ValueError: carat 1"), error("ValueError: carat 2"), "both-error-same");
        row("same error by its last line", error("Traceback\\n  at x: 1\\nKeyError: 'a'"), error("KeyError: 'b'"),
            "both-error-same");
        row("other class", error("ValueError: x"), error("KeyError: x"), "both-error-different");
        row("other status", error("ValueError: x", 500), error("ValueError: x", 400), "both-error-different");
        row("plain 404 twice", test::reply(u"p"_s, "gone", 404), test::reply(u"m"_s, "gone!", 404), "both-error-same");
        row("neither answered", withState(AnswerState::Failed), withState(AnswerState::Failed), "both-error-different");
        row("both empty", test::reply(u"p"_s, {}, 204), test::reply(u"m"_s, {}, 204), "equal");
        row("html", test::reply(u"p"_s, "<p>1</p>"), test::reply(u"m"_s, "<p>2</p>"), "different");
    }
    void everyPairEndsInExactlyOne()
    {
        QFETCH(const traffic::Reply, primary);
        QFETCH(const traffic::Reply, mirror);
        QFETCH(const QString, expected);
        QCOMPARE(traffic::toString(judged(primary, mirror).outcome), expected);
        QCOMPARE(traffic::toString(judged(primary, mirror, test::rules("  - {path: /x, ignore: true}\n")).outcome),
                 expected);
    }

    void rulesMakeAPairEqualByRule()
    {
        const Rules rules = test::rules("  - {path: /id, ignore: true}\n");
        const PairResult pair = judged(test::reply(u"p"_s, R"({"id": 1})"), test::reply(u"m"_s, R"({"id": 2})"), rules);
        QVERIFY(pair.outcome == Outcome::EqualByRule);
        QCOMPARE(pair.diff.real, 0);
        QCOMPARE(pair.diff.hidden, 1);
    }

    void statusAndNamedHeadersAreDifferences()
    {
        const Rules rules = test::rules("  - {header: Content-Type}\n");
        traffic::Reply primary = test::reply(u"p"_s, "{}");
        traffic::Reply mirror = test::reply(u"m"_s, "{}", 201);
        primary.headers = {{"Content-Type", "application/json"}, {"Date", "now"}};
        mirror.headers = {{"content-type", "text/plain"}, {"Date", "then"}};
        const PairResult pair = judged(primary, mirror, rules);
        QVERIFY(pair.outcome == Outcome::Different);
        QCOMPARE(test::lines(pair.diff),
                 (QStringList{u"status status 200 -> 201"_s, u"content-type header application/json -> text/plain"_s}));
        QCOMPARE(judged(primary, mirror).diff.real, 1);
    }

    void aChangedStatusOfAnErrorIsListed()
    {
        const PairResult pair = judged(test::reply(u"p"_s, "{}"), test::reply(u"m"_s, "oops", 503));
        QVERIFY(pair.outcome == Outcome::MirrorError);
        QCOMPARE(test::lines(pair.diff), QStringList{u"status status 200 -> 503"_s});
    }

    void cutBodiesAreComparedByLengthAndHash()
    {
        traffic::Reply primary = test::reply(u"p"_s, "begin");
        primary.body.isTruncated = true;
        primary.body.length = 99;
        primary.body.sha256 = QByteArray(32, 'a');
        traffic::Reply mirror = primary;
        QVERIFY(judged(primary, mirror).outcome == Outcome::Equal);
        mirror.body.sha256[0] = 'b';
        QVERIFY(judged(primary, mirror).outcome == Outcome::Different);
    }

    void whatCannotBeDecodedIsNotComparable()
    {
        traffic::Reply primary = test::reply(u"p"_s, "xx");
        traffic::Reply mirror = test::reply(u"m"_s, "yy");
        primary.headers = mirror.headers = {{"content-encoding", "br"}};
        const PairResult pair = judged(primary, mirror);
        QVERIFY(pair.outcome == Outcome::NotComparable);
        QCOMPARE(pair.problem->code, kBodyCoding);
        mirror.body = primary.body;
        QVERIFY(judged(primary, mirror).outcome == Outcome::Equal);
        const QByteArray deep(600, '[');
        QVERIFY(judged(test::reply(u"p"_s, deep), test::reply(u"m"_s, deep + '1')).outcome == Outcome::NotComparable);
    }

    void contentCodingsAreUndone()
    {
        traffic::Reply primary = test::reply(u"p"_s, R"({"a": 1})");
        for (const QByteArray coding : {"gzip", "deflate", "zstd"}) {
            const std::optional<QByteArray> coded = traffic::encodeContent(R"({"a": 2})", coding);
            QVERIFY2(coded.has_value(), coding.constData());
            traffic::Reply mirror = test::reply(u"m"_s, *coded);
            mirror.headers = {{"Content-Encoding", coding}};
            QCOMPARE(test::lines(judged(primary, mirror).diff), QStringList{u"/a changed 1 -> 2"_s});
            mirror.body = traffic::Body::whole(coded->chopped(coded->size() / 2));
            QVERIFY(judged(primary, mirror).outcome == Outcome::NotComparable);
        }
    }

    void otherSpellingIsNoted()
    {
        const PairResult pair = judged(test::reply(u"p"_s, R"({"a": 1})"), test::reply(u"m"_s, R"({"a": 1.0})"));
        QVERIFY(pair.outcome == Outcome::Equal);
        QVERIFY(pair.diff.hasOtherSpelling);
    }

    void charsetsAreUndone()
    {
        traffic::Reply primary = test::reply(u"p"_s, "{\"a\": \"\xe9\"}");
        primary.headers = {{"content-type", "application/json; charset=ISO-8859-1"}};
        traffic::Reply mirror = test::reply(u"m"_s, "{\"a\": \"\xc3\xa9\"}");
        QVERIFY(judged(primary, mirror).outcome == Outcome::Equal);
    }

    void serverSentEventsAreCompared()
    {
        const auto stream = [](const QByteArray &text) {
            traffic::Reply reply = test::reply(u"s"_s, text);
            reply.headers = {{"content-type", "text/event-stream"}};
            return reply;
        };
        const traffic::Reply primary = stream("data: {\"t\": 1}\n\n: note\ndata: a\ndata: b\n\ndata: [DONE]\n\n");
        const traffic::Reply mirror = stream("data: {\"t\": 2}\r\n\r\ndata: a\r\ndata: b\r\n\r\ndata: [DONE]\r\n\r\n");
        const PairResult pair = judged(primary, mirror);
        QCOMPARE(test::lines(pair.diff), QStringList{u"/0/data/t changed 1 -> 2"_s});
    }

    void recordedAnswersCanBeTheBaseline()
    {
        traffic::Exchange exchange =
            test::exchange(1, "{}", test::reply(u"alias"_s, R"({"data": 1})"), test::reply(u"m"_s, R"({"data": 2})"));
        QVERIFY(judge(exchange, {}, Baseline::Recorded).front().outcome == Outcome::NotComparable);
        exchange.recorded = test::reply(u"alias"_s, R"({"data": 2})");
        QVERIFY(judge(exchange, {}, Baseline::Recorded).front().outcome == Outcome::Equal);
        exchange.mirrors.clear();
        const std::vector<PairResult> results = judge(exchange, {}, Baseline::Recorded);
        QCOMPARE(results.size(), 1U);
        QCOMPARE(results[0].mirror, u"alias"_s);
        QVERIFY(results[0].outcome == Outcome::Different);
    }
};

PARALLAX_TEST_MAIN(TestCompareOutcome)
#include "tst_compare_outcome.moc"
