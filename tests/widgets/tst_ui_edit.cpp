// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Edit mode on the example: a mirror by the +, six lines, undo, save, and nothing lost when the file changed
// outside.
#include "app/example/example.h"
#include "base/files.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/cliprocess.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/deploymentpicker.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/targetcheck.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpServer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestUiEdit : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void init()
    {
        TestCase::init();
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        m_workspace = made->workspace;
        const Result<repository::Repository> repository = repository::Repository::discover(m_workspace);
        VERIFY_OK(repository);
        m_presenter = std::make_unique<ui::EditPresenter>(*repository);
        QSignalSpy loaded(m_presenter.get(), &ui::EditPresenter::loaded);
        m_presenter->reload();
        QVERIFY(loaded.wait(20'000));
    }

    void aMirrorIsSixLinesAndOneUndoStep()
    {
        const QByteArray before = m_presenter->file(kEndpoint)->bytes();
        QVERIFY(m_presenter->apply(kEndpoint, endpoints::AddMirror{{}, {u"pricing_model_v2"_s, u"main"_s, {}}},
                                   u"Add mirror"_s));
        const base::LineDiff diff = m_presenter->diffToHead(kEndpoint);
        QCOMPARE(diff.added, 6);
        QCOMPARE(diff.removed, 0);
        QVERIFY(m_presenter->isModified(kEndpoint));
        QCOMPARE(m_presenter->undoStack(kEndpoint)->count(), 1);
        m_presenter->undoStack(kEndpoint)->undo();
        QCOMPARE(m_presenter->file(kEndpoint)->bytes(), before);
        QVERIFY(!m_presenter->isModified(kEndpoint));
        m_presenter->undoStack(kEndpoint)->redo();
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_presenter->save(kEndpoint);
        QVERIFY(saved.wait(20'000));
        QCOMPARE(test::runGit({u"diff"_s, u"--numstat"_s}, m_workspace),
                 QByteArray("6\t0\tendpoints/pricing_optimizer.yaml"));
    }

    void aFileChangedOutsideIsNotOverwritten()
    {
        const QString path = m_workspace + u"/endpoints/pricing_optimizer.yaml"_s;
        QVERIFY(m_presenter->apply(kEndpoint, endpoints::AddMirror{{}, {u"pricing_model_v2"_s, u"main"_s, {}}},
                                   u"Add mirror"_s));
        const QByteArray theirs = "# theirs\n" + base::readFile(path, 100'000).value_or(QByteArray());
        VERIFY_OK(base::saveFile(path, theirs));
        QSignalSpy conflicted(m_presenter.get(), &ui::EditPresenter::conflicted);
        m_presenter->save(kEndpoint);
        QVERIFY(conflicted.wait(20'000));
        QCOMPARE(base::readFile(path, 100'000).value_or(QByteArray()), theirs);
        QVERIFY(m_presenter->isModified(kEndpoint));
    }

    void handEditsJoinTheSameHistory()
    {
        const QByteArray before = m_presenter->file(kEndpoint)->bytes();
        m_presenter->setText(kEndpoint, before + "# a note\n");
        QVERIFY(m_presenter->apply(kEndpoint, endpoints::AddMirror{{}, {u"pricing_model_v2"_s, u"main"_s, {}}},
                                   u"Add mirror"_s));
        QUndoStack *stack = m_presenter->undoStack(kEndpoint);
        QCOMPARE(stack->count(), 2);
        stack->undo();
        stack->undo();
        QCOMPARE(m_presenter->file(kEndpoint)->bytes(), before);
    }

    void thePlusAddsByKeyboardAlone()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        commands::CommandRegistry registry(theme);
        registry.addAll(commands::catalogue());
        ui::EditPage page(theme, registry, *m_presenter);
        page.resize(1376, 800);
        page.show();
        page.selectEndpoint(kEndpoint);
        auto *mirrors = page.findChild<QTableView *>(u"mirrorTable"_s);
        QCOMPARE(mirrors->accessibleName(), u"Mirrors"_s);
        const QAbstractItemModelTester tester(mirrors->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(mirrors->model()->rowCount(), 0);

        page.findChild<QToolButton *>(u"addMirror"_s)->click();
        auto *picker = page.findChild<ui::DeploymentPicker *>(u"deploymentPicker"_s);
        QVERIFY(picker != nullptr);
        QCOMPARE(picker->accessibleName(), u"Add mirror"_s);
        auto *search = picker->findChild<QWidget *>(u"pickerSearch"_s);
        QTest::keyClicks(search, u"model_v2"_s);
        auto *list = picker->findChild<QListView *>(u"pickerDeployments"_s);
        QCOMPARE(list->currentIndex().data(Qt::UserRole).toString(), u"pricing_model_v2"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(mirrors->model()->rowCount(), 1);
        QCOMPARE(m_presenter->diffToHead(kEndpoint).added, 6);
        registry.run(commands::ids::kUndo);
        QCOMPARE(mirrors->model()->rowCount(), 0);
    }

    void aTypedNameIsOffered()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        QWidget window;
        window.resize(900, 700);
        window.show();
        ui::DeploymentPicker picker(theme, m_presenter->workspace()->catalogue, m_presenter->file(kEndpoint)->partial(),
                                    u"main"_s, &window);
        QSignalSpy chosen(&picker, &ui::DeploymentPicker::chosen);
        picker.openAt({100, 100, 600, 296});
        auto *search = picker.findChild<QWidget *>(u"pickerSearch"_s);
        QTest::keyClicks(search, u"not_there_yet"_s);
        QTest::keyClick(search, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().value<endpoints::DeploymentRef>().name, u"not_there_yet"_s);
        QVERIFY(picker.isVisible());
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!picker.isVisible());
    }

    void aTargetIsChangedInItsTable()
    {
        openPage();
        auto *backends = m_page->findChild<QTableView *>(u"backendTable"_s);
        Q_EMIT backends->clicked(backends->model()->index(0, ui::TargetsModel::VersionColumn));
        auto *picker = m_page->findChild<ui::DeploymentPicker *>(u"deploymentPicker"_s);
        QVERIFY(picker != nullptr);
        QCOMPARE(picker->accessibleName(), u"Change alias"_s);
        auto *versions = picker->findChild<QListView *>(u"pickerVersions"_s);
        versions->setCurrentIndex(versions->model()->index(2, 0)); // below latest and 3
        picker->findChild<QPushButton *>(u"pickerAdd"_s)->click();
        const endpoints::Endpoint endpoint = m_presenter->file(kEndpoint)->partial();
        QCOMPARE(endpoint.backends.first().deployment.toString(), u"pricing_model_v1@main:2"_s);
        const base::LineDiff diff = m_presenter->diffToHead(kEndpoint);
        QCOMPARE(std::pair(diff.added, diff.removed), std::pair(1, 1));
    }

    void aSplitIsMadeWeighedAndTakenBack()
    {
        openPage();
        const QByteArray before = m_presenter->file(kEndpoint)->bytes();
        auto *backends = m_page->findChild<QTableView *>(u"backendTable"_s);
        const QAbstractItemModelTester tester(backends->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(backends->isColumnHidden(ui::TargetsModel::WeightColumn));
        m_page->findChild<QToolButton *>(u"addBackend"_s)->click();
        auto *picker = m_page->findChild<ui::DeploymentPicker *>(u"deploymentPicker"_s);
        QCOMPARE(picker->accessibleName(), u"Add backend"_s);
        QTest::keyClicks(picker->findChild<QWidget *>(u"pickerSearch"_s), u"v2"_s);
        picker->findChild<QPushButton *>(u"pickerAdd"_s)->click();
        QCOMPARE(backends->model()->rowCount(), 2);
        QVERIFY(!backends->isColumnHidden(ui::TargetsModel::WeightColumn));
        QVERIFY(
            backends->model()->setData(backends->model()->index(1, ui::TargetsModel::WeightColumn), 3, Qt::EditRole));
        QCOMPARE(backends->model()->index(1, ui::TargetsModel::WeightColumn).data().toString(), u"3 (75%)"_s);
        QVERIFY(backends->model()->setData(backends->model()->index(1, ui::TargetsModel::NameColumn), u"challenger"_s,
                                           Qt::EditRole));
        QCOMPARE(m_presenter->file(kEndpoint)->partial().backends.last().label, u"challenger"_s);
        Q_EMIT backends->clicked(backends->model()->index(1, ui::TargetsModel::RemoveColumn));
        QCOMPARE(backends->model()->rowCount(), 1);
        Q_EMIT backends->clicked(backends->model()->index(0, ui::TargetsModel::RemoveColumn)); // the last one stays
        QCOMPARE(backends->model()->rowCount(), 1);
        while (m_presenter->undoStack(kEndpoint)->canUndo())
            m_presenter->undoStack(kEndpoint)->undo();
        QCOMPARE(m_presenter->file(kEndpoint)->bytes(), before);
    }

    void anUnknownVersionIsMendedWithOneClick()
    {
        openPage();
        const endpoints::DeploymentRef unknown{u"pricing_model_v2"_s, u"main"_s, endpoints::Version::number(99)};
        QVERIFY(m_presenter->apply(kEndpoint, endpoints::AddMirror{{}, unknown}, u"Add mirror"_s));
        auto *latest = m_page->findChild<QPushButton *>(u"problem1Fix1"_s);
        QVERIFY(latest != nullptr);
        QCOMPARE(latest->text(), u"Use latest (= 4)"_s);
        latest->click();
        QVERIFY(m_presenter->file(kEndpoint)->partial().mirrors.first().deployment.version.isLatest());
        QTRY_VERIFY(m_page->findChild<QPushButton *>(u"problem1Fix1"_s) == nullptr);
    }

    void aNewEndpointIsWrittenWhenItIsSaved()
    {
        openPage();
        m_registry->run(commands::ids::kNewEndpoint);
        auto *dialog = m_page->findChild<QDialog *>(u"newEndpointDialog"_s);
        QVERIFY(dialog != nullptr);
        auto *create = dialog->findChild<QPushButton *>(u"newEndpointCreate"_s);
        auto *name = dialog->findChild<QLineEdit *>(u"newEndpointName"_s);
        QVERIFY(!create->isEnabled());
        name->setText(u"Pricing_Optimizer"_s); // taken, where case does not count
        QVERIFY(!create->isEnabled());
        name->setText(u"no spaces"_s);
        QVERIFY(!create->isEnabled());
        name->setText(u"fresh"_s);
        create->click();
        QCOMPARE(m_page->currentEndpoint(), u"fresh"_s);
        QVERIFY(!QFile::exists(m_workspace + u"/endpoints/fresh.yaml"_s));
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_page->findChild<QPushButton *>(u"saveButton"_s)->click();
        QVERIFY(saved.wait(20'000));
        QCOMPARE(m_page->currentEndpoint(), u"fresh"_s);
        const Result<QByteArray> written = base::readFile(m_workspace + u"/endpoints/fresh.yaml"_s, 10'000);
        VERIFY_OK(written);
        QVERIFY(written->contains("name: pricing_model_v1"));
    }

    void withoutRoomTheYamlIsATab()
    {
        openPage();
        auto *yaml = m_page->findChild<QWidget *>(u"yamlViewText"_s);
        auto *pane = m_page->findChild<widgets::SegmentedControl *>(u"editPane"_s);
        QVERIFY(yaml->isVisible());
        QVERIFY(!pane->isVisible());
        m_page->resize(960, 600);
        QTRY_VERIFY(pane->isVisible());
        QVERIFY(!yaml->isVisible());
        pane->setCurrent(1);
        Q_EMIT pane->chosen(1);
        QVERIFY(yaml->isVisible());
        QVERIFY(!m_page->findChild<QWidget *>(u"mirrorTable"_s)->isVisible());
        m_page->resize(1376, 800);
        QTRY_VERIFY(!pane->isVisible());
        QVERIFY(yaml->isVisible());
    }

    void localTargetsSayWhatStarts()
    {
        openPage();
        ui::TargetCheck check;
        check.show(m_presenter->file(kEndpoint)->partial(), m_presenter->workspace());
        QCOMPARE(check.states().size(), 1);
        QCOMPARE(check.states().first().kind, ui::TargetState::Kind::StartedByUs);
        endpoints::Endpoint unknown = m_presenter->file(kEndpoint)->partial();
        unknown.backends.first().deployment.name = u"nobody"_s;
        targets::Workspace bare{*m_presenter->workspace()};
        bare.targets.targets.clear();
        check.show(unknown, std::make_shared<const targets::Workspace>(bare));
        QCOMPARE(check.states().first().kind, ui::TargetState::Kind::Missing);

        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        targets::Target target;
        target.kind = targets::UrlTarget{u"http://127.0.0.1:%1/v1"_s.arg(server.serverPort())};
        bare.targets.targets = {target};
        check.show(unknown, std::make_shared<const targets::Workspace>(bare));
        QTRY_COMPARE(check.states().first().kind, ui::TargetState::Kind::Reachable);
        server.close();
        check.show(unknown, std::make_shared<const targets::Workspace>(bare));
        QTRY_COMPARE(check.states().first().kind, ui::TargetState::Kind::Unreachable);
        target.kind = targets::UrlTarget{u"http://192.0.2.1/v1"_s};
        bare.targets.targets = {target};
        check.show(unknown, std::make_shared<const targets::Workspace>(bare));
        QCOMPARE(check.states().first().kind, ui::TargetState::Kind::NotChecked);
    }

    void cleanup()
    {
        m_page.reset();
        m_registry.reset();
        m_presenter.reset();
    }

private:
    void openPage()
    {
        m_registry = std::make_unique<commands::CommandRegistry>(m_theme);
        m_registry->addAll(commands::catalogue());
        m_page = std::make_unique<ui::EditPage>(m_theme, *m_registry, *m_presenter);
        m_page->resize(1376, 800);
        m_page->show();
        m_page->selectEndpoint(kEndpoint);
    }

    theme::Theme m_theme{theme::Theme::Mode::Light};
    std::unique_ptr<commands::CommandRegistry> m_registry;
    std::unique_ptr<ui::EditPage> m_page;
    const QString kEndpoint = u"pricing_optimizer"_s;
    QString m_workspace;
    std::unique_ptr<ui::EditPresenter> m_presenter;
};

PARALLAX_TEST_MAIN(TestUiEdit)
#include "tst_ui_edit.moc"
