// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figures.h"
#include "report/htmlparts.h"
#include "report/report.h"
#include "report/words.h"

#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::report {

namespace {

QString signedNumber(double value)
{
    return std::isfinite(value) ? (value > 0 ? u"+"_s : QString()) + number(value) : number(value);
}

QString signedMs(double value)
{
    return (value > 0 ? u"+"_s : QString()) + milliseconds(value);
}

/// Beside its word, so that the colour does not stand alone.
QString verdictSign(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Equivalent:
        return u"="_s;
    case Verdict::Different:
        return u"\u2260"_s;
    case Verdict::Inconclusive:
        return u"?"_s;
    }
    Q_UNREACHABLE();
}

QString interval(const Range &range)
{
    return std::isfinite(range.low) ? signedNumber(range.low) + u" to "_s + signedNumber(range.high) : u"\u2013"_s;
}

QString verdictPanel(const ReportInput &input, const MirrorSummary &mirror)
{
    const double target = input.comparison.target;
    QString html =
        u"<div class=\"panel\"><p><span class=\"display\">%1</span> agree <span class=\"pill %2\">%3 %4</span></p>"_s
            .arg(percent(mirror.agreement.rate), toString(mirror.verdict), verdictSign(mirror.verdict),
                 verdictName(mirror.verdict));
    html += u"<p class=\"t2\">%1 to %2, from %3 distinct requests</p>"_s.arg(
        percent(mirror.agreement.low), percent(mirror.agreement.high), count(mirror.distinctRequests));
    html += intervalChart(mirror.agreement, target, mirror.verdict);
    html += u"<p class=\"muted small\">Mark: %1 must be close%2. Close: %3 (%4 to %5).</p>"_s.arg(
        percent(target), input.comparison.margin ? u" within "_s + number(*input.comparison.margin) : QString(),
        percent(mirror.close.rate), percent(mirror.close.low), percent(mirror.close.high));
    if (!mirror.reasons.empty()) {
        html += u"<ul>"_s;
        for (const Error &reason : mirror.reasons)
            html += u"<li>"_s + escaped(words(input, reason)) + u"</li>"_s;
        html += u"</ul>"_s;
    }
    return html + u"</div>"_s;
}

QString latencyPanel(const Comparison &comparison, const MirrorSummary &mirror, int identity)
{
    const LatencySummary &latency = mirror.latency;
    if (latency.primary.count == 0)
        return u"<div class=\"panel\"><p class=\"muted\">No latency: no pair has the times of both answers.</p></div>"_s;
    const auto row = [](const QString &head, const LatencySide &side) {
        return u"<tr><td>%1</td><td class=\"n\">%2</td><td class=\"n\">%3</td><td class=\"n\">%4</td><td class=\"n\">%5</td></tr>"_s
            .arg(head, milliseconds(side.p50), milliseconds(side.p95), milliseconds(side.p99), milliseconds(side.max));
    };
    QString html =
        u"<div class=\"panel\"><table><tr><th>Latency, ms</th><th class=\"n\">p50</th><th class=\"n\">p95</th><th class=\"n\">p99</th><th class=\"n\">max</th></tr>"_s;
    html += row(glyph(-1) + u" "_s + escaped(comparison.primary), latency.primary);
    html += row(glyph(identity) + u" "_s + escaped(mirror.name), latency.mirror);
    html += u"</table><p class=\"muted small\">Median of the differences %1 ms, %2 to %3</p>"_s.arg(
        signedMs(latency.medianDifferenceMs), signedMs(latency.ci.low), signedMs(latency.ci.high));
    return html + latencyChart(latency, identity) + u"</div>"_s;
}

QString fieldsTable(const MirrorSummary &mirror)
{
    if (mirror.fields.empty())
        return u"<p class=\"muted\">No field differs.</p>"_s;
    QString html =
        u"<div class=\"wide\"><table><tr><th>Path</th><th>Kind</th><th class=\"n\">Pairs</th><th class=\"n\">Share</th><th class=\"n\">Worst</th><th>Examples</th></tr>"_s;
    for (const FieldSummary &field : mirror.fields) {
        QStringList examples;
        for (const traffic::ExchangeId id : field.examples)
            examples += u"#%1"_s.arg(id.value);
        html +=
            u"<tr><td class=\"mono\">%1</td><td><b class=\"diff mono\">%2</b> %3</td><td class=\"n\">%4</td><td class=\"n\">%5</td><td class=\"n\">%6</td><td class=\"muted\">%7</td></tr>"_s
                .arg(field.path.isEmpty() ? u"(whole body)"_s : escaped(field.path), kindSign(field.kind),
                     toString(field.kind), count(field.pairs), percent(field.share), signedNumber(field.worst),
                     examples.join(u' '));
    }
    return html + u"</table></div>"_s;
}

