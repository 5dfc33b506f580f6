// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/differ.h"

#include "base/clock.h"

#include <QHash>

#include <cmath>

namespace parallax::compare {

namespace {

// For all alignment tables of one pair together.
constexpr quint64 kMostCellsPerPair = 10 * kMostCells;
// Arrays within arrays are looked at more than once; beyond this they are hashed, which is done once.
constexpr qint64 kStepsPerNode = 8;

} // namespace

void ValueVisitor::children(JsonTree::Index, JsonTree::Index, const std::vector<NodePair> &) {}

void PairDifferences::clear(std::size_t rules)
{
    found.clear();
    real = hidden = 0;
    isClose = true;
    worst = std::numeric_limits<double>::quiet_NaN();
    worstPath = PathTable::kRoot;
    hasOtherSpelling = false;
    rulesHit.assign(rules, 0);
    rulesHiding.assign(rules, 0);
}

Differ::Differ(const Rules &rules, qsizetype limit)
    : m_rules(rules)
    , m_matcher(m_rules.rules)
    , m_paths(m_matcher)
    , m_limit(limit)
{}

PairDifferences &Differ::begin()
{
    m_result.clear(m_rules.rules.size());
    return m_result;
}

void Differ::addNamed(DifferenceKind kind, const QString &path)
{
    ++m_result.real;
    m_result.isClose = false;
    m_result.found.push_back({kind, path.isEmpty() ? PathTable::kRoot : m_paths.named(path), RawDifference::kAbsent,
                              RawDifference::kAbsent, -1});
}

const PairDifferences &Differ::compare(const JsonTree &left, const JsonTree &right, ValueVisitor *visitor)
{
    m_left.tree = &left;
    m_right.tree = &right;
    m_left.hashes.clear();
    m_right.hashes.clear();
    m_visitor = visitor;
    m_muted = 0;
    m_cells = kMostCellsPerPair;
    m_steps = kStepsPerNode * (qint64(left.size()) + right.size());
    if (visitor == nullptr && m_matcher.isFree(RuleMatcher::kRoot)) {
        bool hasOtherSpelling = false;
        if (isSameValue(left, JsonTree::root(), right, JsonTree::root(), m_steps, hasOtherSpelling)) {
            m_result.hasOtherSpelling = hasOtherSpelling;
            return m_result;
        }
    }
    walk(JsonTree::root(), JsonTree::root(), PathTable::kRoot, RuleMatcher::kRoot);
    m_visitor = nullptr;
    return m_result;
}

const Rule *Differ::ruleAt(State state) const
{
    const int rule = m_matcher.rule(state);
    return rule < 0 ? nullptr : &m_rules.rules[static_cast<std::size_t>(rule)];
}

RuleKind Differ::kindAt(State state) const
{
    const Rule *rule = ruleAt(state);
    return rule == nullptr ? RuleKind::Exact : rule->kind;
}

bool Differ::isText(Index left, Index right) const
{
    return m_left.tree->text(left) == m_right.tree->text(right);
}

void Differ::walk(Index left, Index right, Id path, State state)
{
    if (const int rule = m_matcher.rule(state); rule >= 0)
        markRule(rule);
    // Without rules and without somebody who wants the values, equal text needs no second look.
    if (m_visitor == nullptr && m_matcher.isFree(state) && isText(left, right))
        return;
    const JsonType type = m_left.tree->node(left).type;
    if (type != m_right.tree->node(right).type) {
        record(DifferenceKind::Type, left, right, path, state);
        return;
    }
    switch (type) {
    case JsonType::Object:
        walkObject(left, right, path, state);
        break;
    case JsonType::Array:
        walkArray(left, right, path, state);
        break;
    default:
        compareScalars(left, right, path, state);
    }
}

void Differ::compareScalars(Index left, Index right, Id path, State state)
{
    const JsonTree &l = *m_left.tree;
    const JsonTree &r = *m_right.tree;
    if (m_visitor != nullptr) {
        const RuleKind kind = kindAt(state);
        if (kind != RuleKind::Ignore && kind != RuleKind::PresenceOnly)
            m_visitor->scalars(path, left, right);
    }
    if (isText(left, right) || m_muted > 0)
        return;
    bool isEqual = false;
    if (l.node(left).type == JsonType::Number) {
        isEqual = isSameNumber(l.text(left), r.text(right));
        m_result.hasOtherSpelling = m_result.hasOtherSpelling || isEqual;
    } else if (l.node(left).type == JsonType::String) {
        const bool hasEscapes = l.node(left).has(JsonNode::HasEscapes) || r.node(right).has(JsonNode::HasEscapes);
        isEqual = hasEscapes && l.string(left) == r.string(right);
    }
    if (!isEqual)
        record(DifferenceKind::Changed, left, right, path, state);
}

void Differ::record(DifferenceKind kind, Index left, Index right, Id path, State state)
{
    if (m_muted > 0)
        return;
    const int rule = m_matcher.rule(state);
    if (rule >= 0)
        markRule(rule);
    const bool isHidden = rule >= 0 && isForgiven(m_rules.rules[static_cast<std::size_t>(rule)], kind, left, right);
    if (isHidden) {
        ++m_result.hidden;
        m_result.rulesHiding[static_cast<std::size_t>(rule)] = 1;
    } else {
        ++m_result.real;
        if (kind == DifferenceKind::Changed && m_left.tree->node(left).type == JsonType::Number) {
            const QByteArrayView a = m_left.tree->text(left);
            const QByteArrayView b = m_right.tree->text(right);
            recordNumbers(numberDifference(a, b), jsonNumber(a), jsonNumber(b), path);
        } else {
            m_result.isClose = false;
        }
    }
    if (static_cast<qsizetype>(m_result.found.size()) < m_limit)
        m_result.found.push_back({kind, path, left, right, isHidden ? rule : -1});
}

void Differ::recordNumbers(double difference, double a, double b, Id path)
{
    m_result.isClose = m_result.isClose && m_rules.margin && !std::isnan(difference) &&
                       isWithinLimit(difference, a, b, *m_rules.margin);
    if (!std::isnan(difference) && !(std::abs(difference) <= std::abs(m_result.worst))) {
        m_result.worst = difference;
        m_result.worstPath = path;
    }
}

bool Differ::isForgiven(const Rule &rule, DifferenceKind kind, Index left, Index right) const
{
    const bool isOnOneSide = kind == DifferenceKind::Added || kind == DifferenceKind::Removed;
    switch (rule.kind) {
    case RuleKind::Ignore:
        return true;
    case RuleKind::PresenceOnly:
        return !isOnOneSide;
    case RuleKind::Unordered:
    case RuleKind::KeyedBy:
        return kind == DifferenceKind::Order;
    case RuleKind::Exact:
    case RuleKind::Header:
        return false;
    case RuleKind::Tolerance:
    case RuleKind::DatetimeWithin:
    case RuleKind::Normalize:
        break;
    }
    if (kind != DifferenceKind::Changed)
        return false;
    const JsonTree &l = *m_left.tree;
    const JsonTree &r = *m_right.tree;
    if (rule.kind == RuleKind::Tolerance) {
        return l.node(left).type == JsonType::Number && isWithin(rule.tolerance, l.text(left), r.text(right));
    }
    if (l.node(left).type != JsonType::String)
        return false;
    const QString a = QString::fromUtf8(l.string(left));
    const QString b = QString::fromUtf8(r.string(right));
    if (rule.kind == RuleKind::Normalize)
        return QString(a).replace(rule.normalize, rule.replacement) ==
               QString(b).replace(rule.normalize, rule.replacement);
    WallTime x;
    WallTime y;
    if (!fromRfc3339(a, x) || !fromRfc3339(b, y))
        return false;
    return std::chrono::abs(x - y) <= rule.datetimeWithin;
}

Differ::State Differ::memberState(const JsonTree &tree, Index member, Id id, State parent)
{
    if (m_matcher.isFree(parent))
        return parent;
    if (!m_paths.isShared(id))
        return m_matcher.next(parent, m_paths.symbol(id));
    return m_matcher.next(parent, m_matcher.symbol(tree.key(member)));
}

void Differ::walkObject(Index left, Index right, Id path, State state)
{
    // Answers of one kind have their keys in one order: go on side by side until they part.
    const JsonTree &l = *m_left.tree;
    const JsonTree &r = *m_right.tree;
    const Index leftEnd = l.node(left).after;
    const Index rightEnd = r.node(right).after;
    const bool areWanted = m_visitor != nullptr && m_visitor->wantsChildren();
    std::vector<NodePair> pairs;
    std::vector<NodePair> *const outer = std::exchange(m_pairs, areWanted ? &pairs : nullptr);
    Index i = left + 1;
    Index k = right + 1;
    while (i != leftEnd && k != rightEnd && isSameKey(l, i, r, k)) {
        walkMember(i, k, path, state);
        i = l.node(i).after;
        k = r.node(k).after;
    }
    if (i != leftEnd || k != rightEnd)
        walkRestOfObject(i, leftEnd, k, rightEnd, path, state);
    m_pairs = outer;
    if (areWanted)
        m_visitor->children(left, right, pairs);
}

// The members from where the key orders part: by key, the first of a repeated key with the first.
void Differ::walkRestOfObject(Index left, Index leftEnd, Index right, Index rightEnd, Id path, State state)
{
    const JsonTree &l = *m_left.tree;
    const JsonTree &r = *m_right.tree;
    std::vector<Index> open; // of the right side, in its order
    for (Index k = right; k != rightEnd; k = r.node(k).after)
        open.push_back(k);
    constexpr std::size_t kFewMembers = 24; // up to here scanning is quicker than hashing
    const bool areFew = open.size() <= kFewMembers;
    QHash<QByteArray, QList<std::size_t>> places; // last first
    for (std::size_t n = areFew ? 0 : open.size(); n-- > 0;)
        places[r.key(open[n])].append(n);
    const auto place = [&](Index i) -> std::size_t {
        if (!areFew) {
            const auto found = places.find(l.key(i));
            return found == places.end() || found->isEmpty() ? open.size() : found->takeLast();
        }
        std::size_t n = 0;
        while (n < open.size() && (open[n] == RawDifference::kAbsent || !isSameKey(l, i, r, open[n])))
            ++n;
        return n;
    };
    for (Index i = left; i != leftEnd; i = l.node(i).after) {
        const std::size_t n = place(i);
        const Index k = n < open.size() ? std::exchange(open[n], RawDifference::kAbsent) : RawDifference::kAbsent;
        walkMember(i, k, path, state);
    }
    for (const Index k : open) {
        if (k != RawDifference::kAbsent)
            walkMember(RawDifference::kAbsent, k, path, state);
    }
}

// One side may be absent.
void Differ::walkMember(Index left, Index right, Id path, State state)
{
    if (m_pairs != nullptr)
        m_pairs->push_back({left, right});
    const bool isLeft = left != RawDifference::kAbsent;
    const JsonTree &tree = isLeft ? *m_left.tree : *m_right.tree;
    const Index member = isLeft ? left : right;
    const Id id = m_paths.member(path, tree.rawKey(member), tree.node(member).has(JsonNode::KeyHasEscapes));
    const State below = memberState(tree, member, id, state);
    if (!isLeft)
        record(DifferenceKind::Added, left, right, id, below);
    else if (right == RawDifference::kAbsent)
        record(DifferenceKind::Removed, left, right, id, below);
    else
        walk(left, right, id, below);
}

} // namespace parallax::compare
