// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "repository/errors.h"
#include "support/testmain.h"
#include "targets/errors.h"
#include "targets/targetrunner.h"
#include "unit/repository/samples.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpSocket>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::targets;
using endpoints::DeploymentRef;

namespace {

// A busy machine takes many seconds to start a Python; nothing here waits longer than it must.
constexpr int kPatienceMs = 60'000;

QString runnerScript()
{
    return test::sourcePath(u"resources/python/parallax_runner.py"_s);
}

repository::BuildCommit version(int n)
{
    return test::commit(u"main"_s, u"Deployed `price`"_s,
                        {{u"deployments/price/source.py"_s,
                          "def price(carat, cut):\n    return {'version': " + QByteArray::number(n) + "}\n"},
                         {u"deployments/price/metadata.yaml"_s, test::kMetadata},
                         {u"deployments/broken/source.py"_s, "import a_module_that_does_not_exist\n"},
                         {u"deployments/broken/metadata.yaml"_s, test::kMetadata},
                         {u"deployments/nameless/source.py"_s, "x = 1\n"},
                         {u"deployments/nameless/metadata.yaml"_s, "schemaVersion: 2\n"},
                         {u"deployments/sourceless/metadata.yaml"_s, test::kMetadata}});
}

/// Body of the answer to a POST, empty when there is none.
QByteArray post(const Upstream &upstream, const QByteArray &body)
{
    QTcpSocket socket;
    socket.connectToHost(upstream.host, upstream.port);
    if (!socket.waitForConnected(kPatienceMs))
        return {};
    socket.write("POST " + upstream.path + " HTTP/1.1\r\nHost: " + upstream.authority + "\r\nConnection: close\r\n" +
                 "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    while (socket.waitForReadyRead(kPatienceMs)) {
    }
    const QByteArray answer = socket.readAll();
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

/// Whether there is such a process; one that only waits to be collected does not count.
bool isAlive(qint64 id)
{
    QFile file(u"/proc/%1/stat"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray stat = file.readAll();
    return stat.mid(stat.lastIndexOf(')') + 2, 1) != "Z";
}

/// A runner with what it said, by `ref`.
struct Session
{
    Session(const QString &folder, const QByteArray &targets)
        : runner(*repository::Repository::discover(folder), secrets,
                 {runnerScript(), test::freshFolder(u"cache"_s), std::chrono::milliseconds(kPatienceMs)})
    {
        TargetsFile file = TargetsFile::read("schemaVersion: 1\ntargets:\n" + targets, TargetsFile::path());
        if (file.hasErrors())
            qCritical("%s", qPrintable(wording::line(file.findings.first().error)));
        runner.setTargets(std::move(file));
        QObject::connect(&runner, &TargetRunner::ready, &runner,
                         [this](const DeploymentRef &ref, const Upstream &upstream) {
                             results.insert(ref.toString(), upstream);
                             ++signalCount;
                         });
        QObject::connect(&runner, &TargetRunner::failed, &runner, [this](const DeploymentRef &ref, const Error &error) {
            results.insert(ref.toString(), fail(error));
            ++signalCount;
        });
    }

    /// Prepares these and waits for all answers.
    bool prepare(const QStringList &refs)
    {
        QList<DeploymentRef> list;
        for (const QString &ref : refs)
            list.append(DeploymentRef::fromString(ref));
        const int expected = signalCount + static_cast<int>(refs.size());
        runner.prepare(list);
        return QTest::qWaitFor([&] { return signalCount >= expected; }, kPatienceMs);
    }
    [[nodiscard]] Result<Upstream> result(const QString &ref) const
    {
        return results.value(DeploymentRef::fromString(ref).toString());
    }

    EnvironmentSecretStore secrets;
    QHash<QString, Result<Upstream>> results;
    int signalCount = 0;
    TargetRunner runner;
};

const QByteArray kFromSource = "  - match: {}\n    source: {python: python3}\n";

} // namespace

class TestTargetsRunner : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"python3"_s).isEmpty())
            QSKIP("needs python3");
    }

    void runsVersionsFromTheirSource()
    {
        const QString folder = test::makeRepository({version(1), version(2), version(3)});
        test::writeFile(folder + u"/deployments/price/source.py"_s, "def price(carat, cut):\n    return 'disk'\n");
        QList<qint64> processes;
        {
            Session session(folder, kFromSource);
            QVERIFY(session.prepare({u"price:1"_s, u"price:2"_s, u"price"_s, u"price:worktree"_s}));
            const QByteArray request = R"({"data": [1.5, "Ideal"]})";
            for (const auto &[ref, answer] : {std::pair(u"price:1"_s, R"({"data": {"version": 1}})"),
                                              std::pair(u"price:2"_s, R"({"data": {"version": 2}})"),
                                              std::pair(u"price"_s, R"({"data": {"version": 3}})"),
                                              std::pair(u"price:worktree"_s, R"({"data": "disk"})")}) {
                VERIFY_OK(session.result(ref));
                QCOMPARE(QJsonDocument::fromJson(post(*session.result(ref), request)), QJsonDocument::fromJson(answer));
                QCOMPARE(*session.runner.upstream(DeploymentRef::fromString(ref)), *session.result(ref));
            }
            processes = session.runner.processIds();
            QCOMPARE(processes.size(), 4);
            // Asked again it is the same process; what is no longer wanted ends.
            QVERIFY(session.prepare({u"price:1"_s}));
            QCOMPARE(session.runner.processIds(), processes);
            session.runner.retain({DeploymentRef::fromString(u"price:1"_s)});
            QTRY_COMPARE_WITH_TIMEOUT(session.runner.processIds().size(), 1, kPatienceMs);
        }
        for (const qint64 id : processes)
            QVERIFY(!isAlive(id));
        QVERIFY(QDir(folder + u"/deployments/price"_s).entryList({u"__pycache__"_s}).isEmpty());
    }

    void saysWhyASourceDoesNotRun_data()
    {
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("code");
        QTest::newRow("import") << u"broken"_s << kDidNotStart.toString();
        QTest::newRow("main function") << u"nameless"_s << kNoMainFunction.toString();
        QTest::newRow("source") << u"sourceless"_s << kNoSource.toString();
        QTest::newRow("deployment") << u"none"_s << repository::kNoSuchDeployment.toString();
        QTest::newRow("version") << u"price:9"_s << repository::kNoSuchVersion.toString();
    }

    void saysWhyASourceDoesNotRun()
    {
        QFETCH(QString, ref);
        QFETCH(QString, code);
        Session session(test::makeRepository({version(1)}), kFromSource);
        QVERIFY(session.prepare({ref}));
        const Result<Upstream> result = session.result(ref);
        QVERIFY(!result);
        QCOMPARE(result.error().code.toString(), code);
        if (result.error().code == kDidNotStart) {
            QVERIFY(result.error().args.value(u"lines"_s).toString().contains(u"a_module_that_does_not_exist"));
            QCOMPARE(result.error().args.value(u"exit"_s).toInt(), 1);
        }
        QVERIFY(!session.runner.upstream(DeploymentRef::fromString(ref)));
    }

    void saysWhatIsMissing()
    {
        Session session(test::makeRepository({version(1)}), R"(  - match: {deployment: a}
    source: {python: python-that-is-not-there}
  - match: {deployment: b}
    process: {command: [program-that-is-not-there]}
  - match: {deployment: c}
    process: {command: ["true"], workingDirectory: nowhere}
  - match: {deployment: d}
    url: http://127.0.0.1:1/
    headers: {X: "${secret:none}"}
)");
        QVERIFY(session.prepare({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}));
        QCOMPARE(session.result(u"a"_s).error().code, kNoPython);
        QVERIFY(wording::advice(session.result(u"a"_s).error()).contains(u"simulate"));
        QCOMPARE(session.result(u"b"_s).error().code, kProgramMissing);
        QCOMPARE(session.result(u"c"_s).error().code, base::kFileNotFound);
        QCOMPARE(session.result(u"d"_s).error().code, kSecretMissing);
        QCOMPARE(session.result(u"d"_s).error().where.line, 9);
        QCOMPARE(session.result(u"e"_s).error().code, kNotConfigured);
        QVERIFY(wording::text(session.result(u"e"_s).error()).contains(u"e@main:latest"));
        QVERIFY(session.runner.processIds().isEmpty());
    }

    void startsNothingForWhatRunsElsewhere()
    {
        Session session(test::makeRepository({version(1)}), R"(  - match: {deployment: a}
    url: http://127.0.0.1:9001/v1/{deployment}
  - match: {deployment: b}
    static: {body: {data: 0}}
)");
        QVERIFY(session.prepare({u"a"_s, u"b"_s}));
        QCOMPARE(session.result(u"a"_s)->path, QByteArray("/v1/a"));
        QVERIFY(session.result(u"b"_s)->staticAnswer.has_value());
        QVERIFY(session.runner.processIds().isEmpty());
    }

    void startsAProcessOnAFreePort()
    {
        const QString folder = test::makeRepository({version(1)});
        test::writeFile(folder + u"/server/index.html"_s, "here");
        qputenv("PARALLAX_SECRET_X", "hidden");
        Session session(folder, R"(  - match: {deployment: a}
    process: {command: [python3, -m, http.server, "{port}", --bind, 127.0.0.1], workingDirectory: server, ready: {path: /index.html, timeout: 60s}}
    headers: {X-From: us}
  - match: {deployment: b}
    process: {command: [sh, -c, "env; exec python3 -m http.server $PORT --bind 127.0.0.1"], ready: {timeout: 60s}}
)");
        QVERIFY(session.prepare({u"a"_s, u"b"_s}));
        qunsetenv("PARALLAX_SECRET_X");
        for (const QString &ref : {u"a"_s, u"b"_s})
            VERIFY_OK(session.result(ref));
        QCOMPARE(session.result(u"a"_s)->headers.value("X-From").toByteArray(), QByteArray("us"));
        QVERIFY(session.result(u"a"_s)->port != session.result(u"b"_s)->port);
        const QStringList lines = session.runner.lastLines(DeploymentRef::fromString(u"b"_s));
        QVERIFY(lines.contains(u"PORT=%1"_s.arg(session.result(u"b"_s)->port)));
        QVERIFY(!lines.join(u'\n').contains(u"hidden"));
        QSignalSpy stopped(&session.runner, &TargetRunner::allStopped);
        session.runner.stopAll();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, kPatienceMs);
        QVERIFY(session.runner.processIds().isEmpty());
    }

    void givesUpOnWhatNeverBecomesReady()
    {
        Session session(test::makeRepository({version(1)}), R"(  - match: {}
    process: {command: [sh, -c, "echo still loading; exec sleep 60"], ready: {path: /, timeout: 1500ms}}
)");
        QVERIFY(session.prepare({u"a"_s}));
        const Error error = session.result(u"a"_s).error();
        QCOMPARE(error.code, kNotReady);
        QCOMPARE(error.args.value(u"lines"_s).toString(), u"still loading"_s);
        QTRY_VERIFY_WITH_TIMEOUT(session.runner.processIds().isEmpty(), kPatienceMs);
    }

    void endsAStubbornProcessAndWhatItStarted()
    {
        const QString folder = test::makeRepository({version(1)});
        const QString note = folder + u"/pids"_s;
        Session session(folder, R"(  - match: {}
    process: {command: [sh, -c, "trap '' TERM; python3 -m http.server $PORT --bind 127.0.0.1 & sleep 100 & echo $$ $! > pids; wait; wait; sleep 100"], ready: {timeout: 60s}}
)");
        QVERIFY(session.prepare({u"a"_s}));
        VERIFY_OK(session.result(u"a"_s));
        const QByteArrayList ids = base::readFile(note, 100)->simplified().split(' ');
        QCOMPARE(ids.size(), 2);
        QSignalSpy stopped(&session.runner, &TargetRunner::allStopped);
        session.runner.stopAll();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, kPatienceMs);
        for (const QByteArray &id : ids)
            QTRY_VERIFY_WITH_TIMEOUT(!isAlive(id.toLongLong()), kPatienceMs);
    }

    void noticesWhenAProcessEnds()
    {
        Session session(test::makeRepository({version(1)}), kFromSource);
        QVERIFY(session.prepare({u"price"_s}));
        QSignalSpy ended(&session.runner, &TargetRunner::ended);
        const qint64 id = session.runner.processIds().first();
        ::kill(static_cast<pid_t>(id), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kPatienceMs);
        const Error error = ended.first().at(1).value<Error>();
        QCOMPARE(error.code, kEnded);
        QCOMPARE(error.args.value(u"exit"_s).toInt(), -SIGKILL);
        QVERIFY(!session.runner.upstream(DeploymentRef::fromString(u"price"_s)));
        QVERIFY(session.prepare({u"price"_s})); // asked for, it starts again
        VERIFY_OK(session.result(u"price"_s));
        QVERIFY(session.runner.processIds().first() != id);
    }

    void replacesWhatWasConfiguredAnew()
    {
        Session session(test::makeRepository({version(1)}), kFromSource);
        QVERIFY(session.prepare({u"price"_s}));
        const QList<qint64> before = session.runner.processIds();
        // A comment above moves every line and changes no target.
        session.runner.setTargets(TargetsFile::read("# new\nschemaVersion: 1\ntargets:\n" + kFromSource, u"f"_s));
        QVERIFY(session.prepare({u"price"_s}));
        QCOMPARE(session.runner.processIds(), before);
        session.runner.setTargets(
            TargetsFile::read("schemaVersion: 1\ntargets:\n  - url: http://127.0.0.1:9/\n", u"f"_s));
        QVERIFY(session.prepare({u"price"_s}));
        QCOMPARE(session.result(u"price"_s)->port, 9);
        QTRY_VERIFY_WITH_TIMEOUT(session.runner.processIds().isEmpty(), kPatienceMs);
    }

    void stopsWhileStarting()
    {
        QList<qint64> processes;
        {
            Session session(test::makeRepository({version(1)}), kFromSource);
            session.runner.prepare({DeploymentRef::fromString(u"price"_s)});
            session.runner.stopAll();
            session.runner.prepare({DeploymentRef::fromString(u"price:1"_s)});
            QTRY_VERIFY_WITH_TIMEOUT(!session.runner.processIds().isEmpty(), kPatienceMs);
            processes = session.runner.processIds();
        }
        for (const qint64 id : processes)
            QVERIFY(!isAlive(id));
    }

    void leavesNoChildWhenKilled()
    {
        const QString folder = test::makeRepository({version(1), version(2)});
        test::writeFile(folder + u"/.parallax/targets.yaml"_s, R"(schemaVersion: 1
targets:
  - match: {deployment: price}
    source: {python: python3}
  - match: {}
    process: {command: [python3, -m, http.server, "{port}", --bind, 127.0.0.1], ready: {timeout: 60s}}
)");
        QProcess helper;
        helper.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        helper.start(test::binaryPath(u"tests/unit/targets/targets_runner_helper"_s),
                     {folder, runnerScript(), u"price:1"_s, u"price:2"_s, u"other"_s});
        QVERIFY(helper.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(helper.canReadLine() || helper.state() == QProcess::NotRunning, kPatienceMs);
        const QByteArrayList ids = helper.readLine().trimmed().split(' ');
        QCOMPARE(ids.size(), 3);
        for (const QByteArray &id : ids)
            QVERIFY(isAlive(id.toLongLong()));
        helper.kill();
        QVERIFY(helper.waitForFinished());
        for (const QByteArray &id : ids)
            QTRY_VERIFY_WITH_TIMEOUT(!isAlive(id.toLongLong()), kPatienceMs);
    }
};

PARALLAX_TEST_MAIN(TestTargetsRunner)
#include "tst_targets_runner.moc"
