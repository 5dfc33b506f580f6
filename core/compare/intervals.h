// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Means, quantiles and confidence intervals. Pure functions, any thread. Values must be finite: a NaN or an infinity
// anywhere gives no result rather than a poisoned one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace parallax::compare {

/// A confidence interval, both ends included.
struct Interval
{
    double low = 0.0;
    double high = 0.0;
    double confidence = 0.95;

    friend bool operator==(const Interval &, const Interval &) = default;
};

[[nodiscard]] bool areFinite(std::span<const double> values);

/// `successes` of `n` brought into [0, n] when it is outside by no more than the rounding of sums and differences of
/// shares; none when further out, NaN, or n <= 0.
[[nodiscard]] std::optional<double> possibleSuccesses(double successes, std::int64_t n);

/// Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927; statsmodels proportion_confint(method='wilson')).
/// `successes` may be a fraction: the unit is the distinct request, which counts as the share of its pairs that agree.
/// Such shares vary less than yes or no would, so the interval is then too wide rather than too narrow. None for n = 0,
/// successes outside of [0, n] (by more than the rounding of a sum of shares) or NaN, or a confidence outside of (0,
/// 1). No success gives low = 0, no failure high = 1.
[[nodiscard]] std::optional<Interval> wilsonInterval(double successes, std::int64_t n, double confidence = 0.95);

/// Arithmetic mean (numpy.mean), two passes, so that a large offset loses no digits; exact when all are equal.
/// None for n = 0.
[[nodiscard]] std::optional<double> mean(std::span<const double> values);

/// Sample standard deviation, n - 1 in the denominator (numpy.std(ddof=1)). None for n < 2; 0 when all are equal.
[[nodiscard]] std::optional<double> sampleDeviation(std::span<const double> values);

/// mean +- 1.96 sample standard deviations (J. M. Bland, D. G. Altman, Lancet 327, 1986): where about 95% of single
/// differences lie. No confidence interval. None for n < 2.
struct LimitsOfAgreement
{
    double low = 0.0;
    double high = 0.0;
};
[[nodiscard]] std::optional<LimitsOfAgreement> limitsOfAgreement(std::span<const double> differences);

/// Quantile of ascending values by linear interpolation between closest ranks (R. J. Hyndman, Y. Fan, Am. Stat. 50,
/// 1996, type 7; numpy.quantile). None for n = 0 or a share outside of [0, 1]. Does not look for NaN: sort without any.
[[nodiscard]] std::optional<double> quantileOfSorted(std::span<const double> ascending, double share);
/// The same of unsorted values, which are copied.
[[nodiscard]] std::optional<double> quantile(std::span<const double> values, double share);

/// Median with a distribution-free interval between two order statistics (H. A. David, H. N. Nagaraja, Order
/// Statistics, 3rd ed., 7.1): the narrowest symmetric pair of ranks whose coverage reaches `confidence`, by the
/// binomial distribution. `interval` is missing when no pair reaches it (n < 6 at 95%); nothing at all for n = 0.
struct MedianEstimate
{
    double median = 0.0;
    std::optional<Interval> interval;
};
[[nodiscard]] std::optional<MedianEstimate> medianEstimate(std::span<const double> values, double confidence = 0.95);

/// p values adjusted after Holm (S. Holm, Scand. J. Stat. 6, 1979; statsmodels multipletests(method='holm')), in the
/// order given, at most 1. Empty for no values, or when one is NaN or outside of [0, 1].
[[nodiscard]] std::vector<double> holmAdjusted(std::span<const double> pValues);

/// The level of an interval for Holm's step `rank` (0 = strongest) among `count` hypotheses: 1 - alpha / (count -
/// rank). 1 - alpha when rank is not below count.
[[nodiscard]] double holmConfidence(double alpha, std::size_t count, std::size_t rank);

/// Least number of distinct requests at which Wilson's interval around the share `rate` leaves `target` outside: its
/// low end reaches the target (rate > target) or its high end falls below it (rate < target). From the score test that
/// the interval inverts: z^2 t (1 - t) / (rate - t)^2. None when rate = target, for a target outside of (0, 1) or a
/// rate outside of [0, 1].
[[nodiscard]] std::optional<double> requestsToSettleShare(double rate, double target, double confidence = 0.95);

} // namespace parallax::compare
