// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparisonbuilder.h"
#include "compare/errors.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;
using traffic::AnswerState;
using traffic::Outcome;

namespace {

// `text` with every @ followed by a letter replaced by that letter's value.
QByteArray filled(const QByteArray &text, const QHash<char, QByteArray> &values)
{
    QByteArray out = text;
    for (auto it = values.begin(); it != values.end(); ++it)
        out.replace(QByteArray("@").append(it.key()), it.value());
    return out;
}

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 15);
}

void setMilliseconds(traffic::Reply &reply, double milliseconds)
{
    reply.timings.sent = Nanoseconds(1'000'000);
    reply.timings.done = reply.timings.sent + Nanoseconds(std::llround(milliseconds * 1e6));
}

} // namespace

class TestCompareBuilder : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everythingAddsUp()
    {
        const Rules rules = test::rules("  - {path: /id, ignore: true}\n  - {path: /score, tolerance: {abs: 0.01}}\n");
        ComparisonBuilder builder(rules);
        quint64 id = 0;
        const auto add = [&](const QByteArray &left, const traffic::Reply &mirror) {
            ++id;
            builder.add(test::exchange(id, QByteArray::number(id), test::reply(u"alias"_s, left), mirror));
        };
        const auto answer = [](const QByteArray &body, int status = 200) {
            return test::reply(u"mirror_1"_s, body, status);
        };
        add(R"({"id": 1, "score": 0.5})", answer(R"({"id": 1, "score": 0.5})"));
        add(R"({"id": 1, "score": 0.5})", answer(R"({"id": 2, "score": 0.5})"));
        add(R"({"id": 1, "score": 0.5})", answer(R"({"id": 2, "score": 0.505})"));
        add(R"({"id": 1, "score": 0.5})", answer(R"({"id": 2, "score": 0.75})"));
        add(R"({"id": 1, "score": 0.5})", answer(R"({"id": 1, "score": 0.125})"));
        add(R"({"id": 1, "score": 0.5})", answer(R"({"id": 1})"));
        add(R"({"id": 1, "score": 0.5})", answer("down", 503));
        traffic::Reply dropped = answer({});
        dropped.state = AnswerState::Dropped;
        dropped.dropReason = traffic::DropReason::QueueFull;
        add("{}", dropped);
        traffic::Exchange warmup = test::exchange(99, "w", test::reply(u"alias"_s, "1"), answer("2"));
        warmup.isWarmup = true;
        builder.add(warmup);

        const Comparison comparison = builder.summary();
        QCOMPARE(comparison.endpoint, u"pricing"_s);
        QCOMPARE(comparison.primary, u"alias"_s);
        QCOMPARE(comparison.requests, 8);
        QCOMPARE(comparison.mirrors.size(), 1U);
        const MirrorSummary &mirror = comparison.mirrors[0];
        QCOMPARE(mirror.outcomes.total(), 8);
        QCOMPARE(mirror.outcomes[Outcome::Equal], 1);
        QCOMPARE(mirror.outcomes[Outcome::EqualByRule], 2);
        QCOMPARE(mirror.outcomes[Outcome::Different], 3);
        QCOMPARE(mirror.outcomes[Outcome::MirrorError], 1);
        QCOMPARE(mirror.outcomes[Outcome::Dropped], 1);
        QCOMPARE(mirror.dropReasons.size(), 1U);
        QCOMPARE(mirror.agreement.pairs, 7);
        QCOMPARE(mirror.agreement.rate, 3.0 / 7.0);
        QCOMPARE(mirror.agreement.n, 7);

        QCOMPARE(mirror.fields.size(), 3U);
        QCOMPARE(mirror.fields[0].path, u"/score"_s);
        QCOMPARE(mirror.fields[0].pairs, 2);
        QCOMPARE(mirror.fields[0].share, 2.0 / 7.0);
        QCOMPARE(mirror.fields[0].worst, -0.375);
        QCOMPARE(mirror.fields[0].worstExample.value, 5U);
        QCOMPARE(mirror.fields[0].examples.size(), 2U);
        QVERIFY(mirror.fields[1].kind == DifferenceKind::Removed);
        QCOMPARE(mirror.fields[2].path, u"status"_s);

        QCOMPARE(mirror.rules.size(), 2U);
        QCOMPARE(mirror.rules[0].hits, 6); // every pair in which both answered has an id
        QCOMPARE(mirror.rules[0].hides, 2);
        QCOMPARE(mirror.rules[0].suppresses, 3);
        QCOMPARE(mirror.rules[1].hides, 1);

        QCOMPARE(mirror.worstPairs.size(), 4U);
        QCOMPARE(mirror.worstPairs[0].id.value, 5U);
        QCOMPARE(mirror.worstPairs[0].worst, -0.375);
        QCOMPARE(mirror.worstPairs[0].worstPath, u"/score"_s);
        QVERIFY(mirror.worstPairs[3].outcome == Outcome::MirrorError);
        QVERIFY(mirror.verdict == Verdict::Inconclusive);
    }

    void repeatedRequestsCountOnce()
    {
        ComparisonBuilder builder(test::rules("", "margin: {abs: 0.1}\n"));
        for (int i = 0; i < 100; ++i) {
            const QByteArray request = i < 90 ? QByteArray("same") : QByteArray::number(i);
            const QByteArray mirror = i < 90 ? R"({"s": 2.5})" : R"({"s": 1.5})";
            builder.add(test::exchange(quint64(i + 1), request, test::reply(u"p"_s, R"({"s": 1.5})"),
                                       test::reply(u"m"_s, mirror)));
        }
        const Comparison comparison = builder.summary();
        const MirrorSummary &mirror = comparison.mirrors[0];
        QCOMPARE(comparison.distinctRequests, 11);
        QCOMPARE(mirror.agreement.pairs, 100);
        QCOMPARE(mirror.agreement.n, 11);
        QCOMPARE(mirror.agreement.rate, 0.1);
        QVERIFY(mirror.agreement.low > 0.5); // 10 of 11 requests agree
        QCOMPARE(mirror.numeric[0].n, 11);
        QCOMPARE(mirror.numeric[0].values, 100);
        QVERIFY(std::abs(mirror.numeric[0].meanDifference - 1.0 / 11.0) < 1e-12);
        QVERIFY(std::any_of(mirror.notes.begin(), mirror.notes.end(),
                            [](const Error &note) { return note.code == kNoteRepeated; }));
    }

    void labelsNumbersTextsAndVectorsAreToldApart()
    {
        ComparisonBuilder builder(Rules{});
        for (int i = 0; i < 120; ++i) {
            const QByteArray row = QByteArray::number(i);
            const QByteArray label = i % 3 == 0 ? "a" : "b";
            const QByteArray left = filled(
                R"({"label": "@l", "class": @c, "big": @r, "ok": true, "score": @s, "text": "answer @r", "v": [@r, 1.5, 2]})",
                {{'l', label}, {'c', QByteArray::number(i % 4)}, {'r', row}, {'s', number(i / 7.0)}});
            QByteArray right = left;
            if (i < 12)
                right.replace("\"a\"", "\"b\"")
                    .replace("answer", "answers")
                    .replace(filled("[@r", {{'r', row}}), "[999");
            builder.add(test::exchange(quint64(i + 1), row, test::reply(u"p"_s, left), test::reply(u"m"_s, right)));
        }
        const MirrorSummary mirror = builder.summary().mirrors[0];
        QStringList labels;
        for (const LabelSummary &label : mirror.labels)
            labels.append(label.path);
        QCOMPARE(labels, (QStringList{u"/label"_s, u"/class"_s, u"/ok"_s}));
        QCOMPARE(mirror.labels[0].n, 120);
        QCOMPARE(mirror.labels[0].confusion.labels, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(mirror.labels[0].confusion.counts[0][1], 4);
        QCOMPARE(mirror.labels[0].confusion.counts[1][0], 0);
        QCOMPARE(mirror.labels[0].agreement, 116.0 / 120.0);
        QCOMPARE(mirror.labels[0].mcnemarP, 0.125);
        QVERIFY(std::isnan(mirror.labels[1].mcnemarP));
        QStringList numeric;
        for (const NumericSummary &each : mirror.numeric)
            numeric.append(each.path);
        QCOMPARE(numeric, (QStringList{u"/big"_s, u"/score"_s, u"/v/*"_s}));
        QCOMPARE(mirror.texts.size(), 1U);
        QCOMPARE(mirror.texts[0].changed, 12);
        QVERIFY(mirror.texts[0].meanSimilarity > 0.85);
        QCOMPARE(mirror.vectors.size(), 1U);
        QCOMPARE(mirror.vectors[0].n, 120);
        QVERIFY(mirror.vectors[0].argmaxChanged > 0);
    }

    void latenciesAreOfPairs()
    {
        ComparisonBuilder builder(Rules{});
        for (int i = 0; i < 100; ++i) {
            traffic::Exchange exchange = test::exchange(quint64(i + 1), QByteArray::number(i), test::reply(u"p"_s, "1"),
                                                        test::reply(u"m"_s, "1"));
            setMilliseconds(exchange.primary, 10.0 + i);
            setMilliseconds(exchange.mirrors[0], 30.0 + i);
            builder.add(exchange);
        }
        const LatencySummary latency = builder.summary().mirrors[0].latency;
        QCOMPARE(latency.primary.count, 100);
        QCOMPARE(latency.primary.p50, 59.5);
        QCOMPARE(latency.mirror.max, 129.0);
        QCOMPARE(latency.medianDifferenceMs, 20.0);
        QCOMPARE(latency.ci.low, 20.0);
        QCOMPARE(latency.primary.percentiles.size(), 101U);
    }

    void theSliceThatIsWorseIsFound()
    {
        ComparisonBuilder builder(Rules{});
        for (int i = 0; i < 600; ++i) {
            const bool isFair = i % 6 == 0;
            const QByteArray request =
                filled(R"({"data": [{"cut": "@w", "carat": @c, "n": @n}]})", {{'w', isFair       ? "Fair"
                                                                                    : i % 2 == 0 ? "Good"
                                                                                                 : "Ideal"},
                                                                              {'c', number(0.2 + i % 97 / 50.0)},
                                                                              {'n', QByteArray::number(i)}});
            const QByteArray mirror = isFair && i % 12 == 0 ? R"({"data": 2.5})" : R"({"data": 1.5})";
            builder.add(test::exchange(quint64(i + 1), request, test::reply(u"p"_s, R"({"data": 1.5})"),
                                       test::reply(u"m"_s, mirror)));
        }
        const MirrorSummary mirror = builder.summary().mirrors[0];
        QVERIFY(mirror.slicesTried >= 7);
        QVERIFY(!mirror.slices.empty());
        QCOMPARE(mirror.slices[0].field, u"/data/0/cut"_s);
        QCOMPARE(mirror.slices[0].value, u"Fair"_s);
        QCOMPARE(mirror.slices[0].agreement.rate, 0.5);
        QCOMPARE(mirror.slices[0].restRate, 1.0);
        QVERIFY(mirror.slices[0].p < 1e-6);
    }

    void lookingOftenIsCautioned()
    {
        ComparisonBuilder builder(Rules{});
        const auto hasCaution = [&builder] {
            const MirrorSummary mirror = builder.summary().mirrors[0];
            return std::any_of(mirror.notes.begin(), mirror.notes.end(),
                               [](const Error &note) { return note.code == kVerdictPeeked; });
        };
        builder.add(test::exchange(1, "1", test::reply(u"p"_s, "1"), test::reply(u"m"_s, "1")));
        QVERIFY(!hasCaution());
        QVERIFY(!hasCaution());
        static_cast<void>(builder.summary(Detail::Progress));
        builder.add(test::exchange(2, "2", test::reply(u"p"_s, "1"), test::reply(u"m"_s, "1")));
        QVERIFY(hasCaution());
    }

    void mirrorsAreKeptApart()
    {
        ComparisonBuilder builder(Rules{});
        traffic::Exchange exchange = test::exchange(1, "1", test::reply(u"p"_s, "1"), test::reply(u"mirror_2"_s, "1"));
        exchange.mirrors.push_back(test::reply(u"mirror_1"_s, "2"));
        builder.add(exchange);
        const Comparison comparison = builder.summary();
        QCOMPARE(comparison.mirrors.size(), 2U);
        QCOMPARE(comparison.mirror(u"mirror_2")->outcomes[Outcome::Equal], 1);
        QCOMPARE(comparison.mirror(u"mirror_1")->outcomes[Outcome::Different], 1);
        QVERIFY(comparison.mirror(u"mirror_3") == nullptr);
    }

    void theJsonIsTheContracts()
    {
        ComparisonBuilder builder(test::rules("  - {path: /id, ignore: true}\n", "margin: {abs: 0.01}\n"));
        for (int i = 0; i < 60; ++i) {
            const QByteArray n = QByteArray::number(i);
            const QByteArray body = R"({"id": @i, "label": "a", "s": @s})";
            builder.add(test::exchange(quint64(i + 1), n,
                                       test::reply(u"p"_s, filled(body, {{'i', n}, {'s', number(i / 3.0)}})),
                                       test::reply(u"m"_s, filled(body, {{'i', "0"}, {'s', number(i / 3.0 + 0.5)}}))));
        }
        const QJsonObject json = toJson(builder.summary(), wording::text);
        QCOMPARE(json[u"schemaVersion"_s].toInt(), 1);
        QCOMPARE(json[u"requests"_s].toInt(), 60);
        QCOMPARE(json[u"baseline"_s].toString(), u"primary"_s);
        QVERIFY(json[u"gates"_s].isArray());
        const QJsonObject mirror = json[u"mirrors"_s][u"m"_s].toObject();
        QCOMPARE(mirror[u"outcomes"_s].toObject(), (QJsonObject{{u"different"_s, 60}}));
        for (const QString &key : {u"rate"_s, u"low"_s, u"high"_s, u"confidence"_s, u"n"_s, u"pairs"_s})
            QVERIFY2(mirror[u"agreement"_s].toObject().contains(key), qPrintable(key));
        const QJsonObject field = mirror[u"fields"_s][0].toObject();
        QCOMPARE(field[u"path"_s].toString(), u"/s"_s);
        QCOMPARE(field[u"kind"_s].toString(), u"changed"_s);
        QCOMPARE(field[u"worst"_s].toDouble(), 0.5);
        QCOMPARE(field[u"examples"_s].toArray().size(), 5);
        const QJsonObject rule = mirror[u"rules"_s][0].toObject();
        QCOMPARE(rule[u"hits"_s].toInt(), 60);
        QCOMPARE(rule[u"hides"_s].toInt(), 0);
        QCOMPARE(rule[u"suppresses"_s].toInt(), 59);
        const QJsonObject numeric = mirror[u"numeric"_s][0].toObject();
        QCOMPARE(numeric[u"n"_s].toInt(), 60);
        QVERIFY(std::abs(numeric[u"meanDifference"_s].toDouble() - 0.5) < 1e-9);
        QCOMPARE(numeric[u"equivalence"_s][u"verdict"_s].toString(), u"different"_s);
        QVERIFY(numeric[u"limitsOfAgreement"_s].toArray().size() == 2);
        QCOMPARE(numeric[u"method"_s].toString(), u"bootstrap"_s);
        QCOMPARE(mirror[u"labels"_s][0][u"confusion"_s][u"counts"_s][0][0].toInt(), 60);
        QVERIFY(mirror[u"labels"_s][0][u"mcnemarP"_s].isNull());
        QVERIFY(mirror[u"latency"_s][u"primary"_s][u"p50"_s].isNull());
        QCOMPARE(mirror[u"verdict"_s].toString(), u"different"_s);
        QVERIFY(!mirror[u"reasons"_s].toArray().isEmpty());
        QVERIFY(!mirror[u"reasons"_s][0].toString().contains(u'{'));
    }

    void nothingAtAllIsAnAnswerToo()
    {
        ComparisonBuilder builder(Rules{});
        const Comparison comparison = builder.summary();
        QCOMPARE(comparison.requests, 0);
        QVERIFY(comparison.mirrors.empty());
        QVERIFY(!QJsonDocument(toJson(comparison)).toJson().isEmpty());
    }

    void idsAsKeysDoNotGrowWithoutEnd()
    {
        ComparisonBuilder builder(Rules{});
        for (int i = 0; i < 2'000; ++i) {
            const QByteArray n = QByteArray::number(i);
            const QByteArray body = R"({"users": {"u@n": {"s": @s}}})";
            builder.add(test::exchange(quint64(i + 1), n, test::reply(u"p"_s, filled(body, {{'n', n}, {'s', "1.5"}})),
                                       test::reply(u"m"_s, filled(body, {{'n', n}, {'s', "2.5"}}))));
        }
        const MirrorSummary mirror = builder.summary().mirrors[0];
        QVERIFY(mirror.fields.size() < 300);
        QCOMPARE(mirror.fields[0].path, u"/users/*/s"_s);
        QVERIFY(mirror.fields[0].pairs > 1'500);
    }
};

PARALLAX_TEST_MAIN(TestCompareBuilder)
#include "tst_compare_builder.moc"
