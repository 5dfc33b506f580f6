// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/bodyrecorder.h"

namespace parallax::router {

void BodyRecorder::append(const QByteArray &part)
{
    m_length += part.size();
    if (m_hash) {
        m_hash->addData(part);
        return;
    }
    if (m_bytes.isEmpty())
        m_bytes = part; // shared
    else
        m_bytes.append(part);
    if (m_length <= m_cap)
        return;
    m_hash = std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256);
    m_hash->addData(m_bytes);
    m_bytes.truncate(m_kept);
    m_bytes.squeeze();
}

traffic::Body BodyRecorder::take()
{
    traffic::Body body{std::move(m_bytes), m_length, m_hash != nullptr, {}};
    if (m_hash)
        body.sha256 = m_hash->result();
    m_bytes = {};
    m_length = 0;
    m_hash.reset();
    return body;
}

} // namespace parallax::router
