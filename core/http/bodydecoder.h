// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the framing off a message's body (RFC 9112 6 and 7), incrementally and strictly.
#pragma once

#include "http/headparser.h"
#include "http/limits.h"
#include "http/problem.h"

namespace parallax::http {

/// The chunked coding. Extensions and trailers are checked, counted and left out. A value.
class ChunkDecoder
{
public:
    explicit ChunkDecoder(const Limits &limits)
        : m_limits(&limits)
    {}
    /// Takes bytes from the front of `in`, appends what is body to `out`, and says how many it took: all, unless the
    /// body ended or is malformed.
    qsizetype decode(QByteArrayView in, QByteArray &out);
    [[nodiscard]] bool isComplete() const { return m_state == State::End; }
    [[nodiscard]] Problem problem() const { return m_problem; }

private:
    enum class State { Size, Data, DataEnd, Trailer, End };
    qsizetype line(QByteArrayView in);
    [[nodiscard]] Problem sizeLine(QByteArrayView line);
    [[nodiscard]] Problem extensions(QByteArrayView text) const;
    [[nodiscard]] Problem trailerLine(QByteArrayView line);
    [[nodiscard]] Problem tooLongYet(qsizetype length) const;

    const Limits *m_limits;
    State m_state = State::Size;
    Problem m_problem = Problem::None;
    QByteArray m_line; ///< what of a line came before
    quint64 m_left = 0;
    qsizetype m_extensionBytes = 0;
    qsizetype m_trailerBytes = 0;
    int m_trailers = 0;
};

/// Any framing. `maxBytes` is the most that the whole body may have.
class BodyDecoder
{
public:
    BodyDecoder(const Limits &limits, Framing framing, qint64 length, qint64 maxBytes);

    /// As ChunkDecoder::decode.
    qsizetype decode(QByteArrayView in, QByteArray &out);
    /// The connection has ended. Whether that ends the body as well, or cuts it short.
    [[nodiscard]] bool endsWithConnection() const { return m_framing == Framing::UntilClose || isComplete(); }
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    [[nodiscard]] Problem problem() const { return m_problem; }
    [[nodiscard]] qint64 received() const { return m_received; }
    /// Bytes still to come, or -1 where that is not known.
    [[nodiscard]] qint64 remaining() const;

private:
    ChunkDecoder m_chunks;
    Framing m_framing;
    qint64 m_length;
    qint64 m_maxBytes;
    qint64 m_received = 0;
    bool m_isComplete;
    Problem m_problem = Problem::None;
};

} // namespace parallax::http
