// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/jsonitems.h"

#include "traffic/linereader.h"

#include <cstring>

namespace parallax::traffic {

namespace {

constexpr std::size_t kChunk = 1024 * 1024;
constexpr qsizetype kLongestKey = 256;

/// Bytes that matter outside of strings.
bool isStructural(char c)
{
    return c == '"' || c == '{' || c == '}' || c == '[' || c == ']';
}

} // namespace

JsonItems::JsonItems(QIODevice &device, QByteArrayList path, qint64 maxBytes)
    : m_device(device)
    , m_path(std::move(path))
    , m_maxBytes(static_cast<std::size_t>(maxBytes))
    , m_buffer(kChunk + LineReader::kPadding)
{}

void JsonItems::countLinesTo(std::size_t to)
{
    if (to <= m_counted)
        return;
    m_line += static_cast<int>(std::count(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_counted),
                                          m_buffer.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    m_counted = to;
}

/// Lets go of what is read, keeps the item under way.
bool JsonItems::fill()
{
    if (m_isCollecting && m_at - m_keep > m_maxBytes) {
        m_isTooLarge = true;
        m_isCollecting = false;
    }
    const std::size_t from = m_isCollecting ? m_keep : m_at;
    if (from > 0) {
        countLinesTo(from);
        m_counted -= from;
        std::memmove(m_buffer.data(), m_buffer.data() + from, m_end - from);
        m_end -= from;
        m_at -= from;
        m_keep = 0;
    }
    if (m_buffer.size() - LineReader::kPadding - m_end < kChunk / 2)
        m_buffer.resize(m_buffer.size() * 2);
    const qint64 got =
        m_device.read(m_buffer.data() + m_end, static_cast<qint64>(m_buffer.size() - LineReader::kPadding - m_end));
    if (got <= 0)
        return false;
    m_end += static_cast<std::size_t>(got);
    return true;
}

int JsonItems::peek()
{
    if (m_at == m_end && !fill())
        return -1;
    return static_cast<unsigned char>(m_buffer[m_at]);
}

void JsonItems::skipSpace()
{
    for (int c = peek(); c == ' ' || c == '\t' || c == '\n' || c == '\r'; c = peek())
        ++m_at;
}

/// From behind the opening quote to behind the closing one.
bool JsonItems::skipString()
{
    for (;;) {
        while (m_at < m_end && m_buffer[m_at] != '"' && m_buffer[m_at] != '\\')
            ++m_at;
        const int c = peek();
        if (c < 0)
            return false;
        if (c != '"' && c != '\\')
            continue;
        ++m_at;
        if (c == '"')
            return true;
        if (peek() < 0)
            return false;
        ++m_at;
    }
}

bool JsonItems::skipValue()
{
    skipSpace();
    int c = peek();
    if (c == '"') {
        ++m_at;
        return skipString();
    }
    if (c != '{' && c != '[') {
        std::size_t seen = 0;
        for (; c >= 0 && c != ',' && c != ']' && c != '}' && c != ' ' && c != '\n' && c != '\r' && c != '\t';
             c = peek()) {
            ++m_at;
            ++seen;
        }
        return seen > 0;
    }
    qint64 depth = 0;
    for (;;) {
        while (m_at < m_end && !isStructural(m_buffer[m_at]))
            ++m_at;
        c = peek();
        if (c < 0)
            return false;
        if (!isStructural(static_cast<char>(c)))
            continue;
        ++m_at;
        if (c == '"') {
            if (!skipString())
                return false;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (--depth == 0) {
            return true;
        }
    }
}

bool JsonItems::readKey(QByteArray &key)
{
    key.clear();
    if (peek() != '"')
        return false;
    ++m_at;
    for (int c = peek(); c >= 0; c = peek()) {
        ++m_at;
        if (c == '"')
            break;
        if (key.size() < kLongestKey)
            key += static_cast<char>(c);
        if (c == '\\' && peek() >= 0)
            ++m_at;
    }
    skipSpace();
    if (peek() != ':')
        return false;
    ++m_at;
    skipSpace();
    return true;
}

JsonItems::Next JsonItems::enterList()
{
    skipSpace();
    for (qsizetype depth = 0; depth < m_path.size(); ++depth) {
        if (peek() != '{')
            return peek() < 0 ? Next::Broken : Next::Missing;
        ++m_at;
        for (;;) {
            skipSpace();
            const int c = peek();
            if (c == '}')
                return Next::Missing;
            if (c == ',') {
                ++m_at;
                continue;
            }
            QByteArray key;
            if (!readKey(key))
                return Next::Broken;
            if (key == m_path[depth])
                break;
            if (!skipValue())
                return Next::Broken;
        }
    }
    if (peek() != '[')
        return peek() < 0 ? Next::Broken : Next::Missing;
    ++m_at;
    m_isInList = true;
    return Next::Item;
}

JsonItems::Next JsonItems::next()
{
    m_item = {};
    if (m_isDone)
        return Next::End;
    if (!m_isInList) {
        if (const Next entered = enterList(); entered != Next::Item) {
            m_isDone = true;
            return entered;
        }
    }
    skipSpace();
    while (peek() == ',') {
        ++m_at;
        skipSpace();
    }
    const int c = peek();
    if (c < 0 || c == ']') {
        m_isDone = true;
        return c < 0 ? Next::Broken : Next::End;
    }
    countLinesTo(m_at);
    m_itemLine = m_line;
    m_isTooLarge = false;
    m_isCollecting = true;
    m_keep = m_at;
    const bool isWhole = skipValue();
    m_isCollecting = false;
    if (!isWhole) {
        m_isDone = true;
        return Next::Broken;
    }
    if (m_isTooLarge || m_at - m_keep > m_maxBytes)
        return Next::TooLarge;
    m_item = {m_buffer.data() + m_keep, static_cast<qsizetype>(m_at - m_keep)};
    return Next::Item;
}

} // namespace parallax::traffic
