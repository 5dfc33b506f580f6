// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/runner.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

/// Sent in one go before the event loop may read answers again.
constexpr int kBatch = 64;
/// Wake-ups are at least this far apart, so that at high rates several requests share one.
constexpr Nanoseconds kWakeDistance{50'000};
/// Requests kept waiting for their session before the schedule itself waits.
constexpr qint64 kMaxParked = 100'000;
/// The sink's backlog is asked for once in so many requests, and again after so long while it is too large.
constexpr int kBacklogEvery = 64;
constexpr Nanoseconds kBacklogPatience{2'000'000};

} // namespace

Runner::Runner(const Clock &clock, Pacer &pacer, Setup setup, traffic::ExchangeSink *sink, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_pacer(pacer)
    , m_setup(std::move(setup))
    , m_sink(sink)
    , m_schedule(m_setup.plan.pace, m_setup.prepared.timeline, m_setup.plan.seed)
    , m_tally(m_setup.prepared.planned)
    , m_size(m_setup.prepared.requests->size())
{
    m_pacer.setHandler([this] { onAlarm(); });
}

void Runner::start(Carrier &carrier)
{
    Q_ASSERT(m_state == RunState::Ready);
    m_carrier = &carrier;
    {
        const std::lock_guard lock(m_timesMutex);
        m_start = m_clock.monotonicTime();
    }
    setState(RunState::Running);
    // From the event loop, like all that follows.
    m_pacer.armAt(m_start);
}

void Runner::pause()
{
    if (m_state != RunState::Running)
        return;
    {
        const std::lock_guard lock(m_timesMutex);
        m_pausedAt = m_clock.monotonicTime();
    }
    setState(RunState::Paused);
    m_pacer.disarm();
}

void Runner::resume()
{
    if (m_state != RunState::Paused)
        return;
    const MonotonicTime now = m_clock.monotonicTime();
    {
        const std::lock_guard lock(m_timesMutex);
        m_paused += now - m_pausedAt;
    }
    const Nanoseconds paused = now - m_pausedAt;
    m_shift += paused;
    m_nextDue.reset();
    // What waits for its session was due before the pause and is due as much later.
    const auto postpone = [paused, elapsed = now - m_start](Pending &pending) {
        if (pending.due)
            *pending.due += paused;
        pending.free = std::min(pending.free + paused, Nanoseconds(elapsed));
    };
    std::ranges::for_each(m_ready, postpone);
    m_lanes.forEachParked(postpone);
    setState(RunState::Running);
    m_pacer.armAt(now);
}

void Runner::stop()
{
    endEarly(EndReason::Stopped);
}

void Runner::step()
{
    ++m_steps;
    if (m_state == RunState::Running)
        m_pacer.armAt(m_clock.monotonicTime());
}

void Runner::endEarly(EndReason reason)
{
    if (m_state == RunState::Finished)
        return;
    if (m_state == RunState::Stopping) {
        m_carrier->stop();
        return;
    }
    m_reason = reason;
    if (m_state == RunState::Paused) {
        const std::lock_guard lock(m_timesMutex);
        m_paused += m_clock.monotonicTime() - m_pausedAt;
    }
    m_next = m_setup.prepared.planned;
    m_ready.clear();
    m_lanes.dropParked();
    m_tally.droppedByStop();
    setState(RunState::Stopping);
    m_pacer.armAt(m_clock.monotonicTime() + m_setup.drain);
    endWhenDone();
}

void Runner::onAlarm()
{
    if (m_state == RunState::Stopping && m_carrier != nullptr)
        m_carrier->stop();
    else
        pump();
}

void Runner::pump()
{
    if (m_state != RunState::Running || m_isPumping)
        return;
    m_isPumping = true;
    const Nanoseconds now = elapsed();
    int sent = 0;
    bool isHeld = false;
    while (sent < kBatch && m_state == RunState::Running) {
        isHeld = mustWaitForSink();
        if (isHeld || !sendOne(elapsed()))
            break;
        ++sent;
    }
    m_isPumping = false;
    if (m_state != RunState::Running)
        return;
    if (isHeld)
        m_pacer.armAt(m_start + now + kBacklogPatience);
    else if (sent == kBatch)
        m_pacer.armAt(m_start + now);
    else if (m_nextDue && (hasRoom() || m_setup.plan.overload == Overload::Drop))
        m_pacer.armAt(m_start + std::max(*m_nextDue, now + kWakeDistance));
    endWhenDone();
}

/// Answers that came together are all taken before anything is sent: the server is woken once for several requests.
void Runner::pumpSoon()
{
    if (std::exchange(m_isPumpDue, true))
        return;
    m_pacer.callSoon([this] {
        m_isPumpDue = false;
        pump();
    });
}

/// False when there is nothing to send at this moment.
bool Runner::sendOne(Nanoseconds now)
{
    if (!m_ready.empty() && hasRoom()) {
        const Pending pending = m_ready.front();
        m_ready.pop_front();
        const traffic::ExchangePtr source = m_setup.prepared.requests->at(pending.index % m_size);
        if (source)
            send(pending, laneOf(*source, pending.index), source, now);
        else
            endEarly(EndReason::SourceFailed);
        return true;
    }
    const std::optional<Pending> pending = nextFromSchedule(now);
    if (!pending)
        return false;
    const traffic::ExchangePtr source = m_setup.prepared.requests->at(pending->index % m_size);
    if (!source) {
        endEarly(EndReason::SourceFailed);
        return false;
    }
    const QByteArray lane = laneOf(*source, pending->index);
    if (lane.isEmpty() || m_lanes.enter(lane, *pending))
        send(*pending, lane, source, now);
    return true;
}

std::optional<Pending> Runner::nextFromSchedule(Nanoseconds now)
{
    const qint64 planned = m_setup.prepared.planned;
    const Pace &pace = m_setup.plan.pace;
    while (m_next < planned && m_lanes.parked() < kMaxParked) {
        if (!pace.isScheduled()) {
            if (!hasRoom() || (pace.kind == PaceKind::Step && m_steps == 0))
                return std::nullopt;
            m_steps -= pace.kind == PaceKind::Step ? 1 : 0;
            return Pending{m_next++, std::nullopt, {}};
        }
        if (!m_nextDue)
            m_nextDue = m_schedule.due(m_next).value_or(Nanoseconds{0}) + m_shift;
        if (*m_nextDue > now)
            return std::nullopt;
        const bool isFull = !hasRoom();
        if (isFull && m_setup.plan.overload == Overload::Wait)
            return std::nullopt;
        const Pending pending{m_next++, std::exchange(m_nextDue, std::nullopt), {}};
        if (!isFull)
            return pending;
        m_tally.droppedByCap();
    }
    m_nextDue.reset();
    return std::nullopt;
}

bool Runner::mustWaitForSink()
{
    if (!m_setup.backlog || m_setup.plan.pace.isScheduled() || --m_untilBacklog > 0)
        return false;
    m_untilBacklog = kBacklogEvery;
    if (m_setup.backlog() <= kMaxBacklog)
        return false;
    m_untilBacklog = 0;
    return true;
}

bool Runner::hasRoom() const
{
    const Pace &pace = m_setup.plan.pace;
    // A worker of the closed loop is free when the mirrors have ended as well: pairs are not given up for speed.
    if (!pace.isScheduled())
        return m_flights.size() < (pace.kind == PaceKind::Step ? kMaxConcurrency : pace.concurrency);
    return m_primaries < m_setup.plan.maxInFlight;
}

QByteArray Runner::laneOf(const traffic::Exchange &source, qint64 index) const
{
    if (!m_setup.plan.session)
        return {};
    const QByteArray key = m_setup.plan.session->of(source, static_cast<quint64>(index % m_size) + 1);
    // Each repetition logs in anew.
    return key.isEmpty() ? QByteArray() : QByteArray::number(index / m_size) + ':' + key;
}

QString Runner::requestId(qint64 number, qint64 loop) const
{
    QString id = m_setup.runId + u'-' + QString::number(number);
    if (loop > 1)
        id += u'.' + QString::number(loop);
    return id;
}

void Runner::send(const Pending &pending, const QByteArray &lane, const traffic::ExchangePtr &source, Nanoseconds now)
{
    static const SessionState kNoSession;
    const ReplayPlan &plan = m_setup.plan;
    const qint64 loop = pending.index / m_size;
    router::CallRequest call;
    call.request = m_setup.rewriter.request(*source, lane.isEmpty() ? kNoSession : m_lanes.state(lane));
    call.requestId = requestId(pending.index % m_size + 1, loop + 1);
    call.mirrorsFirst = plan.alternatesOrder && pending.index % 2 == 1;
    call.timeout = plan.timeout;
    call.session = plan.session ? QString::fromUtf8(lane.mid(lane.indexOf(':') + 1)) : source->session;
    call.tags = source->tags;
    call.note = source->note;
    call.recorded = source->recorded;
    call.intended = pending.due.value_or(now);
    call.started = now;
    call.isWarmup = pending.index < plan.warmup.count || call.intended < plan.warmup.duration;
    // Waiting for one's session is part of the response time but no fault of the generator.
    m_tally.sent(call.isWarmup, pending.due ? std::optional(now - std::max(*pending.due, pending.free)) : std::nullopt);
    ++m_primaries;
    m_flights.insert(call.requestId, lane.isEmpty() ? Flight() : Flight{lane, source});
    m_carrier->send(std::move(call));
}

void Runner::answered(const traffic::ExchangePtr &exchange)
{
    const auto flight = m_flights.constFind(exchange->requestId);
    if (flight == m_flights.constEnd())
        return; // none of this run's
    noteAnswered(*exchange, *flight);
    if (m_sink != nullptr)
        m_sink->answered(exchange);
    stopAfterFailures();
    pumpSoon();
}

void Runner::noteAnswered(const traffic::Exchange &exchange, const Flight &flight)
{
    --m_primaries;
    m_tally.answered(exchange, isGoodAnswer(exchange.primary));
    if (flight.lane.isEmpty())
        return;
    const traffic::Reply *recorded = flight.source->recorded ? &*flight.source->recorded : nullptr;
    m_setup.rewriter.learn(exchange.primary, recorded, m_lanes.state(flight.lane));
    if (std::optional<Pending> next = m_lanes.release(flight.lane)) {
        next->free = elapsed();
        m_ready.push_back(*next);
    }
}

void Runner::stopAfterFailures()
{
    const qint64 limit = m_setup.plan.stopAfter.failures;
    if (limit > 0 && m_state == RunState::Running && m_tally.failed() >= limit)
        endEarly(EndReason::Failures);
}

void Runner::answeredWhole(const traffic::ExchangePtr &exchange)
{
    const auto flight = m_flights.constFind(exchange->requestId);
    if (flight == m_flights.constEnd())
        return;
    noteAnswered(*exchange, *flight);
    m_flights.erase(flight);
    m_tally.finished(*exchange);
    if (m_sink != nullptr)
        m_sink->answeredWhole(exchange);
    stopAfterFailures();
    pumpSoon();
    endWhenDone();
}

void Runner::mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex)
{
    if (m_sink != nullptr)
        m_sink->mirrorAnswered(exchange, mirrorIndex);
}

