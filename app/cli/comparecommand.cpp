// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/comparisonoutput.h"
#include "app/cli/errors.h"
#include "compare/comparisonbuilder.h"
#include "traffic/trafficsource.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct CompareOptions
{
    ComparisonOptions comparison;
    std::string capture;
    std::string endpoint;
    std::string baseline = "primary";
    std::string before;
};

/// The endpoint to compare: the one named, or the only one there is.
Result<QString> chooseEndpoint(const traffic::TrafficSource &source, const QString &named)
{
    if (!named.isEmpty())
        return named;
    QStringList found;
    if (source.isCapture()) {
        const Result<QStringList> endpoints = source.capture()->endpoints();
        if (!endpoints)
            return fail(endpoints.error());
        found = *endpoints;
    } else {
        QSet<QString> names;
        const Result<traffic::ImportSummary> summary = source.forEach([&names](traffic::Exchange &&exchange) {
            names.insert(exchange.endpoint);
            return true;
        });
        if (!summary)
            return fail(summary.error());
        found = names.values();
        found.sort();
    }
    // Calls of a deployment's own URL have no endpoint and no mirrors: there is nothing to compare in them.
    if (found.size() > 1)
        found.removeAll(QString());
    if (found.size() > 1)
        return fail(kSeveralEndpoints, {{u"endpoints"_s, found.join(u", "_s)}});
    return found.isEmpty() ? QString() : found.first();
}

int compareCapture(const Console &console, const CompareOptions &options)
{
    const std::optional<compare::Baseline> baseline =
        compare::baselineFromString(QString::fromStdString(options.baseline));
    if (!baseline)
        return console.fail({kUsage, {}, {}, u"--baseline is primary or recorded"_s}, UsageError);
    const Result<std::vector<compare::Gate>> gates = options.comparison.parsedGates();
    if (!gates)
        return console.fail(gates.error(), gates.error().code == kReportPlace ? CouldNotRun : UsageError);
    const QString path = QString::fromStdString(options.capture);
    if (const Status filled = checkNotEmpty(path); !filled)
        return console.fail(filled.error(), DoesNotHold);
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(path);
    if (!source)
        return console.fail(source.error());
    const Result<QString> endpoint = chooseEndpoint(*source, QString::fromStdString(options.endpoint));
    if (!endpoint)
        return console.fail(endpoint.error(), endpoint.error().code == kSeveralEndpoints ? UsageError : CouldNotRun);
    // Rules belong to the repository one works in, else to the one the capture lies in.
    Result<compare::Rules> rules = options.comparison.loadRules(QDir::currentPath(), *endpoint);
    if (rules && *rules == compare::Rules())
        rules = options.comparison.loadRules(QFileInfo(path).absolutePath(), *endpoint);
    if (!rules)
        return console.fail(rules.error(), DoesNotHold);

    compare::ComparisonBuilder builder(*rules, *baseline);
    const Result<traffic::ImportSummary> summary = source->forEach([&](traffic::Exchange &&exchange) {
        if (!endpoint->isEmpty() && exchange.endpoint != *endpoint)
            return true;
        if (!exchange.isWarmup)
            builder.add(exchange);
        if (builder.requests() % 1000 == 0)
            console.progress(u"compared %1 requests"_s.arg(builder.requests()));
        return true;
    });
    if (!summary)
        return console.fail(summary.error());
    if (builder.requests() == 0)
        return console.fail({kNothingReadable, {{u"file"_s, path}}, {path}, {}}, DoesNotHold);

    ComparisonResult result;
    result.comparison = builder.summary();
    compare::evaluateGates(*gates, result.comparison);
    result.source = QFileInfo(path).fileName();
    if (!options.before.empty()) {
        const QString before = QString::fromStdString(options.before);
        compare::RulesBook book;
        book.setForAll(*rules);
        const Result<replay::RunComparison> since = replay::compareRuns({before, path, *endpoint, {}}, book);
        if (!since)
            return console.fail(since.error());
        result.since = RunChange{QFileInfo(before).fileName(), *since};
    }
    if (source->isCapture() && !options.comparison.reports.empty())
        result.pairs = worstPairs(*source->capture(), result.comparison, *rules);
    return showComparison(console, options.comparison, result);
}

} // namespace

void addCompare(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command =
        parser.add_subcommand("compare", "Compare primary and mirrors of what was captured; nothing is sent");
    auto options = std::make_shared<CompareOptions>();
    command->add_option("CAPTURE", options->capture, "A capture, or any importable file with answers in it")
        ->required();
    command->add_option("--endpoint", options->endpoint, "Which endpoint, when the capture has several")
        ->type_name("NAME");
    command->add_option("--baseline", options->baseline, "primary, or recorded: what production answered then")
        ->type_name("primary|recorded");
    command->add_option("--before", options->before, "An earlier run of the same requests: say what is new and fixed")
        ->type_name("CAPTURE");
    options->comparison.addTo(*command);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return compareCapture(invocation.console, *options); };
    });
}

} // namespace parallax::cli
