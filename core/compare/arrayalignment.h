// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace parallax::compare {

/// Elements of two arrays that belong together; kAbsent where one side has none. Ascending on both sides.
struct AlignedElement
{
    static constexpr quint32 kAbsent = ~quint32(0);
    quint32 left = kAbsent;
    quint32 right = kAbsent;
    friend bool operator==(const AlignedElement &, const AlignedElement &) = default;
};

/// Aligns two arrays by the hashes of their elements: the longest common subsequence within `mostCells` of its table,
/// else by index. What lies between common elements is paired by index. Arrays of one length are aligned by index where
/// that leaves no more elements unequal than the subsequence leaves out: rows of a batch belong together by their
/// place. Symmetric: swapping the sides swaps the result. Pure, any thread.
inline constexpr quint64 kMostCells = 4'000'000;
[[nodiscard]] std::vector<AlignedElement> alignElements(std::span<const quint64> left, std::span<const quint64> right,
                                                        quint64 mostCells = kMostCells);

/// Every element with the one of the same place; the rest of the longer side alone.
[[nodiscard]] std::vector<AlignedElement> alignByIndex(quint32 left, quint32 right);

/// Pairs equal hashes wherever they stand, first with first; what is left over on both sides by its order. In the order
/// of the left side, what only the right has at the end. Symmetric as a set.
[[nodiscard]] std::vector<AlignedElement> alignUnordered(std::span<const quint64> left, std::span<const quint64> right);

/// Puts pairs into the order of the left side, those without one at the end.
void sortByLeft(std::vector<AlignedElement> &pairs);

} // namespace parallax::compare
