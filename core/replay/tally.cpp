// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/tally.h"

namespace parallax::replay {

namespace {

/// Lateness from which a user should not trust the rate: more than any timer of a healthy machine.
constexpr double kLateMilliseconds = 10.0;

} // namespace

Tally::Tally(qint64 planned)
{
    m_counts.planned = planned;
    m_counts.waiting = planned;
}

void Tally::sent(bool isWarmup, std::optional<Nanoseconds> lateness)
{
    const std::lock_guard lock(m_mutex);
    ++m_counts.sent;
    ++m_counts.inFlight;
    --m_counts.waiting;
    if (isWarmup)
        ++m_counts.warmup;
    else if (lateness)
        m_lateness.record(lateness->count());
}

void Tally::droppedByCap()
{
    const std::lock_guard lock(m_mutex);
    ++m_counts.dropped;
    ++m_counts.droppedByCap;
    --m_counts.waiting;
}

void Tally::droppedByStop()
{
    const std::lock_guard lock(m_mutex);
    m_counts.droppedByStop += m_counts.waiting;
    m_counts.dropped += std::exchange(m_counts.waiting, 0);
}

void Tally::answered(const traffic::Exchange &exchange, bool isOk)
{
    const std::lock_guard lock(m_mutex);
    --m_counts.inFlight;
    ++(isOk ? m_counts.ok : m_counts.failed);
    if (exchange.isWarmup)
        return;
    m_failed += isOk ? 0 : 1;
    record(exchange, exchange.primary);
}

void Tally::finished(const traffic::Exchange &exchange)
{
    if (exchange.isWarmup || exchange.mirrors.empty())
        return;
    const std::lock_guard lock(m_mutex);
    for (const traffic::Reply &mirror : exchange.mirrors)
        record(exchange, mirror);
}

void Tally::judged(const QString &mirror, traffic::Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    target(mirror, true).figures.outcomes.add(outcome);
    m_different += outcome == traffic::Outcome::Different ? 1 : 0;
}

Tally::Target &Tally::target(const QString &name, bool isMirror)
{
    for (Target &each : m_targets) {
        if (each.figures.isMirror == isMirror && each.figures.name == name)
            return each;
    }
    Target fresh;
    fresh.figures.name = name;
    fresh.figures.isMirror = isMirror;
    // Primaries (a split has several) before mirrors, whichever answers first.
    const auto place = isMirror
                           ? m_targets.end()
                           : std::ranges::find_if(m_targets, [](const Target &each) { return each.figures.isMirror; });
    return *m_targets.insert(place, std::move(fresh));
}

void Tally::record(const traffic::Exchange &exchange, const traffic::Reply &reply)
{
    Target &each = target(reply.name, reply.role == traffic::Role::Mirror);
    ++each.figures.states[static_cast<std::size_t>(reply.state)];
    // A refused connection is quick; only whole answers tell how long answering takes, and deadlines that it was long.
    if (reply.state != traffic::AnswerState::Complete && reply.state != traffic::AnswerState::Timeout)
        return;
    const Nanoseconds service = reply.timings.serviceTime();
    if (service.count() < 0)
        return;
    each.service.record(service.count());
    each.response.record((exchange.started + reply.timings.done - exchange.intended).count());
}

qint64 Tally::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_counts.waiting;
}

qint64 Tally::failed() const
{
    const std::lock_guard lock(m_mutex);
    return m_failed;
}

qint64 Tally::different() const
{
    const std::lock_guard lock(m_mutex);
    return m_different;
}

Progress Tally::progress() const
{
    const std::lock_guard lock(m_mutex);
    Progress progress = m_counts;
    progress.lateness = TimeFigures::of(m_lateness);
    progress.isGeneratorLate = progress.droppedByCap > 0 || progress.lateness.p99 > kLateMilliseconds;
    progress.targets.reserve(m_targets.size());
    for (const Target &each : m_targets) {
        TargetProgress &figures = progress.targets.emplace_back(each.figures);
        figures.service = TimeFigures::of(each.service);
        figures.response = TimeFigures::of(each.response);
    }
    return progress;
}

std::vector<Tally::Distribution> Tally::distributions() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Distribution> all;
    all.reserve(m_targets.size());
    for (const Target &each : m_targets)
        all.push_back({each.figures.name, each.service, each.response});
    return all;
}

} // namespace parallax::replay
