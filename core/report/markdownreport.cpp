// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figures.h"
#include "report/report.h"
#include "report/words.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::report {

namespace {

constexpr std::size_t kMostConfusionLabels = 12;

/// Text from data inside a Markdown table: one line, nothing that Markdown or HTML would take for markup.
QString plain(const QString &text)
{
    QString out;
    for (const QChar c : base::escapeControls(text)) {
        if (u"\\`*_{}[]<>()#+-!|~&"_s.contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

QString interval(const Range &range)
{
    return std::isfinite(range.low) ? number(range.low) + u" to "_s + number(range.high) : u"\u2013"_s;
}

QString shownPath(const QString &path)
{
    return path.isEmpty() ? u"(whole body)"_s : plain(path);
}

QString gatesTable(const Comparison &comparison)
{
    if (comparison.gates.empty())
        return {};
    QString out = u"\n| gate | actual | mirror | |\n| --- | --- | --- | --- |\n"_s;
    for (const GateResult &gate : comparison.gates)
        out += u"| %1 | %2 | %3 | %4 |\n"_s.arg(plain(gate.expression),
                                                gate.actual.isEmpty() ? u"no such figure"_s : plain(gate.actual),
                                                plain(gate.mirror), gate.holds ? u"holds"_s : u"**does not hold**"_s);
    return out;
}

QString outcomesTable(const MirrorSummary &mirror)
{
    QString out = u"\n| outcome | pairs |\n| --- | ---: |\n"_s;
    for (const traffic::Outcome outcome : kOutcomeOrder) {
        if (mirror.outcomes[outcome] > 0)
            out += u"| %1 | %2 |\n"_s.arg(toString(outcome), count(mirror.outcomes[outcome]));
    }
    return out;
}

QString fieldsTable(const MirrorSummary &mirror)
{
    if (mirror.fields.empty())
        return {};
    QString out = u"\n| path | kind | pairs | share | worst |\n| --- | --- | ---: | ---: | ---: |\n"_s;
    for (const FieldSummary &field : mirror.fields)
        out += u"| %1 | %2 | %3 | %4 | %5 |\n"_s.arg(shownPath(field.path), toString(field.kind), count(field.pairs),
                                                     percent(field.share), number(field.worst));
    return out;
}

QString numbersTable(const MirrorSummary &mirror)
{
    if (mirror.numeric.empty())
        return {};
    QString out = u"\n| numbers at | requests | mean difference | 95% interval | largest | Wilcoxon p | Spearman |\n"
                  "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"_s;
    for (const NumericSummary &field : mirror.numeric)
        out += u"| %1 | %2 | %3 | %4 | %5 | %6 | %7 |\n"_s.arg(
            shownPath(field.path), count(field.n), number(field.meanDifference), interval(field.ci),
            number(field.maxAbsDifference), plain(pValue(field.wilcoxonP)), number(field.spearman, 4));
    return out;
}

QString labelsTables(const MirrorSummary &mirror)
{
    QString out;
    for (const LabelSummary &label : mirror.labels) {
        out += u"\nLabels at %1: %2 of %3 agree, kappa %4, McNemar p %5.\n"_s.arg(
            shownPath(label.path), percent(label.agreement), count(label.n), number(label.kappa, 3),
            plain(pValue(label.mcnemarP)));
        if (label.confusion.counts.size() > kMostConfusionLabels)
            continue;
        out += u"\n| primary, then mirror |"_s;
        for (const QString &name : label.confusion.labels)
            out += u' ' + plain(name) + u" |"_s;
        out += u"\n| --- |"_s + u" ---: |"_s.repeated(label.confusion.labels.size()) + u'\n';
        for (std::size_t row = 0; row < label.confusion.counts.size(); ++row) {
            out += u"| "_s + plain(label.confusion.labels.value(static_cast<qsizetype>(row))) + u" |"_s;
            for (const qint64 pairs : label.confusion.counts[row])
                out += u' ' + count(pairs) + u" |"_s;
            out += u'\n';
        }
    }
    return out;
}

QString vectorsAndTexts(const MirrorSummary &mirror)
{
    QString out;
    if (!mirror.vectors.empty()) {
        out += u"\n| vectors at | requests | mean cosine | least cosine | largest difference | argmax changed |\n"
               "| --- | ---: | ---: | ---: | ---: | ---: |\n"_s;
        for (const VectorSummary &field : mirror.vectors)
            out += u"| %1 | %2 | %3 | %4 | %5 | %6 |\n"_s.arg(
                shownPath(field.path), count(field.n), number(field.meanCosine, 6), number(field.minCosine, 6),
                number(field.maxAbsDifference), count(field.argmaxChanged));
    }
    if (!mirror.texts.empty()) {
        out += u"\n| texts at | requests | changed | mean similarity of these | least | length ratio |\n"
               "| --- | ---: | ---: | ---: | ---: | ---: |\n"_s;
        for (const TextSummary &field : mirror.texts)
            out += u"| %1 | %2 | %3 | %4 | %5 | %6 |\n"_s.arg(
                shownPath(field.path), count(field.n), count(field.changed), percent(field.meanSimilarity),
                percent(field.minSimilarity), number(field.lengthRatio, 4));
        out += u"\nSimilarity is of characters (edit distance), not of meaning.\n"_s;
    }
    return out;
}

QString latencyTable(const Comparison &comparison, const MirrorSummary &mirror)
{
    if (mirror.latency.primary.count == 0)
        return {};
    QString out = u"\n| latency, ms | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: |\n"_s;
    for (const auto &[name, side] :
         {std::pair{comparison.primary, mirror.latency.primary}, std::pair{mirror.name, mirror.latency.mirror}})
        out += u"| %1 | %2 | %3 | %4 |\n"_s.arg(plain(name), milliseconds(side.p50), milliseconds(side.p95),
                                                milliseconds(side.p99));
    return out + u"\nMedian of the differences: %1 ms (%2).\n"_s.arg(milliseconds(mirror.latency.medianDifferenceMs),
                                                                     interval(mirror.latency.ci));
}

QString slicesTable(const MirrorSummary &mirror)
{
    if (mirror.slices.empty())
        return {};
    QString out = u"\nSlices of the requests that agree least; %1 were tried, p is adjusted for all of them (Holm).\n"
                  "\n| request field | value | pairs | agree | all others | p |\n"
                  "| --- | --- | ---: | ---: | ---: | ---: |\n"_s.arg(count(mirror.slicesTried));
    for (const SliceSummary &slice : mirror.slices)
        out += u"| %1 | %2 | %3 | %4 | %5 | %6 |\n"_s.arg(plain(slice.field), plain(slice.value),
                                                          count(slice.agreement.pairs), percent(slice.agreement.rate),
                                                          percent(slice.restRate), plain(pValue(slice.p)));
    return out;
}

QString rulesTable(const MirrorSummary &mirror)
{
    if (mirror.rules.empty())
        return {};
    QString out = u"\n| rule | pairs it decided in | pairs it hides |\n| --- | ---: | ---: |\n"_s;
    for (const RuleSummary &rule : mirror.rules)
        out += u"| %1 | %2 | %3 |\n"_s.arg(plain(rule.text), count(rule.hits), count(rule.hides));
    return out;
}

} // namespace

QByteArray toMarkdown(const ReportInput &input)
{
    const Comparison &comparison = input.comparison;
    QString out = u"# %1\n\n%2 requests, %3 distinct, from %4, %5.\n"_s.arg(
        plain(comparison.endpoint), count(comparison.requests), count(comparison.distinctRequests), plain(input.source),
        toRfc3339(input.made));
    out += gatesTable(comparison);
    for (const MirrorSummary &mirror : comparison.mirrors) {
        out += u"\n## %1: %2\n\n%3 agree (%4 to %5).\n"_s.arg(
            plain(mirror.name), verdictName(mirror.verdict), percent(mirror.agreement.rate),
            percent(mirror.agreement.low), percent(mirror.agreement.high));
        for (const Error &reason : mirror.reasons)
            out += u"- "_s + plain(words(input, reason)) + u'\n';
        out += outcomesTable(mirror) + fieldsTable(mirror) + numbersTable(mirror) + labelsTables(mirror) +
               vectorsAndTexts(mirror) + latencyTable(comparison, mirror) + slicesTable(mirror) + rulesTable(mirror);
        if (!mirror.notes.empty())
            out += u'\n';
        for (const Error &note : mirror.notes)
            out += u"- "_s + plain(words(input, note)) + u'\n';
    }
    return out.toUtf8();
}

} // namespace parallax::report
