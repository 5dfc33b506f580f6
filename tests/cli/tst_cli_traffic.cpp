// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// parallax-cli on traffic: what is masked, what is mapped, what a full disk does, and logs that come by webhook.
#include "base/files.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::runCli;

namespace {

QByteArray bytesOf(const QString &path)
{
    return base::readFile(path, 100'000'000).value_or(QByteArray());
}

int statusOf(quint16 port, const QByteArray &head, const QByteArray &body = {})
{
    const QByteArray answer = test::httpExchange(
        port, head + "Host: localhost\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
                  "\r\n\r\n" + body);
    return answer.mid(9, 3).toInt();
}

} // namespace

class TestCliTraffic : public test::TestCase
{
    Q_OBJECT

private:
    QString m_folder;

    QByteArray ndjsonOf(const QString &capture)
    {
        const QString out = m_folder + u"/exported.ndjson"_s;
        const test::CliResult result =
            runCli({u"export"_s, capture, u"--to"_s, u"ndjson"_s, u"--out"_s, out, u"--force"_s}, m_folder);
        return result.exitCode == 0 ? bytesOf(out) : result.err;
    }

    /// An endpoint whose deployment needs no process.
    void makeRepository() const
    {
        for (const QString &folder : {u"/endpoints"_s, u"/.parallax"_s})
            VERIFY_OK(base::makePath(m_folder + folder));
        VERIFY_OK(base::saveFile(m_folder + u"/endpoints/pricing.yaml"_s,
                                 "backends:\n  alias:\n    deployment:\n      branch: main\n      name: one\n"
                                 "      version: latest\nschemaVersion: 1\n"));
        VERIFY_OK(base::saveFile(m_folder + u"/.parallax/targets.yaml"_s,
                                 "schemaVersion: 1\ntargets:\n"
                                 "  - match: {}\n    static: {status: 200, body: {data: 0}}\n"));
    }

private Q_SLOTS:
    void init() { m_folder = test::freshFolder(u"traffic"_s); }

    void aDryRunSaysWhatWouldBeMasked()
    {
        VERIFY_OK(
            base::saveFile(m_folder + u"/in.ndjson"_s, "{\"token\": \"a\"}\n{\"token\": \"b\", \"ssn\": \"1\"}\n"));
        const test::CliResult plain = runCli({u"import"_s, u"in.ndjson"_s, u"--dry-run"_s}, m_folder);
        QVERIFY2(plain.exitCode == 0, plain.err.constData());
        QCOMPARE(plain.out, QByteArray("would mask request field token in 2\n2 read, 0 skipped\n"));

        VERIFY_OK(base::makePath(m_folder + u"/endpoints"_s));
        VERIFY_OK(base::makePath(m_folder + u"/.parallax"_s));
        VERIFY_OK(base::saveFile(m_folder + u"/.parallax/redaction.yaml"_s,
                                 "schemaVersion: 1\nfields: [ssn]\nendpoints:\n  open: {enabled: false}\n"));
        const test::CliResult own =
            runCli({u"--json"_s, u"import"_s, u"in.ndjson"_s, u"--dry-run"_s, u"--endpoint"_s, u"e"_s}, m_folder);
        const QJsonArray masked = own.json().object().value(u"masked"_s).toArray();
        QCOMPARE(masked.size(), 2);
        QCOMPARE(masked[0].toObject().value(u"place"_s).toString(), u"request field ssn"_s);
        QCOMPARE(masked[0].toObject().value(u"exchanges"_s).toInt(), 1);
        const test::CliResult open =
            runCli({u"--json"_s, u"import"_s, u"in.ndjson"_s, u"--dry-run"_s, u"--endpoint"_s, u"open"_s}, m_folder);
        QVERIFY(open.json().object().value(u"masked"_s).toArray().isEmpty());
        QCOMPARE(QDir(m_folder).entryList(QDir::Files), QStringList{u"in.ndjson"_s});

        QCOMPARE(runCli({u"import"_s, u"in.ndjson"_s, u"--out"_s, u"c.parallax"_s, u"--endpoint"_s, u"e"_s}, m_folder)
                     .exitCode,
                 0);
        const QByteArray out = ndjsonOf(u"c.parallax"_s);
        QCOMPARE(out.count("<redacted:"), 3);
        QVERIFY(!out.contains("\\\"ssn\\\": \\\"1\\\""));
    }

