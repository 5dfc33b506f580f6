// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/schedule.h"

#include "replay/errors.h"
#include "replay/hash.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr qint64 kSecond = 1'000'000'000;

Nanoseconds fromSeconds(long double seconds)
{
    return Nanoseconds(std::llroundl(seconds * kSecond));
}

/// Fills the holes of `times`: evenly between the neighbours that have one; before the first and after the last at the
/// mean distance of those that have.
std::vector<qint64> filledIn(std::span<const std::optional<WallTime>> times, qint64 &missing)
{
    std::vector<qint64> known(times.size());
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (times[i]) {
            known[i] = times[i]->time_since_epoch().count();
            at.push_back(i);
        }
    }
    missing = static_cast<qint64>(times.size() - at.size());
    if (missing == 0 || at.empty())
        return known;
    qint64 mean = 0;
    if (at.back() > at.front()) {
        const auto steps = static_cast<qint64>(at.back() - at.front());
        mean = std::max<qint64>(0, (known[at.back()] - known[at.front()]) / steps);
    }
    for (std::size_t i = 0; i < at.front(); ++i)
        known[i] = known[at.front()] - mean * static_cast<qint64>(at.front() - i);
    for (std::size_t i = at.back() + 1; i < times.size(); ++i)
        known[i] = known[at.back()] + mean * static_cast<qint64>(i - at.back());
    for (std::size_t k = 0; k + 1 < at.size(); ++k) {
        const std::size_t from = at[k];
        const std::size_t to = at[k + 1];
        const long double step =
            static_cast<long double>(known[to] - known[from]) / static_cast<long double>(to - from);
        for (std::size_t i = from + 1; i < to; ++i)
            known[i] = known[from] + std::llroundl(step * static_cast<long double>(i - from));
    }
    return known;
}

/// Whole seconds with several records in one: the recorder had no finer clock (SageMaker), so they are spread over it.
bool spreadWithinSeconds(std::vector<qint64> &sorted)
{
    bool hasTwins = false;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i] % kSecond != 0)
            return false;
        hasTwins = hasTwins || (i > 0 && sorted[i] == sorted[i - 1]);
    }
    if (!hasTwins)
        return false;
    for (std::size_t i = 0; i < sorted.size();) {
        std::size_t end = i;
        while (end < sorted.size() && sorted[end] == sorted[i])
            ++end;
        const auto n = static_cast<qint64>(end - i);
        for (std::size_t k = i + 1; k < end; ++k)
            sorted[k] += kSecond * static_cast<qint64>(k - i) / n;
        i = end;
    }
    return true;
}

void placeOffsets(Timeline &timeline, const std::vector<qint64> &sorted, const Pace &pace)
{
    timeline.offsets.reserve(sorted.size());
    Nanoseconds previous{0};
    for (const qint64 time : sorted) {
        const auto scaled = static_cast<long double>(time - sorted.front()) / static_cast<long double>(pace.factor);
        const Nanoseconds uncut(std::llroundl(scaled));
        const Nanoseconds gap = uncut - timeline.cut - previous;
        timeline.longestGap = std::max(timeline.longestGap, gap);
        if (pace.maxGap && gap > *pace.maxGap) {
            timeline.cut += gap - *pace.maxGap;
            ++timeline.gapsCut;
        }
        previous = uncut - timeline.cut;
        timeline.offsets.push_back(previous);
    }
    timeline.span = previous;
    const auto gaps = static_cast<qint64>(sorted.size()) - 1;
    timeline.period =
        timeline.span + (gaps > 0 ? Nanoseconds(timeline.span.count() / gaps) : fromSeconds(1.0L / pace.factor));
}

} // namespace

std::vector<Finding> Timeline::findings() const
{
    std::vector<Finding> found;
    const auto add = [&found](Severity severity, ErrorCode code, QVariantMap args) {
        found.push_back({severity, Error{code, std::move(args), {}, {}}});
    };
    if (withoutTime > 0)
        add(Severity::Warning, kSomeTimesMissing, {{u"count"_s, withoutTime}});
    if (outOfOrder > 0)
        add(Severity::Info, kTimesUnsorted, {{u"count"_s, outOfOrder}});
    if (isCoarse)
        add(Severity::Info, kTimesCoarse, {});
    if (gapsCut > 0)
        add(Severity::Info, kGapsCut,
            {{u"count"_s, gapsCut},
             {u"seconds"_s, QString::number(toMilliseconds(cut) / 1e3, 'f', 1)},
             {u"longest"_s, QString::number(toMilliseconds(longestGap) / 1e3, 'f', 1)}});
    return found;
}

