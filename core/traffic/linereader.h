// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/importer.h"

#include <vector>

namespace parallax::traffic {

/// Lines of a device, one after another, in a buffer that is used again; or records that end with another separator. A
/// line longer than `maxBytes` is skipped without being held. Not owned: the device.
class LineReader
{
public:
    static constexpr std::size_t kPadding = 64; ///< readable bytes behind each line, for simdjson

    explicit LineReader(QIODevice &device, qint64 maxBytes = kMaxRecordBytes, QByteArray separator = "\n");

    enum class Next { Line, TooLong, End };
    [[nodiscard]] Next next();
    /// Without its line ending (LF or CR LF) or separator. Valid until next().
    [[nodiscard]] QByteArrayView line() const { return m_line; }
    /// From 1.
    [[nodiscard]] int number() const { return m_number; }
    /// False for a last line that has no line ending.
    [[nodiscard]] bool isTerminated() const { return m_isTerminated; }
    /// Of all lines so far.
    [[nodiscard]] qint64 bytesRead() const { return m_bytesRead; }

private:
    bool fill();
    [[nodiscard]] const char *findSeparator(std::size_t searched) const;

    QIODevice &m_device;
    std::size_t m_maxBytes;
    QByteArray m_separator;
    std::vector<char> m_buffer;
    std::size_t m_begin = 0; // of what is not handed out yet
    std::size_t m_end = 0;
    QByteArrayView m_line;
    int m_number = 0;
    qint64 m_bytesRead = 0;
    bool m_isTerminated = true;
};

/// Once a device gave its last byte: whether that was its end, or a damaged or suspicious gzip file. Goes into the
/// summary as a skipped record.
void noteEndOf(QIODevice &device, const ImportOptions &options, ImportSummary &summary);

/// All there is, up to `maxBytes`.
[[nodiscard]] QByteArray readUpTo(QIODevice &device, qint64 maxBytes);

/// Calls options.progress with the place in the file, packed or not.
void reportProgress(QIODevice &device, const ImportOptions &options);

} // namespace parallax::traffic
