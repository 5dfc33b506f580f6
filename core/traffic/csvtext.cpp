// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/csvtext.h"

#include "traffic/jsontext.h"

namespace parallax::traffic {

namespace {

constexpr qint64 kChunk = 256 * 1024;

bool isNumber(QByteArrayView text)
{
    if (text.startsWith('+'))
        text = text.sliced(1);
    const char first = text.isEmpty() ? '\0' : text.front();
    return (first == '-' || (first >= '0' && first <= '9')) && firstJsonError(text) < 0;
}

} // namespace

CsvReader::CsvReader(QIODevice &device, char separator, qint64 maxBytes)
    : m_device(device)
    , m_separator(separator)
    , m_maxBytes(maxBytes)
{}

int CsvReader::get()
{
    if (m_at == m_buffer.size()) {
        m_buffer = m_device.read(kChunk);
        m_at = 0;
        if (m_buffer.isEmpty())
            return -1;
    }
    const char c = m_buffer[m_at++];
    m_line += c == '\n' ? 1 : 0;
    return static_cast<unsigned char>(c);
}

/// From behind the opening quote; `after` becomes the byte behind the closing one.
CsvReader::Next CsvReader::quotedField(QByteArray &field, qint64 &bytes, int &after)
{
    for (int c = get(); c >= 0; c = get()) {
        if (c == '"') {
            after = get();
            if (after != '"')
                return Next::Record;
        }
        if (++bytes <= m_maxBytes)
            field += static_cast<char>(c);
    }
    after = -1;
    return Next::BadQuote;
}

CsvReader::Next CsvReader::next()
{
    m_fields.clear();
    m_quoted.clear();
    m_recordLine = m_line;
    qint64 bytes = 0;
    int c = get();
    if (c < 0)
        return Next::End;
    Next result = Next::Record;
    for (;;) {
        QByteArray field;
        bool isQuoted = false;
        if (c == '"') {
            isQuoted = true;
            if (quotedField(field, bytes, c) == Next::BadQuote)
                result = Next::BadQuote;
        }
        while (c >= 0 && c != m_separator && c != '\n') {
            if (++bytes <= m_maxBytes)
                field += static_cast<char>(c);
            c = get();
        }
        if ((c == '\n' || c < 0) && field.endsWith('\r'))
            field.chop(1);
        m_fields.append(std::move(field));
        m_quoted.push_back(isQuoted);
        if (c != m_separator)
            break;
        c = get();
    }
    return bytes > m_maxBytes ? Next::TooLarge : result;
}

char csvSeparatorOf(QByteArrayView head)
{
    const QByteArrayList lines = head.toByteArray().split('\n');
    const qsizetype whole = std::min<qsizetype>(lines.size() > 1 ? lines.size() - 1 : lines.size(), 5);
    for (const char separator : {',', ';', '\t'}) {
        const qsizetype expected = lines.first().count(separator);
        bool agrees = expected > 0;
        for (qsizetype i = 1; i < whole && agrees; ++i)
            agrees = lines[i].trimmed().isEmpty() || lines[i].count(separator) == expected || lines[i].contains('"');
        if (agrees)
            return separator;
    }
    return 0;
}

void appendCsvCell(QByteArray &out, const QByteArray &text)
{
    const bool isFormula =
        !text.isEmpty() && QByteArrayView("=+-@\t\r\n").indexOf(text.front()) >= 0 && !isNumber(text);
    const bool needsQuotes = isFormula || std::any_of(text.begin(), text.end(), [](char c) {
                                 return c == '"' || c == ',' || c == '\n' || c == '\r';
                             });
    if (!needsQuotes) {
        out += text;
        return;
    }
    out += isFormula ? "\"'" : "\"";
    out += QByteArray(text).replace('"', "\"\"");
    out += '"';
}

} // namespace parallax::traffic
