// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/timesorter.h"

#include <algorithm>

namespace parallax::traffic {

namespace {

constexpr qint64 kExchangeBytes = sizeof(Exchange) + 256;
constexpr qint64 kHeaderBytes = 128; // two small byte arrays with their own heads

qint64 memoryOf(const http::Headers &headers)
{
    return static_cast<qint64>(headers.size()) * kHeaderBytes;
}

constexpr auto kLater = [](const auto &a, const auto &b) {
    return a.time != b.time ? a.time > b.time : a.number > b.number;
};

} // namespace

qint64 memoryOf(const Exchange &exchange)
{
    qint64 bytes = kExchangeBytes + exchange.target.size() + exchange.body.bytes.size() + memoryOf(exchange.headers) +
                   exchange.primary.body.bytes.size() + memoryOf(exchange.primary.headers);
    for (const Reply &mirror : exchange.mirrors)
        bytes += static_cast<qint64>(sizeof(Reply)) + mirror.body.bytes.size() + memoryOf(mirror.headers);
    return bytes;
}

bool TimeSorter::push(Exchange &&exchange)
{
    m_last = std::max(m_last, exchange.arrival.value_or(m_last));
    const qint64 bytes = memoryOf(exchange);
    m_heap.push_back({exchange.arrival.value_or(m_last), m_next++, bytes, std::move(exchange)});
    std::push_heap(m_heap.begin(), m_heap.end(), kLater);
    m_bytes += bytes;
    while (m_bytes > m_windowBytes && !m_heap.empty()) {
        if (!emitFirst())
            return false;
    }
    return true;
}

bool TimeSorter::flush()
{
    while (!m_heap.empty()) {
        if (!emitFirst())
            return false;
    }
    return true;
}

bool TimeSorter::emitFirst()
{
    std::pop_heap(m_heap.begin(), m_heap.end(), kLater);
    Item first = std::move(m_heap.back());
    m_heap.pop_back();
    m_bytes -= first.bytes;
    if (m_consumer(std::move(first.exchange)))
        return true;
    m_heap.clear();
    return false;
}

} // namespace parallax::traffic
