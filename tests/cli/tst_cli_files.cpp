// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// parallax-cli on files: exit codes, one line an error, and edits that touch nothing else.
#include "base/files.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::runCli;

namespace {

const QByteArray kAlias =
    "# who owns this: pricing team\nbackends:\n  alias:\n    deployment:\n      branch: main\n      "
    "name: pricing_model_v1\n      version: latest   # never pin\n\nschemaVersion: 1\n";

QString makeRepository(const QByteArray &endpoint = kAlias)
{
    const QString root = test::freshFolder(u"repository"_s);
    [[maybe_unused]] const Status made = base::makePath(root + u"/endpoints"_s);
    [[maybe_unused]] const Status saved = base::saveFile(root + u"/endpoints/pricing.yaml"_s, endpoint);
    return root;
}

QByteArray bytesOf(const QString &path)
{
    return base::readFile(path, 1'000'000).value_or(QByteArray());
}

} // namespace

class TestCliFiles : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void usageErrorsAreOneLineAndTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("unknown command") << QStringList{u"frobnicate"_s};
        QTest::newRow("missing argument") << QStringList{u"validate"_s};
        QTest::newRow("unknown flag") << QStringList{u"diff"_s, u"a"_s, u"b"_s, u"--nope"_s};
        QTest::newRow("bad gate") << QStringList{u"compare"_s, u"x.parallax"_s, u"--gate"_s, u"agreement>="_s};
        QTest::newRow("bad report") << QStringList{u"compare"_s, u"x.parallax"_s, u"--report"_s, u"x.pdf"_s};
        QTest::newRow("two paces") << QStringList{u"replay"_s, u"x"_s,   u"--endpoint"_s, u"e"_s,
                                                  u"--rate"_s, u"1/s"_s, u"--speed"_s,    u"1x"_s};
    }
    void usageErrorsAreOneLineAndTwo()
    {
        QFETCH(QStringList, arguments);
        const test::CliResult result = runCli(arguments);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.err.count('\n'), 1);
        QVERIFY2(result.err.startsWith("parallax-cli: error: "), result.err.constData());
    }

    void helpAndVersionAreFine()
    {
        QCOMPARE(runCli({u"--version"_s}).out, QByteArray("parallax-cli " PARALLAX_VERSION "\n"));
        const test::CliResult help = runCli({u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        for (const char *command : {"validate", "format", "endpoint", "backend", "mirror", "deployments", "serve",
                                    "simulate", "import", "export", "replay", "compare", "diff", "demo"})
            QVERIFY2(help.out.contains(command), command);
    }

    void addingAMirrorIsSixLinesAndRemovingGivesTheBytesBack_data()
    {
        QTest::addColumn<QByteArray>("before");
        QByteArray crlf = kAlias;
        crlf.replace("\n", "\r\n");
        QTest::newRow("comments") << kAlias;
        QTest::newRow("CRLF") << crlf;
        QTest::newRow("BOM") << "\xef\xbb\xbf" + kAlias;
        QTest::newRow("no final newline") << kAlias.chopped(1);
    }
    void addingAMirrorIsSixLinesAndRemovingGivesTheBytesBack()
    {
        QFETCH(QByteArray, before);
        const QString root = makeRepository(before);
        const QString path = root + u"/endpoints/pricing.yaml"_s;
        const test::CliResult added = runCli({u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"v2"_s}, root);
        QVERIFY2(added.exitCode == 0, added.err.constData());
        const QByteArray after = bytesOf(path);
        QCOMPARE(after.count('\n'), before.count('\n') + 6);
        const QByteArray end = before.contains('\r') ? "\r\n" : "\n";
        const QByteArray lines = "mirrors:" + end + "  mirror_1:" + end + "    deployment:" + end +
                                 "      branch: main" + end + "      name: v2" + end + "      version: latest" + end;
        QCOMPARE(after.count(lines), 1);
        QByteArray without = after;
        without.replace(lines, {});
        QCOMPARE(without, before);
        const test::CliResult removed = runCli({u"mirror"_s, u"remove"_s, u"pricing"_s}, root);
        QVERIFY2(removed.exitCode == 0, removed.err.constData());
        QCOMPARE(bytesOf(path), before);
    }

    void aDryRunPrintsTheDifferenceAndWritesNothing()
    {
        const QString root = makeRepository();
        const test::CliResult result =
            runCli({u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s, u"--dry-run"_s}, root);
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.out.startsWith("--- a/endpoints/pricing.yaml\n+++ b/endpoints/pricing.yaml\n@@"));
        QCOMPARE(result.out.count("\n+"), 6 + 1);
        QCOMPARE(bytesOf(root + u"/endpoints/pricing.yaml"_s), kAlias);
    }

    void brokenYamlShowsItsPlaceAndStays()
    {
        const QByteArray broken = "backends:\n  alias:\n    deployment: [\nschemaVersion: 1\n";
        const QString root = makeRepository(broken);
        const test::CliResult validated = runCli({u"validate"_s, u"endpoints/pricing.yaml"_s}, root);
        QCOMPARE(validated.exitCode, 1);
        QCOMPARE(validated.out.count('\n'), 1);
        QVERIFY2(validated.out.startsWith("endpoints/pricing.yaml:"), validated.out.constData());
        QVERIFY(validated.out.contains(": error: ") && validated.out.contains("[yaml-"));
        const test::CliResult edited =
            runCli({u"--quiet"_s, u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s}, root);
        QCOMPARE(edited.exitCode, 1);
        QCOMPARE(edited.err.count('\n'), 1);
        QCOMPARE(bytesOf(root + u"/endpoints/pricing.yaml"_s), broken);
        const test::CliResult json = runCli({u"--json"_s, u"endpoint"_s, u"list"_s}, root);
        QCOMPARE(json.json().array().size(), 1);
        QCOMPARE(json.json().array().first().toObject().value(u"errors"_s).toArray().size(), 1);
    }

    void aRepositoryWithoutEndpointsGetsTheFolderOnFirstSave()
    {
        const QString root = test::freshFolder(u"empty"_s);
        VERIFY_OK(base::saveFile(root + u"/.workspace"_s, "abc\n"));
        const test::CliResult result =
            runCli({u"endpoint"_s, u"create"_s, u"pricing"_s, u"--backend"_s, u"pricing_model_v1"_s}, root);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(bytesOf(root + u"/endpoints/pricing.yaml"_s),
                 QByteArray(
                     "backends:\n  split_1:\n    deployment:\n      branch: main\n      name: pricing_model_v1\n      "
                     "version: latest\n    weight: 1\nschemaVersion: 1\n"));
        QCOMPARE(runCli({u"endpoint"_s, u"create"_s, u"pricing"_s, u"--backend"_s, u"m"_s}, root).exitCode, 1);
        QCOMPARE(runCli({u"endpoint"_s, u"create"_s, u"Bad-Name"_s, u"--backend"_s, u"m"_s}, root).exitCode, 1);
    }

    void noRepositoryIsSaid()
    {
        const QString folder = test::freshFolder(u"nothing"_s);
        const test::CliResult result = runCli({u"endpoint"_s, u"list"_s}, folder);
        QCOMPARE(result.exitCode, 3);
        QCOMPARE(result.err.count('\n'), 1);
        const QJsonObject error =
            runCli({u"--json"_s, u"endpoint"_s, u"list"_s}, folder).json().object().value(u"error"_s).toObject();
        QVERIFY(!error.value(u"code"_s).toString().isEmpty());
    }

    void diffSaysWhatDiffers()
    {
        const QString folder = test::freshFolder(u"diff"_s);
        VERIFY_OK(base::saveFile(folder + u"/a.json"_s, R"({"n": 1, "big": 9007199254740993, "s": "x"})"));
        VERIFY_OK(base::saveFile(folder + u"/b.json"_s, R"({"s": "y", "n": 1.0, "big": 9007199254740992})"));
        const test::CliResult result = runCli({u"diff"_s, u"a.json"_s, u"b.json"_s}, folder);
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out,
                 QByteArray("/big: changed: 9007199254740993 -> 9007199254740992\n/s: changed: \"x\" -> \"y\"\n"));
        QCOMPARE(runCli({u"diff"_s, u"a.json"_s, u"a.json"_s}, folder).exitCode, 0);
        QCOMPARE(runCli({u"diff"_s, u"a.json"_s, u"none.json"_s}, folder).exitCode, 3);
        VERIFY_OK(
            base::saveFile(folder + u"/rules.yaml"_s, "schemaVersion: 1\nrules:\n  - {path: /**, ignore: true}\n"));
        QCOMPARE(runCli({u"diff"_s, u"a.json"_s, u"b.json"_s, u"--rules"_s, u"rules.yaml"_s}, folder).exitCode, 0);
    }

    void importAndExportRoundTrip()
    {
        const QString folder = test::freshFolder(u"traffic"_s);
        VERIFY_OK(base::saveFile(folder + u"/in.ndjson"_s, "{\"data\": 1}\nnot json\n{\"data\": [2, 3]}\n"));
        const test::CliResult imported = runCli(
            {u"--json"_s, u"import"_s, u"in.ndjson"_s, u"--out"_s, u"c.parallax"_s, u"--endpoint"_s, u"pricing"_s},
            folder);
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(imported.json().object().value(u"read"_s).toInt(), 2);
        QCOMPARE(imported.json().object().value(u"skipped"_s).toInt(), 1);
        QCOMPARE(imported.json().object().value(u"reasons"_s).toArray().size(), 1);
        QCOMPARE(runCli({u"import"_s, u"in.ndjson"_s, u"--out"_s, u"c.parallax"_s}, folder).exitCode, 3);
        const test::CliResult exported =
            runCli({u"export"_s, u"c.parallax"_s, u"--to"_s, u"ndjson"_s, u"--out"_s, u"out.ndjson"_s}, folder);
        QVERIFY2(exported.exitCode == 0, exported.err.constData());
        const QByteArray out = bytesOf(folder + u"/out.ndjson"_s);
        QCOMPARE(out.count('\n'), 2);
        QVERIFY2(out.contains("\\\"data\\\": 1"), out.constData());
        VERIFY_OK(base::saveFile(folder + u"/bad.ndjson"_s, "nothing\nof use\n"));
        const QStringList bad{u"import"_s, u"bad.ndjson"_s, u"--out"_s, u"d.parallax"_s, u"--from"_s, u"ndjson"_s};
        QCOMPARE(runCli(bad, folder).exitCode, 1);
        QVERIFY(!QFileInfo::exists(folder + u"/d.parallax"_s));
    }
};

PARALLAX_TEST_MAIN(TestCliFiles)
#include "tst_cli_files.moc"
