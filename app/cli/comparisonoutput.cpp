// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparisonoutput.h"

#include "base/files.h"
#include "base/text.h"
#include "report/figures.h"
#include "report/pairsection.h"
#include "report/report.h"
#include "repository/repository.h"
#include "traffic/capturestore.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::cli {

namespace {

constexpr std::size_t kFieldsShown = 12;

QString padded(const QString &text, int width)
{
    return text.leftJustified(width);
}

QString latencyRow(const QString &name, const LatencySide &side)
{
    const auto cell = [](double ms) { return report::milliseconds(ms).rightJustified(9); };
    return u"    "_s + padded(name, 18) + cell(side.p50) + cell(side.p95) + cell(side.p99) + cell(side.max);
}

QString mirrorTable(const Comparison &comparison, const MirrorSummary &mirror)
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
    if (mirror.latency.primary.count > 0) {
        lines += u"  latency ms              p50      p95      p99      max"_s;
        lines += latencyRow(comparison.primary, mirror.latency.primary);
        lines += latencyRow(mirror.name, mirror.latency.mirror);
    }
    if (!mirror.fields.empty()) {
        qsizetype width = 10;
        for (std::size_t i = 0; i < std::min(mirror.fields.size(), kFieldsShown); ++i)
            width = std::max(width, mirror.fields[i].path.size());
        width = std::min<qsizetype>(width, 48);
        lines +=
            u"  "_s + padded(u"differs at"_s, static_cast<int>(width)) + u"  kind        pairs   share      worst"_s;
        for (std::size_t i = 0; i < std::min(mirror.fields.size(), kFieldsShown); ++i) {
            const FieldSummary &field = mirror.fields[i];
            lines += u"  "_s + padded(field.path.isEmpty() ? u"(whole body)"_s : field.path, static_cast<int>(width)) +
                     u"  "_s + padded(toString(field.kind), 8) + report::count(field.pairs).rightJustified(9) +
                     report::percent(field.share).rightJustified(8) +
                     (std::isfinite(field.worst) ? report::number(field.worst).rightJustified(11) : QString());
        }
        if (mirror.fields.size() > kFieldsShown)
            lines += u"  and %1 further fields"_s.arg(mirror.fields.size() - kFieldsShown);
    }
    return base::escapeControls(lines.join(u'\x1f')).replace(u"\\x1f"_s, u"\n"_s);
}

Status writeReport(const QString &path, const ComparisonResult &result)
{
    const Result<report::Format> format = report::formatForFile(path);
    if (!format)
        return fail(format.error());
    report::ReportInput input;
    input.comparison = result.comparison;
    input.source = result.source;
    input.made = SystemClock().wallTime();
    input.program = u"Parallax "_s + QCoreApplication::applicationVersion();
    input.pairs = result.pairs;
    input.replay = result.replay;
    input.wording = [](const Error &error) { return wording::text(error); };
    return base::saveFile(path, report::write(input, *format));
}

} // namespace

void ComparisonOptions::addTo(CLI::App &command)
{
    command.add_option("--gate", gates, "What must hold, for instance agreement>=99.5%; repeatable")->type_name("EXPR");
    command
        .add_option("--report", reports, "Write a report: .html, .md, .json or .xml (JUnit) by its ending; repeatable")
        ->type_name("FILE");
    command.add_option("--rules", rules, "Comparison rules (default: .parallax/compare/ENDPOINT.yaml)")
        ->type_name("FILE");
}

Result<std::vector<Gate>> ComparisonOptions::parsedGates() const
{
    for (const std::string &path : reports) {
        if (const Result<report::Format> format = report::formatForFile(QString::fromStdString(path)); !format)
            return fail(format.error());
    }
    QStringList expressions;
    for (const std::string &gate : gates)
        expressions += QString::fromStdString(gate);
    return parseGates(expressions);
}

Result<Rules> ComparisonOptions::loadRules(const QString &folder, const QString &endpoint) const
{
    if (!rules.empty())
        return compare::loadRules(QString::fromStdString(rules));
    const Result<repository::Repository> repository = repository::Repository::discover(folder);
    if (!repository || endpoint.isEmpty())
        return Rules();
    const RulesBook book(repository->root());
    const std::shared_ptr<const Rules> found = book.rules(endpoint);
    if (const std::optional<Error> problem = book.problem(endpoint))
        return fail(*problem);
    return *found;
}

QString toTable(const Comparison &comparison)
{
    QString out = base::escapeControls(u"%1  %2 requests, %3 distinct, baseline %4"_s.arg(
        comparison.endpoint, report::count(comparison.requests), report::count(comparison.distinctRequests),
        comparison.baseline == Baseline::Recorded ? u"as recorded"_s : comparison.primary));
    for (const MirrorSummary &mirror : comparison.mirrors)
        out += u"\n\n"_s + mirrorTable(comparison, mirror);
    if (comparison.mirrors.empty())
        out += u"\n\nNo mirror answered any of these requests, so there is nothing to compare."_s;
    for (const GateResult &gate : comparison.gates)
        out += base::escapeControls(
                   u"\x1fgate %1  %2, actual %3"_s.arg(gate.expression, gate.holds ? u"holds"_s : u"does not hold"_s,
                                                       gate.actual.isEmpty() ? u"missing"_s : gate.actual))
                   .replace(u"\\x1f"_s, u"\n"_s);
    return out;
}

std::vector<report::PairSection> worstPairs(const traffic::CaptureReader &capture, const Comparison &comparison,
                                            const Rules &rules, std::size_t limit)
{
    std::vector<report::PairSection> sections;
    for (const MirrorSummary &mirror : comparison.mirrors) {
        // Failures first, but never all the room: what fails and what answers otherwise are both worth a look.
        std::size_t failures = 0;
        std::size_t count = 0;
        for (const bool wantsFailures : {true, false}) {
            for (const PairRow &row : mirror.worstPairs) {
                const bool isFailure = row.outcome != traffic::Outcome::Different;
                if (isFailure != wantsFailures || count == limit || (isFailure && failures == limit / 4))
                    continue;
                const Result<traffic::Exchange> exchange = capture.exchange(row.id);
                if (!exchange)
                    continue;
                if (std::optional<report::PairSection> section =
                        report::makePairSection(*exchange, mirror.name, rules, comparison.baseline)) {
                    sections.push_back(std::move(*section));
                    failures += isFailure ? 1 : 0;
                    ++count;
                }
            }
        }
    }
    return sections;
}

int showComparison(const Console &console, const ComparisonOptions &options, const ComparisonResult &result)
{
    for (const std::string &path : options.reports) {
        if (const Status written = writeReport(QString::fromStdString(path), result); !written)
            return console.fail(written.error());
    }
    if (console.json) {
        QJsonObject object =
            compare::toJson(result.comparison, [](const Error &error) { return wording::text(error); });
        if (result.replay)
            object.insert(u"replay"_s, *result.replay);
        console.printJson(object);
    } else {
        console.print(toTable(result.comparison));
        for (const std::string &path : options.reports)
            console.print(u"report: "_s + QFileInfo(QString::fromStdString(path)).absoluteFilePath());
    }
    const auto &gates = result.comparison.gates;
    const auto failed = std::find_if(gates.begin(), gates.end(), [](const GateResult &gate) { return !gate.holds; });
    if (failed == gates.end())
        return Done;
    console.note(u"gate does not hold: %1 (actual %2)"_s.arg(failed->expression,
                                                             failed->actual.isEmpty() ? u"missing"_s : failed->actual));
    return DoesNotHold;
}

} // namespace parallax::cli
