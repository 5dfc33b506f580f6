// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Live mode as its user sees it.
#include "live/livesupport.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/detailpane.h"
#include "ui/live/livecommands.h"
#include "ui/live/livepage.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::LiveBench;

namespace {

struct Window
{
    explicit Window(ui::LivePresenter &presenter)
        : theme(theme::Theme::Mode::Light)
        , registry(theme)
    {
        registry.addAll(commands::catalogue());
        ui::bindRouterCommands(registry, presenter);
        page = std::make_unique<ui::LivePage>(theme, registry, presenter);
        page->resize(1376, 800);
        page->show();
    }
    template<class Widget>
    [[nodiscard]] Widget *find(const QString &name) const
    {
        return page->findChild<Widget *>(name);
    }
    [[nodiscard]] QPushButton *button(const QString &name) const { return find<QPushButton>(name); }
    [[nodiscard]] QTableView *table() const { return find<QTableView>(u"trafficTable"_s); }

    theme::Theme theme;
    commands::CommandRegistry registry;
    std::unique_ptr<ui::LivePage> page;
};

QString twoAnswers()
{
    return test::liveRepository({"same", "other"}, test::staticTarget("primary", "1") +
                                                       test::staticTarget("same", "1") +
                                                       test::staticTarget("other", "2"));
}

ui::TrafficItem item(int number)
{
    auto exchange = std::make_shared<traffic::Exchange>();
    exchange->requestId = QString::number(number);
    exchange->endpoint = u"price"_s;
    exchange->primary.name = u"alias"_s;
    exchange->primary.state = traffic::AnswerState::Complete;
    exchange->primary.status = 200;
    return {exchange, u"carat %1"_s.arg(number), {}, {}};
}

} // namespace

