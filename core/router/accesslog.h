// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/boundedqueue.h"
#include "base/result.h"
#include "traffic/exchange.h"
#include "traffic/redaction.h"

#include <QFile>

#include <atomic>
#include <memory>
#include <thread>

namespace parallax::router {

/// One call, the primary's or a mirror's, as a line of the log: a JSON object with the fields of modelbit-endpoints.md
/// 5 and our `endpoint`, `backend`, `requestId`, `batchId`. Without a line's end; control characters escaped.
[[nodiscard]] QByteArray logLine(const traffic::Exchange &exchange, const traffic::Reply &reply, int index);

/// The log of a router: a line for each call that has ended, secrets replaced. An ExchangeSink for any number of
/// threads; writes on a thread of its own from a bounded queue, and counts what did not fit. Each batch of lines is
/// handed to the system at once. Owned by the composition root.
class AccessLog final : public traffic::ExchangeSink
{
public:
    struct Options
    {
        std::size_t queue = 16'384;
        traffic::RedactionRules redaction = traffic::RedactionRules::defaults();
        QByteArray redactionKey; ///< empty = the user's own
    };
    /// Appends to the file, which only its owner may read; `-` is standard output.
    [[nodiscard]] static Result<std::unique_ptr<AccessLog>> open(const QString &path, Options options);
    /// Writes what is queued first.
    ~AccessLog() override;
    AccessLog(const AccessLog &) = delete;
    AccessLog &operator=(const AccessLog &) = delete;

    void answered(const traffic::ExchangePtr &exchange) override;
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex) override;
    void finished(const traffic::ExchangePtr &exchange) override;

    /// Lines that did not fit into the queue or could not be written. Any thread.
    [[nodiscard]] quint64 dropped() const { return m_dropped; }

private:
    struct Item
    {
        traffic::ExchangePtr exchange;
        int mirror = -1; ///< -1: the primary and the mirrors that had ended by then
    };

    AccessLog(std::unique_ptr<QFile> file, Options options);
    void run();
    void append(QByteArray &out, const Item &item, traffic::Redactor &redactor) const;
    void push(Item item);

    std::unique_ptr<QFile> m_file;
    Options m_options;
    base::BoundedQueue<Item> m_queue;
    std::atomic<quint64> m_dropped{0};
    std::thread m_thread;
};

/// Hands everything to several sinks, in order. They outlive it.
class SinkGroup final : public traffic::ExchangeSink
{
public:
    void add(traffic::ExchangeSink *sink) { m_sinks.push_back(sink); }
    void answered(const traffic::ExchangePtr &exchange) override
    {
        for (traffic::ExchangeSink *sink : m_sinks)
            sink->answered(exchange);
    }
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex) override
    {
        for (traffic::ExchangeSink *sink : m_sinks)
            sink->mirrorAnswered(exchange, mirrorIndex);
    }
    void finished(const traffic::ExchangePtr &exchange) override
    {
        for (traffic::ExchangeSink *sink : m_sinks)
            sink->finished(exchange);
    }
    void answeredWhole(const traffic::ExchangePtr &exchange) override
    {
        for (traffic::ExchangeSink *sink : m_sinks)
            sink->answeredWhole(exchange);
    }

private:
    std::vector<traffic::ExchangeSink *> m_sinks;
};

} // namespace parallax::router
