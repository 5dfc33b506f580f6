// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/pacer.h"

#include <QSocketNotifier>
#include <QTimer>

#ifdef Q_OS_LINUX
#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace parallax::replay {

namespace {

/// Works wherever Qt does.
class QtPacer final : public Pacer
{
public:
    explicit QtPacer(const Clock &clock)
        : m_clock(clock)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimeout(); });
    }

    void armAt(MonotonicTime moment) override
    {
        m_moment = moment;
        startTimer();
    }

    void disarm() override { m_timer.stop(); }

private:
    void startTimer()
    {
        const auto left = std::chrono::floor<std::chrono::milliseconds>(m_moment - m_clock.monotonicTime());
        m_timer.start(std::max(left, std::chrono::milliseconds(0)));
    }

    void onTimeout()
    {
        // The last fraction of a millisecond is waited for by coming back at once: early is worse than busy.
        if (m_clock.monotonicTime() < m_moment)
            startTimer();
        else
            ring();
    }

    const Clock &m_clock;
    QTimer m_timer;
    MonotonicTime m_moment;
};

#ifdef Q_OS_LINUX
/// steady_clock is CLOCK_MONOTONIC on Linux, so its moments can be given to the kernel as they are.
class TimerFdPacer final : public Pacer
{
public:
    explicit TimerFdPacer(int descriptor)
        : m_descriptor(descriptor)
        , m_notifier(descriptor, QSocketNotifier::Read)
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { onReadable(); });
    }

    ~TimerFdPacer() override
    {
        m_notifier.setEnabled(false);
        ::close(m_descriptor);
    }

    void armAt(MonotonicTime moment) override
    {
        if (m_armed == moment)
            return;
        m_armed = moment;
        // A time of zero would switch the timer off.
        set(std::max<qint64>(1, moment.time_since_epoch().count()));
    }

    void disarm() override
    {
        if (std::exchange(m_armed, std::nullopt))
            set(0);
    }

private:
    void set(qint64 nanos) const
    {
        itimerspec spec{};
        spec.it_value.tv_sec = nanos / 1'000'000'000;
        spec.it_value.tv_nsec = nanos % 1'000'000'000;
        ::timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME, &spec, nullptr);
    }

    void onReadable()
    {
        quint64 expirations = 0;
        if (::read(m_descriptor, &expirations, sizeof expirations) != sizeof expirations)
            return; // set anew since it fired
        m_armed.reset();
        ring();
    }

    int m_descriptor;
    QSocketNotifier m_notifier;
    std::optional<MonotonicTime> m_armed;
};
#endif

} // namespace

std::unique_ptr<Pacer> makeTimerPacer(const Clock &clock)
{
#ifdef Q_OS_LINUX
    const int descriptor = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (descriptor >= 0)
        return std::make_unique<TimerFdPacer>(descriptor);
#endif
    return std::make_unique<QtPacer>(clock);
}

} // namespace parallax::replay
