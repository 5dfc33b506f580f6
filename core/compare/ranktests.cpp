// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/ranktests.h"

#include "compare/distributions.h"
#include "compare/intervals.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parallax::compare {

namespace {

std::vector<std::size_t> ascendingOrder(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [values](std::size_t i) { return values[i]; });
    return order;
}

bool arePairable(std::span<const double> x, std::span<const double> y)
{
    return x.size() == y.size() && x.size() >= 2 && areFinite(x) && areFinite(y);
}

bool isConstant(std::span<const double> values)
{
    return std::ranges::all_of(values, [first = values.front()](double value) { return value == first; });
}

// Given the ranks every pattern of signs is equally likely. The ranks of the non-zero differences are `zeros` plus
// their ranks among themselves, so a pattern's rank sum is zeros * (positives) + (their own rank sum): counting
// patterns by these two keeps the table small however many zeros there are. Own ranks are doubled to be whole.
struct ExactTails
{
    double atLeast = 0.0;
    double atMost = 0.0;
};

ExactTails exactTails(std::span<const std::int64_t> doubledRanks, std::int64_t zeros, std::int64_t doubledRankSum)
{
    const std::size_t n = doubledRanks.size();
    const auto width = static_cast<std::size_t>(n * (n + 1)) + 1;
    std::vector<double> patterns((n + 1) * width, 0.0);
    patterns[0] = 1.0;
    for (std::size_t used = 0; used < n; ++used) {
        const auto rank = static_cast<std::size_t>(doubledRanks[used]);
        for (std::size_t positives = used + 1; positives-- > 0;) {
            for (std::size_t sum = 0; sum + rank < width; ++sum)
                patterns[(positives + 1) * width + sum + rank] += patterns[positives * width + sum];
        }
    }
    ExactTails tails;
    for (std::size_t positives = 0; positives <= n; ++positives) {
        for (std::size_t sum = 0; sum < width; ++sum) {
            const std::int64_t total =
                2 * zeros * static_cast<std::int64_t>(positives) + static_cast<std::int64_t>(sum);
            const double count = patterns[positives * width + sum];
            tails.atLeast += total >= doubledRankSum ? count : 0.0;
            tails.atMost += total <= doubledRankSum ? count : 0.0;
        }
    }
    const double all = std::ldexp(1.0, static_cast<int>(n));
    return {tails.atLeast / all, tails.atMost / all};
}

double chosenP(double atLeast, double atMost, Alternative alternative)
{
    switch (alternative) {
    case Alternative::Greater:
        return atLeast;
    case Alternative::Less:
        return atMost;
    case Alternative::TwoSided:
        break;
    }
    return std::min(1.0, 2.0 * std::min(atLeast, atMost));
}

// Pairs (i < j) with y[i] > y[j], by merge sort; y is sorted afterwards.
std::int64_t sortCountingInversions(std::span<double> y, std::span<double> scratch)
{
    if (y.size() < 2)
        return 0;
    const std::size_t half = y.size() / 2;
    std::int64_t inversions = sortCountingInversions(y.first(half), scratch.first(half)) +
                              sortCountingInversions(y.subspan(half), scratch.subspan(half));
    std::size_t left = 0;
    std::size_t right = half;
    for (double &out : scratch) {
        const bool takeLeft = right == y.size() || (left < half && y[left] <= y[right]);
        if (!takeLeft)
            inversions += static_cast<std::int64_t>(half - left);
        out = takeLeft ? y[left++] : y[right++];
    }
    std::ranges::copy(scratch, y.begin());
    return inversions;
}

// Number of pairs within runs of equal neighbours.
template<class IsSame>
std::int64_t pairsWithinRuns(std::size_t n, IsSame isSame)
{
    std::int64_t pairs = 0;
    std::int64_t run = 0;
    for (std::size_t i = 1; i < n; ++i) {
        run = isSame(i - 1, i) ? run + 1 : 0;
        pairs += run;
    }
    return pairs;
}

} // namespace

std::vector<double> midRanks(std::span<const double> values)
{
    const std::vector<std::size_t> order = ascendingOrder(values);
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        const double shared = static_cast<double>(first + 1 + end) / 2.0;
        for (; first < end; ++first)
            ranks[order[first]] = shared;
    }
    return ranks;
}

