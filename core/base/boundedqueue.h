// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace parallax::base {

/// Hand-over between threads with a limit: many producers, one consumer. Full means refused (`push` answers false, the
/// producer counts it); nothing here grows without bound and no producer ever waits.
template<class T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t capacity)
        : m_capacity(capacity)
    {}

    /// False when full or closed; then the value is dropped and the caller counts it. Any thread.
    [[nodiscard]] bool push(T value)
    {
        bool wake = false;
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed || m_items.size() >= m_capacity)
                return false;
            wake = m_items.empty();
            m_items.push_back(std::move(value));
        }
        if (wake)
            m_filled.notify_one();
        return true;
    }

    /// Takes all there is, waiting up to `patience` for the first. Empty after close or when nothing came. Consumer
    /// thread.
    [[nodiscard]] std::deque<T> takeAll(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait_for(lock, patience, [this] { return m_closed || !m_items.empty(); });
        return std::exchange(m_items, {});
    }

    /// No more values are taken in; what is inside can still be taken out. Any thread.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_filled.notify_all();
    }

    [[nodiscard]] bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }

    [[nodiscard]] std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_items.size();
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::deque<T> m_items;
    std::size_t m_capacity;
    bool m_closed = false;
};

} // namespace parallax::base
