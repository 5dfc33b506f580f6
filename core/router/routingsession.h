// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "router/router.h"
#include "targets/targetrunner.h"
#include "targets/workspace.h"
#include "traffic/exchange.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace parallax::router {

/// Keeps a router's table in step with a workspace: starts what its targets need (a deployment's own source.py, a
/// process), and publishes a new RoutingTable whenever a workspace was set or a target became ready or failed. An
/// endpoint whose file is broken keeps its last good state. Lives on a thread with an event loop, which is also the one
/// that children are tied to; owns the target runner, not the workspace's files. Nothing here blocks.
class RoutingSession final : public QObject
{
    Q_OBJECT

public:
    /// `secrets` outlives it.
    RoutingSession(const repository::Repository &repository, const targets::SecretStore &secrets,
                   targets::TargetRunner::Options options, QObject *parent = nullptr);
    ~RoutingSession() override;

    /// Takes up a workspace. `only` limits it to these endpoints (all when empty), so that a replay starts no more than
    /// it needs.
    void setWorkspace(targets::WorkspacePtr workspace, const QStringList &only = {});
    /// Ends every child; stopped() follows.
    void stop();
    /// Adds an endpoint that exists for this session only (compare versions ad hoc), in place of the one before. Counts
    /// from the next setWorkspace() on.
    void setAdHocEndpoint(const endpoints::Endpoint &endpoint);

    [[nodiscard]] const targets::WorkspacePtr &workspace() const { return m_workspace; }
    [[nodiscard]] RoutingTablePtr table() const { return m_table; }
    /// Whether no target is being started any more.
    [[nodiscard]] bool isSettled() const { return m_starting.isEmpty(); }
    [[nodiscard]] QStringList endpointNames() const;

Q_SIGNALS:
    /// A new table; targets that are still being started answer 502 in it.
    void tableChanged(const parallax::router::RoutingTablePtr &table);
    /// Every target of the present workspace is ready or has failed.
    void settled();
    void targetReady(const parallax::endpoints::DeploymentRef &deployment);
    void targetFailed(const parallax::endpoints::DeploymentRef &deployment, const parallax::Error &error);
    void stopped();
    /// An endpoint was left out, or keeps its last good state, because of this finding.
    void endpointSkipped(const QString &endpoint, const parallax::Error &error);

private:
    void update();
    void publish();
    void onReady(const endpoints::DeploymentRef &deployment);
    void onFailed(const endpoints::DeploymentRef &deployment, const Error &error);
    void settle(const endpoints::DeploymentRef &deployment);

    targets::TargetRunner m_runner;
    targets::WorkspacePtr m_workspace;
    QStringList m_only;
    std::optional<endpoints::Endpoint> m_adHoc;
    QList<endpoints::Endpoint> m_endpoints; ///< what is served: present or last good
    QSet<QString> m_starting;               ///< by DeploymentRef::toString()
    RoutingTablePtr m_table;
};

} // namespace parallax::router
