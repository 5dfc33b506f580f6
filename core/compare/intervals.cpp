// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/intervals.h"

#include "compare/distributions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parallax::compare {

namespace {

bool isConfidence(double confidence)
{
    return confidence > 0.0 && confidence < 1.0;
}

double count(std::span<const double> values)
{
    return static_cast<double>(values.size());
}

} // namespace

bool areFinite(std::span<const double> values)
{
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

std::optional<double> possibleSuccesses(double successes, std::int64_t n)
{
    constexpr double kRounding = 1e-9;
    const auto trials = static_cast<double>(n);
    if (n <= 0 || !(successes >= -kRounding * trials && successes <= trials * (1.0 + kRounding)))
        return std::nullopt;
    return std::clamp(successes, 0.0, trials);
}

std::optional<Interval> wilsonInterval(double successes, std::int64_t n, double confidence)
{
    const std::optional<double> possible = possibleSuccesses(successes, n);
    if (!possible || !isConfidence(confidence))
        return std::nullopt;
    successes = *possible;
    const auto trials = static_cast<double>(n);
    const double z = normalQuantile(0.5 + confidence / 2.0);
    const double rate = successes / trials;
    const double z2 = z * z;
    const double centre = (successes + z2 / 2.0) / (trials + z2);
    const double half = z / (trials + z2) * std::sqrt(trials * rate * (1.0 - rate) + z2 / 4.0);
    Interval interval{std::clamp(centre - half, 0.0, 1.0), std::clamp(centre + half, 0.0, 1.0), confidence};
    if (successes <= 0.0)
        interval.low = 0.0;
    if (successes >= trials)
        interval.high = 1.0;
    return interval;
}

std::optional<double> mean(std::span<const double> values)
{
    if (values.empty() || !areFinite(values))
        return std::nullopt;
    // Around the first value, then once more around the result: equal values give themselves, and an offset stays out
    // of the sums. Divided before adding, so that it cannot overflow.
    double centre = values.front();
    for (int pass = 0; pass < 2; ++pass) {
        double rest = 0.0;
        for (const double value : values)
            rest += (value - centre) / count(values);
        centre += rest;
    }
    return std::isfinite(centre) ? std::optional(centre) : std::nullopt;
}

std::optional<double> sampleDeviation(std::span<const double> values)
{
    const std::optional<double> centre = mean(values);
    if (!centre || values.size() < 2)
        return std::nullopt;
    double squares = 0.0;
    for (const double value : values)
        squares += (value - *centre) * (value - *centre);
    const double deviation = std::sqrt(squares / (count(values) - 1.0));
    return std::isfinite(deviation) ? std::optional(deviation) : std::nullopt;
}

std::optional<LimitsOfAgreement> limitsOfAgreement(std::span<const double> differences)
{
    const std::optional<double> deviation = sampleDeviation(differences);
    if (!deviation)
        return std::nullopt;
    const double centre = *mean(differences);
    return LimitsOfAgreement{centre - 1.96 * *deviation, centre + 1.96 * *deviation};
}

std::optional<double> quantileOfSorted(std::span<const double> ascending, double share)
{
    if (ascending.empty() || !(share >= 0.0 && share <= 1.0))
        return std::nullopt;
    const double place = share * (count(ascending) - 1.0);
    const auto below = std::min(static_cast<std::size_t>(place), ascending.size() - 1);
    const std::size_t above = std::min(below + 1, ascending.size() - 1);
    return std::lerp(ascending[below], ascending[above], place - static_cast<double>(below));
}

std::optional<double> quantile(std::span<const double> values, double share)
{
    if (!areFinite(values))
        return std::nullopt;
    std::vector<double> ascending(values.begin(), values.end());
    std::ranges::sort(ascending);
    return quantileOfSorted(ascending, share);
}

std::optional<MedianEstimate> medianEstimate(std::span<const double> values, double confidence)
{
    if (values.empty() || !areFinite(values) || !isConfidence(confidence))
        return std::nullopt;
    std::vector<double> ascending(values.begin(), values.end());
    std::ranges::sort(ascending);
    MedianEstimate estimate{*quantileOfSorted(ascending, 0.5), std::nullopt};
    // The k-th from either end cover the median with 1 - 2 P(X <= k - 1): the largest k that still does so enough.
    const auto n = static_cast<std::int64_t>(values.size());
    const double tail = (1.0 - confidence) / 2.0;
    std::int64_t good = 0;
    std::int64_t bad = n / 2 + 1;
    while (bad - good > 1) {
        const std::int64_t middle = good + (bad - good) / 2;
        (fairBinomialCdf(middle - 1, n) <= tail ? good : bad) = middle;
    }
    if (good >= 1) {
        const auto rank = static_cast<std::size_t>(good);
        estimate.interval = Interval{ascending[rank - 1], ascending[ascending.size() - rank], confidence};
    }
    return estimate;
}

std::vector<double> holmAdjusted(std::span<const double> pValues)
{
    if (!std::ranges::all_of(pValues, [](double p) { return p >= 0.0 && p <= 1.0; }))
        return {};
    std::vector<std::size_t> order(pValues.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [pValues](std::size_t i) { return pValues[i]; });
    std::vector<double> adjusted(pValues.size());
    double largest = 0.0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double p = pValues[order[rank]] * static_cast<double>(order.size() - rank);
        largest = std::max(largest, std::min(p, 1.0));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

double holmConfidence(double alpha, std::size_t count, std::size_t rank)
{
    return rank < count ? 1.0 - alpha / static_cast<double>(count - rank) : 1.0 - alpha;
}

std::optional<double> requestsToSettleShare(double rate, double target, double confidence)
{
    if (!(rate >= 0.0 && rate <= 1.0) || !(target > 0.0 && target < 1.0) || !isConfidence(confidence) || rate == target)
        return std::nullopt;
    const double z = normalQuantile(0.5 + confidence / 2.0);
    return z * z * target * (1.0 - target) / ((rate - target) * (rate - target));
}

} // namespace parallax::compare
