// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Replay mode on a small repository: runs to their end, stopped, paused, repeated, refused, and the page over them.
#include "replay/errors.h"
#include "replay/source.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/smallrepository.h"
#include "support/testmain.h"
#include "traffic/capturestore.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/replay/failuresmodel.h"
#include "ui/replay/replaypage.h"
#include "ui/replay/replaypresenter.h"
#include "ui/theme/theme.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace parallax;
using ui::ReplayPhase;
using ui::ReplayPresenter;

namespace {

const QByteArray kOne = "static: {body: {data: 1}}";
const QByteArray kTwo = "static: {body: {data: 2}}";
const QByteArray kBroken = "static: {status: 500, body: {error: \"Traceback\\nKeyError: 'region'\"}}";

bool addsUp(const replay::Progress &p)
{
    return p.planned == p.sent + p.dropped + p.waiting && p.sent == p.ok + p.failed + p.inFlight;
}

/// A presenter on a small repository whose source has been counted.
struct Bench
{
    test::SmallRepository small;
    std::unique_ptr<ReplayPresenter> presenter;
    QStringList asked; ///< what `unapproved` answers

    Bench(int requests, const QByteArray &oldTarget, const QByteArray &newTarget)
        : small(test::SmallRepository::make(requests, oldTarget, newTarget))
    {
        const Result<repository::Repository> repository = repository::Repository::discover(small.root);
        ReplayPresenter::Options options;
        options.captureFolder = small.root + u"/captures"_s;
        options.sampleTraffic = small.traffic;
        options.unapproved = [this](const targets::Workspace &, const QList<endpoints::DeploymentRef> &) {
            return asked;
        };
        presenter = std::make_unique<ReplayPresenter>(*repository, options);
        presenter->setWorkspace(*targets::WorkspaceReader(*repository).read());
    }
    [[nodiscard]] bool isCounted() const { return !presenter->isCounting(); }
    [[nodiscard]] bool isDone() const { return presenter->phase() == ReplayPhase::Done; }
    [[nodiscard]] const replay::Progress &progress() const { return presenter->view().progress; }
    void setPace(const replay::Pace &pace)
    {
        replay::ReplayPlan plan = presenter->plan();
        plan.pace = pace;
        presenter->setPlan(plan);
    }
};

/// The page of a bench in a window of the usual size.
struct Shown
{
    theme::Theme theme{theme::Theme::Mode::Light};
    commands::CommandRegistry registry{theme};
    std::unique_ptr<ui::ReplayPage> page;

    explicit Shown(Bench &bench)
    {
        registry.addAll(commands::catalogue());
        page = std::make_unique<ui::ReplayPage>(theme, registry, *bench.presenter);
        page->resize(1376, 838);
        page->show();
    }
    [[nodiscard]] QPushButton *button(const QString &name) const { return page->findChild<QPushButton *>(name); }
    [[nodiscard]] QString text(const QString &name) const { return page->findChild<QLabel *>(name)->text(); }
};

} // namespace

