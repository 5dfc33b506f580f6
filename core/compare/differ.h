// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/arrayalignment.h"
#include "compare/differencekind.h"
#include "compare/json.h"
#include "compare/pathtable.h"
#include "compare/rulematcher.h"
#include "compare/rules.h"

#include <limits>
#include <vector>

namespace parallax::compare {

/// A difference as the walk finds it: without texts, which most callers never ask for.
struct RawDifference
{
    static constexpr JsonTree::Index kAbsent = ~JsonTree::Index(0);
    DifferenceKind kind = DifferenceKind::Changed;
    PathTable::Id path = PathTable::kRoot;
    JsonTree::Index left = kAbsent;
    JsonTree::Index right = kAbsent;
    int rule = -1; ///< of one that is equal by this rule; -1 = a real difference
};

/// What one pair of documents came to.
struct PairDifferences
{
    std::vector<RawDifference> found; ///< real and hidden, at most the limit; the counts go on
    int real = 0;
    int hidden = 0;
    bool isClose = true; ///< every real difference is one of numbers within the margin of the rules
    double worst = std::numeric_limits<double>::quiet_NaN(); ///< the difference of numbers largest by amount
    PathTable::Id worstPath = PathTable::kRoot;
    bool hasOtherSpelling = false;   ///< equal numbers written in different ways, 1 and 1.0
    std::vector<quint8> rulesHit;    ///< by rule: it decided a value
    std::vector<quint8> rulesHiding; ///< by rule: it made a difference disappear

    void clear(std::size_t rules);
};

/// Two nodes that belong together, or one that stands alone (the other RawDifference::kAbsent).
struct NodePair
{
    JsonTree::Index left = RawDifference::kAbsent;
    JsonTree::Index right = RawDifference::kAbsent;
};

/// Is told of every two values that stand at the same place, equal or not, but for those that a rule ignores.
class ValueVisitor
{
public:
    virtual ~ValueVisitor() = default;
    /// Neither is a container, and both are of one type.
    virtual void scalars(PathTable::Id path, JsonTree::Index left, JsonTree::Index right) = 0;
    /// Two arrays of numbers only, of one length, not empty.
    virtual void vectors(PathTable::Id path, JsonTree::Index left, JsonTree::Index right) = 0;
    /// How the members or elements of two containers were paired, in the order of the left side; only for those who
    /// want it.
    virtual void children(JsonTree::Index left, JsonTree::Index right, const std::vector<NodePair> &pairs);
    [[nodiscard]] virtual bool wantsChildren() const { return false; }
};

/// Walks two documents side by side under the rules. Keeps its path table and the rules' automaton from pair to pair,
/// which is what makes many pairs quick. Owned by whoever compares, confined to one thread. Recursion is bounded by
/// the depth of JsonTree. Swapping left and right mirrors the result.
class Differ
{
public:
    static constexpr qsizetype kDefaultLimit = 10'000;

    explicit Differ(const Rules &rules, qsizetype limit = kDefaultLimit);
    Differ(const Differ &) = delete;
    Differ &operator=(const Differ &) = delete;

    [[nodiscard]] const Rules &rules() const { return m_rules; }
    [[nodiscard]] PathTable &paths() { return m_paths; }
    [[nodiscard]] const PathTable &paths() const { return m_paths; }

    /// The result is valid until the next call.
    const PairDifferences &compare(const JsonTree &left, const JsonTree &right, ValueVisitor *visitor = nullptr);

    /// Pairs that did not come to comparing documents: an empty result to which named differences are added.
    PairDifferences &begin();
    /// A real difference outside of the body: status, header; or of bodies that are no JSON.
    void addNamed(DifferenceKind kind, const QString &path);
    void markRule(int rule) { m_result.rulesHit[static_cast<std::size_t>(rule)] = 1; }
    void markOtherSpelling() { m_result.hasOtherSpelling = true; }
    [[nodiscard]] const PairDifferences &result() const { return m_result; }

private:
    using Index = JsonTree::Index;
    using Id = PathTable::Id;
    using State = RuleMatcher::State;

    /// strict: equal as the rules see it, but for tolerances; loose: equal but for values that a tolerance may forgive.
    struct Hashes
    {
        quint64 strict = 0;
        quint64 loose = 0;
    };
    struct Side
    {
        const JsonTree *tree = nullptr;
        std::vector<Hashes> hashes; // by node, 0 = not computed; empty until needed
    };

    void walk(Index left, Index right, Id path, State state);
    void walkObject(Index left, Index right, Id path, State state);
    void walkRestOfObject(Index left, Index leftEnd, Index right, Index rightEnd, Id path, State state);
    void walkMember(Index left, Index right, Id path, State state);
    void walkArray(Index left, Index right, Id path, State state);
    void walkElements(const std::vector<AlignedElement> &pairs, const std::vector<Index> &left,
                      const std::vector<Index> &right, Index leftArray, Index rightArray, Id path, State state);
    void walkUnordered(const std::vector<Index> &left, const std::vector<Index> &right, Index leftArray,
                       Index rightArray, Id path, State state);
    [[nodiscard]] bool walkKeyed(const std::vector<Index> &left, const std::vector<Index> &right, Index leftArray,
                                 Index rightArray, Id path, State state, const QByteArray &key);
    void walkOrdered(const std::vector<Index> &left, const std::vector<Index> &right, Index leftArray, Index rightArray,
                     Id path, State state);
    void compareScalars(Index left, Index right, Id path, State state);
    [[nodiscard]] bool isForgiven(const Rule &rule, DifferenceKind kind, Index left, Index right) const;
    void record(DifferenceKind kind, Index left, Index right, Id path, State state);
    void recordNumbers(double difference, double a, double b, Id path);
    [[nodiscard]] bool isText(Index left, Index right) const;

    [[nodiscard]] Hashes hash(Side &side, Index index, State state);
    [[nodiscard]] Hashes computeHash(const JsonTree &tree, Side &side, Index index, State state);
    [[nodiscard]] Hashes hashScalar(const JsonTree &tree, Index index, State state) const;
    /// One of the two hashes of every element.
    void hashElements(Side &side, const std::vector<Index> &elements, State state, std::vector<quint64> &strict,
                      std::vector<quint64> &loose);
    [[nodiscard]] State memberState(const JsonTree &tree, Index member, Id id, State parent);
    [[nodiscard]] const Rule *ruleAt(State state) const;
    [[nodiscard]] RuleKind kindAt(State state) const; ///< Exact where no rule decides

    Rules m_rules;
    RuleMatcher m_matcher;
    PathTable m_paths;
    qsizetype m_limit;
    PairDifferences m_result;
    Side m_left;
    Side m_right;
    ValueVisitor *m_visitor = nullptr;
    std::vector<NodePair> *m_pairs = nullptr; // of the object being walked, when the visitor wants them
    int m_muted = 0;                          // walks that only show values to the visitor
    qint64 m_steps = 0;                       // of looking for equal elements that may still be spent on this pair
    quint64 m_cells = 0;                      // and of alignment tables
};

} // namespace parallax::compare
