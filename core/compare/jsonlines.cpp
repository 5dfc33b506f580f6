// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/jsonlines.h"

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

// Longer strings show only the words that changed, shorter ones are marked whole.
constexpr int kShortValue = 24;

bool isOneSided(DifferenceKind kind)
{
    return kind == DifferenceKind::Added || kind == DifferenceKind::Removed;
}

LineToken::Kind tokenKind(JsonType type)
{
    switch (type) {
    case JsonType::String:
        return LineToken::Kind::String;
    case JsonType::Number:
        return LineToken::Kind::Number;
    default:
        return LineToken::Kind::Literal;
    }
}

bool isReal(SideLine::Kind kind)
{
    return kind == SideLine::Kind::Changed || kind == SideLine::Kind::Only || kind == SideLine::Kind::Moved;
}

// A line whose counterpart differs differs as well, though nothing in it may be marked.
void share(const SideLine &from, SideLine &to)
{
    if (from.kind == SideLine::Kind::Same || isReal(to.kind) ||
        (to.kind == SideLine::Kind::Hidden && !isReal(from.kind)))
        return;
    to.kind = from.kind;
    to.difference = from.difference;
    to.rule = from.rule;
}

} // namespace

JsonLines::JsonLines(const JsonTree &left, const JsonTree &right, const SideBySideOptions &options)
    : m_options(options)
{
    m_left.tree = &left;
    m_right.tree = &right;
}

void JsonLines::scalars(PathTable::Id, JsonTree::Index, JsonTree::Index) {}

void JsonLines::vectors(PathTable::Id, JsonTree::Index, JsonTree::Index) {}

void JsonLines::children(Index left, Index, const std::vector<NodePair> &pairs)
{
    m_children[left] = pairs;
}

void JsonLines::run(const Rules &rules, SideBySide &out)
{
    Differ differ(rules, m_options.mostLines);
    const PairDifferences &found = [&]() -> const PairDifferences & {
        differ.begin();
        return differ.compare(*m_left.tree, *m_right.tree, this);
    }();
    for (const RawDifference &difference : found.found) {
        if (difference.left != kAbsent)
            m_left.marks[difference.left] = {difference.kind, difference.rule};
        if (difference.right != kAbsent)
            m_right.marks[difference.right] = {difference.kind, difference.rule};
    }
    m_left.lines = &out.left;
    m_right.lines = &out.right;
    write({JsonTree::root(), false, false}, {JsonTree::root(), false, false}, 0);
    out.isCut = m_isCut;
}

const JsonLines::Mark *JsonLines::markOf(const Side &side, Index node) const
{
    const auto found = side.marks.find(node);
    return found == side.marks.end() ? nullptr : &found->second;
}

QString JsonLines::indentation(int level) const
{
    return QString(level * m_options.indent, u' ');
}

bool JsonLines::isFull() const
{
    return static_cast<int>(std::max(m_left.lines->size(), m_right.lines->size())) >= m_options.mostLines;
}

void JsonLines::push(Side &side, SideLine line)
{
    line.number = ++side.number;
    if (line.text.size() > SideLine::kMostCharacters) {
        line.text.truncate(SideLine::kMostCharacters);
        line.text += u'\u2026';
        line.isCut = true;
        const auto end = static_cast<int>(line.text.size());
        const auto cut = [end](auto &items, auto spanOf) {
            std::erase_if(items, [&](auto &item) { return spanOf(item).begin >= end; });
            for (auto &item : items)
                spanOf(item).end = std::min(spanOf(item).end, end);
        };
        cut(line.spans, [](TextSpan &span) -> TextSpan & { return span; });
        cut(line.tokens, [](LineToken &token) -> TextSpan & { return token.span; });
    }
    side.lines->push_back(std::move(line));
}

// Brings the shorter side up to the other.
void JsonLines::fill()
{
    SideLine gap;
    gap.kind = SideLine::Kind::Void;
    while (m_left.lines->size() < m_right.lines->size())
        m_left.lines->push_back(gap);
    while (m_right.lines->size() < m_left.lines->size())
        m_right.lines->push_back(gap);
}

void JsonLines::apply(const Mark &mark, SideLine &line)
{
    const bool isHidden = mark.rule >= 0;
    if (isReal(line.kind) || (isHidden && line.kind == SideLine::Kind::Hidden))
        return;
    line.difference = mark.kind;
    line.rule = mark.rule;
    if (isHidden)
        line.kind = SideLine::Kind::Hidden;
    else
        line.kind = mark.kind == DifferenceKind::Order ? SideLine::Kind::Moved : SideLine::Kind::Changed;
}

void JsonLines::appendToken(SideLine &line, LineToken::Kind kind, QByteArrayView text) const
{
    const auto begin = static_cast<int>(line.text.size());
    line.text += QString::fromUtf8(text);
    line.tokens.push_back({kind, {begin, static_cast<int>(line.text.size())}});
}

