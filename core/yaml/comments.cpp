// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/comments.h"

#include "yaml/layout.h"

#include <algorithm>

namespace parallax::yaml {

namespace {

/// Where a `#` is text: scalars, less the header line of block scalars, where a comment may stand.
void collectScalars(const Node &node, const Layout &layout, QList<Span> &out)
{
    if (node.isScalar() || node.isAlias || node.kind == Kind::Null) {
        const bool isBlock = !node.isAlias && (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded);
        const qsizetype begin = isBlock ? std::min(layout.nextLine(node.span.begin), node.span.end) : node.span.begin;
        if (begin < node.span.end)
            out.append({begin, node.span.end});
        return;
    }
    for (const Entry &entry : node.entries) {
        collectScalars(entry.key, layout, out);
        collectScalars(entry.value, layout, out);
    }
    for (const Node &item : node.items)
        collectScalars(item, layout, out);
}

} // namespace

QList<Comment> commentsOf(const Document &document)
{
    const QByteArray &bytes = document.bytes();
    const Layout layout(bytes);
    QList<Span> scalars;
    collectScalars(document.root(), layout, scalars);
    std::sort(scalars.begin(), scalars.end(), [](const Span &a, const Span &b) { return a.begin < b.begin; });
    QList<Comment> comments;
    qsizetype next = 0;
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        while (next < scalars.size() && scalars[next].end <= at)
            ++next;
        if (next < scalars.size() && scalars[next].begin <= at) {
            at = scalars[next].end - 1;
            continue;
        }
        const qsizetype start = layout.lineStart(at);
        if (bytes[at] != '#' || (at > start && bytes[at - 1] != ' ' && bytes[at - 1] != '\t'))
            continue;
        const qsizetype end = layout.lineEnd(at);
        QByteArray text = bytes.mid(at, end - at);
        while (text.endsWith(' ') || text.endsWith('\t'))
            text.chop(1);
        const bool hasOwnLine =
            std::all_of(bytes.begin() + start, bytes.begin() + at, [](char c) { return c == ' ' || c == '\t'; });
        comments.append({at, text, hasOwnLine, static_cast<int>(at - start) + 1});
        at = end;
    }
    return comments;
}

} // namespace parallax::yaml
