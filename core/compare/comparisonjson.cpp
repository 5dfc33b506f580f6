// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Comparison as the JSON object of contract 7. What goes beyond the contract's example are added keys.
#include "compare/comparison.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

QJsonValue figure(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

QJsonArray toJson(const Range &interval)
{
    return {figure(interval.low), figure(interval.high)};
}

QJsonValue idJson(traffic::ExchangeId id)
{
    return static_cast<qint64>(id.value);
}

QJsonObject toJson(const Share &share)
{
    return {{u"rate"_s, figure(share.rate)},
            {u"low"_s, figure(share.low)},
            {u"high"_s, figure(share.high)},
            {u"confidence"_s, share.confidence},
            {u"n"_s, share.n},
            {u"pairs"_s, share.pairs}};
}

QJsonObject toJson(const FieldSummary &field)
{
    QJsonObject out{{u"path"_s, field.path},
                    {u"kind"_s, toString(field.kind)},
                    {u"pairs"_s, field.pairs},
                    {u"share"_s, figure(field.share)}};
    if (std::isfinite(field.worst)) {
        out.insert(u"worst"_s, std::abs(field.worst));
        out.insert(u"worstDifference"_s, field.worst);
        out.insert(u"worstExample"_s, idJson(field.worstExample));
    }
    QJsonArray examples;
    for (const traffic::ExchangeId id : field.examples)
        examples.append(idJson(id));
    out.insert(u"examples"_s, examples);
    return out;
}

QJsonObject toJson(const RuleSummary &rule)
{
    return {{u"rule"_s, rule.rule},
            {u"text"_s, rule.text},
            {u"hits"_s, rule.hits},
            {u"hides"_s, rule.hides},
            {u"suppresses"_s, rule.suppresses}};
}

QJsonObject toJson(const NumericSummary &numeric)
{
    QJsonObject out{{u"path"_s, numeric.path},
                    {u"n"_s, numeric.n},
                    {u"values"_s, numeric.values},
                    {u"differing"_s, numeric.differing},
                    {u"meanPrimary"_s, figure(numeric.meanBaseline)},
                    {u"meanMirror"_s, figure(numeric.meanMirror)},
                    {u"meanDifference"_s, figure(numeric.meanDifference)},
                    {u"medianDifference"_s, figure(numeric.medianDifference)},
                    {u"standardDeviation"_s, figure(numeric.standardDeviation)},
                    {u"ci"_s, toJson(numeric.ci)},
                    {u"method"_s, numeric.method},
                    {u"maxAbsDifference"_s, figure(numeric.maxAbsDifference)},
                    {u"limitsOfAgreement"_s, toJson(numeric.limitsOfAgreement)},
                    {u"wilcoxonP"_s, figure(numeric.wilcoxonP)},
                    {u"spearman"_s, figure(numeric.spearman)}};
    if (numeric.withinMargin)
        out.insert(u"withinMargin"_s, toJson(*numeric.withinMargin));
    if (numeric.equivalence) {
        out.insert(u"equivalence"_s, QJsonObject{{u"margin"_s, figure(numeric.equivalence->margin)},
                                                 {u"ci90"_s, toJson(numeric.equivalence->ci90)},
                                                 {u"verdict"_s, toString(numeric.equivalence->verdict)}});
    }
    return out;
}

QJsonObject toJson(const LabelSummary &label)
{
    QJsonArray counts;
    for (const std::vector<qint64> &row : label.confusion.counts) {
        QJsonArray cells;
        for (const qint64 count : row)
            cells.append(count);
        counts.append(cells);
    }
    const QJsonObject confusion{{u"labels"_s, QJsonArray::fromStringList(label.confusion.labels)},
                                {u"counts"_s, counts}};
    return {{u"path"_s, label.path},
            {u"n"_s, label.n},
            {u"agreement"_s, figure(label.agreement)},
            {u"ci"_s, toJson(label.ci)},
            {u"kappa"_s, figure(label.kappa)},
            {u"mcnemarP"_s, figure(label.mcnemarP)},
            {u"confusion"_s, confusion}};
}

QJsonObject toJson(const VectorSummary &vector)
{
    return {{u"path"_s, vector.path},
            {u"n"_s, vector.n},
            {u"meanCosine"_s, figure(vector.meanCosine)},
            {u"minCosine"_s, figure(vector.minCosine)},
            {u"maxAbsDifference"_s, figure(vector.maxAbsDifference)},
            {u"argmaxChanged"_s, vector.argmaxChanged}};
}

QJsonObject toJson(const TextSummary &text)
{
    return {{u"path"_s, text.path},
            {u"n"_s, text.n},
            {u"changed"_s, text.changed},
            {u"meanSimilarity"_s, figure(text.meanSimilarity)},
            {u"minSimilarity"_s, figure(text.minSimilarity)},
            {u"lengthRatio"_s, figure(text.lengthRatio)}};
}

QJsonObject toJson(const LatencySide &side)
{
    return {{u"count"_s, side.count},     {u"mean"_s, figure(side.mean)}, {u"p50"_s, figure(side.p50)},
            {u"p95"_s, figure(side.p95)}, {u"p99"_s, figure(side.p99)},   {u"p999"_s, figure(side.p999)},
            {u"max"_s, figure(side.max)}};
}

QJsonObject toJson(const LatencySummary &latency)
{
    return {{u"primary"_s, toJson(latency.primary)},
            {u"mirror"_s, toJson(latency.mirror)},
            {u"medianDifferenceMs"_s, figure(latency.medianDifferenceMs)},
            {u"ci"_s, toJson(latency.ci)}};
}

QJsonObject toJson(const SliceSummary &slice)
{
    return {{u"field"_s, slice.field},
            {u"value"_s, slice.value},
            {u"agreement"_s, toJson(slice.agreement)},
            {u"restRate"_s, figure(slice.restRate)},
            {u"p"_s, figure(slice.p)}};
}

QJsonObject toJson(const PairRow &pair)
{
    QJsonObject out{{u"id"_s, idJson(pair.id)},
                    {u"outcome"_s, traffic::toString(pair.outcome)},
                    {u"differences"_s, pair.differences}};
    if (std::isfinite(pair.worst)) {
        out.insert(u"worst"_s, pair.worst);
        out.insert(u"worstPath"_s, pair.worstPath);
    }
    return out;
}

QJsonObject toJson(const GateResult &gate)
{
    return {{u"expression"_s, gate.expression},
            {u"holds"_s, gate.holds},
            {u"actual"_s, gate.actual.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(gate.actual)},
            {u"mirror"_s, gate.mirror}};
}

template<class Items>
QJsonArray array(const Items &range)
{
    QJsonArray out;
    for (const auto &item : range)
        out.append(toJson(item));
    return out;
}

QJsonArray sentences(const std::vector<Error> &errors, const Wording &wording)
{
    QJsonArray out;
    for (const Error &error : errors)
        out.append(wording ? wording(error) : error.code.toString());
    return out;
}

QJsonObject outcomesJson(const MirrorSummary &mirror)
{
    QJsonObject out;
    for (const traffic::Outcome outcome : kOutcomeOrder) {
        if (mirror.outcomes[outcome] > 0)
            out.insert(traffic::toString(outcome), mirror.outcomes[outcome]);
    }
    return out;
}

QJsonObject mirrorJson(const MirrorSummary &mirror, const Wording &wording)
{
    QJsonObject dropReasons;
    for (const auto &[reason, count] : mirror.dropReasons)
        dropReasons.insert(traffic::toString(reason), count);
    QJsonObject out{
        {u"deployment"_s, mirror.deployment},
        {u"branch"_s, mirror.branch},
        {u"version"_s, mirror.version},
        {u"outcomes"_s, outcomesJson(mirror)},
        {u"dropReasons"_s, dropReasons},
        {u"agreement"_s, toJson(mirror.agreement)},
        {u"close"_s, toJson(mirror.close)},
        {u"fields"_s, array(mirror.fields)},
        {u"rules"_s, array(mirror.rules)},
        {u"numeric"_s, array(mirror.numeric)},
        {u"labels"_s, array(mirror.labels)},
        {u"vectors"_s, array(mirror.vectors)},
        {u"texts"_s, array(mirror.texts)},
        {u"latency"_s, toJson(mirror.latency)},
        {u"slices"_s, QJsonObject{{u"tried"_s, mirror.slicesTried}, {u"worst"_s, array(mirror.slices)}}},
        {u"worstPairs"_s, array(mirror.worstPairs)},
        {u"verdict"_s, toString(mirror.verdict)},
        {u"reasons"_s, sentences(mirror.reasons, wording)},
        {u"notes"_s, sentences(mirror.notes, wording)},
    };
    if (mirror.furtherRequests)
        out.insert(u"furtherRequests"_s, *mirror.furtherRequests);
    return out;
}

} // namespace

QJsonObject toJson(const Comparison &comparison, const Wording &wording)
{
    QJsonObject mirrors;
    for (const MirrorSummary &mirror : comparison.mirrors)
        mirrors.insert(mirror.name, mirrorJson(mirror, wording));
    QJsonObject out{{u"schemaVersion"_s, 1},
                    {u"endpoint"_s, comparison.endpoint},
                    {u"requests"_s, comparison.requests},
                    {u"distinctRequests"_s, comparison.distinctRequests},
                    {u"baseline"_s, toString(comparison.baseline)},
                    {u"target"_s, comparison.target},
                    {u"mirrors"_s, mirrors},
                    {u"gates"_s, array(comparison.gates)}};
    if (comparison.margin)
        out.insert(u"margin"_s, *comparison.margin);
    return out;
}

} // namespace parallax::compare