QString numericTable(const MirrorSummary &mirror)
{
    if (mirror.numeric.empty())
        return {};
    QString html =
        u"<h3>Numbers</h3><div class=\"wide\"><table><tr><th>Path</th><th class=\"n\">Requests</th><th class=\"n\">Mean difference</th><th class=\"n\">95% interval</th><th class=\"n\">Largest</th><th class=\"n\">Limits of agreement</th><th class=\"n\">Within margin</th><th class=\"n\">Wilcoxon p</th><th class=\"n\">Spearman</th></tr>"_s;
    for (const NumericSummary &field : mirror.numeric) {
        html +=
            u"<tr><td class=\"mono\">%1</td><td class=\"n\">%2</td><td class=\"n\">%3</td><td class=\"n\">%4</td><td class=\"n\">%5</td><td class=\"n\">%6</td>"_s
                .arg(escaped(field.path), count(field.n), signedNumber(field.meanDifference), interval(field.ci),
                     number(field.maxAbsDifference), interval(field.limitsOfAgreement));
        html += u"<td class=\"n\">%1</td><td class=\"n\">%2</td><td class=\"n\">%3</td></tr>"_s.arg(
            field.withinMargin ? percent(field.withinMargin->rate) : u"\u2013"_s, pValue(field.wilcoxonP),
            number(field.spearman, 4));
    }
    return html + u"</table></div>"_s;
}

QString labelTables(const MirrorSummary &mirror)
{
    QString html;
    for (const LabelSummary &label : mirror.labels) {
        if (label.agreement >= 1.0 || label.confusion.labels.size() > 12)
            continue; // a table of a diagonal, or one too wide to read, tells nothing
        html +=
            u"<h3>Labels at <span class=\"mono\">%1</span></h3><p class=\"t2\">%2 agree (%3 to %4), kappa %5, McNemar p %6, %7 requests. Rows: baseline, columns: mirror.</p><div class=\"wide\"><table><tr><th></th>"_s
                .arg(escaped(label.path), percent(label.agreement), percent(label.ci.low), percent(label.ci.high),
                     number(label.kappa, 3), pValue(label.mcnemarP), count(label.n));
        for (const QString &name : label.confusion.labels)
            html += u"<th class=\"n\">"_s + escaped(name) + u"</th>"_s;
        html += u"</tr>"_s;
        for (std::size_t row = 0; row < label.confusion.counts.size(); ++row) {
            html += u"<tr><td>"_s + escaped(label.confusion.labels.value(static_cast<qsizetype>(row))) + u"</td>"_s;
            for (std::size_t column = 0; column < label.confusion.counts[row].size(); ++column) {
                const qint64 n = label.confusion.counts[row][column];
                html += u"<td class=\"n%1\">%2</td>"_s.arg(row != column && n > 0 ? u" diff"_s : QString(), count(n));
            }
            html += u"</tr>"_s;
        }
        html += u"</table></div>"_s;
    }
    return html;
}

QString vectorsTable(const MirrorSummary &mirror)
{
    if (mirror.vectors.empty())
        return {};
    QString html =
        u"<h3>Vectors</h3><div class=\"wide\"><table><tr><th>Path</th><th class=\"n\">Requests</th><th class=\"n\">Mean cosine</th><th class=\"n\">Least cosine</th><th class=\"n\">Largest difference</th><th class=\"n\">Argmax changed</th></tr>"_s;
    for (const VectorSummary &field : mirror.vectors) {
        html +=
            u"<tr><td class=\"mono\">%1</td><td class=\"n\">%2</td><td class=\"n\">%3</td><td class=\"n\">%4</td><td class=\"n\">%5</td><td class=\"n\">%6</td></tr>"_s
                .arg(escaped(field.path), count(field.n), number(field.meanCosine, 6), number(field.minCosine, 6),
                     number(field.maxAbsDifference), count(field.argmaxChanged));
    }
    return html + u"</table></div>"_s;
}

QString textsTable(const MirrorSummary &mirror)
{
    if (mirror.texts.empty())
        return {};
    QString html =
        u"<h3>Texts</h3><p class=\"muted small\">Similarity is of characters (edit distance), not of meaning.</p><div class=\"wide\"><table><tr><th>Path</th><th class=\"n\">Requests</th><th class=\"n\">Changed</th><th class=\"n\">Mean similarity of these</th><th class=\"n\">Least</th><th class=\"n\">Length ratio</th></tr>"_s;
    for (const TextSummary &field : mirror.texts) {
        html +=
            u"<tr><td class=\"mono\">%1</td><td class=\"n\">%2</td><td class=\"n\">%3</td><td class=\"n\">%4</td><td class=\"n\">%5</td><td class=\"n\">%6</td></tr>"_s
                .arg(escaped(field.path), count(field.n), count(field.changed), percent(field.meanSimilarity),
                     percent(field.minSimilarity), number(field.lengthRatio, 4));
    }
    return html + u"</table></div>"_s;
}