class TestReplayView : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void aRunGoesToItsEndAndItsPlanCanBeRepeated()
    {
        Bench bench(60, kOne, kTwo);
        QCOMPARE(bench.presenter->plan().endpoint, u"pricing"_s);
        QTRY_VERIFY(bench.isCounted());
        QCOMPARE(bench.presenter->source().requests, 60);
        bench.presenter->start();
        QVERIFY(bench.presenter->isActive());
        QTRY_VERIFY(bench.isDone());
        QVERIFY(addsUp(bench.progress()));
        QCOMPARE(bench.progress().ok, 60);
        QCOMPARE(bench.presenter->differentPairs(), 60);
        QCOMPARE(bench.presenter->failedRequests(), 0);
        const ui::ReplayView &view = bench.presenter->view();
        QVERIFY(view.comparison != nullptr);
        QCOMPARE(view.comparison->mirrors.front().outcomes[traffic::Outcome::Different], 60);
        QCOMPARE(view.latency.size(), 2U);
        QVERIFY(!view.latency[0].points.empty());
        const auto capture = traffic::CaptureReader::open(view.capture);
        VERIFY_OK(capture);
        QCOMPARE((*capture)->count().value_or(0), 60);
        QTRY_COMPARE(bench.presenter->sources(), (QStringList{view.capture, bench.small.traffic}));

        replay::ReplayPlan other = bench.presenter->plan();
        other.pace = replay::Pace::fixedRate(3);
        bench.presenter->setPlan(other);
        bench.presenter->repeatRun(view.capture);
        QTRY_VERIFY(bench.presenter->plan().pace == replay::Pace::closed(replay::kDefaultConcurrency));
        // The repetition knows what it repeats.
        const QString first = view.capture;
        QCOMPARE(bench.presenter->repeatedRun(first), QString());
        bench.presenter->start();
        QTRY_VERIFY(bench.isDone());
        QVERIFY(view.capture != first);
        QCOMPARE(bench.presenter->repeatedRun(view.capture), first);
        QCOMPARE(bench.presenter->repeatedRun(first), QString());
        bench.presenter->setSource(first);
        QTRY_VERIFY(bench.isCounted());
        QVERIFY(bench.presenter->source().isRun);
    }

    void anyCaptureIsReplayedAgain()
    {
        Bench bench(20, kOne, kTwo);
        QTRY_VERIFY(bench.isCounted());
        const QString capture = test::freshFolder(u"live"_s) + u"/live.parallax"_s;
        auto writer = traffic::CaptureWriter::open(capture, traffic::CaptureWriter::Mode::CreateNew);
        VERIFY_OK(writer);
        VERIFY_OK((*writer)->close());
        QSignalSpy failed(bench.presenter.get(), &ui::ReplayPresenter::failed);
        bench.presenter->replayAgain(capture); // no run, so it has no plan
        QTRY_COMPARE(bench.presenter->source().path, capture);
        bench.presenter->repeatRun(capture);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().value<Error>().code == replay::kNoPlan);
    }

    void stopKeepsWhatWasAnswered()
    {
        Bench bench(400, kOne, kOne);
        bench.setPace(replay::Pace::recorded(1));
        QTRY_VERIFY(bench.isCounted());
        bench.presenter->start();
        QTRY_VERIFY(bench.progress().ok > 5);
        bench.presenter->pause();
        QTRY_VERIFY(bench.presenter->phase() == ReplayPhase::Paused);
        QVERIFY(addsUp(bench.progress()));
        const qint64 sent = bench.progress().sent;
        QVERIFY(sent < 400);
        bench.presenter->resume();
        QTRY_VERIFY(bench.progress().sent > sent);
        bench.presenter->stop();
        QTRY_VERIFY(bench.isDone());
        QVERIFY(addsUp(bench.progress()));
        QVERIFY(bench.progress().reason == replay::EndReason::Stopped);
        QVERIFY(bench.progress().ok < 400);
        const auto capture = traffic::CaptureReader::open(bench.presenter->view().capture);
        VERIFY_OK(capture);
        QCOMPARE((*capture)->count().value_or(0), bench.progress().sent);
    }

    void aPresenterThatGoesAwayLeavesAWholeCapture()
    {
        Bench bench(400, kOne, kOne);
        bench.setPace(replay::Pace::recorded(1));
        QTRY_VERIFY(bench.isCounted());
        bench.presenter->start();
        QTRY_VERIFY(bench.progress().ok > 5);
        const QString path = bench.presenter->view().capture;
        bench.presenter.reset();
        QTRY_VERIFY(!QFile::exists(path + u"-wal"_s)); // it ends behind the presenter
        const auto capture = traffic::CaptureReader::open(path);
        VERIFY_OK(capture);
        QVERIFY((*capture)->count().value_or(0) > 5);
    }

    void failuresAreCountedByReasonAndRetried()
    {
        Bench bench(20, kOne, kBroken);
        QTRY_VERIFY(bench.isCounted());
        bench.presenter->start();
        QTRY_VERIFY(bench.isDone());
        const ui::ReplayView &view = bench.presenter->view();
        QCOMPARE(view.failures.size(), 1);
        QCOMPARE(view.failures[0].count, 20);
        QCOMPARE(view.failures[0].where, u"mirror_1"_s);
        QCOMPARE(view.failures[0].identity, 0);
        QCOMPARE(ui::FailuresModel::reason(view.failures[0]), u"Answered 500"_s);
        QCOMPARE(ui::FailuresModel::detail(view.failures[0]), u"KeyError: 'region'"_s);
        const QString first = view.capture;
        bench.presenter->retryFailed();
        QVERIFY(bench.presenter->isActive());
        QTRY_VERIFY(bench.isDone());
        QCOMPARE(bench.progress().planned, 20);
        QVERIFY(view.capture != first);
        QCOMPARE(view.plan.source, first);
        QCOMPARE(bench.presenter->plan().source, bench.small.traffic);
    }

    void exactlyTheRequestsChosenAreReplayed()
    {
        Bench bench(20, kOne, kTwo);
        QTRY_VERIFY(bench.isCounted());
        // What is set now would leave some of them out.
        replay::ReplayPlan plan = bench.presenter->plan();
        plan.filter = u"method == GET"_s;
        plan.limit = 1;
        plan.sampling.share = 0.1;
        plan.onlyDifferent = true;
        plan.withoutMirrors = {u"mirror_1"_s};
        bench.presenter->setPlan(plan);
        std::vector<traffic::ExchangePtr> chosen;
        for (int i = 0; i < 3; ++i) {
            auto exchange = std::make_shared<traffic::Exchange>();
            exchange->requestId = QString::number(i);
            exchange->endpoint = u"pricing"_s;
            exchange->method = "POST";
            exchange->target = "/v1/endpoint/pricing";
            exchange->headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer secret"}};
            exchange->body = traffic::Body::whole("{\"data\": " + QByteArray::number(i) + "}");
            exchange->primary.name = u"alias"_s;
            exchange->primary.state = traffic::AnswerState::Complete;
            exchange->primary.status = 200;
            exchange->primary.body = traffic::Body::whole("{\"data\": 1}");
            chosen.push_back(exchange);
        }
        bench.presenter->takeRequests(chosen);
        QTRY_VERIFY(bench.presenter->plan().source != bench.small.traffic);
        QTRY_VERIFY(bench.isCounted());
        QCOMPARE(bench.presenter->source().requests, 3);
        QVERIFY(!bench.presenter->isActive()); // starting is the user's
        QVERIFY(bench.presenter->plan().filter.isEmpty());
        QCOMPARE(bench.presenter->plan().endpoint, u"pricing"_s);
        QCOMPARE(bench.presenter->plan().withoutMirrors, QStringList{u"mirror_1"_s});
        QFile file(bench.presenter->plan().source);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret"));
        bench.presenter->start();
        QTRY_VERIFY(bench.isDone());
        QCOMPARE(bench.progress().planned, 3);
        QCOMPARE(bench.progress().ok, 3);
        // A second choice within the same second has a file of its own.
        const QString first = bench.presenter->plan().source;
        chosen.pop_back();
        bench.presenter->takeRequests(chosen);
        QTRY_VERIFY(bench.presenter->plan().source != first);
        QTRY_COMPARE(bench.presenter->source().requests, 2);
    }

    void anEndpointEditedSinceTheRunIsSaid()
    {
        Bench bench(5, kOne, kOne);
        const Shown shown(bench);
        QTRY_VERIFY(bench.isCounted());
        bench.presenter->start();
        QTRY_VERIFY(bench.isDone());
        QVERIFY(!bench.presenter->isEdited());
        const auto *none = shown.page->findChild<widgets::MessageBar *>(u"replayMessage1"_s);
        QVERIFY(none == nullptr || !none->text().contains(u"edited"_s));
        const QString file = bench.small.root + u"/endpoints/pricing.yaml"_s;
        QFile edited(file);
        QVERIFY(edited.open(QIODevice::ReadOnly));
        const QByteArray yaml = edited.readAll().replace("name: new", "name: old");
        edited.close();
        VERIFY_OK(base::saveFile(file, yaml));
        const Result<repository::Repository> repository = repository::Repository::discover(bench.small.root);
        bench.presenter->setWorkspace(*targets::WorkspaceReader(*repository).read());
        QVERIFY(bench.presenter->isEdited());
        const auto bars = shown.page->findChildren<widgets::MessageBar *>();
        QVERIFY(std::any_of(bars.begin(), bars.end(), [](const widgets::MessageBar *bar) {
            return bar->isVisible() && bar->text().contains(u"edited since this run"_s);
        }));
    }

    void whatCannotStartSaysWhy()
    {
        {
            Bench bench(0, kOne, kOne);
            QTRY_VERIFY(bench.isCounted());
            QVERIFY(bench.presenter->source().error.has_value());
            QVERIFY(!bench.presenter->obstacle().isEmpty());
            bench.presenter->start();
            QVERIFY(!bench.presenter->isActive());
        }
        {
            Bench bench(3, "process: {command: [\"/bin/false\"]}", kOne);
            QTRY_VERIFY(bench.isCounted());
            bench.presenter->start();
            QTRY_VERIFY(bench.presenter->phase() == ReplayPhase::Failed);
            QVERIFY(bench.presenter->view().error.has_value());
            QVERIFY(!bench.presenter->isActive());
        }
        {
            Bench bench(3, kOne, kOne);
            QTRY_VERIFY(bench.isCounted());
            replay::ReplayPlan plan = bench.presenter->plan();
            plan.filter = u"method ==="_s;
            bench.presenter->setPlan(plan);
            QVERIFY(!bench.presenter->obstacle().isEmpty());
            plan.filter = u"method == GET"_s;
            bench.presenter->setPlan(plan);
            bench.presenter->start();
            QTRY_VERIFY(bench.presenter->phase() == ReplayPhase::Failed);
            QVERIFY(bench.presenter->view().error->code == replay::kAllFilteredOut);
        }
    }

    void commandsAndForeignHostsNeedAYes()
    {
        Bench bench(3, "url: http://models.example.org/x", kOne);
        QTRY_VERIFY(bench.isCounted());
        QSignalSpy approval(bench.presenter.get(), &ReplayPresenter::approvalNeeded);
        bench.asked = {u"python3 serve.py"_s};
        bench.presenter->start();
        QCOMPARE(approval.count(), 1);
        QVERIFY(!bench.presenter->isActive());
        bench.asked.clear();

        Shown shown(bench);
        QSignalSpy hosts(bench.presenter.get(), &ReplayPresenter::hostsAsked);
        bench.presenter->start();
        QTRY_COMPARE(hosts.count(), 1);
        QCOMPARE(hosts.first().first().toStringList(), QStringList{u"models.example.org"_s});
        QCOMPARE(hosts.first().last().toLongLong(), 3);
        auto *question = shown.page->findChild<QMessageBox *>(u"replayHosts"_s);
        QVERIFY(question != nullptr);
        QVERIFY(question->text().contains(u"3 requests"_s));
        QVERIFY(question->text().contains(u"models.example.org"_s));
        question->findChild<QPushButton *>(u"replayDoNotSend"_s)->click();
        QVERIFY(bench.presenter->phase() == ReplayPhase::Failed);
        QVERIFY(bench.presenter->plan().allowedHosts.isEmpty());
    }

    void versionsAreComparedWithoutAnEndpoint()
    {
        Bench bench(8, kOne, kTwo);
        QTRY_VERIFY(bench.isCounted());
        Shown shown(bench);
        auto *endpoint = shown.page->findChild<QComboBox *>(u"replayEndpoint"_s);
        QCOMPARE(endpoint->currentText(), u"pricing"_s);
        endpoint->setCurrentIndex(endpoint->count() - 1);
        Q_EMIT endpoint->activated(endpoint->count() - 1);
        QVERIFY(bench.presenter->plan().primary.has_value());
        QCOMPARE(bench.presenter->plan().mirrors.size(), 1U);
        shown.button(u"replayAddVersion"_s)->click();
        QCOMPARE(bench.presenter->plan().mirrors.size(), 2U);
        auto *deployment = shown.page->findChild<QComboBox *>(u"replayDeployment_mirror_2"_s);
        QVERIFY(deployment != nullptr);
        Q_EMIT deployment->textActivated(u"old"_s);
        QCOMPARE(bench.presenter->plan().mirrors[1].name, u"old"_s);
        QCOMPARE(bench.presenter->plan().endpoint, u"pricing"_s); // whose rules hold
        QCOMPARE(test::accessibilityFaults(shown.page.get()), QStringList());
        bench.presenter->start();
        QTRY_VERIFY(bench.isDone());
        QCOMPARE(bench.progress().ok, 8);
        QCOMPARE(bench.progress().targets.size(), 3U);
        QCOMPARE(bench.progress().targets[2].outcomes[traffic::Outcome::Equal], 8);
    }

    void thePageShowsEveryState()
    {
        Bench bench(40, kOne, kBroken);
        Shown shown(bench);
        QTRY_VERIFY(bench.isCounted());
        QCOMPARE(test::accessibilityFaults(shown.page.get()), QStringList());
        QPushButton *start = shown.button(u"startReplay"_s);
        QPushButton *stop = shown.button(u"stopReplay"_s);
        QCOMPARE(start->accessibleName(), u"Start replay"_s);
        QCOMPARE(stop->accessibleName(), u"Stop replay"_s);
        QVERIFY(!start->isCheckable() && !stop->isCheckable());
        QVERIFY(start->isEnabled());
        QVERIFY(!stop->isVisible());

        bench.setPace(replay::Pace::step());
        start->click();
        QTRY_VERIFY(stop->isVisible());
        QVERIFY(!start->isEnabled());
        QPushButton *step = shown.button(u"stepReplay"_s);
        QTRY_VERIFY(step->isVisible());
        step->click();
        QTRY_COMPARE(shown.text(u"replaySent"_s), u"1"_s);
        QCOMPARE(shown.text(u"replayPlanned"_s), u"40"_s);
        QCOMPARE(shown.text(u"replayWaiting"_s), u"39"_s);
        QCOMPARE(test::accessibilityFaults(shown.page.get()), QStringList());
        stop->click();
        QTRY_VERIFY(bench.isDone());

        // A rate at last, so that lateness and the planned line show.
        bench.setPace(replay::Pace::fixedRate(400));
        start->click();
        QTRY_VERIFY(!bench.isDone());
        QTRY_VERIFY(bench.isDone());
        QCOMPARE(shown.text(u"replayPercent"_s), u"100%"_s);
        QCOMPARE(shown.text(u"replayAnswered"_s), u"40"_s);
        QVERIFY(shown.text(u"replayLateness"_s).startsWith(u"Lateness p50 "_s));
        QCOMPARE(shown.page->findChild<QProgressBar *>(u"replayProgress"_s)->accessibleName(), u"Replay progress"_s);
        auto *table = shown.page->findChild<QTableView *>(u"failureTable"_s);
        const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(table->model()->rowCount(), 1);
        QVERIFY(shown.button(u"retryFailed"_s)->isVisible());
        QCOMPARE(test::accessibilityFaults(shown.page.get()), QStringList());
        QSignalSpy compare(shown.page.get(), &ui::ReplayPage::compareAsked);
        shown.button(u"compareRun"_s)->click();
        QCOMPARE(compare.first().first().toString(), bench.presenter->view().capture);
    }

    void theFormIsThePlan()
    {
        Bench bench(3, kOne, kOne);
        Shown shown(bench);
        const auto edit = [&](const QString &name) { return shown.page->findChild<QLineEdit *>(name); };
        const auto type = [&](const QString &name, const QString &text) {
            edit(name)->selectAll();
            QTest::keyClick(edit(name), Qt::Key_Backspace);
            QTest::keyClicks(edit(name), text);
        };
        const auto plan = [&]() -> const replay::ReplayPlan & { return bench.presenter->plan(); };
        bench.setPace(replay::Pace::recorded(1));
        QCOMPARE(edit(u"replaySpeed"_s)->text(), u"1x"_s);
        type(u"replaySpeed"_s, u"2.5x"_s);
        QVERIFY(plan().pace == replay::Pace::recorded(2.5));
        bench.setPace(replay::Pace::fixedRate(10));
        type(u"replayRateField"_s, u"25/s"_s);
        QVERIFY(plan().pace == replay::Pace::fixedRate(25));
        type(u"replayRampTo"_s, u"50"_s);
        QVERIFY(plan().pace == replay::Pace::ramp(25, 50, std::chrono::seconds(60)));
        type(u"replayStopAfter"_s, u"7"_s);
        QCOMPARE(plan().stopAfter.failures, 7);
        type(u"replayTimeout"_s, u"1.5s"_s);
        QVERIFY(plan().timeout == std::optional(std::chrono::milliseconds(1500)));
        QPushButton *start = shown.button(u"startReplay"_s);
        QTRY_VERIFY(start->isEnabled());
        type(u"replayTimeout"_s, u"soon"_s);
        QVERIFY(!start->isEnabled());
        QVERIFY(!edit(u"replayTimeout"_s)->toolTip().isEmpty());
        type(u"replayTimeout"_s, u"2s"_s);
        QVERIFY(start->isEnabled());
        auto *mirror = shown.page->findChild<QCheckBox *>(u"replaySendTo_mirror_1"_s);
        mirror->setChecked(false);
        QCOMPARE(plan().withoutMirrors, QStringList{u"mirror_1"_s});
        shown.button(u"replayMore"_s)->click();
        type(u"replayLimit"_s, u"2"_s);
        type(u"replayRepeat"_s, u"3"_s);
        type(u"replayWarmup"_s, u"1"_s);
        QCOMPARE(plan().limit, 2);
        QCOMPARE(plan().repeat, 3);
        QCOMPARE(plan().warmup.count, 1);
        QCOMPARE(test::accessibilityFaults(shown.page.get()), QStringList());
    }

    void reasonsKeepTheirRows()
    {
        ui::FailuresModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        ui::FailureRow timeout;
        timeout.kind = ui::FailureRow::Kind::Timeout;
        timeout.where = u"alias"_s;
        timeout.identity = -1;
        timeout.count = 2;
        ui::FailureRow dropped = timeout;
        dropped.kind = ui::FailureRow::Kind::Dropped;
        dropped.detail = u"queue-full"_s;
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setRows({timeout});
        timeout.count = 5;
        model.setRows({timeout, dropped});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ui::FailuresModel::RequestsColumn).data().toString(), u"5"_s);
        QCOMPARE(ui::FailuresModel::detail(dropped), u"the queue was full"_s);
        model.setRows({});
        QCOMPARE(resets.count(), 1);
    }
};

PARALLAX_TEST_MAIN(TestReplayView)
#include "tst_ui_replay.moc"
