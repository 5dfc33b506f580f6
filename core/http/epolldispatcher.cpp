// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/epolldispatcher.h"

#include <QCoreApplication>
#include <QThread>

#ifdef Q_OS_LINUX
#include <QHash>
#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <set>
#include <vector>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#endif

namespace parallax::http {

void installEventDispatcher(QThread &thread)
{
#ifdef Q_OS_LINUX
    thread.setEventDispatcher(new EpollDispatcher); // the thread owns it
#else
    Q_UNUSED(thread)
#endif
}

void deleteWithThread(QThread &thread, QObject *worker)
{
    QObject::connect(
        &thread, &QThread::finished, &thread,
        [worker] {
            delete worker;
            constexpr int kDepth = 3; // a connection lets go of its transport, that of its notifiers
            for (int i = 0; i < kDepth; ++i)
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        },
        Qt::DirectConnection);
}

#ifdef Q_OS_LINUX

namespace {

constexpr int kEventsAtOnce = 256;
constexpr int kLongestWait = 3'600'000;

using SteadyTime = std::chrono::steady_clock::time_point;

struct Watched
{
    std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
    quint32 generation = 0; ///< an event of a descriptor that was closed and opened again since is not for the new one
    quint32 events = 0;
};

struct RunningTimer
{
    qint64 interval = 0;
    Qt::TimerType type = Qt::CoarseTimer;
    QObject *object = nullptr;
    SteadyTime due;
    bool isBeingDelivered = false;
};

quint32 wantedEvents(const Watched &watched)
{
    quint32 events = 0;
    if (watched.notifiers[QSocketNotifier::Read] != nullptr)
        events |= EPOLLIN;
    if (watched.notifiers[QSocketNotifier::Write] != nullptr)
        events |= EPOLLOUT;
    if (watched.notifiers[QSocketNotifier::Exception] != nullptr)
        events |= EPOLLPRI;
    return events;
}

} // namespace

struct EpollDispatcher::Private
{
    int epoll = -1;
    int wake = -1;
    std::atomic<bool> isWoken{false};
    std::atomic<bool> isInterrupted{false};
    std::vector<Watched> watched; ///< by descriptor
    QHash<int, RunningTimer> timers;
    std::set<std::pair<SteadyTime, int>> schedule; ///< (due, id)

