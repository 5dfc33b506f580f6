// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/routingsession.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

const endpoints::Endpoint *findByName(const QList<endpoints::Endpoint> &list, const QString &name)
{
    const auto at =
        std::find_if(list.begin(), list.end(), [&name](const endpoints::Endpoint &one) { return one.name == name; });
    return at == list.end() ? nullptr : &*at;
}

std::optional<Error> firstError(const targets::WorkspaceEndpoint &endpoint)
{
    for (const Finding &finding : endpoint.findings) {
        if (finding.severity == Severity::Error)
            return finding.error;
    }
    return std::nullopt;
}

/// Names in order of what the endpoint's first deployment takes; its splits take the same.
QStringList argumentNames(const endpoints::Endpoint *endpoint, const repository::Catalogue *catalogue)
{
    if (endpoint == nullptr || catalogue == nullptr || endpoint->backends.isEmpty())
        return {};
    const endpoints::DeploymentRef &first = endpoint->backends.first().deployment;
    const repository::Deployment *deployment = catalogue->deployment(first.name, first.branch);
    QStringList names;
    if (deployment != nullptr) {
        for (const QString &argument : deployment->arguments)
            names += argument.section(u':', 0, 0);
    }
    return names;
}

} // namespace

RoutingSession::RoutingSession(const repository::Repository &repository, const targets::SecretStore &secrets,
                               targets::TargetRunner::Options options, QObject *parent)
    : QObject(parent)
    , m_runner(repository, secrets, std::move(options))
{
    connect(&m_runner, &targets::TargetRunner::ready, this, &RoutingSession::onReady);
    connect(&m_runner, &targets::TargetRunner::failed, this, &RoutingSession::onFailed);
    connect(&m_runner, &targets::TargetRunner::ended, this,
            [this](const endpoints::DeploymentRef &deployment, const Error &error) {
                publish();
                Q_EMIT targetFailed(deployment, error);
            });
    connect(&m_runner, &targets::TargetRunner::allStopped, this, &RoutingSession::stopped);
}

RoutingSession::~RoutingSession() = default;

void RoutingSession::setWorkspace(targets::WorkspacePtr workspace, const QStringList &only)
{
    m_workspace = std::move(workspace);
    m_only = only;
    // A targets file with an error keeps its last good state, like an endpoint's.
    if (!m_workspace->targets.hasErrors())
        m_runner.setTargets(m_workspace->targets);
    update();
}

void RoutingSession::stop()
{
    m_runner.stopAll();
}

void RoutingSession::setAdHocEndpoint(const endpoints::Endpoint &endpoint)
{
    m_adHoc = endpoint;
}

QStringList RoutingSession::endpointNames() const
{
    QStringList names;
    for (const endpoints::Endpoint &endpoint : m_endpoints)
        names += endpoint.name;
    return names;
}

void RoutingSession::update()
{
    QList<endpoints::Endpoint> served;
    for (const targets::WorkspaceEndpoint &one : m_workspace->endpoints) {
        if (!m_only.isEmpty() && !m_only.contains(one.entry.name))
            continue;
        if (!one.hasErrors() && one.entry.isEndpoint() && one.file.endpoint()) {
            served.append(*one.file.endpoint());
            continue;
        }
        if (const endpoints::Endpoint *lastGood = findByName(m_endpoints, one.entry.name))
            served.append(*lastGood);
        if (const std::optional<Error> error = firstError(one))
            Q_EMIT endpointSkipped(one.entry.name, *error);
    }
    if (m_adHoc) {
        served.removeIf([this](const endpoints::Endpoint &one) { return one.name == m_adHoc->name; });
        served.append(*m_adHoc);
    }
    m_endpoints = served;

    QList<endpoints::DeploymentRef> wanted;
    const auto want = [&wanted](const endpoints::DeploymentRef &deployment) {
        if (!wanted.contains(deployment))
            wanted.append(deployment);
    };
    for (const endpoints::Endpoint &endpoint : std::as_const(m_endpoints)) {
        const endpoints::LocalSettings local = m_workspace->local.value(endpoint.name);
        for (const endpoints::Backend &backend : endpoint.backends) {
            if (!local.staticValues.contains(backend.label))
                want(backend.deployment);
        }
        for (const endpoints::Mirror &mirror : endpoint.mirrors)
            want(mirror.deployment);
    }
    m_starting.clear();
    for (const endpoints::DeploymentRef &deployment : std::as_const(wanted))
        m_starting.insert(deployment.toString());
    m_runner.prepare(wanted);
    m_runner.retain(wanted);
    publish();
    if (wanted.isEmpty())
        Q_EMIT settled();
}

void RoutingSession::settle(const endpoints::DeploymentRef &deployment)
{
    if (m_starting.remove(deployment.toString()) && m_starting.isEmpty())
        Q_EMIT settled();
}

void RoutingSession::onReady(const endpoints::DeploymentRef &deployment)
{
    publish();
    Q_EMIT targetReady(deployment);
    settle(deployment);
}

void RoutingSession::onFailed(const endpoints::DeploymentRef &deployment, const Error &error)
{
    publish();
    Q_EMIT targetFailed(deployment, error);
    settle(deployment);
}

void RoutingSession::publish()
{
    RoutingTable::Input input;
    input.endpoints = m_endpoints;
    input.branch = m_workspace->branch;
    const repository::Catalogue *catalogue = m_workspace->catalogue.get();
    for (auto it = m_workspace->local.begin(); it != m_workspace->local.end(); ++it)
        input.local.insert(it.key(),
                           localSettings(it.value(), argumentNames(findByName(m_endpoints, it.key()), catalogue)));
    if (m_workspace->catalogue && m_only.isEmpty()) {
        for (const repository::Deployment &deployment : m_workspace->catalogue->deployments()) {
            KnownDeployment known{deployment.name, deployment.branch, {}};
            for (const repository::VersionInfo &version : deployment.versions)
                known.versions += QString::number(version.number);
            input.deployments.append(known);
        }
    }
    input.lookup = [this](const endpoints::DeploymentRef &deployment) { return m_runner.upstream(deployment); };
    m_table = RoutingTable::build(input);
    Q_EMIT tableChanged(m_table);
}

} // namespace parallax::router
