// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/verdict.h"

#include "compare/errors.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr double kAlpha = 0.05;
constexpr std::size_t kMostFieldReasons = 5;
// A mean that sits on the margin but for the rounding of its differences is not inside of it.
constexpr double kMarginSlack = 1e-9;

/// One decimal, as people read shares; more only where `share` would otherwise look equal to `limit`.
double percent(double share, double limit)
{
    for (const double steps : {10.0, 100.0}) {
        const double rounded = std::round(share * 100 * steps) / steps;
        const double bound = std::round(limit * 100 * steps) / steps;
        if (rounded != bound || share == limit)
            return rounded;
    }
    return std::round(share * 1e5) / 1e3;
}

double readable(double value)
{
    return QString::number(value, 'g', 4).toDouble();
}

bool isPossible(const VerdictInput &input)
{
    const bool isCounted = input.requests == 0 ? input.closeRequests == 0.0
                                               : possibleSuccesses(input.closeRequests, input.requests).has_value();
    return isCounted && input.dropped >= 0 && input.dropped <= input.pairs && input.target > 0.0 &&
           input.target <= 1.0 && (!input.margin || (*input.margin >= 0.0 && std::isfinite(*input.margin)));
}

bool isJudged(const NumericField &field)
{
    return field.difference.count() >= static_cast<std::size_t>(kLeastRequests);
}

bool isInside(const Interval &interval, double margin)
{
    const double reach = margin * (1.0 - kMarginSlack);
    return interval.low > -reach && interval.high < reach;
}

bool isOutside(const Interval &interval, double margin)
{
    return interval.low > margin || interval.high < -margin;
}

bool isEquivalent(const NumericField &field, const std::optional<Interval> &ci90, double margin)
{
    if (field.difference.maxAbs() == 0.0)
        return true;
    if (!isJudged(field))
        return field.difference.maxAbs() <= margin;
    return ci90 && isInside(*ci90, margin);
}

// Holm's step-down with intervals: the fields left are looked at at 1 - alpha / left; those outside are different and
// leave, until none does.
void findDifferent(const VerdictInput &input, std::vector<FieldVerdict> &verdicts)
{
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < input.fields.size(); ++i) {
        if (isJudged(input.fields[i]))
            left.push_back(i);
    }
    for (std::size_t before = 0; before != left.size();) {
        before = left.size();
        const double confidence = holmConfidence(kAlpha, left.size(), 0);
        std::erase_if(left, [&](std::size_t i) {
            verdicts[i].adjusted = input.fields[i].difference.cautiousInterval(confidence);
            const bool isDifferent = verdicts[i].adjusted && isOutside(*verdicts[i].adjusted, *input.margin);
            if (isDifferent)
                verdicts[i].verdict = Verdict::Different;
            return isDifferent;
        });
    }
}

std::vector<FieldVerdict> judgeFields(const VerdictInput &input)
{
    std::vector<FieldVerdict> verdicts;
    if (!input.margin)
        return verdicts;
    for (const NumericField &field : input.fields) {
        FieldVerdict &verdict = verdicts.emplace_back();
        verdict.path = field.path;
        verdict.ci90 = field.difference.interval(0.90);
        if (isEquivalent(field, verdict.ci90, *input.margin))
            verdict.verdict = Verdict::Equivalent;
    }
    findDifferent(input, verdicts);
    return verdicts;
}

void addShareReason(Judgement &judgement, const VerdictInput &input)
{
    const Interval &close = *judgement.close;
    const ErrorCode code = close.low >= input.target   ? kVerdictCloseEnough
                           : close.high < input.target ? kVerdictNotClose
                                                       : kVerdictCloseUndecided;
    judgement.reasons.push_back({code,
                                 {{u"rate"_s, percent(*judgement.closeRate, input.target)},
                                  {u"low"_s, percent(close.low, input.target)},
                                  {u"high"_s, percent(close.high, input.target)},
                                  {u"target"_s, percent(input.target, input.target)},
                                  {u"requests"_s, static_cast<qint64>(input.requests)}},
                                 {},
                                 {}});
}

