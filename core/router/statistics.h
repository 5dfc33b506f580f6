// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of a running router.
#pragma once

#include "base/histogram.h"
#include "traffic/exchange.h"

#include <QHash>
#include <QString>

#include <array>
#include <mutex>
#include <vector>

namespace parallax::router {

/// How a call to one target ended, as it is counted. Ok: an answer below 400. Error: one of 400 and more.
enum class CallOutcome { Ok, Error, Failed, Timeout, Dropped, Aborted };
inline constexpr std::size_t kCallOutcomes = 6;
inline constexpr std::size_t kDropReasons = 7; ///< as in traffic::DropReason, None unused

/// `ok`, `error`, `failed`, `timeout`, `dropped`, `aborted`.
[[nodiscard]] QString toString(CallOutcome outcome);

enum class BreakerState { Closed, Open, HalfOpen };

struct TargetStatistics
{
    QString endpoint;
    QString name; ///< backend label or mirror name
    bool isMirror = false;
    std::array<quint64, kCallOutcomes> outcomes{};
    std::array<quint64, kDropReasons> dropped{};
    base::Histogram latency; ///< ns from sent to done, of complete answers
    qint64 latencySum = 0;   ///< ns
    int queued = 0;          ///< mirrors: waiting now
    int inFlight = 0;        ///< running now
    BreakerState breaker = BreakerState::Closed;

    [[nodiscard]] quint64 total() const;
};

/// A copy at one moment. Rates are for the reader to make from two of them.
struct StatisticsSnapshot
{
    quint64 requests = 0;                  ///< routed, since start
    quint64 refused = 0;                   ///< answered by the router itself before routing (4xx, 5xx of its own)
    int inFlight = 0;                      ///< primaries
    int connections = 0;                   ///< of callers, open now
    std::vector<TargetStatistics> targets; ///< in order of first use
};

/// Counts what one engine does. One writer thread, any readers; a lock of a few instructions, no allocation per call
/// once a target was seen.
class Statistics
{
public:
    struct Key
    {
        QString endpoint;
        QString name;
        bool isMirror = false;
        friend bool operator==(const Key &, const Key &) = default;
    };
    /// A place to count in, stable for the life of this object.
    [[nodiscard]] std::size_t slot(const Key &key);
    void ended(std::size_t slot, CallOutcome outcome, traffic::DropReason reason, Nanoseconds serviceTime);
    void setLoad(std::size_t slot, int queued, int inFlight, BreakerState breaker);
    void requestStarted();
    void requestEnded();
    void requestRefused();
    void connectionsChanged(int delta);

    [[nodiscard]] StatisticsSnapshot snapshot() const;
    /// Adds what several engines counted, target by target.
    [[nodiscard]] static StatisticsSnapshot sum(const std::vector<StatisticsSnapshot> &parts);

private:
    mutable std::mutex m_mutex;
    StatisticsSnapshot m_now;
    QHash<QString, std::size_t> m_slots;
};

} // namespace parallax::router
