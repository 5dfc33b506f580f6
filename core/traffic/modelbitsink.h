// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/boundedqueue.h"
#include "traffic/importer.h"

#include <mutex>
#include <thread>

namespace parallax::traffic {

/// Live traffic from production without a proxy: takes the bodies of Modelbit's log webhook and hands the exchanges in
/// them to a sink. Reads and joins on a thread of its own, so that a router's thread only passes the bytes on. A
/// request is handed over when its mirrors' logs can hardly come any more: after later logs, or kQuiet without any.
/// Owned by the composition root; ends before the sink does.
class ModelbitSink final
{
public:
    static constexpr std::chrono::seconds kQuiet{10};
    static constexpr std::size_t kMostWaiting = 64; ///< bodies; Modelbit sends up to 6 MB in one
    static constexpr const char *kSecretHeader = "x-mb-webhook-secret";

    struct Statistics
    {
        qint64 exchanges = 0;
        qint64 skipped = 0; ///< logs that were no request, or bodies that were no logs
        qint64 refused = 0; ///< bodies that found the queue full
    };

    /// `secret` must not be empty. `quiet` is for tests.
    ModelbitSink(ExchangeSink &sink, QByteArray secret, ImportOptions options = {},
                 std::chrono::milliseconds quiet = kQuiet);
    /// Hands over what is there.
    ~ModelbitSink();
    ModelbitSink(const ModelbitSink &) = delete;
    ModelbitSink &operator=(const ModelbitSink &) = delete;

    /// Takes as long for a wrong secret as for the right one. Any thread.
    [[nodiscard]] bool knows(QByteArrayView secret) const;
    /// False when too many wait already: the sender should try again. Any thread.
    [[nodiscard]] bool take(const QByteArray &webhook);
    [[nodiscard]] Statistics statistics() const;

private:
    void run();
    void hand(Exchange &&exchange);

    ExchangeSink &m_sink;
    QByteArray m_secret;
    ImportOptions m_options;
    std::chrono::milliseconds m_quiet;
    base::BoundedQueue<QByteArray> m_queue{kMostWaiting};
    mutable std::mutex m_mutex;
    Statistics m_statistics;
    std::thread m_thread;
};

} // namespace parallax::traffic