void Runner::finished(const traffic::ExchangePtr &exchange)
{
    if (m_flights.remove(exchange->requestId) == 0)
        return;
    m_tally.finished(*exchange);
    if (m_sink != nullptr)
        m_sink->finished(exchange);
    pumpSoon();
    endWhenDone();
}

void Runner::judged(const QString &mirror, traffic::Outcome outcome)
{
    m_tally.judged(mirror, outcome);
    const qint64 limit = m_setup.plan.stopAfter.different;
    if (limit > 0 && outcome == traffic::Outcome::Different && m_tally.different() >= limit)
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_state == RunState::Running || m_state == RunState::Paused)
                    endEarly(EndReason::Different);
            },
            Qt::QueuedConnection);
}

void Runner::endWhenDone()
{
    if (m_state == RunState::Finished || m_state == RunState::Ready || m_state == RunState::Paused)
        return;
    if (m_next < m_setup.prepared.planned || !m_flights.isEmpty() || !m_ready.empty() || m_lanes.parked() > 0)
        return;
    m_pacer.disarm();
    {
        const std::lock_guard lock(m_timesMutex);
        m_endedAt = m_clock.monotonicTime();
    }
    if (m_reason == EndReason::None)
        m_reason = EndReason::Completed;
    setState(RunState::Finished);
    Q_EMIT ended();
}