class TestLivePage : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void startSeeTrafficAndStop()
    {
        LiveBench bench(twoAnswers());
        const Window window(bench.presenter);
        QPushButton *run = window.button(u"toggleRouter"_s);
        QCOMPARE(run->accessibleName(), u"Start router"_s);
        QVERIFY(!run->isCheckable());
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bench.presenter.isRunning(), 20'000);
        QCOMPARE(run->accessibleName(), u"Stop router"_s);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());

        // Nothing yet: the line to try, and a request by a click.
        QVERIFY(window.button(u"sendSample"_s)->isVisible());
        QTest::mouseClick(window.button(u"copyCurlLine"_s), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().endsWith(bench.presenter.url() + u"/v1/endpoint/price"_s));
        QTest::mouseClick(window.button(u"sendSample"_s), Qt::LeftButton);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 1);
        QTRY_COMPARE(bench.outcome(0, 1), u"different"_s);
        QVERIFY(window.table()->isVisible());
        QCOMPARE(window.table()->accessibleName(), u"Traffic"_s);

        // The row with every answer.
        window.table()->selectRow(0);
        auto *diff = window.find<widgets::DiffView>(u"liveDiff"_s);
        QTRY_VERIFY(diff->isVisible());
        QTRY_COMPARE(diff->differenceCount(), 1); // of the mirror that differs
        QCOMPARE(diff->left()->accessibleName(), u"Primary response"_s);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        auto *tabs = window.find<QTabBar>(u"detailTabs"_s);
        QCOMPARE(tabs->count(), 5);
        const auto shows = [&](int tab, const QString &text) {
            tabs->setCurrentIndex(tab);
            return QTest::qWaitFor([&] {
                for (const auto *view : window.page->findChildren<widgets::CodeView *>()) {
                    if (view->isVisible() && view->text().contains(text))
                        return true;
                }
                return false;
            });
        };
        QVERIFY(shows(0, u"POST /v1/endpoint/price"_s));
        window.page->activateWindow();
        window.table()->setFocus();
        QTest::keyClick(window.table(), Qt::Key_Return);
        QVERIFY(window.find<ui::DetailPane>(u"liveDetail"_s)->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(shows(1, u"200"_s));
        QVERIFY(shows(2, u"equal"_s));
        QVERIFY(shows(3, u"different"_s));

        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.state(), ui::LiveState::Stopped, 20'000);
        QCOMPARE(run->accessibleName(), u"Start router"_s);
        QSignalSpy compare(window.page.get(), &ui::LivePage::compareRequested);
        QVERIFY(window.button(u"compareCapture"_s)->isVisible());
        QTest::mouseClick(window.button(u"compareCapture"_s), Qt::LeftButton);
        QCOMPARE(compare.count(), 1);
        QVERIFY(QFile::exists(compare.first().first().toString()));
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
    }

    void commandsDoWhatTheButtonsDo()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        window.registry.refreshNow();
        QVERIFY(!window.registry.availability(commands::ids::kCopyUrl).isEnabled);
        QVERIFY(window.registry.run(commands::ids::kToggleRouter));
        QTRY_VERIFY_WITH_TIMEOUT(bench.presenter.isRunning(), 20'000);
        window.registry.refreshNow();
        QCOMPARE(window.registry.action(commands::ids::kToggleRouter)->text().remove(u'&'), u"Stop router"_s);
        QVERIFY(window.registry.run(commands::ids::kCopyUrl));
        QCOMPARE(QGuiApplication::clipboard()->text(), bench.presenter.url() + u"/v1/endpoint/price"_s);
        QVERIFY(window.registry.run(commands::ids::kCopyCurl));
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"curl "_s));
        QVERIFY(window.registry.run(commands::ids::kSendSamples));
        QTRY_COMPARE_WITH_TIMEOUT(bench.presenter.traffic().rowCount(), 50, 20'000);
        window.registry.refreshNow();
        QVERIFY(window.registry.run(commands::ids::kClearTraffic));
        QCOMPARE(bench.presenter.traffic().rowCount(), 0);
    }

    void aPortInUseOffersAFreeOne()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        LiveBench bench(twoAnswers());
        const Window window(bench.presenter);
        auto *listen = window.find<QLineEdit>(u"listenAddress"_s);
        listen->setText(u"127.0.0.1:%1"_s.arg(other.serverPort()));
        QTest::keyClick(listen, Qt::Key_Return);
        QTest::mouseClick(window.button(u"startHere"_s), Qt::LeftButton);
        auto *bar = window.find<widgets::MessageBar>(u"failureBar"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 20'000);
        QVERIFY(bar->text().contains(QString::number(other.serverPort())));
        {
            // A page made after it failed says it too.
            const Window later(bench.presenter);
            QVERIFY(later.find<widgets::MessageBar>(u"failureBar"_s)->isVisible());
        }
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        QVERIFY(!window.button(u"compareCapture"_s)->isVisible());
        QTest::mouseClick(window.button(u"choosePort"_s), Qt::LeftButton);
        QCOMPARE(listen->selectedText(), listen->text());
        QVERIFY(window.button(u"useFreePort"_s)->text().startsWith(u"Use "_s));
        QTest::mouseClick(window.button(u"useFreePort"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bench.presenter.isRunning(), 20'000);
        QVERIFY(!bar->isVisible());
    }

    void aWrongAddressIsMarkedAndStartsNothing()
    {
        LiveBench bench(twoAnswers());
        const Window window(bench.presenter);
        auto *listen = window.find<QLineEdit>(u"listenAddress"_s);
        listen->setText(u"not an address"_s);
        QTest::keyClick(listen, Qt::Key_Return);
        QVERIFY(!window.button(u"toggleRouter"_s)->isEnabled());
        listen->setText(u"127.0.0.1:0"_s);
        QTest::keyClick(listen, Qt::Key_Return);
        QVERIFY(window.button(u"toggleRouter"_s)->isEnabled());
    }

    void commandsAreAskedForInPlainText()
    {
        LiveBench bench(
            test::liveRepository({}, "  - match: {}\n    process: {command: [sh, -c, \"exit 1 # <b>bold</b>\"]}\n"));
        const Window window(bench.presenter);
        QTest::mouseClick(window.button(u"toggleRouter"_s), Qt::LeftButton);
        auto *bar = window.find<widgets::MessageBar>(u"approvalBar"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 20'000);
        QVERIFY(bar->text().contains(u"<b>bold</b>"_s));
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        QTest::mouseClick(window.button(u"declineCommands"_s), Qt::LeftButton);
        QTRY_COMPARE(bench.presenter.state(), ui::LiveState::Stopped);
        QVERIFY(!bar->isVisible());
        QTest::mouseClick(window.button(u"toggleRouter"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 20'000);
        QTest::mouseClick(window.button(u"approveCommands"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bench.presenter.isRunning(), 20'000);
        // It ended at once: said, with its end, and the router runs.
        QTRY_VERIFY(window.find<widgets::MessageBar>(u"noticeBar1"_s) != nullptr);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
    }

    void theTableFollowsUntilTheUserScrollsUp()
    {
        LiveBench bench(twoAnswers());
        const Window window(bench.presenter);
        int number = 0;
        const auto add = [&](int count) {
            std::vector<ui::TrafficItem> items;
            for (int i = 0; i < count; ++i)
                items.push_back(item(++number));
            bench.presenter.traffic().append(items);
            Q_EMIT bench.presenter.trafficArrived();
        };
        add(200);
        QScrollBar *bar = window.table()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        QCOMPARE(bar->value(), bar->maximum());
        add(100);
        QCOMPARE(bar->value(), bar->maximum());
        bar->triggerAction(QAbstractSlider::SliderPageStepSub);
        QVERIFY(!window.page->isFollowing());
        const int reading = bar->value();
        add(100);
        QCOMPARE(bar->value(), reading);
        QVERIFY(!window.find<QCheckBox>(u"followTraffic"_s)->isChecked());
        bar->triggerAction(QAbstractSlider::SliderToMaximum);
        QVERIFY(window.page->isFollowing());
        add(100);
        QCOMPARE(bar->value(), bar->maximum());

        // A filter that hides all says so and can be taken back.
        auto *filter = window.find<QLineEdit>(u"trafficFilter"_s);
        filter->setText(u"nothing like it"_s);
        auto *empty = window.find<widgets::EmptyState>(u"trafficFiltered"_s);
        QTRY_VERIFY(empty->isVisible());
        QVERIFY(empty->sentence().contains(u"500"_s));
        QTest::mouseClick(window.button(u"clearFilter"_s), Qt::LeftButton);
        QTRY_VERIFY(window.table()->isVisible());
        QCOMPARE(bench.presenter.traffic().rowCount(), 500);
    }

    void theFilterTakesConditions()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        std::vector<ui::TrafficItem> items;
        for (int i = 0; i < 6; ++i) {
            items.push_back(item(i));
            auto exchange = std::make_shared<traffic::Exchange>(*items.back().exchange);
            exchange->primary.status = i % 2 == 0 ? 200 : 503;
            exchange->target = "/v1/endpoint/price?a=b";
            items.back().exchange = exchange;
        }
        bench.presenter.traffic().append(items);
        Q_EMIT bench.presenter.trafficArrived();
        auto *filter = window.find<QLineEdit>(u"trafficFilter"_s);
        const auto shows = [&](const QString &text, int rows) {
            filter->setText(text);
            return QTest::qWaitFor([&] { return bench.presenter.traffic().rowCount() == rows; });
        };
        QVERIFY(shows(u"status>=500"_s, 3));
        QVERIFY(shows(u"status < 500 and target ~ price"_s, 3));
        QVERIFY(shows(u"endpoint~PRICE"_s, 6));
        QVERIFY(!theme::isInvalid(filter));
        QVERIFY(shows(u"status >="_s, 0)); // not yet a condition, and no such words
        QVERIFY(theme::isInvalid(filter));
        QVERIFY(!filter->toolTip().isEmpty());
        QVERIFY(shows(u"a=b"_s, 6)); // words
        QVERIFY(!theme::isInvalid(filter));
        QVERIFY(shows(u"carat 3"_s, 1));
        QVERIFY(shows({}, 6));
    }

    void theSelectionIsExported()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        std::vector<ui::TrafficItem> items;
        for (int i = 0; i < 5; ++i)
            items.push_back(item(i));
        bench.presenter.traffic().append(items);
        QAction *action = window.registry.action(commands::ids::kExportSelection);
        window.registry.refreshNow();
        QVERIFY(!action->isEnabled());
        std::vector<traffic::ExchangePtr> asked;
        connect(window.page.get(), &ui::LivePage::exportRequested, this,
                [&asked](const std::vector<traffic::ExchangePtr> &exchanges) { asked = exchanges; });
        QItemSelectionModel *selection = window.table()->selectionModel();
        for (const int row : {3, 1})
            selection->select(bench.presenter.traffic().index(row, 0),
                              QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTRY_VERIFY(action->isEnabled());
        action->trigger();
        QCOMPARE(asked.size(), 2U);
        QCOMPARE(asked[0]->requestId, u"1"_s);
        QCOMPARE(asked[1]->requestId, u"3"_s);
        asked.clear();
        connect(window.page.get(), &ui::LivePage::replayRequested, this,
                [&asked](const std::vector<traffic::ExchangePtr> &exchanges) { asked = exchanges; });
        QVERIFY(window.registry.run(commands::ids::kReplaySelected));
        QCOMPARE(asked.size(), 2U);
        QCOMPARE(asked[1]->requestId, u"3"_s);
    }

    void rowsAreCopiedAsTextAndTable()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        std::vector<ui::TrafficItem> items;
        for (int i = 0; i < 5; ++i)
            items.push_back(item(i));
        items[3].summary = u"a<b> & c"_s;
        bench.presenter.traffic().append(items);
        Q_EMIT bench.presenter.trafficArrived();
        QTableView *table = window.table();
        for (const int row : {3, 1})
            table->selectionModel()->select(bench.presenter.traffic().index(row, 0),
                                            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
        const QStringList lines = copied->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].startsWith(u"Time\tEndpoint\tRequest\t"_s));
        QVERIFY(lines[1].contains(u"\tprice\tcarat 1\t200"_s));
        QVERIFY(lines[2].contains(u"\ta<b> & c\t"_s));
        QVERIFY(copied->html().contains(u"<td>a&lt;b&gt; &amp; c</td>"_s));
        QCOMPARE(copied->html().count(u"<tr>"_s), 3);
        table->selectAll();
        bench.presenter.traffic().clear();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier); // nothing to copy
        QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts), lines);
    }

    void selectedRequestsAreCopiedAsCurl()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        window.registry.refreshNow();
        QVERIFY(!window.registry.availability(commands::ids::kCopyCurl).isEnabled);
        auto exchange = std::make_shared<traffic::Exchange>(*item(1).exchange);
        exchange->method = "POST";
        exchange->target = "/v1/endpoint/price";
        exchange->headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer secret"}};
        exchange->body = traffic::Body::whole("{\"data\": 7}");
        bench.presenter.traffic().append({{exchange, {}, {}, {}}});
        Q_EMIT bench.presenter.trafficArrived();
        window.table()->selectRow(0);
        window.registry.refreshNow();
        QVERIFY(window.registry.run(commands::ids::kCopyCurl));
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(u"curl 'http://127.0.0.1:0/v1/endpoint/price'"_s) &&
                     copied.contains(u"--data-raw '{\"data\": 7}'"_s) && !copied.contains(u"secret"_s),
                 qPrintable(copied));
    }

    void aBodyIsShownRawWholeAndSaved()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        auto exchange = std::make_shared<traffic::Exchange>(*item(1).exchange);
        exchange->method = "POST";
        exchange->target = "/v1/endpoint/price";
        exchange->headers = {{"Content-Type", "application/json"}};
        const QByteArray body = "{\"data\":[" + QByteArray("1234567,").repeated(60'000) + "8]}";
        exchange->body = traffic::Body::whole(body);
        exchange->primary.body = traffic::Body::whole("{\"data\":{\"a\":1}}");
        exchange->primary.headers = {{"Content-Type", "application/json"}};
        bench.presenter.traffic().append({{exchange, {}, {}, {}}});
        Q_EMIT bench.presenter.trafficArrived();
        window.table()->selectRow(0);
        auto *text = window.page->findChild<widgets::CodeView *>(u"messageTextView"_s);
        auto *tabs = window.find<QTabBar>(u"detailTabs"_s);
        tabs->setCurrentIndex(1);
        QTRY_VERIFY(text->text().contains(u"\"a\": 1"_s)); // indented
        window.registry.refreshNow();
        QVERIFY(window.registry.run(commands::ids::kRawBody));
        QTRY_VERIFY(text->text().contains(u"{\"data\":{\"a\":1}}"_s));
        QVERIFY(window.registry.action(commands::ids::kRawBody)->isChecked());
        QVERIFY(window.registry.run(commands::ids::kRawBody));
        QTRY_VERIFY(text->text().contains(u"\"a\": 1"_s));

        tabs->setCurrentIndex(0);
        auto *bar = window.find<widgets::MessageBar>(u"detailSize"_s);
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(text->text().size() < ui::ExchangeDetail::kMostText + 2'000);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        QTest::mouseClick(window.button(u"showWholeBody"_s), Qt::LeftButton);
        QTRY_VERIFY(!bar->isVisible());
        QVERIFY(text->text().size() > 60'000 * 9);
        window.registry.refreshNow();
        QVERIFY(window.registry.run(commands::ids::kSaveBody));
        auto *dialog = window.page->window()->findChild<QFileDialog *>(u"saveBodyDialog"_s);
        QVERIFY(dialog != nullptr);
        const QString file = test::freshFolder(u"saved"_s) + u"/request.json"_s;
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
        QTRY_VERIFY(QFile::exists(file));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), body);
        // The next one begins as every one does.
        tabs->setCurrentIndex(1);
        QTRY_VERIFY(text->text().contains(u"\"a\": 1"_s));
        tabs->setCurrentIndex(0);
        QTRY_VERIFY(bar->isVisible());
    }

    void twoAnswersAreComparedBesideEachOther()
    {
        LiveBench bench(twoAnswers());
        Window window(bench.presenter);
        std::vector<ui::TrafficItem> items;
        for (int i = 0; i < 5; ++i) {
            ui::TrafficItem one = item(i);
            auto exchange = std::make_shared<traffic::Exchange>(*one.exchange);
            exchange->arrival = WallTime(std::chrono::seconds(1'700'000'000 + i));
            exchange->primary.body = traffic::Body::whole("{\"data\": " + QByteArray::number(i) + "}");
            one.exchange = exchange;
            items.push_back(one);
        }
        bench.presenter.traffic().append(items);
        Q_EMIT bench.presenter.trafficArrived();
        QTableView *table = window.table();
        table->selectRow(1);
        window.registry.refreshNow();
        const commands::Availability one = window.registry.availability(commands::ids::kCompareSelected);
        QVERIFY(!one.isEnabled);
        QVERIFY2(one.reason.contains(u"two"_s), qPrintable(one.reason));
        table->selectionModel()->select(bench.presenter.traffic().index(4, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
        window.registry.refreshNow();
        QVERIFY(window.registry.run(commands::ids::kCompareSelected));
        auto *diff = window.find<widgets::DiffView>(u"liveDiff"_s);
        QTRY_VERIFY(diff->isVisible());
        QTRY_COMPARE(diff->differenceCount(), 1);
        QVERIFY(diff->left()->plainText().contains(u"1"_s));
        QVERIFY(diff->right()->plainText().contains(u"4"_s));
        QCOMPARE(diff->left()->accessibleName(), u"Response to the first request"_s);
        const auto *title = window.find<QLabel>(u"twoTitle"_s);
        QVERIFY2(title->isVisible() && title->text().count(u"price"_s) == 2, qPrintable(title->text()));
        QVERIFY(!window.find<QTabBar>(u"detailTabs"_s)->isVisible());
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        // It stays while traffic comes, and goes with the selection.
        bench.presenter.traffic().append({item(9)});
        Q_EMIT bench.presenter.trafficArrived();
        QVERIFY(title->isVisible());
        table->selectRow(2);
        QVERIFY(!title->isVisible());
        QVERIFY(window.find<QTabBar>(u"detailTabs"_s)->isVisible());
        QCOMPARE(diff->left()->accessibleName(), u"Primary response"_s);
        table->selectAll();
        window.registry.refreshNow();
        QVERIFY(window.registry.availability(commands::ids::kCompareSelected).reason.contains(u'6'));
    }
};

PARALLAX_TEST_MAIN(TestLivePage)
#include "tst_live_page.moc"
