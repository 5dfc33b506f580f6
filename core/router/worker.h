// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/deadlines.h"
#include "router/engine.h"
#include "router/hostrules.h"
#include "router/router.h"
#include "router/session.h"

#include <QTcpServer>

#include <atomic>
#include <unordered_map>

namespace parallax::router {

/// What all workers of a router share. Written before they start, but for the atomic.
struct WorkerContext
{
    const Clock *clock = nullptr;
    traffic::ExchangeSink *sink = nullptr;
    RouterOptions options;
    std::vector<std::shared_ptr<Statistics>> statistics; ///< one a worker
    std::atomic<int> connections{0};

    [[nodiscard]] StatisticsSnapshot snapshot() const;
    [[nodiscard]] QString wordsFor(const Error &error) const;
};

/// One router thread's objects: engine, connections, and on the first one the listening socket. Made anywhere, then
/// moved to its thread, where everything but the constructor runs.
class Worker final : public QObject
{
    Q_OBJECT

public:
    Worker(std::shared_ptr<WorkerContext> context, std::size_t index);
    ~Worker() override;

    void initialize();
    /// Only on one worker; accepted connections go round to `peers`, which include it.
    [[nodiscard]] Status listen(std::vector<Worker *> peers);
    [[nodiscard]] quint16 port() const;
    void setPort(quint16 port);
    void setTable(RoutingTablePtr table);
    void adopt(qintptr descriptor);
    /// No new requests; emits drained() when those under way are done or given up.
    void drain();
    /// Everything at once.
    void end();

    [[nodiscard]] Engine &engine() { return *m_engine; }
    [[nodiscard]] WorkerContext &context() { return *m_context; }
    [[nodiscard]] Statistics &statistics() { return *m_context->statistics[m_index]; }
    [[nodiscard]] const HostRules &hostRules() const { return *m_hostRules; }
    void sessionEnded(Session *session);

Q_SIGNALS:
    void drained();

private:
    void checkDrained();
    void closeConnections();

    std::shared_ptr<WorkerContext> m_context;
    std::size_t m_index;
    std::unique_ptr<http::DeadlineQueue> m_deadlines;
    http::ServerMemo m_memo;
    std::unique_ptr<Engine> m_engine;
    std::optional<HostRules> m_hostRules;
    std::unique_ptr<QTcpServer> m_server;
    std::unordered_map<Session *, std::unique_ptr<Session>> m_sessions;
    std::unique_ptr<QTimer> m_drainTimer;
    std::chrono::steady_clock::time_point m_primariesUntil;
    std::chrono::steady_clock::time_point m_mirrorsUntil;
};

} // namespace parallax::router
