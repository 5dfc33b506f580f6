// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "repository/errors.h"
#include "repository/objects.h"
#include "samples.h"
#include "support/testmain.h"

#include <QDir>
#include <QElapsedTimer>
#include <QThread>

#include <memory>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::repository;

class TestRepositoryGit : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        qunsetenv("GIT_TEST_ASSUME_DIFFERENT_OWNER");
        qunsetenv("GIT_DIR");
    }

    void saysThatGitIsMissing()
    {
        const Result<Git> git = Git::locate({test::freshFolder(u"empty"_s)});
        QVERIFY(!git);
        QCOMPARE(git.error().code, kGitMissing);
    }

    void takesNoProgramFromARelativeFolder()
    {
        const QByteArray path = qgetenv("PATH");
        const QString folder = test::freshFolder(u"planted"_s);
        test::writeFile(folder + u"/git"_s, "#!/bin/sh\n");
        test::makeExecutable(folder + u"/git"_s);
        const QString before = QDir::currentPath();
        QDir::setCurrent(folder);
        qputenv("PATH", ".:" + path);
        const Result<Git> git = Git::locate();
        qputenv("PATH", path);
        QDir::setCurrent(before);
        VERIFY_OK(git);
        QVERIFY2(!git->program().startsWith(folder), qPrintable(git->program()));
    }

    void stopsWhatTakesTooLong()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s)});
        GitCall call{{u"-c"_s, u"alias.dream=!sleep 30"_s, u"dream"_s}};
        call.timeout = std::chrono::milliseconds(100);
        QElapsedTimer clock;
        clock.start();
        const Result<GitOutput> output = Git::locate()->inFolder(folder).run(call);
        QVERIFY(!output);
        QCOMPARE(output.error().code, kGitTimeout);
        QVERIFY(clock.elapsed() < 5000);
    }

    void stopsWhenAsked()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s)});
        std::stop_source stop;
        const std::unique_ptr<QThread> asker(QThread::create([&stop] { stop.request_stop(); }));
        asker->start();
        const Result<GitOutput> output =
            Git::locate()->inFolder(folder).run({{u"-c"_s, u"alias.dream=!sleep 30"_s, u"dream"_s}}, stop.get_token());
        asker->wait();
        QVERIFY(!output);
        QCOMPARE(output.error().code, base::kCancelled);
    }

    void readsNoMoreThanAllowed()
    {
        const QString folder =
            test::makeRepository({test::commit(u"main"_s, u"a"_s, {{u"big"_s, QByteArray(500'000, 'x')}})});
        GitCall call{{u"cat-file"_s, u"blob"_s, u"HEAD:big"_s}};
        call.maxOutputBytes = 100'000;
        const Result<GitOutput> output = Git::locate()->inFolder(folder).run(call);
        QVERIFY(!output);
        QCOMPARE(output.error().code, kGitOutputTooLarge);
        call.maxOutputBytes = 500'000;
        const Result<QByteArray> whole = Git::locate()->inFolder(folder).output(call);
        VERIFY_OK(whole);
        QCOMPARE(whole->size(), 500'000);
    }

    void showsDubiousOwnershipInGitsWords()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s, {{u"endpoints/a.yaml"_s, "a"}})});
        qputenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
        const Result<QByteArray> output = Git::locate()->inFolder(folder).output({{u"rev-parse"_s, u"HEAD"_s}});
        QVERIFY(!output);
        QCOMPARE(output.error().code, kRepositoryNotTrusted);
        QVERIFY(output.error().detail.contains(u"safe.directory"));
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository); // everything but history works
        QCOMPARE(repository->history(), History::None);
        QCOMPARE(repository->findings().first().error.code, kRepositoryNotTrusted);
        QVERIFY(wording::advice(repository->findings().first().error).contains(u"safe.directory '"_s + folder));
    }

    void isNotMisledByTheEnvironmentOfAHook()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"this one"_s)});
        const QString other = test::makeRepository({test::commit(u"main"_s, u"another"_s)});
        qputenv("GIT_DIR", QFile::encodeName(other + u"/.git"_s));
        const Result<QByteArray> subject =
            Git::locate()->inFolder(folder).output({{u"log"_s, u"-1"_s, u"--format=%s"_s}});
        VERIFY_OK(subject);
        QCOMPARE(subject->trimmed(), QByteArray("this one"));
    }

    void readsBlobsAndTrees()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s,
                                                                  {{u"a b"_s, QByteArray("one\n\0two", 8)},
                                                                   {u"d/line\nfeed"_s, ""},
                                                                   {u"d/\u00fc"_s, "x"},
                                                                   {u"run"_s, "#!/bin/sh"}})});
        const Git git = Git::locate()->inFolder(folder);
        const Result<QString> head = headCommit(git);
        VERIFY_OK(head);
        QVERIFY(isObjectId(*head));
        const Result<QList<TreeEntry>> entries = listTree(git, *head, {}, Depth::RecursiveWithSizes);
        VERIFY_OK(entries);
        QHash<QString, TreeEntry> byPath;
        QList<QByteArray> ids{QByteArray(40, 'f')}; // there is no such object
        for (const TreeEntry &entry : *entries) {
            byPath.insert(entry.path, entry);
            ids.append(entry.id);
        }
        QCOMPARE(byPath.size(), 4);
        QVERIFY(byPath.contains(u"d/line\nfeed"_s));
        QVERIFY(byPath.contains(u"d/\u00fc"_s));
        QCOMPARE(byPath.value(u"run"_s).type, TreeEntry::Type::Executable);
        QCOMPARE(byPath.value(u"run"_s).bytes, 9);
        const Result<QHash<QByteArray, QByteArray>> blobs = readBlobs(git, ids, 1000);
        VERIFY_OK(blobs);
        QCOMPARE(blobs->size(), 4);
        QCOMPARE(blobs->value(byPath.value(u"a b"_s).id), QByteArray("one\n\0two", 8));
    }

    void waitsForALockAndThenSaysWhoseItIs()
    {
        const QString folder = test::makeRepository({test::commit(u"main"_s, u"a"_s, {{u"f"_s, "1"}})});
        test::writeFile(folder + u"/f"_s, "2");
        test::writeFile(folder + u"/.git/index.lock"_s, "");
        const Git git = Git::locate()->inFolder(folder);
        const GitCall add{{u"add"_s, u"--"_s, u"f"_s}, GitAccess::Write};
        const Result<QByteArray> refused = git.output(add);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, kRepositoryLocked);
        QVERIFY(refused.error().args.value(u"file"_s).toString().endsWith(u"/.git/index.lock"));
        // Gone in time: nobody is bothered with it.
        const std::unique_ptr<QThread> other(
            QThread::create([&folder] { QFile::remove(folder + u"/.git/index.lock"_s); }));
        other->start();
        const Result<QByteArray> added = git.output(add);
        other->wait();
        VERIFY_OK(added);
    }
};

PARALLAX_TEST_MAIN(TestRepositoryGit)
#include "tst_repository_git.moc"
