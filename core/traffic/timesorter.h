// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/importer.h"

#include <vector>

namespace parallax::traffic {

/// Brings exchanges into the order of their arrival within a window of kWindowBytes: a smaller file comes out sorted
/// whole, a larger one as far as its records are not further apart than that. What has no time stays behind all that
/// came before it. One thread.
class TimeSorter
{
public:
    static constexpr qint64 kWindowBytes = 48 * 1024 * 1024;

    explicit TimeSorter(const ExchangeConsumer &consumer, qint64 windowBytes = kWindowBytes)
        : m_consumer(consumer)
        , m_windowBytes(windowBytes)
    {}

    /// False when the consumer has had enough.
    [[nodiscard]] bool push(Exchange &&exchange);
    [[nodiscard]] bool flush();

private:
    struct Item
    {
        WallTime time;
        quint64 number = 0;
        qint64 bytes = 0;
        Exchange exchange;
    };
    [[nodiscard]] bool emitFirst();

    const ExchangeConsumer &m_consumer;
    qint64 m_windowBytes;
    std::vector<Item> m_heap;
    WallTime m_last;
    quint64 m_next = 0;
    qint64 m_bytes = 0;
};

/// Roughly what an exchange takes in memory.
[[nodiscard]] qint64 memoryOf(const Exchange &exchange);

} // namespace parallax::traffic
