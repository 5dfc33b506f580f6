// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/exchange.h"

#include <vector>

namespace parallax::traffic {

/// Hands exchanges on to several sinks, in order. Filled before the first exchange comes and not changed afterwards;
/// then any thread that the sinks themselves allow. The sinks outlive it.
class SinkList final : public ExchangeSink
{
public:
    void add(ExchangeSink *sink) { m_sinks.push_back(sink); }
    [[nodiscard]] bool isEmpty() const { return m_sinks.empty(); }

    void answered(const ExchangePtr &exchange) override
    {
        for (ExchangeSink *sink : m_sinks)
            sink->answered(exchange);
    }
    void mirrorAnswered(const ExchangePtr &exchange, std::size_t mirrorIndex) override
    {
        for (ExchangeSink *sink : m_sinks)
            sink->mirrorAnswered(exchange, mirrorIndex);
    }
    void finished(const ExchangePtr &exchange) override
    {
        for (ExchangeSink *sink : m_sinks)
            sink->finished(exchange);
    }

private:
    std::vector<ExchangeSink *> m_sinks;
};

} // namespace parallax::traffic
