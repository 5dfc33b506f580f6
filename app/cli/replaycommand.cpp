// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/replaysession.h"
#include "app/cli/repositoryoption.h"
#include "app/cli/usage.h"
#include "base/errors.h"
#include "replay/errors.h"
#include "replay/pace.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct ReplayOptions
{
    RepositoryOption repository;
    ComparisonOptions comparison;
    std::string source;
    std::string endpoint;
    std::string to;
    std::string primary;
    std::vector<std::string> mirrors;
    std::string speed;
    std::string rate;
    std::string concurrency;
    std::string ramp;
    std::string maxGap;
    qint64 repeat = 1;
    qint64 limit = 0;
    std::string warmup;
    std::string filter;
    std::string sample;
    std::string session;
    bool onlyDifferent = false;
    quint64 seed = 1;
    std::string timeout;
    int inFlight = 1024;
    std::vector<std::string> stopAfter;
    std::vector<std::string> allowHosts;
    std::string out;
    bool force = false;
};

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

Status readPace(const ReplayOptions &options, replay::ReplayPlan &plan)
{
    const int given =
        !options.speed.empty() + !options.rate.empty() + !options.concurrency.empty() + !options.ramp.empty();
    if (given > 1)
        return fail(kUsage, {}, u"--speed, --rate, --concurrency and --ramp exclude each other"_s);
    Result<replay::Pace> pace = replay::Pace::closed(replay::kDefaultConcurrency);
    if (!options.speed.empty())
        pace = replay::parseSpeed(text(options.speed));
    else if (!options.rate.empty())
        pace = replay::parseRate(text(options.rate));
    else if (!options.ramp.empty())
        pace = replay::parseRamp(text(options.ramp));
    else if (!options.concurrency.empty())
        pace = replay::parseConcurrency(text(options.concurrency));
    if (!pace)
        return fail(pace.error());
    plan.pace = *pace;
    if (!options.maxGap.empty()) {
        const Result<Nanoseconds> gap = replay::parseDuration(text(options.maxGap));
        if (!gap)
            return fail(gap.error());
        plan.pace.maxGap = *gap;
    }
    return {};
}

Status readTarget(const ReplayOptions &options, replay::ReplayPlan &plan)
{
    const int given = !options.endpoint.empty() + !options.primary.empty() + !options.to.empty();
    if (given == 0)
        return fail(kUsage, {}, u"Name where to send: --endpoint, --primary with --mirror, or --to"_s);
    if (!options.primary.empty() && (!options.endpoint.empty() || !options.to.empty()))
        return fail(kUsage, {}, u"--primary makes an endpoint of its own and excludes --endpoint and --to"_s);
    if (options.primary.empty() && !options.mirrors.empty())
        return fail(kUsage, {}, u"--mirror needs --primary"_s);
    plan.endpoint = text(options.endpoint);
    plan.to = text(options.to);
    const auto deployment = [](const std::string &value) -> Result<endpoints::DeploymentRef> {
        const endpoints::DeploymentRef ref = endpoints::DeploymentRef::fromString(text(value));
        if (ref.name.isEmpty())
            return fail(kUsage, {}, u"%1 is not DEPLOYMENT[@BRANCH][:VERSION]"_s.arg(text(value)));
        return ref;
    };
    if (!options.primary.empty()) {
        const Result<endpoints::DeploymentRef> primary = deployment(options.primary);
        if (!primary)
            return fail(primary.error());
        plan.primary = *primary;
    }
    for (const std::string &value : options.mirrors) {
        const Result<endpoints::DeploymentRef> mirror = deployment(value);
        if (!mirror)
            return fail(mirror.error());
        plan.mirrors.push_back(*mirror);
    }
    return {};
}

Result<replay::ReplayPlan> makePlan(const ReplayOptions &options)
{
    replay::ReplayPlan plan;
    plan.source = text(options.source);
    plan.repeat = options.repeat;
    plan.limit = options.limit;
    plan.filter = text(options.filter);
    plan.onlyDifferent = options.onlyDifferent;
    plan.seed = options.seed;
    plan.maxInFlight = options.inFlight;
    for (const std::string &host : options.allowHosts)
        plan.allowedHosts += text(host);
    if (const Status target = readTarget(options, plan); !target)
        return fail(target.error());
    if (const Status pace = readPace(options, plan); !pace)
        return fail(pace.error());
    if (!options.warmup.empty()) {
        const Result<replay::Warmup> warmup = replay::parseWarmup(text(options.warmup));
        if (!warmup)
            return fail(warmup.error());
        plan.warmup = *warmup;
    }
    if (!options.timeout.empty()) {
        const Result<Nanoseconds> timeout = replay::parseDuration(text(options.timeout));
        if (!timeout)
            return fail(timeout.error());
        plan.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(*timeout);
    }
    for (const std::string &value : options.stopAfter) {
        const Result<replay::StopAfter> stop = replay::parseStopAfter(text(value));
        if (!stop)
            return fail(stop.error());
        plan.stopAfter.failures = std::max(plan.stopAfter.failures, stop->failures);
        plan.stopAfter.different = std::max(plan.stopAfter.different, stop->different);
    }
    if (!options.sample.empty()) {
        Result<replay::Sampling> sampling = replay::parseSample(text(options.sample));
        if (!sampling)
            return fail(sampling.error());
        plan.sampling = *sampling;
    }
    if (!options.session.empty()) {
        const Result<replay::RequestKey> key = replay::parseSessionKey(text(options.session));
        if (!key)
            return fail(key.error());
        plan.session = *key;
    }
    if (const Result<replay::Filter> filter = plan.parsedFilter(); !filter)
        return fail(filter.error());
    return plan;
}

