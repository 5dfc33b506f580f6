// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/branching.h"
#include "repository/errors.h"
#include "support/cliprocess.h"
#include "support/testmain.h"
#include "unit/repository/samples.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::repository;

class TestRepositoryBranching : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_root = test::freshFolder(u"branching"_s);
        test::writeFile(m_root + u"/endpoints/a.yaml"_s, "one\n");
        static_cast<void>(test::runGit({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s}, m_root));
        static_cast<void>(test::runGit({u"add"_s, u"-A"_s}, m_root));
        static_cast<void>(test::runGit(
            {u"-c"_s, u"user.name=t"_s, u"-c"_s, u"user.email=t@t"_s, u"commit"_s, u"-q"_s, u"-m"_s, u"one"_s},
            m_root));
    }

    void aBranchOfOnesOwnKeepsWhatIsNotCommitted()
    {
        const Result<Repository> repository = Repository::discover(m_root);
        VERIFY_OK(repository);
        test::writeFile(m_root + u"/endpoints/a.yaml"_s, "two\n");
        VERIFY_OK(startBranch(*repository, u"feature/mine"_s));
        QCOMPARE(repository->head()->branch, u"feature/mine"_s);
        QCOMPARE(repository->readFile(u"endpoints/a.yaml"_s).value_or(QByteArray()), QByteArray("two\n"));
        QCOMPARE(startBranch(*repository, u"main"_s).error().code, kSwitchRefused); // exists
        for (const QString &bad : {u"--orphan"_s, u"a b"_s, u"a..b"_s, QString()})
            QVERIFY(!startBranch(*repository, bad));
        QCOMPARE(repository->head()->branch, u"feature/mine"_s);
    }

    void protectionIsKeptInTheClone()
    {
        const Result<Repository> repository = Repository::discover(m_root);
        VERIFY_OK(repository);
        QCOMPARE(protectedBranches(*repository).value(), QStringList());
        VERIFY_OK(setProtected(*repository, u"main"_s, true));
        VERIFY_OK(setProtected(*repository, u"release.1"_s, true));
        VERIFY_OK(setProtected(*repository, u"main"_s, true)); // once
        QCOMPARE(protectedBranches(*repository).value(), (QStringList{u"main"_s, u"release.1"_s}));
        VERIFY_OK(setProtected(*repository, u"release.1"_s, false));
        QCOMPARE(protectedBranches(*repository).value(), QStringList{u"main"_s});
        QVERIFY(!setProtected(*repository, u"--global"_s, true));
        QCOMPARE(originUrl(*repository).value(), QString());
    }

    void pullRequestsAreOpenedWhereTheHostHasThem_data()
    {
        QTest::addColumn<QString>("origin");
        QTest::addColumn<QString>("url");
        const QString github = u"https://github.com/acme/models/compare/main...feature/x?expand=1"_s;
        QTest::newRow("scp") << u"git@github.com:acme/models.git"_s << github;
        QTest::newRow("https") << u"https://github.com/acme/models.git"_s << github;
        QTest::newRow("key in it") << u"https://user:secret@github.com/acme/models"_s << github;
        QTest::newRow("ssh") << u"ssh://git@github.com/acme/models.git"_s << github;
        QTest::newRow("gitlab")
            << u"git@gitlab.example.com:a/b/c.git"_s
            << u"https://gitlab.example.com/a/b/c/-/merge_requests/new?merge_request%5Bsource_branch%5D=feature/x&merge_request%5Btarget_branch%5D=main"_s;
        QTest::newRow("other host") << u"git@code.example.com:a/b.git"_s << QString();
        QTest::newRow("folder") << u"/srv/models.git"_s << QString();
        QTest::newRow("none") << QString() << QString();
    }
    void pullRequestsAreOpenedWhereTheHostHasThem()
    {
        QFETCH(QString, origin);
        QFETCH(QString, url);
        QCOMPARE(pullRequestUrl(origin, u"feature/x"_s, u"main"_s), url);
    }

private:
    QString m_root;
};

PARALLAX_TEST_MAIN(TestRepositoryBranching)
#include "tst_repository_branching.moc"
