// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace parallax::yaml {

/// Bytes of the file, [begin, end). Offsets count every byte of the file as it is: a BOM is three, CRLF two.
struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;
    friend bool operator==(const Span &, const Span &) = default;
};

enum class Kind { Null, Scalar, Sequence, Mapping };
enum class ScalarStyle { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

struct Entry;

/// One node of a parsed document: an immutable value. Mapping entries keep the order of the file; keys are unique
/// scalars (the document gate has seen to it). Aliases are resolved: the value is the anchor's, the span the alias's.
struct Node
{
    Kind kind = Kind::Null;
    QString text; ///< of a scalar, unescaped; of a null as written ("", "~", "null")
    ScalarStyle style = ScalarStyle::Plain;
    QString tag;         ///< explicit tag as written, else empty
    bool isFlow = false; ///< of a sequence or mapping
    bool isAlias = false;
    bool hasAnchor = false;
    Span span;            ///< the node's own text with its quotes, without anchor, tag and surrounding space; empty,
                          ///< and behind the colon, where nothing is written
    Span outer;           ///< `span` with anchor and tag
    qsizetype dash = -1;  ///< of an item of a block sequence: where its `-` stands
    int line = 0;         ///< of the first byte, from 1
    int column = 0;       ///< in characters, from 1
    QList<Entry> entries; ///< of a mapping
    QList<Node> items;    ///< of a sequence

    [[nodiscard]] bool isScalar() const { return kind == Kind::Scalar; }
    [[nodiscard]] bool isMapping() const { return kind == Kind::Mapping; }
    [[nodiscard]] bool isSequence() const { return kind == Kind::Sequence; }
    /// The value of `key`, or null when this is no mapping or has no such key. Valid as long as this node is.
    [[nodiscard]] const Node *find(QStringView key) const;
    /// The whole number that a plain scalar stands for in the YAML 1.2 core schema (decimal only); quoted scalars are
    /// none.
    [[nodiscard]] std::optional<qint64> toInteger() const;
    [[nodiscard]] std::optional<double> toNumber() const;
    /// true/True/TRUE and false/False/FALSE, plain.
    [[nodiscard]] std::optional<bool> toBool() const;
};

struct Entry
{
    Node key;
    Node value;
    qsizetype colon = -1; ///< where it stands in the file; -1 when the entry has none (`{a, b}`)
};

/// Whether both say the same: kinds, texts, tags, whether a scalar is quoted, keys in the same order. Places, comments,
/// anchors and flow or block do not count.
[[nodiscard]] bool isSameValue(const Node &a, const Node &b);

} // namespace parallax::yaml
