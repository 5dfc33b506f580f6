// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads JSON into a JsonTree: one pass, no recursion.
#include "compare/errors.h"
#include "compare/json.h"

#include <simdjson.h>

#include <QSet>
#include <QtEndian>

#include <limits>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

// Bytes that end the quick run through a string: quote, backslash, controls.
constexpr bool stopsString(char c)
{
    return c == '"' || c == '\\' || static_cast<uchar>(c) < 0x20;
}

// The first such byte, or the end. Eight bytes at a time by the test for a zero byte of H. S. Warren, Hacker's Delight,
// 6-1: the lowest byte it reports is exact.
const char *skipPlain(const char *p, const char *end)
{
    constexpr quint64 kOnes = 0x0101010101010101U;
    constexpr quint64 kHighs = 0x8080808080808080U;
    while (end - p >= 8) {
        const auto word = qFromLittleEndian<quint64>(p);
        const quint64 quote = word ^ (kOnes * '"');
        const quint64 backslash = word ^ (kOnes * '\\');
        const quint64 found =
            (((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash) | ((word - kOnes * 0x20) & ~word)) &
            kHighs;
        if (found != 0)
            return p + (qCountTrailingZeroBits(found) >> 3U);
        p += 8;
    }
    while (p != end && !stopsString(*p))
        ++p;
    return p;
}

constexpr bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

/// Reads one document into a tree. Lives on the stack of JsonTree::parse.
class JsonParser
{
public:
    JsonParser(const QByteArray &bytes, const JsonLimits &limits)
        : m_limits(limits)
        , m_start(bytes.constData())
        , m_end(m_start + bytes.size())
        , m_p(m_start)
    {
        m_tree.m_bytes = bytes;
        m_tree.m_nodes.reserve(static_cast<std::size_t>(qMin(bytes.size() / 12 + 4, limits.nodes)));
    }

    [[nodiscard]] Result<JsonTree> run()
    {
        if (m_end - m_start >= 3 && qstrncmp(m_start, "\xef\xbb\xbf", 3) == 0)
            m_p += 3;
        skipSpace();
        bool isGood = value();
        while (isGood && !m_open.empty())
            isGood = step();
        if (isGood) {
            skipSpace();
            isGood = m_p == m_end;
        }
        if (!isGood)
            return fail(problem());
        return std::move(m_tree);
    }

private:
    using Index = JsonTree::Index;

    /// A container that has not ended. A key sets one of 64 bits by its ends and length; only when a bit is set twice
    /// can the object repeat a key, and only then is it looked at closely.
    struct Open
    {
        Index node = 0;
        bool mayRepeatKey = false;
        quint64 keys = 0;

        void addKey(const char *from, const char *end, bool hasEscapes)
        {
            const auto length = static_cast<quint32>(end - from);
            const quint32 ends =
                length == 0 ? 0 : static_cast<uchar>(*from) * 5U + static_cast<uchar>(*(end - 1)) * 11U;
            const quint64 bit = quint64(1) << ((ends + length * 23U) & 63U);
            mayRepeatKey = mayRepeatKey || hasEscapes || (keys & bit) != 0;
            keys |= bit;
        }
    };

    [[nodiscard]] char peek() const { return m_p == m_end ? '\0' : *m_p; }
    [[nodiscard]] quint32 offset(const char *p) const { return static_cast<quint32>(p - m_start); }
    void skipSpace()
    {
        const char *p = m_p;
        while (p != m_end && static_cast<uchar>(*p) <= ' ' && isSpace(*p))
            ++p;
        m_p = p;
    }

    // After a value inside of a container: the next element or member, or the container's end.
    bool step()
    {
        skipSpace();
        JsonNode &parent = m_tree.m_nodes[m_open.back().node];
        const bool isObject = parent.type == JsonType::Object;
        const char closing = isObject ? '}' : ']';
        if (peek() == closing) {
            ++m_p;
            close();
            return true;
        }
        if (parent.children > 0) {
            if (peek() != ',')
                return false;
            ++m_p;
            skipSpace();
        }
        ++parent.children;
        if (!isObject)
            return value();
        return member();
    }

    bool member()
    {
        if (peek() != '"')
            return false;
        bool hasEscapes = false;
        const char *const from = m_p + 1;
        if (!stringToken(hasEscapes))
            return false;
        m_key = {offset(from), offset(m_p - 1)};
        m_open.back().addKey(from, m_p - 1, hasEscapes);
        m_keyFlags = hasEscapes ? JsonNode::KeyHasEscapes : 0;
        skipSpace();
        if (peek() != ':')
            return false;
        ++m_p;
        skipSpace();
        return value();
    }

    bool value()
    {
        if (static_cast<qsizetype>(m_tree.m_nodes.size()) >= m_limits.nodes) {
            m_isTooLarge = true;
            return false;
        }
        JsonNode &node = m_tree.m_nodes.emplace_back();
        node.text.begin = offset(m_p);
        node.key = std::exchange(m_key, {});
        node.flags = std::exchange(m_keyFlags, quint8(0));
        const char c = peek();
        if (c == '{' || c == '[') {
            if (static_cast<int>(m_open.size()) >= m_limits.depth) {
                m_isTooDeep = true;
                return false;
            }
            node.type = c == '{' ? JsonType::Object : JsonType::Array;
            m_open.push_back({static_cast<Index>(m_tree.m_nodes.size() - 1)});
            ++m_p;
            return true;
        }
        if (!scalar(node, c))
            return false;
        node.text.end = offset(m_p);
        node.after = static_cast<quint32>(m_tree.m_nodes.size());
        return true;
    }

    bool scalar(JsonNode &node, char c)
    {
        bool hasEscapes = false;
        switch (c) {
        case '"':
            node.type = JsonType::String;
            if (!stringToken(hasEscapes))
                return false;
            if (hasEscapes)
                node.flags |= JsonNode::HasEscapes;
            return true;
        case 't':
            node.type = JsonType::Boolean;
            return word("true");
        case 'f':
            node.type = JsonType::Boolean;
            return word("false");
        case 'n':
            return word("null");
        case 'N':
            return notFinite(node, "NaN");
        case 'I':
            return notFinite(node, "Infinity");
        default:
            return number(node);
        }
    }

    bool word(const char *text)
    {
        const qsizetype length = qstrlen(text);
        if (m_end - m_p < length || qstrncmp(m_p, text, static_cast<size_t>(length)) != 0)
            return false;
        m_p += length;
        return true;
    }

    bool notFinite(JsonNode &node, const char *text)
    {
        node.type = JsonType::Number;
        node.flags |= JsonNode::IsNotFinite;
        m_tree.m_hasNotFinite = true;
        return word(text);
    }

    bool digits()
    {
        const char *p = m_p;
        while (p != m_end && isDigit(*p))
            ++p;
        return std::exchange(m_p, p) != p;
    }

    bool number(JsonNode &node)
    {
        node.type = JsonType::Number;
        if (peek() == '-') {
            ++m_p;
            if (peek() == 'I')
                return notFinite(node, "Infinity");
        }
        if (peek() == '0')
            ++m_p;
        else if (!digits())
            return false;
        bool isInteger = true;
        if (peek() == '.') {
            isInteger = false;
            ++m_p;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            isInteger = false;
            ++m_p;
            if (peek() == '+' || peek() == '-')
                ++m_p;
            if (!digits())
                return false;
        }
        if (isInteger)
            node.flags |= JsonNode::IsInteger;
        return true;
    }

    // From the opening quote to behind the closing one.
    bool stringToken(bool &hasEscapes)
    {
        ++m_p;
        for (;;) {
            m_p = skipPlain(m_p, m_end);
            if (m_p == m_end || static_cast<uchar>(*m_p) < 0x20)
                return false;
            if (*m_p == '"') {
                ++m_p;
                return true;
            }
            hasEscapes = true;
            if (!escape())
                return false;
        }
    }

    bool escape()
    {
        if (m_end - m_p < 2)
            return false;
        switch (m_p[1]) {
        case '"':
        case '\\':
        case '/':
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't':
            m_p += 2;
            return true;
        case 'u':
            if (m_end - m_p < 6)
                return false;
            for (int i = 2; i < 6; ++i) {
                if (!isHexDigit(m_p[i]))
                    return false;
            }
            m_p += 6;
            return true;
        default:
            return false;
        }
    }

    void close()
    {
        const Index index = m_open.back().node;
        const bool mayRepeatKey = m_open.back().mayRepeatKey;
        m_open.pop_back();
        JsonNode &node = m_tree.m_nodes[index];
        node.text.end = offset(m_p);
        node.after = static_cast<quint32>(m_tree.m_nodes.size());
        if (mayRepeatKey && repeatsKey(index)) {
            node.flags |= JsonNode::HasDuplicateKeys;
            m_tree.m_hasDuplicateKeys = true;
        }
    }

    [[nodiscard]] bool repeatsKey(Index object)
    {
        constexpr quint32 kFew = 16;
        const JsonNode &node = m_tree.m_nodes[object];
        m_keys.clear();
        bool hasEscapes = false;
        for (Index child = object + 1; child != node.after; child = m_tree.m_nodes[child].after) {
            hasEscapes = hasEscapes || m_tree.m_nodes[child].has(JsonNode::KeyHasEscapes);
            m_keys.push_back(m_tree.rawKey(child));
        }
        if (hasEscapes) {
            QSet<QByteArray> seen;
            for (Index child = object + 1; child != node.after; child = m_tree.m_nodes[child].after)
                seen.insert(m_tree.key(child));
            return seen.size() != static_cast<qsizetype>(node.children);
        }
        if (node.children <= kFew) {
            for (std::size_t i = 1; i < m_keys.size(); ++i) {
                for (std::size_t k = 0; k < i; ++k) {
                    if (m_keys[i].size() == m_keys[k].size() && m_keys[i] == m_keys[k])
                        return true;
                }
            }
            return false;
        }
        std::sort(m_keys.begin(), m_keys.end(), [](QByteArrayView a, QByteArrayView b) { return a.compare(b) < 0; });
        return std::adjacent_find(m_keys.begin(), m_keys.end()) != m_keys.end();
    }

    [[nodiscard]] Error problem() const
    {
        if (m_isTooDeep)
            return {kJsonTooDeep, {{u"limit"_s, m_limits.depth}}, {}, {}};
        if (m_isTooLarge)
            return {kJsonTooLarge, {{u"limit"_s, m_limits.nodes}}, {}, {}};
        SourceLocation where{{}, 1, 1};
        for (const char *p = m_start; p != m_p; ++p) {
            if (*p == '\n') {
                ++where.line;
                where.column = 1;
            } else if ((static_cast<uchar>(*p) & 0xc0) != 0x80) {
                ++where.column;
            }
        }
        return {kJsonInvalid,
                {{u"offset"_s, offset(m_p)}, {u"line"_s, where.line}, {u"column"_s, where.column}},
                where,
                {}};
    }

    const JsonLimits &m_limits;
    JsonTree m_tree;
    const char *m_start;
    const char *m_end;
    const char *m_p;
    std::vector<Open> m_open;
    std::vector<QByteArrayView> m_keys; // of the object being closed
    ByteSpan m_key;                     // of the value that comes next
    quint8 m_keyFlags = 0;
    bool m_isTooDeep = false;
    bool m_isTooLarge = false;
};

Result<JsonTree> JsonTree::parse(const QByteArray &bytes, const JsonLimits &limits)
{
    if (bytes.size() > qMin(limits.bytes, qsizetype(std::numeric_limits<quint32>::max())))
        return fail(kJsonTooLarge, {{u"limit"_s, limits.bytes}});
    if (!simdjson::validate_utf8(bytes.constData(), static_cast<std::size_t>(bytes.size())))
        return fail(kJsonInvalid, {{u"offset"_s, 0}, {u"line"_s, 1}, {u"column"_s, 1}});
    return JsonParser(bytes, limits).run();
}

} // namespace parallax::compare