    void update(int fd);
    void stopTimer(int id);
    [[nodiscard]] int waitTime() const;
    int deliver(int count, const std::array<epoll_event, kEventsAtOnce> &events);
    int fireTimers();
    void readWake() const;
};

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , d(std::make_unique<Private>())
{
    d->epoll = ::epoll_create1(EPOLL_CLOEXEC);
    d->wake = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (d->epoll < 0 || d->wake < 0)
        qFatal("EpollDispatcher: no descriptors left");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<quint64>(d->wake);
    ::epoll_ctl(d->epoll, EPOLL_CTL_ADD, d->wake, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(d->wake);
    ::close(d->epoll);
}

void EpollDispatcher::Private::update(int fd)
{
    Watched &entry = watched[static_cast<std::size_t>(fd)];
    const quint32 events = wantedEvents(entry);
    if (events == entry.events)
        return;
    epoll_event event{};
    event.events = events;
    const int operation = entry.events == 0 ? EPOLL_CTL_ADD : events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    if (events == 0)
        ++entry.generation;
    event.data.u64 = (static_cast<quint64>(entry.generation) << 32) | static_cast<quint32>(fd);
    entry.events = events;
    // Failure means that the descriptor was closed before its notifier; then there is nothing to watch.
    ::epoll_ctl(epoll, operation, fd, &event);
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto fd = static_cast<std::size_t>(notifier->socket());
    if (d->watched.size() <= fd)
        d->watched.resize(std::max(fd + 1, d->watched.size() * 2));
    d->watched[fd].notifiers.at(notifier->type()) = notifier;
    d->update(static_cast<int>(fd));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto fd = static_cast<std::size_t>(notifier->socket());
    if (fd >= d->watched.size() || d->watched[fd].notifiers.at(notifier->type()) != notifier)
        return;
    d->watched[fd].notifiers.at(notifier->type()) = nullptr;
    d->update(static_cast<int>(fd));
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    const SteadyTime due = std::chrono::steady_clock::now() + std::chrono::milliseconds(interval);
    d->timers.insert(timerId, {interval, timerType, object, due, false});
    d->schedule.emplace(due, timerId);
}

void EpollDispatcher::Private::stopTimer(int id)
{
    const auto it = timers.constFind(id);
    if (it == timers.constEnd())
        return;
    schedule.erase({it->due, id});
    timers.erase(it);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    const bool isKnown = d->timers.contains(timerId);
    d->stopTimer(timerId);
    return isKnown;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    QList<int> ids;
    for (auto it = d->timers.constBegin(); it != d->timers.constEnd(); ++it) {
        if (it->object == object)
            ids.append(it.key());
    }
    for (const int id : std::as_const(ids))
        d->stopTimer(id);
    return !ids.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> found;
    for (auto it = d->timers.constBegin(); it != d->timers.constEnd(); ++it) {
        if (it->object == object)
            found.append(TimerInfo(it.key(), static_cast<int>(it->interval), it->type));
    }
    return found;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto it = d->timers.constFind(timerId);
    if (it == d->timers.constEnd())
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(it->due - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<qint64>(left.count(), 0));
}

void EpollDispatcher::wakeUp()
{
    if (d->isWoken.exchange(true) || QThread::currentThread() == thread())
        return; // the own thread looks at the flag before it waits
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(d->wake, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    d->isInterrupted = true;
    wakeUp();
}

void EpollDispatcher::Private::readWake() const
{
    quint64 count = 0;
    [[maybe_unused]] const ssize_t n = ::read(wake, &count, sizeof count);
}

int EpollDispatcher::Private::waitTime() const
{
    if (schedule.empty())
        return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(schedule.begin()->first - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<qint64>(left.count(), 0, kLongestWait));
}

int EpollDispatcher::Private::deliver(int count, const std::array<epoll_event, kEventsAtOnce> &events)
{
    int delivered = 0;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events.at(static_cast<std::size_t>(i));
        const auto fd = static_cast<std::size_t>(event.data.u64 & 0xffffffffU);
        if (static_cast<int>(fd) == wake) {
            readWake();
            continue;
        }
        const auto generation = static_cast<quint32>(event.data.u64 >> 32);
        // Looked up again each time: what a handler does may end any other notifier.
        const auto send = [&](QSocketNotifier::Type type, quint32 bits) {
            if ((event.events & bits) == 0 || fd >= watched.size() || watched[fd].generation != generation)
                return;
            QSocketNotifier *notifier = watched[fd].notifiers.at(type);
            if (notifier == nullptr)
                return;
            QEvent activation(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &activation);
            ++delivered;
        };
        send(QSocketNotifier::Exception, EPOLLPRI);
        send(QSocketNotifier::Read, EPOLLIN | EPOLLHUP | EPOLLERR);
        send(QSocketNotifier::Write, EPOLLOUT | EPOLLHUP | EPOLLERR);
    }
    return delivered;
}

int EpollDispatcher::Private::fireTimers()
{
    if (schedule.empty())
        return 0;
    const SteadyTime now = std::chrono::steady_clock::now();
    std::vector<int> due;
    for (const auto &[moment, id] : schedule) {
        if (moment > now)
            break;
        due.push_back(id);
    }
    int fired = 0;
    for (const int id : due) {
        const auto it = timers.find(id);
        if (it == timers.end() || it->isBeingDelivered || it->due > now)
            continue;
        schedule.erase({it->due, id});
        it->due = std::max(it->due + std::chrono::milliseconds(it->interval), now);
        schedule.emplace(it->due, id);
        it->isBeingDelivered = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(it->object, &event);
        if (const auto again = timers.find(id); again != timers.end())
            again->isBeingDelivered = false;
        ++fired;
    }
    return fired;
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    d->isInterrupted = false;
    d->isWoken = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (d->isInterrupted)
        return false;
    const bool canWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !d->isWoken;
    if (canWait)
        Q_EMIT aboutToBlock();
    const int timeout = canWait ? d->waitTime() : 0;
    int handled = 0;
    if (flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
        pollfd only{d->wake, POLLIN, 0};
        if (::poll(&only, 1, timeout) > 0)
            d->readWake();
    } else {
        std::array<epoll_event, kEventsAtOnce> events; // NOLINT: filled by the kernel
        const int count = ::epoll_wait(d->epoll, events.data(), kEventsAtOnce, timeout);
        if (canWait)
            Q_EMIT awake();
        handled += d->deliver(std::max(count, 0), events);
    }
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        handled += d->fireTimers();
    return handled > 0 || d->isWoken;
}

#endif

} // namespace parallax::http
