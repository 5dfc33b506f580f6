// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparisonoutput.h"

#include "app/cli/errors.h"
#include "base/files.h"
#include "base/text.h"
#include "report/pairsection.h"
#include "report/report.h"
#include "repository/repository.h"
#include "traffic/capturestore.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::cli {

namespace {

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
        const QString file = QString::fromStdString(path);
        if (const Result<report::Format> format = report::formatForFile(file); !format)
            return fail(format.error());
        // Told now, not after a run of an hour.
        const QFileInfo info(file);
        const QFileInfo folder(info.absolutePath());
        QString problem;
        if (!folder.isDir())
            problem = u"there is no folder %1"_s.arg(folder.filePath());
        else if (info.isDir())
            problem = u"it is a folder"_s;
        else if (!(info.exists() ? info.isWritable() : folder.isWritable()))
            problem = u"it may not be written"_s;
        if (!problem.isEmpty())
            return fail({kReportPlace, {{u"file"_s, file}}, {file}, problem});
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
    const Result<QString> root = repository::Repository::findRoot(folder);
    if (!root || endpoint.isEmpty())
        return Rules();
    const RulesBook book(*root);
    const std::shared_ptr<const Rules> found = book.rules(endpoint);
    if (const std::optional<Error> problem = book.problem(endpoint))
        return fail(*problem);
    return *found;
}

Status checkNotEmpty(const QString &source)
{
    const QFileInfo info(source);
    if (info.isFile() && info.size() == 0)
        return fail({kEmptySource, {{u"file"_s, source}}, {source}, {}});
    return {};
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

QString toText(const RunChange &change)
{
    static constexpr std::size_t kExamples = 5;
    const replay::RunComparison &comparison = change.comparison;
    QStringList lines{
        u"since %1: %2 requests in both, %3 only there, %4 only here"_s.arg(base::escapeControls(change.before))
            .arg(comparison.matched)
            .arg(comparison.onlyBefore)
            .arg(comparison.onlyAfter)};
    for (const replay::MirrorChange &mirror : comparison.mirrors) {
        lines +=
            u"  %1: %2 new, %3 fixed, %4 still different, %5 still agree%6"_s.arg(base::escapeControls(mirror.mirror))
                .arg(mirror.broken)
                .arg(mirror.fixed)
                .arg(mirror.differ)
                .arg(mirror.agree)
                .arg(mirror.unknown > 0 ? u", %1 cannot tell"_s.arg(mirror.unknown) : QString());
        const auto examples = [&lines](const QString &name, const std::vector<replay::RequestPair> &pairs) {
            QStringList ids;
            for (std::size_t i = 0; i < std::min(pairs.size(), kExamples); ++i)
                ids += u"#%1"_s.arg(pairs[i].second.value);
            if (!ids.isEmpty())
                lines += u"    %1: %2"_s.arg(name, ids.join(u' '));
        };
        examples(u"new"_s, mirror.brokenExamples);
        examples(u"fixed"_s, mirror.fixedExamples);
    }
    return lines.join(u'\n');
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
        if (result.since)
            object.insert(u"since"_s, result.since->comparison.toJson());
        console.printJson(object);
    } else {
        console.print(toTable(result.comparison));
        if (result.since)
            console.print(toText(*result.since));
        for (const std::string &path : options.reports)
            console.print(u"report: "_s + QFileInfo(QString::fromStdString(path)).absoluteFilePath());
    }
    const auto &gates = result.comparison.gates;
    int code = Done;
    for (const GateResult &gate : gates) {
        if (gate.holds)
            continue;
        const QString whose = gate.mirror.isEmpty() ? QString() : u", %1"_s.arg(gate.mirror);
        console.note(base::escapeControls(u"gate does not hold: %1 (actual %2%3)"_s.arg(
            gate.expression, gate.actual.isEmpty() ? u"missing"_s : gate.actual, whose)));
        code = DoesNotHold;
    }
    return code;
}

} // namespace parallax::cli
