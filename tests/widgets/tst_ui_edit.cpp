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
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/mirrorpicker.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QSignalSpy>
#include <QTableView>
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
        auto *picker = page.findChild<ui::MirrorPicker *>(u"mirrorPicker"_s);
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
        ui::MirrorPicker picker(theme, m_presenter->workspace()->catalogue, m_presenter->file(kEndpoint)->partial(),
                                u"main"_s, &window);
        QSignalSpy chosen(&picker, &ui::MirrorPicker::chosen);
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

private:
    const QString kEndpoint = u"pricing_optimizer"_s;
    QString m_workspace;
    std::unique_ptr<ui::EditPresenter> m_presenter;
};

PARALLAX_TEST_MAIN(TestUiEdit)
#include "tst_ui_edit.moc"
