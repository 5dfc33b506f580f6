// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/bodydecoder.h"

#include "http/tokens.h"

namespace parallax::http {

namespace {

constexpr qsizetype kMostSizeDigits = 16;

/// Length of the quoted-string that `text` begins with (RFC 9110 5.6.4), 0 when it is none.
qsizetype quotedLength(QByteArrayView text)
{
    if (!text.startsWith('"'))
        return 0;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == '"')
            return i + 1;
        if (text[i] == '\\' && ++i == text.size())
            return 0;
        if (!isValueChar(text[i]))
            return 0;
    }
    return 0;
}

qsizetype tokenLength(QByteArrayView text)
{
    qsizetype n = 0;
    while (n < text.size() && isTokenChar(text[n]))
        ++n;
    return n;
}

} // namespace

Problem ChunkDecoder::extensions(QByteArrayView text) const
{
    // *( ";" token [ "=" ( token / quoted-string ) ] ), without the blanks that RFC 9112 7.1.1 calls bad.
    while (!text.isEmpty()) {
        if (text.front() != ';')
            return Problem::ChunkSize;
        text = text.sliced(1);
        const qsizetype name = tokenLength(text);
        if (name == 0)
            return Problem::ChunkExtension;
        text = text.sliced(name);
        if (!text.startsWith('='))
            continue;
        text = text.sliced(1);
        const qsizetype value = text.startsWith('"') ? quotedLength(text) : tokenLength(text);
        if (value == 0)
            return Problem::ChunkExtension;
        text = text.sliced(value);
    }
    return Problem::None;
}

Problem ChunkDecoder::sizeLine(QByteArrayView line)
{
    qsizetype digits = 0;
    quint64 size = 0;
    while (digits < line.size() && isHexDigit(line[digits])) {
        if (digits == kMostSizeDigits)
            return Problem::ChunkSize;
        size = size * 16 + static_cast<quint64>(hexValue(line[digits]));
        ++digits;
    }
    if (digits == 0 || size > static_cast<quint64>(std::numeric_limits<qint64>::max()))
        return Problem::ChunkSize;
    const QByteArrayView rest = line.sliced(digits);
    m_extensionBytes += rest.size();
    if (m_extensionBytes > m_limits->chunkExtensionBytes)
        return Problem::ChunkExtension;
    if (const Problem problem = extensions(rest); problem != Problem::None)
        return problem;
    m_left = size;
    m_state = size == 0 ? State::Trailer : State::Data;
    return Problem::None;
}

Problem ChunkDecoder::trailerLine(QByteArrayView line)
{
    if (line.isEmpty()) {
        m_state = State::End;
        return Problem::None;
    }
    m_trailerBytes += line.size() + 2;
    if (m_trailerBytes > m_limits->headerBytes || ++m_trailers > m_limits->headerFields)
        return Problem::HeaderTooLarge;
    const qsizetype name = tokenLength(line);
    if (name == 0 || name == line.size() || line[name] != ':' || !isFieldValue(line.sliced(name + 1)))
        return Problem::Trailer;
    return Problem::None;
}

Problem ChunkDecoder::tooLongYet(qsizetype length) const
{
    switch (m_state) {
    case State::Size:
        return length > kMostSizeDigits + m_limits->chunkExtensionBytes + 2 ? Problem::ChunkExtension : Problem::None;
    case State::Trailer:
        return m_trailerBytes + length > m_limits->headerBytes ? Problem::HeaderTooLarge : Problem::None;
    default:
        return length > 2 ? Problem::ChunkEnd : Problem::None;
    }
}

qsizetype ChunkDecoder::line(QByteArrayView in)
{
    const qsizetype newline = in.indexOf('\n');
    if (newline < 0) {
        m_problem = tooLongYet(m_line.size() + in.size());
        // What can be no size any more is refused at once, not when its line ends.
        if (m_state == State::Size && m_line.isEmpty() && !in.isEmpty() && !isHexDigit(in.front()))
            m_problem = Problem::ChunkSize;
        if (m_state == State::DataEnd && m_line.isEmpty() && !in.isEmpty() && in.front() != '\r')
            m_problem = Problem::ChunkEnd;
        if (m_problem == Problem::None)
            m_line.append(in);
        return in.size();
    }
    QByteArrayView whole = in.first(newline);
    if (!m_line.isEmpty()) {
        m_line.append(whole);
        whole = m_line;
    }
    m_problem = tooLongYet(whole.size());
    if (m_problem == Problem::None) {
        if (whole.isEmpty() || whole.back() != '\r') {
            m_problem = m_state == State::DataEnd ? Problem::ChunkEnd : Problem::LineEnd;
        } else {
            whole.chop(1);
            if (m_state == State::Size)
                m_problem = sizeLine(whole);
            else if (m_state == State::Trailer)
                m_problem = trailerLine(whole);
            else if (whole.isEmpty())
                m_state = State::Size;
            else
                m_problem = Problem::ChunkEnd;
        }
    }
    m_line.clear();
    return newline + 1;
}

qsizetype ChunkDecoder::decode(QByteArrayView in, QByteArray &out)
{
    qsizetype taken = 0;
    while (taken < in.size() && m_state != State::End && m_problem == Problem::None) {
        const QByteArrayView rest = in.sliced(taken);
        if (m_state != State::Data) {
            taken += line(rest);
            continue;
        }
        const auto n = static_cast<qsizetype>(qMin(m_left, static_cast<quint64>(rest.size())));
        out.append(rest.first(n));
        taken += n;
        m_left -= static_cast<quint64>(n);
        if (m_left == 0)
            m_state = State::DataEnd;
    }
    return taken;
}

BodyDecoder::BodyDecoder(const Limits &limits, Framing framing, qint64 length, qint64 maxBytes)
    : m_chunks(limits)
    , m_framing(framing)
    , m_length(length)
    , m_maxBytes(maxBytes)
    , m_isComplete(framing == Framing::None || (framing == Framing::Length && length == 0))
{
    if (framing == Framing::Length && length > maxBytes)
        m_problem = Problem::BodyTooLarge;
}

qint64 BodyDecoder::remaining() const
{
    if (m_isComplete)
        return 0;
    return m_framing == Framing::Length ? m_length - m_received : -1;
}

qsizetype BodyDecoder::decode(QByteArrayView in, QByteArray &out)
{
    if (m_isComplete || m_problem != Problem::None)
        return 0;
    const qsizetype before = out.size();
    qsizetype taken = in.size();
    if (m_framing == Framing::Chunked) {
        taken = m_chunks.decode(in, out);
        m_problem = m_chunks.problem();
        m_isComplete = m_chunks.isComplete();
    } else {
        if (m_framing == Framing::Length)
            taken = static_cast<qsizetype>(qMin<qint64>(in.size(), m_length - m_received));
        if (out.isEmpty())
            out = in.first(taken).toByteArray(); // exactly as long, and never moved
        else
            out.append(in.first(taken));
    }
    m_received += out.size() - before;
    if (m_framing == Framing::Length)
        m_isComplete = m_received == m_length;
    if (m_received > m_maxBytes && m_problem == Problem::None) {
        m_problem = Problem::BodyTooLarge;
        m_isComplete = false;
    }
    return taken;
}

} // namespace parallax::http
