// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "compare/rulesbook.h"
#include "targets/secretstore.h"
#include "targets/workspace.h"
#include "traffic/exchange.h"

#include <QMetaType>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace parallax::router {
class Engine;
class RoutingSession;
} // namespace parallax::router

namespace parallax::ui {

/// One request to be tried.
struct TryRequest
{
    targets::WorkspacePtr workspace;
    endpoints::Endpoint endpoint; ///< as it is edited, saved or not
    QByteArray body;
};

/// Sends single requests through the router's engine, primary and mirrors, without a port. Targets that have to be
/// started stay up between two requests. Lives on a thread of its own with an event loop, to which the children of the
/// targets are tied. Owned by the presenter.
class TrySession final : public QObject, private traffic::ExchangeSink
{
    Q_OBJECT

public:
    TrySession(const repository::Repository &repository, std::function<Result<QString>()> runnerScript,
               std::shared_ptr<compare::RulesBook> rules);
    ~TrySession() override;

    /// Gives up what is under way and sends this.
    void send(const parallax::ui::TryRequest &request);
    /// Gives up what is under way; its exchange still comes.
    void stop();
    /// Ends the targets that were started.
    void stopTargets();

Q_SIGNALS:
    /// Targets are ready (or have failed): the request is on its way.
    void sent();
    /// The primary has answered, or one more mirror.
    void progressed(const parallax::traffic::ExchangePtr &exchange);
    /// Everybody has answered, and every pair is judged.
    void finishedAll(const parallax::traffic::ExchangePtr &exchange);
    /// It could not be sent at all.
    void failed(const parallax::Error &error);

private:
    void call();
    void answered(const traffic::ExchangePtr &exchange) override { Q_EMIT progressed(exchange); }
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t) override { Q_EMIT progressed(exchange); }
    void finished(const traffic::ExchangePtr &exchange) override;

    const repository::Repository m_repository;
    const std::function<Result<QString>()> m_runnerScript;
    const std::shared_ptr<compare::RulesBook> m_rules;
    SystemClock m_clock;
    targets::EnvironmentSecretStore m_secrets;
    std::unique_ptr<router::RoutingSession> m_session;
    std::unique_ptr<router::Engine> m_engine;
    std::optional<TryRequest> m_waiting; ///< until its targets are ready
};

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::ui::TryRequest)
