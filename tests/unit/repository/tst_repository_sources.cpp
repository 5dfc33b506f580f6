// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/checkoutwriter.h"
#include "repository/errors.h"
#include "repository/sourcecache.h"
#include "samples.h"
#include "support/testmain.h"

#include <QDateTime>
#include <QDir>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::repository;
using endpoints::DeploymentRef;

namespace {

QByteArray bytesOf(const QString &path)
{
    return base::readFile(path, 1 << 20).value_or(QByteArray("<none>"));
}

BuildCommit version(int n)
{
    return test::commit(u"main"_s, u"Deployed `price`"_s,
                        {{u"deployments/price/source.py"_s, "version " + QByteArray::number(n)},
                         {u"deployments/price/data/weights.csv"_s, QByteArray(n * 1000, 'w')},
                         {u"deployments/price/metadata.yaml"_s, test::kMetadata}});
}

} // namespace

class TestRepositorySources : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void checksOutEveryVersionToItsBytes()
    {
        QList<BuildCommit> commits;
        for (int n = 1; n <= 5; ++n) {
            commits << version(n);
            commits << test::commit(u"main"_s, u"between"_s, {{u"README.md"_s, QByteArray::number(n)}});
        }
        commits << test::commit(u"dev"_s, u"on dev"_s, {{u"deployments/price/source.py"_s, "dev"}});
        const QString folder = test::makeRepository(commits);
        const Repository repository = *Repository::discover(folder);
        const SourceCache cache(test::freshFolder(u"cache"_s));
        for (int n = 1; n <= 5; ++n) {
            const Result<SourceCheckout> checkout =
                cache.checkOut(repository, {u"price"_s, u"main"_s, endpoints::Version::number(n)});
            VERIFY_OK(checkout);
            QCOMPARE(bytesOf(checkout->folder + u"/source.py"_s), QByteArray("version " + QByteArray::number(n)));
            QCOMPARE(bytesOf(checkout->folder + u"/data/weights.csv"_s).size(), n * 1000);
            QCOMPARE(checkout->metadata.mainFunction, u"price"_s);
        }
        test::writeFile(folder + u"/deployments/price/source.py"_s, "uncommitted");
        const Result<SourceCheckout> latest = cache.checkOut(repository, DeploymentRef::fromString(u"price"_s));
        VERIFY_OK(latest);
        QCOMPARE(bytesOf(latest->folder + u"/source.py"_s), QByteArray("version 5"));
        const Result<SourceCheckout> dev = cache.checkOut(repository, DeploymentRef::fromString(u"price@dev"_s));
        VERIFY_OK(dev);
        QCOMPARE(bytesOf(dev->folder + u"/source.py"_s), QByteArray("dev"));
        const Result<SourceCheckout> disk = cache.checkOut(repository, DeploymentRef::fromString(u"price:worktree"_s));
        VERIFY_OK(disk);
        QCOMPARE(disk->folder, folder + u"/deployments/price"_s);
        QCOMPARE(bytesOf(disk->folder + u"/source.py"_s), QByteArray("uncommitted"));
    }

    void usesAFolderAgainAndKeepsItPrivate()
    {
        const Repository repository = *Repository::discover(test::makeRepository({version(1), version(2)}));
        const SourceCache cache(test::freshFolder(u"parent"_s) + u"/sources"_s);
        const Result<SourceCheckout> first = cache.checkOut(repository, DeploymentRef::fromString(u"price"_s));
        VERIFY_OK(first);
        const QDateTime made = QFileInfo(first->folder + u"/source.py"_s).lastModified();
        const Result<SourceCheckout> again = cache.checkOut(repository, DeploymentRef::fromString(u"price:2"_s));
        VERIFY_OK(again);
        QCOMPARE(again->folder, first->folder);
        QCOMPARE(QFileInfo(first->folder + u"/source.py"_s).lastModified(), made);
        constexpr QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QCOMPARE(QFileInfo(cache.folder()).permissions() & others, QFileDevice::Permissions());
        QCOMPARE(QFileInfo(first->folder + u"/source.py"_s).permissions() & others, QFileDevice::Permissions());
        QCOMPARE(QDir(cache.folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void saysWhatDoesNotExist_data()
    {
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("code");
        QTest::newRow("deployment") << u"none"_s << kNoSuchDeployment.toString();
        QTest::newRow("its version") << u"none:1"_s << kNoSuchDeployment.toString();
        QTest::newRow("its files") << u"none:worktree"_s << kNoSuchDeployment.toString();
        QTest::newRow("path") << u"../price"_s << kNoSuchDeployment.toString();
        QTest::newRow("option") << u"-x:1"_s << kNoSuchDeployment.toString();
        QTest::newRow("branch") << u"price@none"_s << kNoSuchBranch.toString();
        QTest::newRow("option as branch") << u"price@--all"_s << kNoSuchBranch.toString();
        QTest::newRow("version") << u"price:3"_s << kNoSuchVersion.toString();
        QTest::newRow("alias") << u"price:official"_s << kVersionAliasUnknown.toString();
    }

    void saysWhatDoesNotExist()
    {
        QFETCH(QString, ref);
        QFETCH(QString, code);
        const Repository repository = *Repository::discover(test::makeRepository({version(1), version(2)}));
        const Result<SourceCheckout> checkout =
            SourceCache(test::freshFolder(u"cache"_s)).checkOut(repository, DeploymentRef::fromString(ref));
        QVERIFY(!checkout);
        QCOMPARE(checkout.error().code.toString(), code);
        if (code == kNoSuchVersion.toString())
            QCOMPARE(checkout.error().args.value(u"newest"_s).toInt(), 2);
    }

    void keepsLinksToCommonFiles()
    {
        BuildCommit commit = version(1);
        commit.files.insert(u"common/shared.py"_s, "shared");
        commit.links = {{u"deployments/price/shared.py"_s, "../../common/shared.py"},
                        {u"deployments/price/alias.py"_s, "source.py"}};
        const Repository repository = *Repository::discover(test::makeRepository({commit}));
        const Result<SourceCheckout> checkout =
            SourceCache(test::freshFolder(u"cache"_s)).checkOut(repository, DeploymentRef::fromString(u"price:1"_s));
        VERIFY_OK(checkout);
        QCOMPARE(bytesOf(checkout->folder + u"/shared.py"_s), QByteArray("shared"));
        QCOMPARE(bytesOf(checkout->folder + u"/alias.py"_s), QByteArray("version 1"));
        QVERIFY(QFileInfo(checkout->folder + u"/alias.py"_s).isSymLink());
    }

    void refusesLinksThatLeave_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("absolute") << QByteArray("/etc/passwd");
        QTest::newRow("up") << QByteArray("../../../../etc/passwd");
        QTest::newRow("to another deployment") << QByteArray("../other/source.py");
        QTest::newRow("down and up") << QByteArray("data/../../../../x");
        QTest::newRow("through a link") << QByteArray("data/link/../../..");
        QTest::newRow("to git") << QByteArray("../../.git/config");
    }

    void refusesLinksThatLeave()
    {
        QFETCH(QByteArray, target);
        BuildCommit commit = version(1);
        commit.links = {{u"deployments/price/out"_s, target}};
        const Repository repository = *Repository::discover(test::makeRepository({commit}));
        const SourceCache cache(test::freshFolder(u"cache"_s));
        const Result<SourceCheckout> checkout = cache.checkOut(repository, DeploymentRef::fromString(u"price:1"_s));
        QVERIFY(!checkout);
        QCOMPARE(checkout.error().code, kSourceUnsafe);
        QVERIFY(QDir(cache.folder()).isEmpty());
    }

    void refusesSubmodulesAndWhatIsTooLarge()
    {
        const QString folder = test::makeRepository({version(1)});
        const QString head = test::git(folder, {u"rev-parse"_s, u"HEAD"_s});
        test::git(folder,
                  {u"update-index"_s, u"--add"_s, u"--cacheinfo"_s, u"160000,"_s + head + u",deployments/price/sub"_s});
        test::git(folder, {u"commit"_s, u"--quiet"_s, u"-m"_s, u"sub"_s});
        const Repository repository = *Repository::discover(folder);
        const QString cache = test::freshFolder(u"cache"_s);
        const auto code = [&](const SourceCache &sources, const QString &ref) {
            const Result<SourceCheckout> checkout = sources.checkOut(repository, DeploymentRef::fromString(ref));
            return checkout ? ErrorCode() : checkout.error().code;
        };
        QCOMPARE(code(SourceCache(cache), u"price"_s), kSourceSubmodule);
        SourceCache::Limits limits;
        limits.checkoutBytes = 500;
        QCOMPARE(code(SourceCache(cache, limits), u"price:1"_s), kSourceTooLarge);
        limits = {};
        limits.checkoutFiles = 2;
        QCOMPARE(code(SourceCache(cache, limits), u"price:1"_s), kSourceTooLarge);
        QCOMPARE(code(SourceCache(cache), u"price:1"_s), ErrorCode());
    }

    void streamsALargeFile()
    {
        BuildCommit commit = version(1);
        commit.files.insert(u"deployments/price/model.bin"_s, QByteArray(40 * 1024 * 1024, 'm'));
        const Repository repository = *Repository::discover(test::makeRepository({commit}));
        const Result<SourceCheckout> checkout =
            SourceCache(test::freshFolder(u"cache"_s)).checkOut(repository, DeploymentRef::fromString(u"price:1"_s));
        VERIFY_OK(checkout);
        const QFileInfo model(checkout->folder + u"/model.bin"_s);
        QCOMPARE(model.size(), 40 * 1024 * 1024);
        QCOMPARE(model.permissions() & QFileDevice::ReadOther, QFileDevice::Permissions());
    }

    void staysWithinItsBounds()
    {
        QList<BuildCommit> commits;
        for (int n = 1; n <= 6; ++n)
            commits << version(n);
        const Repository repository = *Repository::discover(test::makeRepository(commits));
        SourceCache::Limits limits;
        limits.folders = 2;
        const SourceCache cache(test::freshFolder(u"cache"_s), limits);
        const auto checkOut = [&](int n) {
            return cache.checkOut(repository, {u"price"_s, u"main"_s, endpoints::Version::number(n)});
        };
        const Result<SourceCheckout> held = checkOut(1);
        VERIFY_OK(held);
        for (int n = 2; n <= 6; ++n)
            VERIFY_OK(checkOut(n));
        QCOMPARE(QDir(cache.folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
        QCOMPARE(bytesOf(held->folder + u"/source.py"_s), QByteArray("version 1")); // somebody runs it
    }

    void hasOnlyTheDiskWithoutCommits()
    {
        const QString folder = test::freshFolder(u"plain"_s);
        test::writeFile(folder + u"/deployments/price/source.py"_s, "disk");
        const Repository repository = *Repository::discover(folder);
        const SourceCache cache(test::freshFolder(u"cache"_s));
        const Result<SourceCheckout> latest = cache.checkOut(repository, DeploymentRef::fromString(u"price"_s));
        VERIFY_OK(latest);
        QCOMPARE(bytesOf(latest->folder + u"/source.py"_s), QByteArray("disk"));
        const Result<SourceCheckout> pinned = cache.checkOut(repository, DeploymentRef::fromString(u"price:1"_s));
        QVERIFY(!pinned);
        QCOMPARE(pinned.error().code, kVersionsUnknown);
    }
};

PARALLAX_TEST_MAIN(TestRepositorySources)
#include "tst_repository_sources.moc"
