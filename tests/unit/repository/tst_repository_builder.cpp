// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/catalogue.h"
#include "repository/errors.h"
#include "samples.h"
#include "support/testmain.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::repository;

class TestRepositoryBuilder : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheSameCommitsEverywhere()
    {
        const QString source = test::freshFolder(u"description"_s);
        test::writeFile(source + u"/history/01/endpoints/a.yaml"_s, test::kEndpoint);
        test::writeFile(source + u"/history/01/bin/run.sh"_s, "#!/bin/sh\n");
        test::writeFile(source + u"/history/01/.workspace"_s, "x\r\n");
        test::writeFile(source + u"/history/02/deployments/a/source.py"_s, "1");
        test::writeFile(source + u"/history/02/deployments/a/__pycache__/source.pyc"_s, "1");
        test::writeFile(source + u"/history.json"_s, R"({"defaultBranch": "main", "commits": [
            {"branch": "main", "directory": "01", "subject": "Welcome", "author": "Ada", "email": "a@b.c",
             "time": "2026-01-02T03:04:05Z", "remove": []},
            {"branch": "feat/x", "from": "main", "directory": "02", "subject": "Deployed `a`", "author": "Bob",
             "email": "b@b.c", "time": "2026-01-02T04:04:05+01:00", "remove": ["bin/run.sh"]}]})");
        const Result<BuildDescription> description = BuildDescription::read(source + u"/history.json"_s);
        VERIFY_OK(description);
        const QString folder = test::freshFolder(u"built"_s);
        // Whatever the user's configuration says.
        test::writeFile(QDir::homePath() + u"/gitconfig"_s,
                        "[core]\n\tautocrlf = true\n\thooksPath = /nowhere\n[commit]\n\tgpgsign = true\n"
                        "[init]\n\tdefaultBranch = trunk\n[user]\n\tname = Somebody\n");
        VERIFY_OK(buildRepository(*description, folder));
        QCOMPARE(test::git(folder, {u"log"_s, u"--format=%an|%ae|%at|%cn|%ct|%s"_s, u"feat/x"_s}),
                 u"Bob|b@b.c|1767323045|Bob|1767323045|Deployed `a`\nAda|a@b.c|1767323045|Ada|1767323045|Welcome"_s);
        QCOMPARE(test::git(folder, {u"symbolic-ref"_s, u"HEAD"_s}), u"refs/heads/main"_s);
        QCOMPARE(test::git(folder, {u"ls-tree"_s, u"-r"_s, u"--name-only"_s, u"feat/x"_s}),
                 u".workspace\ndeployments/a/source.py\nendpoints/a.yaml"_s);
        QCOMPARE(*base::readFile(folder + u"/.workspace"_s, 10), QByteArray("x\r\n"));
        QCOMPARE(test::git(folder, {u"-c"_s, u"core.autocrlf=false"_s, u"status"_s, u"--porcelain"_s}), QString());
        QVERIFY(QFileInfo(folder + u"/bin/run.sh"_s).isExecutable());
        const QString second = test::freshFolder(u"built"_s);
        VERIFY_OK(buildRepository(*description, second));
        QCOMPARE(test::git(second, {u"rev-parse"_s, u"feat/x"_s}), test::git(folder, {u"rev-parse"_s, u"feat/x"_s}));
    }

    void makesOnlyIntoAnEmptyFolder()
    {
        const QString folder = test::freshFolder(u"full"_s);
        test::writeFile(folder + u"/mine"_s, "x");
        const Status built = buildRepository({u"main"_s, {test::commit(u"main"_s, u"a"_s)}}, folder);
        QVERIFY(!built);
        QCOMPARE(built.error().code, kFolderNotEmpty);
    }

    void saysWhatIsWrongWithADescription_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("syntax") << QByteArray("{");
        QTest::newRow("time") << QByteArray(R"({"commits": [{"branch": "main", "time": "yesterday"}]})");
        QTest::newRow("overlay") << QByteArray(
            R"({"commits": [{"branch": "main", "time": "2026-01-02T03:04:05Z", "directory": "99"}]})");
    }

    void saysWhatIsWrongWithADescription()
    {
        QFETCH(QByteArray, text);
        const QString file = test::freshFolder(u"wrong"_s) + u"/history.json"_s;
        test::writeFile(file, text);
        const Result<BuildDescription> description = BuildDescription::read(file);
        QVERIFY(!description);
        QCOMPARE(description.error().code, kDescriptionInvalid);
    }

    void makesTheExample()
    {
        const QString file = test::sourcePath(u"resources/example/history.json"_s);
        if (!QFile::exists(file))
            QSKIP("the example is not there");
        const Result<BuildDescription> description = BuildDescription::read(file);
        VERIFY_OK(description);
        const QString folder = test::freshFolder(u"example"_s);
        VERIFY_OK(buildRepository(*description, folder));
        const Result<Repository> repository = Repository::discover(folder);
        VERIFY_OK(repository);
        QVERIFY(repository->findings().isEmpty());
        QVERIFY(!repository->endpointFiles().isEmpty());
        CatalogueLoader loader(*repository);
        const auto catalogue = loader.load();
        VERIFY_OK(catalogue);
        QVERIFY((*catalogue)->deployment(u"pricing_model_v1"_s, u"main"_s)->newestVersion() > 1);
        QVERIFY(!(*catalogue)->deployment(u"pricing_model_v2"_s, u"main"_s)->arguments.isEmpty());
    }
};

PARALLAX_TEST_MAIN(TestRepositoryBuilder)
#include "tst_repository_builder.moc"
