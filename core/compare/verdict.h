// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict of docs/contract 7: does the mirror answer like the primary, or not, or can it not be said yet.
// A pure function of counts and mean differences; any thread. Words are made from the codes by ui/wording.
#pragma once

#include "compare/comparison.h"
#include "compare/sampledmean.h"

#include <QString>

#include <vector>

namespace parallax::compare {

inline constexpr double kDefaultTarget = 0.99;
inline constexpr std::int64_t kLeastRequests = 30;
inline constexpr double kMostDropped = 0.05;
/// Estimates beyond this many further requests are not given.
inline constexpr std::int64_t kMostFurtherRequests = 1'000'000;

/// One numeric field: the differences mirror - primary, one per distinct request that has it on both sides (the mean of
/// the differences of its pairs and places), zeros included.
struct NumericField
{
    QString path;
    SampledMean difference;
};

struct VerdictInput
{
    /// Distinct requests in agreement's denominator (all outcomes but dropped, primary-error and not-comparable).
    std::int64_t requests = 0;
    /// Sum over them of the share of their pairs that are close.
    double closeRequests = 0.0;
    std::vector<NumericField> fields;
    /// None: close is equal or equal by rule, and means are not judged.
    std::optional<double> margin;
    double target = kDefaultTarget;
    std::int64_t pairs = 0;   ///< of every outcome
    std::int64_t dropped = 0; ///< of these
    /// How often a verdict was looked at while the same run grew, this time included.
    int looks = 1;
};

/// How one field's mean difference stands to the margin. `ci90` is the interval of the two one-sided tests (D. J.
/// Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987): strictly inside +-margin = equivalent. `adjusted` is the 95%
/// interval at its Holm step, the wider of bootstrap and t: wholly outside = different. A field in fewer than
/// kLeastRequests requests is never different by itself, and equivalent only when no difference exceeds the margin.
/// Intervals are missing for n = 1.
struct FieldVerdict
{
    QString path;
    Verdict verdict = Verdict::Inconclusive;
    std::optional<Interval> ci90;
    std::optional<Interval> adjusted;
};

struct Judgement
{
    Verdict verdict = Verdict::Inconclusive;
    std::optional<double> closeRate;
    std::optional<Interval> close;    ///< 95%, Wilson
    std::vector<FieldVerdict> fields; ///< in the order of the input; empty without margin
    /// Why, the deciding ones first. Figures in the arguments are rounded for reading.
    std::vector<Error> reasons;
    /// What to beware of: peeking.
    std::vector<Error> cautions;
    /// About how many more distinct requests would decide it at the present rates. None when it is decided, when more
    /// of them would not decide it, or beyond kMostFurtherRequests.
    std::optional<std::int64_t> furtherRequestsNeeded;
};

/// `equivalent`: the low end of the close share reaches the target and every field's mean is equivalent. `different`:
/// the high end is below the target, or a field's mean is different. Else, and always below kLeastRequests or above
/// kMostDropped, `inconclusive`. Impossible counts (negative, more close than there are, target outside of (0, 1],
/// margin negative or NaN) are inconclusive, with their own reason.
[[nodiscard]] Judgement verdict(const VerdictInput &input);

} // namespace parallax::compare
