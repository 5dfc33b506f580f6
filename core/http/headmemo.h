// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headparser.h"

namespace parallax::http {

/// Tells when it is worth remembering: always while what was remembered is of use, now and then while it is not.
class Usefulness
{
public:
    void hit() { m_misses = 0; }
    [[nodiscard]] bool isWorthIt() { return ++m_misses <= kPatience || m_misses % kPatience == 0; }

private:
    static constexpr quint32 kPatience = 16;
    quint32 m_misses = 0;
};

/// The last head that a peer's answer began with. Most servers answer with the same head, byte for byte, for a second
/// (their Date) or longer: it is not parsed again, and the exchanges share its fields. Owned by a pool, on its thread.
class HeadMemo
{
public:
    /// What `bytes` begin with, when it is that head again; nullptr otherwise. `length` is that of the head.
    [[nodiscard]] const ResponseHead *find(QByteArrayView bytes, bool isHeadRequest, qsizetype &length)
    {
        if (m_bytes.isEmpty() || m_isHeadRequest != isHeadRequest || !bytes.startsWith(m_bytes))
            return nullptr;
        m_usefulness.hit();
        length = m_bytes.size();
        return &m_head;
    }

    /// A head that was parsed from `bytes`, all of them, for limits that are the pool's own.
    void note(QByteArrayView bytes, bool isHeadRequest, const ResponseHead &head)
    {
        constexpr qsizetype kLongest = 4096;
        if (bytes.size() > kLongest || !m_usefulness.isWorthIt())
            return;
        m_bytes.resize(0); // keeps its memory
        m_bytes.append(bytes);
        m_isHeadRequest = isHeadRequest;
        m_head = head;
    }

private:
    QByteArray m_bytes;
    ResponseHead m_head;
    bool m_isHeadRequest = false;
    Usefulness m_usefulness;
};

} // namespace parallax::http
