// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// When each request is due, in nanoseconds from the start of a run. Pure functions: every moment follows from the
// start alone and never from the moment before, so nothing adds up over a run (GoReplay sleeps gap by gap and drifts).
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replay/pace.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace parallax::replay {

/// The order and the moments of a recording, prepared for one Pace. A value, made by makeTimeline.
struct Timeline
{
    std::vector<quint32> order;       ///< positions in the source, sorted by time; equal times keep their order
    std::vector<Nanoseconds> offsets; ///< when each of `order` is due, the first at 0
    Nanoseconds period{0};            ///< a repeated run begins again after this
    qint64 outOfOrder = 0;            ///< records earlier than one before them
    qint64 withoutTime = 0;           ///< spread evenly between their neighbours
    bool isCoarse = false;            ///< whole seconds only: spread within each second
    qint64 gapsCut = 0;
    Nanoseconds cut{0};        ///< how much time the cap on gaps took out, as replayed
    Nanoseconds longestGap{0}; ///< before the cap, as replayed
    Nanoseconds span{0};       ///< from the first to the last, as replayed

    /// What a user should hear about it: times missing, unsorted, coarse, gaps cut.
    [[nodiscard]] std::vector<Finding> findings() const;
};

/// Sorts fully, fills in missing times, applies the factor and the cap of a Recorded pace. kNoTimes when there is not
/// one time among them.
[[nodiscard]] Result<Timeline> makeTimeline(std::span<const std::optional<WallTime>> times, const Pace &pace);

/// How many requests a ramp sends while it rises or falls: the area under it.
[[nodiscard]] qint64 rampRequests(const Pace &ramp);

/// Answers when the n-th request of a run is due. `timeline` is needed for a Recorded pace only. Poisson gaps (seeded,
/// so that a run can be repeated) follow from the indexes asked before: ask in ascending order.
class Schedule
{
public:
    explicit Schedule(const Pace &pace, std::shared_ptr<const Timeline> timeline = {}, quint64 seed = 1);

    /// From the start of the run; empty when the pace has no clock (closed loop, step).
    [[nodiscard]] std::optional<Nanoseconds> due(qint64 index);

private:
    [[nodiscard]] Nanoseconds poissonDue(qint64 index);

    Pace m_pace;
    std::shared_ptr<const Timeline> m_timeline;
    quint64 m_random;
    qint64 m_poissonIndex = 0;
    long double m_poissonSeconds = 0;
};

} // namespace parallax::replay
