// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headparser.h"
#include "http/headwriter.h"

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

/// The last head that messages began with. Most servers answer with the same head, byte for byte, for a second (their
/// Date) or longer, and most callers ask with the same one as long as their bodies have one length: it is not parsed
/// again, and the exchanges share its fields. Owned by a pool or a worker, on its thread.
template<class Head>
class HeadMemo
{
public:
    /// What `bytes` begin with, when it is that head again; nullptr otherwise. `length` is that of the head. Of answers
    /// it matters whether HEAD was asked.
    [[nodiscard]] const Head *find(QByteArrayView bytes, bool isHeadRequest, qsizetype &length)
    {
        if (m_bytes.isEmpty() || m_isHeadRequest != isHeadRequest || !bytes.startsWith(m_bytes))
            return nullptr;
        m_usefulness.hit();
        length = m_bytes.size();
        return &m_head;
    }

    /// A head that was parsed from `bytes`, all of them, for limits that are the owner's own.
    void note(QByteArrayView bytes, bool isHeadRequest, const Head &head)
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
    Head m_head;
    bool m_isHeadRequest = false;
    Usefulness m_usefulness;
};

/// What the last answer that was passed on began with, see writtenStart(): answers with a head in common share its
/// fields, so that their place in memory tells.
class AnswerStart
{
public:
    [[nodiscard]] const QByteArray &of(const Response &head)
    {
        const bool isKnown = !m_start.isEmpty() && head.status == m_head.status &&
                             head.headers.begin() == m_head.headers.begin() &&
                             head.headers.size() == m_head.headers.size() && head.reason == m_head.reason;
        if (!isKnown) {
            m_head = head; // holds on to the fields
            m_start = writtenStart(head);
        }
        return m_start;
    }

private:
    Response m_head;
    QByteArray m_start;
};

/// What the connections of a worker remember together.
struct ServerMemo
{
    HeadMemo<RequestHead> requests;
    AnswerStart answers;
};

} // namespace parallax::http
