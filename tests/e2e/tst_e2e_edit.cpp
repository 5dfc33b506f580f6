// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Edit mode with the keyboard alone and with the mouse alone, and back to the first byte by undoing everything: in
// the smallest window, at 200 per cent, with text of 200 per cent, in dark, and in the language that does not exist.
#include "app/example/example.h"
#include "resources/resources.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QProcess>
#include <QSettings>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestE2eEdit : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void editsByKeyboardAndByMouseAndGoesBack_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("screen");
        QTest::addColumn<QString>("scale");
        QTest::addColumn<QStringList>("arguments");
        const QString parallax = u"app/parallax"_s;
        const QString usual = u"1600x1000x24"_s;
        QTest::newRow("smallest window") << parallax << u"1040x690x24"_s << u"1"_s
                                         << QStringList{u"--light"_s, u"-qwindowgeometry"_s, u"1024x640+0+0"_s};
        QTest::newRow("200 per cent") << parallax << u"2880x1850x24"_s << u"2"_s << QStringList{u"--light"_s};
        QTest::newRow("text of 200 per cent") << parallax << usual << u"1"_s << QStringList{u"--light"_s};
        QTest::newRow("dark") << parallax << usual << u"1"_s << QStringList{u"--dark"_s};
        QTest::newRow("the language that does not exist")
            << u"tests/e2e/parallax_pseudo"_s << usual << u"1"_s << QStringList{u"--light"_s};
    }
    void editsByKeyboardAndByMouseAndGoesBack()
    {
        QFETCH(const QString, program);
        QFETCH(const QString, screen);
        QFETCH(const QString, scale);
        QFETCH(const QStringList, arguments);
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        QProcessEnvironment environment = environmentOfAFirstStart();
        environment.insert(u"PARALLAX_SCREEN"_s, screen);
        environment.insert(u"QT_SCALE_FACTOR"_s, scale);
        if (program.endsWith("pseudo"_L1))
            environment.insert(u"PARALLAX_PSEUDO"_s, u"1"_s);
        QProcess driver;
        driver.setProcessEnvironment(environment);
        driver.start(test::sourcePath(u"tests/support/with-display"_s), // a screen of that size
                     QStringList{u"/usr/bin/python3"_s, test::sourcePath(u"tests/e2e/everywhere.py"_s),
                                 test::binaryPath(program), made->workspace} +
                         arguments);
        QVERIFY(driver.waitForFinished(400'000));
        const QByteArray said = driver.readAllStandardOutput();
        const QByteArray complaints = driver.readAllStandardError();
        QVERIFY2(driver.exitCode() == 0 && said.endsWith("done\n"), QByteArray(said + complaints).constData());
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s}, made->workspace), QByteArray());
        QVERIFY2(!complaints.contains("QObject") && !complaints.contains("QWidget"), complaints.constData());
    }

private:
    static QProcessEnvironment environmentOfAFirstStart()
    {
        const QString home = test::freshFolder(u"home"_s);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
        environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
        for (const auto &[variable, folder] :
             {std::pair{u"XDG_CONFIG_HOME"_s, u"/config"_s}, std::pair{u"XDG_STATE_HOME"_s, u"/state"_s},
              std::pair{u"XDG_DATA_HOME"_s, u"/data"_s}})
            environment.insert(variable, home + folder);
        if (QDir().mkpath(home + u"/config/parallax"_s) &&
            QByteArray(QTest::currentDataTag()) == "text of 200 per cent") {
            QSettings kept(home + u"/config/parallax/parallax.conf"_s, QSettings::IniFormat);
            kept.setValue(u"preferences/zoom"_s, 200);
        }
        return environment;
    }
};

PARALLAX_TEST_MAIN(TestE2eEdit)
#include "tst_e2e_edit.moc"