/// Codes of what a run says when nothing of its source could be sent.
bool isNothingReadable(ErrorCode code)
{
    return code == replay::kSourceEmpty || code == replay::kAllFilteredOut;
}

int replaySource(const Console &console, const ReplayOptions &options)
{
    const Result<replay::ReplayPlan> plan = makePlan(options);
    if (!plan)
        return console.fail(plan.error(), UsageError);
    Result<std::vector<compare::Gate>> gates = options.comparison.parsedGates();
    if (!gates)
        return console.fail(gates.error(), gates.error().code == kReportPlace ? CouldNotRun : UsageError);
    if (const Status filled = checkNotEmpty(text(options.source)); !filled)
        return console.fail(filled.error(), DoesNotHold);
    ReplayJob job;
    job.plan = *plan;
    job.sourcePath = text(options.source);
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
    job.capture = job.keepCapture ? text(options.out) : temporary.filePath(u"replay.parallax"_s);
    if (QFileInfo::exists(job.capture)) {
        if (!options.force)
            return console.fail({base::kFileExists, {{u"file"_s, job.capture}}, {job.capture}, {}});
        if (QFileInfo(job.capture).canonicalFilePath() == QFileInfo(job.sourcePath).canonicalFilePath())
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
    command->add_option("SOURCE", options->source, "A capture, or any file that import reads")->required();
    command
        ->add_option("--endpoint", options->endpoint,
                     "The endpoint of the repository whose backends and mirrors answer")
        ->type_name("NAME");
    command
        ->add_option("--primary", options->primary,
                     "Instead: DEPLOYMENT[@BRANCH][:VERSION] that answers; nothing is written")
        ->type_name("DEPLOYMENT");
    command->add_option("--mirror", options->mirrors, "With --primary: what it is compared with; repeatable")
        ->type_name("DEPLOYMENT");
    command->add_option("--to", options->to, "Send to a running router or any server instead")->type_name("URL");
    command->add_option("--speed", options->speed, "Recorded gaps at this factor, 1x or 2x")->type_name("FACTOR");
    command->add_option("--rate", options->rate, "Fixed rate, 200/s")->type_name("RATE");
    command->add_option("--concurrency", options->concurrency, "So many at once (the default, 4)")->type_name("N");
    command->add_option("--ramp", options->ramp, "Rising rate, 10..500/s:60s")->type_name("RAMP");
    command->add_option("--max-gap", options->maxGap, "With --speed: no longer gap than this")->type_name("DURATION");
    command->add_option("--repeat", options->repeat, "The whole source so many times")
        ->type_name("N")
        ->check(wholeNumber(1));
    command->add_option("--limit", options->limit, "At most so many requests of the source")
        ->type_name("N")
        ->check(wholeNumber(0));
    command->add_option("--warmup", options->warmup, "So many requests, or so long, before anything is counted")
        ->type_name("N|DURATION");
    command
        ->add_option("--filter", options->filter,
                     "Only requests that match, for instance method = POST and body ~ carat")
        ->type_name("EXPR");
    command->add_option("--sample", options->sample, "A deterministic share of the requests, for instance 5%")
        ->type_name("SHARE");
    command->add_option("--session", options->session, "In order within a session: header:NAME, cookie:NAME, ...")
        ->type_name("KEY");
    command->add_flag("--only-different", options->onlyDifferent, "Only requests whose pairs differed in the source");
    command->add_option("--seed", options->seed, "Of everything that is drawn (1)")->type_name("N");
    command->add_option("--timeout", options->timeout, "Of each request")->type_name("DURATION");
    command->add_option("--in-flight", options->inFlight, "At a fixed rate: at most so many under way (1024)")
        ->type_name("N")
        ->check(wholeNumber(1));
    command->add_option("--stop-after", options->stopAfter, "failures=N or different=N; repeatable")
        ->type_name("CONDITION");
    command
        ->add_option("--allow-host", options->allowHosts,
                     "Send to this host although it is not this machine; repeatable")
        ->type_name("HOST");
    command->add_option("--out", options->out, "Keep every answer in this capture")->type_name("CAPTURE");
    command->add_flag("--force", options->force, "Replace an existing capture");
    options->repository.addTo(*command);
    options->comparison.addTo(*command);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return replaySource(invocation.console, *options); };
    });
}

} // namespace parallax::cli
