// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/layout.h"

#include <algorithm>

namespace parallax::yaml {

namespace {

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

qsizetype Layout::lineStart(qsizetype at) const
{
    while (at > 0 && !isBreak(m_bytes[at - 1]))
        --at;
    return at == 0 && m_bytes.startsWith("\xef\xbb\xbf") ? 3 : at;
}

qsizetype Layout::lineEnd(qsizetype at) const
{
    while (at < m_bytes.size() && !isBreak(m_bytes[at]))
        ++at;
    return at;
}

qsizetype Layout::nextLine(qsizetype at) const
{
    const qsizetype end = lineEnd(at);
    return end + (m_bytes.sliced(end).startsWith("\r\n") ? 2 : end < m_bytes.size() ? 1 : 0);
}

QByteArray Layout::endMark(qsizetype at) const
{
    for (const qsizetype line : {at, qsizetype{0}}) {
        const qsizetype end = lineEnd(line);
        if (end < m_bytes.size())
            return m_bytes.mid(end, nextLine(line) - end);
    }
    return "\n";
}

bool Layout::beginsLine(qsizetype at) const
{
    const qsizetype start = lineStart(at);
    return std::all_of(m_bytes.begin() + start, m_bytes.begin() + std::max(start, at), [](char c) { return c == ' '; });
}

std::optional<int> Layout::indent(qsizetype at) const
{
    const qsizetype start = std::min(lineStart(at), at);
    const bool isAscii = std::all_of(m_bytes.begin() + start, m_bytes.begin() + at,
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\t'; });
    return isAscii ? std::optional(static_cast<int>(at - start)) : std::nullopt;
}

qsizetype Layout::count(const Node &collection)
{
    return collection.isMapping() ? collection.entries.size() : collection.items.size();
}

qsizetype Layout::entryBegin(const Node &collection, qsizetype i) const
{
    if (collection.isSequence()) {
        const Node &item = collection.items[i];
        return item.dash >= 0 ? item.dash : item.outer.begin;
    }
    const qsizetype begin = collection.entries[i].key.outer.begin;
    qsizetype before = begin;
    while (before > 0 && isBlank(m_bytes[before - 1]))
        --before;
    const bool isExplicit = before > 0 && before < begin && m_bytes[before - 1] == '?' &&
                            (before == 1 || isBlank(m_bytes[before - 2]) || isBreak(m_bytes[before - 2]) ||
                             m_bytes[before - 2] == ',' || m_bytes[before - 2] == '{' || m_bytes[before - 2] == '[');
    return isExplicit ? before - 1 : begin;
}

qsizetype Layout::entryEnd(const Node &collection, qsizetype i) const
{
    if (collection.isSequence())
        return std::max(collection.items[i].outer.end, collection.items[i].dash + 1);
    const Entry &entry = collection.entries[i];
    return std::max({entry.value.outer.end, entry.colon + 1, entry.key.outer.end});
}

Span Layout::slot(const Node &collection, qsizetype i, bool isRoot) const
{
    Span slot{entryBegin(collection, i), entryEnd(collection, i)};
    if (collection.isFlow)
        return slot;
    slot.end = lineEnd(slot.end);
    if (!beginsLine(slot.begin) || (isRoot && i == 0))
        return slot;
    // Comments directly above that are indented alike go with the entry; those above the first one of a file are its
    // header.
    const qsizetype indent = slot.begin - lineStart(slot.begin);
    const qsizetype floor = i == 0 ? lineStart(0) : nextLine(entryEnd(collection, i - 1));
    for (qsizetype line = lineStart(slot.begin); line > floor;) {
        qsizetype previous = line - 1;
        if (previous > 0 && m_bytes[previous] == '\n' && m_bytes[previous - 1] == '\r')
            --previous;
        line = lineStart(previous);
        const qsizetype text = line + indent;
        const bool isAlike = text < previous && m_bytes[text] == '#' && beginsLine(text) && line >= floor;
        if (!isAlike)
            break;
        slot.begin = text;
    }
    return slot;
}

std::optional<qsizetype> Layout::comma(qsizetype from, qsizetype to) const
{
    for (qsizetype at = from; at < to; ++at) {
        at = skipSpace(at);
        if (at < to && m_bytes[at] == ',')
            return at;
    }
    return std::nullopt;
}

qsizetype Layout::skipSpace(qsizetype at) const
{
    while (at < m_bytes.size() && (isBlank(m_bytes[at]) || isBreak(m_bytes[at]) || m_bytes[at] == '#'))
        at = m_bytes[at] == '#' ? lineEnd(at) : at + 1;
    return at;
}

std::optional<int> Layout::ownStep(const Node &collection) const
{
    if (!collection.isMapping() || collection.isFlow || collection.entries.isEmpty())
        return std::nullopt;
    const std::optional<int> outer = indent(entryBegin(collection, 0));
    for (const Entry &entry : collection.entries) {
        const Node &value = entry.value;
        if (!value.isMapping() || value.isFlow || value.isAlias || value.entries.isEmpty())
            continue;
        const std::optional<int> inner = indent(entryBegin(value, 0));
        if (outer && inner && *inner > *outer)
            return *inner - *outer;
    }
    return std::nullopt;
}

std::optional<int> Layout::anyStep(const Node &node) const
{
    if (node.isAlias)
        return std::nullopt;
    if (const std::optional<int> step = ownStep(node))
        return step;
    for (const Entry &entry : node.entries) {
        if (const std::optional<int> step = anyStep(entry.value))
            return step;
    }
    for (const Node &item : node.items) {
        if (const std::optional<int> step = anyStep(item))
            return step;
    }
    return std::nullopt;
}

int Layout::step(const Node &collection, const Node &root) const
{
    const std::optional<int> own = ownStep(collection);
    return std::clamp(own ? *own : anyStep(root).value_or(2), 1, 16);
}

} // namespace parallax::yaml
