// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Wakes a replay at the moments of its schedule.
#pragma once

#include "base/clock.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace parallax::replay {

/// One alarm at an absolute moment of the monotonic clock. Replay thread. Tests put simulated time in its place.
class Pacer
{
public:
    using Handler = std::function<void()>;

    virtual ~Pacer() = default;
    void setHandler(Handler handler) { m_handler = std::move(handler); }
    /// Calls the handler once at `moment`, or as soon as possible when that has passed, and never from inside this
    /// call. Replaces an alarm that is set.
    virtual void armAt(MonotonicTime moment) = 0;
    virtual void disarm() = 0;
    /// Calls `what` once the event loop has dealt with all that has happened by now, and never from inside this call.
    /// The alarm stays as it is.
    virtual void callSoon(Handler what)
    {
        QMetaObject::invokeMethod(&m_context, std::move(what), Qt::QueuedConnection);
    }

protected:
    void ring() const
    {
        if (m_handler)
            m_handler();
    }

private:
    Handler m_handler;
    QObject m_context; ///< what is still to be called ends with it
};

/// The alarm of an event loop: a timerfd where the system has one (measured: 0.12 ms late at the 99th percentile), else
/// a precise timer for the last millisecond (1.2 ms). Lives on the thread that made it, which runs an event loop.
[[nodiscard]] std::unique_ptr<Pacer> makeTimerPacer(const Clock &clock);

} // namespace parallax::replay
