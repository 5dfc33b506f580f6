// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/intervals.h"

#include <QString>

namespace parallax::compare {

enum class MeanMethod { Bootstrap, StudentT };
/// "bootstrap" or "t", as in the `method` of `compare --json`.
[[nodiscard]] QString toString(MeanMethod method);

/// The mean of a sample, prepared once so that intervals of several levels are quick. A value, any thread.
/// Up to kBootstrapLimit values: percentile bootstrap (B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993,
/// 13.3; scipy.stats.bootstrap(method='percentile')), kResamples resamples, quantiles of type 7, indices from
/// std::mt19937_64, whose sequence the standard fixes, so that a seed gives the same interval on every platform.
/// Above: Student's t interval. A tail that holds fewer than kLeastTail resamples (levels above 99%, as Holm's steps
/// ask for) says little: there the wider of both intervals is taken, end by end.
class SampledMean
{
public:
    static constexpr std::size_t kBootstrapLimit = 5'000;
    static constexpr std::size_t kResamples = 2'000;
    static constexpr std::uint64_t kSeed = 20'260'101;

    /// None for n = 0 and for values that are not finite.
    [[nodiscard]] static std::optional<SampledMean> of(std::span<const double> values, std::uint64_t seed = kSeed);

    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] double mean() const { return m_mean; }
    /// 0 for a single value.
    [[nodiscard]] double deviation() const { return m_deviation; }
    [[nodiscard]] double maxAbs() const { return m_maxAbs; }
    [[nodiscard]] MeanMethod method() const;
    /// None for n = 1, where nothing is known of the spread, and for a confidence outside of (0, 1). Equal values give
    /// an interval without width.
    [[nodiscard]] std::optional<Interval> interval(double confidence) const;
    /// The wider of both methods, end by end, for claims that must not be made too easily: with few values or few
    /// outliers among many zeros the bootstrap alone is too narrow, and in the tails that Holm's steps look at it has
    /// too few resamples (simulated, tst_compare_calibration). None as above.
    [[nodiscard]] std::optional<Interval> cautiousInterval(double confidence) const;

private:
    SampledMean() = default;
    void resample(std::span<const double> values, std::uint64_t seed);
    [[nodiscard]] Interval studentInterval(double confidence) const;

    std::size_t m_count = 0;
    double m_mean = 0.0;
    double m_deviation = 0.0;
    double m_maxAbs = 0.0;
    std::vector<double> m_resampled; // ascending means; empty above the limit and where all values are equal
};

} // namespace parallax::compare