Error fieldReason(const VerdictInput &input, std::size_t index, const FieldVerdict &verdict)
{
    const SampledMean &difference = input.fields[index].difference;
    QVariantMap args{{u"path"_s, verdict.path},
                     {u"mean"_s, readable(difference.mean())},
                     {u"margin"_s, readable(*input.margin)},
                     {u"requests"_s, static_cast<qint64>(difference.count())}};
    if (!isJudged(input.fields[index])) {
        args.insert(u"least"_s, static_cast<qint64>(kLeastRequests));
        args.insert(u"worst"_s, readable(difference.maxAbs()));
        return {kVerdictFieldRare, args, {}, {}};
    }
    const bool isDifferent = verdict.verdict == Verdict::Different;
    const Interval interval = (isDifferent ? verdict.adjusted : verdict.ci90).value_or(Interval{});
    args.insert(u"low"_s, readable(interval.low));
    args.insert(u"high"_s, readable(interval.high));
    return {isDifferent ? kVerdictFieldDiffers : kVerdictFieldUndecided, args, {}, {}};
}

// Those that differ, then those undecided, the furthest from zero first within each; the rest as a number.
void addFieldReasons(Judgement &judgement, const VerdictInput &input)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < judgement.fields.size(); ++i) {
        if (judgement.fields[i].verdict != Verdict::Equivalent)
            order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const bool first = judgement.fields[a].verdict == Verdict::Different;
        const bool second = judgement.fields[b].verdict == Verdict::Different;
        const double meanA = std::abs(input.fields[a].difference.mean());
        const double meanB = std::abs(input.fields[b].difference.mean());
        return first != second ? first : meanA > meanB;
    });
    for (std::size_t i = 0; i < std::min(order.size(), kMostFieldReasons); ++i)
        judgement.reasons.push_back(fieldReason(input, order[i], judgement.fields[order[i]]));
    if (order.size() > kMostFieldReasons)
        judgement.reasons.push_back(
            {kVerdictMoreFields, {{u"count"_s, static_cast<qint64>(order.size() - kMostFieldReasons)}}, {}, {}});
    if (order.empty() && !judgement.fields.empty())
        judgement.reasons.push_back(
            {kVerdictMeansInside,
             {{u"count"_s, static_cast<qint64>(judgement.fields.size())}, {u"margin"_s, readable(*input.margin)}},
             {},
             {}});
}

// Requests of the field at which an interval that is `half` wide on the side of the margin now would clear it, widths
// shrinking with the root of n.
double fieldRequests(const NumericField &field, double half, double distance)
{
    const double ratio = half / distance;
    return static_cast<double>(field.difference.count()) * ratio * ratio;
}

// All distinct requests after which one of the conditions of `different` would hold, or infinity.
double requestsUntilDifferent(const VerdictInput &input, const Judgement &judgement, double rate)
{
    double needed = std::numeric_limits<double>::infinity();
    if (rate < input.target)
        needed = requestsToSettleShare(rate, input.target).value_or(needed);
    for (std::size_t i = 0; i < judgement.fields.size(); ++i) {
        const NumericField &field = input.fields[i];
        const FieldVerdict &verdict = judgement.fields[i];
        const double beyond = std::abs(field.difference.mean()) - *input.margin;
        if (beyond <= 0.0 || !verdict.adjusted)
            continue;
        const double half = field.difference.mean() > 0.0 ? field.difference.mean() - verdict.adjusted->low
                                                          : verdict.adjusted->high - field.difference.mean();
        const double perField = static_cast<double>(input.requests) / static_cast<double>(field.difference.count());
        needed = std::min(needed, fieldRequests(field, half, beyond) * perField);
    }
    return needed;
}

