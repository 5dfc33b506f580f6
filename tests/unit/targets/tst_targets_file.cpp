// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/errors.h"
#include "support/testmain.h"
#include "targets/errors.h"
#include "targets/targetsfile.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using namespace parallax::targets;
using endpoints::DeploymentRef;

namespace {

const QString kFile = u".parallax/targets.yaml"_s;

TargetsFile read(const QByteArray &targets)
{
    return TargetsFile::read("schemaVersion: 1\ntargets:\n" + targets, kFile);
}

QStringList summary(const TargetsFile &file)
{
    QStringList lines;
    for (const Finding &finding : file.findings)
        lines.append(
            u"%1:%2 %3 %4"_s.arg(finding.error.where.line)
                .arg(finding.error.where.column)
                .arg(finding.severity == Severity::Error ? u"error"_s : u"warning"_s, finding.error.code.toString()));
    return lines;
}

} // namespace

class TestTargetsFile : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKind()
    {
        const TargetsFile file = read(R"(  - match: {deployment: pricing_model_v1, branch: main, version: latest}
    url: http://127.0.0.1:9001/v1/{deployment}/{version}
    headers: {Authorization: "${secret:modelbit}", X-Team: pricing}
    timeout: 30s
    keepHost: true
  - match: {deployment: pricing_model_v2}
    process: {command: [python3, serve.py, --port, "{port}"], workingDirectory: deployments/pricing_model_v2, ready: {path: /healthz, timeout: 500ms}}
    forwardCredentials: true
  - match: {deployment: churn}
    source: {python: python3.11}
  - match: {deployment: churn2}
    source:
  - match: {deployment: baseline}
    static: {status: 201, body: {data: 0}, headers: {X-A: b}}
  - match: {branch: dev}
    url: https://models.example.com/
    tls: {ca: certs/dev-ca.pem}
  - match: {}
    modelbit: {workspace: acme, region: us-east-1, apiKey: "${secret:modelbit}"}
)");
        QCOMPARE(summary(file), QStringList());
        QCOMPARE(file.targets.size(), 7);
        const Target &url = file.targets.at(0);
        QCOMPARE(std::get<UrlTarget>(url.kind).url, u"http://127.0.0.1:9001/v1/{deployment}/{version}"_s);
        QCOMPARE(url.timeout, 30s);
        QCOMPARE(url.headers.size(), 2);
        QVERIFY(url.keepHost && !url.forwardCredentials);
        QCOMPARE(url.where.line, 3);
        const auto &process = std::get<ProcessTarget>(file.targets.at(1).kind);
        QCOMPARE(process.command, QStringList({u"python3"_s, u"serve.py"_s, u"--port"_s, u"{port}"_s}));
        QCOMPARE(process.readyTimeout, 500ms);
        QCOMPARE(process.readyPath, u"/healthz"_s);
        QVERIFY(file.targets.at(1).forwardCredentials);
        QCOMPARE(std::get<SourceTarget>(file.targets.at(2).kind).python, u"python3.11"_s);
        QCOMPARE(std::get<SourceTarget>(file.targets.at(3).kind).python, u"python3"_s);
        const auto &answer = std::get<StaticTarget>(file.targets.at(4).kind);
        QCOMPARE(answer.status, 201);
        QCOMPARE(answer.body, QByteArray(R"({"data":0})"));
        QCOMPARE(answer.headers.value("content-type").toByteArray(), QByteArray("application/json"));
        QCOMPARE(file.targets.at(5).tls.ca, u"certs/dev-ca.pem"_s);
        QCOMPARE(std::get<ModelbitTarget>(file.targets.at(6).kind).workspace, u"acme"_s);
    }

    void theFirstMatchWins()
    {
        const TargetsFile file = read(R"(  - match: {deployment: a, version: 3}
    url: http://127.0.0.1:1/
  - match: {deployment: a, version: latest}
    url: http://127.0.0.1:2/
  - match: {deployment: a, branch: feat/x}
    url: http://127.0.0.1:3/
  - match: {deployment: a}
    source: {}
  - url: http://127.0.0.1:5/
)");
        QCOMPARE(summary(file), QStringList());
        const auto index = [&file](const QString &ref) {
            const Target *target = file.find(DeploymentRef::fromString(ref));
            return target == nullptr ? -1 : static_cast<int>(target - file.targets.constData());
        };
        QCOMPARE(index(u"a:3"_s), 0);
        QCOMPARE(index(u"a"_s), 1);
        QCOMPARE(index(u"a@feat/x"_s), 1);
        QCOMPARE(index(u"a@feat/x:2"_s), 2);
        QCOMPARE(index(u"a:4"_s), 3);
        QCOMPARE(index(u"b:official"_s), 4);
        QCOMPARE(index(u"a:worktree"_s), 3); // only a source can run what lies on disk
        QCOMPARE(index(u"b:worktree"_s), -1);
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("targets");
        QTest::addColumn<QString>("finding");
        const auto row = [](const char *name, const char *text, const char *finding) {
            QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(finding);
        };
        row("no kind", "  - match: {deployment: a}\n", "3:5 error target-kind-missing");
        row("two kinds", "  - url: http://a/\n    source: {}\n", "3:5 error target-kind-several");
        row("no mapping", "  - a\n", "3:5 error key-not-a-mapping");
        row("unknown key", "  - url: http://a/\n    uri: x\n", "4:5 warning unknown-key");
        row("unknown inner key", "  - source: {pyton: x}\n", "3:14 warning unknown-key");
        row("scheme", "  - url: ftp://a/\n", "3:10 error target-url-invalid");
        row("no host", "  - url: http:///x\n", "3:10 error target-url-invalid");
        row("fragment", "  - url: http://a/#b\n", "3:10 error target-url-invalid");
        row("port", "  - url: http://a:99999/\n", "3:10 error target-url-invalid");
        row("password", "  - url: http://me:pw@a/\n", "3:10 error target-url-credentials");
        row("placeholder", "  - url: http://a/{name}\n", "3:10 error target-placeholder-unknown");
        row("secret scheme", "  - url: http://a/\n    headers: {X: \"${vault:a}\"}\n",
            "4:18 error target-placeholder-unknown");
        row("duration", "  - url: http://a/\n    timeout: 30\n", "4:14 error target-duration-invalid");
        row("no duration", "  - url: http://a/\n    timeout: 0s\n", "4:14 error target-duration-invalid");
        row("too long", "  - url: http://a/\n    timeout: 48h\n", "4:14 error target-duration-invalid");
        row("bool", "  - url: http://a/\n    keepHost: maybe\n", "4:15 error target-value-invalid");
        row("header name", "  - url: http://a/\n    headers: {\"a b\": c}\n", "4:15 error target-header-invalid");
        row("header value", "  - url: http://a/\n    headers: {a: \"b\\nc\"}\n", "4:15 error target-header-invalid");
        row("framing", "  - url: http://a/\n    headers: {content-length: 3}\n", "4:15 error target-header-reserved");
        row("literal key", "  - url: http://a/\n    headers: {Authorization: abc}\n",
            "4:30 warning target-literal-secret");
        row("literal api key", "  - modelbit: {workspace: a, region: b, apiKey: c}\n",
            "3:49 warning target-literal-secret");
        row("unverified", "  - url: https://a/\n    tls: {verify: false}\n", "4:19 warning target-tls-unverified");
        row("tls without https", "  - url: http://a/\n    tls: {ca: x}\n", "4:10 warning target-tls-unused");
        row("no command", "  - process: {workingDirectory: a}\n", "3:14 error target-value-missing");
        row("empty command", "  - process: {command: []}\n", "3:24 error target-value-invalid");
        row("command of lists", "  - process: {command: [[a]]}\n", "3:25 error key-not-text");
        row("ready path", "  - process: {command: [a], ready: {path: x}}\n", "3:43 error target-value-invalid");
        row("status", "  - static: {status: 99}\n", "3:22 error target-value-invalid");
        row("host of modelbit", "  - modelbit: {workspace: \"a/b\", region: c}\n", "3:27 error target-value-invalid");
        row("no region", "  - modelbit: {workspace: a}\n", "3:15 error target-value-missing");
        row("shadowed",
            "  - match: {deployment: a}\n    url: http://a/\n  - match: {deployment: a, version: 3}\n"
            "    url: http://b/\n",
            "5:5 warning target-shadowed");
        row("no list", "  a: b\n", "3:3 error targets-not-a-list");
        row("syntax", "  - url: [\n", "yaml");
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, targets);
        QFETCH(QString, finding);
        const TargetsFile file = read(targets);
        QVERIFY(!file.findings.isEmpty());
        if (finding == "yaml"_L1)
            QVERIFY(file.findings.first().error.code.toString().startsWith(u"yaml-"));
        else
            QCOMPARE(summary(file), QStringList{finding});
        // A file with an error gives no target at all, one with warnings all of them.
        QCOMPARE(file.targets.isEmpty(), file.hasErrors());
        for (const Finding &one : file.findings)
            QVERIFY(!wording::text(one.error).isEmpty());
    }

    void wantsItsSchemaVersion()
    {
        QCOMPARE(TargetsFile::read("targets: []\n", kFile).findings.first().error.code,
                 endpoints::kSchemaVersionMissing);
        QCOMPARE(TargetsFile::read("schemaVersion: 2\ntargets: []\n", kFile).findings.first().error.code,
                 endpoints::kSchemaVersion);
        QCOMPARE(TargetsFile::read("schemaVersion: 1\n", kFile).findings.first().error.code, kValueMissing);
        QVERIFY(TargetsFile::read("schemaVersion: 1\ntargets: []\n", kFile).findings.isEmpty());
        QVERIFY(TargetsFile::read("", kFile).hasErrors());
    }

    void neverShowsAPasswordOfAnAddress()
    {
        const TargetsFile file = read("  - url: ftp://me:hunter2@a/?key=hunter2\n");
        QVERIFY(!wording::line(file.findings.first().error).contains(u"hunter2"));
    }
};

PARALLAX_TEST_MAIN(TestTargetsFile)
#include "tst_targets_file.moc"
