// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From a repository's files to the table that a router uses.
#include "router/routingsession.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

constexpr const char *kSplit = R"(backends:
  control:
    deployment:
      branch: main
      name: pricing
      version: latest
  holdout:
    deployment:
      branch: main
      name: pricing
      version: latest
schemaVersion: 1
)";
constexpr const char *kLocal = R"(schemaVersion: 1
route: {prefix: /predict}
assignment: {suppliedKey: user}
static: {holdout: {data: 0}}
)";
constexpr const char *kMetadata = R"(owner: a@example.com
runtimeInfo:
  mainFunction: price
  mainFunctionArgs:
    - sku:str
    - user:str
    - return:float
  pythonVersion: '3.10'
schemaVersion: 2
)";

} // namespace

class TestRouterSession : public test::TestCase
{
    Q_OBJECT

    QTemporaryDir m_folder;
    targets::EnvironmentSecretStore m_secrets;

    void write(const QString &path, const QByteArray &bytes)
    {
        const QString full = m_folder.filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        write(u"endpoints/price.yaml"_s, kSplit);
        write(u".parallax/endpoints/price.yaml"_s, kLocal);
        write(u".parallax/targets.yaml"_s,
              "schemaVersion: 1\ntargets:\n  - match: {}\n    url: http://127.0.0.1:9/p\n");
        write(u"deployments/pricing/metadata.yaml"_s, kMetadata);
        write(u"deployments/pricing/source.py"_s, "def price(sku, user):\n    return 1.0\n");
        (void)test::runGit({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s}, m_folder.path());
    }

    void theTableHasWhatTheFilesSay()
    {
        const auto repository = repository::Repository::discover(m_folder.path());
        VERIFY_OK(repository);
        targets::WorkspaceReader reader(*repository);
        const auto workspace = reader.read();
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->branch, u"main"_s);
        router::RoutingSession session(*repository, m_secrets, {});
        QSignalSpy settled(&session, &router::RoutingSession::settled);
        session.setWorkspace(*workspace);
        QTRY_COMPARE(settled.count(), 1);
        const router::RoutingTablePtr table = session.table();
        const router::EndpointEntry *endpoint = table->findEndpointAt(u"price/main"_s);
        QVERIFY(endpoint != nullptr);
        QCOMPARE(endpoint->local.suppliedKey, u"user"_s);
        QCOMPARE(endpoint->local.argumentNames, (QStringList{u"sku"_s, u"user"_s}));
        QCOMPARE(endpoint->local.route->prefix, QByteArray("/predict"));
        QVERIFY(endpoint->local.route->methods.contains("GET"));
        QVERIFY(endpoint->backends[1].staticValue.has_value());
        QVERIFY(endpoint->backends[0].target.upstream.has_value());
        QVERIFY(table->findDeployment(u"pricing", {u"latest"_s}) != nullptr);
    }

    void aBrokenFileKeepsItsLastGoodState()
    {
        const auto repository = repository::Repository::discover(m_folder.path());
        VERIFY_OK(repository);
        targets::WorkspaceReader reader(*repository);
        router::RoutingSession session(*repository, m_secrets, {});
        QSignalSpy skipped(&session, &router::RoutingSession::endpointSkipped);
        session.setWorkspace(*reader.read());
        write(u"endpoints/price.yaml"_s, "backends: [\n");
        session.setWorkspace(*reader.read());
        QCOMPARE(skipped.count(), 1);
        QVERIFY(session.table()->findEndpoint(u"price") != nullptr);
        write(u"endpoints/price.yaml"_s, kSplit);
    }
};

PARALLAX_TEST_MAIN(TestRouterSession)
#include "tst_router_session.moc"
