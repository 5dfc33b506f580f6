// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What MirrorCollector makes of its counts.
#include "compare/errors.h"
#include "compare/mirrorcollector.h"
#include "compare/statistics.h"
#include "compare/verdict.h"

#include <cmath>

using namespace Qt::StringLiterals;
using parallax::traffic::DropReason;
using parallax::traffic::Outcome;

namespace parallax::compare {

namespace {

Range range(const std::optional<Interval> &interval)
{
    return interval ? Range{interval->low, interval->high} : Range{};
}

LatencySide latencySide(std::vector<double> values)
{
    LatencySide out;
    out.count = static_cast<qint64>(values.size());
    if (values.empty())
        return out;
    std::sort(values.begin(), values.end());
    out.mean = mean(values).value_or(kNoFigure);
    out.p50 = *quantileOfSorted(values, 0.5);
    out.p95 = *quantileOfSorted(values, 0.95);
    out.p99 = *quantileOfSorted(values, 0.99);
    out.p999 = *quantileOfSorted(values, 0.999);
    out.max = values.back();
    for (int percent = 0; percent <= 100; ++percent)
        out.percentiles.push_back(*quantileOfSorted(values, percent / 100.0));
    return out;
}

} // namespace

MirrorSummary MirrorCollector::summary(Detail detail, int looks) const
{
    MirrorSummary out;
    out.name = m_name;
    out.deployment = m_deployment;
    out.branch = m_branch;
    out.version = m_version;
    out.outcomes = m_outcomes;
    for (std::size_t i = 0; i < m_dropReasons.size(); ++i) {
        if (m_dropReasons[i] > 0)
            out.dropReasons.emplace_back(static_cast<DropReason>(i), m_dropReasons[i]);
    }
    summarizeShares(out);
    summarizeFields(out);
    summarizeLatency(out);
    summarizeNotes(out);
    out.worstPairs = m_worstDifferent;
    out.worstPairs.insert(out.worstPairs.end(), m_worstErrors.begin(), m_worstErrors.end());
    if (detail == Detail::Full) {
        summarizeValues(out);
        judgeVerdict(out, looks);
    }
    return out;
}

Share MirrorCollector::share(qint64 pairs, double units, qint64 requests) const
{
    Share out;
    out.pairs = m_outcomes.judged();
    out.n = requests;
    if (out.pairs > 0)
        out.rate = static_cast<double>(pairs) / static_cast<double>(out.pairs);
    const Range bounds = range(wilsonInterval(units, requests, out.confidence));
    out.low = bounds.low;
    out.high = bounds.high;
    return out;
}

void MirrorCollector::summarizeShares(MirrorSummary &out) const
{
    double agreeing = 0.0;
    double close = 0.0;
    for (const Unit &unit : m_units) {
        if (unit.pairs == 0)
            continue;
        ++out.distinctRequests;
        agreeing += static_cast<double>(unit.agreeing) / unit.pairs;
        close += static_cast<double>(unit.close) / unit.pairs;
    }
    out.agreement = share(m_outcomes.agreeing(), agreeing, out.distinctRequests);
    out.close = share(m_closePairs, close, out.distinctRequests);
}

void MirrorCollector::summarizeFields(MirrorSummary &out) const
{
    const auto compared = static_cast<double>(m_outcomes.judged());
    for (const quint64 key : m_fieldOrder) {
        FieldSummary field = m_fields.at(key).summary;
        if (compared > 0.0)
            field.share = static_cast<double>(field.pairs) / compared;
        out.fields.push_back(std::move(field));
    }
    std::stable_sort(out.fields.begin(), out.fields.end(),
                     [](const FieldSummary &a, const FieldSummary &b) { return a.pairs > b.pairs; });
    const std::vector<Rule> &rules = m_judge.rules().rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        out.rules.push_back(
            {static_cast<int>(i), describe(rules[i]), m_rules[i].hits, m_rules[i].hides, m_rules[i].suppresses});
    }
}

