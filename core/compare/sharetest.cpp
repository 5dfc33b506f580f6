// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sharetest.h"

#include "compare/distributions.h"
#include "compare/intervals.h"

#include <algorithm>
#include <cmath>

namespace parallax::compare {

namespace {

constexpr double kLeastExpected = 5.0;
// Tables as likely as the one seen count as extreme, whatever the rounding of their logarithms (as R's fisher.test).
constexpr double kTie = 1.0 + 1e-7;

double logChoose(std::int64_t n, std::int64_t k)
{
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

double fisherP(const CountedShare &a, const CountedShare &b)
{
    const std::int64_t inA = std::llround(a.successes);
    const std::int64_t successes = inA + std::llround(b.successes);
    const double all = logChoose(a.n + b.n, successes);
    const auto chance = [&](std::int64_t k) {
        return std::exp(logChoose(a.n, k) + logChoose(b.n, successes - k) - all);
    };
    const double seen = chance(inA) * kTie;
    double p = 0.0;
    for (std::int64_t k = std::max<std::int64_t>(0, successes - b.n); k <= std::min(a.n, successes); ++k) {
        const double each = chance(k);
        p += each <= seen ? each : 0.0;
    }
    return std::min(p, 1.0);
}

} // namespace

std::optional<ShareTest> shareTest(const CountedShare &first, const CountedShare &second)
{
    const std::optional<double> inFirst = possibleSuccesses(first.successes, first.n);
    const std::optional<double> inSecond = possibleSuccesses(second.successes, second.n);
    if (!inFirst || !inSecond)
        return std::nullopt;
    const CountedShare a{*inFirst, first.n};
    const CountedShare b{*inSecond, second.n};
    const auto sizeA = static_cast<double>(a.n);
    const auto sizeB = static_cast<double>(b.n);
    const double pooled = (a.successes + b.successes) / (sizeA + sizeB);
    if (pooled <= 0.0 || pooled >= 1.0)
        return ShareTest{};
    ShareTest test;
    test.isExact = std::min(sizeA, sizeB) * std::min(pooled, 1.0 - pooled) < kLeastExpected;
    if (test.isExact) {
        test.p = fisherP(a, b);
    } else {
        const double error = std::sqrt(pooled * (1.0 - pooled) * (1.0 / sizeA + 1.0 / sizeB));
        test.p = 2.0 * normalCdf(-std::abs(a.successes / sizeA - b.successes / sizeB) / error);
    }
    return test;
}

} // namespace parallax::compare
