// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/targetcheck.h"

#include "targets/resolve.h"
#include "ui/live/startedcommands.h"
#include "ui/wording/wording.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

bool isOnThisMachine(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace

TargetCheck::TargetCheck(QObject *parent)
    : QObject(parent)
{}

TargetCheck::~TargetCheck() = default;

void TargetCheck::show(const endpoints::Endpoint &endpoint, const targets::WorkspacePtr &workspace, bool beyond)
{
    QList<Asked> asked;
    for (const endpoints::Backend &backend : endpoint.backends)
        asked.append({backend.label, -1, backend.deployment});
    for (qsizetype i = 0; i < endpoint.mirrors.size(); ++i)
        asked.append({endpoint.mirrors[i].name, static_cast<int>(i), endpoint.mirrors[i].deployment});
    look(asked, workspace, beyond);
}

void TargetCheck::show(const QList<endpoints::DeploymentRef> &deployments, const targets::WorkspacePtr &workspace,
                       bool beyond)
{
    QList<Asked> asked;
    for (const endpoints::DeploymentRef &deployment : deployments)
        asked.append({deployment.name, -1, deployment});
    look(asked, workspace, beyond);
}

void TargetCheck::look(const QList<Asked> &asked, const targets::WorkspacePtr &workspace, bool beyond)
{
    if (asked == m_asked && workspace == m_workspace && !beyond)
        return; // an edit of something else
    m_asked = asked;
    m_workspace = workspace;
    m_round = std::make_unique<QObject>();
    m_states.clear();
    m_dialled.clear();
    for (const Asked &one : asked)
        m_states.append(stateOf(one, *workspace, beyond));
    Q_EMIT changed();
}

TargetState TargetCheck::stateOf(const Asked &asked, const targets::Workspace &workspace, bool beyond)
{
    using Kind = TargetState::Kind;
    TargetState state{asked.name, asked.identity, asked.deployment.toString(), Kind::Missing, 0, {}};
    const targets::Target *target = workspace.targets.find(asked.deployment);
    if (target == nullptr)
        return state;
    if (target->isStarted()) {
        state.place = startedCommand(*target, asked.deployment);
        state.kind = Kind::StartedByUs;
        return state;
    }
    const Result<targets::Upstream> upstream =
        targets::resolve(*target, asked.deployment, {m_secrets, workspace.repository.root()});
    if (!upstream) {
        state.kind = Kind::Invalid;
        state.text = wording::text(upstream.error());
        return state;
    }
    state.place = upstream->displayUrl;
    if (upstream->staticAnswer) {
        state.kind = Kind::Fixed;
        state.place = tr("Status %1, always the same").arg(upstream->staticAnswer->status);
        return state;
    }
    const QString address = upstream->host + u':' + QString::number(upstream->port);
    const bool isTried =
        (beyond || isOnThisMachine(upstream->host)) && (m_dialled.contains(address) || m_dialled.size() < kMostDialled);
    state.kind = isTried ? Kind::Checking : Kind::NotChecked;
    if (isTried) {
        if (!m_dialled.contains(address))
            dial(address, *upstream);
        m_dialled[address].append(m_states.size());
    }
    return state;
}

void TargetCheck::dial(const QString &address, const targets::Upstream &upstream)
{
    auto *socket = new QTcpSocket(m_round.get());
    auto *deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    QElapsedTimer clock;
    clock.start();
    connect(socket, &QTcpSocket::connected, this, [this, socket, deadline, clock, address] {
        deadline->stop();
        settle(address, TargetState::Kind::Reachable, static_cast<double>(clock.nsecsElapsed()) / 1e6, {});
        socket->abort();
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket, deadline, address] {
        deadline->stop();
        settle(address, TargetState::Kind::Unreachable, 0, socket->errorString());
    });
    connect(deadline, &QTimer::timeout, this, [this, socket, address] {
        socket->disconnect(this);
        socket->abort();
        settle(address, TargetState::Kind::Unreachable, 0, tr("Nobody answered within 3 s"));
    });
    deadline->start(kDeadline);
    socket->connectToHost(upstream.host, upstream.port);
}

void TargetCheck::settle(const QString &address, TargetState::Kind kind, double milliseconds, const QString &text)
{
    for (const qsizetype index : m_dialled.take(address)) {
        TargetState &state = m_states[index];
        state.kind = kind;
        state.milliseconds = milliseconds;
        state.text = text;
    }
    Q_EMIT changed();
}

} // namespace parallax::ui
