// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a collection lie in the text: what an edit has to cut out, and where it may put something in.
#pragma once

#include "yaml/node.h"

#include <QByteArray>

#include <optional>

namespace parallax::yaml {

/// The text seen as lines, and collections seen as slots in it. A view: the bytes must outlive it.
class Layout
{
public:
    explicit Layout(const QByteArray &bytes)
        : m_bytes(bytes)
    {}

    [[nodiscard]] qsizetype lineStart(qsizetype at) const;
    /// Before the line's end mark, or the end of the text.
    [[nodiscard]] qsizetype lineEnd(qsizetype at) const;
    /// Behind it.
    [[nodiscard]] qsizetype nextLine(qsizetype at) const;
    /// The end mark of this line, or where it has none, of the first line; LF in a text of one line.
    [[nodiscard]] QByteArray endMark(qsizetype at) const;
    /// Whether only spaces stand before `at` on its line.
    [[nodiscard]] bool beginsLine(qsizetype at) const;
    /// Characters before `at` on its line; nothing when one of them is not ASCII.
    [[nodiscard]] std::optional<int> indent(qsizetype at) const;

    // Entry or item `i` of a collection.
    [[nodiscard]] static qsizetype count(const Node &collection);
    /// From the `?` or `-`, anchor, tag or text on.
    [[nodiscard]] qsizetype entryBegin(const Node &collection, qsizetype i) const;
    /// To the end of its value; comments behind it do not count.
    [[nodiscard]] qsizetype entryEnd(const Node &collection, qsizetype i) const;
    /// In block style what belongs to an entry: from the comment lines directly above it that are indented alike, to
    /// the comment at the end of its last line. In flow style entryBegin to entryEnd.
    [[nodiscard]] Span slot(const Node &collection, qsizetype i, bool isRoot) const;

    /// Between two places in a flow collection: the first comma that is not inside a comment.
    [[nodiscard]] std::optional<qsizetype> comma(qsizetype from, qsizetype to) const;
    /// Skips space, line ends and comments.
    [[nodiscard]] qsizetype skipSpace(qsizetype at) const;

    /// Spaces that a level is indented by: in the values of `collection`, else anywhere below `root`, else two.
    [[nodiscard]] int step(const Node &collection, const Node &root) const;

private:
    [[nodiscard]] std::optional<int> ownStep(const Node &collection) const;
    [[nodiscard]] std::optional<int> anyStep(const Node &node) const;

    const QByteArray &m_bytes;
};

} // namespace parallax::yaml
