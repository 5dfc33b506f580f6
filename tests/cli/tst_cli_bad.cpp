// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input and bad luck: one clear line with the place, the exit code of the contract, and nothing written.
#include "base/files.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::runCli;

namespace {

const QByteArray kGood = "backends:\n  alias:\n    deployment: {branch: main, name: a, version: 1}\nschemaVersion: 1\n";
const QString kFile = u"endpoints/pricing.yaml"_s;

QString makeRepository(const QByteArray &endpoint = kGood)
{
    const QString root = test::freshFolder(u"bad"_s);
    [[maybe_unused]] const Status made = base::makePath(root + u"/endpoints"_s);
    [[maybe_unused]] const Status saved = base::saveFile(root + u'/' + kFile, endpoint);
    return root;
}

QByteArray bytesOf(const QString &path)
{
    return base::readFile(path, 64'000'000).value_or(QByteArray());
}

QByteArray aliasBomb()
{
    QByteArray text = "a0: &a0 [x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + before + ", " + before + "]\n";
    }
    return text;
}

/// One line that begins with the file and, where there is one, its place.
bool isOneLine(const QByteArray &out, const QByteArray &beginning)
{
    return out.count('\n') == 1 && out.startsWith(beginning) && out.trimmed().endsWith(']');
}

} // namespace

