// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/modelbitsink.h"

#include "traffic/modelbitlogs.h"

#include <QCryptographicHash>

namespace parallax::traffic {

namespace {

QByteArray digestOf(QByteArrayView secret)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(secret);
    return hash.result();
}

} // namespace

ModelbitSink::ModelbitSink(ExchangeSink &sink, QByteArray secret, ImportOptions options,
                           std::chrono::milliseconds quiet)
    : m_sink(sink)
    , m_secret(digestOf(secret))
    , m_options(std::move(options))
    , m_quiet(quiet)
{
    Q_ASSERT(!secret.isEmpty());
    m_thread = std::thread([this] { run(); });
}

ModelbitSink::~ModelbitSink()
{
    m_queue.close();
    m_thread.join();
}

bool ModelbitSink::knows(QByteArrayView secret) const
{
    const QByteArray given = digestOf(secret);
    quint8 differing = 0;
    for (qsizetype i = 0; i < m_secret.size(); ++i)
        differing = static_cast<quint8>(differing | (given[i] ^ m_secret[i]));
    return differing == 0;
}

bool ModelbitSink::take(const QByteArray &webhook)
{
    if (m_queue.push(webhook))
        return true;
    const std::lock_guard lock(m_mutex);
    ++m_statistics.refused;
    return false;
}

ModelbitSink::Statistics ModelbitSink::statistics() const
{
    const std::lock_guard lock(m_mutex);
    return m_statistics;
}

void ModelbitSink::hand(Exchange &&exchange)
{
    exchange.requestId.clear(); // ids of another router: complete as it is, nothing will be added to it
    const auto shared = std::make_shared<Exchange>(std::move(exchange));
    m_sink.answered(shared);
    m_sink.finished(shared);
    const std::lock_guard lock(m_mutex);
    ++m_statistics.exchanges;
}

void ModelbitSink::run()
{
    ModelbitJoiner joiner(m_options);
    auto lastCame = std::chrono::steady_clock::now();
    for (bool isLast = false; !isLast;) {
        isLast = m_queue.isClosed();
        ImportSummary summary;
        const std::deque<QByteArray> bodies = m_queue.takeAll(m_quiet);
        const auto now = std::chrono::steady_clock::now();
        for (const QByteArray &body : bodies) {
            lastCame = now;
            const Result<int> taken = joiner.addWebhook(body, summary);
            if (!taken)
                summary.skip(taken.error());
        }
        while (std::optional<Exchange> exchange = joiner.take(isLast || now - lastCame >= m_quiet, summary))
            hand(*std::move(exchange));
        const std::lock_guard lock(m_mutex);
        m_statistics.skipped += summary.skipped;
    }
}

} // namespace parallax::traffic
