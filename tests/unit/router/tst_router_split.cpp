// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which backend answers: by weight, by name, by value, by key.
#include "enginecalls.h"
#include "router/engine.h"
#include "router/errors.h"
#include "routersupport.h"
#include "support/fakeupstream.h"
#include "support/recordingsink.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using test::Answer;
using test::FakeUpstream;
using test::post;

class TestRouterSplit : public test::TestCase
{
    Q_OBJECT

    SystemClock m_clock;

private Q_SLOTS:
    void aSplitFollowsItsWeightsAndItsSeed()
    {
        const auto labels = [this](quint64 seed) {
            FakeUpstream upstream;
            test::TableBuilder builder;
            builder.deployment(u"a"_s, upstream.port());
            builder.endpoint(u"e"_s, {u"a"_s, u"a"_s, u"a"_s});
            builder.input.endpoints[0].backends[0].weight = 3;
            builder.input.endpoints[0].backends[1].weight = 0;
            test::RecordingSink sink;
            router::EngineOptions options;
            options.seed = seed;
            router::Engine engine(m_clock, &sink, options);
            engine.setTable(builder.build());
            int answers = 0;
            for (int i = 0; i < 400; ++i)
                engine.call(post(u"e"_s), [&answers](const auto &) { ++answers; });
            [&] { QTRY_COMPARE(answers, 400); }();
            QStringList order;
            for (const auto &exchange : sink.answered())
                order.append(exchange->requestId.section(u'-', -1) + exchange->primary.name);
            order.sort();
            return order;
        };
        const QStringList once = labels(7);
        QCOMPARE(labels(7), once);
        QVERIFY(labels(8) != once);
        QCOMPARE(once.filter(u"split_2"_s).size(), 0);
        const qsizetype first = once.filter(u"split_1"_s).size();
        QVERIFY2(first > 260 && first < 340, qPrintable(QString::number(first)));
    }

    void aBackendCanBeChosen()
    {
        FakeUpstream upstream;
        test::TableBuilder builder;
        builder.deployment(u"a"_s, upstream.port());
        builder.endpoint(u"e"_s, {u"a"_s, u"a"_s});
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        Answer answer;
        router::CallRequest call = post(u"e"_s);
        call.backend = u"split_2"_s;
        engine.call(call, answer.handler());
        QTRY_COMPARE(sink.finished().size(), 1U);
        QCOMPARE(sink.finished().front()->primary.name, u"split_2"_s);
        call.backend = u"split_3"_s;
        Answer refused;
        engine.call(call, refused.handler());
        QTRY_VERIFY(refused.isIn());
        QCOMPARE(refused.result->error().code, router::kUnknownBackend);
        call = post(u"none"_s);
        Answer unknown;
        engine.call(call, unknown.handler());
        QVERIFY(!unknown.isIn());
        QTRY_VERIFY(unknown.isIn());
        QCOMPARE(unknown.result->error().code, router::kUnknownEndpoint);
    }

    void staticBackendsAnswerAlone()
    {
        FakeUpstream mirror;
        test::TableBuilder builder;
        builder.deployment(u"b"_s, mirror.port());
        builder.endpoint(u"e"_s, {u"a"_s}, {u"b"_s});
        router::LocalSettings local;
        local.staticValues.insert(u"split_1"_s, 0.5);
        builder.input.local.insert(u"e"_s, local);
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        Answer single;
        engine.call(post(u"e"_s), single.handler());
        QTRY_COMPARE(single.body(), QByteArray("{\"data\":0.5}"));
        Answer batch;
        engine.call(post(u"e"_s, "{\"data\": [[1, 2], [\"x\", 3]]}"), batch.handler());
        QTRY_COMPARE(batch.body(), QByteArray("{\"data\":[[1,0.5],[\"x\",0.5]]}"));
        QTRY_COMPARE(sink.finished().size(), 2U);
        QCOMPARE(mirror.requests().size(), 2U);
    }

    void aBatchIsSplitByItsKeys()
    {
        const auto doubling = [](const auto &request) {
            QJsonArray rows;
            for (const QJsonValue &row : QJsonDocument::fromJson(request.body).object().value(u"data"_s).toArray())
                rows.prepend(QJsonArray{row.toArray().at(0), row.toArray().at(1).toObject().value(u"n"_s).toInt() * 2});
            return FakeUpstream::Answer{
                FakeUpstream::ok(QJsonDocument(QJsonObject{{u"data"_s, rows}}).toJson(QJsonDocument::Compact))};
        };
        FakeUpstream first(doubling);
        FakeUpstream second(doubling);
        FakeUpstream mirror(doubling);
        test::TableBuilder builder;
        builder.deployment(u"a"_s, first.port()).deployment(u"b"_s, second.port()).deployment(u"m"_s, mirror.port());
        builder.endpoint(u"e"_s, {u"a"_s, u"b"_s}, {u"m"_s});
        router::LocalSettings local;
        local.suppliedKey = u"user"_s;
        builder.input.local.insert(u"e"_s, local);
        test::RecordingSink sink;
        router::Engine engine(m_clock, &sink, {});
        engine.setTable(builder.build());
        QJsonArray rows;
        QJsonArray expected;
        for (int i = 0; i < 20; ++i) {
            rows.append(QJsonArray{i, QJsonObject{{u"user"_s, u"u%1"_s.arg(i)}, {u"n"_s, i}}});
            expected.append(QJsonArray{i, i * 2});
        }
        const QByteArray body = QJsonDocument(QJsonObject{{u"data"_s, rows}}).toJson(QJsonDocument::Compact);
        Answer answer;
        engine.call(post(u"e"_s, body), answer.handler());
        QTRY_COMPARE(sink.finished().size(), 1U);
        QCOMPARE(QJsonDocument::fromJson(answer.body()).object().value(u"data"_s).toArray(), expected);
        QCOMPARE(first.requests().size(), 1U);
        QCOMPARE(second.requests().size(), 1U);
        QCOMPARE(mirror.requests().front().body, body);
        const traffic::Exchange &exchange = *sink.finished().front();
        QVERIFY(exchange.primary.name == u"split_1+split_2" || exchange.primary.name == u"split_2+split_1");
        QCOMPARE(exchange.primary.body.bytes, answer.body());

        // One part that fails, fails the whole with its own answer.
        second.setAnswer(
            [](const auto &) { return FakeUpstream::Answer{FakeUpstream::status(422, "{\"error\":\"no\"}")}; });
        Answer failed;
        engine.call(post(u"e"_s, body), failed.handler());
        QTRY_COMPARE(failed.body(), QByteArray("{\"error\":\"no\"}"));
        QCOMPARE((*failed.result)->status, 422);
        // And so does one that cannot be reached.
        second.setAnswer([](const auto &) { return FakeUpstream::Answer{{}, 0, FakeUpstream::Then::Reset}; });
        Answer cut;
        engine.call(post(u"e"_s, body), cut.handler());
        QTRY_VERIFY(cut.isIn());
        QCOMPARE(cut.result->error().code, router::kCallFailed);
        Answer missing;
        engine.call(post(u"e"_s), missing.handler());
        QTRY_VERIFY(missing.isIn());
        QCOMPARE(missing.result->error().code, router::kMissingKey);
        QTRY_COMPARE(sink.finished().size(), 3U);
        QTRY_COMPARE(engine.callsInFlight(), 0);
    }
};

PARALLAX_TEST_MAIN(TestRouterSplit)
#include "tst_router_split.moc"
