// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The main job, once through: serve, mirror, capture, replay, compare, on the example and on faults.
#include "app/example/example.h"
#include "base/files.h"
#include "repository/repositorybuilder.h"
#include "resources/resources.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::runCli;

namespace {

const QByteArray kStone =
    R"({"data": {"carat": 0.5, "cut": "Ideal", "color": "G", "clarity": "VS1", "depth": 61, "table": 55, )"
    R"("x": 5.1, "y": 5.1, "z": 3.1}})";
const QByteArray kSourceTargets = "schemaVersion: 1\ntargets:\n  - match: {}\n    source: {python: python3}\n";

/// A repository whose endpoint `pricing` answers from `url` and mirrors to `mirrorUrl`.
QString repositoryWithTargets(const QString &url, const QString &mirrorUrl)
{
    const QString root = test::freshFolder(u"targets"_s);
    [[maybe_unused]] Status status = base::makePath(root + u"/endpoints"_s);
    status = base::makePath(root + u"/.parallax"_s);
    status = base::saveFile(
        root + u"/endpoints/pricing.yaml"_s,
        "backends:\n  alias:\n    deployment:\n      branch: main\n      name: one\n      version: latest\n"
        "mirrors:\n  mirror_1:\n    deployment:\n      branch: main\n      name: two\n      version: latest\n"
        "schemaVersion: 1\n");
    status = base::saveFile(
        root + u"/.parallax/targets.yaml"_s,
        u"schemaVersion: 1\ntargets:\n  - match: {deployment: one}\n    url: %1\n  - match: {deployment: two}\n    url: %2\n"_s
            .arg(url, mirrorUrl)
            .toUtf8());
    return root;
}

bool isAlive(qint64 pid)
{
    return ::kill(static_cast<pid_t>(pid), 0) == 0;
}

QList<qint64> childrenOf(qint64 pid)
{
    QProcess process;
    process.start(u"pgrep"_s, {u"-P"_s, QString::number(pid)});
    process.waitForFinished();
    QList<qint64> children;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            children += line.toLongLong();
    }
    return children;
}

/// Median time of 21 answers in ns; -1 when one was no 200.
qint64 medianTime(quint16 port, const QByteArray &path)
{
    std::vector<qint64> times;
    for (int i = 0; i < 21; ++i) {
        QElapsedTimer timer;
        timer.start();
        int status = 0;
        (void)test::httpPost(port, path, R"({"data": 1})", &status);
        if (status != 200)
            return -1;
        times.push_back(timer.nsecsElapsed());
    }
    std::nth_element(times.begin(), times.begin() + 10, times.end());
    return times[10];
}

} // namespace

