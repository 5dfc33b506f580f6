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
#include "ui/compare/earlierbar.h"
#include "ui/compare/ruledialog.h"
#include "ui/compare/rulesdialog.h"
#include "ui/compare/ruleseditor.h"
#include "ui/models/fieldsmodel.h"
#include "ui/models/pairsmodel.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace parallax;
using traffic::Outcome;
namespace ids = parallax::commands::ids;

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

/// A folder with an endpoint.
QString repositoryFolder()
{
    const QString root = test::freshFolder(u"models"_s);
    if (!QDir(root).mkpath(u"endpoints"_s))
        return {};
    return root;
}

struct Window
{
    Window()
        : theme(theme::Theme::Mode::Light)
        , registry(theme)
    {
        registry.addAll(commands::catalogue());
        page = std::make_unique<ui::ComparePage>(theme, registry, presenter, rules);
        page->resize(1376, 800);
        page->show();
    }
    [[nodiscard]] bool open(const QString &path, const QString &root = {})
    {
        if (!root.isEmpty())
            rules.setRepository(*repository::Repository::discover(root), false);
        presenter.open(path, root);
        return QTest::qWaitFor([this] { return !presenter.isLoading(); }, 20'000);
    }
    template<class Widget>
    [[nodiscard]] Widget *find(const QString &name) const
    {
        return page->findChild<Widget *>(name);
    }
    /// Selects a difference and runs a command.
    [[nodiscard]] bool run(int field, QLatin1StringView command)
    {
        fields()->selectRow(field);
        registry.refreshNow();
        return registry.run(command);
    }
    [[nodiscard]] qint64 count(traffic::Outcome outcome) const
    {
        return presenter.view()->comparison.mirrors.front().outcomes[outcome];
    }
    [[nodiscard]] QString reasonFor(QLatin1StringView command)
    {
        registry.refreshNow();
        return registry.availability(command).reason;
    }
    [[nodiscard]] QTableView *pairs() const { return find<QTableView>(u"pairTable"_s); }
    [[nodiscard]] QTableView *fields() const { return find<QTableView>(u"fieldTable"_s); }

    theme::Theme theme;
    commands::CommandRegistry registry;
    ui::ComparePresenter presenter;
    ui::RulesEditor rules;
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

    void aDifferenceBecomesARule()
    {
        const QString path = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 60, 4); });
        const QString root = repositoryFolder();
        const QString file = compare::rulesPath(root, u"price"_s);
        Window window;
        QVERIFY(window.open(path, root));
        QCOMPARE(window.reasonFor(ids::kIgnorePath), u"Select a difference first"_s);
        QVERIFY(window.run(0, ids::kIgnorePath));
        QTRY_COMPARE(window.count(Outcome::EqualByRule), 15);
        QVERIFY(base::readFile(file, 10'000)->contains("{path: /data/price, ignore: true}"));
        QCOMPARE(window.fields()->isVisible(), false);
        QCOMPARE(window.find<widgets::EmptyState>(u"noFields"_s)->sentence(), u"60 of 60 pairs agree under 1 rule."_s);
        QCOMPARE(window.find<QPushButton>(u"showRules"_s)->text(), u"1 rule"_s);
        QCOMPARE(window.pairs()->isVisible(), false);
        QTest::mouseClick(window.find<QPushButton>(u"showAllPairs"_s), Qt::LeftButton);
        QCOMPARE(window.pairs()->model()->rowCount(), 60);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());

        // What the rule hides shows without it, and the file stays.
        QVERIFY(window.registry.run(ids::kApplyRules));
        QTRY_COMPARE(window.count(Outcome::Different), 15);
        QCOMPARE(window.find<QPushButton>(u"showRules"_s)->text(), u"Rules are off"_s);
        QTest::mouseClick(window.find<QPushButton>(u"applyRulesAgain"_s), Qt::LeftButton);
        QTRY_COMPARE(window.count(Outcome::EqualByRule), 15);

        // Back to no file, and there again.
        window.registry.refreshNow();
        QVERIFY(window.registry.run(ids::kUndo));
        QTRY_COMPARE(window.count(Outcome::Different), 15);
        QVERIFY(!QFileInfo::exists(file));
        QTRY_VERIFY(window.reasonFor(ids::kRedo).isEmpty());
        QVERIFY(window.registry.run(ids::kRedo));
        QTRY_COMPARE(window.count(Outcome::EqualByRule), 15);
    }

    void aToleranceIsAskedFor()
    {
        const QString path = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 40, 4); });
        const QString root = repositoryFolder();
        Window window;
        QVERIFY(window.open(path, root));
        window.fields()->selectRow(0);
        QCOMPARE(window.reasonFor(ids::kIgnoreOrder), u"This difference lies in no array"_s);
        QVERIFY(window.run(0, ids::kSetTolerance));
        auto *dialog = window.page->window()->findChild<ui::RuleDialog *>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(test::accessibilityFaults(dialog), QStringList());
        auto *limit = dialog->findChild<QLineEdit *>(u"ruleAbs"_s);
        auto *adds = dialog->findChild<QPushButton *>(u"addRule"_s);
        QVERIFY(!adds->isEnabled());
        limit->setText(u"much"_s);
        QVERIFY(!adds->isEnabled() && theme::isInvalid(limit));
        limit->setText(u"1.5"_s);
        QCOMPARE(dialog->findChild<widgets::Label *>(u"ruleText"_s)->text(),
                 u"{path: /data/price, tolerance: {abs: 1.5}}"_s);
        QTest::mouseClick(adds, Qt::LeftButton);
        QTRY_COMPARE(window.count(Outcome::EqualByRule), 10);
        // Another limit takes its place.
        compare::Rule rule = window.presenter.view()->fileRules.rules.front();
        rule.tolerance.abs = 0.5;
        window.rules.add(u"price"_s, rule);
        QTRY_COMPARE(window.count(Outcome::Different), 10);
        QCOMPARE(window.presenter.view()->fileRules.rules.size(), 1U);
    }

    void rulesAreListedCountedAndRemoved()
    {
        const QString path = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 40, 4); });
        const QString root = repositoryFolder();
        const QString file = compare::rulesPath(root, u"price"_s);
        VERIFY_OK(base::makePath(QFileInfo(file).absolutePath()));
        VERIFY_OK(base::saveFile(file, "schemaVersion: 1 # mine\nrules:\n  - {path: /id, ignore: true}\n"
                                       "  - {path: /data, ignore: true}\n"));
        Window window;
        QVERIFY(window.open(path, root));
        QCOMPARE(window.count(Outcome::EqualByRule), 10);
        window.registry.refreshNow();
        QVERIFY(window.registry.run(ids::kShowRules));
        auto *dialog = window.page->window()->findChild<ui::RulesDialog *>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(test::accessibilityFaults(dialog), QStringList());
        auto *table = dialog->findChild<QTableView *>(u"rulesTable"_s);
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(1, 2).data().toString(), u"10"_s);
        table->selectRow(1);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"removeRule"_s), Qt::LeftButton);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QTRY_COMPARE(window.count(Outcome::Different), 10);
        QCOMPARE(*base::readFile(file, 10'000), "schemaVersion: 1 # mine\nrules:\n  - {path: /id, ignore: true}\n");

        // Another program writes the file; it says so when it makes no sense, and no rule applies.
        VERIFY_OK(base::saveFile(file, "schemaVersion: 1\nrules:\n  - {path: /data, ignore: true}\n"));
        QTRY_COMPARE(window.count(Outcome::EqualByRule), 10);
        VERIFY_OK(base::saveFile(file, "schemaVersion: 1\nrules:\n  - {path: data, ignore: true}\n"));
        QTRY_COMPARE(window.count(Outcome::Different), 10);
        auto *bar = window.find<widgets::MessageBar>(u"compareBar"_s);
        QVERIFY(bar->text().startsWith(u"No rule is applied: "));
        QCOMPARE(window.reasonFor(ids::kIgnorePath), u"The file of the rules has errors"_s);
    }

    void onlyWhatBelongsToAFolderHasRules()
    {
        const QString path = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 40, 4); });
        Window window;
        QVERIFY(window.open(path));
        window.fields()->selectRow(0);
        QVERIFY(window.reasonFor(ids::kIgnorePath).startsWith(u"Rules belong to a folder"));
        window.rules.setRepository(*repository::Repository::discover(repositoryFolder()), true);
        QCOMPARE(window.reasonFor(ids::kIgnorePath), u"The folder is open read-only"_s);
    }

    void anEarlierRunSaysWhatIsNewAndFixed()
    {
        // Every 4th was wrong, now every 6th is: of 60, 12 is in both.
        const QString before = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 60, 4); });
        const QString after = capture([](traffic::CaptureWriter &writer) { add(writer, u"price"_s, 66, 6); });
        Window window;
        QVERIFY(window.open(after));
        auto *bar = window.find<ui::EarlierBar>(u"earlierBar"_s);
        QVERIFY(!bar->isVisible());
        window.presenter.setEarlierRun(before);
        QTRY_VERIFY(bar->isVisible());
        const replay::RunComparison &since = *window.presenter.view()->sinceEarlier;
        QCOMPARE(since.onlyAfter, 6);
        QCOMPARE(since.mirrors.front().broken, 5);
        QCOMPARE(since.mirrors.front().fixed, 10);
        QCOMPARE(since.mirrors.front().differ, 5);
        const QList<QRadioButton *> choices = bar->findChildren<QRadioButton *>();
        QCOMPARE(choices.size(), 4);
        const std::array rows{66, 5, 10, 5};
        for (qsizetype i = 1; i < 4; ++i) {
            choices[i]->click();
            QCOMPARE(window.pairs()->model()->rowCount(), rows[static_cast<std::size_t>(i)]);
        }
        choices[0]->click();
        QCOMPARE(window.pairs()->model()->rowCount(), 66);
        QCOMPARE(test::accessibilityFaults(window.page.get()), QStringList());
        QTest::mouseClick(window.find<QToolButton>(u"forgetEarlier"_s), Qt::LeftButton);
        QTRY_VERIFY(!bar->isVisible());
        // What is no capture is said, and the comparison is there without it.
        window.presenter.setEarlierRun(u"/nowhere.parallax"_s);
        auto *notice = window.find<widgets::MessageBar>(u"compareBar"_s);
        QTRY_VERIFY(notice->isVisible());
        QVERIFY(notice->text().contains(u"nowhere.parallax"));
        QVERIFY(window.presenter.earlierRun().isEmpty());
        QCOMPARE(window.pairs()->model()->rowCount(), 66);
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