void MirrorCollector::summarizeValues(MirrorSummary &out) const
{
    const PathTable &paths = m_judge.differ().paths();
    for (const PathTable::Id id : m_seriesOrder) {
        const PathSeries &series = *m_series[id];
        const QString &path = paths.pattern(id);
        if (series.isNumeric()) {
            out.numeric.push_back(series.numbers.summary(path));
        } else if (series.integers.isLabel()) {
            out.labels.push_back(series.integers.summary(path));
        }
        if (series.words.isLabel())
            out.labels.push_back(series.words.summary(path));
        else if (series.words.isBeyond())
            out.texts.push_back(series.texts.summary(path));
        if (series.vectors.n() > 0)
            out.vectors.push_back(series.vectors.summary(path));
    }
}

void MirrorCollector::summarizeLatency(MirrorSummary &out) const
{
    out.latency.primary = latencySide(m_leftLatencies);
    out.latency.mirror = latencySide(m_rightLatencies);
    std::vector<double> differences;
    for (const Unit &unit : m_units) {
        if (unit.latencies > 0)
            differences.push_back(unit.latencySum / unit.latencies);
    }
    if (const auto median = medianEstimate(differences)) {
        out.latency.medianDifferenceMs = median->median;
        out.latency.ci = range(median->interval);
    }
}

void MirrorCollector::summarizeNotes(MirrorSummary &out) const
{
    const auto note = [&out](ErrorCode code, qint64 pairs) {
        if (pairs > 0)
            out.notes.push_back({code, {{u"pairs"_s, pairs}}, {}, {}});
    };
    note(kNoteOtherSpelling, m_otherSpelling);
    note(kNoteDuplicateKeys, m_duplicateKeys);
    note(kNoteNotFinite, m_notFinite);
    note(kNotePending, m_outcomes[Outcome::Pending]);
    if (out.distinctRequests < m_outcomes.judged())
        out.notes.push_back(
            {kNoteRepeated, {{u"pairs"_s, m_outcomes.judged()}, {u"requests"_s, out.distinctRequests}}, {}, {}});
    if (m_isPartial)
        out.notes.push_back({kNotePartial, {}, {}, {}});
}

void MirrorCollector::judgeVerdict(MirrorSummary &out, int looks) const
{
    const Rules &rules = m_judge.rules();
    VerdictInput input;
    input.requests = out.distinctRequests;
    for (const Unit &unit : m_units)
        input.closeRequests += unit.pairs > 0 ? static_cast<double>(unit.close) / unit.pairs : 0.0;
    input.margin = rules.margin;
    input.target = rules.target;
    input.pairs = m_outcomes.total();
    input.dropped = m_outcomes[Outcome::Dropped];
    input.looks = looks;
    std::vector<NumericSummary *> judged; // belonging to the input's fields
    std::size_t place = 0;
    for (const PathTable::Id id : m_seriesOrder) {
        if (!m_series[id]->isNumeric())
            continue;
        NumericSummary &summary = out.numeric[place++];
        if (auto sampled = SampledMean::of(m_series[id]->numbers.differences())) {
            summary.ci = range(sampled->interval(0.95));
            summary.method = toString(sampled->method());
            input.fields.push_back({summary.path, std::move(*sampled)});
            judged.push_back(&summary);
        }
    }
    Judgement judgement = verdict(input);
    for (std::size_t i = 0; i < judgement.fields.size() && rules.margin; ++i) {
        const FieldVerdict &field = judgement.fields[i];
        judged[i]->equivalence = Equivalence{*rules.margin, range(field.ci90), field.verdict};
    }
    out.verdict = judgement.verdict;
    out.reasons = std::move(judgement.reasons);
    out.furtherRequests = judgement.furtherRequestsNeeded;
    out.notes.insert(out.notes.begin(), judgement.cautions.begin(), judgement.cautions.end());
}

} // namespace parallax::compare
