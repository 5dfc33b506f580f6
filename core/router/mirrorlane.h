// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clientpool.h"
#include "router/engine.h"
#include "router/statistics.h"

#include <deque>

namespace parallax::router {

class Leg;

/// Leaves a failing mirror alone for a while. A value with a clock handed in.
class CircuitBreaker
{
public:
    explicit CircuitBreaker(const BreakerOptions &options)
        : m_options(options)
        , m_pause(options.pause)
    {}
    /// Whether a call may be made now; the first one after a pause is the probe, others wait for its end.
    [[nodiscard]] bool admits(MonotonicTime now);
    enum class Result { Answered, ServerError, Failure, Given }; ///< Given: given up by us, says nothing
    void record(Result result, MonotonicTime now);
    [[nodiscard]] BreakerState state() const { return m_state; }

private:
    void open(MonotonicTime now);

    BreakerOptions m_options;
    BreakerState m_state = BreakerState::Closed;
    std::chrono::milliseconds m_pause;
    MonotonicTime m_until{};
    int m_failures = 0;
    int m_serverErrors = 0;
    bool m_isProbing = false;
};

/// The way to one mirror: its own connections, a bounded queue in front of them, its breaker. Shared by the calls under
/// way and the engine; lives on the engine's thread. What it does not admit ends as Dropped with the reason.
class MirrorLane
{
public:
    MirrorLane(const targets::Upstream &upstream, const EngineOptions &options, const Clock &clock,
               http::DeadlineQueue &deadlines, std::shared_ptr<Statistics> statistics, std::size_t slot);
    ~MirrorLane();
    MirrorLane(const MirrorLane &) = delete;
    MirrorLane &operator=(const MirrorLane &) = delete;

    [[nodiscard]] bool isFor(const targets::Upstream &upstream) const { return m_upstream == upstream; }
    [[nodiscard]] http::ClientPool &pool() { return m_pool; }
    [[nodiscard]] std::size_t slot() const { return m_slot; }
    /// Begins the leg now or later, or gives why it will not.
    [[nodiscard]] traffic::DropReason offer(Leg &leg);
    /// A leg that was begun has ended; the next one waiting is begun.
    void ended(CircuitBreaker::Result result);
    /// A leg that waits is given up.
    void withdraw(Leg &leg);
    [[nodiscard]] int queued() const { return static_cast<int>(m_waiting.size()); }
    [[nodiscard]] int running() const { return m_running; }

private:
    void begin(Leg &leg);
    void beginNext();
    void publishLoad();

    targets::Upstream m_upstream;
    const EngineOptions &m_options;
    const Clock &m_clock;
    std::shared_ptr<Statistics> m_statistics;
    std::size_t m_slot;
    CircuitBreaker m_breaker;
    std::deque<Leg *> m_waiting;
    qint64 m_waitingBytes = 0;
    int m_running = 0;
    http::ClientPool m_pool;
};

} // namespace parallax::router
