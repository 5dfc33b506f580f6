// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/targetcheck.h"

#include "targets/resolve.h"
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

QString commandOf(const targets::Target &target)
{
    if (const auto *process = std::get_if<targets::ProcessTarget>(&target.kind))
        return process->command.join(u' ');
    const auto *source = std::get_if<targets::SourceTarget>(&target.kind);
    return source == nullptr ? QString() : source->python + u" source.py"_s;
}

} // namespace

TargetCheck::TargetCheck(QObject *parent)
    : QObject(parent)
{}

TargetCheck::~TargetCheck() = default;

void TargetCheck::show(const endpoints::Endpoint &endpoint, const targets::Workspace &workspace, bool beyond)
{
    m_round = std::make_unique<QObject>();
    m_states.clear();
    for (const endpoints::Backend &backend : endpoint.backends)
        add(backend.label, -1, backend.deployment, workspace, beyond);
    for (qsizetype i = 0; i < endpoint.mirrors.size(); ++i)
        add(endpoint.mirrors[i].name, static_cast<int>(i), endpoint.mirrors[i].deployment, workspace, beyond);
    Q_EMIT changed();
}

void TargetCheck::add(const QString &name, int identity, const endpoints::DeploymentRef &deployment,
                      const targets::Workspace &workspace, bool beyond)
{
    TargetState state;
    state.name = name;
    state.identity = identity;
    const targets::Target *target = workspace.targets.find(deployment);
    if (target == nullptr) {
        state.place = deployment.toString();
        m_states.append(state);
        return;
    }
    if (target->isStarted()) {
        state.place = commandOf(*target);
        state.kind = TargetState::Kind::StartedByUs;
        m_states.append(state);
        return;
    }
    const Result<targets::Upstream> upstream =
        targets::resolve(*target, deployment, {m_secrets, workspace.repository.root()});
    if (!upstream) {
        state.place = deployment.toString();
        state.kind = TargetState::Kind::Invalid;
        state.text = wording::text(upstream.error());
        m_states.append(state);
        return;
    }
    state.place = upstream->displayUrl;
    if (upstream->staticAnswer) {
        state.kind = TargetState::Kind::Fixed;
        state.place = tr("Status %1, always the same").arg(upstream->staticAnswer->status);
        m_states.append(state);
        return;
    }
    const bool isTried = beyond || isOnThisMachine(upstream->host);
    state.kind = isTried ? TargetState::Kind::Checking : TargetState::Kind::NotChecked;
    m_states.append(state);
    if (isTried)
        dial(m_states.size() - 1, *upstream);
}

void TargetCheck::dial(qsizetype index, const targets::Upstream &upstream)
{
    auto *socket = new QTcpSocket(m_round.get());
    auto *deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    QElapsedTimer clock;
    clock.start();
    connect(socket, &QTcpSocket::connected, this, [this, socket, deadline, clock, index] {
        deadline->stop();
        settle(index, TargetState::Kind::Reachable, static_cast<double>(clock.nsecsElapsed()) / 1e6, {});
        socket->abort();
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket, deadline, index] {
        deadline->stop();
        settle(index, TargetState::Kind::Unreachable, 0, socket->errorString());
    });
    connect(deadline, &QTimer::timeout, this, [this, socket, index] {
        socket->disconnect(this);
        socket->abort();
        settle(index, TargetState::Kind::Unreachable, 0, tr("Nobody answered within 3 s"));
    });
    deadline->start(kDeadline);
    socket->connectToHost(upstream.host, upstream.port);
}

void TargetCheck::settle(qsizetype index, TargetState::Kind kind, double milliseconds, const QString &text)
{
    TargetState &state = m_states[index];
    if (state.kind != TargetState::Kind::Checking)
        return;
    state.kind = kind;
    state.milliseconds = milliseconds;
    state.text = text;
    Q_EMIT changed();
}

} // namespace parallax::ui
