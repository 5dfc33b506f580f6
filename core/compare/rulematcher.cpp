// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/rulematcher.h"

namespace parallax::compare {

using Kind = PathPattern::Segment::Kind;

RuleMatcher::RuleMatcher(const std::vector<Rule> &rules)
{
    for (const Rule &rule : rules) {
        m_patterns.push_back(rule.pattern);
        m_isPath.push_back(rule.kind != RuleKind::Header);
        std::vector<Symbol> &literals = m_literals.emplace_back();
        for (const PathPattern::Segment &segment : rule.pattern.segments()) {
            Symbol symbol = 0;
            if (segment.kind == Kind::Literal) {
                symbol = m_symbols.value(segment.literal);
                if (symbol == 0) {
                    symbol = static_cast<Symbol>(m_symbols.size() + 1);
                    m_symbols.insert(segment.literal, symbol);
                }
                bool isIndex = false;
                segment.literal.toUInt(&isIndex);
                m_namesIndexes = m_namesIndexes || isIndex;
            }
            literals.push_back(symbol);
        }
    }
    Positions start;
    for (std::size_t rule = 0; rule < m_patterns.size(); ++rule) {
        if (m_isPath[rule])
            addClosed(start, static_cast<int>(rule), 0);
    }
    [[maybe_unused]] const State root = stateOf(std::move(start));
    Q_ASSERT(root == kRoot);
}

RuleMatcher::Symbol RuleMatcher::symbol(QByteArrayView key) const
{
    if (m_symbols.isEmpty())
        return 0;
    return m_symbols.value(QByteArray::fromRawData(key.data(), key.size()));
}

// `**` may stand for nothing, so its position brings the next one with it.
void RuleMatcher::addClosed(Positions &positions, int rule, int position) const
{
    const auto &segments = m_patterns[static_cast<std::size_t>(rule)].segments();
    for (;;) {
        const std::pair<int, int> entry{rule, position};
        if (std::find(positions.begin(), positions.end(), entry) == positions.end())
            positions.push_back(entry);
        if (position == static_cast<int>(segments.size()) ||
            segments[static_cast<std::size_t>(position)].kind != Kind::Any)
            return;
        ++position;
    }
}

RuleMatcher::State RuleMatcher::stateOf(Positions positions)
{
    std::sort(positions.begin(), positions.end());
    const auto known = m_known.find(positions);
    if (known != m_known.end())
        return known->second;
    Node node;
    for (const auto &[rule, position] : positions) {
        if (position == static_cast<int>(m_patterns[static_cast<std::size_t>(rule)].segments().size())) {
            node.rule = rule;
            break;
        }
    }
    node.positions = positions;
    node.next.assign(static_cast<std::size_t>(m_symbols.size()) + 1, kUnknown);
    m_states.push_back(std::move(node));
    const auto state = static_cast<State>(m_states.size() - 1);
    m_known.emplace(std::move(positions), state);
    return state;
}

RuleMatcher::State RuleMatcher::computeNext(State state, Symbol symbol)
{
    Positions next;
    for (const auto &[rule, position] : m_states[state].positions) {
        const auto &segments = m_patterns[static_cast<std::size_t>(rule)].segments();
        if (position == static_cast<int>(segments.size())) {
            addClosed(next, rule, position);
            continue;
        }
        const auto at = static_cast<std::size_t>(position);
        switch (segments[at].kind) {
        case Kind::Any:
            addClosed(next, rule, position);
            break;
        case Kind::One:
            addClosed(next, rule, position + 1);
            break;
        case Kind::Literal:
            if (symbol != 0 && m_literals[static_cast<std::size_t>(rule)][at] == symbol)
                addClosed(next, rule, position + 1);
            break;
        }
    }
    const State reached = stateOf(std::move(next));
    m_states[state].next[symbol] = reached;
    return reached;
}

} // namespace parallax::compare
