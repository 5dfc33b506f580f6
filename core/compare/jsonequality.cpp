// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The quick way to the most frequent answer: the two documents say the same.
#include "compare/json.h"

#include <QHash>
#include <QVarLengthArray>

namespace parallax::compare {

namespace {

using Index = JsonTree::Index;

constexpr quint32 kFewMembers = 24; // up to here scanning is quicker than hashing

/// Recursion is bounded by the depth of the trees.
class Equality
{
public:
    Equality(const JsonTree &left, const JsonTree &right, qint64 &steps, bool &hasOtherSpelling)
        : m_left(left)
        , m_right(right)
        , m_steps(steps)
        , m_hasOtherSpelling(hasOtherSpelling)
    {}

    [[nodiscard]] bool isSame(Index left, Index right)
    {
        if (--m_steps < 0)
            return false;
        const JsonNode &l = m_left.node(left);
        const JsonNode &r = m_right.node(right);
        if (l.type != r.type || l.children != r.children)
            return false;
        const bool isSameText = m_left.text(left) == m_right.text(right);
        if (isSameText)
            return true;
        switch (l.type) {
        case JsonType::Object:
            return isSameObject(left, right);
        case JsonType::Array:
            return isSameArray(left, right);
        case JsonType::Number:
            if (!isSameNumber(m_left.text(left), m_right.text(right)))
                return false;
            m_hasOtherSpelling = true;
            return true;
        case JsonType::String:
            return (l.has(JsonNode::HasEscapes) || r.has(JsonNode::HasEscapes)) &&
                   m_left.string(left) == m_right.string(right);
        default:
            return false;
        }
    }

private:
    [[nodiscard]] bool isSameArray(Index left, Index right)
    {
        const Index end = m_left.node(left).after;
        Index k = right + 1;
        for (Index i = left + 1; i != end; i = m_left.node(i).after) {
            if (!isSame(i, k))
                return false;
            k = m_right.node(k).after;
        }
        return true;
    }

    [[nodiscard]] bool isSameObject(Index left, Index right)
    {
        const Index end = m_left.node(left).after;
        Index k = right + 1;
        Index i = left + 1;
        while (i != end && isSameKey(m_left, i, m_right, k)) {
            if (!isSame(i, k))
                return false;
            i = m_left.node(i).after;
            k = m_right.node(k).after;
        }
        if (i == end)
            return true;
        return m_left.node(left).children <= kFewMembers ? areSameFew(i, end, k, m_right.node(right).after)
                                                         : areSameMany(i, end, k, m_right.node(right).after);
    }

    // As many members on both sides; the first of a repeated key goes with the first.
    [[nodiscard]] bool areSameFew(Index left, Index leftEnd, Index right, Index rightEnd)
    {
        QVarLengthArray<Index, kFewMembers> open;
        for (Index k = right; k != rightEnd; k = m_right.node(k).after)
            open.append(k);
        for (Index i = left; i != leftEnd; i = m_left.node(i).after) {
            qsizetype place = 0;
            while (place < open.size() && !isSameKey(m_left, i, m_right, open[place]))
                ++place;
            if (place == open.size() || !isSame(i, open[place]))
                return false;
            open.remove(place);
        }
        return true;
    }

    [[nodiscard]] bool areSameMany(Index left, Index leftEnd, Index right, Index rightEnd)
    {
        QHash<QByteArray, QList<Index>> open; // last first
        QList<Index> order;
        for (Index k = right; k != rightEnd; k = m_right.node(k).after)
            order.prepend(k);
        for (const Index k : order)
            open[m_right.key(k)].append(k);
        for (Index i = left; i != leftEnd; i = m_left.node(i).after) {
            const auto found = open.find(m_left.key(i));
            if (found == open.end() || found->isEmpty() || !isSame(i, found->takeLast()))
                return false;
        }
        return true;
    }

    const JsonTree &m_left;
    const JsonTree &m_right;
    qint64 &m_steps;
    bool &m_hasOtherSpelling;
};

} // namespace

bool isSameKey(const JsonTree &left, Index leftMember, const JsonTree &right, Index rightMember)
{
    const bool hasEscapes =
        left.node(leftMember).has(JsonNode::KeyHasEscapes) || right.node(rightMember).has(JsonNode::KeyHasEscapes);
    return hasEscapes ? left.key(leftMember) == right.key(rightMember)
                      : left.rawKey(leftMember) == right.rawKey(rightMember);
}

bool isSameValue(const JsonTree &left, Index leftNode, const JsonTree &right, Index rightNode, qint64 &steps,
                 bool &hasOtherSpelling)
{
    return Equality(left, right, steps, hasOtherSpelling).isSame(leftNode, rightNode);
}

} // namespace parallax::compare
