// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a Differ pairs the elements of arrays.
#include "compare/differ.h"

namespace parallax::compare {

namespace {

std::vector<JsonTree::Index> childrenOf(const JsonTree &tree, JsonTree::Index container)
{
    std::vector<JsonTree::Index> children;
    const JsonNode &node = tree.node(container);
    children.reserve(node.children);
    for (JsonTree::Index child = container + 1; child != node.after; child = tree.node(child).after)
        children.push_back(child);
    return children;
}

bool areNumbers(const JsonTree &tree, const std::vector<JsonTree::Index> &elements)
{
    return std::all_of(elements.begin(), elements.end(),
                       [&tree](JsonTree::Index i) { return tree.node(i).type == JsonType::Number; });
}

bool isMoved(const std::vector<AlignedElement> &pairs)
{
    const bool isComplete = std::none_of(pairs.begin(), pairs.end(), [](const AlignedElement &pair) {
        return pair.left == AlignedElement::kAbsent || pair.right == AlignedElement::kAbsent;
    });
    return isComplete &&
           std::any_of(pairs.begin(), pairs.end(), [](const AlignedElement &pair) { return pair.left != pair.right; });
}

} // namespace

void Differ::walkArray(Index left, Index right, Id path, State state)
{
    const std::vector<Index> l = childrenOf(*m_left.tree, left);
    const std::vector<Index> r = childrenOf(*m_right.tree, right);
    if (m_visitor != nullptr && !l.empty() && l.size() == r.size() && areNumbers(*m_left.tree, l) &&
        areNumbers(*m_right.tree, r)) {
        const RuleKind kind = kindAt(state);
        if (kind != RuleKind::Ignore && kind != RuleKind::PresenceOnly)
            m_visitor->vectors(path, left, right);
    }
    bool isByIndex = l.size() == r.size();
    bool ignored = false;
    for (std::size_t i = 0; isByIndex && i < l.size(); ++i)
        isByIndex = isSameValue(*m_left.tree, l[i], *m_right.tree, r[i], m_steps, ignored);
    if (isByIndex || m_muted > 0) {
        walkElements(alignByIndex(static_cast<quint32>(l.size()), static_cast<quint32>(r.size())), l, r, left, right,
                     path, state);
        return;
    }
    const Rule *rule = ruleAt(state);
    if (rule != nullptr && rule->kind == RuleKind::KeyedBy &&
        walkKeyed(l, r, left, right, path, state, rule->keyedBy.toUtf8()))
        return;
    if (rule != nullptr && rule->kind == RuleKind::Unordered)
        walkUnordered(l, r, left, right, path, state);
    else
        walkOrdered(l, r, left, right, path, state);
}

void Differ::walkElements(const std::vector<AlignedElement> &pairs, const std::vector<Index> &left,
                          const std::vector<Index> &right, Index leftArray, Index rightArray, Id path, State state)
{
    const Id id = m_paths.element(path);
    const bool isFree = m_matcher.isFree(state);
    const bool areWanted = m_visitor != nullptr && m_visitor->wantsChildren();
    std::vector<NodePair> nodes;
    for (const AlignedElement &pair : pairs) {
        const bool isLeft = pair.left != AlignedElement::kAbsent;
        const bool isRight = pair.right != AlignedElement::kAbsent;
        const State below =
            isFree ? state : m_matcher.next(state, m_matcher.indexSymbol(isLeft ? pair.left : pair.right));
        const NodePair node{isLeft ? left[pair.left] : RawDifference::kAbsent,
                            isRight ? right[pair.right] : RawDifference::kAbsent};
        if (areWanted)
            nodes.push_back(node);
        if (isLeft && isRight)
            walk(node.left, node.right, id, below);
        else
            record(isLeft ? DifferenceKind::Removed : DifferenceKind::Added, node.left, node.right, id, below);
    }
    if (areWanted)
        m_visitor->children(leftArray, rightArray, nodes);
}

void Differ::walkUnordered(const std::vector<Index> &left, const std::vector<Index> &right, Index leftArray,
                           Index rightArray, Id path, State state)
{
    std::vector<quint64> strictLeft;
    std::vector<quint64> strictRight;
    std::vector<quint64> looseLeft;
    std::vector<quint64> looseRight;
    hashElements(m_left, left, state, strictLeft, looseLeft);
    hashElements(m_right, right, state, strictRight, looseRight);
    const std::vector<AlignedElement> pairs = alignUnordered(strictLeft, strictRight);
    if (isMoved(pairs))
        record(DifferenceKind::Order, leftArray, rightArray, path, state);
    walkElements(pairs, left, right, leftArray, rightArray, path, state);
}

// False when an element has no such key: then the array is compared as any other.
bool Differ::walkKeyed(const std::vector<Index> &left, const std::vector<Index> &right, Index leftArray,
                       Index rightArray, Id path, State state, const QByteArray &key)
{
    const auto identify = [&key](const JsonTree &tree, const std::vector<Index> &elements, std::vector<quint64> &out) {
        for (const Index element : elements) {
            const JsonNode &node = tree.node(element);
            if (node.type != JsonType::Object)
                return false;
            Index member = element + 1;
            while (member != node.after && tree.key(member) != key)
                member = tree.node(member).after;
            if (member == node.after || tree.node(member).isContainer())
                return false;
            const JsonType type = tree.node(member).type;
            const QByteArray id = type == JsonType::Number   ? canonicalNumber(tree.text(member))
                                  : type == JsonType::String ? tree.string(member)
                                                             : tree.text(member).toByteArray();
            out.push_back(
                quint64(qHashBits(id.constData(), static_cast<size_t>(id.size()), static_cast<size_t>(type))));
        }
        return true;
    };
    std::vector<quint64> leftIds;
    std::vector<quint64> rightIds;
    if (!identify(*m_left.tree, left, leftIds) || !identify(*m_right.tree, right, rightIds))
        return false;
    std::vector<AlignedElement> pairs = alignUnordered(leftIds, rightIds);
    // Those left over have different keys: not the same thing changed, but one gone and one new.
    const std::size_t count = pairs.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (pairs[i].left != AlignedElement::kAbsent && pairs[i].right != AlignedElement::kAbsent &&
            leftIds[pairs[i].left] != rightIds[pairs[i].right]) {
            pairs.push_back({AlignedElement::kAbsent, pairs[i].right});
            pairs[i].right = AlignedElement::kAbsent;
        }
    }
    sortByLeft(pairs);
    if (isMoved(pairs))
        record(DifferenceKind::Order, leftArray, rightArray, path, state);
    walkElements(pairs, left, right, leftArray, rightArray, path, state);
    return true;
}