void JsonLines::writeInline(const Side &side, Index node, bool hasKey, SideLine &line, bool isMarked) const
{
    const JsonTree &tree = *side.tree;
    const auto begin = static_cast<int>(line.text.size());
    if (hasKey) {
        const QByteArray key = '"' + tree.rawKey(node).toByteArray() + '"';
        appendToken(line, LineToken::Kind::Key, key);
        line.text += ": "_L1;
    }
    const auto value = static_cast<int>(line.text.size());
    const Mark *mark = isMarked ? nullptr : markOf(side, node);
    const JsonNode &json = tree.node(node);
    if (json.isContainer()) {
        const bool isObject = json.type == JsonType::Object;
        line.text += isObject ? u'{' : u'[';
        bool isFirst = true;
        for (Index child = node + 1; child != json.after; child = tree.node(child).after) {
            line.text += isFirst ? (isObject ? " "_L1 : ""_L1) : ", "_L1;
            isFirst = false;
            writeInline(side, child, isObject, line, isMarked || mark != nullptr);
        }
        line.text += isObject ? (isFirst ? "}"_L1 : " }"_L1) : "]"_L1;
    } else {
        appendToken(line, tokenKind(json.type), tree.text(node));
    }
    if (mark != nullptr) {
        apply(*mark, line);
        line.spans.push_back({isOneSided(mark->kind) ? begin : value, static_cast<int>(line.text.size())});
    }
}

SideLine JsonLines::inlineLine(const Side &side, const Item &item, int level) const
{
    SideLine line;
    line.level = level;
    line.text = indentation(level);
    line.bytes = side.tree->node(item.node).text;
    writeInline(side, item.node, item.hasKey, line, false);
    if (item.hasComma)
        line.text += u',';
    return line;
}

bool JsonLines::fitsInline(const Side &side, Index node) const
{
    const JsonTree &tree = *side.tree;
    const JsonNode &json = tree.node(node);
    if (!json.isContainer() || json.children == 0)
        return true;
    // A member that is an object opens up, an element that is one keeps to its line.
    if ((json.type == JsonType::Object && (json.isMember() || node == JsonTree::root())) ||
        json.text.size() > static_cast<quint32>(4 * m_options.inlineWidth))
        return false;
    qsizetype width = 2;
    for (Index child = node + 1; child != json.after; child = tree.node(child).after) {
        if (tree.node(child).isContainer() && tree.node(child).children > 0)
            return false;
        width += tree.node(child).text.size() + tree.rawKey(child).size() + (json.type == JsonType::Object ? 6 : 2);
    }
    return width <= m_options.inlineWidth;
}

void JsonLines::write(const Item &left, const Item &right, int level)
{
    if (isFull()) {
        m_isCut = true;
        return;
    }
    if (left.node == kAbsent || right.node == kAbsent) {
        const bool isLeft = left.node != kAbsent;
        Side &side = isLeft ? m_left : m_right;
        const Item &item = isLeft ? left : right;
        const Mark *mark = markOf(side, item.node);
        const Mark known = mark != nullptr ? *mark : Mark{isLeft ? DifferenceKind::Removed : DifferenceKind::Added, -1};
        writeBlock(side, item, level, known, known.rule >= 0 ? SideLine::Kind::Hidden : SideLine::Kind::Only);
        fill();
        return;
    }
    const JsonNode &l = m_left.tree->node(left.node);
    const JsonNode &r = m_right.tree->node(right.node);
    if (fitsInline(m_left, left.node) && fitsInline(m_right, right.node))
        writeLines(left, right, level);
    else if (l.type == r.type)
        writeContainers(left, right, level);
    else
        writeApart(left, right, level);
}

void JsonLines::writeLines(const Item &left, const Item &right, int level)
{
    SideLine l = inlineLine(m_left, left, level);
    SideLine r = inlineLine(m_right, right, level);
    share(l, r);
    share(r, l);
    narrowSpans(l, r);
    push(m_left, std::move(l));
    push(m_right, std::move(r));
}

// Of two long texts only the words that changed.
void JsonLines::narrowSpans(SideLine &left, SideLine &right)
{
    if (left.spans.size() != 1 || right.spans.size() != 1 || left.difference != DifferenceKind::Changed)
        return;
    const auto text = [](const SideLine &line) {
        return QStringView(line.text).sliced(line.spans[0].begin, line.spans[0].end - line.spans[0].begin);
    };
    if (std::max(text(left).size(), text(right).size()) <= kShortValue)
        return;
    const auto [l, r] = changedPart(text(left), text(right));
    left.spans[0] = {left.spans[0].begin + l.begin, left.spans[0].begin + l.end};
    right.spans[0] = {right.spans[0].begin + r.begin, right.spans[0].begin + r.end};
}

