// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/diff.h"

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

/// Says where the nodes of a tree stand. Filled at the first question.
class Places
{
public:
    explicit Places(const JsonTree *tree)
        : m_tree(tree)
    {}

    [[nodiscard]] QString pointer(JsonTree::Index index)
    {
        if (m_parents.empty())
            fill();
        QStringList segments;
        for (JsonTree::Index at = index; at != JsonTree::root(); at = m_parents[at].node) {
            const JsonTree::Index parent = m_parents[at].node;
            if (m_tree->node(parent).type == JsonType::Object)
                segments.prepend(pointerSegment(m_tree->key(at)));
            else
                segments.prepend(u'/' + QString::number(m_parents[at].place));
        }
        return segments.join(QString());
    }

private:
    struct Parent
    {
        JsonTree::Index node = 0;
        quint32 place = 0;
    };

    void fill()
    {
        m_parents.resize(m_tree->size());
        for (JsonTree::Index i = 0; i < m_tree->size(); ++i) {
            if (!m_tree->node(i).isContainer())
                continue;
            quint32 place = 0;
            for (JsonTree::Index child = i + 1; child != m_tree->node(i).after; child = m_tree->node(child).after)
                m_parents[child] = {i, place++};
        }
    }

    const JsonTree *m_tree;
    std::vector<Parent> m_parents;
};

QString shortened(QByteArrayView text)
{
    // A character has at most four bytes.
    const QByteArrayView start = text.first(qMin(text.size(), 4 * Difference::kMostText));
    QString out = QString::fromUtf8(start);
    if (out.size() <= Difference::kMostText && start.size() == text.size())
        return out;
    out.truncate(Difference::kMostText);
    return out + u'\u2026';
}

QString summary(const DecodedBody &body)
{
    if (body.kind == DecodedBody::Kind::Json || body.kind == DecodedBody::Kind::Text)
        return shortened(body.bytes);
    return QString::fromLatin1(body.bytes.first(qMin(body.bytes.size(), qsizetype(32))).toHex(' '));
}

} // namespace

std::vector<Difference> describe(const PairDifferences &differences, const PathTable &paths, const DecodedBody &left,
                                 const DecodedBody &right)
{
    Places leftPlaces(left.tree.get());
    Places rightPlaces(right.tree.get());
    std::vector<Difference> out;
    out.reserve(differences.found.size());
    for (const RawDifference &raw : differences.found) {
        Difference &difference = out.emplace_back();
        difference.kind = raw.kind;
        difference.rule = raw.rule;
        difference.pattern = paths.pattern(raw.path);
        difference.path = difference.pattern;
        const bool isLeft = raw.left != RawDifference::kAbsent;
        const bool isRight = raw.right != RawDifference::kAbsent;
        if (isLeft) {
            difference.path = leftPlaces.pointer(raw.left);
            difference.left = shortened(left.tree->text(raw.left));
            difference.leftSpan = left.tree->node(raw.left).text;
        }
        if (isRight) {
            const QString path = rightPlaces.pointer(raw.right);
            if (!isLeft)
                difference.path = path;
            else if (path != difference.path)
                difference.rightPath = path;
            difference.right = shortened(right.tree->text(raw.right));
            difference.rightSpan = right.tree->node(raw.right).text;
        }
        if (!isLeft && !isRight) {
            if (raw.path == PathTable::kRoot) { // the bodies as a whole
                difference.left = summary(left);
                difference.right = summary(right);
                difference.leftSpan = {0, static_cast<quint32>(left.bytes.size())};
                difference.rightSpan = {0, static_cast<quint32>(right.bytes.size())};
            }
            continue;
        }
        if (isLeft && left.tree->node(raw.left).type == JsonType::Number)
            difference.leftNumber = left.tree->number(raw.left);
        if (isRight && right.tree->node(raw.right).type == JsonType::Number)
            difference.rightNumber = right.tree->number(raw.right);
        if (isLeft && isRight && raw.kind == DifferenceKind::Changed &&
            left.tree->node(raw.left).type == JsonType::Number)
            difference.delta = numberDifference(left.tree->text(raw.left), right.tree->text(raw.right));
    }
    return out;
}

void compareBodies(Differ &differ, const DecodedBody &left, const DecodedBody &right, ValueVisitor *visitor)
{
    if (left.tree && right.tree) {
        differ.compare(*left.tree, *right.tree, visitor);
        return;
    }
    if (left.kind == right.kind && left.bytes == right.bytes)
        return;
    const bool isText = left.kind != DecodedBody::Kind::Binary && right.kind != DecodedBody::Kind::Binary &&
                        left.kind != DecodedBody::Kind::Cut && right.kind != DecodedBody::Kind::Cut;
    differ.addNamed(isText ? DifferenceKind::Text : DifferenceKind::Bytes, {});
}

Diff diff(const DecodedBody &left, const DecodedBody &right, const Rules &rules, qsizetype limit)
{
    Differ differ(rules, limit);
    differ.begin();
    compareBodies(differ, left, right);
    const PairDifferences &found = differ.result();
    Diff out;
    out.differences = describe(found, differ.paths(), left, right);
    out.real = found.real;
    out.hidden = found.hidden;
    out.isCut = static_cast<qsizetype>(found.found.size()) < found.real + found.hidden;
    out.isClose = found.isClose;
    out.hasOtherSpelling = found.hasOtherSpelling;
    for (const DecodedBody *body : {&left, &right}) {
        out.hasDuplicateKeys = out.hasDuplicateKeys || (body->tree && body->tree->hasDuplicateKeys());
        out.hasNotFinite = out.hasNotFinite || (body->tree && body->tree->hasNotFinite());
    }
    return out;
}

Diff diff(const QByteArray &left, const QByteArray &right, const Rules &rules)
{
    return diff(decodeBody(left), decodeBody(right), rules);
}

} // namespace parallax::compare
