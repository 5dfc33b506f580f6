// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The four distributions that the intervals and tests need, from Boost.Math (header only) without its exceptions.
// Pure, any thread. Arguments outside of a function's domain give NaN.
#pragma once

#include <cstdint>

namespace parallax::compare {

/// P(Z <= z) of the standard normal distribution. As scipy.stats.norm.cdf.
[[nodiscard]] double normalCdf(double z);
/// z with P(Z <= z) = p, for p in (0, 1). As scipy.stats.norm.ppf.
[[nodiscard]] double normalQuantile(double p);
/// t with P(T <= t) = p, for p in (0, 1) and degreesOfFreedom > 0. As scipy.stats.t.ppf.
[[nodiscard]] double studentQuantile(double p, double degreesOfFreedom);
/// P(X > x) of chi-squared, for x >= 0 and degreesOfFreedom > 0. As scipy.stats.chi2.sf.
[[nodiscard]] double chiSquaredSurvival(double x, double degreesOfFreedom);
/// P(X <= k) of a binomial with `n` fair trials; 0 for k < 0, 1 for k >= n. As scipy.stats.binom.cdf(k, n, 0.5).
[[nodiscard]] double fairBinomialCdf(std::int64_t k, std::int64_t n);

/// ln(n!), for n >= 0; unlike std::lgamma without a global. As scipy.special.gammaln(n + 1).
[[nodiscard]] double logFactorial(std::int64_t n);

} // namespace parallax::compare
