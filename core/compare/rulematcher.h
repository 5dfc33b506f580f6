// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/rules.h"

#include <QHash>

#include <map>
#include <vector>

namespace parallax::compare {

/// Says which rule decides at a path, one key at a time: the patterns of all rules as one automaton whose states are
/// made when they are first reached (the subset construction of Rabin and Scott). State 0 is the root's. Holds a copy
/// of the patterns, not the rules. Confined to one thread, because it grows while it is asked.
class RuleMatcher
{
public:
    using State = quint32;
    using Symbol = quint32; ///< a key that some pattern names; 0 = any other
    static constexpr State kRoot = 0;

    explicit RuleMatcher(const std::vector<Rule> &rules);

    /// Index of the rule that decides at this state's path, -1 for none.
    [[nodiscard]] int rule(State state) const { return m_states[state].rule; }
    /// Nothing decides here, and nothing will below.
    [[nodiscard]] bool isFree(State state) const { return m_states[state].positions.empty(); }
    [[nodiscard]] Symbol symbol(QByteArrayView key) const;
    /// Of an array's element; 0 unless a pattern names a number.
    [[nodiscard]] Symbol indexSymbol(quint32 index) const
    {
        return m_namesIndexes ? symbol(QByteArray::number(index)) : 0;
    }
    [[nodiscard]] State next(State state, Symbol symbol)
    {
        const State known = m_states[state].next[symbol];
        return known != kUnknown ? known : computeNext(state, symbol);
    }

private:
    static constexpr State kUnknown = ~State(0);
    /// (rule, position in its pattern), ascending; the position behind the last segment stays.
    using Positions = std::vector<std::pair<int, int>>;

    struct Node
    {
        Positions positions;
        std::vector<State> next; // by symbol
        int rule = -1;
    };

    [[nodiscard]] State stateOf(Positions positions);
    [[nodiscard]] State computeNext(State state, Symbol symbol);
    void addClosed(Positions &positions, int rule, int position) const;

    std::vector<PathPattern> m_patterns; // of header rules: none match
    std::vector<bool> m_isPath;
    QHash<QByteArray, Symbol> m_symbols;
    std::vector<std::vector<Symbol>> m_literals; // symbol of each literal segment
    bool m_namesIndexes = false;
    std::vector<Node> m_states;
    std::map<Positions, State> m_known;
};

} // namespace parallax::compare