void Runner::setState(RunState state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

Nanoseconds Runner::running() const
{
    const std::lock_guard lock(m_timesMutex);
    switch (m_state) {
    case RunState::Ready:
        return Nanoseconds{0};
    case RunState::Paused:
        return m_pausedAt - m_start - m_paused;
    case RunState::Finished:
        return m_endedAt - m_start - m_paused;
    default:
        return m_clock.monotonicTime() - m_start - m_paused;
    }
}

Progress Runner::progress() const
{
    // The counts before the time: a rate may then be a hair too low, never too high.
    Progress progress = m_tally.progress();
    progress.state = m_state;
    progress.reason = m_reason;
    progress.elapsed = running();
    const double seconds = toMilliseconds(progress.elapsed) / 1e3;
    progress.rate = seconds > 0.0 ? static_cast<double>(progress.sent) / seconds : 0.0;
    const PreparedReplay &prepared = m_setup.prepared;
    if (progress.waiting == 0)
        progress.eta = Nanoseconds{0};
    else if (prepared.duration.count() >= 0)
        progress.eta = std::max(Nanoseconds{0}, prepared.duration - progress.elapsed);
    else if (progress.rate > 0.0 && m_setup.plan.pace.kind != PaceKind::Step)
        progress.eta = Nanoseconds(static_cast<qint64>(static_cast<double>(progress.waiting) / progress.rate * 1e9));
    return progress;
}

} // namespace parallax::replay
