// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The requests of a run, in the order in which they are sent.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QTemporaryFile>

#include <memory>
#include <string>
#include <vector>

namespace parallax::replay {

/// Holds the requests of a run, encoded: in memory up to a budget, beyond it in a temporary file that has no name for
/// others and goes with the list, so that a million requests take no more memory than the budget and 8 bytes each.
/// Filled by one thread, then read by one (the replay thread); never by two at once.
class RequestList
{
public:
    static constexpr qint64 kMemoryBudget = 96LL * 1024 * 1024;

    explicit RequestList(qint64 memoryBudget = kMemoryBudget);
    ~RequestList();
    RequestList(const RequestList &) = delete;
    RequestList &operator=(const RequestList &) = delete;

    /// Its primary and mirrors are not kept. kSpoolFailed when the temporary file cannot be written.
    [[nodiscard]] Status append(const traffic::Exchange &request);
    [[nodiscard]] qint64 size() const { return static_cast<qint64>(m_inMemory.size() + m_offsets.size()); }
    /// `order[i]` is the place in the source of the i-th to be sent. Empty = as appended.
    void setOrder(std::vector<quint32> order) { m_order = std::move(order); }
    /// The index-th request to be sent, from 0. Null when the temporary file cannot be read back. Who lets go of it
    /// before asking for the next spares making a new one.
    [[nodiscard]] traffic::ExchangePtr at(qint64 index);
    [[nodiscard]] bool isSpooled() const { return !m_offsets.empty(); }

private:
    struct Place
    {
        quint32 chunk = 0;
        quint32 offset = 0;
    };

    void encode(const traffic::Exchange &request);
    [[nodiscard]] bool decode(QByteArrayView record, traffic::Exchange &request);
    [[nodiscard]] std::size_t headerSet(const http::Headers &headers);
    [[nodiscard]] Place keep(QByteArrayView record);
    [[nodiscard]] Status spool(QByteArrayView record);
    [[nodiscard]] QByteArrayView readBack(quint64 offset);
    [[nodiscard]] QString text(QByteArrayView utf8);

    qint64 m_memoryLeft;
    std::vector<QByteArray> m_chunks;
    std::vector<Place> m_inMemory;
    std::vector<quint64> m_offsets; ///< of what is in the file
    std::vector<quint32> m_order;
    std::unique_ptr<QTemporaryFile> m_file;
    quint64 m_end = 0;
    std::string m_record;                    ///< the one being written or read
    std::vector<http::Headers> m_headerSets; ///< the first few; most requests of a list have the same headers
    std::shared_ptr<traffic::Exchange> m_handedOut;
    QByteArray m_lastUtf8;
    QString m_lastText;
};

} // namespace parallax::replay
