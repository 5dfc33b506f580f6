// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/planner.h"

#include "replay/errors.h"

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

/// Without the answers of mirrors, and with the primary's as what the recording answered.
void makeRequest(traffic::Exchange &exchange)
{
    exchange.mirrors.clear();
    if (exchange.primary.state == traffic::AnswerState::Pending)
        return;
    if (!exchange.recorded)
        exchange.recorded = std::move(exchange.primary);
    exchange.primary = {};
}

} // namespace

Result<Planner> Planner::make(ReplayPlan plan, qint64 memoryBudget)
{
    Result<Filter> filter = plan.parsedFilter();
    if (!filter)
        return tl::unexpected(filter.error());
    return Planner(std::move(plan), std::move(*filter), memoryBudget);
}

Planner::Planner(ReplayPlan plan, Filter filter, qint64 memoryBudget)
    : m_plan(std::move(plan))
    , m_filter(std::move(filter))
    , m_sampler(m_plan.sampling)
    , m_requests(std::make_shared<RequestList>(memoryBudget))
{}

Result<bool> Planner::add(traffic::Exchange &&exchange)
{
    ++m_counts.read;
    const bool isElsewhere = !m_plan.sourceEndpoint.isEmpty() && exchange.endpoint != m_plan.sourceEndpoint;
    if (isElsewhere || !m_filter.matches(exchange)) {
        ++m_counts.filteredOut;
        return true;
    }
    const quint64 ordinal = exchange.id.value != 0 ? exchange.id.value : static_cast<quint64>(m_counts.read);
    if (!m_sampler.takes(exchange, ordinal)) {
        ++m_counts.sampledOut;
        return true;
    }
    if (exchange.body.isTruncated) {
        ++m_counts.bodiless;
        return true;
    }
    if (m_plan.limit > 0 && m_counts.chosen >= m_plan.limit) {
        ++m_counts.beyondLimit;
        return false;
    }
    ++m_counts.chosen;
    if (m_plan.pace.kind == PaceKind::Recorded)
        m_times.push_back(exchange.arrival);
    makeRequest(exchange);
    if (const Status status = m_requests->append(exchange); !status)
        return tl::unexpected(status.error());
    return m_plan.limit == 0 || m_counts.chosen < m_plan.limit;
}

qint64 Planner::plannedRequests(qint64 chosen) const
{
    const qint64 all = chosen * m_plan.repeat;
    if (m_plan.pace.kind != PaceKind::Ramp)
        return all;
    // A ramp takes its time whatever the source's length: it repeats a short source and leaves the rest of a long one.
    const bool isLimited = m_plan.limit > 0 || m_plan.repeat > 1;
    return isLimited ? std::min(all, rampRequests(m_plan.pace)) : rampRequests(m_plan.pace);
}

Result<PreparedReplay> Planner::finish()
{
    if (m_counts.read == 0)
        return fail(kSourceEmpty);
    if (m_counts.chosen == 0)
        return fail(kAllFilteredOut, {{u"count"_s, m_counts.read}});
    PreparedReplay prepared;
    if (m_plan.pace.kind == PaceKind::Recorded) {
        Result<Timeline> timeline = makeTimeline(m_times, m_plan.pace);
        if (!timeline)
            return tl::unexpected(timeline.error());
        prepared.findings = timeline->findings();
        m_requests->setOrder(std::move(timeline->order));
        timeline->order.clear();
        prepared.timeline = std::make_shared<const Timeline>(std::move(*timeline));
    }
    if (m_counts.bodiless > 0)
        prepared.findings.push_back(
            {Severity::Warning, Error{kBodiesMissing, {{u"count"_s, m_counts.bodiless}}, {}, {}}});
    prepared.requests = std::move(m_requests);
    prepared.planned = plannedRequests(m_counts.chosen);
    prepared.counts = m_counts;
    if (m_plan.pace.isScheduled() && !m_plan.pace.isPoisson && prepared.planned > 0) {
        Schedule schedule(m_plan.pace, prepared.timeline, m_plan.seed);
        prepared.duration = schedule.due(prepared.planned - 1).value_or(Nanoseconds{-1});
    }
    return prepared;
}

} // namespace parallax::replay
