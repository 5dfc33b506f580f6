// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes heads of messages. Whatever it is given, what comes out has no line that was not asked for.
#pragma once

#include "http/message.h"

#include <optional>

namespace parallax::http {

/// Builds one head in one buffer. A field whose name is no token is left out; CR, LF and other controls in a value
/// become blanks.
class HeadWriter
{
public:
    /// `room` is kept free for a body that finish() will get.
    HeadWriter(QByteArrayView method, QByteArrayView target, qsizetype room = 0);
    /// An empty `reason` becomes the usual phrase.
    HeadWriter(int status, QByteArrayView reason);

    /// Goes on with a head whose beginning another writer has made.
    [[nodiscard]] static HeadWriter continued(QByteArrayView start, qsizetype room = 0);

    HeadWriter &field(QByteArrayView name, QByteArrayView value);
    HeadWriter &field(QByteArrayView name, qint64 number);
    /// Ends the head; `body` is put behind it.
    [[nodiscard]] QByteArray finish(QByteArrayView body = {});
    /// What there is so far, for continued().
    [[nodiscard]] QByteArray taken();

private:
    explicit HeadWriter(qsizetype room);
    void put(QByteArrayView text);
    void putValue(QByteArrayView value);

    QByteArray m_out; ///< as long as there is room, until finish()
    qsizetype m_used = 0;
};

/// Fields that concern one connection only (RFC 9110 7.6.1), together with those that `Connection` names; framing,
/// which each side does for itself, counts among them.
class HopByHop
{
public:
    explicit HopByHop(const Headers &headers);
    [[nodiscard]] bool contains(QByteArrayView name) const;

private:
    QByteArray m_named; ///< the values of Connection, joined
};

/// The status line of an answer that is passed on, and its fields but for the hop-by-hop ones; see continued().
[[nodiscard]] QByteArray writtenStart(const Response &head);

/// `Thu, 01 Jan 2026 00:00:00 GMT`, of now; made anew once a second and thread.
[[nodiscard]] QByteArray httpDate();

/// The size line of a chunk, and what ends a chunk or the body.
[[nodiscard]] QByteArray chunkStart(qint64 size);
inline constexpr QByteArrayView kEndOfChunk = "\r\n";
inline constexpr QByteArrayView kLastChunk = "0\r\n\r\n";

} // namespace parallax::http
