// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The life of the real window, driven from outside: two instances, a crash and what comes back, the keyboard alone; and
// a mirror added and saved in dark, at 200 per cent, with text of 200 per cent and in the smallest window.
#include "app/example/example.h"
#include "resources/resources.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QProcess>
#include <QSettings>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestE2eShell : public test::TestCase
{
    Q_OBJECT

    QString m_workspace;
    QProcessEnvironment m_environment;

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void init()
    {
        test::TestCase::init();
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        m_workspace = made->workspace;
        // Each journey is a user's first.
        const QString home = test::freshFolder(u"home"_s);
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
        m_environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
        for (const auto &[variable, folder] :
             {std::pair{u"XDG_CONFIG_HOME"_s, u"/config"_s}, std::pair{u"XDG_STATE_HOME"_s, u"/state"_s},
              std::pair{u"XDG_DATA_HOME"_s, u"/data"_s}})
            m_environment.insert(variable, home + folder);
        QVERIFY(QDir().mkpath(home + u"/config/parallax"_s));
        QSettings kept(home + u"/config/parallax/parallax.conf"_s, QSettings::IniFormat);
        kept.setValue(u"preferences/listen"_s, u"127.0.0.1:0"_s); // others may have 8080
        if (QByteArray(QTest::currentDataTag()) == "text of 200 per cent")
            kept.setValue(u"preferences/zoom"_s, 200);
    }

    void twoStartsAreOneWindowAndTwoWritersAreNone() { drive(u"instances"_s); }

    void aCrashLosesNothingAndStartsNothing() { drive(u"crash"_s); }

    void theKeyboardAloneGoesTheWholeWay() { drive(u"keyboard"_s); }

    void aMirrorIsAddedAndSaved_data()
    {
        QTest::addColumn<QString>("scale");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("dark") << u"1"_s << QStringList{u"--dark"_s};
        QTest::newRow("200 per cent") << u"2"_s << QStringList{u"--light"_s};
        QTest::newRow("text of 200 per cent") << u"1"_s << QStringList{u"--light"_s};
        QTest::newRow("smallest window") << u"1"_s
                                         << QStringList{u"--light"_s, u"-qwindowgeometry"_s, u"1024x640+0+0"_s};
    }
    void aMirrorIsAddedAndSaved()
    {
        QFETCH(const QString, scale);
        QFETCH(const QStringList, arguments);
        m_environment.insert(u"QT_SCALE_FACTOR"_s, scale);
        QProcess program;
        program.setProcessEnvironment(m_environment);
        program.start(test::binaryPath(u"app/parallax"_s), QStringList{u"--workspace"_s, m_workspace} + arguments);
        QVERIFY(program.waitForStarted(30'000));
        const auto [code, said] = run(u"addmirror.py"_s, {u"pricing_optimizer"_s, u"pricing_model_v2"_s});
        program.terminate();
        QVERIFY(program.waitForFinished(30'000));
        QVERIFY2(code == 0, said.constData());
        QCOMPARE(test::runGit({u"diff"_s, u"--numstat"_s}, m_workspace),
                 QByteArray("6\t0\tendpoints/pricing_optimizer.yaml"));
        QCOMPARE(program.readAllStandardError(), QByteArray());
    }

private:
    std::pair<int, QByteArray> run(const QString &script, const QStringList &arguments)
    {
        QProcess driver;
        driver.setProcessEnvironment(m_environment);
        driver.setProcessChannelMode(QProcess::MergedChannels);
        driver.start(u"/usr/bin/python3"_s, // the one that Debian's pyatspi belongs to
                     QStringList{test::sourcePath(u"tests/e2e/"_s + script)} + arguments);
        const bool isDone = driver.waitForFinished(400'000);
        return {isDone ? driver.exitCode() : -1, driver.readAll()};
    }

    void drive(const QString &journey)
    {
        const auto [code, said] = run(u"shell.py"_s, {journey, test::binaryPath(u"app/parallax"_s), m_workspace});
        QVERIFY2(code == 0, said.constData());
        QVERIFY2(said.endsWith("done\n"), said.constData());
    }
};

PARALLAX_TEST_MAIN(TestE2eShell)
#include "tst_e2e_shell.moc"