Result<Timeline> makeTimeline(std::span<const std::optional<WallTime>> times, const Pace &pace)
{
    Timeline timeline;
    if (times.empty())
        return timeline;
    const std::vector<qint64> known = filledIn(times, timeline.withoutTime);
    if (timeline.withoutTime == static_cast<qint64>(times.size()))
        return fail(kNoTimes);
    timeline.order.resize(known.size());
    std::iota(timeline.order.begin(), timeline.order.end(), 0U);
    qint64 latest = known.front();
    for (const qint64 time : known) {
        timeline.outOfOrder += time < latest ? 1 : 0;
        latest = std::max(latest, time);
    }
    if (timeline.outOfOrder > 0)
        std::ranges::stable_sort(timeline.order, {}, [&known](quint32 i) { return known[i]; });
    std::vector<qint64> sorted(known.size());
    std::ranges::transform(timeline.order, sorted.begin(), [&known](quint32 i) { return known[i]; });
    timeline.isCoarse = spreadWithinSeconds(sorted);
    placeOffsets(timeline, sorted, pace);
    return timeline;
}

qint64 rampRequests(const Pace &ramp)
{
    const long double seconds = static_cast<long double>(ramp.over.count()) / kSecond;
    // A hair of tolerance: 10..500/s over 60 s are 15,300, not 15,299.99999.
    return static_cast<qint64>(std::floor((ramp.rate + ramp.rateEnd) / 2.0L * seconds + 1e-9L));
}

Schedule::Schedule(const Pace &pace, std::shared_ptr<const Timeline> timeline, quint64 seed)
    : m_pace(pace)
    , m_timeline(std::move(timeline))
    , m_random(seed)
{}

std::optional<Nanoseconds> Schedule::due(qint64 index)
{
    switch (m_pace.kind) {
    case PaceKind::Closed:
    case PaceKind::Step:
        return std::nullopt;
    case PaceKind::Rate:
        return m_pace.isPoisson ? poissonDue(index) : fromSeconds(static_cast<long double>(index) / m_pace.rate);
    case PaceKind::Ramp: {
        // Requests sent until t: N(t) = a t + k t^2 / 2 with k = (b - a) / T; solved for t in the form that keeps its
        // digits when k is small.
        const long double seconds = static_cast<long double>(m_pace.over.count()) / kSecond;
        const long double a = m_pace.rate;
        const long double b = m_pace.rateEnd;
        const long double area = (a + b) / 2 * seconds;
        const auto n = static_cast<long double>(index);
        if (n >= area)
            return fromSeconds(seconds + (n - area) / b);
        const long double k = (b - a) / seconds;
        return fromSeconds(2 * n / (a + std::sqrt(std::max(0.0L, a * a + 2 * k * n))));
    }
    case PaceKind::Recorded: {
        const auto size = static_cast<qint64>(m_timeline ? m_timeline->offsets.size() : 0);
        if (size == 0)
            return std::nullopt;
        return m_timeline->period * (index / size) + m_timeline->offsets[static_cast<std::size_t>(index % size)];
    }
    }
    return std::nullopt;
}

Nanoseconds Schedule::poissonDue(qint64 index)
{
    Q_ASSERT(index >= m_poissonIndex);
    while (m_poissonIndex < index) {
        m_random += kGoldenRatio;
        // (0, 1]: the logarithm of 0 would be an endless gap.
        const long double uniform = (static_cast<long double>(mixed(m_random) >> 11) + 1.0L) / 9007199254740992.0L;
        m_poissonSeconds += -std::log(uniform) / m_pace.rate;
        ++m_poissonIndex;
    }
    return fromSeconds(m_poissonSeconds);
}

} // namespace parallax::replay
