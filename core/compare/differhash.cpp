// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes of values under the rules, for telling which elements of two arrays belong together.
#include "compare/differ.h"

namespace parallax::compare {

namespace {

// Finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014).
constexpr quint64 mixed(quint64 value)
{
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

quint64 hashBytes(QByteArrayView bytes, quint64 seed)
{
    return mixed(quint64(qHashBits(bytes.data(), static_cast<size_t>(bytes.size()), static_cast<size_t>(seed))) + seed);
}

// Seeds by what is hashed, so that "1" and 1 are not the same.
constexpr quint64 kIgnoredSeed = 0x11;
constexpr quint64 kForgivenSeed = 0x22;
constexpr quint64 kTypeSeed = 0x100;

constexpr quint64 seedOf(JsonType type)
{
    return kTypeSeed + static_cast<quint64>(type);
}

// Without a copy where the text is the key. Not to be kept.
QByteArray keyOf(const JsonTree &tree, JsonTree::Index member)
{
    if (tree.node(member).has(JsonNode::KeyHasEscapes))
        return tree.key(member);
    const QByteArrayView raw = tree.rawKey(member);
    return QByteArray::fromRawData(raw.data(), raw.size());
}

} // namespace

Differ::Hashes Differ::hash(Side &side, Index index, State state)
{
    if (side.hashes.empty())
        side.hashes.resize(side.tree->size());
    if (side.hashes[index].strict == 0) {
        const Hashes computed = computeHash(*side.tree, side, index, state);
        side.hashes[index] = computed;
    }
    return side.hashes[index];
}

Differ::Hashes Differ::hashScalar(const JsonTree &tree, Index index, State state) const
{
    const JsonNode &node = tree.node(index);
    const Rule *rule = ruleAt(state);
    const RuleKind kind = rule == nullptr ? RuleKind::Exact : rule->kind;
    const quint64 seed = seedOf(node.type);
    quint64 strict = 0;
    switch (node.type) {
    case JsonType::Number:
        strict = hashBytes(canonicalNumber(tree.text(index)), seed);
        break;
    case JsonType::String:
        if (kind == RuleKind::Normalize) {
            QString text = QString::fromUtf8(tree.string(index));
            strict = hashBytes(text.replace(rule->normalize, rule->replacement).toUtf8(), seed);
        } else if (node.has(JsonNode::HasEscapes)) {
            strict = hashBytes(tree.string(index), seed);
        } else {
            strict = hashBytes(tree.text(index).sliced(1).chopped(1), seed);
        }
        break;
    default:
        strict = hashBytes(tree.text(index), seed);
    }
    const bool mayBeForgiven = (kind == RuleKind::Tolerance && node.type == JsonType::Number) ||
                               (kind == RuleKind::DatetimeWithin && node.type == JsonType::String);
    return {strict, mayBeForgiven ? mixed(kForgivenSeed + seed) : strict};
}

Differ::Hashes Differ::computeHash(const JsonTree &tree, Side &side, Index index, State state)
{
    const RuleKind kind = kindAt(state);
    if (kind == RuleKind::Ignore || kind == RuleKind::PresenceOnly)
        return {mixed(kIgnoredSeed), mixed(kIgnoredSeed)};
    const JsonNode &node = tree.node(index);
    if (!node.isContainer())
        return hashScalar(tree, index, state);
    const bool isFree = m_matcher.isFree(state);
    const bool isObject = node.type == JsonType::Object;
    const bool isUnordered = kind == RuleKind::Unordered || kind == RuleKind::KeyedBy;
    Hashes sum{seedOf(node.type), seedOf(node.type)};
    quint32 place = 0;
    for (Index child = index + 1; child != node.after; child = tree.node(child).after, ++place) {
        const QByteArray key = isObject ? keyOf(tree, child) : QByteArray();
        const State below =
            isFree ? state : m_matcher.next(state, isObject ? m_matcher.symbol(key) : m_matcher.indexSymbol(place));
        if (isObject && kindAt(below) == RuleKind::Ignore)
            continue; // there or not, it makes no difference
        const Hashes value = hash(side, child, below);
        if (isObject) {
            const quint64 name = hashBytes(key, kTypeSeed);
            sum.strict += mixed(name ^ mixed(value.strict));
            sum.loose += mixed(name ^ mixed(value.loose));
        } else if (isUnordered) {
            sum.strict += mixed(value.strict);
            sum.loose += mixed(value.loose);
        } else {
            sum.strict = mixed(sum.strict ^ value.strict);
            sum.loose = mixed(sum.loose ^ value.loose);
        }
    }
    return {mixed(sum.strict + node.children * !isObject), mixed(sum.loose + node.children * !isObject)};
}

void Differ::hashElements(Side &side, const std::vector<Index> &elements, State state, std::vector<quint64> &strict,
                          std::vector<quint64> &loose)
{
    const bool isFree = m_matcher.isFree(state);
    strict.reserve(elements.size());
    loose.reserve(elements.size());
    for (quint32 i = 0; i < elements.size(); ++i) {
        const State below = isFree ? state : m_matcher.next(state, m_matcher.indexSymbol(i));
        const Hashes hashes = hash(side, elements[i], below);
        strict.push_back(hashes.strict);
        loose.push_back(hashes.loose);
    }
}

} // namespace parallax::compare
