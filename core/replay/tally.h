// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/progress.h"

#include <mutex>

namespace parallax::replay {

/// Counts a run. Written on the replay thread (outcomes: on the thread that judges), read from any; a lock of a few
/// instructions around each step, so that every reading adds up. Fixed memory whatever the number of requests.
class Tally
{
public:
    explicit Tally(qint64 planned);

    void sent(bool isWarmup, std::optional<Nanoseconds> lateness);
    void droppedByCap();
    /// All that still wait.
    void droppedByStop();
    /// The primary's end. Moments count from the start of the run.
    void answered(const traffic::Exchange &exchange, bool isOk);
    /// The mirrors' ends.
    void finished(const traffic::Exchange &exchange);
    void judged(const QString &mirror, traffic::Outcome outcome);

    [[nodiscard]] qint64 waiting() const;
    [[nodiscard]] qint64 failed() const;
    [[nodiscard]] qint64 different() const;
    /// The counts and times; state, elapsed time, rate and ETA are the runner's to add.
    [[nodiscard]] Progress progress() const;

    /// Whole histograms in nanoseconds, for charts.
    struct Distribution
    {
        QString name;
        base::Histogram service;
        base::Histogram response;
    };
    [[nodiscard]] std::vector<Distribution> distributions() const;

private:
    struct Target
    {
        TargetProgress figures;
        base::Histogram service;
        base::Histogram response;
    };
    Target &target(const QString &name, bool isMirror);
    void record(const traffic::Exchange &exchange, const traffic::Reply &reply);

    mutable std::mutex m_mutex;
    Progress m_counts;
    base::Histogram m_lateness;
    std::vector<Target> m_targets;
    qint64 m_failed = 0; ///< without warm-up
    qint64 m_different = 0;
};

} // namespace parallax::replay
