// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace parallax::compare {

/// Part of a count: `successes` of `n`. Fractions are allowed as in wilsonInterval.
struct CountedShare
{
    double successes = 0.0;
    std::int64_t n = 0;
};

/// Whether two disjoint groups of requests (a slice and the rest) have the same share, two-sided. Where every expected
/// count is 5 or more: the pooled score test (statsmodels proportions_ztest). Below: R. A. Fisher's exact test
/// (scipy.stats.fisher_exact), successes rounded to whole ones. Pure, any thread. None when a group is empty or its
/// successes are NaN or outside of [0, n]; p = 1 when all succeeded or none.
struct ShareTest
{
    double p = 1.0;
    bool isExact = false;
};
[[nodiscard]] std::optional<ShareTest> shareTest(const CountedShare &first, const CountedShare &second);

} // namespace parallax::compare
