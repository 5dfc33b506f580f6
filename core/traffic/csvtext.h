// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// CSV after RFC 4180, as spreadsheets read and write it.
#pragma once

#include "traffic/importer.h"

#include <vector>

namespace parallax::traffic {

/// Reads records from a device: quoted fields, line breaks inside of quotes, LF or CR LF, any one-byte separator.
/// Not owned: the device.
class CsvReader
{
public:
    CsvReader(QIODevice &device, char separator, qint64 maxBytes = kMaxRecordBytes);

    enum class Next { Record, TooLarge, BadQuote, End };
    [[nodiscard]] Next next();
    /// Valid until next().
    [[nodiscard]] const QByteArrayList &fields() const { return m_fields; }
    /// Whether a field stood in quotes: then it is text whatever it looks like.
    [[nodiscard]] bool wasQuoted(qsizetype field) const { return m_quoted[static_cast<std::size_t>(field)]; }
    /// Where the record begins, from 1.
    [[nodiscard]] int line() const { return m_recordLine; }

private:
    int get();
    Next quotedField(QByteArray &field, qint64 &bytes, int &after);

    QIODevice &m_device;
    char m_separator;
    qint64 m_maxBytes;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    QByteArrayList m_fields;
    std::vector<bool> m_quoted;
    int m_line = 1;
    int m_recordLine = 1;
};

/// `,`, `;`, or a tab: what the first lines agree on; 0 when they do not.
[[nodiscard]] char csvSeparatorOf(QByteArrayView head);

/// Appends one cell. Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break, and
/// is no number) gets an apostrophe in front.
void appendCsvCell(QByteArray &out, const QByteArray &text);

} // namespace parallax::traffic
