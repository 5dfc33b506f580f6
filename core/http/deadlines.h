// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Many deadlines on one timer: arming and disarming costs a few instructions, however many connections there are.
#pragma once

#include <QObject>
#include <QTimer>

#include <array>
#include <chrono>
#include <functional>

namespace parallax::http {

class DeadlineQueue;

/// One moment after which something is given up. Owned by what waits; calls its function once when it has passed,
/// unless disarmed before. Lives on its queue's thread and not longer than the queue. Precise to about 10 ms, never
/// early.
class Deadline
{
public:
    Deadline(DeadlineQueue &queue, std::function<void()> passed);
    ~Deadline();
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;

    /// From now; replaces what was armed before.
    void arm(std::chrono::milliseconds duration) { arm(duration, std::chrono::steady_clock::now()); }
    /// For callers who know what time it is.
    void arm(std::chrono::milliseconds duration, std::chrono::steady_clock::time_point now);
    void disarm() { m_due = 0; }
    [[nodiscard]] bool isArmed() const { return m_due != 0; }

private:
    friend class DeadlineQueue;
    void unlink();

    DeadlineQueue &m_queue;
    std::function<void()> m_passed;
    qint64 m_due =
        0; ///< tick; 0 = not armed. Postponing only writes here: the queue looks again when the old tick comes.
    qint64 m_slotTick = 0;
    Deadline *m_previous = nullptr;
    Deadline *m_next = nullptr;
    bool m_isLinked = false;
};

/// A timing wheel. One a thread.
class DeadlineQueue final : public QObject
{
    Q_OBJECT

public:
    explicit DeadlineQueue(QObject *parent = nullptr);
    ~DeadlineQueue() override;

private:
    friend class Deadline;
    static constexpr std::size_t kSlots = 1024;
    static constexpr std::chrono::milliseconds kTick{10};

    [[nodiscard]] qint64 tickAt(std::chrono::steady_clock::time_point moment) const; ///< since it was made, from 1
    [[nodiscard]] qint64 now() const { return tickAt(std::chrono::steady_clock::now()); }
    void link(Deadline &deadline, qint64 now);
    void wakeAt(qint64 tick);
    void onTimeout();
    void visit(std::size_t slot, qint64 tick);
    [[nodiscard]] qint64 nextOccupied(qint64 after) const;

    std::chrono::steady_clock::time_point m_start;
    std::array<Deadline *, kSlots> m_heads{};
    QTimer m_timer;
    qint64 m_visited = 0;  ///< ticks up to here were visited
    qint64 m_wakeTick = 0; ///< when the timer will fire; 0 = it does not run
    int m_linked = 0;
};

} // namespace parallax::http