std::optional<SignedRankTest> wilcoxonSignedRank(std::span<const double> differences, Alternative alternative)
{
    if (differences.empty() || !areFinite(differences))
        return std::nullopt;
    std::vector<double> sizes;
    std::vector<bool> isPositive;
    for (const double difference : differences) {
        if (difference == 0.0)
            continue;
        sizes.push_back(std::abs(difference));
        isPositive.push_back(difference > 0.0);
    }
    SignedRankTest test;
    test.nonZero = sizes.size();
    if (sizes.empty())
        return test;
    const std::vector<double> own = midRanks(sizes);
    const auto zeros = static_cast<double>(differences.size() - sizes.size());
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < own.size(); ++i) {
        const double rank = zeros + own[i];
        test.rankSum += isPositive[i] ? rank : 0.0;
        sum += rank;
        squares += rank * rank;
    }
    test.isExact = sizes.size() < kExactBelow;
    if (test.isExact) {
        std::vector<std::int64_t> doubled;
        doubled.reserve(own.size());
        for (const double rank : own)
            doubled.push_back(std::llround(2.0 * rank));
        const ExactTails tails = exactTails(doubled, std::llround(zeros), std::llround(2.0 * test.rankSum));
        test.p = chosenP(tails.atLeast, tails.atMost, alternative);
    } else {
        // Half of the sum and a quarter of the squares are Cureton's mean and variance with the tie correction in.
        const double z = (test.rankSum - sum / 2.0) / std::sqrt(squares / 4.0);
        test.p = chosenP(normalCdf(-z), normalCdf(z), alternative);
    }
    return test;
}

std::optional<double> pearsonCorrelation(std::span<const double> x, std::span<const double> y)
{
    if (!arePairable(x, y) || isConstant(x) || isConstant(y))
        return std::nullopt;
    const std::optional<double> meanX = mean(x);
    const std::optional<double> meanY = mean(y);
    if (!meanX || !meanY)
        return std::nullopt;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double dx = x[i] - *meanX;
        const double dy = y[i] - *meanY;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    const double r = xy / (std::sqrt(xx) * std::sqrt(yy));
    return std::isfinite(r) ? std::optional(std::clamp(r, -1.0, 1.0)) : std::nullopt;
}

std::optional<double> spearmanCorrelation(std::span<const double> x, std::span<const double> y)
{
    if (!arePairable(x, y))
        return std::nullopt;
    return pearsonCorrelation(midRanks(x), midRanks(y));
}

std::optional<double> kendallTau(std::span<const double> x, std::span<const double> y)
{
    if (!arePairable(x, y))
        return std::nullopt;
    const std::size_t n = x.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [x, y](std::size_t a, std::size_t b) { return x[a] != x[b] ? x[a] < x[b] : y[a] < y[b]; });
    const auto sameX = [&](std::size_t a, std::size_t b) { return x[order[a]] == x[order[b]]; };
    const std::int64_t tiedX = pairsWithinRuns(n, sameX);
    const std::int64_t tiedBoth =
        pairsWithinRuns(n, [&](std::size_t a, std::size_t b) { return sameX(a, b) && y[order[a]] == y[order[b]]; });
    std::vector<double> byX;
    byX.reserve(n);
    for (const std::size_t i : order)
        byX.push_back(y[i]);
    std::vector<double> scratch(n);
    const std::int64_t discordant = sortCountingInversions(byX, scratch);
    const std::int64_t tiedY = pairsWithinRuns(n, [&](std::size_t a, std::size_t b) { return byX[a] == byX[b]; });
    const auto pairs = static_cast<std::int64_t>(n) * (static_cast<std::int64_t>(n) - 1) / 2;
    if (tiedX == pairs || tiedY == pairs)
        return std::nullopt;
    const auto excess = static_cast<double>(pairs - tiedX - tiedY + tiedBoth - 2 * discordant);
    const double scale = std::sqrt(static_cast<double>(pairs - tiedX)) * std::sqrt(static_cast<double>(pairs - tiedY));
    return std::clamp(excess / scale, -1.0, 1.0);
}

} // namespace parallax::compare
