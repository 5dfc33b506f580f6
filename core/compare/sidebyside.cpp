// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sidebyside.h"

#include "base/text.h"
#include "compare/arrayalignment.h"
#include "compare/jsonlines.h"

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr qsizetype kHexBytes = 16;

bool isReal(const SideLine &line)
{
    return line.kind == SideLine::Kind::Changed || line.kind == SideLine::Kind::Only ||
           line.kind == SideLine::Kind::Moved;
}

QList<QByteArray> textLines(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    QList<QByteArray> lines = bytes.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QList<QByteArray> hexLines(const QByteArray &bytes, int most)
{
    QList<QByteArray> lines;
    for (qsizetype at = 0; at < bytes.size() && lines.size() < most; at += kHexBytes) {
        const QByteArray part = bytes.mid(at, kHexBytes);
        QByteArray readable = part;
        for (char &c : readable)
            c = c >= ' ' && c <= '~' ? c : '.';
        lines.append(QByteArray::number(at, 16).rightJustified(8, '0') + "  " +
                     part.toHex(' ').leftJustified(3 * kHexBytes - 1, ' ') + "  " + readable);
    }
    return lines;
}

QList<QByteArray> linesOf(const DecodedBody &body, int most)
{
    const bool isText = body.kind == DecodedBody::Kind::Json || body.kind == DecodedBody::Kind::Text ||
                        (body.kind == DecodedBody::Kind::Cut && base::isUtf8(body.bytes));
    QList<QByteArray> lines = isText ? textLines(body.bytes) : hexLines(body.bytes, most + 1);
    return lines;
}

SideLine textLine(const QByteArray &bytes, int number)
{
    SideLine line;
    line.number = number;
    line.text = QString::fromUtf8(bytes.first(qMin(bytes.size(), qsizetype(4 * SideLine::kMostCharacters))));
    line.text.replace(u'\t', "    "_L1);
    line.text = base::escapeControls(line.text);
    if (line.text.size() > SideLine::kMostCharacters) {
        line.text.truncate(SideLine::kMostCharacters);
        line.text += u'\u2026';
        line.isCut = true;
    }
    return line;
}

void alignLines(const DecodedBody &left, const DecodedBody &right, int most, SideBySide &out)
{
    const QList<QByteArray> l = linesOf(left, most);
    const QList<QByteArray> r = linesOf(right, most);
    const auto hashes = [](const QList<QByteArray> &lines) {
        std::vector<quint64> hashed;
        for (const QByteArray &line : lines)
            hashed.push_back(qHash(line, size_t(1)));
        return hashed;
    };
    SideLine gap;
    gap.kind = SideLine::Kind::Void;
    for (const AlignedElement &pair : alignElements(hashes(l), hashes(r))) {
        if (out.lines() >= most) {
            out.isCut = true;
            return;
        }
        const bool isLeft = pair.left != AlignedElement::kAbsent;
        const bool isRight = pair.right != AlignedElement::kAbsent;
        SideLine a = isLeft ? textLine(l[pair.left], static_cast<int>(pair.left) + 1) : gap;
        SideLine b = isRight ? textLine(r[pair.right], static_cast<int>(pair.right) + 1) : gap;
        if (isLeft && isRight && l[pair.left] != r[pair.right]) {
            a.kind = b.kind = SideLine::Kind::Changed;
            a.difference = b.difference = DifferenceKind::Changed;
            const auto [x, y] = changedPart(a.text, b.text);
            a.spans = {x};
            b.spans = {y};
        } else if (isLeft != isRight) {
            SideLine &only = isLeft ? a : b;
            only.kind = SideLine::Kind::Only;
            only.difference = isLeft ? DifferenceKind::Removed : DifferenceKind::Added;
            only.spans = {{0, static_cast<int>(only.text.size())}};
        }
        out.left.push_back(std::move(a));
        out.right.push_back(std::move(b));
    }
}

} // namespace

QChar SideLine::sign() const
{
    if (kind == Kind::Hidden)
        return u'\u2248';
    if (kind == Kind::Same || kind == Kind::Void || !difference)
        return {};
    switch (*difference) {
    case DifferenceKind::Added:
        return u'+';
    case DifferenceKind::Removed:
        return u'\u2212';
    case DifferenceKind::Type:
        return u'T';
    case DifferenceKind::Order:
        return u'\u21c5';
    default:
        return u'~';
    }
}

std::pair<TextSpan, TextSpan> changedPart(QStringView left, QStringView right)
{
    const auto least = static_cast<int>(qMin(left.size(), right.size()));
    int head = 0;
    while (head < least && left[head] == right[head])
        ++head;
    int tail = 0;
    while (tail < least - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
        ++tail;
    const auto isWord = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c.isSurrogate() || c.isMark(); };
    const auto isThroughWord = [&isWord](QStringView text, qsizetype place) {
        return place > 0 && place < text.size() && isWord(text[place - 1]) && isWord(text[place]);
    };
    while (isThroughWord(left, head) || isThroughWord(right, head))
        --head;
    while (isThroughWord(left, left.size() - tail) || isThroughWord(right, right.size() - tail))
        --tail;
    return {{head, static_cast<int>(left.size()) - tail}, {head, static_cast<int>(right.size()) - tail}};
}

SideBySide sideBySide(const DecodedBody &left, const DecodedBody &right, const Rules &rules,
                      const SideBySideOptions &options)
{
    SideBySide out;
    if (left.tree && right.tree)
        JsonLines(*left.tree, *right.tree, options).run(rules, out);
    else
        alignLines(left, right, options.mostLines, out);
    bool wasReal = false;
    for (int i = 0; i < out.lines(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool isDifferent = isReal(out.left[at]) || isReal(out.right[at]);
        if (isDifferent && !wasReal)
            out.differences.push_back(i);
        wasReal = isDifferent;
    }
    return out;
}

std::vector<LineRange> linesAround(const SideBySide &sides, int context)
{
    std::vector<LineRange> out;
    for (int i = 0; i < sides.lines(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (!isReal(sides.left[at]) && !isReal(sides.right[at]))
            continue;
        const LineRange range{qMax(0, i - context), qMin(sides.lines(), i + context + 1)};
        if (!out.empty() && range.begin <= out.back().end)
            out.back().end = range.end;
        else
            out.push_back(range);
    }
    return out;
}

} // namespace parallax::compare
