// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/mirrorlane.h"

#include "router/call.h"
#include "router/engineprivate.h"

#include <algorithm>

namespace parallax::router {

bool CircuitBreaker::admits(MonotonicTime now)
{
    if (!m_options.isEnabled || m_state == BreakerState::Closed)
        return true;
    if (m_isProbing || now < m_until)
        return false;
    m_state = BreakerState::HalfOpen;
    m_isProbing = true;
    return true;
}

void CircuitBreaker::open(MonotonicTime now)
{
    m_state = BreakerState::Open;
    m_until = now + m_pause;
    m_pause = std::min(m_pause * 2, m_options.longestPause);
    m_failures = 0;
    m_serverErrors = 0;
}

void CircuitBreaker::record(Result result, MonotonicTime now)
{
    const bool wasProbe = std::exchange(m_isProbing, false);
    switch (result) {
    case Result::Given:
        return;
    case Result::Answered:
        m_failures = 0;
        m_serverErrors = 0;
        m_pause = m_options.pause;
        m_state = BreakerState::Closed;
        return;
    case Result::Failure:
        ++m_failures;
        break;
    case Result::ServerError:
        m_failures = 0;
        ++m_serverErrors;
        break;
    }
    const bool isTooMany = m_failures >= m_options.failures || m_serverErrors >= m_options.serverErrors;
    if (wasProbe || (m_state == BreakerState::Closed && isTooMany))
        open(now);
}

MirrorLane::MirrorLane(const targets::Upstream &upstream, const EngineOptions &options, const Clock &clock,
                       http::DeadlineQueue &deadlines, std::shared_ptr<Statistics> statistics, std::size_t slot)
    : m_upstream(upstream)
    , m_options(options)
    , m_clock(clock)
    , m_statistics(std::move(statistics))
    , m_slot(slot)
    , m_breaker(options.breaker)
    , m_pool(peerOf(upstream), clientOptions(options, traffic::Role::Mirror), deadlines)
{}

MirrorLane::~MirrorLane() = default;

traffic::DropReason MirrorLane::offer(Leg &leg)
{
    if (!m_breaker.admits(m_clock.monotonicTime())) {
        publishLoad();
        return traffic::DropReason::BreakerOpen;
    }
    if (m_running < m_options.mirrorConnections) {
        begin(leg);
        return traffic::DropReason::None;
    }
    const qint64 size = leg.bodySize();
    if (queued() >= m_options.mirrorQueue || m_waitingBytes + size > m_options.mirrorQueueBytes)
        return traffic::DropReason::QueueFull;
    m_waiting.push_back(&leg);
    leg.isWaiting = true;
    m_waitingBytes += size;
    publishLoad();
    return traffic::DropReason::None;
}

void MirrorLane::begin(Leg &leg)
{
    ++m_running;
    publishLoad();
    leg.begin(m_pool);
}

void MirrorLane::beginNext()
{
    while (!m_waiting.empty() && m_running < m_options.mirrorConnections) {
        Leg &leg = *m_waiting.front();
        withdraw(leg);
        if (m_breaker.admits(m_clock.monotonicTime()))
            begin(leg);
        else
            leg.giveUp(traffic::AnswerState::Dropped, traffic::DropReason::BreakerOpen, {});
    }
}

void MirrorLane::ended(CircuitBreaker::Result result)
{
    --m_running;
    m_breaker.record(result, m_clock.monotonicTime());
    beginNext();
    publishLoad();
}

void MirrorLane::withdraw(Leg &leg)
{
    if (!std::exchange(leg.isWaiting, false))
        return;
    m_waiting.erase(std::find(m_waiting.begin(), m_waiting.end(), &leg));
    m_waitingBytes -= leg.bodySize();
}

void MirrorLane::publishLoad()
{
    m_statistics->setLoad(m_slot, queued(), m_running, m_breaker.state());
}

} // namespace parallax::router
