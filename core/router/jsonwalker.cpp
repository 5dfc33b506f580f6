// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/jsonwalker.h"

#include <QByteArray>

namespace parallax::router {

namespace {

constexpr int kDeepest = 512;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char16_t escapeOf(char c)
{
    switch (c) {
    case 'b':
        return u'\b';
    case 'f':
        return u'\f';
    case 'n':
        return u'\n';
    case 'r':
        return u'\r';
    case 't':
        return u'\t';
    default:
        return static_cast<char16_t>(c);
    }
}

} // namespace

void JsonWalker::skipBlanks()
{
    while (!isAtEnd() && isBlank(m_text[m_at]))
        ++m_at;
}

bool JsonWalker::take(char c)
{
    if (isAtEnd() || m_text[m_at] != c)
        return false;
    ++m_at;
    return true;
}

bool JsonWalker::skipString()
{
    if (!take('"'))
        return false;
    while (!isAtEnd()) {
        const char c = m_text[m_at++];
        if (c == '"')
            return true;
        if (c == '\\' && !isAtEnd())
            ++m_at;
    }
    return false;
}

bool JsonWalker::skipValue()
{
    int depth = 0;
    do {
        skipBlanks();
        if (isAtEnd())
            return false;
        const char c = peek();
        if (c == '"') {
            if (!skipString())
                return false;
        } else if (c == '{' || c == '[') {
            ++m_at;
            if (++depth > kDeepest)
                return false;
        } else if (c == '}' || c == ']' || c == ',' || c == ':') {
            if (depth == 0)
                return false;
            ++m_at;
            depth -= c == '}' || c == ']' ? 1 : 0;
        } else {
            skipWord();
        }
    } while (depth > 0);
    return true;
}

void JsonWalker::skipWord()
{
    constexpr QByteArrayView kDelimiters = ",:{}[]\"";
    while (!isAtEnd() && !kDelimiters.contains(m_text[m_at]) && !isBlank(m_text[m_at]))
        ++m_at;
}

QString decodedString(QByteArrayView quoted)
{
    if (quoted.size() < 2)
        return {};
    const QByteArrayView inside = quoted.sliced(1, quoted.size() - 2);
    if (!inside.contains('\\'))
        return QString::fromUtf8(inside);
    QString out;
    qsizetype plain = 0;
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\')
            continue;
        out += QString::fromUtf8(inside.sliced(plain, i - plain));
        ++i;
        if (i < inside.size() && inside[i] == 'u' && i + 4 < inside.size()) {
            bool isHex = false;
            const ushort code = inside.sliced(i + 1, 4).toByteArray().toUShort(&isHex, 16);
            out += isHex ? QChar(code) : QChar(QChar::ReplacementCharacter);
            i += 4;
        } else if (i < inside.size()) {
            out += QChar(escapeOf(inside[i]));
        }
        plain = i + 1;
    }
    if (plain < inside.size())
        out += QString::fromUtf8(inside.sliced(plain));
    return out;
}

} // namespace parallax::router
