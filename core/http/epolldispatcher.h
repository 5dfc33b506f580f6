// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An event dispatcher whose cost does not grow with idle connections: Qt's own look at every descriptor on every
// wake-up (glib and poll: 3.9 and 3.0 times the CPU per request at 3,000 idle connections, measured).
#pragma once

#include <QAbstractEventDispatcher>

#include <memory>

class QThread;

namespace parallax::http {

/// Gives a thread that has not started yet the best dispatcher there is: epoll on Linux, Qt's own elsewhere.
void installEventDispatcher(QThread &thread);

/// Deletes `worker`, which lives on `thread`, when its event loop has ended, together with everything that says
/// deleteLater() meanwhile. (QThread looks at deferred deletes once; transports that a worker lets go of in its
/// destructor, and their notifiers, would be left over.)
void deleteWithThread(QThread &thread, QObject *worker);

#ifdef Q_OS_LINUX

/// epoll, level-triggered, with timers in a sorted map. Lives on the thread that it dispatches for, owned by its
/// QThread; wakeUp() and interrupt() may be called from any. A post from the own thread costs no system call.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

#endif

} // namespace parallax::http
