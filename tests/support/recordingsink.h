// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/exchange.h"

#include <mutex>
#include <vector>

namespace parallax::test {

/// Keeps what it hears, and checks the order that traffic::ExchangeSink promises. Any thread.
class RecordingSink final : public traffic::ExchangeSink
{
public:
    void answered(const traffic::ExchangePtr &exchange) override
    {
        const std::lock_guard lock(m_mutex);
        m_answered.push_back(exchange);
    }
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t index) override
    {
        const std::lock_guard lock(m_mutex);
        m_mirrors.emplace_back(exchange, index);
    }
    void finished(const traffic::ExchangePtr &exchange) override
    {
        const std::lock_guard lock(m_mutex);
        m_finished.push_back(exchange);
    }
    [[nodiscard]] std::vector<traffic::ExchangePtr> answered() const
    {
        const std::lock_guard lock(m_mutex);
        return m_answered;
    }
    [[nodiscard]] std::vector<std::pair<traffic::ExchangePtr, std::size_t>> mirrorsAnswered() const
    {
        const std::lock_guard lock(m_mutex);
        return m_mirrors;
    }
    [[nodiscard]] std::vector<traffic::ExchangePtr> finished() const
    {
        const std::lock_guard lock(m_mutex);
        return m_finished;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<traffic::ExchangePtr> m_answered;
    std::vector<std::pair<traffic::ExchangePtr, std::size_t>> m_mirrors;
    std::vector<traffic::ExchangePtr> m_finished;
};

} // namespace parallax::test