// All distinct requests after which every condition of `equivalent` would hold, or infinity.
double requestsUntilEquivalent(const VerdictInput &input, const Judgement &judgement, double rate)
{
    const double never = std::numeric_limits<double>::infinity();
    if (rate <= input.target)
        return never;
    double needed = requestsToSettleShare(rate, input.target).value_or(never);
    for (std::size_t i = 0; i < judgement.fields.size(); ++i) {
        if (judgement.fields[i].verdict == Verdict::Equivalent)
            continue;
        const NumericField &field = input.fields[i];
        const std::optional<Interval> &ci90 = judgement.fields[i].ci90;
        const double room = *input.margin - std::abs(field.difference.mean());
        if (room <= 0.0 || !ci90)
            return never;
        const double half = std::max(ci90->high - field.difference.mean(), field.difference.mean() - ci90->low);
        const double perField = static_cast<double>(input.requests) / static_cast<double>(field.difference.count());
        const auto least = static_cast<double>(kLeastRequests);
        needed = std::max(needed, std::max(fieldRequests(field, half, room), least) * perField);
    }
    return needed;
}

// Without any request yet the least number is given: that of a mirror which is always close.
void estimateFurther(Judgement &judgement, const VerdictInput &input)
{
    const double rate = judgement.closeRate.value_or(1.0);
    const double needed = std::max(
        std::min(requestsUntilDifferent(input, judgement, rate), requestsUntilEquivalent(input, judgement, rate)),
        static_cast<double>(kLeastRequests));
    const double further = std::max(std::ceil(needed) - static_cast<double>(input.requests), 1.0);
    if (further > static_cast<double>(kMostFurtherRequests)) {
        judgement.reasons.push_back({kVerdictMoreWillNotDo, {}, {}, {}});
        return;
    }
    judgement.furtherRequestsNeeded = static_cast<std::int64_t>(further);
    judgement.reasons.push_back({kVerdictMoreNeeded, {{u"requests"_s, static_cast<qint64>(further)}}, {}, {}});
}

Verdict decide(const Judgement &judgement, double target)
{
    const auto has = [](Verdict wanted) {
        return [wanted](const FieldVerdict &field) { return field.verdict == wanted; };
    };
    if (judgement.close->high < target || std::ranges::any_of(judgement.fields, has(Verdict::Different)))
        return Verdict::Different;
    if (judgement.close->low >= target && std::ranges::all_of(judgement.fields, has(Verdict::Equivalent)))
        return Verdict::Equivalent;
    return Verdict::Inconclusive;
}

} // namespace

Judgement verdict(const VerdictInput &input)
{
    Judgement judgement;
    if (!isPossible(input)) {
        judgement.reasons.push_back({kVerdictImpossible, {}, {}, {}});
        return judgement;
    }
    judgement.close = wilsonInterval(input.closeRequests, input.requests);
    if (judgement.close)
        judgement.closeRate =
            *possibleSuccesses(input.closeRequests, input.requests) / static_cast<double>(input.requests);
    judgement.fields = judgeFields(input);
    if (input.looks > 1)
        judgement.cautions.push_back({kVerdictPeeked, {{u"looks"_s, input.looks}}, {}, {}});
    const double droppedShare =
        input.pairs == 0 ? 0.0 : static_cast<double>(input.dropped) / static_cast<double>(input.pairs);
    if (droppedShare > kMostDropped) {
        judgement.reasons.push_back({kVerdictDropped,
                                     {{u"dropped"_s, static_cast<qint64>(input.dropped)},
                                      {u"pairs"_s, static_cast<qint64>(input.pairs)},
                                      {u"share"_s, percent(droppedShare, kMostDropped)},
                                      {u"limit"_s, percent(kMostDropped, kMostDropped)}},
                                     {},
                                     {}});
        return judgement;
    }
    if (input.requests < kLeastRequests) {
        judgement.reasons.push_back(
            {kVerdictTooFew,
             {{u"requests"_s, static_cast<qint64>(input.requests)}, {u"least"_s, static_cast<qint64>(kLeastRequests)}},
             {},
             {}});
        estimateFurther(judgement, input);
        return judgement;
    }
    judgement.verdict = decide(judgement, input.target);
    addShareReason(judgement, input);
    addFieldReasons(judgement, input);
    if (judgement.verdict == Verdict::Inconclusive)
        estimateFurther(judgement, input);
    return judgement;
}

} // namespace parallax::compare
