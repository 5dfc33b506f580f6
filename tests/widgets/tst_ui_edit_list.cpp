// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of endpoints: what is made, renamed, duplicated and deleted comes back byte for byte, files that changed
// meanwhile are left alone, and thousands of rows do not hold the window up.
#include "base/files.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/openeditpage.h"
#include "support/smallrepository.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/endpointlistmodel.h"
#include "ui/edit/namedialog.h"
#include "ui/edit/sidestrip.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/viewstate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/toast.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTcpServer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestUiEditList : public test::TestCase
{
    Q_OBJECT

    using Page = test::OpenEditPage;

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void init()
    {
        TestCase::init();
        m_folder = test::freshFolder(u"list"_s);
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            write(u"endpoints/"_s + name + u".yaml"_s, "# " + name.toUtf8() + "\r\n" + kYaml);
        QVERIFY(QDir(m_folder).mkpath(u"deployments/churn"_s));
        write(u"deployments/churn/metadata.yaml"_s, "owner: x\nschemaVersion: 2\n");
        QVERIFY(QDir(m_folder).mkpath(u"deployments/price"_s));
        write(u"deployments/price/metadata.yaml"_s, "owner: x\nschemaVersion: 2\n");
        open();
    }

    void whatIsDeletedComesBackByteForByte()
    {
        m_presenter->setText(u"b"_s, bytes(u"b"_s) + "# not saved\r\n");
        const QByteArray edited = m_presenter->file(u"b"_s)->bytes();
        const QByteArray onDisk = bytes(u"b"_s);
        QSignalSpy changed(m_presenter.get(), &ui::EditPresenter::listChanged);
        m_presenter->remove({u"a"_s, u"b"_s});
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(m_presenter->endpointNames(), QStringList{u"c"_s});
        QVERIFY(!exists(u"a"_s) && !exists(u"b"_s));
        QVERIFY(m_presenter->canUndo(u"c"_s));
        m_presenter->undo(u"c"_s);
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(m_presenter->endpointNames(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(bytes(u"b"_s), onDisk);
        QCOMPARE(m_presenter->file(u"b"_s)->bytes(), edited); // what was not saved came back too
        QVERIFY(m_presenter->isModified(u"b"_s));
        m_presenter->undo(u"b"_s); // and so did its history
        QCOMPARE(m_presenter->file(u"b"_s)->bytes(), onDisk);
        m_presenter->redo(u"b"_s);
        m_presenter->redo(u"b"_s);
        QTRY_COMPARE(changed.size(), 3);
        QCOMPARE(m_presenter->endpointNames(), QStringList{u"c"_s});
    }

    void aFileThatChangedMeanwhileIsNotDeleted()
    {
        write(u"endpoints/a.yaml"_s, "# theirs\n" + kYaml);
        QSignalSpy failed(m_presenter.get(), &ui::EditPresenter::failed);
        m_presenter->remove({u"a"_s, u"b"_s});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode("file-changed-outside"));
        QVERIFY(exists(u"a"_s) && !exists(u"b"_s));
        m_presenter->undo({});
        QTRY_VERIFY(exists(u"b"_s));
        QCOMPARE(bytes(u"a"_s), "# theirs\n" + kYaml);
    }

    void aRenameTakesHistoryAndSettingsAlong()
    {
        const QByteArray before = bytes(u"a"_s);
        write(u".parallax/compare/a.yaml"_s, "schemaVersion: 1\n");
        m_presenter->setText(u"a"_s, before + "# mine\r\n");
        QSignalSpy renamed(m_presenter.get(), &ui::EditPresenter::renamed);
        m_presenter->rename(u"a"_s, u"z"_s);
        QTRY_COMPARE(renamed.size(), 1);
        QCOMPARE(m_presenter->endpointNames(), (QStringList{u"b"_s, u"c"_s, u"z"_s}));
        QCOMPARE(bytes(u"z"_s), before);
        QVERIFY(!exists(u"a"_s));
        QVERIFY(QFile::exists(m_folder + u"/.parallax/compare/z.yaml"_s));
        QVERIFY(m_presenter->isModified(u"z"_s));
        m_presenter->undo(u"z"_s); // the rename
        QTRY_COMPARE(renamed.size(), 2);
        QCOMPARE(bytes(u"a"_s), before);
        QVERIFY(QFile::exists(m_folder + u"/.parallax/compare/a.yaml"_s));
        m_presenter->undo(u"a"_s); // the text
        QCOMPARE(m_presenter->file(u"a"_s)->bytes(), before);
    }

    void aRenameToATakenNameIsRefused()
    {
        QSignalSpy failed(m_presenter.get(), &ui::EditPresenter::failed);
        m_presenter->rename(u"a"_s, u"b"_s);
        m_presenter->rename(u"a"_s, u"Not Good"_s);
        QCOMPARE(failed.size(), 2);
        write(u"endpoints/new.yaml"_s, kYaml); // behind our back
        m_presenter->rename(u"a"_s, u"new"_s);
        QTRY_COMPARE(failed.size(), 3);
        QVERIFY(exists(u"a"_s));
        QCOMPARE(bytes(u"new"_s), kYaml);
        QVERIFY(!m_presenter->canUndo(u"a"_s));
    }

    void aDuplicateThatIsNotSavedIsUndoneWhereItStands()
    {
        m_presenter->duplicate(u"a"_s, u"a_2"_s);
        QCOMPARE(m_presenter->file(u"a_2"_s)->bytes(), bytes(u"a"_s));
        QVERIFY(m_presenter->state(u"a_2"_s).isUnsaved);
        QVERIFY(!m_presenter->canUndo(u"b"_s)); // nothing was done there
        m_presenter->undo(u"b"_s);
        QVERIFY(m_presenter->file(u"a_2"_s).has_value() && !m_presenter->isChangingList());
        QSignalSpy changed(m_presenter.get(), &ui::EditPresenter::listChanged);
        m_presenter->undo(u"a_2"_s);
        QTRY_COMPARE(changed.size(), 1);
        const auto undone = changed.first().first().value<ui::ListChange>();
        QVERIFY(undone.isUndone && !undone.text.isEmpty());
        QVERIFY(!m_presenter->file(u"a_2"_s) && m_presenter->canTakeBack(undone.step));
        m_presenter->takeBack(undone.step);
        QTRY_COMPARE(changed.size(), 2);
        const auto again = changed.last().first().value<ui::ListChange>();
        QVERIFY(!again.isUndone && m_presenter->canTakeBack(again.step));
        m_presenter->setText(u"a_2"_s, bytes(u"a"_s) + "# mine\r\n");
        QVERIFY(!m_presenter->canTakeBack(again.step)); // what was typed would go too
        m_presenter->takeBack(again.step);
        QVERIFY(m_presenter->file(u"a_2"_s)->bytes().endsWith("# mine\r\n"));
    }

    void noUndoTakesASavedEndpointAway()
    {
        m_presenter->remove({u"c"_s});
        QTRY_VERIFY(!exists(u"c"_s) && !m_presenter->isChangingList());
        m_presenter->duplicate(u"a"_s, u"a_2"_s);
        const QByteArray text = bytes(u"a"_s) + "# mine\r\n";
        m_presenter->setText(u"a_2"_s, text);
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_presenter->save(u"a_2"_s);
        QTRY_COMPARE(saved.size(), 1);
        m_presenter->setText(u"b"_s, bytes(u"b"_s) + "# mine\r\n");
        m_presenter->undo(u"b"_s); // the text
        m_presenter->undo(u"b"_s); // the deletion, though it is not the last step
        QTRY_VERIFY(exists(u"c"_s) && !m_presenter->isChangingList());
        QVERIFY(!m_presenter->canUndo(u"b"_s));
        m_presenter->undo(u"b"_s);
        m_presenter->undo(u"a_2"_s); // the text
        QCOMPARE(m_presenter->file(u"a_2"_s)->bytes(), bytes(u"a"_s));
        QVERIFY(!m_presenter->canUndo(u"a_2"_s));
        m_presenter->undo(u"a_2"_s);
        QVERIFY(!m_presenter->isChangingList());
        QCOMPARE(bytes(u"a_2"_s), text);
        m_presenter->redo(u"b"_s); // the deletion
        QTRY_VERIFY(!exists(u"c"_s) && !m_presenter->isChangingList());
        QCOMPARE(bytes(u"a_2"_s), text);
    }

    void aRenameIsUndoneOnlyWhereItStands()
    {
        m_presenter->rename(u"a"_s, u"z"_s);
        QTRY_VERIFY(exists(u"z"_s) && !m_presenter->isChangingList());
        QVERIFY(!m_presenter->canUndo(u"b"_s));
        QVERIFY(m_presenter->canUndo(u"z"_s));
    }

    void theToastTakesBackWhatItSays()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        commands::CommandRegistry registry(theme);
        registry.addAll(commands::catalogue());
        shell::MainWindow window(registry, theme);
        auto *page = new ui::EditPage(theme, registry, *m_presenter, &window);
        window.show();
        m_presenter->remove({u"b"_s});
        QTRY_VERIFY(window.toast().isVisible());
        auto *button = window.toast().findChild<QPushButton *>(u"toastUndo"_s);
        button->click();
        QTRY_VERIFY(exists(u"b"_s) && window.toast().isVisible());
        QCOMPARE(button->text(), u"Redo"_s);
        QVERIFY(window.toast().text().contains(u"b was deleted"_s));
        QCOMPARE(page->currentEndpoint(), u"b"_s);
        m_presenter->setText(u"b"_s, bytes(u"b"_s) + "# mine\r\n");
        QTRY_VERIFY(!window.toast().isVisible()); // it can no longer be done again
        m_presenter->remove({u"b"_s});
        QTRY_VERIFY(window.toast().isVisible());
        delete page;
        m_presenter.reset();
        button->click(); // the window stays when a folder is closed
        QVERIFY(!window.toast().isVisible());
    }

    void anEmptyFileIsDeletedRenamedAndSavedLikeAnyOther()
    {
        write(u"endpoints/empty.yaml"_s, {});
        open();
        m_presenter->remove({u"empty"_s});
        QTRY_VERIFY(!exists(u"empty"_s) && !m_presenter->isChangingList());
        m_presenter->undo({});
        QTRY_VERIFY(exists(u"empty"_s) && !m_presenter->isChangingList());
        m_presenter->rename(u"empty"_s, u"filled"_s);
        QTRY_VERIFY(exists(u"filled"_s) && !exists(u"empty"_s) && !m_presenter->isChangingList());
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_presenter->setText(u"filled"_s, kYaml);
        m_presenter->save(u"filled"_s);
        QTRY_COMPARE(saved.size(), 1);
        QVERIFY(!m_presenter->hasConflict(u"filled"_s));
        QCOMPARE(bytes(u"filled"_s), kYaml);
    }

    void whatCouldNotBeReadIsLeftAlone()
    {
        const QByteArray big = kYaml + QByteArray(1'000'000, '#');
        write(u"endpoints/big.yaml"_s, big);
        open();
        QVERIFY(m_presenter->state(u"big"_s).isReadOnly);
        QCOMPARE(m_presenter->whyReadOnly(u"big"_s)->code, ErrorCode("file-too-large"));
        QCOMPARE(m_presenter->findings(u"big"_s).size(), 1); // nothing is said of a text that is not known
        QSignalSpy failed(m_presenter.get(), &ui::EditPresenter::failed);
        m_presenter->setText(u"big"_s, kYaml);
        QVERIFY(!m_presenter->isModified(u"big"_s));
        m_presenter->remove({u"big"_s});
        m_presenter->rename(u"big"_s, u"small"_s);
        m_presenter->duplicate(u"big"_s, u"small"_s);
        QCOMPARE(failed.size(), 4);
        QVERIFY(!m_presenter->isChangingList() && !m_presenter->file(u"small"_s));
        QCOMPARE(QFileInfo(path(u"big"_s)).size(), big.size());
    }

    void aFileOfAnotherSuffixIsOnlyShown()
    {
        write(u"endpoints/x.yml"_s, kYaml);
        open();
        Page page(*m_presenter);
        page->selectEndpoint(u"x"_s);
        QCOMPARE(m_presenter->file(u"x"_s)->bytes(), kYaml);
        QVERIFY(m_presenter->state(u"x"_s).isReadOnly);
        QVERIFY(page->findChild<QLabel *>(u"whyReadOnly"_s)->text().contains(u".yml"_s));
        QSignalSpy failed(m_presenter.get(), &ui::EditPresenter::failed);
        m_presenter->setText(u"x"_s, kYaml + "# mine\n");
        m_presenter->save(u"x"_s);
        m_presenter->remove({u"x"_s});
        m_presenter->rename(u"x"_s, u"y"_s);
        QCOMPARE(failed.size(), 3);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode("endpoint-file-suffix"));
        QVERIFY(!m_presenter->isChangingList() && !exists(u"x"_s) && !exists(u"y"_s));
        m_presenter->duplicate(u"x"_s, u"y"_s); // the way out
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_presenter->save(u"y"_s);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(bytes(u"y"_s), kYaml);
    }

    void aFileOfAnotherSuffixIsGivenTheUsualOneByOneClick()
    {
        const QByteArray text = "# by another tool\n" + kYaml;
        const QString other = m_folder + u"/endpoints/x.yml"_s;
        write(u"endpoints/x.yml"_s, text);
        open();
        Page page(*m_presenter);
        page->selectEndpoint(u"x"_s);
        auto *fix = page->findChild<QPushButton *>(u"problem1Fix1"_s);
        QCOMPARE(fix->text(), u"Rename to x.yaml"_s);
        QVERIFY(fix->isEnabled());
        fix->click();
        QTRY_VERIFY(exists(u"x"_s) && !QFile::exists(other));
        QTRY_VERIFY(!m_presenter->state(u"x"_s).isReadOnly && !m_presenter->isChangingList());
        QCOMPARE(bytes(u"x"_s), text);
        QCOMPARE(page->currentEndpoint(), u"x"_s);
        QTRY_VERIFY(!m_presenter->hasErrors(u"x"_s));

        QVERIFY(m_presenter->canUndo(u"x"_s));
        m_presenter->undo(u"x"_s);
        QTRY_VERIFY(QFile::exists(other) && !exists(u"x"_s));
        QTRY_VERIFY(m_presenter->state(u"x"_s).isReadOnly && !m_presenter->isChangingList());
        m_presenter->redo(u"x"_s);
        QTRY_VERIFY(exists(u"x"_s) && !QFile::exists(other));
        QTRY_VERIFY(!m_presenter->isChangingList());
    }

    void bothFilesOfANameAreListed()
    {
        write(u"endpoints/a.yml"_s, kYaml);
        open();
        QCOMPARE(m_presenter->endpointNames(), (QStringList{u"a"_s, u"a.yml"_s, u"b"_s, u"c"_s}));
        QVERIFY(!m_presenter->state(u"a"_s).isReadOnly); // the one that the service reads
        QVERIFY(m_presenter->state(u"a.yml"_s).isReadOnly && m_presenter->state(u"a.yml"_s).hasErrors);
        Page page(*m_presenter);
        page->selectEndpoint(u"a.yml"_s);
        auto *fix = page->findChild<QPushButton *>(u"problem1Fix1"_s);
        QCOMPARE(fix->text(), u"Rename to a.yaml"_s);
        QVERIFY(!fix->isEnabled());
        QVERIFY2(fix->toolTip().contains(u"a.yaml is there already"_s), qPrintable(fix->toolTip()));
        const QByteArray before = bytes(u"a"_s);
        QSignalSpy failed(m_presenter.get(), &ui::EditPresenter::failed);
        m_presenter->giveSuffix(u"a.yml"_s);
        QCOMPARE(failed.size(), 1);
        m_presenter->giveSuffix(u"a"_s); // has it
        QCOMPARE(bytes(u"a"_s), before);

        // Once the place is free it can be taken.
        m_presenter->remove({u"a"_s});
        QTRY_VERIFY(!m_presenter->isChangingList());
        m_presenter->reload();
        QTRY_VERIFY(m_presenter->hasOtherSuffix(u"a"_s));
        m_presenter->giveSuffix(u"a"_s);
        QTRY_COMPARE(bytes(u"a"_s), kYaml);
        QTRY_VERIFY(!m_presenter->isChangingList());
    }

    void aFileThatIsNoUtf8IsOnlyShown()
    {
        const QByteArray latin = "# Preis f\xFCr alle\n" + kYaml;
        write(u"endpoints/latin.yaml"_s, latin);
        open();
        Page page(*m_presenter);
        page->selectEndpoint(u"latin"_s);
        auto *code = page->findChild<widgets::CodeView *>(u"yamlViewTextView"_s);
        QVERIFY(m_presenter->state(u"latin"_s).isReadOnly);
        const QString why = page->findChild<QLabel *>(u"whyReadOnly"_s)->text();
        QVERIFY2(why.contains(u"UTF-8"_s) && why.contains(u"line 1, column 10"_s), qPrintable(why));
        Q_EMIT code->edited(); // as a key would
        QCOMPARE(m_presenter->file(u"latin"_s)->bytes(), latin);
        QVERIFY(!m_presenter->isModified(u"latin"_s));
        m_presenter->duplicate(u"latin"_s, u"latin_2"_s);
        QVERIFY(m_presenter->state(u"latin_2"_s).isReadOnly); // so is its copy
        m_presenter->remove({u"latin"_s});
        QTRY_VERIFY(!exists(u"latin"_s) && !m_presenter->isChangingList());
        m_presenter->undo({});
        QTRY_COMPARE(bytes(u"latin"_s), latin);
    }

    void aByteOrderMarkStays()
    {
        const QByteArray mark = "\xEF\xBB\xBF";
        write(u"endpoints/mark.yaml"_s, mark + kYaml);
        open();
        Page page(*m_presenter);
        page->selectEndpoint(u"mark"_s);
        auto *code = page->findChild<widgets::CodeView *>(u"yamlViewTextView"_s);
        QCOMPARE(code->text().toUtf8(), kYaml);
        code->setText(code->text() + u"# mine\n"_s);
        Q_EMIT code->edited();
        QCOMPARE(m_presenter->file(u"mark"_s)->bytes(), mark + kYaml + "# mine\n");
        QVERIFY(m_presenter->apply(
            u"mark"_s, endpoints::AddMirror{{}, {u"price"_s, u"main"_s, endpoints::Version::latest()}}, u"Add"_s));
        QVERIFY(m_presenter->file(u"mark"_s)->bytes().startsWith(QByteArray(mark + "backends:")));
    }

    void severalAreDeletedFromTheListAndBroughtBackByOneUndo()
    {
        Page page(*m_presenter);
        auto *list = page->findChild<QListView *>(u"endpointList"_s);
        const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        list->setCurrentIndex(list->model()->index(0, 0));
        list->selectionModel()->select(list->model()->index(1, 0), QItemSelectionModel::Select);
        page.registry.refreshNow();
        QVERIFY(!page.registry.availability(commands::ids::kRenameEndpoint).isEnabled);
        QVERIFY(page.registry.run(commands::ids::kDeleteEndpoint));
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QCOMPARE(page->currentEndpoint(), u"c"_s);
        page.registry.refreshNow();
        QVERIFY(page.registry.run(commands::ids::kUndo));
        QTRY_COMPARE(list->model()->rowCount(), 3);
        QTRY_VERIFY(exists(u"a"_s) && exists(u"b"_s));
    }

    void renamingByTheDialogSaysWhyANameIsNoGood()
    {
        Page page(*m_presenter);
        page->selectEndpoint(u"b"_s);
        QVERIFY(page.registry.run(commands::ids::kRenameEndpoint));
        auto *dialog = page->findChild<ui::NameDialog *>();
        QVERIFY(dialog != nullptr);
        auto *name = dialog->findChild<QLineEdit *>(u"endpointNameField"_s);
        auto *done = dialog->findChild<QPushButton *>(u"endpointNameDone"_s);
        QCOMPARE(name->text(), u"b"_s);
        QVERIFY(!done->isEnabled());
        name->setText(u"a"_s);
        QVERIFY(!done->isEnabled());
        name->setText(u"b2"_s);
        QVERIFY(done->isEnabled());
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(page->currentEndpoint(), u"b2"_s);
        QVERIFY(exists(u"b2"_s));
    }

    void marksAreInWords()
    {
        Page page(*m_presenter);
        auto *list = page->findChild<QListView *>(u"endpointList"_s);
        m_presenter->setText(u"b"_s, "backends: [\n");
        const auto says = [list](int row) {
            return list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(says(0), u"a"_s);
        QCOMPARE(says(1), u"b has errors, not saved"_s);
        QCOMPARE(ui::EndpointListModel::marks({false, true, false, true}),
                 u"modified since the last commit, read-only"_s);
    }

    void aFilterThatHidesAllOffersToBeCleared()
    {
        Page page(*m_presenter);
        auto *list = page->findChild<QListView *>(u"endpointList"_s);
        auto *filter = page->findChild<QLineEdit *>(u"endpointFilter"_s);
        page->selectEndpoint(u"b"_s);
        filter->setText(u"C"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(page->currentEndpoint(), u"b"_s); // stays open
        filter->setText(u"nothing"_s);
        auto *clear = page->findChild<QPushButton *>(u"clearEndpointFilter"_s);
        QVERIFY(clear->isVisible());
        clear->click();
        QCOMPARE(list->model()->rowCount(), 3);
        QCOMPARE(list->currentIndex().row(), 1);
    }

    void thousandsOfRowsChangeWithoutAReset()
    {
        ui::EndpointListModel model;
        QList<ui::EndpointListModel::Row> rows;
        for (int i = 0; i < 5'000; ++i)
            rows.append({u"endpoint_%1"_s.arg(i, 5, 10, QLatin1Char('0')), {}});
        model.setRows(rows);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        rows[17].state.isUnsaved = true;
        model.update(rows[17]);
        QCOMPARE(changed.size(), 1);
        rows.removeAt(20);
        model.setRows(rows);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(reset.size(), 0);
        model.setFilter(u"_01"_s);
        QCOMPARE(model.rowCount(), 1'000);
        QCOMPARE(model.hiddenCount(), 3'999);
        QCOMPARE(model.rowOf(u"endpoint_00017"_s), -1);
        QVERIFY(model.rowOf(u"endpoint_01017"_s) >= 0);
    }

    void aDeploymentShowsWhetherItsTargetAnswers()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        write(u".parallax/targets.yaml"_s,
              "schemaVersion: 1\ntargets:\n  - match: {deployment: churn}\n    url: http://127.0.0.1:" +
                  QByteArray::number(server.serverPort()) + "\n");
        open();
        Page page(*m_presenter);
        auto *list = page->findChild<QListView *>(u"deploymentList"_s);
        const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const auto says = [list](int row) {
            return list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(list->model()->rowCount(), 2);
        QTRY_COMPARE(says(0), u"churn  its target takes connections"_s);
        QCOMPARE(says(1), u"price  no target"_s);
    }

    void theFilterLeadsToWhatItFound()
    {
        Page page(*m_presenter);
        QCOMPARE(page->currentEndpoint(), u"a"_s);
        auto *filter = page->findChild<QLineEdit *>(u"endpointFilter"_s);
        auto *list = page->findChild<QListView *>(u"endpointList"_s);
        filter->setText(u"b"_s);
        QCOMPARE(page->currentEndpoint(), u"a"_s); // filtering chooses nothing
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
        QCOMPARE(page->currentEndpoint(), u"b"_s);
        filter->setText(u"c"_s);
        QTest::keyClick(filter, Qt::Key_Down);
        QCOMPARE(page->currentEndpoint(), u"c"_s);
    }

    void whatCannotBeChangedSaysWhy()
    {
        m_presenter->setReadOnly(true);
        Page page(*m_presenter);
        QVERIFY(!page->findChild<QLabel *>(u"whyReadOnly"_s)->isVisible()); // the window says why already
        for (const QString &name : {u"addMirror"_s, u"addBackend"_s, u"endpointType"_s})
            QVERIFY2(!page->findChild<QWidget *>(name)->isEnabled(), qPrintable(name));
        const QAbstractItemModel *backends = page->findChild<QTableView *>(u"backendTable"_s)->model();
        for (int column = 0; column < backends->columnCount(); ++column)
            QVERIFY(!(backends->flags(backends->index(0, column)) & (Qt::ItemIsEditable | Qt::ItemIsDragEnabled)));
        for (const auto &id : {commands::ids::kAddMirror, commands::ids::kNewEndpoint, commands::ids::kDeleteEndpoint,
                               commands::ids::kEditTargets})
            QVERIFY2(!page.registry.action(id)->isEnabled(), id.data());
    }

    void panesKeepTheirPlaces()
    {
        Page page(*m_presenter);
        auto *yaml = page->findChild<widgets::PaneSplitter *>(u"editYamlSplitter"_s);
        auto *text = page->findChild<QWidget *>(u"yamlPane"_s);
        const int designed = yaml->sizes().at(1);
        yaml->moveTo({yaml->width() - 301, 300});
        QCOMPARE(yaml->sizes().at(1), 300);
        const QJsonObject kept = shell::takenViewState(*page.page);
        page->resize(1000, 800); // the YAML is a tab here
        QTRY_VERIFY(!text->isVisible());
        page->resize(1500, 800);
        QTRY_COMPARE(yaml->sizes().at(1), 300);
        shell::resetViewState(*page.page);
        page->resize(1376, 800);
        QTRY_COMPARE(yaml->sizes().at(1), designed);

        page->resize(1000, 800);
        shell::restoreViewState(*page.page, kept); // in a window without room for it
        page->resize(1376, 800);
        QTRY_COMPARE(yaml->sizes().at(1), 300);
    }

    void withoutRoomTheSideBarIsAStrip()
    {
        Page page(*m_presenter);
        auto *side = page->findChild<QWidget *>(u"editSideBar"_s);
        auto *list = page->findChild<QListView *>(u"endpointList"_s);
        auto *tiles = page->findChild<QListView *>(u"endpointTiles"_s);
        auto *filter = page->findChild<QLineEdit *>(u"endpointFilter"_s);
        QAction *command = page.registry.action(commands::ids::kSideBar);
        const int wide = side->width();
        QVERIFY(list->isVisible() && !tiles->isVisible() && command->isChecked());
        page->resize(960, 640);
        QTRY_VERIFY(tiles->isVisible());
        QVERIFY(!list->isVisible() && !command->isChecked());
        QTRY_VERIFY2(side->width() < 70, qPrintable(QString::number(side->width())));
        QVERIFY(page->findChild<QWidget *>(u"backendTable"_s)->width() > 700); // the form has the room
        QCOMPARE(test::accessibilityFaults(page.page.get()), QStringList());

        // The same list: chosen in one is chosen in the other.
        QTest::keyClick(tiles, Qt::Key_Down);
        QCOMPARE(page->currentEndpoint(), u"b"_s);
        QCOMPARE(list->currentIndex().row(), 1);
        QVERIFY(tiles->model()->index(1, 0).data(Qt::ToolTipRole).toString().contains(u"b"_s));

        // What is looked for needs the names.
        QVERIFY(page.registry.run(commands::ids::kFilter));
        QVERIFY(filter->isVisible() && !tiles->isVisible());
        QVERIFY(command->isChecked());
        filter->setText(u"c"_s);
        page->findChild<QToolButton *>(u"foldSideBar"_s)->click();
        QVERIFY(tiles->isVisible());
        QVERIFY(!page->findChild<QToolButton *>(u"filterFolded"_s)->accessibleDescription().isEmpty());
        page->findChild<QToolButton *>(u"deploymentsFolded"_s)->click();
        QVERIFY(page->findChild<QListView *>(u"deploymentList"_s)->isVisible());

        // Each width keeps what was chosen in it, and the session keeps both.
        page->resize(1376, 800);
        QTRY_COMPARE(side->width(), wide);
        QVERIFY(page.registry.run(commands::ids::kSideBar));
        QVERIFY(tiles->isVisible());
        const QJsonObject kept = shell::takenViewState(*page.page);
        shell::resetViewState(*page.page);
        QTRY_COMPARE(side->width(), wide);
        shell::restoreViewState(*page.page, kept);
        QTRY_VERIFY(tiles->isVisible());
        page->resize(960, 640);
        QTRY_VERIFY(list->isVisible()); // unfolded here before
    }

    void anEmptyFormSaysWhyAndWhatToDo()
    {
        write(u"endpoints/broken.yaml"_s, "backends:\n  alias: [\n");
        open();
        Page page(*m_presenter);
        auto *empty = page->findChild<widgets::EmptyState *>(u"noForm"_s);
        auto *show = page->findChild<QPushButton *>(u"formShowProblem"_s);
        QVERIFY(!empty->isVisible());
        page->selectEndpoint(u"broken"_s);
        QVERIFY(empty->isVisible() && !page->findChild<QTableView *>(u"backendTable"_s)->isVisible());
        QVERIFY2(empty->sentence().contains(u"YAML"_s), qPrintable(empty->sentence()));
        show->click();
        QVERIFY(page->findChild<widgets::CodeView *>(u"yamlViewTextView"_s)->currentLine() >= 1);
        page->selectEndpoint(u"a"_s);
        QVERIFY(!empty->isVisible() && page->findChild<QTableView *>(u"backendTable"_s)->isVisible());
        m_presenter->remove(m_presenter->endpointNames());
        QTRY_VERIFY(empty->isVisible() && m_presenter->endpointNames().isEmpty());
        QVERIFY(page->findChild<QPushButton *>(u"formNewEndpoint"_s)->isVisible());
        QCOMPARE(test::accessibilityFaults(page.page.get()), QStringList());
    }

    void aColumnIsCutOnlyWhereAllAreTooLong()
    {
        Page page(*m_presenter);
        m_presenter->setText(u"a"_s,
                             "backends:\n  one: {deployment: {branch: main, name: pricing_model_v2, version: "
                             "latest}, weight: 3}\n  two: {deployment: {branch: main, name: churn, version: 2}, "
                             "weight: 1}\nschemaVersion: 1\n");
        auto *table = page->findChild<QTableView *>(u"backendTable"_s);
        page->resize(1216, 736); // a window of 1280
        const auto cut = [table] {
            const QAbstractItemView *view = table; // the hint is public there
            int columns = 0;
            for (int column = 0; column < table->model()->columnCount(); ++column)
                columns +=
                    !table->isColumnHidden(column) && table->columnWidth(column) < view->sizeHintForColumn(column);
            return columns;
        };
        QTRY_COMPARE(cut(), 0);
    }

    void tabLeavesTheTextAndCommandsIndentIt()
    {
        Page page(*m_presenter);
        auto *code = page->findChild<widgets::CodeView *>(u"yamlViewTextView"_s);
        QWidget *editor = code->focusProxy();
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.page.get()));
        const QByteArray before = m_presenter->file(u"a"_s)->bytes();
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_Tab);
        QVERIFY(!editor->hasFocus());
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(!editor->hasFocus());
        QCOMPARE(m_presenter->file(u"a"_s)->bytes(), before);
        code->goTo(1, 3);
        QVERIFY(page.registry.run(commands::ids::kIndent));
        QCOMPARE(m_presenter->file(u"a"_s)->bytes(), QByteArray(before).replace("backends:", "  backends:"));
        QVERIFY(page.registry.run(commands::ids::kUnindent));
        QCOMPARE(m_presenter->file(u"a"_s)->bytes(), before);
    }

    void tilesBearTheInitials()
    {
        using Tile = ui::TileDelegate;
        QCOMPARE(Tile::letters(u"pricing_optimizer"_s), u"po"_s);
        QCOMPARE(Tile::letters(u"pricing_optimizer"_s, {u"pricing_shadow"_s}), u"op"_s);
        QCOMPARE(Tile::letters(u"pricing_shadow"_s, {u"pricing_optimizer"_s, u"pricing_split"_s}), u"sh"_s);
        QCOMPARE(Tile::letters(u"pricing"_s, {u"pricing_b"_s}), u"pr"_s);
        QCOMPARE(Tile::letters(u"pricing_b"_s, {u"pricing"_s}), u"b"_s);
        QCOMPARE(Tile::letters(u"churn"_s), u"ch"_s);
        QCOMPARE(Tile::letters(u"a"_s), u"a"_s);
        QCOMPARE(Tile::letters(u"__x--y"_s), u"xy"_s);
        QCOMPARE(Tile::letters(u"-_-"_s), u"-_"_s);
    }

    void dividersMoveByKeyboard()
    {
        Page page(*m_presenter);
        auto *splitter = page->findChild<widgets::PaneSplitter *>(u"editYamlSplitter"_s);
        QWidget *before = page->findChild<QListView *>(u"endpointList"_s);
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.page.get()));
        before->setFocus();
        QCOMPARE(splitter->movableDividers(), QList<int>{1});
        const QList<int> designed = splitter->sizes();
        splitter->beginMoving(1);
        QSplitterHandle *divider = splitter->handle(1);
        QVERIFY(divider->hasFocus());
        QVERIFY(!divider->accessibleName().isEmpty());
        QTest::keyClick(divider, Qt::Key_Left);
        QTest::keyClick(divider, Qt::Key_Left);
        QCOMPARE(splitter->sizes().at(1), designed.at(1) + 32);
        QTest::keyClick(divider, Qt::Key_Right);
        QCOMPARE(splitter->sizes().at(1), designed.at(1) + 16);
        QTest::keyClick(divider, Qt::Key_Return);
        QVERIFY(before->hasFocus());
        QVERIFY(splitter->isMoved());
        splitter->beginMoving(1);
        QTest::keyClick(divider, Qt::Key_End);
        QCOMPARE(splitter->sizes().at(1), splitter->widget(1)->minimumWidth());
        QTest::keyClick(divider, Qt::Key_Escape);
        QCOMPARE(splitter->sizes().at(1), designed.at(1) + 16);
        QVERIFY(before->hasFocus());
        for (auto *one : page->findChildren<widgets::PaneSplitter *>()) {
            for (int i = 1; i < one->count(); ++i) {
                QCOMPARE(one->handle(i)->focusPolicy(), Qt::NoFocus); // no stop of Tab
                QVERIFY2(!one->handle(i)->accessibleName().isEmpty(), qPrintable(one->objectName()));
            }
        }
    }

    void aPartMadeLaterTakesUpItsPlace()
    {
        QWidget page;
        shell::restoreViewState(page, {{u"late"_s, QJsonObject{{u"sizes"_s, QJsonArray{30, 70}}}}});
        QVERIFY(shell::takenViewState(page).contains(u"late"_s)); // kept until it comes
        auto *part = new QWidget(&page);
        auto *splitter = new widgets::PaneSplitter(
            Qt::Vertical, u"late"_s,
            [](int height) {
                return QList<int>{10, height - 11};
            },
            part);
        splitter->addWidget(new QWidget);
        splitter->addWidget(new QWidget);
        shell::takeUpViewState(*part);
        QCOMPARE(splitter->keptSizes(), (QList<int>{30, 70}));
    }