QString slicesTable(const MirrorSummary &mirror)
{
    if (mirror.slices.empty())
        return {};
    QString html =
        u"<h3>Slices of the requests that agree least</h3><p class=\"muted small\">%1 tried; p is adjusted for all of them (Holm).</p><div class=\"wide\"><table><tr><th>Request field</th><th>Value</th><th class=\"n\">Pairs</th><th class=\"n\">Agree</th><th class=\"n\">All others</th><th class=\"n\">p</th></tr>"_s
            .arg(count(mirror.slicesTried));
    for (const SliceSummary &slice : mirror.slices) {
        html +=
            u"<tr><td class=\"mono\">%1</td><td>%2</td><td class=\"n\">%3</td><td class=\"n\">%4</td><td class=\"n\">%5</td><td class=\"n\">%6</td></tr>"_s
                .arg(escaped(slice.field), escaped(slice.value), count(slice.agreement.pairs),
                     percent(slice.agreement.rate), percent(slice.restRate), pValue(slice.p));
    }
    return html + u"</table></div>"_s;
}

QString rulesTable(const MirrorSummary &mirror)
{
    if (mirror.rules.empty())
        return {};
    QString html =
        u"<h3>Rules</h3><div class=\"wide\"><table><tr><th>Rule</th><th class=\"n\">Pairs it decided in</th><th class=\"n\">Pairs it hides</th></tr>"_s;
    for (const RuleSummary &rule : mirror.rules)
        html += u"<tr><td class=\"mono\">%1</td><td class=\"n\">%2</td><td class=\"n\">%3</td></tr>"_s.arg(
            escaped(rule.text), count(rule.hits), count(rule.hides));
    return html + u"</table></div>"_s;
}

QString mirrorSection(const ReportInput &input, const MirrorSummary &mirror, int identity)
{
    QString html =
        u"<section><h2>%1 %2</h2><p class=\"t2\">%3, %4, %5, beside %6 %7</p></section><div class=\"panels\">"_s.arg(
            glyph(identity), escaped(mirror.name), escaped(mirror.deployment), escaped(mirror.branch),
            escaped(mirror.version), glyph(-1), escaped(input.comparison.primary));
    html += verdictPanel(input, mirror);
    html += u"<div class=\"panel\"><p class=\"muted\">Outcome of every pair, %1</p>%2</div>"_s.arg(
        count(mirror.outcomes.total()), outcomeBar(mirror.outcomes));
    html += latencyPanel(input.comparison, mirror, identity) + u"</div><section>"_s;
    html += u"<h3>Differences by field</h3>"_s + fieldsTable(mirror) + numericTable(mirror) + labelTables(mirror) +
            vectorsTable(mirror) + textsTable(mirror) + slicesTable(mirror) + rulesTable(mirror);
    if (!mirror.notes.empty()) {
        html += u"<h3>Notes</h3><ul>"_s;
        for (const Error &note : mirror.notes)
            html += u"<li>"_s + escaped(words(input, note)) + u"</li>"_s;
        html += u"</ul>"_s;
    }
    QString pairs;
    for (const PairSection &pair : input.pairs) {
        if (pair.mirror == mirror.name)
            pairs += pairDetails(pair, identity);
    }
    if (!pairs.isEmpty())
        html += u"<h3>Pairs that differ most</h3>"_s + pairs;
    return html + u"</section>"_s;
}

QString gatesSection(const Comparison &comparison)
{
    if (comparison.gates.empty())
        return {};
    QString html =
        u"<section><h2>Gates</h2><table><tr><th>Expression</th><th>Actual</th><th>Mirror</th><th></th></tr>"_s;
    for (const GateResult &gate : comparison.gates) {
        html += u"<tr><td class=\"mono\">%1</td><td>%2</td><td>%3</td><td><span class=\"pill %4\">%5</span></td></tr>"_s
                    .arg(escaped(gate.expression), gate.actual.isEmpty() ? u"no such figure"_s : escaped(gate.actual),
                         escaped(gate.mirror), gate.holds ? u"equivalent"_s : u"fails"_s,
                         gate.holds ? u"holds"_s : u"does not hold"_s);
    }
    return html + u"</table></section>"_s;
}

} // namespace

QByteArray toHtml(const ReportInput &input)
{
    const Comparison &comparison = input.comparison;
    QString html =
        u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"><meta name=\"viewport\" content=\"width=device-width\"><title>%1 - Parallax</title><style>"_s
            .arg(escaped(comparison.endpoint));
    html +=
        QString::fromUtf8(styleSheet()) +
        u"</style></head><body><header><h1>%1</h1><p class=\"t2\">%2 requests, %3 of them distinct, against %4. From %5, %6, by %7.</p></header>"_s
            .arg(escaped(comparison.endpoint), count(comparison.requests), count(comparison.distinctRequests),
                 comparison.baseline == Baseline::Recorded ? u"what was recorded"_s
                                                           : u"the primary "_s + escaped(comparison.primary),
                 escaped(input.source), toRfc3339(input.made), escaped(input.program));
    html += gatesSection(comparison);
    for (std::size_t i = 0; i < comparison.mirrors.size(); ++i)
        html += mirrorSection(input, comparison.mirrors[i], static_cast<int>(i));
    if (comparison.mirrors.empty())
        html +=
            u"<section><p class=\"muted\">No mirror answered any of these requests, so there is nothing to compare.</p></section>"_s;
    html += u"</body></html>\n"_s;
    return html.toUtf8();
}

} // namespace parallax::report