class TestCliBad : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void badFiles_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("broken") << QByteArray("backends:\n  alias: [\nschemaVersion: 1\n") << QByteArray(":");
        QTest::newRow("two documents") << kGood + "---\na: 1\n" << QByteArray(":5:");
        QTest::newRow("tab") << QByteArray("backends:\n\talias: 1\n") << QByteArray(":2:");
        QTest::newRow("invalid UTF-8") << QByteArray("backends: {}\nx: \xff\xfe\n") << QByteArray(":2:4:");
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                              "b\0a\0:\0 \0"
                                              "1\0\n\0",
                                              14)
                                << QByteArray(":1:1:");
        QTest::newRow("NUL") << QByteArray("backends:\n a: \0\n", 16) << QByteArray(":2:5:");
        QTest::newRow("alias bomb") << aliasBomb() << QByteArray(":");
        QTest::newRow("cycle") << QByteArray("backends: &a\n  x: *a\nschemaVersion: 1\n") << QByteArray(":2:");
        QTest::newRow("100,000 levels") << QByteArray(100'000, '[') + QByteArray(100'000, ']') << QByteArray(":1:");
        QTest::newRow("10 MB") << kGood + QByteArray("# filling\n").repeated(1'000'000) << QByteArray(":");
        QTest::newRow("duplicate key") << kGood + "schemaVersion: 1\n" << QByteArray(":5:1:");
    }
    void badFiles()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, place);
        const QString root = makeRepository(bytes);
        QElapsedTimer timer;
        timer.start();
        const test::CliResult validated = runCli({u"validate"_s, kFile}, root);
        QCOMPARE(validated.exitCode, 1);
        QVERIFY2(isOneLine(validated.out, "endpoints/pricing.yaml" + place), validated.out.constData());
        QVERIFY2(validated.out.contains(": error: ") && validated.out.contains("[yaml-"), validated.out.constData());
        for (const QStringList &command :
             {QStringList{u"--quiet"_s, u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s},
              QStringList{u"--quiet"_s, u"format"_s, kFile},
              QStringList{u"--quiet"_s, u"endpoint"_s, u"show"_s, u"pricing"_s}}) {
            const test::CliResult result = runCli(command, root);
            QCOMPARE(result.exitCode, 1);
            QVERIFY2(isOneLine(result.err, "parallax-cli: endpoints/pricing.yaml" + place), result.err.constData());
        }
        const test::CliResult listed = runCli({u"--json"_s, u"endpoint"_s, u"list"_s}, root);
        QCOMPARE(listed.json().array().size(), 1);
        QCOMPARE(listed.json().array().first().toObject().value(u"errors"_s).toArray().size(), 1);
        QCOMPARE(bytesOf(root + u'/' + kFile), bytes);
        QVERIFY2(timer.elapsed() < 20'000, "each of them well under a second on an idle machine");
    }

    void badNamesAndLinks()
    {
        const QString root = makeRepository();
        const QString outside = test::freshFolder(u"outside"_s) + u"/secret.yaml"_s;
        VERIFY_OK(base::saveFile(outside, kGood));
        VERIFY_OK(base::saveFile(root + u"/endpoints/Upper.yaml"_s, kGood));
        VERIFY_OK(base::saveFile(root + u"/endpoints/other.yml"_s, kGood));
        QVERIFY(QFile::link(outside, root + u"/endpoints/leaving.yaml"_s));
        QVERIFY(QFile::link(root + u"/none"_s, root + u"/endpoints/dangling.yaml"_s));
        const test::CliResult validated = runCli({u"validate"_s, u"."_s}, root);
        QCOMPARE(validated.exitCode, 1);
        for (const QByteArray &line :
             {QByteArray("endpoints/Upper.yaml:1:1: error: "), QByteArray("endpoints/other.yml:1:1: error: "),
              QByteArray("endpoints/leaving.yaml: error: "), QByteArray("endpoints/dangling.yaml: error: ")})
            QVERIFY2(validated.out.contains(line), validated.out.constData());
        for (const QString &name : {u"leaving"_s, u"dangling"_s}) {
            const test::CliResult result =
                runCli({u"--quiet"_s, u"mirror"_s, u"add"_s, name, u"--deployment"_s, u"m"_s}, root);
            QVERIFY(result.exitCode == 1 || result.exitCode == 3);
            QCOMPARE(result.err.count('\n'), 1);
            const QString file = u"endpoints/%1.yaml"_s.arg(name);
            const test::CliResult formatted = runCli({u"--quiet"_s, u"format"_s, file}, root);
            QVERIFY2(formatted.exitCode == 1, formatted.err.constData());
            QCOMPARE(formatted.err.count('\n'), 1);
            QCOMPARE(runCli({u"validate"_s, file}, root).exitCode, 1);
        }
        QCOMPARE(bytesOf(outside), kGood);
        QVERIFY(!QFileInfo::exists(root + u"/none"_s));
    }

    void namesOfTheBigListAreRefused()
    {
        const QString path = test::corpusPath(u"blns/blns.json"_s);
        if (path.isEmpty())
            QSKIP("corpora/blns is absent");
        const QString root = makeRepository();
        const QJsonArray names = QJsonDocument::fromJson(bytesOf(path)).array();
        QVERIFY(names.size() > 400);
        for (qsizetype i = 0; i < names.size(); i += 15) {
            const QString name = names.at(i).toString();
            if (name.isEmpty() || name.contains(QChar(u'\0')))
                continue;
            const test::CliResult result =
                runCli({u"--quiet"_s, u"endpoint"_s, u"create"_s, u"--backend"_s, u"a"_s, u"--"_s, name}, root);
            if (result.exitCode == 0) {
                QVERIFY(QFile::remove(root + u"/endpoints/"_s + name + u".yaml"_s)); // a plain word
                continue;
            }
            QVERIFY2(result.exitCode == 1 || result.exitCode == 2, result.err.constData());
            QVERIFY2(result.err.count('\n') == 1 && !result.err.contains('\x1b'), result.err.constData());
        }
        QCOMPARE(QDir(root + u"/endpoints"_s).entryList(QDir::Files | QDir::Hidden), QStringList{u"pricing.yaml"_s});
    }

    void foldersThatAreNoRepository()
    {
        const QString nothing = test::freshFolder(u"nothing"_s);
        const test::CliResult none = runCli({u"endpoint"_s, u"list"_s, u"--repo"_s, nothing});
        QCOMPARE(none.exitCode, 3);
        QVERIFY2(none.err.startsWith(QByteArray("parallax-cli: " + nothing.toUtf8() + ": error: ")) &&
                     none.err.count('\n') == 1,
                 none.err.constData());
        const test::CliResult missing = runCli({u"endpoint"_s, u"list"_s, u"--repo"_s, u"/nope/there"_s});
        QCOMPARE(missing.exitCode, 3);
        QVERIFY2(isOneLine(missing.err, "parallax-cli: /nope/there: error: "), missing.err.constData());
        const QString bare = test::freshFolder(u"bare"_s);
        (void)test::runGit({u"init"_s, u"--bare"_s, u"--quiet"_s}, bare);
        const test::CliResult isBare = runCli({u"deployments"_s}, bare);
        QCOMPARE(isBare.exitCode, 3);
        QVERIFY2(isBare.err.contains("[repository-bare]") && isBare.err.count('\n') == 1, isBare.err.constData());
    }

    void aDetachedHeadWorks()
    {
        const QString root = makeRepository();
        for (const QStringList &command : {QStringList{u"init"_s, u"--quiet"_s}, QStringList{u"add"_s, u"."_s},
                                           QStringList{u"commit"_s, u"--quiet"_s, u"-m"_s, u"a"_s},
                                           QStringList{u"checkout"_s, u"--quiet"_s, u"--detach"_s}})
            (void)test::runGit(command, root);
        QCOMPARE(runCli({u"endpoint"_s, u"list"_s}, root).out, QByteArray("pricing  alias\n"));
        const test::CliResult added = runCli({u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s}, root);
        QVERIFY2(added.exitCode == 0, added.err.constData());
    }

    void withoutGitEverythingButHistoryWorks()
    {
        const QString root = makeRepository();
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, test::freshFolder(u"no programs"_s));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(root);
        process.start(test::binaryPath(u"app/parallax-cli"_s),
                      {u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        const QByteArray err = process.readAllStandardError();
        QVERIFY2(err.contains("[git-missing]"), err.constData());
        QVERIFY(bytesOf(root + u'/' + kFile).contains("mirror_1"));
    }

    void unknownThingsAreNamed()
    {
        const QString root = makeRepository();
        const test::CliResult endpoint = runCli({u"--quiet"_s, u"endpoint"_s, u"show"_s, u"none"_s}, root);
        QCOMPARE(endpoint.exitCode, 3);
        QVERIFY2(endpoint.err.contains("none") && endpoint.err.contains("[unknown-endpoint]"),
                 endpoint.err.constData());
        for (const QString &command : {u"mirror"_s, u"backend"_s})
            QCOMPARE(
                runCli({command, u"remove"_s, u"none"_s, command == "mirror"_L1 ? u"--name"_s : u"x"_s, u"y"_s}, root)
                    .exitCode,
                command == "mirror"_L1 ? 3 : 2);
        const test::CliResult warned = runCli({u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"zzz"_s}, root);
        QCOMPARE(warned.exitCode, 0);
        QVERIFY2(warned.err.contains("[deployment-unknown]") && warned.err.contains("zzz"), warned.err.constData());
        const test::CliResult command = runCli({u"frobnicate"_s, u"x"_s});
        QVERIFY2(command.err.contains("There is no command frobnicate"), command.err.constData());
        const test::CliResult slip = runCli({u"miror"_s, u"add"_s});
        QVERIFY2(slip.err.contains("did you mean mirror?"), slip.err.constData());
        const test::CliResult nested = runCli({u"endpoint"_s, u"lst"_s});
        QVERIFY2(nested.err.contains("There is no command endpoint lst; did you mean list?"), nested.err.constData());
        const test::CliResult limit = runCli({u"replay"_s, u"x"_s, u"--endpoint"_s, u"e"_s, u"--limit"_s, u"-5"_s});
        QCOMPARE(limit.exitCode, 2);
        QVERIFY2(limit.err.contains("-5 is not a whole number from 0 on") && limit.err.size() < 160,
                 limit.err.constData());
    }

    void argumentsThatDifferAreWarnedOfBeforeAndAfter()
    {
        const QString root = makeRepository(QByteArray(kGood).replace("version: 1", "version: latest"));
        const auto metadata = [&root](const QString &name, const QByteArray &arguments) {
            VERIFY_OK(base::makePath(root + u"/deployments/"_s + name));
            VERIFY_OK(base::saveFile(root + u"/deployments/"_s + name + u"/metadata.yaml"_s,
                                     "runtimeInfo:\n  mainFunction: f\n  mainFunctionArgs:\n" + arguments +
                                         "schemaVersion: 2\n"));
        };
        metadata(u"a"_s, "    - carat:float\n");
        metadata(u"m"_s, "    - carat:float\n    - cut:str\n");
        const test::CliResult added = runCli({u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s}, root);
        QCOMPARE(added.exitCode, 0);
        QVERIFY2(added.err.contains("[mirror-arguments-differ]"), added.err.constData());
        const test::CliResult validated = runCli({u"validate"_s, kFile}, root);
        QCOMPARE(validated.exitCode, 0);
        QVERIFY2(isOneLine(validated.out, "endpoints/pricing.yaml:"), validated.out.constData());
        QVERIFY2(validated.out.contains("warning") && validated.out.contains("cut:str"), validated.out.constData());
    }

    void aSaveThatFailsLeavesTheOldFileAndSaysSo()
    {
        const QString library = test::binaryPath(u"tests/support/libparallax_file_faults.so"_s);
        QVERIFY2(QFileInfo::exists(library), qPrintable(library));
        bool isThrough = false;
        for (int at = 1; !isThrough; ++at) {
            QVERIFY(at < 60);
            const QString root = makeRepository();
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"LD_PRELOAD"_s, library);
            environment.insert(u"ASAN_OPTIONS"_s,
                               environment.value(u"ASAN_OPTIONS"_s) + u":verify_asan_link_order=0:detect_leaks=0"_s);
            environment.insert(u"PARALLAX_FAULT_FOLDER"_s, root);
            environment.insert(u"PARALLAX_FAULT_AT"_s, QString::number(at));
            environment.insert(u"PARALLAX_FAULT_ERRNO"_s, QString::number(ENOSPC));
            QProcess process;
            process.setProcessEnvironment(environment);
            process.setWorkingDirectory(root);
            process.start(test::binaryPath(u"app/parallax-cli"_s),
                          {u"--quiet"_s, u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u"m"_s});
            QVERIFY(process.waitForFinished(60'000));
            const QByteArray now = bytesOf(root + u'/' + kFile);
            const QByteArray err = process.readAllStandardError();
            isThrough = process.exitCode() == 0;
            if (isThrough) {
                QVERIFY(now.contains("mirror_1"));
                continue;
            }
            QVERIFY2(process.exitCode() == 3, err.constData());
            QVERIFY2(err.count('\n') == 1 && err.startsWith("parallax-cli: "), err.constData());
            QVERIFY(now == kGood || (now.contains("mirror_1") && err.contains("[file-not-synced]")));
            QCOMPARE(QDir(root + u"/endpoints"_s).entryList(QDir::Files | QDir::Hidden).size(), 1);
        }
    }
};

PARALLAX_TEST_MAIN(TestCliBad)
#include "tst_cli_bad.moc"