private:
    void open()
    {
        const Result<repository::Repository> repository = repository::Repository::discover(m_folder);
        VERIFY_OK(repository);
        m_presenter = std::make_unique<ui::EditPresenter>(*repository);
        QSignalSpy loaded(m_presenter.get(), &ui::EditPresenter::loaded);
        m_presenter->reload();
        QVERIFY(loaded.wait(20'000));
    }
    void write(const QString &path, const QByteArray &bytes)
    {
        const QString full = m_folder + u'/' + path;
        QVERIFY(QDir().mkpath(QFileInfo(full).path()));
        VERIFY_OK(base::saveFile(full, bytes));
    }
    QString path(const QString &name) const { return m_folder + u"/endpoints/"_s + name + u".yaml"_s; }
    bool exists(const QString &name) const { return QFile::exists(path(name)); }
    QByteArray bytes(const QString &name) const { return base::readFile(path(name), 100'000).value_or(QByteArray()); }

    static inline const QByteArray kYaml =
        "backends:\n  alias:\n    deployment:\n      branch: main\n      name: churn\n"
        "      version: latest\nschemaVersion: 1\n";
    QString m_folder;
    std::unique_ptr<ui::EditPresenter> m_presenter;
};

PARALLAX_TEST_MAIN(TestUiEditList)
#include "tst_ui_edit_list.moc"
