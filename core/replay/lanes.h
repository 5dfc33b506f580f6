// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "replay/rewrite.h"

#include <QByteArray>
#include <QHash>

#include <deque>
#include <optional>

namespace parallax::replay {

/// One request that waits for its turn.
struct Pending
{
    qint64 index = 0; ///< in the run, over all repetitions
    std::optional<Nanoseconds> due;
    Nanoseconds free{0}; ///< when its session let it go, if that kept it
};

/// Keeps the order within sessions: a lane sends its next request when the answer to the one before is in. Requests
/// without a session have no lane. Memory: what waits, and what each session has learnt. Replay thread.
class Lanes
{
public:
    /// True = the caller sends it now; false = it is kept until release() hands it out.
    [[nodiscard]] bool enter(const QByteArray &key, const Pending &pending)
    {
        Lane &lane = m_lanes[key];
        if (!std::exchange(lane.isBusy, true))
            return true;
        lane.queue.push_back(pending);
        ++m_parked;
        return false;
    }

    /// The answer is in: the lane's next, to be sent now, if one waits.
    [[nodiscard]] std::optional<Pending> release(const QByteArray &key)
    {
        const auto lane = m_lanes.find(key);
        if (lane == m_lanes.end())
            return std::nullopt;
        if (lane->queue.empty()) {
            lane->isBusy = false;
            if (lane->state.isEmpty())
                m_lanes.erase(lane);
            return std::nullopt;
        }
        const Pending next = lane->queue.front();
        lane->queue.pop_front();
        --m_parked;
        return next;
    }

    [[nodiscard]] SessionState &state(const QByteArray &key) { return m_lanes[key].state; }
    [[nodiscard]] qint64 parked() const { return m_parked; }
    /// Calls `change` with every request that waits.
    template<class Function>
    void forEachParked(Function change)
    {
        for (Lane &lane : m_lanes) {
            for (Pending &pending : lane.queue)
                change(pending);
        }
    }
    void dropParked()
    {
        for (Lane &lane : m_lanes)
            lane.queue.clear();
        m_parked = 0;
    }

private:
    struct Lane
    {
        bool isBusy = false;
        std::deque<Pending> queue;
        SessionState state;
    };
    QHash<QByteArray, Lane> m_lanes;
    qint64 m_parked = 0;
};

} // namespace parallax::replay
