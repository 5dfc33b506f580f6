// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/exchange.h"

#include <QCryptographicHash>

#include <memory>

namespace parallax::router {

/// Gathers a body for the record: whole up to `cap`, beyond it only the first `kept` bytes, the length and the SHA-256.
/// A value of one call.
class BodyRecorder
{
public:
    BodyRecorder(qint64 cap, qint64 kept)
        : m_cap(cap)
        , m_kept(kept)
    {}
    void append(const QByteArray &part);
    /// Empties the recorder.
    [[nodiscard]] traffic::Body take();
    [[nodiscard]] qint64 length() const { return m_length; }

private:
    qint64 m_cap;
    qint64 m_kept;
    QByteArray m_bytes;
    qint64 m_length = 0;
    std::unique_ptr<QCryptographicHash> m_hash; ///< only once the body is longer than the cap
};

} // namespace parallax::router
