// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How alike two single answers are: vectors, rankings, texts. Pure functions, any thread.
#pragma once

#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace parallax::compare {

/// Cosine of the angle between two vectors, scaled first so that no square overflows. None when empty, of different
/// length, not finite, or when one is all zeros.
[[nodiscard]] std::optional<double> cosineSimilarity(std::span<const double> a, std::span<const double> b);

/// Index of the largest element, the first of equals (numpy.argmax). None when empty or a NaN is among them.
[[nodiscard]] std::optional<std::size_t> argmax(std::span<const double> values);
/// Whether two score vectors would choose differently. None when empty, of different length, or with a NaN.
[[nodiscard]] std::optional<bool> isArgmaxChanged(std::span<const double> a, std::span<const double> b);

/// Share of the first `k` items that both rankings have, in any order; of the longer one's length when both are
/// shorter. Items are ids of the caller's making. None for k = 0 or when a ranking repeats an item; 1 for two empty
/// ones.
[[nodiscard]] std::optional<double> topKOverlap(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b,
                                                std::size_t k);

/// Rank-biased overlap, extrapolated (W. Webber, A. Moffat, J. Zobel, ACM Trans. Inf. Syst. 28(4), 2010, equation 32):
/// similarity of two rankings of any length, the top counting most; `persistence` in (0, 1), 0.9 puts 86% of the weight
/// on the first ten. None when a ranking repeats an item or persistence is out of range; 1 for two empty ones, 0 for
/// one.
[[nodiscard]] std::optional<double> rankBiasedOverlap(std::span<const std::uint64_t> a,
                                                      std::span<const std::uint64_t> b, double persistence = 0.9);

/// Levenshtein's distance, given up early. With `isAtLeast` the texts are at least that far apart.
struct EditDistance
{
    std::size_t distance = 0;
    bool isAtLeast = false;
    std::size_t longer = 0; ///< length of the longer side, in the unit compared

    /// 1 = equal, 0 = nothing in common. An upper bound when isAtLeast.
    [[nodiscard]] double similarity() const;
    friend bool operator==(const EditDistance &, const EditDistance &) = default;
};
inline constexpr std::size_t kEditLimit = 1'000;

/// Least number of insertions, deletions and substitutions (V. I. Levenshtein, Sov. Phys. Dokl. 10, 1966), in the band
/// of E. Ukkonen (Inf. Control 64, 1985), by Unicode code points. Not semantic: it knows letters, not meaning. Given up
/// beyond `limit`, and earlier for long texts, so that the cost stays below kMostEditSteps steps.
inline constexpr std::size_t kMostEditSteps = 20'000'000;
[[nodiscard]] EditDistance editDistance(QStringView a, QStringView b, std::size_t limit = kEditLimit);
/// The same by tokens: runs of letters, digits, marks and underscores, and every other character that is not space.
[[nodiscard]] EditDistance tokenEditDistance(QStringView a, QStringView b, std::size_t limit = kEditLimit);

} // namespace parallax::compare
