// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/replaysession.h"
#include "app/example/example.h"
#include "base/files.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kDemoRequests = 200;
const QString kDemoEndpoint = u"pricing_shadow"_s;

int demo(const Console &console, const std::string &out)
{
    const QString folder = out.empty() ? base::dataFolder() + u"/demo"_s : QString::fromStdString(out);
    if (QStandardPaths::findExecutable(u"python3"_s).isEmpty()) {
        return console.fail(
            {ErrorCode("target-no-python"), {{u"python"_s, u"python3"_s}, {u"target"_s, u"The example"_s}}, {}, {}});
    }
    const Result<example::Example> made = example::create(folder, out.empty());
    if (!made)
        return console.fail(made.error());
    const Result<repository::Repository> repository = repository::Repository::discover(made->workspace);
    if (!repository)
        return console.fail(repository.error());
    console.note(
        u"The example: two models that price diamonds, each run from its own source.py; %1 requests to both."_s.arg(
            kDemoRequests));

    ComparisonOptions options;
    options.reports = {QDir(folder).filePath(u"report.html"_s).toStdString()};
    const Result<compare::Rules> rules = options.loadRules(made->workspace, kDemoEndpoint);
    if (!rules)
        return console.fail(rules.error());
    ReplayJob job;
    job.repository = *repository;
    job.plan.source = made->traffic;
    job.rules = *rules;
    job.capture = QDir(folder).filePath(u"demo.parallax"_s);
    job.plan.endpoint = kDemoEndpoint;
    job.plan.limit = kDemoRequests;
    QFile::remove(job.capture);
    const Result<ReplayOutcome> outcome = runReplay(console, job, true);
    if (!outcome)
        return console.fail(outcome.error());
    const int code = showComparison(console, options, outcome->result);
    console.note(u"workspace: %1"_s.arg(made->workspace));
    return code;
}

} // namespace

void addDemo(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command =
        parser.add_subcommand("demo", "Run the example: two models, 200 requests, the comparison and its report");
    auto out = std::make_shared<std::string>();
    command->add_option("--out", *out, "Where (default: parallax/demo in the data folder; replaced by the next run)")
        ->type_name("DIR");
    command->callback(
        [&invocation, out] { invocation.run = [&invocation, out] { return demo(invocation.console, *out); }; });
}

} // namespace parallax::cli