void Differ::walkOrdered(const std::vector<Index> &left, const std::vector<Index> &right, Index leftArray,
                         Index rightArray, Id path, State state)
{
    std::vector<quint64> strictLeft;
    std::vector<quint64> strictRight;
    std::vector<quint64> looseLeft;
    std::vector<quint64> looseRight;
    hashElements(m_left, left, state, strictLeft, looseLeft);
    hashElements(m_right, right, state, strictRight, looseRight);
    const auto leftSize = static_cast<quint32>(left.size());
    const auto rightSize = static_cast<quint32>(right.size());
    const bool isSameLength = leftSize == rightSize;
    if (isSameLength && strictLeft != strictRight) {
        std::vector<quint64> sortedLeft = strictLeft;
        std::vector<quint64> sortedRight = strictRight;
        std::sort(sortedLeft.begin(), sortedLeft.end());
        std::sort(sortedRight.begin(), sortedRight.end());
        if (sortedLeft == sortedRight) {
            record(DifferenceKind::Order, leftArray, rightArray, path, state);
            // Statistics go by place all the same: what is third is compared with what is third.
            ++m_muted;
            walkElements(alignByIndex(leftSize, rightSize), left, right, leftArray, rightArray, path, state);
            --m_muted;
            return;
        }
    }
    const bool isByIndex = isSameLength && (looseLeft == looseRight ||
                                            (areNumbers(*m_left.tree, left) && areNumbers(*m_right.tree, right)));
    if (isByIndex) {
        walkElements(alignByIndex(leftSize, rightSize), left, right, leftArray, rightArray, path, state);
        return;
    }
    const quint64 cells = quint64(leftSize) * rightSize;
    const std::vector<AlignedElement> pairs = alignElements(looseLeft, looseRight, qMin(kMostCells, m_cells));
    m_cells -= qMin(cells, m_cells);
    walkElements(pairs, left, right, leftArray, rightArray, path, state);
}

} // namespace parallax::compare
