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

#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestE2eEdit : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void editsByKeyboardAndByMouseAndGoesBack_data()
    {
        QTest::addColumn<int>("journey");
        for (int i = 0; i < m_journeys.size(); ++i)
            QTest::newRow(m_journeys.at(i).name) << i;
    }
    void editsByKeyboardAndByMouseAndGoesBack()
    {
        QFETCH(const int, journey);
        start(journey);
        start(journey + 1); // on a screen of its own, while this one waits for its window
        Run &run = m_runs[journey];
        QVERIFY(run.driver && run.driver->waitForFinished(400'000));
        const QByteArray said = run.driver->readAllStandardOutput();
        const QByteArray complaints = run.driver->readAllStandardError();
        QVERIFY2(run.driver->exitCode() == 0 && said.endsWith("done\n"), QByteArray(said + complaints).constData());
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s}, run.workspace), QByteArray());
        QVERIFY2(!complaints.contains("QObject") && !complaints.contains("QWidget"), complaints.constData());
    }

private:
    struct Journey
    {
        const char *name;
        QString program;
        QString screen;
        QString scale;
        QStringList arguments;
    };
    struct Run
    {
        std::unique_ptr<QProcess> driver;
        QString workspace;
    };

    void start(int journey)
    {
        if (journey >= m_journeys.size() || m_runs[journey].driver)
            return;
        const Journey &wanted = m_journeys.at(journey);
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        QProcessEnvironment environment = environmentOfAFirstStart(wanted);
        environment.insert(u"PARALLAX_SCREEN"_s, wanted.screen);
        environment.insert(u"QT_SCALE_FACTOR"_s, wanted.scale);
        if (wanted.program.endsWith("pseudo"_L1))
            environment.insert(u"PARALLAX_PSEUDO"_s, u"1"_s);
        Run &run = m_runs[journey];
        run.workspace = made->workspace;
        run.driver = std::make_unique<QProcess>();
        run.driver->setProcessEnvironment(environment);
        run.driver->start(test::sourcePath(u"tests/support/with-display"_s), // a screen of that size
                          QStringList{u"/usr/bin/python3"_s, test::sourcePath(u"tests/e2e/everywhere.py"_s),
                                      test::binaryPath(wanted.program), made->workspace} +
                              wanted.arguments);
    }

    static QProcessEnvironment environmentOfAFirstStart(const Journey &journey)
    {
        const QString home = test::freshFolder(u"home"_s);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
        environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
        for (const auto &[variable, folder] :
             {std::pair{u"XDG_CONFIG_HOME"_s, u"/config"_s}, std::pair{u"XDG_STATE_HOME"_s, u"/state"_s},
              std::pair{u"XDG_DATA_HOME"_s, u"/data"_s}})
            environment.insert(variable, home + folder);
        if (QDir().mkpath(home + u"/config/parallax"_s) && QByteArrayView(journey.name) == kLargeText) {
            QSettings kept(home + u"/config/parallax/parallax.conf"_s, QSettings::IniFormat);
            kept.setValue(u"preferences/zoom"_s, 200);
        }
        return environment;
    }

    static constexpr auto kLargeText = "text of 200 per cent";
    const QString m_parallax = u"app/parallax"_s;
    const QString m_usual = u"1600x1000x24"_s;
    const QList<Journey> m_journeys{
        {"smallest window",
         m_parallax,
         u"1040x690x24"_s,
         u"1"_s,
         {u"--light"_s, u"-qwindowgeometry"_s, u"1024x640+0+0"_s}},
        {"200 per cent", m_parallax, u"2880x1850x24"_s, u"2"_s, {u"--light"_s}},
        {kLargeText, m_parallax, m_usual, u"1"_s, {u"--light"_s}},
        {"dark", m_parallax, m_usual, u"1"_s, {u"--dark"_s}},
        {"the language that does not exist", u"tests/e2e/parallax_pseudo"_s, m_usual, u"1"_s, {u"--light"_s}}};
    std::map<int, Run> m_runs;
};

PARALLAX_TEST_MAIN(TestE2eEdit)
#include "tst_e2e_edit.moc"
