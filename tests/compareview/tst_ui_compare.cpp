// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Compare mode over captures made here: verdict, fields, pairs, the two answers, several endpoints, what is no
// good.
#include "base/files.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "traffic/capturestore.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/compare/comparepage.h"
#include "ui/compare/comparepresenter.h"
#include "ui/models/fieldsmodel.h"
#include "ui/models/pairsmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

traffic::Reply reply(const QString &name, traffic::Role role, int price)
{
    traffic::Reply one;
    one.name = name;
    one.role = role;
    one.state = traffic::AnswerState::Complete;
    one.status = 200;
    one.headers = {{"Content-Type", "application/json"}};
    one.body = traffic::Body::whole("{\"data\":{\"price\":" + QByteArray::number(price) + "}}");
    one.timings = {Nanoseconds(0), Nanoseconds(1'000), Nanoseconds(2'000'000), Nanoseconds(3'000'000)};
    return one;
}

/// Requests of an endpoint whose mirror is off in every `wrongEvery`th; 0 = never.
void add(traffic::CaptureWriter &writer, const QString &endpoint, int requests, int wrongEvery, bool hasMirror = true)
{
    for (int i = 0; i < requests; ++i) {
        traffic::Exchange exchange;
        exchange.requestId = endpoint + QString::number(i);
        exchange.arrival = SystemClock().wallTime();
        exchange.endpoint = endpoint;
        exchange.method = "POST";
        exchange.target = "/v1/endpoint/" + endpoint.toUtf8();
        exchange.body = traffic::Body::whole("{\"data\":{\"carat\":" + QByteArray::number(i) + "}}");
        exchange.primary = reply(u"alias"_s, traffic::Role::Primary, i);
        if (hasMirror)
            exchange.mirrors.push_back(
                reply(u"mirror_1"_s, traffic::Role::Mirror, wrongEvery > 0 && i % wrongEvery == 0 ? i + 1 : i));
        VERIFY_OK(writer.append(exchange));
    }
}

QString capture(const std::function<void(traffic::CaptureWriter &)> &fill)
{
    const QString path = test::freshFolder(u"compare"_s) + u"/run.parallax"_s;
    auto writer = traffic::CaptureWriter::open(path, traffic::CaptureWriter::Mode::CreateNew);
    if (!writer)
        return {};
    fill(**writer);
    return (*writer)->close() ? path : QString();
}

struct Window
{
    Window()
        : theme(theme::Theme::Mode::Light)
        , registry(theme)
    {
        registry.addAll(commands::catalogue());
        page = std::make_unique<ui::ComparePage>(theme, registry, presenter);
        page->resize(1376, 800);
        page->show();
    }
    [[nodiscard]] bool open(const QString &path)
    {
        presenter.open(path, QString());
        return QTest::qWaitFor([this] { return !presenter.isLoading(); }, 20'000);
    }
    template<class Widget>
    [[nodiscard]] Widget *find(const QString &name) const
    {
        return page->findChild<Widget *>(name);
    }
    [[nodiscard]] QTableView *pairs() const { return find<QTableView>(u"pairTable"_s); }
    [[nodiscard]] QTableView *fields() const { return find<QTableView>(u"fieldTable"_s); }

    theme::Theme theme;
    commands::CommandRegistry registry;
    ui::ComparePresenter presenter;
    std::unique_ptr<ui::ComparePage> page;
};

} // namespace

class TestUiCompare : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void fieldsPairsAndTwoAnswers()
    {
        const QString path = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 60, 4); });
        QVERIFY(!path.isEmpty());
        Window window;
        const QAbstractItemModelTester fields(window.fields()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QAbstractItemModelTester pairs(window.pairs()->model(),
                                             QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(window.open(path));
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        QCOMPARE(window.fields()->model()->rowCount(), 1);
        QCOMPARE(window.fields()->model()->index(0, 0).data().toString(), u"/data/price"_s);
        QCOMPARE(window.pairs()->model()->rowCount(), 15);
        QVERIFY(!window.find<QToolButton>(u"compareEndpoint"_s)->isVisible());
        QSignalSpy ready(&window.presenter, &ui::ComparePresenter::pairReady);
        window.pairs()->selectRow(2);
        QTRY_VERIFY(!ready.isEmpty());
        const auto pair = ready.last().first().value<ui::PairViewPtr>();
        QCOMPARE(pair->mirror, u"mirror_1"_s);
        QCOMPARE(pair->left.status, u"200"_s);
        QVERIFY(pair->body != nullptr && pair->request != nullptr);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
    }

    void anotherEndpointOfTheCapture()
    {
        // Calls without a mirror come first; they are not what one compares.
        const QString path = capture([](traffic::CaptureWriter &writer) {
            add(writer, u"plain"_s, 3, 0, false);
            add(writer, u"price"_s, 40, 4);
            add(writer, u"size & weight"_s, 50, 2);
        });
        QVERIFY(!path.isEmpty());
        Window window;
        QVERIFY(window.open(path));
        QCOMPARE(window.presenter.view()->comparison.endpoint, u"price"_s);
        QCOMPARE(window.presenter.view()->endpoints, (QStringList{u"price"_s, u"size & weight"_s}));
        QCOMPARE(window.pairs()->model()->rowCount(), 10);
        auto *choice = window.find<QToolButton>(u"compareEndpoint"_s);
        QVERIFY(choice->isVisible());
        QCOMPARE(choice->text(), u"price"_s);
        QCOMPARE(choice->menu()->actions().size(), 2);
        QVERIFY(choice->menu()->actions().at(0)->isChecked());
        choice->menu()->actions().at(1)->trigger();
        QTRY_COMPARE(window.presenter.view()->comparison.endpoint, u"size & weight"_s);
        QCOMPARE(choice->text(), u"size && weight"_s);
        QCOMPARE(window.presenter.view()->comparison.requests, 50);
        QCOMPARE(window.pairs()->model()->rowCount(), 25);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
    }

    void reportsAreWritten()
    {
        const QString path = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 40, 4); });
        Window window;
        QVERIFY(window.open(path));
        QSignalSpy written(&window.presenter, &ui::ComparePresenter::reportWritten);
        const QString report = test::freshFolder(u"report"_s) + u"/r.html"_s;
        window.presenter.exportReport(report);
        QTRY_COMPARE(written.size(), 1);
        const Result<QByteArray> html = base::readFile(report, 10'000'000);
        VERIFY_OK(html);
        QVERIFY(html->contains("/data/price"));
    }

    void whatIsNoCaptureIsSaid()
    {
        const QString path = test::freshFolder(u"bad"_s) + u"/no.parallax"_s;
        VERIFY_OK(base::saveFile(path, "this is no capture\n"));
        Window window;
        QSignalSpy failed(&window.presenter, &ui::ComparePresenter::failed);
        QVERIFY(window.open(path));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!window.pairs()->isVisible());
    }
};

PARALLAX_TEST_MAIN(TestUiCompare)
#include "tst_ui_compare.moc"