    void rulesThatAreWrongStopEverything()
    {
        VERIFY_OK(base::saveFile(m_folder + u"/in.ndjson"_s, "{\"data\": 1}\n"));
        VERIFY_OK(base::saveFile(m_folder + u"/rules.yaml"_s, "schemaVersion: 1\nfeilds: [ssn]\n"));
        const test::CliResult result = runCli(
            {u"import"_s, u"in.ndjson"_s, u"--out"_s, u"c.parallax"_s, u"--redaction"_s, u"rules.yaml"_s}, m_folder);
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.err.startsWith("parallax-cli: rules.yaml:2:1: error: "), result.err.constData());
        QVERIFY(result.err.contains("[redaction-bad-key]"));
        QVERIFY(!QFileInfo::exists(m_folder + u"/c.parallax"_s));
    }

    void exportsOfForeignFilesAreMaskedToo()
    {
        VERIFY_OK(base::saveFile(m_folder + u"/in.ndjson"_s, "{\"password\": \"hunter2\"}\n"));
        const QByteArray out = ndjsonOf(u"in.ndjson"_s);
        QVERIFY2(out.contains("<redacted:") && !out.contains("hunter2"), out.constData());
    }

    void columnsAreMapped()
    {
        VERIFY_OK(base::saveFile(m_folder + u"/in.csv"_s, "id,weight,note\n007,1.5,x\n8,2,y\n"));
        const test::CliResult result =
            runCli({u"import"_s, u"in.csv"_s, u"--out"_s, u"c.parallax"_s, u"--columns"_s, u"weight,id"_s,
                    u"--rename"_s, u"weight=carat"_s, u"--type"_s, u"id=string"_s, u"--wrap"_s, u"inputs"_s},
                   m_folder);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const QByteArray out = ndjsonOf(u"c.parallax"_s).replace("\\\"", "'").replace(" ", "");
        QVERIFY2(out.contains("{'inputs':{'carat':1.5,'id':'007'}}"), out.constData());
        QCOMPARE(runCli({u"import"_s, u"in.csv"_s, u"--out"_s, u"d.parallax"_s, u"--type"_s, u"id=date"_s}, m_folder)
                     .exitCode,
                 2);
        QCOMPARE(runCli({u"import"_s, u"in.csv"_s}, m_folder).exitCode, 2);
    }

    // The limit of a file's size stands for a full disk.
    void aFullDiskLeavesWhatWasThere()
    {
        VERIFY_OK(base::saveFile(m_folder + u"/old.ndjson"_s, "{\"data\": 1}\n"));
        QCOMPARE(runCli({u"import"_s, u"old.ndjson"_s, u"--out"_s, u"c.parallax"_s}, m_folder).exitCode, 0);
        const QByteArray before = bytesOf(m_folder + u"/c.parallax"_s);
        QByteArray lines;
        for (int i = 0; i < 20'000; ++i)
            lines += "{\"data\": \"" + QByteArray::number(i * 7919 * 104729LL, 36).repeated(8) + "\"}\n";
        VERIFY_OK(base::saveFile(m_folder + u"/large.ndjson"_s, lines));
        QProcess shell;
        shell.setWorkingDirectory(m_folder);
        shell.start(u"bash"_s, {u"-c"_s, u"trap '' XFSZ; ulimit -f 200; exec \"$@\""_s, u"bash"_s,
                                test::binaryPath(u"app/parallax-cli"_s), u"import"_s, u"large.ndjson"_s, u"--out"_s,
                                u"c.parallax"_s, u"--force"_s});
        QVERIFY(shell.waitForFinished(60'000));
        const QByteArray err = shell.readAllStandardError();
        QCOMPARE(shell.exitCode(), 3);
        QCOMPARE(err.count('\n'), 1);
        QVERIFY2(err.contains("[capture-disk-full]") || err.contains("[capture-not-written]"), err.constData());
        QCOMPARE(bytesOf(m_folder + u"/c.parallax"_s), before);
        QCOMPARE(QDir(m_folder).entryList({u"c.parallax*"_s}, QDir::Files), QStringList{u"c.parallax"_s});
    }

    void aFolderThatCannotBeWrittenIsNamed()
    {
        VERIFY_OK(base::saveFile(m_folder + u"/in.ndjson"_s, "{\"data\": 1}\n"));
        const test::CliResult result =
            runCli({u"import"_s, u"in.ndjson"_s, u"--out"_s, u"/proc/c.parallax"_s}, m_folder);
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.err.startsWith("parallax-cli: /proc/c.parallax: error: "), result.err.constData());
    }

    void logsOfModelbitComeByWebhook()
    {
        makeRepository();
        const QString settings = m_folder + u"/.parallax/router.yaml"_s;
        VERIFY_OK(base::saveFile(settings, "schemaVersion: 1\nmodelbit-webhook-secret: plainly\n"));
        const QStringList serve{u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--capture"_s, u"c.parallax"_s};
        QCOMPARE(runCli(serve, m_folder).exitCode, 2); // a secret does not stand in a file

        VERIFY_OK(base::saveFile(settings, "schemaVersion: 1\nmodelbit-webhook-secret: ${env:HOOK_SECRET}\n"));
        qputenv("HOOK_SECRET", "open sesame");
        const auto tidy = qScopeGuard([] { qunsetenv("HOOK_SECRET"); });
        const QByteArray logs = bytesOf(test::sourcePath(u"tests/data/traffic/modelbit-webhook.json"_s));
        QVERIFY(!logs.isEmpty());
        {
            test::CliServer server(serve, m_folder);
            QVERIFY2(server.isReady(), server.process().readAllStandardError().constData());
            const QByteArray post = "POST /-/sink/modelbit HTTP/1.1\r\n";
            QCOMPARE(statusOf(server.port(), post, logs), 401);
            QCOMPARE(statusOf(server.port(), post + "x-mb-webhook-secret: open\r\n", logs), 401);
            QCOMPARE(statusOf(server.port(), "GET /-/sink/modelbit HTTP/1.1\r\n"), 405);
            QCOMPARE(statusOf(server.port(), post + "x-mb-webhook-secret: open sesame\r\n", logs), 200);
            QCOMPARE(server.stop(), 0);
        }
        const QByteArray kept = ndjsonOf(u"c.parallax"_s);
        QCOMPARE(kept.count('\n'), 1);
        QVERIFY2(kept.contains("\"mirror_1\""), kept.constData());
        QVERIFY(!kept.contains("open sesame"));
    }

    void withoutASecretThereIsNoSink()
    {
        makeRepository();
        test::CliServer server({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--capture"_s, u"c.parallax"_s},
                               m_folder);
        QVERIFY2(server.isReady(), server.process().readAllStandardError().constData());
        QCOMPARE(statusOf(server.port(), "POST /-/sink/modelbit HTTP/1.1\r\nx-mb-webhook-secret: \r\n", "{}"), 404);
        QCOMPARE(server.stop(), 0);
    }
};

PARALLAX_TEST_MAIN(TestCliTraffic)
#include "tst_cli_traffic.moc"
