// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program as an outside driver sees it: a mirror is added and saved by accessible names alone.
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
        const QString python = u"/usr/bin/python3"_s; // the one that Debian's pyatspi belongs to
        QProcess probe;
        probe.start(python, {u"-c"_s, u"import pyatspi"_s});
        QVERIFY(probe.waitForFinished(30'000));
        QVERIFY2(probe.exitCode() == 0, "python3-pyatspi is missing; installer/setup test installs it");

        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(test::binaryPath(u"app/parallax"_s), {u"--workspace"_s, made->workspace});
        QVERIFY(program.waitForStarted(30'000));

        QProcess driver;
        driver.setProcessEnvironment(environment);
        driver.setProcessChannelMode(QProcess::MergedChannels);
        driver.start(python, {test::sourcePath(u"tests/e2e/addmirror.py"_s), u"pricing_optimizer"_s, u"pricing_model_v2"_s});
        QVERIFY(driver.waitForFinished(150'000));
        const QByteArray said = driver.readAll();
        const QByteArray numstat = test::runGit({u"diff"_s, u"--numstat"_s}, made->workspace);
        program.terminate();
        if (!program.waitForFinished(20'000))
            program.kill();
        const QByteArray complaints = program.readAllStandardError();
        QVERIFY2(driver.exitCode() == 0, said.constData());
        QVERIFY2(said.contains("mirror_1, pricing_model_v2, main, latest"), said.constData());
        QCOMPARE(numstat, QByteArray("6\t0\tendpoints/pricing_optimizer.yaml"));
        QCOMPARE(complaints, QByteArray());
    }
};

PARALLAX_TEST_MAIN(TestE2eAccessible)
#include "tst_e2e_accessible.moc"
