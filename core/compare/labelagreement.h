// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Agreement of labels: what the primary said against what the mirror said. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace parallax::compare {

/// Counts of pairs by label: row = the primary's, column = the mirror's. A value. Repeated identical requests count
/// once: the caller sees to that.
class ConfusionMatrix
{
public:
    explicit ConfusionMatrix(std::size_t labels);

    void add(std::size_t primary, std::size_t mirror, std::int64_t pairs = 1);
    [[nodiscard]] std::size_t labels() const { return m_labels; }
    [[nodiscard]] std::int64_t at(std::size_t primary, std::size_t mirror) const;
    [[nodiscard]] std::int64_t total() const;
    [[nodiscard]] std::int64_t agreed() const;

private:
    std::size_t m_labels;
    std::vector<std::int64_t> m_counts; // row by row
};

/// Cohen's kappa (J. Cohen, Educ. Psychol. Meas. 20, 1960; statsmodels cohens_kappa): agreement beyond chance, 1 =
/// always, 0 = as by chance. None without pairs, and when both sides only ever said one and the same label (0 / 0).
[[nodiscard]] std::optional<double> cohensKappa(const ConfusionMatrix &matrix);

/// Whether changes of label lean one way. Says nothing about how many there are: balanced flips give p = 1.
struct SymmetryTest
{
    double p = 1.0;
    std::int64_t discordant = 0;
    bool isExact = true;
};

/// McNemar's test of two counts of discordant pairs (Q. McNemar, Psychometrika 12, 1947; statsmodels mcnemar). Below
/// kExactMcNemarBelow discordant pairs the exact two-sided binomial, else chi-squared with A. L. Edwards' continuity
/// correction (Psychometrika 13, 1948), which never turns a difference of 0 into one of 1 (as R's mcnemar.test).
/// No discordant pair: p = 1. None for negative counts.
inline constexpr std::int64_t kExactMcNemarBelow = 25;
[[nodiscard]] std::optional<SymmetryTest> mcnemarTest(std::int64_t onlyOneWay, std::int64_t onlyOtherWay);
/// The same of a matrix; none unless it has exactly two labels and a pair.
[[nodiscard]] std::optional<SymmetryTest> mcnemarTest(const ConfusionMatrix &matrix);

/// Bowker's test of symmetry for any number of labels (A. H. Bowker, JASA 43, 1948; statsmodels SquareTable.symmetry):
/// chi-squared over the pairs of labels that were ever exchanged, which are also its degrees of freedom. No exchange:
/// p = 1. None with fewer than two labels or without pairs.
[[nodiscard]] std::optional<SymmetryTest> bowkerTest(const ConfusionMatrix &matrix);

} // namespace parallax::compare
