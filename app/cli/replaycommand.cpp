// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/replayoptions.h"
#include "app/cli/replaysession.h"
#include "base/errors.h"
#include "replay/errors.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

/// Codes of what a run says when nothing of its source could be sent.
bool isNothingReadable(ErrorCode code)
{
    return code == replay::kSourceEmpty || code == replay::kAllFilteredOut;
}

/// A capture that holds no run to be repeated.
bool isNoRun(ErrorCode code)
{
    return code == replay::kNoPlan || code == replay::kBadPlan;
}

int replaySource(const Console &console, const ReplayOptions &options)
{
    const Result<replay::ReplayPlan> plan = options.plan();
    if (!plan)
        return console.fail(plan.error(), options.repeatRun.empty() || plan.error().code == kUsage ? UsageError
                                          : isNoRun(plan.error().code)                             ? DoesNotHold
                                                                                                   : CouldNotRun);
    Result<std::vector<compare::Gate>> gates = options.comparison.parsedGates();
    if (!gates)
        return console.fail(gates.error(), gates.error().code == kReportPlace ? CouldNotRun : UsageError);
    if (const Status filled = checkNotEmpty(plan->source); !filled)
        return console.fail(filled.error(), DoesNotHold);
    ReplayJob job;
    job.plan = *plan;
    job.before = QString::fromStdString(options.repeatRun);
    if (plan->to.isEmpty()) {
        const Result<repository::Repository> repository = options.repository.open(console);
        if (!repository)
            return console.fail(repository.error());
        job.repository = *repository;
    }
    const QString folder = job.repository ? job.repository->root() : QDir::currentPath();
    const Result<compare::Rules> rules = options.comparison.loadRules(folder, plan->endpoint);
    if (!rules)
        return console.fail(rules.error(), DoesNotHold);
    job.rules = *rules;
    if (plan->endpoint.isEmpty() && options.comparison.rules.empty())
        console.note(u"No comparison rules: they belong to endpoints; name a file with --rules."_s);

    const QTemporaryDir temporary; // owner only; the answers of a run that nobody wants to keep
    job.keepCapture = !options.out.empty();
    job.capture = job.keepCapture ? QString::fromStdString(options.out) : temporary.filePath(u"replay.parallax"_s);
    if (QFileInfo::exists(job.capture)) {
        if (!options.force)
            return console.fail({base::kFileExists, {{u"file"_s, job.capture}}, {job.capture}, {}});
        const QString replaced = QFileInfo(job.capture).canonicalFilePath();
        if (replaced == QFileInfo(plan->source).canonicalFilePath() ||
            replaced == QFileInfo(job.before).canonicalFilePath())
            return console.fail({kUsage, {}, {}, u"--out is the source itself"_s}, UsageError);
        if (!QFile::remove(job.capture))
            return console.fail(
                {base::kFileNotWritten, {{u"file"_s, job.capture}}, {job.capture}, u"cannot be replaced"_s});
    }

    Result<ReplayOutcome> outcome = runReplay(console, job, !options.comparison.reports.empty());
    if (!outcome)
        return console.fail(outcome.error(), isNothingReadable(outcome.error().code) ? DoesNotHold : CouldNotRun);
    const replay::Progress &progress = outcome->progress;
    console.note(u"planned %1 = sent %2 + dropped %3 + waiting %4; sent = ok %5 + failed %6 + in flight %7; %8/s"_s
                     .arg(progress.planned)
                     .arg(progress.sent)
                     .arg(progress.dropped)
                     .arg(progress.waiting)
                     .arg(progress.ok)
                     .arg(progress.failed)
                     .arg(progress.inFlight)
                     .arg(progress.rate, 0, 'f', 1));
    if (progress.isGeneratorLate)
        console.note(
            u"The schedule was not kept: requests were sent up to %1 ms late."_s.arg(progress.lateness.max, 0, 'f', 1));
    compare::evaluateGates(*gates, outcome->result.comparison);
    if (!progress.targets.empty()) {
        const replay::TargetProgress &primary = progress.targets.front();
        const qint64 unanswered =
            primary.count(traffic::AnswerState::Failed) + primary.count(traffic::AnswerState::Timeout);
        if (unanswered > 0 && primary.count(traffic::AnswerState::Complete) == 0)
            return console.fail({kNothingReachable, {{u"count"_s, unanswered}}, {}, {}});
    }
    return showComparison(console, options.comparison, outcome->result);
}

} // namespace

void addReplay(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command =
        parser.add_subcommand("replay", "Send recorded requests to a primary and its mirrors and compare the answers");
    auto options = std::make_shared<ReplayOptions>();
    options->addTo(*command);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return replaySource(invocation.console, *options); };
    });
}

} // namespace parallax::cli
