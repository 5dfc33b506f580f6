// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A replay against simulated servers in simulated time: a minute of traffic takes milliseconds and always comes out the
// same.
#pragma once

#include "replay/runner.h"

#include <functional>
#include <map>
#include <set>

namespace parallax::test {

/// Time that stands still until run() moves it to the next event.
class SimulatedTime final : public Clock
{
public:
    [[nodiscard]] WallTime wallTime() const override { return WallTime(m_now.time_since_epoch()); }
    [[nodiscard]] MonotonicTime monotonicTime() const override { return m_now; }

    using Ticket = std::multimap<MonotonicTime, std::function<void()>>::iterator;
    Ticket at(MonotonicTime moment, std::function<void()> event)
    {
        return m_events.emplace(std::max(moment, m_now), std::move(event));
    }
    Ticket in(Nanoseconds delay, std::function<void()> event) { return at(m_now + delay, std::move(event)); }
    void cancel(Ticket ticket) { m_events.erase(ticket); }

    /// Until nothing is left to happen, or `limit` is reached. Calls `afterEach` after every event.
    void run(Nanoseconds limit = std::chrono::hours(24), const std::function<void()> &afterEach = {})
    {
        const MonotonicTime end = MonotonicTime(limit);
        while (!m_events.empty() && m_events.begin()->first <= end) {
            const auto node = m_events.extract(m_events.begin());
            m_now = node.key();
            node.mapped()();
            if (afterEach)
                afterEach();
        }
        if (m_events.empty() || m_now < end)
            m_now = std::max(m_now, m_events.empty() ? m_now : end);
    }
    [[nodiscard]] Nanoseconds now() const { return m_now.time_since_epoch(); }

private:
    MonotonicTime m_now{};
    std::multimap<MonotonicTime, std::function<void()>> m_events;
};

class SimulatedPacer final : public replay::Pacer
{
public:
    explicit SimulatedPacer(SimulatedTime &time)
        : m_time(time)
    {}
    void armAt(MonotonicTime moment) override
    {
        disarm();
        m_ticket = m_time.at(moment, [this] {
            m_ticket.reset();
            ring();
        });
    }
    void disarm() override
    {
        if (m_ticket)
            m_time.cancel(*std::exchange(m_ticket, std::nullopt));
    }
    void callSoon(Handler what) override { m_time.in(Nanoseconds(0), std::move(what)); }

private:
    SimulatedTime &m_time;
    std::optional<SimulatedTime::Ticket> m_ticket;
};

/// A primary and mirrors that take a given time. With `connections` > 0 the primary works on so many requests at once,
/// and the others wait for a connection, as in a pool.
class SimulatedCarrier final : public replay::Carrier
{
public:
    using Reply = std::function<void(const router::CallRequest &, traffic::Reply &)>;

    SimulatedCarrier(SimulatedTime &time, traffic::ExchangeSink &sink)
        : m_time(time)
        , m_sink(sink)
    {}

    /// How long the primary takes for a request that it begins at a moment.
    std::function<Nanoseconds(Nanoseconds)> serviceTime = [](Nanoseconds) { return std::chrono::milliseconds(2); };
    std::vector<Nanoseconds> mirrorTimes;
    int connections = 0;
    Reply reply; ///< fills in an answer; 200 with {"data": 1} without one
    std::vector<router::CallRequest> calls;
    int stops = 0;

