// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/catalogue.h"
#include "repository/errors.h"
#include "samples.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::repository;

namespace {

/// The rule itself, one deployment at a time.
QStringList ruleFor(const QString &folder, const QString &branch, const QString &name)
{
    const QString out = test::git(
        folder, {u"rev-list"_s, u"--reverse"_s, u"--first-parent"_s, branch, u"--"_s, u"deployments/"_s + name});
    return out.split(u'\n', Qt::SkipEmptyParts);
}

QStringList commitsOf(const Deployment &deployment)
{
    QStringList commits;
    for (const VersionInfo &version : deployment.versions)
        commits.append(version.commit);
    return commits;
}

BuildCommit touch(const QString &branch, const QString &name, const QByteArray &bytes)
{
    return test::commit(branch, u"Deployed `%1`"_s.arg(name), {{u"deployments/%1/source.py"_s.arg(name), bytes}});
}

/// Merges, reverts, renames and branches, with what they do to several deployments at once.
QString eventful()
{
    QList<BuildCommit> commits{
        test::commit(u"main"_s, u"Welcome"_s, {{u"deployments/.gitkeep"_s, ""}, {u".workspace"_s, "x"}}),
        touch(u"main"_s, u"a"_s, "a1"),
        touch(u"main"_s, u"b"_s, "b1"),
        touch(u"main"_s, u"a"_s, "a2"),
        test::commit(u"main"_s, u"other"_s, {{u"README.md"_s, "x"}}),
        touch(u"dev"_s, u"a"_s, "dev"),
        touch(u"dev"_s, u"a"_s, "dev2"),
        touch(u"dev"_s, u"c"_s, "c1"),
        touch(u"main"_s, u"b"_s, "b2"),
    };
    // What a merge brings is one version, although the branch had two.
    BuildCommit merge = test::commit(u"main"_s, u"Merge dev"_s,
                                     {{u"deployments/a/source.py"_s, "dev2"}, {u"deployments/c/source.py"_s, "c1"}});
    merge.merge = u"dev"_s;
    commits << merge << touch(u"main"_s, u"a"_s, "a2") // a revert
            << test::commit(u"main"_s, u"rename"_s, {{u"deployments/renamed/source.py"_s, "b2"}}, {u"deployments/b"_s})
            << test::commit(u"main"_s, u"metadata"_s,
                            {{u"deployments/a/metadata.yaml"_s, test::kMetadata}, {u"deployments/a/.archived"_s, ""}})
            << test::commit(u"main"_s, u"both"_s,
                            {{u"deployments/a/source.py"_s, "x"}, {u"deployments/renamed/source.py"_s, "x"}})
            << touch(u"main"_s, u"back"_s, "1") << test::commit(u"main"_s, u"gone"_s, {}, {u"deployments/back"_s})
            << touch(u"main"_s, u"back"_s, "1") << touch(u"feat/y"_s, u"a"_s, "y");
    return test::makeRepository(commits);
}

} // namespace

