// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the completion scripts offer, asked of the program and of bash itself.
#include "base/files.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::runCli;

class TestCliCompletion : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = test::freshFolder(u"completion"_s);
        VERIFY_OK(base::makePath(m_root + u"/endpoints"_s));
        for (const QString &name : {u"pricing"_s, u"pricing_shadow"_s, u"churn"_s})
            VERIFY_OK(base::saveFile(m_root + u"/endpoints/%1.yaml"_s.arg(name),
                                     "backends:\n  one: {deployment: {branch: main, name: v1, version: 1}}\n"
                                     "mirrors:\n  mirror_1: {deployment: {branch: main, name: v2, version: 1}}\n"
                                     "schemaVersion: 1\n"));
        for (const QString &name : {u"v1"_s, u"v2"_s})
            VERIFY_OK(base::makePath(m_root + u"/deployments/"_s + name));
        VERIFY_OK(base::saveFile(m_root + u"/deployments/v1/source.py"_s, "def f(): pass\n"));
        VERIFY_OK(base::saveFile(m_root + u"/deployments/v2/source.py"_s, "def f(): pass\n"));
        for (const QStringList &command :
             {QStringList{u"init"_s, u"--quiet"_s}, QStringList{u"add"_s, u"."_s},
              QStringList{u"commit"_s, u"--quiet"_s, u"-m"_s, u"a"_s}, QStringList{u"branch"_s, u"feature/x"_s}})
            (void)test::runGit(command, m_root);
    }

    void theProgramKnows_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("command") << QStringList{u"mir"_s} << QStringList{u"mirror"_s};
        QTest::newRow("subcommand") << QStringList{u"mirror"_s, u""_s} << QStringList{u"add"_s, u"set"_s, u"remove"_s};
        QTest::newRow("endpoint") << QStringList{u"mirror"_s, u"add"_s, u"pri"_s}
                                  << QStringList{u"pricing"_s, u"pricing_shadow"_s};
        QTest::newRow("endpoint of an option")
            << QStringList{u"replay"_s, u"x"_s, u"--endpoint"_s, u"c"_s} << QStringList{u"churn"_s};
        QTest::newRow("deployment") << QStringList{u"mirror"_s, u"add"_s, u"pricing"_s, u"--deployment"_s, u""_s}
                                    << QStringList{u"v1"_s, u"v2"_s};
        QTest::newRow("version") << QStringList{u"mirror"_s, u"add"_s,       u"pricing"_s, u"--deployment"_s,
                                                u"v1"_s,     u"--version"_s, u""_s}
                                 << QStringList{u"latest"_s, u"1"_s};
        QTest::newRow("branch") << QStringList{u"deployments"_s, u"--branch"_s, u"f"_s} << QStringList{u"feature/x"_s};
        QTest::newRow("mirror") << QStringList{u"mirror"_s, u"remove"_s, u"pricing"_s, u"--name"_s, u""_s}
                                << QStringList{u"mirror_1"_s};
        QTest::newRow("backend") << QStringList{u"backend"_s, u"set"_s, u"pricing"_s, u""_s} << QStringList{u"one"_s};
        QTest::newRow("new backend") << QStringList{u"backend"_s, u"add"_s, u"pricing"_s, u""_s} << QStringList();
        QTest::newRow("option") << QStringList{u"format"_s, u"--ch"_s} << QStringList{u"--check"_s};
        QTest::newRow("given option") << QStringList{u"format"_s, u"--check"_s, u"--ch"_s} << QStringList();
        QTest::newRow("global flag first")
            << QStringList{u"--json"_s, u"endpoint"_s, u"sh"_s} << QStringList{u"show"_s};
        QTest::newRow("files") << QStringList{u"validate"_s, u"a"_s, u""_s} << QStringList{u":files"_s};
        QTest::newRow("folders") << QStringList{u"endpoint"_s, u"list"_s, u"--repo"_s, u""_s}
                                 << QStringList{u":folders"_s};
        QTest::newRow("shell") << QStringList{u"completion"_s, u"f"_s} << QStringList{u"fish"_s};
    }
    void theProgramKnows()
    {
        QFETCH(QStringList, words);
        QFETCH(QStringList, expected);
        const test::CliResult result = runCli(QStringList{u"completion"_s, u"--complete"_s, u"--"_s} + words, m_root);
        QCOMPARE(result.exitCode, 0);
        QStringList found;
        for (const QString &line : QString::fromUtf8(result.out).split(u'\n', Qt::SkipEmptyParts))
            found += line.section(u'\t', 0, 0);
        QCOMPARE(found, expected);
    }

    void bashCompletes()
    {
        const QString bash = QStandardPaths::findExecutable(u"bash"_s);
        if (bash.isEmpty())
            QSKIP("bash is absent");
        const auto ask = [&](const QString &words, int cursor) {
            QProcess process;
            process.setWorkingDirectory(m_root);
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"CLI"_s, test::binaryPath(u"app/parallax-cli"_s));
            process.setProcessEnvironment(environment);
            process.start(bash,
                          {u"--norc"_s, u"-c"_s,
                           u"parallax-cli() { \"$CLI\" \"$@\"; }; source <(parallax-cli completion bash) || exit 9; "
                           "COMP_WORDS=(%1); COMP_CWORD=%2; _parallax_cli; printf '%s\\n' \"${COMPREPLY[@]}\""_s
                               .replace(u"%1"_s, words)
                               .replace(u"%2"_s, QString::number(cursor))});
            process.waitForFinished(60'000);
            return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
        };
        QCOMPARE(ask(u"parallax-cli end"_s, 1), QStringList{u"endpoint"_s});
        QCOMPARE(ask(u"parallax-cli mirror add pricing_"_s, 3), QStringList{u"pricing_shadow"_s});
        QCOMPARE(ask(u"parallax-cli mirror add pricing --deployment ''"_s, 5), QStringList({u"v1"_s, u"v2"_s}));
        QCOMPARE(ask(u"parallax-cli validate endpo"_s, 2), QStringList{u"endpoints"_s});
    }

    void everyShellsScriptParses_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char *shell : {"bash", "zsh", "fish"})
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }
    void everyShellsScriptParses()
    {
        QFETCH(QString, shell);
        const test::CliResult script = runCli({u"completion"_s, shell});
        QCOMPARE(script.exitCode, 0);
        QVERIFY(script.out.contains("parallax-cli"));
        const QString program = QStandardPaths::findExecutable(shell);
        if (program.isEmpty())
            QSKIP("this shell is not installed");
        QProcess process;
        process.start(program, {u"-n"_s});
        process.write(script.out);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(process.exitCode(), 0);
    }

    void anUnknownShellIsAUsageError()
    {
        QCOMPARE(runCli({u"completion"_s, u"tcsh"_s}).exitCode, 2);
        QCOMPARE(runCli({u"completion"_s}).exitCode, 2);
    }

private:
    QString m_root;
};

PARALLAX_TEST_MAIN(TestCliCompletion)
#include "tst_cli_completion.moc"
