// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/json.h"

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr quint32 hexDigit(char c)
{
    return static_cast<quint32>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

quint32 hex4(const char *p)
{
    quint32 value = 0;
    for (int i = 0; i < 4; ++i)
        value = value * 16 + hexDigit(p[i]);
    return value;
}

// WTF-8: surrogates that stand alone are written like any other code point below 0x10000.
void appendCodePoint(QByteArray &out, quint32 c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xe0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (c & 0x3f));
    }
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c; // quote, backslash, slash
    }
}

} // namespace

QString toString(JsonType type)
{
    switch (type) {
    case JsonType::Null:
        return u"null"_s;
    case JsonType::Boolean:
        return u"boolean"_s;
    case JsonType::Number:
        return u"number"_s;
    case JsonType::String:
        return u"string"_s;
    case JsonType::Array:
        return u"array"_s;
    case JsonType::Object:
        return u"object"_s;
    }
    Q_UNREACHABLE();
}

QByteArray unescapeJson(QByteArrayView inside)
{
    QByteArray out;
    out.reserve(inside.size());
    const char *p = inside.begin();
    const char *const end = inside.end();
    while (p != end) {
        if (*p != '\\') {
            out += *p++;
        } else if (p[1] != 'u') {
            out += simpleEscape(p[1]);
            p += 2;
        } else {
            quint32 c = hex4(p + 2);
            p += 6;
            if (c >= 0xd800 && c < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
                const quint32 low = hex4(p + 2);
                if (low >= 0xdc00 && low < 0xe000) {
                    c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                    p += 6;
                }
            }
            appendCodePoint(out, c);
        }
    }
    return out;
}

QByteArray JsonTree::key(Index index) const
{
    const QByteArrayView raw = rawKey(index);
    return m_nodes[index].has(JsonNode::KeyHasEscapes) ? unescapeJson(raw) : raw.toByteArray();
}

QByteArray JsonTree::string(Index index) const
{
    const QByteArrayView inside = text(index).sliced(1).chopped(1);
    return m_nodes[index].has(JsonNode::HasEscapes) ? unescapeJson(inside) : inside.toByteArray();
}

double JsonTree::number(Index index) const
{
    return jsonNumber(text(index));
}

} // namespace parallax::compare
