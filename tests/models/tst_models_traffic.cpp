// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/models/trafficmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;
using ui::TrafficItem;
using ui::TrafficModel;

namespace {

TrafficItem item(const QString &requestId, traffic::Outcome outcome, int status = 200,
                 const QString &summary = u"carat 1"_s)
{
    auto exchange = std::make_shared<traffic::Exchange>();
    exchange->requestId = requestId;
    exchange->endpoint = u"pricing"_s;
    exchange->primary.name = u"alias"_s;
    exchange->primary.state = traffic::AnswerState::Complete;
    exchange->primary.status = 200;
    exchange->primary.timings.done = std::chrono::milliseconds(41);
    traffic::Reply mirror;
    mirror.name = u"mirror_1"_s;
    mirror.state =
        outcome == traffic::Outcome::Pending ? traffic::AnswerState::Pending : traffic::AnswerState::Complete;
    mirror.status = status;
    mirror.outcome = outcome;
    exchange->mirrors.push_back(mirror);
    return {exchange, summary, outcome == traffic::Outcome::Different ? u"/data/price"_s : QString()};
}

} // namespace

class TestTrafficModel : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeInBatchesAndAreReplaced()
    {
        TrafficModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.append({item(u"a"_s, traffic::Outcome::Pending), item(u"b"_s, traffic::Outcome::Equal)});
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 7);
        QCOMPARE(model.headerData(4, Qt::Horizontal, Qt::DisplayRole).toString(), u"mirror_1"_s);
        QCOMPARE(model.index(0, 4).data(TrafficModel::StatusTextRole).toString(), u"waiting"_s);
        QCOMPARE(model.index(0, 3).data(TrafficModel::LatencyRole).toDouble(), 41.0);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.append({item(u"a"_s, traffic::Outcome::Different)});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 4).data(TrafficModel::OutcomeRole).toInt(),
                 static_cast<int>(traffic::Outcome::Different));
        QCOMPARE(model.differentCount(), 1);
        QCOMPARE(model.rowOf(u"b"_s), 1);
    }

    void filtersByTextAndOutcome()
    {
        TrafficModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.append({item(u"a"_s, traffic::Outcome::Equal),
                      item(u"b"_s, traffic::Outcome::Different, 200, u"carat 2"_s),
                      item(u"c"_s, traffic::Outcome::MirrorError, 500)});
        model.setFilter({}, TrafficModel::Show::Different);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.exchangeAt(0)->requestId, u"b"_s);
        model.setFilter({}, TrafficModel::Show::Errors);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.errorCount(), 1);
        model.setFilter(u"CARAT 2"_s, TrafficModel::Show::All);
        QCOMPARE(model.rowCount(), 1);
        // A row that ceases to match leaves, one that begins to match comes in at its place.
        model.append({item(u"b"_s, traffic::Outcome::Different, 200, u"other"_s),
                      item(u"a"_s, traffic::Outcome::Equal, 200, u"carat 2"_s)});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.exchangeAt(0)->requestId, u"a"_s);
        QCOMPARE(model.rowOf(u"b"_s), -1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.differentCount(), 0);
    }

    void aLongTableIsFilteredWhileTheEventLoopRuns()
    {
        TrafficModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        constexpr int kRows = 20'000;
        std::vector<TrafficItem> batch;
        for (int i = 0; i < kRows; ++i)
            batch.push_back(item(QString::number(i), traffic::Outcome::Equal));
        model.append(batch);
        QVERIFY(!model.isScanning());
        // Slow enough for more than one turn; every tenth row matches.
        const auto tenth = [](const traffic::Exchange &exchange) {
            volatile int work = 0;
            for (int i = 0; i < 1'000; ++i)
                work = work + i;
            return exchange.requestId.endsWith(u'0');
        };
        model.setFilter(u"x"_s, TrafficModel::Show::All, tenth);
        QVERIFY(model.rowCount() >= 100); // the first are there at once
        QVERIFY(model.isScanning());
        QVERIFY(model.scannedPercent() < 100);
        // What comes, changes and leaves meanwhile is not lost and not there twice.
        model.append({item(u"new 0"_s, traffic::Outcome::Equal), item(u"new 1"_s, traffic::Outcome::Equal),
                      item(u"10"_s, traffic::Outcome::Different), item(u"19990"_s, traffic::Outcome::Different)});
        QTRY_VERIFY(!model.isScanning());
        QCOMPARE(model.scannedPercent(), 100);
        QCOMPARE(model.rowCount(), kRows / 10 + 1);
        QCOMPARE(model.differentCount(), 2);
        QCOMPARE(model.rowOf(u"new 0"_s), kRows / 10);
        for (int row = 1; row < model.rowCount() - 1; ++row)
            QVERIFY(model.exchangeAt(row - 1)->requestId.toInt() < model.exchangeAt(row)->requestId.toInt());
        // Another filter ends the search.
        model.setFilter(u"x"_s, TrafficModel::Show::All, tenth);
        model.setFilter({}, TrafficModel::Show::Different);
        QTRY_COMPARE(model.rowCount(), 2);
        QVERIFY(!model.isScanning());
        model.setFilter(u"x"_s, TrafficModel::Show::All, tenth);
        model.clear();
        QVERIFY(!model.isScanning());
        QCOMPARE(model.rowCount(), 0);
    }

    void theOldestLeaveAtTheLimit()
    {
        TrafficModel model;
        const auto bare = [](const QString &id) {
            TrafficItem one = item(id, traffic::Outcome::Equal);
            auto exchange = std::make_shared<traffic::Exchange>(*one.exchange);
            exchange->mirrors.clear(); // so that rows, not bytes, are the limit
            one.exchange = exchange;
            return one;
        };
        std::vector<TrafficItem> batch;
        for (int i = 0; i < TrafficModel::kCapacity; ++i)
            batch.push_back(bare(QString::number(i)));
        model.append(batch);
        model.append({bare(u"x"_s), bare(u"y"_s)});
        QCOMPARE(model.rowCount(), TrafficModel::kCapacity);
        QCOMPARE(model.removed(), 2);
        QCOMPARE(model.exchangeAt(0)->requestId, u"2"_s);
        QCOMPARE(model.rowOf(u"y"_s), TrafficModel::kCapacity - 1);
        QCOMPARE(model.rowOf(u"0"_s), -1);
    }

    void longBodiesLeaveEarlier()
    {
        TrafficModel model;
        constexpr int kBodies = 300;
        constexpr qint64 kSize = 1024 * 1024;
        for (int i = 0; i < kBodies; ++i) {
            TrafficItem one = item(QString::number(i), traffic::Outcome::Different);
            auto exchange = std::make_shared<traffic::Exchange>(*one.exchange);
            exchange->body = traffic::Body::whole(QByteArray(kSize, 'x'));
            one.exchange = exchange;
            model.append({one});
        }
        QVERIFY(model.rowCount() < TrafficModel::kByteCapacity / kSize);
        QVERIFY(model.rowCount() > TrafficModel::kByteCapacity / kSize - 3);
        QCOMPARE(model.removed(), kBodies - model.rowCount());
        QCOMPARE(model.differentCount(), model.rowCount());
        QCOMPARE(model.rowOf(QString::number(kBodies - 1)), model.rowCount() - 1);
    }
};

PARALLAX_TEST_MAIN(TestTrafficModel)
#include "tst_models_traffic.moc"
