// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison for the terminal: what decides first, then figures, a dozen lines of each at most.
#include "app/cli/comparisonoutput.h"

#include "base/text.h"
#include "report/figures.h"
#include "ui/wording/wording.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::cli {

namespace {

constexpr std::size_t kLinesShown = 12;
constexpr std::size_t kSlicesShown = 5;
constexpr std::size_t kMostConfusionLabels = 6;
constexpr qsizetype kWidestPath = 48;

QString shownPath(const QString &path)
{
    return path.isEmpty() ? u"(whole body)"_s : path;
}

QString cell(const QString &text, int width)
{
    return text.rightJustified(width);
}

QString amount(double value)
{
    return std::isfinite(value) ? report::number(value) : QString();
}

/// Path first, in a column of one width, then what `rest` says of each; what is beyond kLinesShown is counted.
template<typename Items, typename Rest>
void addTable(QStringList &lines, const QString &head, const QString &columns, const Items &items, const Rest &rest)
{
    if (items.empty())
        return;
    const std::size_t shown = std::min(items.size(), kLinesShown);
    qsizetype width = head.size();
    for (std::size_t i = 0; i < shown; ++i)
        width = std::max(width, shownPath(items[i].path).size());
    const int column = static_cast<int>(std::min(width, kWidestPath));
    lines += u"  "_s + head.leftJustified(column) + columns;
    for (std::size_t i = 0; i < shown; ++i)
        lines += u"  "_s + shownPath(items[i].path).leftJustified(column) + rest(items[i]);
    if (items.size() > shown)
        lines += u"  and %1 further"_s.arg(items.size() - shown);
}

void addLatency(QStringList &lines, const QString &primary, const MirrorSummary &mirror)
{
    const LatencySummary &latency = mirror.latency;
    if (latency.primary.count == 0)
        return;
    const auto row = [](const QString &name, const LatencySide &side) -> QString {
        const auto ms = [](double value) { return cell(report::milliseconds(value), 9); };
        return u"    "_s + name.leftJustified(18) + ms(side.p50) + ms(side.p95) + ms(side.p99) + ms(side.max);
    };
    lines += u"  latency ms              p50      p95      p99      max"_s;
    lines += row(primary, latency.primary);
    lines += row(mirror.name, latency.mirror);
    if (std::isfinite(latency.medianDifferenceMs)) {
        lines += u"    median of the differences %1 (%2 to %3)"_s.arg(report::milliseconds(latency.medianDifferenceMs),
                                                                      report::milliseconds(latency.ci.low),
                                                                      report::milliseconds(latency.ci.high));
    }
}

void addFields(QStringList &lines, const MirrorSummary &mirror)
{
    addTable(lines, u"differs at"_s, u"  kind        pairs   share      worst"_s, mirror.fields,
             [](const FieldSummary &field) -> QString {
                 return u"  "_s + toString(field.kind).leftJustified(8) + cell(report::count(field.pairs), 9) +
                        cell(report::percent(field.share), 8) + cell(amount(field.worst), 11);
             });
    addTable(lines, u"numbers at"_s, u"  requests   mean diff  95% interval             wilcoxon p"_s, mirror.numeric,
             [](const NumericSummary &field) -> QString {
                 const QString interval =
                     std::isfinite(field.ci.low) ? amount(field.ci.low) + u" to "_s + amount(field.ci.high) : QString();
                 return cell(report::count(field.n), 10) + cell(amount(field.meanDifference), 12) + u"  "_s +
                        interval.leftJustified(22) + cell(report::pValue(field.wilcoxonP), 13);
             });
    addTable(lines, u"vectors at"_s, u"  requests  mean cosine  least cosine  argmax changed"_s, mirror.vectors,
             [](const VectorSummary &field) -> QString {
                 return cell(report::count(field.n), 10) + cell(report::number(field.meanCosine, 6), 13) +
                        cell(report::number(field.minCosine, 6), 14) + cell(report::count(field.argmaxChanged), 16);
             });
    addTable(lines, u"texts at"_s, u"  requests   changed  similarity of these (by characters, not meaning)"_s,
             mirror.texts, [](const TextSummary &field) -> QString {
                 return cell(report::count(field.n), 10) + cell(report::count(field.changed), 10) +
                        cell(report::percent(field.meanSimilarity), 10);
             });
}

void addLabels(QStringList &lines, const MirrorSummary &mirror)
{
    addTable(lines, u"labels at"_s, u"  requests   agree   kappa  McNemar p"_s, mirror.labels,
             [](const LabelSummary &label) -> QString {
                 return cell(report::count(label.n), 10) + cell(report::percent(label.agreement), 8) +
                        cell(report::number(label.kappa, 3), 8) + cell(report::pValue(label.mcnemarP), 11);
             });
    for (std::size_t i = 0; i < std::min(mirror.labels.size(), kLinesShown); ++i) {
        const LabelSummary &label = mirror.labels[i];
        const std::size_t n = label.confusion.counts.size();
        // Nothing off the diagonal is nothing to look at.
        if (label.agreement >= 1.0 || n < 2 || n > kMostConfusionLabels)
            continue;
        qsizetype width = 8;
        for (const QString &name : label.confusion.labels)
            width = std::max(width, std::min<qsizetype>(name.size(), 16));
        const int column = static_cast<int>(width);
        const auto name = [&](std::size_t at) {
            return label.confusion.labels.value(static_cast<qsizetype>(at)).left(column);
        };
        lines += u"    %1: rows primary, columns mirror"_s.arg(shownPath(label.path));
        QString head = u"    "_s + QString(column, u' ');
        for (std::size_t at = 0; at < n; ++at)
            head += cell(name(at), column + 2);
        lines += head;
        for (std::size_t row = 0; row < n; ++row) {
            QString line = u"    "_s + name(row).leftJustified(column);
            for (const qint64 pairs : label.confusion.counts[row])
                line += cell(report::count(pairs), column + 2);
            lines += line;
        }
    }
}

void addSlices(QStringList &lines, const MirrorSummary &mirror)
{
    if (mirror.slices.empty())
        return;
    lines += u"  slices that agree least, %1 tried, p adjusted for all of them (Holm)"_s.arg(
        report::count(mirror.slicesTried));
    for (std::size_t i = 0; i < std::min(mirror.slices.size(), kSlicesShown); ++i) {
        const SliceSummary &slice = mirror.slices[i];
        lines += u"    %1 = %2: %3 of %4 pairs agree, %5 of the others, p %6"_s.arg(
            slice.field, slice.value, report::percent(slice.agreement.rate), report::count(slice.agreement.pairs),
            report::percent(slice.restRate), report::pValue(slice.p));
    }
}

QStringList mirrorLines(const Comparison &comparison, const MirrorSummary &mirror)
{
    QStringList lines;
    lines += u"%1  %2, %3, %4"_s.arg(mirror.name, mirror.deployment, mirror.branch, mirror.version);
    QStringList outcomes;
    for (const traffic::Outcome outcome : kOutcomeOrder) {
        if (mirror.outcomes[outcome] > 0)
            outcomes += toString(outcome) + u' ' + report::count(mirror.outcomes[outcome]);
    }
    lines += u"  outcomes   "_s + outcomes.join(u", "_s);
    lines += u"  agreement  %1 (%2 to %3), %4 distinct requests"_s.arg(
        report::percent(mirror.agreement.rate), report::percent(mirror.agreement.low),
        report::percent(mirror.agreement.high), report::count(mirror.distinctRequests));
    lines += u"  verdict    %1"_s.arg(toString(mirror.verdict));
    for (const Error &reason : mirror.reasons)
        lines += u"             "_s + wording::text(reason);
    addLatency(lines, comparison.primary, mirror);
    addFields(lines, mirror);
    addLabels(lines, mirror);
    addSlices(lines, mirror);
    for (const Error &note : mirror.notes)
        lines += u"  note: "_s + wording::text(note);
    return lines;
}

} // namespace

QString toTable(const Comparison &comparison)
{
    QStringList lines;
    lines += u"%1  %2 requests, %3 distinct, baseline %4"_s.arg(
        comparison.endpoint, report::count(comparison.requests), report::count(comparison.distinctRequests),
        comparison.baseline == Baseline::Recorded ? u"as recorded"_s : comparison.primary);
    for (const MirrorSummary &mirror : comparison.mirrors) {
        lines += QString();
        lines += mirrorLines(comparison, mirror);
    }
    if (comparison.mirrors.empty()) {
        lines += QString();
        lines += u"No mirror answered any of these requests, so there is nothing to compare."_s;
    }
    for (const GateResult &gate : comparison.gates)
        lines += u"gate %1  %2, actual %3"_s.arg(gate.expression, gate.holds ? u"holds"_s : u"does not hold"_s,
                                                 gate.actual.isEmpty() ? u"missing"_s : gate.actual);
    for (QString &line : lines)
        line = base::escapeControls(line);
    return lines.join(u'\n');
}

} // namespace parallax::cli
