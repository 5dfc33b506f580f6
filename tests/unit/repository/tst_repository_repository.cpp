// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "repository/errors.h"
#include "samples.h"
#include "support/testmain.h"

#include <QDir>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::repository;

namespace {

const QString kPath = u"endpoints/pricing.yaml"_s;

QString sample()
{
    return test::makeRepository({test::commit(
        u"main"_s, u"Welcome to Modelbit"_s,
        {{u".workspace"_s, "abc\n"}, {kPath, test::kEndpoint}, {u"deployments/price/source.py"_s, "x"}})});
}

} // namespace

class TestRepositoryRepository : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        test::writeFile(QDir::homePath() + u"/gitconfig"_s,
                        "[user]\n\tname = Test Person\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n");
    }

    void findsTheRepositoryAroundAPath_data()
    {
        QTest::addColumn<QString>("below");
        QTest::newRow("root") << u""_s;
        QTest::newRow("folder") << u"/endpoints"_s;
        QTest::newRow("file") << u"/endpoints/pricing.yaml"_s;
        QTest::newRow("not yet there") << u"/endpoints/new/deeper.yaml"_s;
        QTest::newRow("deployment") << u"/deployments/price"_s;
    }

    void findsTheRepositoryAroundAPath()
    {
        QFETCH(QString, below);
        const QString folder = sample();
        const Result<Repository> repository = Repository::discover(folder + below);
        VERIFY_OK(repository);
        QCOMPARE(repository->root(), folder);
        QCOMPARE(repository->history(), History::Full);
        QVERIFY(repository->findings().isEmpty());
    }

    void knowsWhatIsNoRepository()
    {
        const Result<Repository> none = Repository::discover(test::freshFolder(u"none"_s));
        QVERIFY(!none);
        QCOMPARE(none.error().code, kNoRepository);
        const QString bare = test::freshFolder(u"bare"_s);
        test::git(bare, {u"init"_s, u"--quiet"_s, u"--bare"_s});
        const Result<Repository> noFiles = Repository::discover(bare);
        QVERIFY(!noFiles);
        QCOMPARE(noFiles.error().code, kRepositoryBare);
    }

    void worksWithoutGitAndWithoutCommits()
    {
        const QString folder = test::freshFolder(u"plain"_s);
        test::writeFile(folder + u"/endpoints/a.yaml"_s, test::kEndpoint);
        const Result<Repository> plain = Repository::discover(folder);
        VERIFY_OK(plain);
        QCOMPARE(plain->history(), History::None);
        QCOMPARE(plain->findings().first().error.code, kNoGitRepository);
        QCOMPARE(plain->findings().first().severity, Severity::Warning);
        QCOMPARE(plain->endpointFiles().size(), 1);
        VERIFY_OK(plain->saveFile(u"endpoints/a.yaml"_s, "new", test::kEndpoint));

        const Result<Repository> noProgram = Repository::discover(folder, {}, fail(kGitMissing));
        VERIFY_OK(noProgram);
        QCOMPARE(noProgram->findings().first().error.code, kGitMissing);
        QCOMPARE(noProgram->status().error().code, kGitMissing);

        test::git(folder, {u"init"_s, u"--quiet"_s});
        const Result<Repository> unborn = Repository::discover(folder);
        VERIFY_OK(unborn);
        QCOMPARE(unborn->history(), History::NoCommits);
        QCOMPARE(unborn->findings().first().error.code, kNoCommits);
        const Result<Head> head = unborn->head();
        VERIFY_OK(head);
        QVERIFY(head->isUnborn());
        QCOMPARE(head->branch, u"main"_s);
        QVERIFY(unborn->headFiles({u"endpoints/a.yaml"_s})->isEmpty());
        const Result<WorkTreeStatus> status = unborn->status();
        VERIFY_OK(status);
        QCOMPARE(status->of(u"endpoints/a.yaml"_s), FileState::Untracked);
    }

    void listsAndFlagsEndpointFiles()
    {
        const QString folder = sample();
        const QString outside = test::freshFolder(u"outside"_s) + u"/secret.yaml"_s;
        test::writeFile(outside, "secret");
        for (const QString &name : {u"Upper.yaml"_s, u"other.yml"_s, u"Upper.YAML"_s, u"-x.yaml"_s, u"readme.txt"_s,
                                    u".gitkeep"_s, u"sub/below.yaml"_s, u"UPPER.yaml"_s, u"Pricing.yaml"_s})
            test::writeFile(folder + u"/endpoints/"_s + name, "a");
        QVERIFY(QFile::link(outside, folder + u"/endpoints/link.yaml"_s));
        QVERIFY(QFile::link(folder + u"/nowhere"_s, folder + u"/endpoints/dangling.yaml"_s));
        QVERIFY(QFile::link(u"pricing.yaml"_s, folder + u"/endpoints/inner.yaml"_s));
        QCOMPARE(::mkfifo(QFile::encodeName(folder + u"/endpoints/pipe.yaml"_s).constData(), 0600), 0);
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository);
        QHash<QString, EndpointFile> files;
        for (const EndpointFile &file : repository->endpointFiles())
            files.insert(file.path.mid(10), file);
        const auto code = [&files](const QString &name) {
            const EndpointFile file = files.value(name);
            return (file.flag ? file.flag->error.code : ErrorCode(file.name.isEmpty() ? "absent" : "none")).toString();
        };
        QCOMPARE(files.size(), 11);
        QVERIFY(files.value(u"UPPER.yaml"_s).isEndpoint());
        QCOMPARE(code(u"UPPER.yaml"_s), u"none"_s); // its name is for core/endpoints to judge
        QCOMPARE(code(u"-x.yaml"_s), u"none"_s);
        QVERIFY(files.value(u"other.yml"_s).isReadable());
        QVERIFY(!files.value(u"other.yml"_s).isEndpoint());
        QCOMPARE(code(u"sub"_s), kEndpointFolder.toString());
        QVERIFY(!files.value(u"sub"_s).isEndpoint());
        QCOMPARE(code(u"link.yaml"_s), kPathOutside.toString());
        QVERIFY(!files.value(u"link.yaml"_s).isReadable());
        QCOMPARE(code(u"dangling.yaml"_s), kPathOutside.toString());
        QCOMPARE(code(u"inner.yaml"_s), u"none"_s);
        QCOMPARE(code(u"pipe.yaml"_s), kNotAFile.toString());
        QCOMPARE(repository->readFile(u"endpoints/pipe.yaml"_s).error().code, kNotAFile);
        QCOMPARE(repository->readFile(u"endpoints/link.yaml"_s).error().code, kPathOutside);
        QCOMPARE(repository->saveFile(u"endpoints/link.yaml"_s, "x", "secret").error().code, kPathOutside);
        QCOMPARE(*base::readFile(outside, 10), QByteArray("secret"));
    }

    void refusesPathsThatLeave_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"../x", "endpoints/../../x", "/etc/passwd", "", "endpoints//x", "./x", ".git/config",
                                 ".GIT/config", "endpoints/."})
            QTest::newRow(path) << QString::fromLatin1(path);
    }

    void refusesPathsThatLeave()
    {
        QFETCH(QString, path);
        const Result<Repository> repository = Repository::discover(sample());
        VERIFY_OK(repository);
        QCOMPARE(repository->overwriteFile(path, "x").error().code, kPathOutside);
    }

    void refusesAFolderThatLeadsOut()
    {
        const QString folder = test::freshFolder(u"linked"_s);
        const QString outside = test::freshFolder(u"outside"_s);
        test::writeFile(folder + u"/.workspace"_s, "x");
        test::writeFile(outside + u"/a.yaml"_s, "a");
        QVERIFY(QFile::link(outside, folder + u"/endpoints"_s));
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository);
        QCOMPARE(repository->endpointFiles().size(), 1);
        QCOMPARE(repository->endpointFiles().first().flag->error.code, kPathOutside);
        QCOMPARE(repository->saveFile(u"endpoints/b.yaml"_s, "b", {}).error().code, kPathOutside);
        QVERIFY(!QFile::exists(outside + u"/b.yaml"_s));
    }

    void savesOnlyOverWhatWasRead()
    {
        const QString folder = test::freshFolder(u"fresh"_s);
        test::writeFile(folder + u"/.workspace"_s, "x");
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository);
        VERIFY_OK(repository->saveFile(kPath, "one", {})); // makes endpoints/
        QCOMPARE(repository->saveFile(kPath, "two", {}).error().code, kFileChangedOutside);
        VERIFY_OK(repository->saveFile(kPath, "two", "one"));
        test::writeFile(folder + u'/' + kPath, "their much longer text");
        QCOMPARE(repository->saveFile(kPath, "three", "two").error().code, kFileChangedOutside);
        QCOMPARE(repository->removeFile(kPath, "two").error().code, kFileChangedOutside);
        QCOMPARE(*repository->readFile(kPath), QByteArray("their much longer text"));
        VERIFY_OK(repository->overwriteFile(kPath, "mine"));
        VERIFY_OK(repository->removeFile(kPath, "mine"));
        QCOMPARE(repository->saveFile(kPath, "four", "mine").error().code, kFileChangedOutside);
        QVERIFY(!QFile::exists(folder + u'/' + kPath));
    }

    void tellsTheStateOfEveryFile()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s,
                                                                  {{u"endpoints/same.yaml"_s, "1"},
                                                                   {u"endpoints/changed.yaml"_s, "1"},
                                                                   {u"endpoints/gone.yaml"_s, "1"},
                                                                   {u"endpoints/back.yaml"_s, "1"},
                                                                   {u"endpoints/with blank.yaml"_s, "1"},
                                                                   {u"README.md"_s, "1"}})});
        for (const QString &name :
             {u"endpoints/changed.yaml"_s, u"endpoints/with blank.yaml"_s, u"endpoints/new.yaml"_s,
              u"endpoints/-rf.yaml"_s, u"endpoints/staged.yaml"_s, u".parallax/targets.yaml"_s, u"README.md"_s})
            test::writeFile(folder + u'/' + name, "22");
        QFile::remove(folder + u"/endpoints/gone.yaml"_s);
        test::git(folder, {u"rm"_s, u"--quiet"_s, u"--cached"_s, u"endpoints/back.yaml"_s});
        test::git(folder, {u"add"_s, u"endpoints/staged.yaml"_s});
        const Result<Repository> repository = Repository::discover(folder);
        const Result<WorkTreeStatus> status = repository->status();
        VERIFY_OK(status);
        QCOMPARE(status->head.branch, u"main"_s);
        QCOMPARE(status->head.commit, test::git(folder, {u"rev-parse"_s, u"HEAD"_s}));
        QCOMPARE(status->files.size(), 8);
        QCOMPARE(status->of(u"endpoints/same.yaml"_s), FileState::Unchanged);
        QCOMPARE(status->of(u"endpoints/changed.yaml"_s), FileState::Modified);
        QCOMPARE(status->of(u"endpoints/with blank.yaml"_s), FileState::Modified);
        QCOMPARE(status->of(u"endpoints/new.yaml"_s), FileState::Untracked);
        QCOMPARE(status->of(u"endpoints/-rf.yaml"_s), FileState::Untracked);
        QCOMPARE(status->of(u"endpoints/staged.yaml"_s), FileState::Added);
        QCOMPARE(status->of(u"endpoints/gone.yaml"_s), FileState::Deleted);
        QCOMPARE(status->of(u"endpoints/back.yaml"_s), FileState::Modified);
        QCOMPARE(status->of(u".parallax/targets.yaml"_s), FileState::Untracked);
        const Result<QHash<QString, QByteArray>> old = repository->headFiles(
            {u"endpoints/changed.yaml"_s, u"endpoints/gone.yaml"_s, u"endpoints/new.yaml"_s, u"endpoints/-rf.yaml"_s});
        VERIFY_OK(old);
        QCOMPARE(old->size(), 2);
        QCOMPARE(old->value(u"endpoints/gone.yaml"_s), QByteArray("1"));
    }

    void commitsWhatWasChosenAndNothingElse()
    {
        const QString folder = sample();
        test::writeFile(folder + u"/endpoints/new.yaml"_s, "new\n");
        test::writeFile(folder + u"/endpoints/later.yaml"_s, "later\n");
        test::writeFile(folder + u"/README.md"_s, "staged by the user\n");
        test::git(folder, {u"add"_s, u"README.md"_s});
        QFile::remove(folder + u'/' + kPath);
        const Result<Repository> repository = Repository::discover(folder);
        const Result<QString> made =
            repository->commit({u"endpoints/new.yaml"_s}, Repository::updatedMessage(u"new"_s));
        VERIFY_OK(made);
        QCOMPARE(*made, test::git(folder, {u"rev-parse"_s, u"HEAD"_s}));
        QCOMPARE(test::git(folder, {u"log"_s, u"-1"_s, u"--format=%B"_s}).trimmed(), u"Updated endpoint new"_s);
        const QStringList show{u"show"_s, u"--name-status"_s, u"--format="_s};
        QCOMPARE(test::git(folder, show), u"A\tendpoints/new.yaml"_s);
        VERIFY_OK(repository->commit({kPath}, Repository::deletedMessage(u"pricing"_s)));
        QCOMPARE(test::git(folder, show), u"D\tendpoints/pricing.yaml"_s);
        QCOMPARE(test::git(folder, {u"status"_s, u"--porcelain"_s}), u"A  README.md\n?? endpoints/later.yaml"_s);
        const Result<QString> again = repository->commit({u"endpoints/new.yaml"_s}, u"again"_s);
        QVERIFY(!again);
        QCOMPARE(again.error().code, kNothingToCommit);
    }

    void makesTheFirstCommit()
    {
        const QString folder = test::freshFolder(u"unborn"_s);
        test::git(folder, {u"init"_s, u"--quiet"_s});
        test::writeFile(folder + u'/' + kPath, "a");
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository->commit({kPath}, u"first"_s));
        QCOMPARE(test::git(folder, {u"status"_s, u"--porcelain"_s}), QString());
    }

    void asksForAnIdentity()
    {
        const QString folder = sample();
        test::writeFile(QDir::homePath() + u"/gitconfig"_s, "");
        const QString path = u"endpoints/new.yaml"_s;
        test::writeFile(folder + u'/' + path, "new\n");
        const Result<Repository> repository = Repository::discover(folder);
        const Result<QString> anonymous = repository->commit({path}, u"m"_s);
        QVERIFY(!anonymous);
        QCOMPARE(anonymous.error().code, kIdentityMissing);
        VERIFY_OK(repository->identity());
        QVERIFY(!repository->identity()->has_value());
        QCOMPARE(test::git(folder, {u"status"_s, u"--porcelain"_s}), u"?? endpoints/new.yaml"_s); // as before
        VERIFY_OK(repository->commit({path}, u"m"_s, Identity{u"Grace"_s, u"grace@example.com"_s}));
        QCOMPARE(test::git(folder, {u"log"_s, u"-1"_s, u"--format=%an <%ae> %cn"_s}),
                 u"Grace <grace@example.com> Grace"_s);
        test::writeFile(folder + u'/' + path, "newer\n");
        VERIFY_OK(repository->setIdentity({u"Ada"_s, u"ada@example.com"_s}));
        VERIFY_OK(repository->commit({path}, u"m"_s));
        QCOMPARE(repository->identity()->value().email, u"ada@example.com"_s);
        QCOMPARE(test::git(folder, {u"log"_s, u"-1"_s, u"--format=%an"_s}), u"Ada"_s);
    }

    void runsHooksOnACommitAndShowsWhatTheySay()
    {
        const QString folder = sample();
        const QString hook = folder + u"/.git/hooks/pre-commit"_s;
        test::writeFile(hook, "#!/bin/sh\necho 'endpoints must not be changed on Fridays' >&2\nexit 1\n");
        test::makeExecutable(hook);
        test::writeFile(folder + u'/' + kPath, "a");
        const Result<Repository> repository = Repository::discover(folder);
        const Result<QString> refused = repository->commit({kPath}, u"m"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, kCommitRefused);
        QVERIFY2(refused.error().detail.contains(u"Fridays"), qPrintable(refused.error().detail));
    }

    void runsNothingOfAHostileRepositoryOnOpening()
    {
        const QString folder = sample();
        const QString marker = folder + u"/marker"_s;
        const QString evil = folder + u"/.git/evil"_s;
        test::writeFile(evil, "#!/bin/sh\ntouch '" + QFile::encodeName(marker) + "'\ncat\n");
        test::makeExecutable(evil);
        test::writeFile(folder + u"/.gitattributes"_s, "* filter=a=b.c diff=evil\n");
        test::writeFile(folder + u'/' + kPath, test::kEndpoint + "# touched\n");
        const QString command = u"'"_s + evil + u"'"_s;
        for (const QString &key :
             {u"core.fsmonitor"_s, u"filter.a=b.c.clean"_s, u"filter.a=b.c.smudge"_s, u"diff.evil.textconv"_s,
              u"diff.evil.command"_s, u"diff.external"_s, u"core.pager"_s, u"core.sshCommand"_s, u"gpg.program"_s})
            test::git(folder, {u"-c"_s, u"core.fsmonitor=false"_s, u"config"_s, key, command});
        test::git(folder, {u"config"_s, u"filter.a=b.c.required"_s, u"true"_s});
        test::git(folder, {u"config"_s, u"log.showSignature"_s, u"true"_s});
        QVERIFY(QDir(folder).mkpath(u".git/hooks"_s));
        for (const QString &hook :
             {u"post-index-change"_s, u"post-checkout"_s, u"reference-transaction"_s, u"pre-commit"_s})
            QVERIFY(QFile::copy(evil, folder + u"/.git/hooks/"_s + hook));
        QFile::remove(marker);
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository);
        const Result<WorkTreeStatus> status = repository->status();
        VERIFY_OK(status);
        QCOMPARE(status->of(kPath), FileState::Modified);
        VERIFY_OK(repository->headFiles({kPath}));
        VERIFY_OK(repository->branches());
        QVERIFY(!QFile::exists(marker));
        test::git(folder, {u"status"_s}); // what a git that is not careful does
        QVERIFY(QFile::exists(marker));
    }

    void listsAndSwitchesBranches()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s, {{kPath, "main"}}),
                                                     test::commit(u"feat/x"_s, u"b"_s, {{kPath, "feature"}})});
        const QString main = test::git(folder, {u"rev-parse"_s, u"main"_s});
        for (const QString &ref : {u"refs/remotes/origin/far"_s, u"refs/remotes/origin/main"_s, u"refs/heads/-x"_s})
            test::git(folder, {u"update-ref"_s, ref, main});
        test::git(folder, {u"symbolic-ref"_s, u"refs/remotes/origin/HEAD"_s, u"refs/remotes/origin/main"_s});
        const Result<Repository> repository = Repository::discover(folder);
        const Result<QList<Branch>> branches = repository->branches();
        VERIFY_OK(branches);
        QStringList names;
        for (const Branch &branch : *branches)
            names.append(branch.name + (branch.isRemote ? u" remote"_s : u""_s) + (branch.isCurrent ? u" *"_s : u""_s));
        QCOMPARE(names, QStringList({u"-x"_s, u"feat/x"_s, u"main *"_s, u"far remote"_s}));
        VERIFY_OK(repository->switchBranch(u"feat/x"_s));
        QCOMPARE(*repository->readFile(kPath), QByteArray("feature"));
        QCOMPARE(repository->head()->branch, u"feat/x"_s);
        test::writeFile(folder + u'/' + kPath, "unsaved");
        const Status refused = repository->switchBranch(u"main"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, kSwitchRefused);
        for (const QString &name : {u"none"_s, u"--orphan=q"_s, u"HEAD~0"_s, u""_s})
            QCOMPARE(repository->switchBranch(name).error().code, kNoSuchBranch);
        test::git(folder, {u"checkout"_s, u"--quiet"_s, u"--force"_s, u"--detach"_s});
        QVERIFY(repository->head()->isDetached());
        QVERIFY(repository->status()->head.isDetached());
    }

    void worksInAFolderOfALargerGitRepository()
    {
        const QString outer = test::makeRepository(
            {test::commit(u"main"_s, u"a"_s, {{u"sub/endpoints/a.yaml"_s, "1"}, {u"endpoints.txt"_s, "1"}})});
        const Result<Repository> repository = Repository::discover(outer + u"/sub"_s);
        VERIFY_OK(repository);
        QCOMPARE(repository->prefix(), u"sub/"_s);
        test::writeFile(outer + u"/sub/endpoints/a.yaml"_s, "22");
        QCOMPARE(repository->status()->of(u"endpoints/a.yaml"_s), FileState::Modified);
        QCOMPARE(repository->headFiles({u"endpoints/a.yaml"_s})->value(u"endpoints/a.yaml"_s), QByteArray("1"));
        VERIFY_OK(repository->commit({u"endpoints/a.yaml"_s}, u"m"_s));
        QCOMPARE(repository->status()->files.size(), 0);
    }
};

PARALLAX_TEST_MAIN(TestRepositoryRepository)
#include "tst_repository_repository.moc"