    void send(router::CallRequest &&call) override
    {
        calls.push_back(call);
        auto flight = std::make_shared<Flight>();
        flight->call = std::move(call);
        flight->begin = m_time.now();
        auto exchange = std::make_shared<traffic::Exchange>();
        exchange->requestId = flight->call.requestId;
        exchange->method = flight->call.request.method;
        exchange->target = flight->call.request.target;
        exchange->headers = flight->call.request.headers;
        exchange->body = traffic::Body::whole(flight->call.request.body);
        exchange->isWarmup = flight->call.isWarmup;
        exchange->intended = flight->call.intended;
        exchange->started = flight->call.started;
        exchange->session = flight->call.session;
        exchange->recorded = flight->call.recorded;
        exchange->primary.name = QStringLiteral("alias");
        for (std::size_t i = 0; i < mirrorTimes.size(); ++i) {
            traffic::Reply mirror;
            mirror.name = QStringLiteral("mirror_%1").arg(i + 1);
            mirror.role = traffic::Role::Mirror;
            exchange->mirrors.push_back(mirror);
        }
        flight->exchange = *exchange;
        flight->pending = 1 + static_cast<int>(mirrorTimes.size());
        m_flights.insert(flight);
        for (std::size_t i = 0; i < mirrorTimes.size(); ++i)
            flight->tickets.push_back(m_time.in(mirrorTimes[i], [this, flight, i] { endMirror(flight, i); }));
        m_queue.push_back(flight);
        work();
    }

    void stop() override
    {
        ++stops;
        const auto flights = std::exchange(m_flights, {});
        m_queue.clear();
        for (const auto &flight : flights) {
            flight->isStopped = true;
            for (traffic::Reply *each : repliesOf(flight->exchange)) {
                if (each->state == traffic::AnswerState::Pending) {
                    each->state = traffic::AnswerState::Dropped;
                    each->dropReason = traffic::DropReason::Stopped;
                }
            }
            const auto final = std::make_shared<traffic::Exchange>(flight->exchange);
            if (!flight->isAnswered)
                m_sink.answered(final);
            m_sink.finished(final);
        }
    }

private:
    struct Flight
    {
        router::CallRequest call;
        traffic::Exchange exchange;
        Nanoseconds begin{0};
        std::vector<SimulatedTime::Ticket> tickets;
        int pending = 0;
        bool isAnswered = false;
        bool isStopped = false;
    };
    using FlightPtr = std::shared_ptr<Flight>;

    static std::vector<traffic::Reply *> repliesOf(traffic::Exchange &exchange)
    {
        std::vector<traffic::Reply *> all{&exchange.primary};
        for (traffic::Reply &mirror : exchange.mirrors)
            all.push_back(&mirror);
        return all;
    }

    void work()
    {
        while (!m_queue.empty() && (connections == 0 || m_busy < connections)) {
            const FlightPtr flight = m_queue.front();
            m_queue.pop_front();
            ++m_busy;
            flight->exchange.primary.timings.sent = m_time.now() - flight->begin;
            m_time.in(serviceTime(m_time.now()), [this, flight] { endPrimary(flight); });
        }
    }

    void fill(const Flight &flight, traffic::Reply &answer)
    {
        answer.state = traffic::AnswerState::Complete;
        answer.status = 200;
        answer.body = traffic::Body::whole(R"({"data": 1})");
        answer.timings.done = m_time.now() - flight.begin;
        if (reply)
            reply(flight.call, answer);
    }

    void endPrimary(const FlightPtr &flight)
    {
        --m_busy;
        work();
        if (flight->isStopped)
            return;
        fill(*flight, flight->exchange.primary);
        flight->isAnswered = true;
        m_sink.answered(std::make_shared<traffic::Exchange>(flight->exchange));
        end(flight);
    }

    void endMirror(const FlightPtr &flight, std::size_t i)
    {
        if (flight->isStopped)
            return;
        flight->exchange.mirrors[i].timings.sent = Nanoseconds(0);
        fill(*flight, flight->exchange.mirrors[i]);
        if (flight->isAnswered)
            m_sink.mirrorAnswered(std::make_shared<traffic::Exchange>(flight->exchange), i);
        end(flight);
    }

    void end(const FlightPtr &flight)
    {
        if (--flight->pending > 0 || m_flights.erase(flight) == 0)
            return;
        m_sink.finished(std::make_shared<traffic::Exchange>(flight->exchange));
    }

    SimulatedTime &m_time;
    traffic::ExchangeSink &m_sink;
    std::deque<FlightPtr> m_queue;
    std::set<FlightPtr> m_flights;
    int m_busy = 0;
};

} // namespace parallax::test
