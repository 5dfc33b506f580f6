// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// SIGKILL at random moments of a loop that saves fifty files: each of them is whole afterwards.
#include "base/files.h"
#include "support/testmain.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

constexpr int kFiles = 50;
constexpr int kKills = 200;
constexpr auto kLoop = "--save-loop";

QString pathOf(const QString &folder, int file)
{
    return folder + u"/endpoint_%1.yaml"_s.arg(file);
}

/// A text whose length and every line depend on the file and the generation.
QByteArray textOf(int file, int generation)
{
    const QByteArray line =
        "# file " + QByteArray::number(file) + " generation " + QByteArray::number(generation) + '\n';
    return line.repeated(1 + (file * 37 + generation * 101) % 700);
}

int generationOf(const QByteArray &text)
{
    const QByteArray line = text.left(text.indexOf('\n'));
    return line.mid(line.lastIndexOf(' ') + 1).toInt();
}

int saveForEver(const QString &folder, int generation)
{
    while (true) {
        ++generation;
        for (int file = 0; file < kFiles; ++file) {
            if (!base::saveFile(pathOf(folder, file), textOf(file, generation)))
                return 1;
            if (file == 0 && ::write(STDOUT_FILENO, ".", 1) != 1)
                return 1;
        }
    }
}

} // namespace

class TestBaseKill : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aKilledSaveLeavesWholeFiles()
    {
        const QString folder = test::freshFolder(u"kill"_s);
        QRandomGenerator random(4);
        int generation = 1;
        for (int file = 0; file < kFiles; ++file)
            VERIFY_OK(base::saveFile(pathOf(folder, file), textOf(file, generation)));
        QSet<int> seen;
        for (int kill = 0; kill < kKills; ++kill) {
            QProcess process;
            process.start(QCoreApplication::applicationFilePath(),
                          {QLatin1StringView(kLoop), folder, QString::number(generation)});
            QVERIFY(process.waitForReadyRead(20'000)); // the loop runs
            ::usleep(static_cast<useconds_t>(random.bounded(12'000)));
            process.kill();
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
            for (int file = 0; file < kFiles; ++file) {
                const Result<QByteArray> bytes = base::readFile(pathOf(folder, file), 1'000'000);
                VERIFY_OK(bytes);
                const int own = generationOf(*bytes);
                QVERIFY2(own > 0 && *bytes == textOf(file, own), qPrintable(pathOf(folder, file)));
                generation = qMax(generation, own);
            }
            seen.insert(generation);
        }
        QVERIFY(seen.size() > 1);
        // A kill between the naming of the new bytes and their renaming leaves a file beside the old one: whole, at
        // most one for a kill, and seldom.
        int strays = 0;
        const QStringList left = QDir(folder).entryList(QDir::Files | QDir::Hidden);
        for (const QString &name : left) {
            const Result<QByteArray> bytes = base::readFile(folder + u'/' + name, 1'000'000);
            VERIFY_OK(bytes);
            const int own = generationOf(*bytes);
            bool isWhole = false;
            for (int file = 0; file < kFiles; ++file) {
                isWhole = isWhole || *bytes == textOf(file, own);
                strays -= pathOf(folder, file) == folder + u'/' + name ? 1 : 0;
            }
            QVERIFY2(own > 0 && isWhole, qPrintable(name));
            ++strays;
        }
        qInfo("%d kills, %d generations, %d files beside the %d", kKills, int(seen.size()), strays, kFiles);
        QVERIFY(strays <= kKills / 10);
    }
};

int main(int argc, char **argv)
{
    if (argc == 4 && qstrcmp(argv[1], kLoop) == 0)
        return saveForEver(QString::fromLocal8Bit(argv[2]), QByteArray(argv[3]).toInt());
    const test::TestEnvironment environment;
    QCoreApplication application(argc, argv);
    TestBaseKill test;
    const int failures = QTest::qExec(&test, argc, argv);
    return failures != 0 ? failures : test::TestEnvironment::unexpectedWarnings() != 0 ? 1 : 0;
}
#include "tst_base_kill.moc"