void JsonLines::writeContainers(const Item &left, const Item &right, int level)
{
    const Mark *mark = markOf(m_left, left.node);
    const auto open = [this, level](Side &side, const Item &item) {
        SideLine line;
        line.level = level;
        line.text = indentation(level);
        line.bytes = side.tree->node(item.node).text;
        if (item.hasKey) {
            appendToken(line, LineToken::Kind::Key, QByteArray('"' + side.tree->rawKey(item.node).toByteArray() + '"'));
            line.text += ": "_L1;
        }
        line.text += side.tree->node(item.node).type == JsonType::Object ? u'{' : u'[';
        if (const Mark *own = markOf(side, item.node))
            apply(*own, line);
        push(side, std::move(line));
    };
    const auto close = [this, level](Side &side, const Item &item) {
        SideLine line;
        line.level = level;
        line.text = indentation(level) + (side.tree->node(item.node).type == JsonType::Object ? u'}' : u']');
        if (item.hasComma)
            line.text += u',';
        push(side, std::move(line));
    };
    open(m_left, left);
    open(m_right, right);
    const auto known = m_children.find(left.node);
    const std::vector<NodePair> pairs = known == m_children.end() ? std::vector<NodePair>() : known->second;
    const auto last = [&pairs](Index NodePair::*side) {
        std::size_t place = pairs.size();
        while (place > 0 && pairs[place - 1].*side == kAbsent)
            --place;
        return place;
    };
    const std::size_t lastLeft = last(&NodePair::left);
    const std::size_t lastRight = last(&NodePair::right);
    const bool hasKeys = m_left.tree->node(left.node).type == JsonType::Object;
    const bool isMoved = mark != nullptr && mark->kind == DifferenceKind::Order && mark->rule < 0;
    for (std::size_t i = 0; i < pairs.size() && !m_isCut; ++i) {
        const Item l{pairs[i].left, hasKeys, i + 1 < lastLeft};
        const Item r{pairs[i].right, hasKeys, i + 1 < lastRight};
        const bool isApart = isMoved && l.node != kAbsent && r.node != kAbsent &&
                             m_left.tree->text(l.node) != m_right.tree->text(r.node);
        if (isApart) {
            writeBlock(m_left, l, level + 1, *mark, SideLine::Kind::Moved);
            writeBlock(m_right, r, level + 1, *mark, SideLine::Kind::Moved);
            fill();
        } else {
            write(l, r, level + 1);
        }
    }
    if (m_isCut)
        return;
    close(m_left, left);
    close(m_right, right);
}

// Values of different types: each side in its own lines.
void JsonLines::writeApart(const Item &left, const Item &right, int level)
{
    const Mark *mark = markOf(m_left, left.node);
    const Mark known = mark != nullptr ? *mark : Mark{DifferenceKind::Type, -1};
    const SideLine::Kind kind = known.rule >= 0 ? SideLine::Kind::Hidden : SideLine::Kind::Changed;
    writeBlock(m_left, left, level, known, kind);
    writeBlock(m_right, right, level, known, kind);
    fill();
}

void JsonLines::writeBlock(Side &side, const Item &item, int level, const Mark &mark, SideLine::Kind kind)
{
    if (isFull()) {
        m_isCut = true;
        return;
    }
    const auto finish = [&](SideLine line) {
        line.level = level;
        line.kind = kind;
        line.difference = mark.kind;
        line.rule = mark.rule;
        const auto begin = static_cast<int>(level * m_options.indent);
        const auto end = static_cast<int>(line.text.size()) - (line.text.endsWith(u',') ? 1 : 0);
        line.spans = {{begin, end}};
        push(side, std::move(line));
    };
    const JsonNode &json = side.tree->node(item.node);
    if (fitsInline(side, item.node)) {
        finish(inlineLine(side, item, level));
        return;
    }
    const bool isObject = json.type == JsonType::Object;
    SideLine open;
    open.text = indentation(level);
    open.bytes = json.text;
    if (item.hasKey) {
        appendToken(open, LineToken::Kind::Key, QByteArray('"' + side.tree->rawKey(item.node).toByteArray() + '"'));
        open.text += ": "_L1;
    }
    open.text += isObject ? u'{' : u'[';
    finish(std::move(open));
    for (Index child = item.node + 1; child != json.after && !m_isCut; child = side.tree->node(child).after)
        writeBlock(side, {child, isObject, side.tree->node(child).after != json.after}, level + 1, mark, kind);
    if (m_isCut)
        return;
    SideLine close;
    close.text = indentation(level) + (isObject ? u'}' : u']');
    if (item.hasComma)
        close.text += u',';
    finish(std::move(close));
}

} // namespace parallax::compare