class TestRepositoryCatalogue : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void derivesVersionsByTheRule()
    {
        const QString folder = eventful();
        CatalogueLoader loader(*Repository::discover(folder));
        const auto catalogue = loader.load(CatalogueLoader::Everything());
        VERIFY_OK(catalogue);
        QCOMPARE((*catalogue)->branches(), QStringList({u"dev"_s, u"feat/y"_s, u"main"_s}));
        int compared = 0;
        for (const Deployment &deployment : (*catalogue)->deployments()) {
            QVERIFY(deployment.versionsKnown);
            QCOMPARE(commitsOf(deployment), ruleFor(folder, deployment.branch, deployment.name));
            for (int i = 0; i < deployment.versions.size(); ++i)
                QCOMPARE(deployment.versions.at(i).number, i + 1);
            compared += deployment.newestVersion();
        }
        QVERIFY2(compared > 20, qPrintable(QString::number(compared)));
        const Deployment *a = (*catalogue)->deployment(u"a"_s, u"main"_s);
        QVERIFY(a != nullptr);
        QCOMPARE(a->newestVersion(), 6);
        QCOMPARE(a->versions.at(2).subject, u"Merge dev"_s);
        QCOMPARE(a->versions.at(2).author, u"Ada"_s);
        QVERIFY(a->versions.at(2).time < a->versions.at(3).time);
        QVERIFY((*catalogue)->deployment(u"b"_s, u"main"_s) == nullptr);
        QCOMPARE((*catalogue)->deployment(u"back"_s, u"main"_s)->newestVersion(), 3);
    }

    void readsMetadataLeniently()
    {
        const QString folder = eventful();
        test::writeFile(folder + u"/deployments/broken/metadata.yaml"_s, "a: [1\n");
        test::writeFile(folder + u"/deployments/broken/source.py"_s, "");
        test::writeFile(folder + u"/deployments/bare/metadata.yaml"_s, "runtimeInfo: {mainFunction: \"f\"}\n");
        CatalogueLoader loader(*Repository::discover(folder));
        const auto catalogue = loader.load();
        VERIFY_OK(catalogue);
        QVERIFY((*catalogue)->knowsBranch(u"main"_s));
        QVERIFY(!(*catalogue)->knowsBranch(u"dev"_s));
        const Deployment *a = (*catalogue)->deployment(u"a"_s, u"main"_s);
        QCOMPARE(a->mainFunction, u"price"_s);
        QCOMPARE(a->arguments, QStringList({u"carat:float"_s, u"cut:str"_s}));
        QVERIFY(a->archived);
        QVERIFY(a->hasSource);
        const Deployment *broken = (*catalogue)->deployment(u"broken"_s, u"main"_s);
        QVERIFY(broken->problem.has_value());
        QCOMPARE(broken->problem->where.file, u"deployments/broken/metadata.yaml"_s);
        QCOMPARE(broken->newestVersion(), 0);
        QVERIFY(broken->versionsKnown);
        const Deployment *bare = (*catalogue)->deployment(u"bare"_s, u"main"_s);
        QCOMPARE(bare->mainFunction, u"f"_s);
        QVERIFY(!bare->hasSource);
        // The signature of each version: none before metadata.yaml came.
        const endpoints::Catalogue &view = **catalogue;
        QVERIFY(!view.findVersion(u"a"_s, u"main"_s, 4));
        QCOMPARE(view.findVersion(u"a"_s, u"main"_s, 5)->arguments, a->arguments);
        QCOMPARE(view.findVersion(u"a"_s, u"main"_s, 6)->mainFunction, u"price"_s);
        QVERIFY(!view.findVersion(u"a"_s, u"main"_s, 7));
        QCOMPARE(view.find(u"a"_s, u"main"_s)->newestVersion, 6);
    }

    void readsOtherBranchesFromTheirTip()
    {
        const QString folder = eventful();
        test::git(folder, {u"switch"_s, u"--quiet"_s, u"dev"_s});
        CatalogueLoader loader(*Repository::discover(folder));
        const auto catalogue = loader.load();
        VERIFY_OK(catalogue);
        const Deployment *a = (*catalogue)->deployment(u"a"_s, u"main"_s);
        QVERIFY(a != nullptr);
        QCOMPARE(a->mainFunction, u"price"_s);
        QVERIFY(a->archived);
        QVERIFY((*catalogue)->knowsBranch(u"dev"_s));
        QVERIFY(!(*catalogue)->deployment(u"a"_s, u"dev"_s)->archived);
    }

    void continuesWhereItWas()
    {
        const QString folder = eventful();
        CatalogueLoader loader(*Repository::discover(folder));
        VERIFY_OK(loader.load());
        for (const char *text : {"n1", "n2"}) {
            test::writeFile(folder + u"/deployments/a/source.py"_s, text);
            test::git(folder, {u"commit"_s, u"-qam"_s, u"more"_s});
        }
        const auto later = loader.load();
        VERIFY_OK(later);
        const Deployment *a = (*later)->deployment(u"a"_s, u"main"_s);
        QCOMPARE(a->newestVersion(), 8);
        QCOMPARE(commitsOf(*a), ruleFor(folder, u"main"_s, u"a"_s));
        QCOMPARE((*later)->findVersion(u"a"_s, u"main"_s, 8)->mainFunction, u"price"_s);
        // History that was rewritten is derived anew.
        test::git(folder, {u"reset"_s, u"--quiet"_s, u"--hard"_s, u"HEAD~4"_s});
        test::writeFile(folder + u"/deployments/a/source.py"_s, "rewritten");
        test::git(folder, {u"commit"_s, u"-qam"_s, u"rewritten"_s});
        const auto rewritten = loader.load();
        VERIFY_OK(rewritten);
        QCOMPARE(commitsOf(*(*rewritten)->deployment(u"a"_s, u"main"_s)), ruleFor(folder, u"main"_s, u"a"_s));
        // So is a branch that now descends from another line, with ours merged in.
        test::git(folder, {u"switch"_s, u"--quiet"_s, u"feat/y"_s});
        test::git(folder, {u"merge"_s, u"--quiet"_s, u"-s"_s, u"ours"_s, u"-m"_s, u"m"_s, u"main"_s});
        test::git(folder, {u"branch"_s, u"--force"_s, u"main"_s, u"feat/y"_s});
        const auto merged = loader.load();
        VERIFY_OK(merged);
        QCOMPARE(commitsOf(*(*merged)->deployment(u"a"_s, u"main"_s)), ruleFor(folder, u"main"_s, u"a"_s));
    }

    void keepsLongHistoriesForTheNextRun()
    {
        QList<BuildCommit> commits;
        for (int i = 0; i < 600; ++i)
            commits << touch(u"main"_s, u"d%1"_s.arg(i % 7), QByteArray::number(i));
        commits << test::commit(u"main"_s, u"m"_s, {{u"deployments/d0/metadata.yaml"_s, test::kMetadata}});
        const QString folder = test::makeRepository(commits);
        const QString place = test::freshFolder(u"cache"_s) + u"/history"_s;
        const auto all = [&] {
            CatalogueLoader loader(*Repository::discover(folder), HistoryCache(place));
            return (*loader.load())->deployments();
        };
        const QList<Deployment> first = all();
        const QFileInfoList kept = QDir(place).entryInfoList(QDir::Files);
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept.first().permissions() & QFileDevice::ReadOther, QFileDevice::Permissions());
        QCOMPARE(all(), first);
        const HistoryCache cache(place);
        BranchHistory stored = cache.load(folder, u"main"_s);
        QCOMPARE(stored.tip, test::git(folder, {u"rev-parse"_s, u"main"_s}));
        QCOMPARE(stored.versions.value(u"d0"_s), first.first().versions);
        QVERIFY(!stored.metadataIds.value(u"d0"_s).last().isEmpty());
        // A file that is not what was written counts as none.
        QFile file(kept.first().absoluteFilePath());
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(500) && file.putChar('!'));
        file.close();
        QVERIFY(cache.load(folder, u"main"_s).tip.isEmpty());
        QCOMPARE(all(), first);
    }

    void doesNotGuessOnAShallowClone()
    {
        const QString folder = eventful();
        const QString clone = test::freshFolder(u"clone"_s);
        test::git(clone, {u"clone"_s, u"--quiet"_s, u"--depth=2"_s, u"file://"_s + folder, u"."_s});
        const Result<Repository> repository = Repository::discover(clone);
        VERIFY_OK(repository);
        QCOMPARE(repository->history(), History::Shallow);
        QCOMPARE(repository->findings().first().error.code, kShallowHistory);
        CatalogueLoader loader(*repository);
        const auto catalogue = loader.load();
        VERIFY_OK(catalogue);
        const Deployment *a = (*catalogue)->deployment(u"a"_s, u"main"_s);
        QVERIFY(!a->versionsKnown);
        QVERIFY(a->versions.isEmpty());
        QCOMPARE(a->mainFunction, u"price"_s);
    }

    void listsTheDiskWithoutGit()
    {
        const QString folder = test::freshFolder(u"plain"_s);
        test::writeFile(folder + u"/deployments/a/source.py"_s, "");
        CatalogueLoader loader(*Repository::discover(folder));
        const auto catalogue = loader.load(CatalogueLoader::Everything());
        VERIFY_OK(catalogue);
        QCOMPARE((*catalogue)->branches(), QStringList({u"main"_s}));
        QCOMPARE((*catalogue)->deployments().size(), 1);
        QVERIFY(!(*catalogue)->deployments().first().versionsKnown);
    }

    void worksInAFolderOfALargerGitRepository()
    {
        const QString outer =
            test::makeRepository({test::commit(u"main"_s, u"1"_s, {{u"sub/deployments/a/source.py"_s, "1"}}),
                                  test::commit(u"main"_s, u"2"_s, {{u"deployments/a/source.py"_s, "1"}}),
                                  test::commit(u"main"_s, u"3"_s, {{u"sub/deployments/a/source.py"_s, "2"}}),
                                  test::commit(u"dev"_s, u"4"_s, {{u"sub/deployments/z/source.py"_s, "2"}})});
        CatalogueLoader loader(*Repository::discover(outer + u"/sub"_s));
        const auto catalogue = loader.load(CatalogueLoader::Everything());
        VERIFY_OK(catalogue);
        QCOMPARE((*catalogue)->deployment(u"a"_s, u"main"_s)->newestVersion(), 2);
        QVERIFY((*catalogue)->deployment(u"z"_s, u"dev"_s) != nullptr);
    }
};

PARALLAX_TEST_MAIN(TestRepositoryCatalogue)
#include "tst_repository_catalogue.moc"
