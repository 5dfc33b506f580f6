// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Live mode without a window: from Start router to rows with outcomes, and everything that can go wrong on the way.
#include "live/livesupport.h"
#include "router/errors.h"
#include "support/testmain.h"
#include "targets/errors.h"
#include "traffic/capturestore.h"
#include "ui/live/livefeed.h"
#include "ui/live/startedcommands.h"
#include "ui/wording/wording.h"

#include <QAbstractItemModelTester>
#include <QFileInfo>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTcpServer>

#include <csignal>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::FakeUpstream;
using test::LiveBench;
using traffic::Outcome;
using ui::LiveState;

namespace {

traffic::ExchangePtr exchange(const QString &id, bool isAnswered = true)
{
    auto made = std::make_shared<traffic::Exchange>();
    made->requestId = id;
    made->endpoint = u"price"_s;
    made->body = traffic::Body::whole("{\"data\": {\"carat\": 1}}");
    made->primary.name = u"alias"_s;
    made->primary.state = traffic::AnswerState::Complete;
    made->primary.status = 200;
    made->primary.body = traffic::Body::whole("{\"data\": 1}");
    traffic::Reply mirror = made->primary;
    mirror.name = u"mirror_1"_s;
    mirror.role = traffic::Role::Mirror;
    mirror.state = isAnswered ? traffic::AnswerState::Complete : traffic::AnswerState::Pending;
    made->mirrors.push_back(mirror);
    return made;
}

} // namespace

