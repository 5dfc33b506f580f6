// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "replay/lanes.h"
#include "replay/pacer.h"
#include "replay/planner.h"
#include "replay/tally.h"
#include "router/engine.h"
#include "traffic/exchange.h"

#include <QHash>
#include <QObject>

#include <atomic>
#include <deque>
#include <memory>

namespace parallax::replay {

/// Makes the calls of a run: the router's engine, or a simulation in tests. Replay thread. Every call ends in
/// answered() and finished() of the sink it was made with, after send() has returned.
class Carrier
{
public:
    virtual ~Carrier() = default;
    /// `call.request` is what is to be sent; where to is the carrier's to add.
    virtual void send(router::CallRequest &&call) = 0;
    /// Gives up all that is under way; every call still ends as promised, dropped as stopped.
    virtual void stop() = 0;
};

/// Sends the requests of a prepared replay at their moments and pairs every answer with its moment. Lives on the replay
/// thread, owned by a ReplayRun (or by a test, with simulated time). Nothing in it waits: it is driven by its pacer and
/// by the carrier's answers, which it passes on to the sink it was given. Moments are nanoseconds from start().
class Runner final : public QObject, public traffic::ExchangeSink
{
    Q_OBJECT

public:
    struct Setup
    {
        ReplayPlan plan;
        PreparedReplay prepared;
        Rewriter rewriter;
        QString runId; ///< begins the ids of its requests
        /// After stop(): how long requests under way may still end by themselves.
        std::chrono::milliseconds drain{2'000};
        /// Exchanges the sink has not dealt with yet. A closed loop, whose pace is the answers', waits while there are
        /// more than kMaxBacklog; a schedule never does.
        std::function<qint64()> backlog{};
    };

    /// `clock` and `sink` (which may be null) outlive the runner; `pacer` outlives the run and does not ring after the
    /// runner.
    Runner(const Clock &clock, Pacer &pacer, Setup setup, traffic::ExchangeSink *sink, QObject *parent = nullptr);

    static constexpr qint64 kMaxBacklog = 4096;

    /// `carrier` was made with this runner as its sink, and outlives the run.
    void start(Carrier &carrier);
    /// No more is sent; what is under way ends. The schedule stands still meanwhile.
    void pause();
    void resume();
    /// No more is sent; what is under way gets `drain` to end. A second call gives it up at once.
    void stop();
    /// Sends the next request of a Step pace.
    void step();

    /// What compare found about a pair. Any thread.
    void judged(const QString &mirror, traffic::Outcome outcome);
    /// Any thread; cheap enough for ten times a second.
    [[nodiscard]] Progress progress() const;
    [[nodiscard]] std::vector<Tally::Distribution> distributions() const { return m_tally.distributions(); }
    [[nodiscard]] const PreparedReplay &prepared() const { return m_setup.prepared; }

    void answered(const traffic::ExchangePtr &exchange) override;
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex) override;
    void finished(const traffic::ExchangePtr &exchange) override;
    void answeredWhole(const traffic::ExchangePtr &exchange) override;

Q_SIGNALS:
    void stateChanged(parallax::replay::RunState state);
    /// Once, when nothing is under way any more and every answer has been passed on.
    void ended();

private:
    struct Flight
    {
        QByteArray lane;
        traffic::ExchangePtr source; ///< of a session
    };

    void onAlarm();
    void noteAnswered(const traffic::Exchange &exchange, const Flight &flight);
    void stopAfterFailures();
    void pump();
    void pumpSoon();
    bool sendOne(Nanoseconds now);
    [[nodiscard]] std::optional<Pending> nextFromSchedule(Nanoseconds now);
    [[nodiscard]] bool hasRoom() const;
    [[nodiscard]] bool mustWaitForSink();
    void send(const Pending &pending, const QByteArray &lane, const traffic::ExchangePtr &source, Nanoseconds now);
    [[nodiscard]] QString requestId(qint64 number, qint64 loop) const;
    [[nodiscard]] QByteArray laneOf(const traffic::Exchange &source, qint64 index) const;
    void endEarly(EndReason reason);
    void endWhenDone();
    void setState(RunState state);
    [[nodiscard]] Nanoseconds elapsed() const { return m_clock.monotonicTime() - m_start; }
    [[nodiscard]] Nanoseconds running() const;

    const Clock &m_clock;
    Pacer &m_pacer;
    Setup m_setup;
    traffic::ExchangeSink *m_sink;
    Carrier *m_carrier = nullptr;
    Schedule m_schedule;
    Tally m_tally;
    Lanes m_lanes;
    QHash<QString, Flight> m_flights;
    std::deque<Pending> m_ready; ///< their lane is free again
    qint64 m_size = 0;           ///< requests of one repetition
    qint64 m_next = 0;           ///< index of the next request of the schedule
    std::optional<Nanoseconds> m_nextDue;
    qint64 m_steps = 0;
    int m_primaries = 0;    ///< without an answer of the primary
    int m_untilBacklog = 0; ///< requests until the backlog is asked for again
    Nanoseconds m_shift{0};
    bool m_isPumping = false;
    bool m_isPumpDue = false;

    // Read by progress() on other threads.
    std::atomic<RunState> m_state{RunState::Ready};
    std::atomic<EndReason> m_reason{EndReason::None};
    mutable std::mutex m_timesMutex;
    MonotonicTime m_start;
    MonotonicTime m_pausedAt;
    MonotonicTime m_endedAt;
    Nanoseconds m_paused{0};
};

} // namespace parallax::replay

Q_DECLARE_METATYPE(parallax::replay::RunState)
