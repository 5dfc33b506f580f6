// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program as an outside driver sees it, by accessible names alone: a mirror is added and saved, and the whole way
// from the example to two answers beside each other, and a replay with all its buttons. pyatspi is among the packages
// of installer/setup.
#include "app/example/example.h"
#include "resources/resources.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestE2eAccessible : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void anOutsideDriverAddsAMirrorAndSaves()
    {
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        const Outcome outcome = drive({u"--workspace"_s, made->workspace}, u"addmirror.py"_s,
                                      {u"pricing_optimizer"_s, u"pricing_model_v2"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.said.constData());
        QVERIFY2(outcome.said.contains("mirror_1, pricing_model_v2, main, latest"), outcome.said.constData());
        QCOMPARE(test::runGit({u"diff"_s, u"--numstat"_s}, made->workspace),
                 QByteArray("6\t0\tendpoints/pricing_optimizer.yaml"));
        QCOMPARE(outcome.complaints, QByteArray());
    }

    void editingByKeyboardByMouseAndBesideAnotherProgram()
    {
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        const Outcome outcome = drive({u"--workspace"_s, made->workspace}, u"editing.py"_s, {made->workspace});
        QVERIFY2(outcome.exitCode == 0, outcome.said.constData());
        QVERIFY2(outcome.said.contains("\ndone"), outcome.said.constData());
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s}, made->workspace), QByteArray());
        QCOMPARE(outcome.complaints, QByteArray());
    }

    void fromTheExampleToOnePairSideBySide()
    {
        const Outcome outcome =
            drive({}, u"journey.py"_s, {test::sourcePath(u"resources/example/traffic/diamonds.ndjson"_s)});
        QVERIFY2(outcome.exitCode == 0, outcome.said.constData());
        QVERIFY2(outcome.said.contains("\ndone"), outcome.said.constData());
        QCOMPARE(outcome.complaints, QByteArray());
    }

    void aReplayIsPausedStoppedAndRepeatedFromOutside()
    {
        const Outcome outcome = drive({u"--example"_s}, u"replay.py"_s, {});
        QVERIFY2(outcome.exitCode == 0, outcome.said.constData());
        QVERIFY2(outcome.said.contains("\ndone"), outcome.said.constData());
        QCOMPARE(outcome.complaints, QByteArray());
    }

private:
    struct Outcome
    {
        int exitCode = -1;
        QByteArray said;       ///< by the driver
        QByteArray complaints; ///< by the program, on stderr
    };

    /// The program and its driver, to the driver's end. The program ends with SIGTERM and must end well.
    Outcome drive(const QStringList &arguments, const QString &script, const QStringList &scriptArguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
        environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
        // Each journey is a user's first: no folder of the one before comes back.
        const QString home = test::freshFolder(u"home"_s);
        environment.insert(u"XDG_STATE_HOME"_s, home + u"/state"_s);
        environment.insert(u"XDG_CONFIG_HOME"_s, home + u"/config"_s);
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(test::binaryPath(u"app/parallax"_s), arguments);
        Outcome outcome;
        if (!program.waitForStarted(30'000))
            return outcome;
        QProcess driver;
        driver.setProcessEnvironment(environment);
        driver.setProcessChannelMode(QProcess::MergedChannels);
        driver.start(u"/usr/bin/python3"_s, // the one that Debian's pyatspi belongs to
                     QStringList{test::sourcePath(u"tests/e2e/"_s + script)} + scriptArguments);
        const bool isDone = driver.waitForFinished(400'000);
        outcome.said = driver.readAll();
        outcome.exitCode = isDone ? driver.exitCode() : -1;
        program.terminate();
        if (!program.waitForFinished(30'000)) {
            program.kill();
            program.waitForFinished();
        }
        outcome.complaints = program.readAllStandardError();
        return outcome;
    }
};

PARALLAX_TEST_MAIN(TestE2eAccessible)
#include "tst_e2e_accessible.moc"
