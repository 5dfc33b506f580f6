// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/linereader.h"

#include "traffic/errors.h"
#include "traffic/gzipdevice.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr std::size_t kChunk = 1024 * 1024;

} // namespace

LineReader::LineReader(QIODevice &device, qint64 maxBytes, QByteArray separator)
    : m_device(device)
    , m_maxBytes(static_cast<std::size_t>(maxBytes))
    , m_separator(std::move(separator))
    , m_buffer(kChunk + kPadding)
{}

const char *LineReader::findSeparator(std::size_t searched) const
{
    const char *from = m_buffer.data() + m_begin + searched;
    const char *end = m_buffer.data() + m_end;
    const auto size = static_cast<std::size_t>(m_separator.size());
    for (;;) {
        const auto left = static_cast<std::size_t>(end - from);
        if (left < size)
            return nullptr;
        // memchr for one byte, the whole compared where it stands.
        const auto *found =
            static_cast<const char *>(std::memchr(from + size - 1, m_separator.back(), left - size + 1));
        if (found == nullptr)
            return nullptr;
        const char *start = found - (size - 1);
        if (size == 1 || std::memcmp(start, m_separator.constData(), size) == 0)
            return start;
        from = start + 1;
    }
}

bool LineReader::fill()
{
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() - kPadding - m_end < kChunk / 2)
        m_buffer.resize(m_buffer.size() * 2);
    const qint64 got = m_device.read(m_buffer.data() + m_end, static_cast<qint64>(m_buffer.size() - kPadding - m_end));
    if (got <= 0)
        return false;
    m_end += static_cast<std::size_t>(got);
    m_bytesRead += got;
    return true;
}

LineReader::Next LineReader::next()
{
    const auto size = static_cast<std::size_t>(m_separator.size());
    std::size_t searched = 0;
    bool isTooLong = false;
    m_line = {};
    for (;;) {
        if (const char *found = findSeparator(searched); found != nullptr) {
            const char *from = m_buffer.data() + m_begin;
            auto length = static_cast<std::size_t>(found - from);
            m_begin += length + size;
            m_isTerminated = true;
            ++m_number;
            if (isTooLong || length > m_maxBytes)
                return Next::TooLong;
            if (size == 1 && length > 0 && from[length - 1] == '\r')
                --length;
            m_line = {from, static_cast<qsizetype>(length)};
            return Next::Line;
        }
        // What was looked through need not be again, but for a separator that may have begun at its end.
        searched = m_end - m_begin - std::min(size - 1, m_end - m_begin);
        if (searched > m_maxBytes) {
            isTooLong = true;
            m_begin += searched;
            searched = 0;
        }
        if (fill())
            continue;
        if (m_end == m_begin && !isTooLong)
            return Next::End;
        ++m_number;
        m_isTerminated = false;
        m_line = {m_buffer.data() + m_begin, static_cast<qsizetype>(m_end - m_begin)};
        m_begin = m_end;
        return isTooLong ? Next::TooLong : Next::Line;
    }
}

void noteEndOf(QIODevice &device, const ImportOptions &options, ImportSummary &summary)
{
    const auto *gzip = qobject_cast<const GzipDevice *>(&device);
    if (gzip == nullptr)
        return;
    if (gzip->isBomb())
        summary.skip({kDecompressionBomb, {{u"ratio"_s, GzipDevice::kMaxRatio}}, {options.file}, {}});
    else if (gzip->isDamaged())
        summary.skip({kCompressedInput, {}, {options.file}, gzip->errorString()});
}

QByteArray readUpTo(QIODevice &device, qint64 maxBytes)
{
    QByteArray all;
    while (all.size() < maxBytes) {
        const QByteArray piece = device.read(std::min<qint64>(maxBytes - all.size(), 1 << 20));
        if (piece.isEmpty())
            break;
        all += piece;
    }
    return all;
}

void reportProgress(QIODevice &device, const ImportOptions &options)
{
    if (!options.progress)
        return;
    if (const auto *gzip = qobject_cast<const GzipDevice *>(&device))
        options.progress(gzip->packedPosition(), gzip->packedSize());
    else
        options.progress(device.pos(), device.isSequential() ? -1 : device.size());
}

} // namespace parallax::traffic
