// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rank tests and rank correlations of paired values. Pure functions, any thread. A NaN or an infinity anywhere, or two
// samples of different length, give no result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace parallax::compare {

enum class Alternative { TwoSided, Greater, Less };

/// Ascending ranks from 1, ties share their mean (scipy.stats.rankdata(method='average')).
[[nodiscard]] std::vector<double> midRanks(std::span<const double> values);

/// Wilcoxon's signed-rank test of differences against 0 (F. Wilcoxon, Biometrics Bull. 1, 1945; scipy.stats.wilcoxon
/// with zero_method='pratt', correction=False). Zeros take part in the ranking and are then left out (J. W. Pratt, JASA
/// 54, 1959). Below kExactBelow non-zero differences p is exact given the ranks, ties included (all sign patterns);
/// from there on the normal approximation with tie correction (E. E. Cureton, JASA 62, 1967), without continuity
/// correction. Says whether the differences lean to one side, nothing about how large they are.
/// `Alternative::Greater` is the excess test: with |mirror - first| - |second - first| of the same requests it asks
/// whether the mirror strays further than the primary does from itself.
/// None for n = 0. Nothing but zeros: p = 1.
struct SignedRankTest
{
    double rankSum = 0.0; ///< of the positive differences
    double p = 1.0;
    std::size_t nonZero = 0;
    bool isExact = true;
};
inline constexpr std::size_t kExactBelow = 25;
[[nodiscard]] std::optional<SignedRankTest> wilcoxonSignedRank(std::span<const double> differences,
                                                               Alternative alternative = Alternative::TwoSided);

/// Pearson's correlation (numpy.corrcoef). None for n < 2 or when a side is constant.
[[nodiscard]] std::optional<double> pearsonCorrelation(std::span<const double> x, std::span<const double> y);

/// Spearman's rank correlation with ties: Pearson's of the mid-ranks (scipy.stats.spearmanr). None for n < 2 or when a
/// side is constant.
[[nodiscard]] std::optional<double> spearmanCorrelation(std::span<const double> x, std::span<const double> y);

/// Kendall's tau-b in O(n log n) (W. R. Knight, JASA 61, 1966; scipy.stats.kendalltau). None for n < 2 or when a side
/// is constant.
[[nodiscard]] std::optional<double> kendallTau(std::span<const double> x, std::span<const double> y);

} // namespace parallax::compare
