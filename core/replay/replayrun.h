// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/address.h"
#include "replay/progress.h"
#include "replay/rewrite.h"
#include "replay/runner.h"
#include "router/engine.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace parallax::replay {

/// What a thread may run at a time while a schedule is kept: a burst of requests. The replay's own is then let in at
/// its moments, and the recorder's makes way for it in between.
inline constexpr std::chrono::microseconds kScheduleSlice{100};

/// Gives every exchange of a source to `take`, in the source's order, until that answers false or a stop is asked.
/// Blocks; runs on the replay thread before the first request is sent.
using SourceReader =
    std::function<Status(const std::function<bool(traffic::Exchange &&)> &take, const std::stop_token &stop)>;

/// One replay from its source to its last answer, for the command line and the desktop: owns the replay thread (epoll
/// dispatcher on Linux), and on it the planner, the engine and the runner. Lives on the thread of its owner, which has
/// an event loop; every function returns at once. Signals are facts; how the run goes is read with progress() whenever
/// a face likes (each 100 ms).
class ReplayRun final : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        ReplayPlan plan;
        SourceReader source;
        Addressing addressing;
        router::EngineOptions engine;
        Rewriter::SecretLookup secrets; ///< of `${secret:NAME}`
        /// Exchanges that the sink has taken in and not dealt with yet; a closed loop waits while they are many. Any
        /// thread. May be empty.
        std::function<qint64()> backlog;
        QString runId; ///< empty = made up
        std::chrono::milliseconds drain{2'000};
        std::shared_ptr<router::Statistics> statistics;
    };

    /// `clock` and `sink` outlive the run. The sink is called on the replay thread.
    ReplayRun(const Clock &clock, Setup setup, traffic::ExchangeSink *sink, QObject *parent = nullptr);
    /// Gives up what is under way and ends the thread; call stop() and wait for ended() to keep answers.
    ~ReplayRun() override;

    /// Reads the source, then sends. prepared() and ended(), or failed(), follow.
    void start();
    void pause();
    void resume();
    /// While the source is read: ends without having sent anything. Else Runner::stop(): a second call gives up what is
    /// under way.
    void stop();
    void step();

    /// Any thread.
    [[nodiscard]] Progress progress() const;
    /// Records of the source read so far. Any thread.
    [[nodiscard]] qint64 recordsRead() const { return m_recordsRead; }
    [[nodiscard]] std::vector<Tally::Distribution> distributions() const;
    /// What compare found about a batch of exchanges. Any thread: give it to the recorder as its Recorded.
    void noteJudged(const std::vector<traffic::ExchangePtr> &exchanges);

Q_SIGNALS:
    /// The source is read; the first request follows.
    void prepared(const parallax::replay::PlanCounts &counts, const std::vector<parallax::Finding> &findings);
    void stateChanged(parallax::replay::RunState state);
    /// Nothing was sent: source, plan or hosts are no good, or stop() came first (kCancelled).
    void failed(const parallax::Error &error);
    void ended(const parallax::replay::Progress &progress);

private:
    class Worker;
    [[nodiscard]] std::shared_ptr<Runner> runner() const;
    void post(void (Runner::*call)());

    const Clock &m_clock;
    traffic::ExchangeSink *m_sink;
    QThread m_thread;
    Worker *m_worker = nullptr; ///< lives on m_thread, deleted as it finishes
    std::stop_source m_stop;
    std::atomic<qint64> m_recordsRead{0};
    mutable std::mutex m_runnerMutex;
    std::shared_ptr<Runner> m_runner; ///< made on m_thread when the source is read
    bool m_isStarted = false;
};

} // namespace parallax::replay

Q_DECLARE_METATYPE(parallax::replay::PlanCounts)
