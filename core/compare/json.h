// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as it was written (RFC 8259): number text, key order, duplicate keys and byte offsets are kept, because all of
// them are lost in QJsonDocument. Beyond the RFC the tokens NaN, Infinity and -Infinity are read, which Python writes.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace parallax::compare {

enum class JsonType : quint8 { Null, Boolean, Number, String, Array, Object };

/// `null`, `boolean`, `number`, ...: what a difference of types shows.
[[nodiscard]] QString toString(JsonType type);

/// Bytes of a document, [begin, end).
struct ByteSpan
{
    quint32 begin = 0;
    quint32 end = 0;
    [[nodiscard]] bool isEmpty() const { return begin == end; }
    [[nodiscard]] quint32 size() const { return end - begin; }
    friend bool operator==(const ByteSpan &, const ByteSpan &) = default;
};

/// One value. Nodes stand in document order: the first child of node i is i + 1, its next sibling `after`.
struct JsonNode
{
    enum Flag : quint8 {
        HasEscapes = 1,        ///< of a string: its text is not its value
        KeyHasEscapes = 2,     ///< of a member: the same of its key
        IsNotFinite = 4,       ///< NaN, Infinity, -Infinity
        IsInteger = 8,         ///< a number written without fraction and exponent
        HasDuplicateKeys = 16, ///< of an object: a key comes more than once
    };

    ByteSpan text;        ///< of the value; a string's quotes are in it
    ByteSpan key;         ///< of a member, between its quotes; empty otherwise
    quint32 after = 0;    ///< index of the first node that is not below this one
    quint32 children = 0; ///< elements or members
    JsonType type = JsonType::Null;
    quint8 flags = 0;

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
    /// A key stands behind at least a brace and a quote.
    [[nodiscard]] bool isMember() const { return key.begin != 0; }
    [[nodiscard]] bool isContainer() const { return type == JsonType::Array || type == JsonType::Object; }
};

struct JsonLimits
{
    qsizetype bytes = 50'000'000;
    int depth = 512;
    qsizetype nodes = 8'000'000;
};

/// A parsed document and its bytes. Immutable, cheap to move, any thread. Parsing is iterative: depth costs no stack.
/// `json-invalid` means that the bytes are no JSON (or no UTF-8), the two others that a limit was passed.
class JsonTree
{
public:
    using Index = quint32;

    [[nodiscard]] static Result<JsonTree> parse(const QByteArray &bytes, const JsonLimits &limits = {});

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] Index size() const { return static_cast<Index>(m_nodes.size()); }
    [[nodiscard]] const JsonNode &node(Index index) const { return m_nodes[index]; }
    [[nodiscard]] static constexpr Index root() { return 0; }
    [[nodiscard]] bool hasDuplicateKeys() const { return m_hasDuplicateKeys; }
    [[nodiscard]] bool hasNotFinite() const { return m_hasNotFinite; }

    [[nodiscard]] QByteArrayView text(Index index) const { return slice(m_nodes[index].text); }
    [[nodiscard]] QByteArrayView rawKey(Index index) const { return slice(m_nodes[index].key); }
    /// The key with its escapes resolved, in UTF-8. A lone surrogate is kept in three bytes (WTF-8).
    [[nodiscard]] QByteArray key(Index index) const;
    /// A string's value, as key().
    [[nodiscard]] QByteArray string(Index index) const;
    /// A number's nearest double: NaN and infinities too, +-infinity or 0 beyond the range.
    [[nodiscard]] double number(Index index) const;
    [[nodiscard]] bool boolean(Index index) const { return m_bytes.at(m_nodes[index].text.begin) == 't'; }

private:
    friend class JsonParser;
    [[nodiscard]] QByteArrayView slice(ByteSpan span) const
    {
        return {m_bytes.constData() + span.begin, static_cast<qsizetype>(span.size())};
    }

    QByteArray m_bytes;
    std::vector<JsonNode> m_nodes;
    bool m_hasDuplicateKeys = false;
    bool m_hasNotFinite = false;
};

/// Resolves the escapes of the inside of a JSON string that the parser accepted.
[[nodiscard]] QByteArray unescapeJson(QByteArrayView inside);
/// Nearest double of a JSON number, NaN, Infinity or -Infinity.
[[nodiscard]] double jsonNumber(QByteArrayView text);

/// Whether two number texts stand for the same value, exactly at any size: 1 = 1.0 = 1e0, -0 = 0, NaN = NaN.
[[nodiscard]] bool isSameNumber(QByteArrayView a, QByteArrayView b);
/// b - a. Exact for integers up to 38 digits; otherwise of doubles, but never 0 when the texts stand for different
/// values: then one unit in the last place. NaN when either is not finite.
[[nodiscard]] double numberDifference(QByteArrayView a, QByteArrayView b);
/// A text that is the same for all spellings of a number, for hashing.
[[nodiscard]] QByteArray canonicalNumber(QByteArrayView text);

/// Whether two members have the same key, however it is written.
[[nodiscard]] bool isSameKey(const JsonTree &left, JsonTree::Index leftMember, const JsonTree &right,
                             JsonTree::Index rightMember);
/// Whether two values are equal without any rule: numbers by value, objects without regard to the order of their keys.
/// `steps` counts the nodes looked at down; when it is used up the answer is no. `hasOtherSpelling` is set when equal
/// numbers are written differently.
[[nodiscard]] bool isSameValue(const JsonTree &left, JsonTree::Index leftNode, const JsonTree &right,
                               JsonTree::Index rightNode, qint64 &steps, bool &hasOtherSpelling);

} // namespace parallax::compare