class TestCliJob : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        resources::initialise();
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        m_workspace = made->workspace;
        m_traffic = made->traffic;
    }

    void demoFindsWhatThereIs()
    {
        const QString out = test::freshFolder(u"demo"_s);
        const test::CliResult result = runCli({u"--json"_s, u"demo"_s, u"--out"_s, out}, {}, {}, 120);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const QJsonObject object = result.json().object();
        QCOMPARE(object.value(u"requests"_s).toInt(), 200);
        const QJsonObject mirror = object.value(u"mirrors"_s).toObject().value(u"mirror_1"_s).toObject();
        // The first 200 requests of resources/example/README.md, "What there is to find".
        const QJsonObject outcomes = mirror.value(u"outcomes"_s).toObject();
        QCOMPARE(outcomes.value(u"equal"_s).toInt() + outcomes.value(u"equal-by-rule"_s).toInt(), 156);
        QCOMPARE(outcomes.value(u"different"_s).toInt(), 42);
        QCOMPARE(outcomes.value(u"mirror-error"_s).toInt(), 2);
        QCOMPARE(mirror.value(u"verdict"_s).toString(), u"different"_s);
        const QJsonObject replay = object.value(u"replay"_s).toObject();
        QCOMPARE(replay.value(u"planned"_s).toInt(),
                 replay.value(u"sent"_s).toInt() + replay.value(u"dropped"_s).toInt());
        QCOMPARE(replay.value(u"ok"_s).toInt(), 200);
        const QByteArray report = base::readFile(out + u"/report.html"_s, 16 * 1024 * 1024).value_or(QByteArray());
        QVERIFY(report.contains("78.0%") && report.contains("math domain error"));
        QVERIFY(!report.contains("<script"));
    }

    void addingAMirrorToTheExampleIsSixZero()
    {
        const test::CliResult added = runCli(
            {u"mirror"_s, u"add"_s, u"pricing_optimizer"_s, u"--deployment"_s, u"pricing_model_v2"_s}, m_workspace);
        QVERIFY2(added.exitCode == 0, added.err.constData());
        QCOMPARE(test::runGit({u"diff"_s, u"--numstat"_s}, m_workspace),
                 QByteArray("6\t0\tendpoints/pricing_optimizer.yaml"));
        QCOMPARE(runCli({u"mirror"_s, u"remove"_s, u"pricing_optimizer"_s}, m_workspace).exitCode, 0);
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s}, m_workspace), QByteArray());
    }

    void deploymentsComeFromHistory()
    {
        const test::CliResult result = runCli({u"--json"_s, u"deployments"_s, u"--branch"_s, u"main"_s}, m_workspace);
        QCOMPARE(result.exitCode, 0);
        const QJsonArray list = result.json().array();
        QCOMPARE(list.size(), 3);
        const QJsonObject v2 = list.at(1).toObject();
        QCOMPARE(v2.value(u"name"_s).toString(), u"pricing_model_v2"_s);
        QCOMPARE(v2.value(u"versions"_s).toArray().size(), 4);
        QCOMPARE(v2.value(u"versions"_s).toArray().first().toObject().value(u"version"_s).toInt(), 1);
        QCOMPARE(list.at(2).toObject().value(u"archived"_s).toBool(), true);
        QCOMPARE(runCli({u"validate"_s, u"."_s}, m_workspace).exitCode, 0);
    }

    void servesFromSourceRecordsAndCompares()
    {
        const QString capture = test::freshFolder(u"capture"_s) + u"/live.parallax"_s;
        test::CliServer server({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--capture"_s, capture}, m_workspace);
        QVERIFY2(server.isReady(), server.process().readAllStandardError().constData());
        int status = 0;
        const QByteArray answer = test::httpPost(server.port(), "/v1/endpoint/pricing_shadow", kStone, &status);
        QCOMPARE(status, 200);
        QVERIFY2(answer.contains("\"price\""), answer.constData());
        (void)test::httpPost(server.port(), "/v1/endpoint/no_such", kStone, &status);
        QCOMPARE(status, 404);
        QCOMPARE(server.stop(), 0);
        const test::CliResult compared = runCli({u"--json"_s, u"compare"_s, capture}, m_workspace);
        QVERIFY2(compared.exitCode == 0, compared.err.constData());
        QCOMPARE(compared.json().object().value(u"requests"_s).toInt(), 1);
    }

    void aHangingMirrorCostsTheCallerNothing()
    {
        test::CliServer model({u"simulate"_s, u"--latency"_s, u"5ms"_s});
        QVERIFY(model.isReady());
        QTcpServer hanging; // accepts and never answers
        QVERIFY(hanging.listen(QHostAddress::LocalHost, 0));
        test::CliServer server(
            {u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s},
            repositoryWithTargets(model.url() + u"/"_s, u"http://127.0.0.1:%1/"_s.arg(hanging.serverPort())));
        QVERIFY2(server.isReady(), server.process().readAllStandardError().constData());
        const qint64 direct = medianTime(model.port(), "/");
        const qint64 routed = medianTime(server.port(), "/v1/endpoint/pricing");
        QVERIFY(direct > 0 && routed > 0);
        // A mirror that is waited for would cost its deadline of minutes; the margin is for a busy machine.
        QVERIFY2(routed < direct + 50'000'000, qPrintable(u"%1 ns against %2 ns"_s.arg(routed).arg(direct)));
        QCOMPARE(server.stop(), 0);
    }

    void changesAreTakenUpWhileItServes()
    {
        test::CliServer model({u"simulate"_s});
        QVERIFY(model.isReady());
        const QString root = repositoryWithTargets(model.url() + u"/"_s, model.url() + u"/"_s);
        test::CliServer server({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s}, root);
        QVERIFY(server.isReady());
        const QByteArray endpoint = base::readFile(root + u"/endpoints/pricing.yaml"_s, 10'000).value_or(QByteArray());
        VERIFY_OK(base::saveFile(root + u"/endpoints/second.yaml"_s, endpoint));
        const auto statusOf = [&server](const QByteArray &path) {
            int status = 0;
            (void)test::httpPost(server.port(), path, R"({"data": 1})", &status);
            return status;
        };
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/endpoint/second"), 200, 5000);
        // A file that becomes broken keeps its last good state.
        VERIFY_OK(base::saveFile(root + u"/endpoints/pricing.yaml"_s, "backends: [\n"));
        VERIFY_OK(base::saveFile(root + u"/endpoints/third.yaml"_s, endpoint));
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/endpoint/third"), 200, 5000);
        QCOMPARE(statusOf("/v1/endpoint/pricing"), 200);
    }

    void versionsOfOneDeploymentDifferExactlyWhereTheyShould()
    {
        // Version 1 doubles; version 2 doubles too, but adds one for every multiple of five.
        repository::BuildDescription description;
        const auto commit = [&description](const QByteArray &source) {
            repository::BuildCommit one;
            one.branch = u"main"_s;
            one.files = {{u"deployments/twice/source.py"_s, source},
                         {u"deployments/twice/metadata.yaml"_s,
                          "owner: a@example.com\nruntimeInfo:\n  mainFunction: twice\n  mainFunctionArgs:\n    - "
                          "n:int\n  pythonVersion: "
                          "'3.10'\nschemaVersion: 2\n"},
                         {u"endpoints/.gitkeep"_s, ""},
                         {u".parallax/targets.yaml"_s, kSourceTargets}};
            one.subject = u"Deployed `twice`"_s;
            one.author = u"A"_s;
            one.email = u"a@example.com"_s;
            one.time = 1'700'000'000 + description.commits.size();
            description.commits += one;
        };
        commit("def twice(n):\n    return 2 * n\n");
        commit("def twice(n):\n    return 2 * n + (1 if n % 5 == 0 else 0)\n");
        const QString root = test::freshFolder(u"versions"_s) + u"/repo"_s;
        VERIFY_OK(repository::buildRepository(description, root));
        QByteArray requests;
        for (int i = 1; i <= 40; ++i)
            requests += "{\"data\": " + QByteArray::number(i) + "}\n";
        VERIFY_OK(base::saveFile(root + u"/in.ndjson"_s, requests));
        const QString out = root + u"/out.parallax"_s;
        const test::CliResult result = runCli({u"--json"_s, u"replay"_s, u"in.ndjson"_s, u"--primary"_s, u"twice:1"_s,
                                               u"--mirror"_s, u"twice:latest"_s, u"--out"_s, out},
                                              root);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const QJsonObject mirror =
            result.json().object().value(u"mirrors"_s).toObject().value(u"mirror_1"_s).toObject();
        QCOMPARE(mirror.value(u"outcomes"_s).toObject().value(u"equal"_s).toInt(), 32);
        QCOMPARE(mirror.value(u"outcomes"_s).toObject().value(u"different"_s).toInt(), 8);
        const test::CliResult exported =
            runCli({u"export"_s, out, u"--to"_s, u"ndjson"_s, u"--out"_s, root + u"/out.ndjson"_s}, root);
        QVERIFY2(exported.exitCode == 0, exported.err.constData());
        const QByteArray lines = base::readFile(root + u"/out.ndjson"_s, 1'000'000).value_or(QByteArray()).trimmed();
        for (const QByteArray &line : lines.split('\n')) {
            const QJsonObject exchange = QJsonDocument::fromJson(line).object();
            const QByteArray body = exchange.value(u"req"_s).toObject().value(u"body"_s).toString().toUtf8();
            const int n = QJsonDocument::fromJson(body).object().value(u"data"_s).toInt();
            const QString outcome =
                exchange.value(u"res"_s).toObject().value(u"mirror_1"_s).toObject().value(u"outcome"_s).toString();
            QCOMPARE(outcome, n % 5 == 0 ? u"different"_s : u"equal"_s);
        }
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s, u"--untracked-files=no"_s}, root), QByteArray());
        QCOMPARE(runCli({u"compare"_s, out, u"--gate"_s, u"different==0"_s}, root).exitCode, 1);
        QCOMPARE(runCli({u"compare"_s, out, u"--gate"_s, u"different<=8"_s}, root).exitCode, 0);
    }

    void killedItLeavesNoChild()
    {
        test::CliServer server({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s}, m_workspace);
        QVERIFY2(server.isReady(), server.process().readAllStandardError().constData());
        const QList<qint64> children = childrenOf(server.processId());
        QCOMPARE(children.size(), 2);
        server.process().kill();
        QVERIFY(server.process().waitForFinished());
        for (const qint64 child : children)
            QTRY_VERIFY_WITH_TIMEOUT(!isAlive(child), 5000);
    }

    void aPortInUseIsSaidWithItsOwner()
    {
        QTcpServer owner;
        QVERIFY(owner.listen(QHostAddress::LocalHost, 0));
        const QString nowhere = u"http://127.0.0.1:1/"_s;
        const test::CliResult result = runCli({u"serve"_s, u"--listen"_s, u"127.0.0.1:%1"_s.arg(owner.serverPort())},
                                              repositoryWithTargets(nowhere, nowhere));
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.err.contains(QByteArray::number(owner.serverPort())), result.err.constData());
        QVERIFY2(result.err.contains("tst_cli_job"), result.err.constData());
    }

    void aDeploymentThatDoesNotStartShowsItsLastLines()
    {
        const QString root = test::freshFolder(u"broken"_s);
        VERIFY_OK(base::makePath(root + u"/deployments/one"_s));
        VERIFY_OK(base::makePath(root + u"/.parallax"_s));
        VERIFY_OK(base::saveFile(root + u"/deployments/one/source.py"_s, "import no_such_module_at_all\n"));
        VERIFY_OK(base::saveFile(root + u"/deployments/one/metadata.yaml"_s,
                                 "runtimeInfo:\n  mainFunction: f\nschemaVersion: 2\n"));
        VERIFY_OK(base::saveFile(root + u"/.parallax/targets.yaml"_s, kSourceTargets));
        VERIFY_OK(base::saveFile(root + u"/in.ndjson"_s, "{\"data\": 1}\n"));
        const test::CliResult result = runCli({u"replay"_s, u"in.ndjson"_s, u"--primary"_s, u"one:worktree"_s}, root);
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.err.contains("no_such_module_at_all"), result.err.constData());
    }

    void withoutPythonItSaysSo()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, test::freshFolder(u"no programs"_s));
        process.setProcessEnvironment(environment);
        process.start(test::binaryPath(u"app/parallax-cli"_s), {u"demo"_s, u"--out"_s, test::freshFolder(u"out"_s)});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 3);
        const QByteArray err = process.readAllStandardError();
        QVERIFY2(err.contains("python3") && err.contains("simulate"), err.constData());
    }

    void stoppingAReplayKeepsWhatWasAnswered()
    {
        test::CliServer model({u"simulate"_s, u"--latency"_s, u"2ms"_s});
        QVERIFY(model.isReady());
        const QString root = repositoryWithTargets(model.url() + u"/"_s, model.url() + u"/"_s);
        const QString out = root + u"/run.parallax"_s;
        QProcess process;
        process.setWorkingDirectory(root);
        process.start(test::binaryPath(u"app/parallax-cli"_s),
                      {u"--json"_s, u"replay"_s, m_traffic, u"--endpoint"_s, u"pricing"_s, u"--rate"_s, u"200/s"_s,
                       u"--out"_s, out});
        QVERIFY(process.waitForStarted());
        // Some answers must be on disk before it is stopped.
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(out + u"-wal"_s).size() > 60'000, 20'000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 0);
        const QJsonObject replay =
            QJsonDocument::fromJson(process.readAllStandardOutput()).object().value(u"replay"_s).toObject();
        const int sent = replay.value(u"sent"_s).toInt();
        QVERIFY(sent > 0 && sent < 2000);
        QCOMPARE(replay.value(u"planned"_s).toInt(), sent + replay.value(u"dropped"_s).toInt());
        QCOMPARE(sent, replay.value(u"ok"_s).toInt() + replay.value(u"failed"_s).toInt());
        const test::CliResult compared = runCli({u"--json"_s, u"compare"_s, out}, root);
        QCOMPARE(compared.json().object().value(u"requests"_s).toInt(), sent);
    }

private:
    QString m_workspace;
    QString m_traffic;
};

PARALLAX_TEST_MAIN(TestCliJob)
#include "tst_cli_job.moc"
