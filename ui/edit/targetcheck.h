// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "targets/secretstore.h"
#include "targets/upstream.h"
#include "targets/workspace.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <memory>

class QTcpSocket;

namespace parallax::ui {

/// How this machine reaches one backend or mirror of an endpoint, and whether somebody is there.
struct TargetState
{
    enum class Kind {
        Missing,     ///< no target matches
        Invalid,     ///< the target's secret, file or URL is no good; `text` says why
        Fixed,       ///< answered by the router itself
        StartedByUs, ///< a process, or the deployment's own source, started with the router
        NotChecked,  ///< beyond this machine: asked only when the user wants it
        Checking,
        Reachable,   ///< a connection was taken, in `milliseconds`
        Unreachable, ///< `text` says why
    };
    QString name; ///< of the backend or mirror
    int identity = -1;
    QString place; ///< the address, or the command
    Kind kind = Kind::Missing;
    double milliseconds = 0;
    QString text;
    friend bool operator==(const TargetState &, const TargetState &) = default;
};

/// Looks up the targets of an endpoint's backends and mirrors and tries whether they take a connection: nothing is
/// sent, and nothing is started. GUI thread; sockets are asynchronous and end after kDeadline. Owned by the page.
class TargetCheck final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kDeadline{3'000};
    static constexpr int kMostDialled = 64;

    explicit TargetCheck(QObject *parent = nullptr);
    ~TargetCheck() override;

    /// Another endpoint, or the same one changed. Addresses of this machine are tried at once; others when `beyond`.
    void show(const endpoints::Endpoint &endpoint, const targets::WorkspacePtr &workspace, bool beyond = false);
    /// Deployments by themselves, in their order. Each address is tried once, and kMostDialled at most.
    void show(const QList<endpoints::DeploymentRef> &deployments, const targets::WorkspacePtr &workspace,
              bool beyond = false);
    [[nodiscard]] const QList<TargetState> &states() const { return m_states; }

Q_SIGNALS:
    void changed();

private:
    struct Asked
    {
        QString name;
        int identity = -1;
        endpoints::DeploymentRef deployment;
        friend bool operator==(const Asked &, const Asked &) = default;
    };

    void look(const QList<Asked> &asked, const targets::WorkspacePtr &workspace, bool beyond);
    [[nodiscard]] TargetState stateOf(const Asked &asked, const targets::Workspace &workspace, bool beyond);
    void dial(const QString &address, const targets::Upstream &upstream);
    void settle(const QString &address, TargetState::Kind kind, double milliseconds, const QString &text);

    targets::EnvironmentSecretStore m_secrets;
    QList<Asked> m_asked;
    targets::WorkspacePtr m_workspace; ///< that they were asked of
    QList<TargetState> m_states;
    QHash<QString, QList<qsizetype>> m_dialled; ///< states by the address that is being tried for them
    std::unique_ptr<QObject> m_round;           ///< owns the sockets of the present look
};

} // namespace parallax::ui