class TestLivePresenter : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAppearWithTheirOutcomes()
    {
        FakeUpstream primary;
        FakeUpstream same;
        FakeUpstream other([](const FakeUpstream::Received &) {
            return FakeUpstream::Answer{FakeUpstream::ok("{\"data\":2,\"more\":true}")};
        });
        LiveBench bench(test::liveRepository({"same", "other"}, test::urlTarget("primary", primary.port()) +
                                                                    test::urlTarget("same", same.port()) +
                                                                    test::urlTarget("other", other.port())));
        const QAbstractItemModelTester tester(&bench.presenter.traffic(),
                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(bench.start());
        QCOMPARE(bench.presenter.endpoints().size(), 1);
        QCOMPARE(bench.presenter.urlOf(), bench.presenter.url() + u"/v1/endpoint/price"_s);
        QVERIFY(bench.presenter.curlOf().startsWith(u"curl "_s));
        QCOMPARE(bench.post(), 200);
        QCOMPARE(bench.post(), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 2);
        QTRY_COMPARE(bench.outcome(1, 0), u"equal"_s);
        QTRY_COMPARE(bench.outcome(1, 1), u"different"_s);
        const QModelIndex difference = bench.presenter.traffic().index(0, bench.presenter.traffic().differenceColumn());
        QVERIFY(difference.data().toString().contains(u"/data"_s));
        QVERIFY(difference.data(ui::TrafficModel::NoteRole).toString().contains(u"and 1 more"_s));
        QTRY_COMPARE(bench.presenter.figures().requests, 2U);
        QCOMPARE(bench.presenter.agreement().size(), 2);
        QCOMPARE(bench.presenter.agreement().at(0).outcomes.agreeing(), 2);
        QCOMPARE(bench.presenter.agreement().at(1).outcomes.agreeing(), 0);

        QVERIFY(bench.stop());
        QCOMPARE(bench.presenter.traffic().rowCount(), 2); // stays to be looked at
        const QString capture = bench.presenter.lastCapture();
        QVERIFY(QFile::exists(capture));
        QVERIFY(!QFile::exists(capture + u"-wal"_s));
        const auto reader = traffic::CaptureReader::open(capture);
        VERIFY_OK(reader);
        QCOMPARE((*reader)->count().value_or(0), 2);
    }

    void aHungMirrorDelaysNothing()
    {
        FakeUpstream primary;
        FakeUpstream hung(FakeUpstream::hanging());
        LiveBench bench(test::liveRepository({"hung"}, test::urlTarget("primary", primary.port()) +
                                                           test::urlTarget("hung", hung.port())));
        QVERIFY(bench.start());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(bench.post(), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 5);
        QCOMPARE(bench.outcome(0), u"pending"_s);
        QVERIFY(bench.stop()); // mirrors get a short while, then they are dropped
        QTRY_COMPARE(bench.outcome(4), u"dropped"_s);
    }

    void aChangedEndpointFileIsTakenUp()
    {
        const QString root =
            test::liveRepository({}, test::staticTarget("primary", "1") + test::staticTarget("new", "2"));
        LiveBench bench(root);
        QVERIFY(bench.start());
        QCOMPARE(bench.post(), 200);
        QSignalSpy changed(&bench.presenter, &ui::LivePresenter::endpointsChanged);
        test::writeFile(root + u"/endpoints/price.yaml"_s, test::endpointWith({"new"}));
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.endpoints().constFirst().mirrors, QStringList{u"mirror_1"_s}, 10'000);
        QCOMPARE(bench.post(), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 2);
        QTRY_COMPARE(bench.outcome(1), u"different"_s);
        // A broken file keeps its last good state, and is said to be broken.
        test::writeFile(root + u"/endpoints/price.yaml"_s, "backends: [\n");
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.notices().size(), 1, 10'000);
        QCOMPARE(bench.post(), 200);
        test::writeFile(root + u"/endpoints/price.yaml"_s, test::endpointWith({"new"}));
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.notices().size(), 0, 10'000);
    }

    void aPortInUseIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        LiveBench bench(test::liveRepository({}, test::staticTarget("primary", "1")));
        QVERIFY(bench.presenter.setListen(QString::number(other.serverPort())));
        QSignalSpy failed(&bench.presenter, &ui::LivePresenter::failed);
        bench.presenter.start();
        QVERIFY(failed.wait(20'000));
        const Error error = failed.first().first().value<Error>();
        QVERIFY(error.code == router::kPortInUse || error.code == router::kPortInUseUnknown);
        QTRY_COMPARE(bench.presenter.state(), LiveState::Stopped);
        QVERIFY(bench.presenter.setListen(u"0"_s));
        QVERIFY(bench.start());
        QVERIFY(!bench.presenter.setListen(u"127.0.0.1"_s));
        QVERIFY(!bench.presenter.setListen(u"example.com:80"_s));
        QVERIFY(!bench.presenter.setListen(u"127.0.0.1:70000"_s));
        QCOMPARE(bench.presenter.listen(), u"127.0.0.1:0"_s);
    }

    void aTargetThatDoesNotStartIsSaidAndTheRestGoesOn()
    {
        ui::LivePresenter::Options options = test::liveOptions();
        options.isTrusted = true;
        LiveBench bench(test::liveRepository({"broken"}, test::staticTarget("primary", "1") +
                                                             "  - match: {deployment: broken}\n    process: {command: "
                                                             "[sh, -c, \"echo no licence >&2; exit 3\"]}\n"),
                        options);
        QVERIFY(bench.start());
        QTRY_COMPARE(bench.presenter.notices().size(), 1);
        const ui::LiveNotice notice = bench.presenter.notices().constFirst();
        QCOMPARE(notice.error.code, targets::kDidNotStart);
        QVERIFY(notice.isTarget);
        QVERIFY(wording::text(notice.error).contains(u"no licence"_s));
        QCOMPARE(bench.post(), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 1);
        QTRY_COMPARE(bench.outcome(0), u"mirror-error"_s);
    }

    void commandsOfARepositoryAreAskedForOnce()
    {
        const QString marker = test::freshFolder(u"marker"_s) + u"/ran"_s;
        const QString root =
            test::liveRepository({}, "  - match: {deployment: primary}\n    process: {command: [sh, -c, \"touch '" +
                                         marker.toUtf8() + "'; exit 1\"]}\n");
        ui::LivePresenter::Options options = test::liveOptions();
        QStringList approved;
        options.approved = [&approved] { return approved; };
        options.approve = [&approved](const QStringList &commands) { approved += commands; };
        {
            LiveBench bench(root, options);
            QSignalSpy asked(&bench.presenter, &ui::LivePresenter::approvalNeeded);
            bench.presenter.start();
            QVERIFY(asked.wait(20'000));
            QCOMPARE(bench.presenter.unapproved().commands.size(), 1);
            QVERIFY(bench.presenter.unapproved().commands.constFirst().startsWith(u"sh -c"_s));
            bench.presenter.decline();
            QTRY_COMPARE(bench.presenter.state(), LiveState::Stopped);
            QVERIFY(!QFile::exists(marker));

            bench.presenter.start();
            QVERIFY(asked.wait(20'000));
            bench.presenter.approve();
            QTRY_VERIFY_WITH_TIMEOUT(bench.presenter.isRunning(), 20'000);
            QVERIFY(QFile::exists(marker));
            QCOMPARE(approved.size(), 1);
        }
        LiveBench again(root, options);
        QVERIFY(again.start());
        // Another command is another question, and what runs goes on meanwhile.
        QSignalSpy asked(&again.presenter, &ui::LivePresenter::approvalNeeded);
        test::writeFile(root + u"/.parallax/targets.yaml"_s,
                        "schemaVersion: 1\ntargets:\n  - match: {}\n    process: {command: [sh, -c, exit 4]}\n");
        QVERIFY(asked.wait(20'000));
        QCOMPARE(again.presenter.unapproved().commands, QStringList{u"sh -c \"exit 4\""_s});
        QVERIFY(again.presenter.isRunning());
    }

    void whatLeavesThisMachineIsAskedForAndShown()
    {
        const QString root = test::liveRepository(
            {"far"}, test::staticTarget("primary", "1") +
                         "  - match: {deployment: far}\n    url: https://models.example.test/v1/{deployment}\n");
        LiveBench bench(root);
        QSignalSpy asked(&bench.presenter, &ui::LivePresenter::approvalNeeded);
        bench.presenter.start();
        QVERIFY(asked.wait(20'000));
        QCOMPARE(bench.presenter.state(), LiveState::Asking);
        QCOMPARE(bench.presenter.unapproved().hosts, QStringList{u"models.example.test"_s});
        QCOMPARE(bench.presenter.unapproved().commands, QStringList());
        QCOMPARE(bench.presenter.beyond(), QStringList());
        bench.presenter.decline();
        QTRY_COMPARE(bench.presenter.state(), LiveState::Stopped);

        bench.presenter.start();
        QVERIFY(asked.wait(20'000));
        bench.presenter.approve();
        QTRY_VERIFY_WITH_TIMEOUT(bench.presenter.isRunning(), 20'000);
        QCOMPARE(bench.presenter.beyond(), QStringList{u"models.example.test"_s});
        // A host that comes while it runs is another question; what runs goes on.
        test::writeFile(root + u"/.parallax/targets.yaml"_s,
                        "schemaVersion: 1\ntargets:\n  - match: {}\n    modelbit: {workspace: acme, region: us-east-1,"
                        " apiKey: \"${secret:KEY}\"}\n");
        QVERIFY(asked.wait(20'000));
        QCOMPARE(bench.presenter.unapproved().hosts, QStringList{u"acme.us-east-1.modelbit.com"_s});
        QVERIFY(bench.presenter.isRunning());
        QCOMPARE(bench.presenter.beyond(), QStringList{u"models.example.test"_s});
        QVERIFY(bench.stop());
        QCOMPARE(bench.presenter.beyond(), QStringList());
    }

    void whoListensForOthersSaysSo()
    {
        LiveBench bench(test::liveRepository({}, test::staticTarget("primary", "1")));
        QVERIFY(bench.presenter.setListen(u"0.0.0.0:0"_s));
        QVERIFY(bench.start());
        QCOMPARE(bench.presenter.beyond().size(), 1);
        QVERIFY(bench.presenter.beyond().constFirst().contains(u"0.0.0.0"_s));
        QVERIFY(bench.stop());
        QCOMPARE(bench.presenter.beyond(), QStringList());
    }

    void samplesCanBeSent()
    {
        LiveBench bench(
            test::liveRepository({"other"}, test::staticTarget("primary", "1") + test::staticTarget("other", "1")));
        QVERIFY(bench.start());
        bench.presenter.sendSamples(3);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 3);
        QTRY_COMPARE(bench.outcome(2), u"equal"_s);
        bench.presenter.clearTraffic();
        QCOMPARE(bench.presenter.traffic().rowCount(), 0);
    }

    void aPausedCaptureRecordsNothingAndLeavesNoFile()
    {
        LiveBench bench(test::liveRepository({}, test::staticTarget("primary", "1")));
        bench.presenter.setCapturing(false);
        QVERIFY(bench.start());
        QCOMPARE(bench.post(), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 1);
        QVERIFY(bench.stop());
        QVERIFY(bench.presenter.lastCapture().isEmpty());
    }

    // A file that may not grow stands for a full disk.
    void aFullDiskIsSaidAndTheTrafficGoesOn()
    {
        LiveBench bench(test::liveRepository({}, test::staticTarget("primary", "1")));
        QVERIFY(bench.start());
        QCOMPARE(bench.post(), 200);
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.figures().capture.recorded, 1, 10'000);
        const QString file = bench.presenter.figures().capture.path;
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit tight = before;
        tight.rlim_cur = static_cast<rlim_t>(QFileInfo(file + u"-wal"_s).size());
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        const auto release = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
        for (int i = 0; i < 5; ++i)
            QCOMPARE(bench.post("{\"data\": \"" + QByteArray(3000, static_cast<char>('a' + i)) + "\"}"), 200);
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.notices().size(), 1, 10'000);
        QVERIFY(wording::hasText(bench.presenter.notices().constFirst().error.code));
        QCOMPARE(bench.post(), 200);
        setrlimit(RLIMIT_FSIZE, &before);
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.notices().size(), 0, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.figures().capture.recorded, 7, 10'000);
        QVERIFY(bench.stop());
    }

    void detailsAreMadeReadable()
    {
        LiveBench bench(
            test::liveRepository({"other"}, test::staticTarget("primary", "1") + test::staticTarget("other", "2")));
        QVERIFY(bench.start());
        QCOMPARE(bench.post("{\"data\":{\"carat\":1,\"api_key\":\"geheim-geheim\"}}"), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 1);
        QTRY_COMPARE(bench.outcome(0), u"different"_s);
        const traffic::ExchangePtr shown = bench.presenter.traffic().exchangeAt(0);
        QSignalSpy ready(&bench.presenter, &ui::LivePresenter::detailReady);
        bench.presenter.showDetail(shown, {ui::DetailView::Kind::Request, {}});
        QVERIFY(ready.wait());
        const auto request = ready.last().first().value<ui::ExchangeDetailPtr>();
        QVERIFY(request->text.startsWith(u"POST /v1/endpoint/price\n"_s));
        QVERIFY(request->text.contains(u"\"carat\": 1"_s));
        QVERIFY(!request->text.contains(u"geheim"_s));
        bench.presenter.showDetail(shown, {ui::DetailView::Kind::Differences, u"mirror_1"_s});
        QVERIFY(ready.wait());
        const auto both = ready.last().first().value<ui::ExchangeDetailPtr>();
        QVERIFY(both->document);
        QCOMPARE(both->document->differences, 1);
        bench.presenter.showDetail(shown, {ui::DetailView::Kind::Differences, u"mirror_9"_s});
        QVERIFY(ready.wait());
        QVERIFY(!ready.last().first().value<ui::ExchangeDetailPtr>()->missing.isEmpty());
    }

    void whatComesTooFastIsCounted()
    {
        ui::LiveFeed feed(std::make_shared<compare::RulesBook>());
        QSignalSpy batches(&feed, &ui::LiveFeed::batchReady);
        feed.begin();
        const auto most = static_cast<int>(ui::LiveFeed::kMostWaiting);
        for (int i = 0; i < most + 10; ++i) {
            const traffic::ExchangePtr one = exchange(QString::number(i));
            feed.answered(one);
            feed.finished(one);
        }
        QTRY_COMPARE(batches.count(), 1);
        const auto first = batches.first().first().value<ui::LiveBatchPtr>();
        QCOMPARE(first->items.size(), ui::LiveFeed::kMostRows);
        QCOMPARE(first->unshown, 10);
        QVERIFY(first->items.front().exchange->mirrors.front().outcome == Outcome::Equal);
        // Nothing more before the first was taken.
        QVERIFY(!batches.wait(3 * ui::LiveFeed::kInterval.count()));
        feed.taken();
        QTRY_COMPARE(batches.count(), 2);
    }

    void anExchangeIsOneRowUntilItIsFinished()
    {
        ui::LiveFeed feed(std::make_shared<compare::RulesBook>());
        QSignalSpy batches(&feed, &ui::LiveFeed::batchReady);
        feed.begin();
        feed.answered(exchange(u"a"_s, false));
        QTRY_COMPARE(batches.count(), 1);
        feed.taken();
        feed.mirrorAnswered(exchange(u"a"_s), 0);
        feed.finished(exchange(u"a"_s));
        feed.finished(exchange(u"never shown"_s));
        QTRY_COMPARE(batches.count(), 2);
        const auto second = batches.last().first().value<ui::LiveBatchPtr>();
        QCOMPARE(second->items.size(), 1U);
        QVERIFY(second->items.front().exchange->mirrors.front().outcome == Outcome::Equal);
    }

    void exchangesWithoutAnIdAreRowsOfTheirOwn()
    {
        LiveBench bench(test::liveRepository({}, test::staticTarget("primary", "1")));
        QVERIFY(bench.start());
        for (int i = 0; i < 5; ++i) {
            const traffic::ExchangePtr log = exchange({});
            bench.presenter.sink().answered(log);
            bench.presenter.sink().finished(log);
        }
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 5);
        QTRY_COMPARE(bench.presenter.agreement().value(0).outcomes.total(), 5);
        QVERIFY(bench.stop());
        QCOMPARE(bench.presenter.traffic().rowCount(), 5);
    }

    void theRepositorysRouterSettingsHold()
    {
        const QString root = test::liveRepository({}, test::staticTarget("primary", "1"));
        VERIFY_OK(base::saveFile(root + u"/.parallax/router.yaml"_s, "schemaVersion: 1\nmax-body: 10\n"));
        LiveBench bench(root);
        QVERIFY(bench.start());
        QCOMPARE(bench.post("{\"data\":1}"), 200);
        QCOMPARE(bench.post("{\"data\": [1, 2, 3]}"), 413);
        QVERIFY(bench.stop());
        VERIFY_OK(base::saveFile(root + u"/.parallax/router.yaml"_s, "schemaVersion: 1\nmax-bodies: 10\n"));
        bench.presenter.start();
        QTRY_VERIFY(bench.presenter.failure());
        QVERIFY(bench.presenter.failure()->code == router::kBadRouterFile);
        QCOMPARE(bench.presenter.failure()->where.line, 2);
    }

    void logsOfModelbitAreRows()
    {
        const QString root = test::liveRepository({}, test::staticTarget("primary", "1"));
        VERIFY_OK(base::saveFile(root + u"/.parallax/router.yaml"_s,
                                 "schemaVersion: 1\nmodelbit-webhook-secret: ${env:HOOK_SECRET}\n"));
        qputenv("HOOK_SECRET", "open sesame");
        const auto tidy = qScopeGuard([] { qunsetenv("HOOK_SECRET"); });
        const Result<QByteArray> logs =
            base::readFile(test::sourcePath(u"tests/data/traffic/modelbit-webhook.json"_s), 1'000'000);
        VERIFY_OK(logs);
        LiveBench bench(root);
        QVERIFY(bench.start());
        test::RawClient client(bench.port());
        client.send("POST /-/sink/modelbit HTTP/1.1\r\nHost: localhost\r\nx-mb-webhook-secret: open sesame\r\n"
                    "Content-Length: " +
                    QByteArray::number(logs->size()) + "\r\n\r\n" + *logs);
        QVERIFY(client.waitFor("\r\n\r\n"));
        QCOMPARE(client.status(), 200);
        // A request is shown when its mirrors' logs can hardly come any more, at the latest when the router stops.
        QVERIFY(bench.stop());
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 1);
        QVERIFY(!bench.presenter.lastCapture().isEmpty());
        const auto capture = traffic::CaptureReader::open(bench.presenter.lastCapture());
        VERIFY_OK(capture);
        QCOMPARE((*capture)->count().value_or(0), 1);
    }
};

PARALLAX_TEST_MAIN(TestLivePresenter)
#include "tst_live_presenter.moc"
