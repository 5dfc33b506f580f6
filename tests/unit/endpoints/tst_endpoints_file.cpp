// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointfile.h"
#include "endpoints/errors.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace parallax;
using endpoints::EndpointFile;
using endpoints::Version;

namespace {

/// A file of one backend `a` whose deployment has these lines, and what else there is.
QByteArray with(const QByteArray &deployment, const QByteArray &rest = {})
{
    return "backends:\n  a:\n    deployment: {" + deployment + "}\n" + rest + "schemaVersion: 1\n";
}

/// `LINE:COLUMN code` for each finding, with `?` for warnings and `i` for remarks.
QStringList told(const QList<Finding> &findings)
{
    QStringList out;
    for (const Finding &finding : findings) {
        const QString mark = finding.severity == Severity::Error     ? u""_s
                             : finding.severity == Severity::Warning ? u" ?"_s
                                                                     : u" i"_s;
        out.append(u"%1:%2 %3%4"_s.arg(finding.error.where.line)
                       .arg(finding.error.where.column)
                       .arg(finding.error.code.toString(), mark));
    }
    return out;
}

} // namespace

class TestEndpointsFile : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDocumentedSplit()
    {
        const EndpointFile file =
            EndpointFile::read("backends:\n"
                               "  control:\n    deployment:\n      branch: main\n"
                               "      name: pricing_model_v1\n      version: latest\n    weight: 1\n"
                               "  experiment:\n    deployment:\n      branch: feat/x\n"
                               "      name: pricing_model_v2\n      version: 3\n    weight: 3\n"
                               "mirrors:\n"
                               "  mirror_1:\n    deployment:\n      branch: main\n"
                               "      name: pricing_model_v3\n      version: v1.0\n"
                               "schemaVersion: 1\n",
                               u"endpoints/pricing.yaml"_s, u"pricing"_s);
        QCOMPARE(told(file.findings()), QStringList{u"19:16 version-alias ?"_s});
        QVERIFY(file.endpoint().has_value());
        QVERIFY(file.isEditable());
        const endpoints::Endpoint &endpoint = *file.endpoint();
        QCOMPARE(endpoint.name, u"pricing"_s);
        QCOMPARE(endpoint.type(), endpoints::EndpointType::Split);
        QCOMPARE(endpoint.backends.size(), 2);
        QCOMPARE(endpoint.backends[1].label, u"experiment"_s);
        QCOMPARE(endpoint.backends[1].weight, std::optional(3));
        QCOMPARE(endpoint.backends[1].deployment,
                 (endpoints::DeploymentRef{u"pricing_model_v2"_s, u"feat/x"_s, Version::number(3)}));
        QCOMPARE(endpoint.mirrors.size(), 1);
        QCOMPARE(endpoint.mirrors[0].deployment.version, Version::alias(u"v1.0"_s));
    }

    void findings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QByteArray &bytes, const QStringList &expected) {
            QTest::newRow(name) << bytes << expected;
        };
        const QByteArray good = "branch: main, name: d, version: 1";
        row("alias", with(good), {});
        row("empty", "", {u"1:1 document-empty"_s});
        row("comment", "# later\n", {u"1:1 document-empty"_s});
        row("list", "- a\n", {u"1:1 document-not-a-mapping"_s});
        row("text", "hello\n", {u"1:1 document-not-a-mapping"_s});
        row("no yaml", "backends: [\n", {u"2:1 yaml-syntax"_s});
        row("duplicate", with(good) + "schemaVersion: 1\n", {u"5:1 yaml-duplicate-key"_s});
        row("nothing but the version", "schemaVersion: 1\n", {u"1:1 backends-missing"_s});
        row("null backends", "backends:\nschemaVersion: 1\n", {u"1:1 backends-missing"_s});
        row("empty backends", "backends: {}\nschemaVersion: 1\n", {u"1:1 backends-missing"_s});
        row("backends list", "backends: []\nschemaVersion: 1\n", {u"1:11 key-not-a-mapping"_s});
        row("mirrors only", "mirrors: {m: {deployment: {" + good + "}}}\nschemaVersion: 1\n",
            {u"1:1 mirrors-without-backend"_s});
        row("mirrors and empty backends",
            "backends: {}\nmirrors: {m: {deployment: {" + good + "}}}\nschemaVersion: 1\n",
            {u"2:1 mirrors-without-backend"_s});
        row("backend is text", "backends:\n  a: b\nschemaVersion: 1\n", {u"2:6 key-not-a-mapping"_s});
        row("no deployment", "backends:\n  a: {weight: 1}\nschemaVersion: 1\n", {u"2:3 deployment-missing"_s});
        row("deployment is text", "backends:\n  a: {deployment: d}\nschemaVersion: 1\n", {u"2:19 key-not-a-mapping"_s});
        row("no name", with("branch: main, version: 1"), {u"3:5 deployment-name-missing"_s});
        row("no branch", with("name: d, version: 1"), {u"3:5 branch-missing"_s});
        row("no version", with("branch: main, name: d"), {u"3:5 version-missing"_s});
        row("null name", with("branch: main, name: , version: 1"), {u"3:37 key-not-text"_s});
        row("name with dash", with("branch: main, name: a-b, version: 1"), {u"3:38 deployment-name-invalid"_s});
        row("number as name", with("branch: main, name: 7, version: 1"), {u"3:38 key-not-text"_s});
        row("quoted number as name", with("branch: main, name: '7', version: 1"), {});
        row("reserved deployment", with("branch: main, name: endpoint, version: 1"),
            {u"3:38 deployment-name-reserved ?"_s});
        row("number as branch", with("branch: 1.5, name: d, version: 1"), {u"3:26 key-not-text"_s});
        row("yaml 1.1 boolean as branch", with("branch: on, name: d, version: 1"), {u"3:26 text-ambiguous ?"_s});
        row("impossible branch", with("branch: a..b, name: d, version: 1"), {u"3:26 branch-invalid"_s});
        for (const char *version : {"0", "-1", "'0'"})
            row(qPrintable(u"version "_s + QString::fromLatin1(version)),
                with("branch: main, name: d, version: " + QByteArray(version)), {u"3:50 version-not-positive"_s});
        for (const char *version :
             {"1.5", "1e3", "true", "~", "[1]", "{}", "''", "a/b", "99999999999", ".inf", "'a b'"})
            row(qPrintable(u"version "_s + QString::fromLatin1(version)),
                with("branch: main, name: d, version: " + QByteArray(version)), {u"3:50 version-invalid"_s});
        for (const char *version : {"017", "0x10", "1_0", "0o17", "+3", "on", "'03'", "12:30"})
            row(qPrintable(u"version "_s + QString::fromLatin1(version)),
                with("branch: main, name: d, version: " + QByteArray(version)), {u"3:50 version-ambiguous"_s});
        row("quoted version", with("branch: main, name: d, version: '3'"), {u"3:50 version-quoted ?"_s});
        row("quoted latest", with("branch: main, name: d, version: 'latest'"), {});
        row("alias", with("branch: main, name: d, version: 'v1.0'"), {u"3:50 version-alias ?"_s});
        row("quoted 1.0", with("branch: main, name: d, version: '1.0'"), {u"3:50 version-alias ?"_s});
        for (const char *weight : {"1.5", "'1'", "x", "~", "010", "0x1", "true", "[]"})
            row(qPrintable(u"weight "_s + QString::fromLatin1(weight)),
                with(good, "    weight: " + QByteArray(weight) + '\n'), {u"4:13 weight-not-an-integer"_s});
        row("weight negative", with(good, "    weight: -1\n"), {u"4:13 weight-negative"_s});
        row("weight too large", with(good, "    weight: 1000001\n"), {u"4:13 weight-too-large"_s});
        row("weight largest", with(good, "    weight: 1000000\n"), {});
        row("weight zero alone", with(good, "    weight: 0\n"), {u"1:1 weights-sum-zero"_s});
        row("unknown keys", with(good + ", x: 1", "    y: 2\nz: 3\n"),
            {u"3:53 unknown-key i"_s, u"4:5 unknown-key i"_s, u"5:1 unknown-key i"_s});
        row("no schema version", "backends: {a: {deployment: {" + good + "}}}\n", {u"1:1 schema-version-missing"_s});
        row("schema version 2", "backends: {a: {deployment: {" + good + "}}}\nschemaVersion: 2\n",
            {u"2:16 schema-version-unsupported"_s});
        row("schema version quoted", "backends: {a: {deployment: {" + good + "}}}\nschemaVersion: '1'\n",
            {u"2:16 schema-version-unsupported"_s});
        row("empty mirrors", with(good, "mirrors:\n"), {u"4:1 mirrors-empty i"_s});
        row("mirror weight", with(good, "mirrors: {m: {deployment: {branch: main, name: e, version: 1}, weight: 2}}\n"),
            {u"4:64 mirror-weight ?"_s});
        row("mirror named like a backend",
            with(good, "mirrors: {a: {deployment: {branch: main, name: e, version: 1}}}\n"),
            {u"4:11 mirror-named-like-backend ?"_s});
        row("mirror of the same", with(good, "mirrors: {m: {deployment: {" + good + "}}}\n"),
            {u"4:11 mirror-same-as-backend i"_s});
        row("empty label", "backends: {'': {deployment: {" + good + "}}}\nschemaVersion: 1\n", {u"1:12 label-empty"_s});
        row("unknown tag", with("branch: main, name: !x d, version: 1"), {u"3:41 tag-unknown"_s});
        row("text tag", with("branch: main, name: !!str 7, version: 1"), {});
    }
    void findings()
    {
        QFETCH(QByteArray, bytes);
        const EndpointFile file = EndpointFile::read(bytes, u"endpoints/e.yaml"_s, u"e"_s);
        QTEST(told(file.findings()), "expected");
        QCOMPARE(file.bytes(), bytes);
        bool hasError = false;
        for (const Finding &finding : file.findings()) {
            hasError = hasError || finding.severity == Severity::Error;
            QCOMPARE(finding.error.where.file, u"endpoints/e.yaml"_s);
            QVERIFY2(!wording::text(finding.error).contains(u'{'), qPrintable(wording::line(finding.error)));
            QVERIFY(!wording::advice(finding.error).contains(u'{'));
        }
        QCOMPARE(file.hasErrors(), hasError);
        QCOMPARE(file.endpoint().has_value(), !hasError);
    }

    void readsWhatItCanOfABrokenFile()
    {
        const EndpointFile file =
            EndpointFile::read("backends:\n  a:\n    deployment: {branch: main, name: d, version: 2}\n    weight: 0\n"
                               "mirrors:\n  m:\n    deployment: {branch: main, name: e, version: latest}\n",
                               u"e.yaml"_s, u"e"_s);
        QVERIFY(!file.endpoint());
        QVERIFY(file.isEditable());
        QCOMPARE(file.partial().backends.size(), 1);
        QCOMPARE(file.partial().mirrors.value(0).deployment.name, u"e"_s);
    }

    void brokenYamlIsNotEditable()
    {
        const EndpointFile file = EndpointFile::read("a: [", u"e.yaml"_s, u"e"_s);
        QVERIFY(!file.isEditable() && !file.document() && file.hasErrors());
        QVERIFY(file.findings().constFirst().error.code.toString().startsWith(u"yaml-"));
        QVERIFY(!EndpointFile::read("- a\n", u"e.yaml"_s, u"e"_s).isEditable());
        QVERIFY(EndpointFile::read("", u"e.yaml"_s, u"e"_s).isEditable());
    }

    void mergeKeysAreReadWithAWarning()
    {
        const EndpointFile file = EndpointFile::read(
            "backends:\n  a: &a\n    deployment: &d {branch: main, name: d, version: 2}\n    weight: 2\n"
            "  b:\n    <<: *a\n    deployment:\n      <<: *d\n      version: 3\nschemaVersion: 1\n",
            u"e.yaml"_s, u"e"_s);
        QCOMPARE(told(file.findings()), (QStringList{u"6:5 merge-key ?"_s, u"8:7 merge-key ?"_s}));
        QVERIFY(file.endpoint().has_value());
        const endpoints::Backend &b = file.endpoint()->backends[1];
        QCOMPARE(b.weight, std::optional(2));
        QCOMPARE(b.deployment, (endpoints::DeploymentRef{u"d"_s, u"main"_s, Version::number(3)}));
    }

    void fileNames_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("good") << u"endpoints/a_1.yaml"_s << u"a_1"_s << QStringList();
        QTest::newRow("yml") << u"endpoints/a.yml"_s << u"a"_s << QStringList{u"1:1 endpoint-file-suffix"_s};
        QTest::newRow("upper suffix") << u"endpoints/a.YAML"_s << u"a"_s << QStringList{u"1:1 endpoint-file-suffix"_s};
        QTest::newRow("upper name") << u"endpoints/Pricing.yaml"_s << u"Pricing"_s
                                    << QStringList{u"1:1 endpoint-name-invalid"_s};
        QTest::newRow("dash") << u"endpoints/a-b.yaml"_s << u"a-b"_s << QStringList{u"1:1 endpoint-name-invalid"_s};
        QTest::newRow("long") << u"endpoints/l.yaml"_s << QString(65, u'l')
                              << QStringList{u"1:1 endpoint-name-too-long ?"_s};
        QTest::newRow("device") << u"endpoints/com1.yaml"_s << u"com1"_s
                                << QStringList{u"1:1 endpoint-name-reserved ?"_s};
        QTest::newRow("no suffix at hand") << u"HEAD:x"_s << u"x"_s << QStringList();
    }
    void fileNames()
    {
        QFETCH(QString, file);
        QFETCH(QString, name);
        QTEST(told(EndpointFile::read(with("branch: main, name: d, version: 1"), file, name).findings()), "expected");
    }

    void whatTheUserReads()
    {
        QByteArray lines;
        const QDir folder(test::sourcePath(u"tests/data/endpoints"_s));
        for (const QFileInfo &info : folder.entryInfoList({u"*.yaml"_s}, QDir::Files, QDir::Name)) {
            QFile data(info.filePath());
            QVERIFY(data.open(QIODevice::ReadOnly));
            for (const Finding &finding :
                 EndpointFile::read(data.readAll(), info.fileName(), info.completeBaseName()).findings()) {
                lines += wording::line(finding.error, finding.severity).toUtf8() + '\n';
                if (const QString advice = wording::advice(finding.error); !advice.isEmpty())
                    lines += "    " + advice.toUtf8() + '\n';
            }
        }
        QVERIFY(test::matchesGolden(u"endpoints/findings.txt"_s, lines));
    }

    void unknownSettingsHaveTheirPath()
    {
        const EndpointFile file =
            EndpointFile::read(with("branch: main, name: d, version: 1", "    sticky: user\n"), u"e.yaml"_s, u"e"_s);
        QCOMPARE(file.partial().unknown.size(), 1);
        QCOMPARE(file.partial().unknown[0].path, (QStringList{u"backends"_s, u"a"_s, u"sticky"_s}));
        QCOMPARE(file.partial().unknown[0].line, 4);
    }
};

PARALLAX_TEST_MAIN(TestEndpointsFile)
#include "tst_endpoints_file.moc"
