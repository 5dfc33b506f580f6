// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/deadlines.h"

#include <utility>

namespace parallax::http {

Deadline::Deadline(DeadlineQueue &queue, std::function<void()> passed)
    : m_queue(queue)
    , m_passed(std::move(passed))
{}

Deadline::~Deadline()
{
    unlink();
}

void Deadline::unlink()
{
    if (!m_isLinked)
        return;
    const auto slot = static_cast<std::size_t>(m_slotTick) % DeadlineQueue::kSlots;
    if (m_previous != nullptr)
        m_previous->m_next = m_next;
    else
        m_queue.m_heads.at(slot) = m_next;
    if (m_next != nullptr)
        m_next->m_previous = m_previous;
    m_previous = nullptr;
    m_next = nullptr;
    m_isLinked = false;
    --m_queue.m_linked;
}

void Deadline::arm(std::chrono::milliseconds duration, std::chrono::steady_clock::time_point now)
{
    const qint64 ticks = (duration + DeadlineQueue::kTick - std::chrono::milliseconds(1)) / DeadlineQueue::kTick;
    const qint64 current = m_queue.tickAt(now);
    m_due = current + qMax<qint64>(ticks, 1);
    if (m_isLinked && m_slotTick <= m_due)
        return;
    unlink();
    m_queue.link(*this, current);
}

DeadlineQueue::DeadlineQueue(QObject *parent)
    : QObject(parent)
    , m_start(std::chrono::steady_clock::now())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &DeadlineQueue::onTimeout);
}

DeadlineQueue::~DeadlineQueue()
{
    for (Deadline *head : m_heads) {
        while (head != nullptr) {
            Deadline *next = head->m_next;
            head->unlink();
            head = next;
        }
    }
}

qint64 DeadlineQueue::tickAt(std::chrono::steady_clock::time_point moment) const
{
    return 1 + (moment - m_start) / kTick;
}

void DeadlineQueue::link(Deadline &deadline, qint64 now)
{
    // What is further away than the wheel is long waits in the last slot before it comes round, and is linked again.
    const qint64 current = qMax(now, m_visited);
    deadline.m_slotTick = qMin(deadline.m_due, current + static_cast<qint64>(kSlots) - 1);
    Deadline *&head = m_heads.at(static_cast<std::size_t>(deadline.m_slotTick) % kSlots);
    deadline.m_previous = nullptr;
    deadline.m_next = head;
    if (head != nullptr)
        head->m_previous = &deadline;
    head = &deadline;
    deadline.m_isLinked = true;
    if (m_linked++ == 0)
        m_visited = current - 1; // nothing was there to be visited
    wakeAt(deadline.m_slotTick);
}

void DeadlineQueue::wakeAt(qint64 tick)
{
    if (m_wakeTick != 0 && m_wakeTick <= tick)
        return;
    m_wakeTick = tick;
    const auto moment = m_start + tick * kTick; // tick counts from 1, so this is its end
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(moment - std::chrono::steady_clock::now());
    m_timer.start(static_cast<int>(qMax<qint64>(wait.count(), 0)));
}

void DeadlineQueue::onTimeout()
{
    m_wakeTick = 0;
    const qint64 current = now();
    const qint64 first = qMax(m_visited + 1, current - static_cast<qint64>(kSlots));
    for (qint64 tick = first; tick < current; ++tick) {
        m_visited = tick;
        visit(static_cast<std::size_t>(tick) % kSlots, tick);
    }
    if (m_linked > 0)
        wakeAt(nextOccupied(m_visited));
}

void DeadlineQueue::visit(std::size_t slot, qint64 tick)
{
    // A function called here may arm, disarm and destroy any deadline: start over from the head each time.
    Deadline *deadline = m_heads.at(slot);
    while (deadline != nullptr) {
        if (deadline->m_slotTick > tick) { // of the wheel's next turn
            deadline = deadline->m_next;
            continue;
        }
        deadline->unlink();
        if (deadline->m_due > tick) {
            link(*deadline, now());
        } else if (deadline->m_due != 0) {
            deadline->m_due = 0;
            deadline->m_passed();
        }
        deadline = m_heads.at(slot);
    }
}

qint64 DeadlineQueue::nextOccupied(qint64 after) const
{
    qint64 tick = after + 1;
    while (m_heads.at(static_cast<std::size_t>(tick) % kSlots) == nullptr &&
           tick <= after + static_cast<qint64>(kSlots))
        ++tick;
    return tick;
}

} // namespace parallax::http
