// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/check.h"
#include "endpoints/errors.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using endpoints::DeploymentInfo;
using endpoints::EndpointFile;

namespace {

class FakeCatalogue final : public endpoints::Catalogue
{
public:
    QList<DeploymentInfo> deployments;
    QHash<int, QStringList> argumentsOfVersion; ///< of `by_version`

    [[nodiscard]] std::optional<DeploymentInfo> find(const QString &name, const QString &branch) const override
    {
        for (const DeploymentInfo &info : deployments) {
            if (info.name == name && info.branch == branch)
                return info;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<DeploymentInfo> findVersion(const QString &name, const QString &branch,
                                                            int version) const override
    {
        std::optional<DeploymentInfo> info = find(name, branch);
        if (info && name == u"by_version" && argumentsOfVersion.contains(version))
            info->arguments = argumentsOfVersion.value(version);
        return info;
    }
    [[nodiscard]] bool knowsBranch(const QString &branch) const override { return branch == u"main"; }
};

FakeCatalogue catalogue()
{
    FakeCatalogue out;
    out.deployments = {{u"one"_s, u"main"_s, true, 3, u"f"_s, {u"x:int"_s}, false},
                       {u"two"_s, u"main"_s, true, 9, u"g"_s, {u"x:int"_s, u"y:str"_s}, false},
                       {u"old"_s, u"main"_s, true, 9, u"f"_s, {u"x:int"_s}, true},
                       {u"shallow"_s, u"main"_s, false, 0, u"f"_s, {u"x:int"_s}, false},
                       {u"bare"_s, u"main"_s, true, 2, QString(), {}, false},
                       {u"by_version"_s, u"main"_s, true, 2, u"f"_s, {u"x:int"_s}, false}};
    out.argumentsOfVersion = {{1, {u"z:int"_s}}};
    return out;
}

QByteArray mirroring(const QByteArray &deployment)
{
    return "backends:\n  a:\n    deployment:\n      branch: main\n      name: one\n      version: latest\nmirrors:\n  "
           "m:\n"
           "    deployment:\n" +
           deployment + "schemaVersion: 1\n";
}

} // namespace

class TestEndpointsCheck : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void findings_data()
    {
        QTest::addColumn<QByteArray>("deployment");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *title, const QByteArray &branch, const QByteArray &name,
                            const QByteArray &version, const QStringList &expected) {
            QTest::newRow(title) << "      branch: " + branch + "\n      name: " + name +
                                        "\n      version: " + version + '\n'
                                 << expected;
        };
        row("same", "main", "one", "3", {});
        row("above the newest", "main", "one", "4", {u"12:16 version-above-newest"_s});
        row("unknown branch", "other", "one", "1", {u"10:15 branch-unknown"_s});
        row("unknown deployment", "main", "three", "1", {u"11:13 deployment-unknown"_s});
        row("archived", "main", "old", "latest", {u"11:13 deployment-archived"_s});
        row("versions unknown", "main", "shallow", "77", {});
        row("other arguments", "main", "two", "latest", {u"11:13 mirror-arguments-differ"_s});
        row("no metadata", "main", "bare", "1", {});
        row("other arguments at that version", "main", "by_version", "1", {u"11:13 mirror-arguments-differ"_s});
        row("same arguments at that version", "main", "by_version", "2", {});
    }
    void findings()
    {
        QFETCH(QByteArray, deployment);
        const EndpointFile file = EndpointFile::read(mirroring(deployment), u"e.yaml"_s, u"e"_s);
        QVERIFY(file.endpoint().has_value());
        QStringList actual;
        for (const Finding &finding : endpoints::checkAgainst(file, catalogue())) {
            QCOMPARE(finding.severity, Severity::Warning);
            QVERIFY(!wording::text(finding.error).contains(u'{'));
            actual.append(u"%1:%2 %3"_s.arg(finding.error.where.line)
                              .arg(finding.error.where.column)
                              .arg(finding.error.code.toString()));
        }
        QTEST(actual, "expected");
    }

    void splitsAreComparedToo()
    {
        const EndpointFile file =
            EndpointFile::read("backends:\n  a: {deployment: {branch: main, name: one, version: 1}}\n"
                               "  b: {deployment: {branch: main, name: two, version: 1}}\nschemaVersion: 1\n",
                               u"e.yaml"_s, u"e"_s);
        const QList<Finding> findings = endpoints::checkAgainst(file, catalogue());
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].error.code, endpoints::kArgumentsDiffer);
        QCOMPARE(findings[0].error.where.line, 3);
        QCOMPARE(findings[0].error.args.value(u"arguments"_s).toString(), u"x:int, y:str"_s);
        QCOMPARE(findings[0].error.args.value(u"primary"_s).toString(), u"one@main:1"_s);
    }

    void aBrokenFileSaysNothingMore()
    {
        QVERIFY(endpoints::checkAgainst(EndpointFile::read("a: [", u"e.yaml"_s, u"e"_s), catalogue()).isEmpty());
    }

    void thePickerAsksBefore()
    {
        const endpoints::DeploymentRef one{u"one"_s, u"main"_s, {}};
        const endpoints::DeploymentRef two{u"two"_s, u"main"_s, {}};
        QVERIFY(endpoints::argumentsDiffer(u"mirror_1"_s, two, one, catalogue()).has_value());
        QVERIFY(!endpoints::argumentsDiffer(u"mirror_1"_s, one, one, catalogue()));
    }
};

PARALLAX_TEST_MAIN(TestEndpointsCheck)
#include "tst_endpoints_check.moc"
