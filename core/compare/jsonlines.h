// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/sidebyside.h"

#include <unordered_map>
#include <vector>

namespace parallax::compare {

/// Lays two JSON documents out line beside line. Lives on the stack of sideBySide().
class JsonLines final : private ValueVisitor
{
public:
    JsonLines(const JsonTree &left, const JsonTree &right, const SideBySideOptions &options);

    /// Writes into `out`.
    void run(const Rules &rules, SideBySide &out);

private:
    using Index = JsonTree::Index;
    static constexpr Index kAbsent = RawDifference::kAbsent;

    struct Mark
    {
        DifferenceKind kind = DifferenceKind::Changed;
        int rule = -1;
    };
    /// Everything that is one side's.
    struct Side
    {
        const JsonTree *tree = nullptr;
        std::vector<SideLine> *lines = nullptr;
        std::unordered_map<Index, Mark> marks; // by node
        int number = 0;
    };
    /// One node about to be written: what stands before and behind it in its line.
    struct Item
    {
        Index node = kAbsent;
        bool hasKey = false;
        bool hasComma = false;
    };

    void scalars(PathTable::Id path, Index left, Index right) override;
    void vectors(PathTable::Id path, Index left, Index right) override;
    void children(Index left, Index right, const std::vector<NodePair> &pairs) override;
    [[nodiscard]] bool wantsChildren() const override { return true; }

    void write(const Item &left, const Item &right, int level);
    void writeContainers(const Item &left, const Item &right, int level);
    void writeLines(const Item &left, const Item &right, int level);
    void writeApart(const Item &left, const Item &right, int level);
    /// All lines of a node of one side, each with this mark.
    void writeBlock(Side &side, const Item &item, int level, const Mark &mark, SideLine::Kind kind);
    [[nodiscard]] SideLine inlineLine(const Side &side, const Item &item, int level) const;
    void writeInline(const Side &side, Index node, bool hasKey, SideLine &line, bool isMarked) const;
    void appendToken(SideLine &line, LineToken::Kind kind, QByteArrayView text) const;
    [[nodiscard]] bool fitsInline(const Side &side, Index node) const;
    void push(Side &side, SideLine line);
    void fill();
    [[nodiscard]] bool isFull() const;
    static void apply(const Mark &mark, SideLine &line);
    [[nodiscard]] const Mark *markOf(const Side &side, Index node) const;
    [[nodiscard]] QString indentation(int level) const;
    static void narrowSpans(SideLine &left, SideLine &right);

    const SideBySideOptions &m_options;
    Side m_left;
    Side m_right;
    std::unordered_map<Index, std::vector<NodePair>> m_children; // by left container
    bool m_isCut = false;
};

} // namespace parallax::compare
