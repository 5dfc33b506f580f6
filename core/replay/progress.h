// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a run is going: the value that the desktop, the terminal and `--json` show.
#pragma once

#include "base/clock.h"
#include "base/histogram.h"
#include "compare/comparison.h"
#include "traffic/exchange.h"

#include <QJsonObject>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace parallax::replay {

enum class RunState { Ready, Running, Paused, Stopping, Finished };
enum class EndReason { None, Completed, Stopped, Failures, Different, SourceFailed };

/// Milliseconds, out of a histogram.
struct TimeFigures
{
    qint64 count = 0;
    double mean = 0.0;
    double p50 = 0.0;
    double p95 = 0.0;
    double p99 = 0.0;
    double max = 0.0;

    [[nodiscard]] static TimeFigures of(const base::Histogram &nanoseconds);
    friend bool operator==(const TimeFigures &, const TimeFigures &) = default;
};

/// The primary, or one mirror. Warm-up is in none of its figures.
struct TargetProgress
{
    QString name;
    bool isMirror = false;
    std::array<qint64, 5> states{};  ///< by traffic::AnswerState
    compare::OutcomeCounts outcomes; ///< of a mirror's pairs, as far as they are judged
    TimeFigures service;             ///< sent -> last byte: what the target took
    TimeFigures response;            ///< due -> last byte: what a caller who kept to the schedule would have waited

    [[nodiscard]] qint64 count(traffic::AnswerState state) const { return states[static_cast<std::size_t>(state)]; }
    friend bool operator==(const TargetProgress &, const TargetProgress &) = default;
};

/// One moment of a run. At every moment: planned = sent + dropped + waiting, sent = ok + failed + inFlight. These count
/// warm-up requests too; every other figure leaves them out.
struct Progress
{
    RunState state = RunState::Ready;
    EndReason reason = EndReason::None;

    qint64 planned = 0;
    qint64 sent = 0;
    qint64 dropped = 0; ///< due but never sent
    qint64 waiting = 0;
    qint64 ok = 0;
    qint64 failed = 0;
    qint64 inFlight = 0;
    qint64 droppedByCap = 0;  ///< of dropped: too many under way
    qint64 droppedByStop = 0; ///< of dropped: the run was stopped before
    qint64 warmup = 0;        ///< of sent: before counting began

    Nanoseconds elapsed{0};              ///< running, without pauses
    double rate = 0.0;                   ///< requests sent a second, over the whole run
    std::optional<Nanoseconds> eta;      ///< until the last is sent
    TimeFigures lateness;                ///< sent after due, waiting for a session aside; empty for a closed loop
    bool isGeneratorLate = false;        ///< this program or its in-flight cap did not keep to the schedule
    std::vector<TargetProgress> targets; ///< the primary first

    [[nodiscard]] bool isOver() const { return state == RunState::Finished; }
    /// planned, sent, ok, failed, dropped, seconds, rate, lateness (contract of replay), and beside them what else is
    /// known.
    [[nodiscard]] QJsonObject toJson() const;
    friend bool operator==(const Progress &, const Progress &) = default;
};

/// `ready`, `running`, ...
[[nodiscard]] QString toString(RunState state);
/// `completed`, `stopped`, `failures`, `different`, `source-failed`; empty for None.
[[nodiscard]] QString toString(EndReason reason);

} // namespace parallax::replay

Q_DECLARE_METATYPE(parallax::replay::Progress)
