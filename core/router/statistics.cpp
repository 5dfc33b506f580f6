// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/statistics.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

QString slotName(const QString &endpoint, const QString &name, bool isMirror)
{
    return endpoint + (isMirror ? u"\nm\n"_s : u"\nb\n"_s) + name;
}

void add(TargetStatistics &sum, const TargetStatistics &part)
{
    for (std::size_t i = 0; i < kCallOutcomes; ++i)
        sum.outcomes.at(i) += part.outcomes.at(i);
    for (std::size_t i = 0; i < kDropReasons; ++i)
        sum.dropped.at(i) += part.dropped.at(i);
    sum.latency.merge(part.latency);
    sum.latencySum += part.latencySum;
    sum.queued += part.queued;
    sum.inFlight += part.inFlight;
    if (part.breaker != BreakerState::Closed)
        sum.breaker = part.breaker;
}

} // namespace

QString toString(CallOutcome outcome)
{
    switch (outcome) {
    case CallOutcome::Ok:
        return u"ok"_s;
    case CallOutcome::Error:
        return u"error"_s;
    case CallOutcome::Failed:
        return u"failed"_s;
    case CallOutcome::Timeout:
        return u"timeout"_s;
    case CallOutcome::Dropped:
        return u"dropped"_s;
    case CallOutcome::Aborted:
        return u"aborted"_s;
    }
    Q_UNREACHABLE();
}

quint64 TargetStatistics::total() const
{
    return std::accumulate(outcomes.begin(), outcomes.end(), quint64(0));
}

std::size_t Statistics::slot(const Key &key)
{
    const std::lock_guard lock(m_mutex);
    const QString name = slotName(key.endpoint, key.name, key.isMirror);
    if (const auto it = m_slots.constFind(name); it != m_slots.constEnd())
        return *it;
    const std::size_t index = m_now.targets.size();
    TargetStatistics &target = m_now.targets.emplace_back();
    target.endpoint = key.endpoint;
    target.name = key.name;
    target.isMirror = key.isMirror;
    m_slots.insert(name, index);
    return index;
}

void Statistics::ended(std::size_t slot, CallOutcome outcome, traffic::DropReason reason, Nanoseconds serviceTime)
{
    const std::lock_guard lock(m_mutex);
    TargetStatistics &target = m_now.targets[slot];
    ++target.outcomes.at(static_cast<std::size_t>(outcome));
    if (reason != traffic::DropReason::None)
        ++target.dropped.at(static_cast<std::size_t>(reason));
    if (serviceTime.count() >= 0 && (outcome == CallOutcome::Ok || outcome == CallOutcome::Error)) {
        target.latency.record(serviceTime.count());
        target.latencySum += serviceTime.count();
    }
}

void Statistics::setLoad(std::size_t slot, int queued, int inFlight, BreakerState breaker)
{
    const std::lock_guard lock(m_mutex);
    TargetStatistics &target = m_now.targets[slot];
    target.queued = queued;
    target.inFlight = inFlight;
    target.breaker = breaker;
}

void Statistics::requestStarted()
{
    const std::lock_guard lock(m_mutex);
    ++m_now.requests;
    ++m_now.inFlight;
}

void Statistics::requestEnded()
{
    const std::lock_guard lock(m_mutex);
    --m_now.inFlight;
}

void Statistics::requestRefused()
{
    const std::lock_guard lock(m_mutex);
    ++m_now.refused;
}

void Statistics::connectionsChanged(int delta)
{
    const std::lock_guard lock(m_mutex);
    m_now.connections += delta;
}

StatisticsSnapshot Statistics::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_now;
}

StatisticsSnapshot Statistics::sum(const std::vector<StatisticsSnapshot> &parts)
{
    if (parts.size() == 1)
        return parts.front();
    StatisticsSnapshot out;
    QHash<QString, std::size_t> slots;
    for (const StatisticsSnapshot &part : parts) {
        out.requests += part.requests;
        out.refused += part.refused;
        out.inFlight += part.inFlight;
        out.connections += part.connections;
        for (const TargetStatistics &target : part.targets) {
            const QString name = slotName(target.endpoint, target.name, target.isMirror);
            if (const auto it = slots.constFind(name); it != slots.constEnd()) {
                add(out.targets[*it], target);
                continue;
            }
            slots.insert(name, out.targets.size());
            out.targets.push_back(target);
        }
    }
    return out;
}

} // namespace parallax::router
