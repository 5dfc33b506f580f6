// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From the exchanges of a source to the requests of a run.
#pragma once

#include "replay/plan.h"
#include "replay/requestlist.h"
#include "replay/schedule.h"

#include <memory>
#include <vector>

namespace parallax::replay {

/// What became of the records of a source. They add up: read = filteredOut + sampledOut + beyondLimit + bodiless +
/// chosen.
struct PlanCounts
{
    qint64 read = 0;
    qint64 filteredOut = 0;
    qint64 sampledOut = 0;
    qint64 beyondLimit = 0; ///< counted only as far as the source was read
    qint64 bodiless = 0;    ///< bodies that were too long to be recorded whole
    qint64 chosen = 0;
    friend bool operator==(const PlanCounts &, const PlanCounts &) = default;
};

/// A run that is ready to start.
struct PreparedReplay
{
    std::shared_ptr<RequestList> requests;
    std::shared_ptr<const Timeline> timeline; ///< of a Recorded pace
    qint64 planned = 0;                       ///< requests over all repetitions
    PlanCounts counts;
    std::vector<Finding> findings; ///< what the user should hear before the start
    Nanoseconds duration{-1};      ///< until the last request is due; -1 = nobody knows (closed loop)
};

/// Takes the exchanges of a source one by one, on any one thread, and keeps those that the plan wants. Only what is
/// sent again is kept: requests and what production answered to them.
class Planner
{
public:
    [[nodiscard]] static Result<Planner> make(ReplayPlan plan, qint64 memoryBudget = RequestList::kMemoryBudget);

    /// False when no more is wanted (the limit is reached). kSpoolFailed.
    [[nodiscard]] Result<bool> add(traffic::Exchange &&exchange);
    [[nodiscard]] const PlanCounts &counts() const { return m_counts; }
    /// kSourceEmpty, kAllFilteredOut, kNoTimes. The planner is spent afterwards.
    [[nodiscard]] Result<PreparedReplay> finish();

private:
    Planner(ReplayPlan plan, Filter filter, qint64 memoryBudget);
    [[nodiscard]] qint64 plannedRequests(qint64 chosen) const;

    ReplayPlan m_plan;
    Filter m_filter;
    Sampler m_sampler;
    std::shared_ptr<RequestList> m_requests;
    std::vector<std::optional<WallTime>> m_times;
    PlanCounts m_counts;
};

} // namespace parallax::replay
