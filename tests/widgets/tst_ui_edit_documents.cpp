// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing edited gets lost: files that change or go while they are edited, a run that ends before a save, and the
// commit with its questions.
#include "base/files.h"
#include "repository/errors.h"
#include "support/cliprocess.h"
#include "support/openeditpage.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/branchdialog.h"
#include "ui/edit/commitdialog.h"
#include "ui/edit/deploymentpicker.h"
#include "ui/edit/documentbar.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"

#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

const QByteArray kPricing =
    "backends:\n  alias:\n    deployment: {branch: main, name: v1, version: 1}\nschemaVersion: 1\n";
const QString kName = u"pricing"_s;

QByteArray withLine(const char *line)
{
    return kPricing + line;
}

} // namespace

class TestUiDocuments : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        QDir(base::stateFolder() + u"/recovery"_s).removeRecursively();
        m_root = test::freshFolder(u"documents"_s);
        VERIFY_OK(base::makePath(m_root + u"/endpoints"_s));
        VERIFY_OK(base::makePath(m_root + u"/deployments/v1"_s));
        VERIFY_OK(base::saveFile(m_root + u"/deployments/v1/source.py"_s, "pass\n"));
        VERIFY_OK(base::saveFile(path(kName), kPricing));
        VERIFY_OK(base::saveFile(path(u"churn"_s), kPricing));
        for (const QStringList &command : {QStringList{u"init"_s, u"--quiet"_s}, QStringList{u"add"_s, u"."_s},
                                           QStringList{u"commit"_s, u"--quiet"_s, u"-m"_s, u"first"_s}})
            (void)test::runGit(command, m_root);
        m_presenter = open();
    }
    void cleanup() { m_presenter.reset(); }

    void aConflictIsAnsweredByKeepingMine()
    {
        edit();
        VERIFY_OK(base::saveFile(path(kName), withLine("# theirs\n")));
        QTRY_VERIFY_WITH_TIMEOUT(m_presenter->hasConflict(kName), 20'000); // seen by itself
        const base::LineDiff diff = m_presenter->conflictDiff(kName);
        QCOMPARE(diff.added, 1);
        QCOMPARE(diff.removed, 1);
        m_presenter->save(kName);
        QCOMPARE(onDisk(kName), withLine("# theirs\n")); // not before it is answered
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_presenter->keepMine(kName);
        QVERIFY(saved.wait(20'000));
        QCOMPARE(onDisk(kName), withLine("# mine\n"));
        QVERIFY(!m_presenter->hasConflict(kName) && !m_presenter->isModified(kName));
    }

    void aConflictIsAnsweredByTakingTheirs()
    {
        edit();
        VERIFY_OK(base::saveFile(path(kName), withLine("# theirs\n")));
        QTRY_VERIFY_WITH_TIMEOUT(m_presenter->hasConflict(kName), 20'000);
        m_presenter->takeTheirs(kName);
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# theirs\n"));
        QVERIFY(!m_presenter->hasConflict(kName) && !m_presenter->isModified(kName));
        m_presenter->undoStack(kName)->undo(); // mine is only a step away
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# mine\n"));
    }

    void aFileDeletedOutsideKeepsItsEdits()
    {
        edit();
        QVERIFY(QFile::remove(path(kName)));
        QTRY_VERIFY_WITH_TIMEOUT(m_presenter->isDeletedOutside(kName), 20'000);
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# mine\n"));
        m_presenter->keepMine(kName);
        QTRY_COMPARE_WITH_TIMEOUT(onDisk(kName), withLine("# mine\n"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_presenter->hasConflict(kName), 20'000);
    }

    void aCheckoutUnderOurFeetIsAConflict()
    {
        VERIFY_OK(base::saveFile(path(kName), withLine("# on the branch\n")));
        for (const QStringList &command : {QStringList{u"checkout"_s, u"--quiet"_s, u"-b"_s, u"other"_s},
                                           QStringList{u"commit"_s, u"--quiet"_s, u"-a"_s, u"-m"_s, u"b"_s}})
            (void)test::runGit(command, m_root);
        QTRY_COMPARE_WITH_TIMEOUT(m_presenter->file(kName)->bytes(), withLine("# on the branch\n"), 20'000);
        QVERIFY(!m_presenter->hasConflict(kName)); // nothing of ours: it follows
        edit();
        const QByteArray mine = m_presenter->file(kName)->bytes();
        (void)test::runGit({u"checkout"_s, u"--quiet"_s, u"main"_s}, m_root);
        QTRY_VERIFY_WITH_TIMEOUT(m_presenter->hasConflict(kName), 20'000);
        QCOMPARE(m_presenter->file(kName)->bytes(), mine);
        QCOMPARE(onDisk(kName), kPricing);
    }

    void aCleanDocumentFollowsItsFile()
    {
        QSignalSpy followed(m_presenter.get(), &ui::EditPresenter::followedDisk);
        VERIFY_OK(base::saveFile(path(kName), withLine("# theirs\n")));
        QTRY_VERIFY_WITH_TIMEOUT(followed.count() == 1, 20'000);
        QCOMPARE(followed.first().first().toStringList(), QStringList{kName});
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# theirs\n"));
    }

    void unsavedEditsSurviveACrash()
    {
        edit();
        // Within a second or so the text is on disk, whatever happens to us then.
        QTRY_VERIFY_WITH_TIMEOUT(!recoveryFiles().isEmpty(), 10'000);
        const QByteArray kept = base::readFile(recoveryFiles().first().filePath(), 100'000).value_or(QByteArray());
        QVERIFY(kept.endsWith(withLine("# mine\n")));
        m_presenter.reset();
        m_presenter = open();
        QCOMPARE(m_presenter->recoveries(), QStringList{kName});
        QCOMPARE(m_presenter->file(kName)->bytes(), kPricing); // nothing is changed unasked
        QCOMPARE(m_presenter->recoveryDiff(kName).added, 1);
        QVERIFY(!m_presenter->isRecoveryBaseChanged(kName));
        m_presenter->restore(kName);
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# mine\n"));
        QSignalSpy saved(m_presenter.get(), &ui::EditPresenter::saved);
        m_presenter->save(kName);
        QVERIFY(saved.wait(20'000));
        QTRY_VERIFY_WITH_TIMEOUT(recoveryFiles().isEmpty(), 10'000);
    }

    void editsBesideAnUnansweredQuestionAreKeptToo()
    {
        edit();
        m_presenter.reset();
        m_presenter = open(); // the question is left alone
        m_presenter->setText(kName, withLine("# later\n"));
        QTRY_COMPARE_WITH_TIMEOUT(recoveryFiles().size(), 2, 10'000);
        m_presenter.reset();
        m_presenter = open();
        const QStringList both = m_presenter->recoveries();
        QCOMPARE(both.size(), 2);
        QCOMPARE(m_presenter->recovery(both.first())->text, withLine("# mine\n"));
        QCOMPARE(m_presenter->recovery(both.last())->text, withLine("# later\n"));
        for (const QString &which : both)
            QCOMPARE(ui::EditPresenter::endpointOf(which), kName);
        m_presenter->discardRecovery(both.first());
        m_presenter->restore(both.last());
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# later\n"));
        m_presenter.reset(); // at once
        m_presenter = open();
        QCOMPARE(m_presenter->recoveries().size(), 1);
        QCOMPARE(m_presenter->recovery(m_presenter->recoveries().first())->text, withLine("# later\n"));
        QCOMPARE(recoveryFiles().size(), 1);
    }

    void theBarAsksForEachOfTwo()
    {
        edit();
        m_presenter.reset();
        m_presenter = open();
        m_presenter->setText(kName, withLine("# later\n"));
        m_presenter.reset();
        m_presenter = open();
        const test::OpenEditPage page(*m_presenter);
        auto *bar = page->findChild<ui::DocumentBar *>(u"documentBar"_s);
        bar->findChild<QPushButton *>(u"recoveryDiscard"_s)->click();
        QVERIFY(bar->isVisible() && bar->text().contains(kName));
        QTRY_COMPARE(bar->findChildren<QPushButton *>(u"recoveryRestore"_s).size(), 1);
        bar->findChild<QPushButton *>(u"recoveryRestore"_s)->click();
        QVERIFY(!bar->isVisible());
        QCOMPARE(page->currentEndpoint(), kName);
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# later\n"));
    }

    void whatIsDiscardedIsNotOfferedAgain()
    {
        edit();
        m_presenter.reset(); // at the latest here it is kept
        m_presenter = open();
        QCOMPARE(m_presenter->recoveries(), QStringList{kName});
        m_presenter->discardRecovery(kName);
        QTRY_VERIFY_WITH_TIMEOUT(recoveryFiles().isEmpty(), 10'000);
        m_presenter.reset();
        m_presenter = open();
        QVERIFY(m_presenter->recoveries().isEmpty());
    }

    void undoneEditsLeaveNoRecoveryFile()
    {
        edit();
        QTRY_VERIFY_WITH_TIMEOUT(!recoveryFiles().isEmpty(), 10'000);
        m_presenter->undoStack(kName)->undo();
        QTRY_VERIFY_WITH_TIMEOUT(recoveryFiles().isEmpty(), 10'000);
    }

    void theBarAsksAndAnswers()
    {
        const test::OpenEditPage page(*m_presenter);
        page->selectEndpoint(kName);
        auto *bar = page->findChild<ui::DocumentBar *>(u"documentBar"_s);
        QVERIFY(bar != nullptr && !bar->isVisible());
        edit();
        VERIFY_OK(base::saveFile(path(kName), withLine("# theirs\n")));
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 20'000);
        QVERIFY2(bar->text().contains(kName), qPrintable(bar->text()));
        bar->findChild<QPushButton *>(u"conflictShow"_s)->click();
        auto *dialog = page->findChild<QDialog *>(u"differenceDialog"_s);
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QVERIFY(dialog->findChild<widgets::CodeView *>()->text().contains(u"# mine"_s));
        dialog->reject();
        bar->findChild<QPushButton *>(u"conflictTake"_s)->click();
        QVERIFY(!bar->isVisible());
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# theirs\n"));
    }

    void theBarOffersWhatWasNotSaved()
    {
        edit();
        m_presenter.reset();
        m_presenter = open();
        const test::OpenEditPage page(*m_presenter);
        page->selectEndpoint(u"churn"_s);
        auto *bar = page->findChild<ui::DocumentBar *>(u"documentBar"_s);
        QVERIFY(bar->isVisible() && bar->text().contains(kName));
        bar->findChild<QPushButton *>(u"recoveryRestore"_s)->click();
        QVERIFY(!bar->isVisible());
        QCOMPARE(page->currentEndpoint(), kName);
        QCOMPARE(m_presenter->file(kName)->bytes(), withLine("# mine\n"));
    }

    void thePickerWarnsOfOtherArguments()
    {
        const auto metadata = [this](const QString &name, const QByteArray &arguments) {
            VERIFY_OK(base::makePath(m_root + u"/deployments/"_s + name));
            VERIFY_OK(base::saveFile(m_root + u"/deployments/"_s + name + u"/metadata.yaml"_s,
                                     "runtimeInfo:\n  mainFunction: f\n  mainFunctionArgs:\n" + arguments +
                                         "schemaVersion: 2\n"));
        };
        metadata(u"v1"_s, "    - carat:float\n");
        metadata(u"other"_s, "    - carat:str\n");
        metadata(u"same"_s, "    - carat:float\n");
        (void)test::runGit({u"add"_s, u"."_s}, m_root);
        (void)test::runGit({u"commit"_s, u"--quiet"_s, u"-m"_s, u"metadata"_s}, m_root);
        m_presenter = open();
        QWidget window;
        window.resize(900, 700);
        window.show();
        endpoints::Endpoint endpoint;
        endpoint.backends = {{u"alias"_s, {u"v1"_s, u"main"_s, {}}, {}}};
        ui::DeploymentPicker picker(m_theme, m_presenter->workspace()->catalogue, endpoint, u"main"_s, &window);
        picker.openAt({100, 100, 600, 296});
        auto *search = picker.findChild<QWidget *>(u"pickerSearch"_s);
        auto *warning = picker.findChild<QLabel *>(u"pickerWarning"_s);
        QTest::keyClicks(search, u"other"_s);
        QVERIFY(warning->isVisible());
        QVERIFY2(warning->text().contains(u"carat:str"_s), qPrintable(warning->text()));
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(search, Qt::Key_Backspace);
        QTest::keyClicks(search, u"same"_s);
        QVERIFY(!warning->isVisible());
    }

    void aCommitTakesWhatIsTicked()
    {
        VERIFY_OK(base::saveFile(path(kName), withLine("# changed\n")));
        QVERIFY(QFile::remove(path(u"churn"_s)));
        const std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        auto *files = dialog->findChild<QListWidget *>(u"commitFiles"_s);
        QCOMPARE(files->count(), 2);
        auto *message = dialog->findChild<QPlainTextEdit *>(u"commitText"_s);
        QCOMPARE(message->toPlainText(), u"Updated endpoints pricing; Deleted endpoints churn"_s);
        files->item(0)->setCheckState(Qt::Unchecked);
        QCOMPARE(message->toPlainText(), u"Updated endpoint pricing"_s);
        files->setCurrentRow(1);
        QVERIFY(dialog->findChild<widgets::CodeView *>(u"commitDifference"_s) != nullptr ||
                dialog->findChild<widgets::CodeView *>() != nullptr);
        QSignalSpy committed(dialog.get(), &ui::CommitDialog::committed);
        dialog->findChild<QPushButton *>(u"commitRun"_s)->click();
        QVERIFY(committed.wait(20'000));
        QCOMPARE(test::runGit({u"log"_s, u"-1"_s, u"--format=%s"_s}, m_root), QByteArray("Updated endpoint pricing"));
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s}, m_root), QByteArray("D endpoints/churn.yaml"));
    }

    void withoutAnIdentityTheCommitAsksForIt()
    {
        VERIFY_OK(base::saveFile(QDir::homePath() + u"/gitconfig"_s, "[commit]\n\tgpgsign = false\n"));
        VERIFY_OK(base::saveFile(path(kName), withLine("# changed\n")));
        const std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        auto *name = dialog->findChild<QLineEdit *>(u"commitName"_s);
        auto *mail = dialog->findChild<QLineEdit *>(u"commitMail"_s);
        auto *run = dialog->findChild<QPushButton *>(u"commitRun"_s);
        QVERIFY(name->isVisible() && !run->isEnabled());
        QTest::keyClicks(name, u"Grace Hopper"_s);
        QTest::keyClicks(mail, u"grace"_s);
        QVERIFY(!run->isEnabled());
        QTest::keyClicks(mail, u"@example.com"_s);
        QVERIFY(run->isEnabled());
        QSignalSpy committed(dialog.get(), &ui::CommitDialog::committed);
        run->click();
        QVERIFY(committed.wait(20'000));
        QCOMPARE(test::runGit({u"log"_s, u"-1"_s, u"--format=%an <%ae> %cn"_s}, m_root),
                 QByteArray("Grace Hopper <grace@example.com> Grace Hopper"));
        QCOMPARE(test::runGit({u"config"_s, u"user.email"_s}, m_root), QByteArray("grace@example.com"));
        VERIFY_OK(
            base::saveFile(QDir::homePath() + u"/gitconfig"_s,
                           "[user]\n\tname = Test Person\n\temail = test@example.com\n[commit]\n\tgpgsign = false\n"));
    }

    void aRefusedOrLockedCommitSaysWhyAndStaysOpen()
    {
        VERIFY_OK(base::saveFile(path(kName), withLine("# changed\n")));
        VERIFY_OK(base::makePath(m_root + u"/.git/hooks"_s));
        const QString hook = m_root + u"/.git/hooks/pre-commit"_s;
        VERIFY_OK(base::saveFile(hook, "#!/bin/sh\necho 'not on Fridays' >&2\nexit 1\n"));
        QFile::setPermissions(hook, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        auto *bar = dialog->findChild<widgets::MessageBar *>(u"commitMessageBar"_s);
        dialog->findChild<QPushButton *>(u"commitRun"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().contains(u"not on Fridays"_s), 20'000);
        QVERIFY(dialog->isVisible());
        QVERIFY(QFile::remove(hook));
        const QString lock = m_root + u"/.git/index.lock"_s;
        VERIFY_OK(base::saveFile(lock, ""));
        dialog->findChild<QPushButton *>(u"commitRun"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().contains(u"index.lock"_s), 20'000);
        QVERIFY(QFile::remove(lock));
        QSignalSpy committed(dialog.get(), &ui::CommitDialog::committed);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QPushButton *>(u"commitRun"_s)->isEnabled(), 20'000);
        dialog->findChild<QPushButton *>(u"commitRun"_s)->click();
        QVERIFY(committed.wait(20'000));
    }

    void theFirstCommitIsSeenWithoutReopening()
    {
        m_presenter.reset();
        VERIFY_OK(base::saveFile(path(kName), onDisk(kName)));
        QVERIFY(QDir(m_root + u"/.git"_s).removeRecursively());
        static_cast<void>(test::runGit({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s}, m_root));
        m_presenter = open();
        QVERIFY(!m_presenter->repository().hasCommits());
        QVERIFY(!m_presenter->state(kName).isModified); // nothing it could differ from
        const std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        QSignalSpy committed(dialog.get(), &ui::CommitDialog::committed);
        dialog->findChild<QPushButton *>(u"commitRun"_s)->click();
        QVERIFY(committed.wait(20'000));
        QVERIFY(committed.first().first().toString().endsWith(u"to main"_s));
        QSignalSpy loaded(m_presenter.get(), &ui::EditPresenter::loaded);
        m_presenter->reload();
        QVERIFY(loaded.wait(20'000));
        QVERIFY(m_presenter->repository().hasCommits());
        QVERIFY(m_presenter->diffToHead(kName).isEmpty());
        m_presenter->setText(kName, m_presenter->file(kName)->bytes() + "# mine\n");
        QCOMPARE(m_presenter->diffToHead(kName).added, 1);
    }

    void aProtectedBranchTakesChangesOnABranchOfTheirOwn()
    {
        static_cast<void>(
            test::runGit({u"remote"_s, u"add"_s, u"origin"_s, u"git@github.com:acme/models.git"_s}, m_root));
        const QString branch = QString::fromUtf8(test::runGit({u"branch"_s, u"--show-current"_s}, m_root));
        VERIFY_OK(base::saveFile(path(kName), withLine("# changed\n")));
        const std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        auto *run = dialog->findChild<QPushButton *>(u"commitRun"_s);
        auto *guarded = dialog->findChild<QCheckBox *>(u"commitProtected"_s);
        auto *own = dialog->findChild<QLineEdit *>(u"commitBranch"_s);
        QVERIFY(run->isEnabled() && !guarded->isChecked());
        guarded->click();
        QTRY_VERIFY(!run->isEnabled() && guarded->isChecked());
        QTRY_VERIFY(dialog->findChild<QLabel *>(u"commitBranchSays"_s)->text().contains(u"pull request"_s));
        QTRY_VERIFY(!dialog->presenter().isBusy());
        own->setText(u"not a branch"_s);
        QVERIFY(!run->isEnabled());
        own->setText(u"feature/mine"_s);
        QVERIFY(run->isEnabled());
        QSignalSpy committed(dialog.get(), &ui::CommitDialog::committed);
        run->click();
        QVERIFY(committed.wait(20'000));
        QCOMPARE(committed.first().last().toString(),
                 u"https://github.com/acme/models/compare/%1...feature/mine?expand=1"_s.arg(branch));
        QCOMPARE(test::runGit({u"branch"_s, u"--show-current"_s}, m_root), QByteArray("feature/mine"));
        QCOMPARE(test::runGit({u"config"_s, u"parallax.protectedBranch"_s}, m_root), branch.toUtf8());
    }

    void aCommitRefusedOnItsNewBranchIsTriedAgain()
    {
        static_cast<void>(
            test::runGit({u"remote"_s, u"add"_s, u"origin"_s, u"git@github.com:acme/models.git"_s}, m_root));
        const QString branch = QString::fromUtf8(test::runGit({u"branch"_s, u"--show-current"_s}, m_root));
        static_cast<void>(test::runGit({u"config"_s, u"parallax.protectedBranch"_s, branch}, m_root));
        VERIFY_OK(base::saveFile(path(kName), withLine("# changed\n")));
        VERIFY_OK(base::makePath(m_root + u"/.git/hooks"_s));
        const QString hook = m_root + u"/.git/hooks/pre-commit"_s;
        VERIFY_OK(base::saveFile(hook, "#!/bin/sh\necho 'not on Fridays' >&2\nexit 1\n"));
        QFile::setPermissions(hook, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        const std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        auto *run = dialog->findChild<QPushButton *>(u"commitRun"_s);
        auto *own = dialog->findChild<QLineEdit *>(u"commitBranch"_s);
        auto *message = dialog->findChild<QPlainTextEdit *>(u"commitText"_s);
        auto *bar = dialog->findChild<widgets::MessageBar *>(u"commitMessageBar"_s);
        QVERIFY(!run->isEnabled());
        message->setPlainText(u"Mine"_s);
        own->setText(u"fix"_s);
        run->click();
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().contains(u"not on Fridays"_s), 20'000);
        QCOMPARE(test::runGit({u"branch"_s, u"--show-current"_s}, m_root), QByteArray("fix"));
        QVERIFY(own->text().isEmpty());
        QVERIFY(dialog->findChild<QLabel *>(u"commitBranchSays"_s)->text().contains(u"nothing is committed"_s));
        QVERIFY(QFile::remove(hook));
        QTRY_VERIFY(run->isEnabled());
        QSignalSpy committed(dialog.get(), &ui::CommitDialog::committed);
        run->click();
        QVERIFY(committed.wait(20'000));
        QCOMPARE(committed.first().last().toString(),
                 u"https://github.com/acme/models/compare/%1...fix?expand=1"_s.arg(branch));
        QCOMPARE(test::runGit({u"log"_s, u"-1"_s, u"--format=%s"_s}, m_root), QByteArray("Mine"));
        QCOMPARE(test::runGit({u"log"_s, u"-1"_s, u"--format=%s"_s, branch}, m_root), QByteArray("first"));
    }

    void protectingTheBranchKeepsWhatIsTicked()
    {
        for (const QString &name : {kName, u"churn"_s})
            VERIFY_OK(base::saveFile(path(name), withLine("# changed\n")));
        const std::unique_ptr<ui::CommitDialog> dialog = openCommit();
        auto *files = dialog->findChild<QListWidget *>(u"commitFiles"_s);
        QCOMPARE(files->count(), 2);
        files->item(0)->setCheckState(Qt::Unchecked);
        files->setCurrentRow(1);
        auto *guarded = dialog->findChild<QCheckBox *>(u"commitProtected"_s);
        QSignalSpy changed(&dialog->presenter(), &ui::CommitPresenter::protectionChanged);
        guarded->click();
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(guarded->isChecked() && dialog->presenter().isProtected());
        QCOMPARE(files->item(0)->checkState(), Qt::Unchecked);
        QCOMPARE(files->item(1)->checkState(), Qt::Checked);
        QCOMPARE(files->currentRow(), 1);
        QVERIFY(dialog->findChild<QLabel *>(u"commitBranchSays"_s)->text().contains(u"pull request"_s));
    }

    void anotherBranchIsCheckedOutUnlessSomethingIsNotSaved()
    {
        static_cast<void>(test::runGit({u"branch"_s, u"other"_s}, m_root));
        ui::BranchDialog dialog(m_theme, *m_presenter, nullptr);
        auto *list = dialog.findChild<QListView *>(u"branchList"_s);
        QTRY_COMPARE(list->model()->rowCount(), 2);
        dialog.findChild<QLineEdit *>(u"branchSearch"_s)->setText(u"oth"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        edit();
        dialog.findChild<QPushButton *>(u"branchSwitch"_s)->click();
        QCOMPARE(m_presenter->branch(), QString::fromUtf8(test::runGit({u"branch"_s, u"--show-current"_s}, m_root)));
        m_presenter->revert(kName);
        ui::BranchDialog again(m_theme, *m_presenter, nullptr);
        QTRY_COMPARE(again.findChild<QListView *>(u"branchList"_s)->model()->rowCount(), 2);
        again.findChild<QLineEdit *>(u"branchSearch"_s)->setText(u"oth"_s);
        again.findChild<QPushButton *>(u"branchSwitch"_s)->click();
        QTRY_COMPARE(m_presenter->branch(), u"other"_s);
    }

    void whatIsAskedForDuringASwitchComesAfterIt()
    {
        static_cast<void>(test::runGit({u"branch"_s, u"other"_s}, m_root));
        const QByteArray before = onDisk(u"churn"_s);
        QSignalSpy failed(m_presenter.get(), &ui::EditPresenter::failed);
        m_presenter->remove({kName});
        QTRY_VERIFY(!QFile::exists(path(kName)) && !m_presenter->isChangingList());
        m_presenter->undo({});
        QTRY_VERIFY(QFile::exists(path(kName)) && !m_presenter->isChangingList());
        m_presenter->switchBranch(u"other"_s, this, [](const Status &) {});
        QVERIFY(m_presenter->isChangingList());
        m_presenter->remove({u"churn"_s});
        QTRY_COMPARE(m_presenter->branch(), u"other"_s);
        QTRY_VERIFY(!QFile::exists(path(u"churn"_s)) && !m_presenter->isChangingList());
        QVERIFY(m_presenter->canUndo({}));
        m_presenter->undo({});
        QTRY_COMPARE(onDisk(u"churn"_s), before);
        QCOMPARE(failed.size(), 0);
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_root + u"/endpoints/%1.yaml"_s.arg(name); }
    [[nodiscard]] QByteArray onDisk(const QString &name) const
    {
        return base::readFile(path(name), 100'000).value_or(QByteArray());
    }
    static QFileInfoList recoveryFiles()
    {
        return QDir(base::stateFolder() + u"/recovery"_s).entryInfoList(QDir::Files);
    }

    void edit() { m_presenter->setText(kName, m_presenter->file(kName)->bytes() + "# mine\n"); }

    std::unique_ptr<ui::EditPresenter> open()
    {
        auto presenter = std::make_unique<ui::EditPresenter>(repository::Repository::discover(m_root).value());
        QSignalSpy loaded(presenter.get(), &ui::EditPresenter::loaded);
        presenter->reload();
        loaded.wait(20'000);
        return presenter;
    }

    std::unique_ptr<ui::CommitDialog> openCommit()
    {
        auto dialog = std::make_unique<ui::CommitDialog>(m_theme, repository::Repository::discover(m_root).value(), 0);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy read(&dialog->presenter(), &ui::CommitPresenter::changesRead);
        dialog->open();
        read.wait(20'000);
        return dialog;
    }

    theme::Theme m_theme{theme::Theme::Mode::Light};
    QString m_root;
    std::unique_ptr<ui::EditPresenter> m_presenter;
};

PARALLAX_TEST_MAIN(TestUiDocuments)
#include "tst_ui_edit_documents.moc"
