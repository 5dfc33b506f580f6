// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/replayoptions.h"

#include "app/cli/errors.h"
#include "app/cli/usage.h"
#include "base/duration.h"
#include "replay/jsonspot.h"
#include "replay/pace.h"
#include "replay/source.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

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
        const Result<Nanoseconds> gap = base::parseDuration(text(options.maxGap));
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

/// `NAME=VALUE` or `NAME: VALUE` in two; empty name when there is no such sign.
std::pair<QString, QString> divided(const std::string &value, QLatin1StringView sign)
{
    const QString whole = text(value);
    const qsizetype at = whole.indexOf(sign);
    return at < 0 ? std::pair<QString, QString>() : std::pair(whole.left(at).trimmed(), whole.mid(at + sign.size()));
}

Status readChanges(const ReplayOptions &options, replay::ReplayPlan &plan)
{
    using Kind = replay::RewriteRule::Kind;
    const auto pairs = [&plan](const std::vector<std::string> &values, QLatin1StringView sign, Kind kind,
                               const QString &form) -> Status {
        for (const std::string &value : values) {
            const auto [name, rest] = divided(value, sign);
            if (name.isEmpty())
                return fail(kUsage, {}, u"%1 is not %2"_s.arg(text(value), form));
            plan.rewrites.push_back({kind, name, kind == Kind::SetHeader ? rest.trimmed() : rest});
        }
        return {};
    };
    if (Status read = pairs(options.rewriteUrls, "=>"_L1, Kind::ReplaceUrl, u"PATTERN=>TEXT"_s); !read)
        return read;
    if (Status read = pairs(options.setHeaders, ":"_L1, Kind::SetHeader, u"NAME: VALUE"_s); !read)
        return read;
    for (const std::string &name : options.removeHeaders)
        plan.rewrites.push_back({Kind::RemoveHeader, text(name), {}});
    if (Status read = pairs(options.setJson, "="_L1, Kind::SetJson, u"/POINTER=VALUE"_s); !read)
        return read;
    for (const std::string &pointer : options.removeJson)
        plan.rewrites.push_back({Kind::RemoveJson, text(pointer), {}});
    for (const std::string &value : options.extractions) {
        const auto [name, place] = divided(value, "="_L1);
        replay::Extraction extraction{name, {}, {}};
        if (place.startsWith("header:"_L1))
            extraction.header = place.mid(7).toUtf8();
        else
            extraction.pointer = place.toUtf8();
        const bool hasPlace = !extraction.header.isEmpty() || replay::isJsonPointer(extraction.pointer);
        if (name.isEmpty() || place.isEmpty() || !hasPlace)
            return fail(kUsage, {}, u"%1 is not NAME=/POINTER or NAME=header:HEADER"_s.arg(text(value)));
        plan.extractions.push_back(extraction);
    }
    plan.keepsCredentials = options.keepsCredentials;
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
    if (const Status target = readTarget(options, plan); !target)
        return fail(target.error());
    if (const Status pace = readPace(options, plan); !pace)
        return fail(pace.error());
    if (const Status changes = readChanges(options, plan); !changes)
        return fail(changes.error());
    if (!options.warmup.empty()) {
        const Result<replay::Warmup> warmup = replay::parseWarmup(text(options.warmup));
        if (!warmup)
            return fail(warmup.error());
        plan.warmup = *warmup;
    }
    if (!options.timeout.empty()) {
        const Result<std::chrono::milliseconds> timeout = base::parseMilliseconds(text(options.timeout));
        if (!timeout)
            return fail(timeout.error());
        plan.timeout = *timeout;
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

/// The plan in a capture. Whom it may be sent to is asked anew: a capture may come from anywhere.
Result<replay::ReplayPlan> planOfCapture(const ReplayOptions &options)
{
    if (options.onlyFailed && options.onlyDifferent)
        return fail(kUsage, {}, u"--only-failed and --only-different exclude each other"_s);
    const QString capture = QFileInfo(text(options.repeatRun)).absoluteFilePath();
    Result<replay::ReplayPlan> plan = replay::planOfRun(capture);
    if (!plan)
        return plan;
    if (options.onlyFailed)
        plan = replay::retryOfFailures(*std::move(plan), capture);
    else if (options.onlyDifferent)
        plan = replay::retryOfDifferent(*std::move(plan), capture);
    plan->allowedHosts.clear();
    return plan;
}

} // namespace

Result<replay::ReplayPlan> ReplayOptions::plan() const
{
    if (source.empty() == repeatRun.empty())
        return fail(kUsage, {}, u"Name a SOURCE, or a run to repeat with --repeat-run"_s);
    if (onlyFailed && repeatRun.empty())
        return fail(kUsage, {}, u"--only-failed needs --repeat-run"_s);
    Result<replay::ReplayPlan> plan = repeatRun.empty() ? makePlan(*this) : planOfCapture(*this);
    if (plan) {
        for (const std::string &host : allowHosts)
            plan->allowedHosts += text(host);
    }
    return plan;
}

void ReplayOptions::addTo(CLI::App &command)
{
    command.add_option("SOURCE", source, "A capture, or any file that import reads");
    command.add_flag("--only-different", onlyDifferent,
                     "Only requests whose pairs differed in the source (or in the run to repeat)");
    command.add_option("--allow-host", allowHosts, "Send to this host although it is not this machine; repeatable")
        ->type_name("HOST");
    command.add_option("--out", out, "Keep every answer in this capture")->type_name("CAPTURE");
    command.add_flag("--force", force, "Replace an existing capture");
    CLI::Option *again = command.add_option("--repeat-run", repeatRun, "Do the run of this capture again, as it was");
    again->type_name("CAPTURE");
    command.add_flag("--only-failed", onlyFailed, "With --repeat-run: only what got no good answer");
    const std::vector<CLI::Option *> always = command.get_options();
    // From here on: what makes up a plan, and a repetition has one.
    command.add_option("--endpoint", endpoint, "The endpoint of the repository whose backends and mirrors answer")
        ->type_name("NAME");
    command.add_option("--primary", primary, "Instead: DEPLOYMENT[@BRANCH][:VERSION] that answers; nothing is written")
        ->type_name("DEPLOYMENT");
    command.add_option("--mirror", mirrors, "With --primary: what it is compared with; repeatable")
        ->type_name("DEPLOYMENT");
    command.add_option("--to", to, "Send to a running router or any server instead")->type_name("URL");
    command.add_option("--speed", speed, "Recorded gaps at this factor, 1x or 2x")->type_name("FACTOR");
    command.add_option("--rate", rate, "Fixed rate, 200/s")->type_name("RATE");
    command.add_option("--concurrency", concurrency, "So many at once (the default, 4)")->type_name("N");
    command.add_option("--ramp", ramp, "Rising rate, 10..500/s:60s")->type_name("RAMP");
    command.add_option("--max-gap", maxGap, "With --speed: no longer gap than this")->type_name("DURATION");
    command.add_option("--repeat", repeat, "The whole source so many times")->type_name("N")->check(wholeNumber(1));
    command.add_option("--limit", limit, "At most so many requests of the source")
        ->type_name("N")
        ->check(wholeNumber(0));
    command.add_option("--warmup", warmup, "So many requests, or so long, before anything is counted")
        ->type_name("N|DURATION");
    command.add_option("--filter", filter, "Only requests that match, for instance method = POST and body ~ carat")
        ->type_name("EXPR");
    command.add_option("--sample", sample, "A deterministic share of the requests, for instance 5%")
        ->type_name("SHARE");
    command.add_option("--session", session, "In order within a session: header:NAME, cookie:NAME, ...")
        ->type_name("KEY");
    command.add_option("--seed", seed, "Of everything that is drawn (1)")->type_name("N");
    command.add_option("--timeout", timeout, "Of each request")->type_name("DURATION");
    command.add_option("--in-flight", inFlight, "At a fixed rate: at most so many under way (1024)")
        ->type_name("N")
        ->check(wholeNumber(1));
    command.add_option("--stop-after", stopAfter, "failures=N or different=N; repeatable")->type_name("CONDITION");
    command
        .add_option("--set-header", setHeaders,
                    "Send with this header; ${secret:NAME} and {{now}} are filled in; repeatable")
        ->type_name("NAME: VALUE");
    command.add_option("--remove-header", removeHeaders, "Send without this header; repeatable")->type_name("NAME");
    command.add_option("--set-json", setJson, "Replace a field of the body; repeatable")->type_name("/POINTER=VALUE");
    command.add_option("--remove-json", removeJson, "Remove a field of the body; repeatable")->type_name("/POINTER");
    command.add_option("--rewrite-url", rewriteUrls, "Replace in path and query, \\1 for groups; repeatable")
        ->type_name("PATTERN=>TEXT");
    command
        .add_option("--extract", extractions,
                    "With --session: take a value out of every answer and use it in later requests; repeatable")
        ->type_name("NAME=/POINTER|header:NAME");
    command.add_flag("--keep-credentials", keepsCredentials, "Send recorded Authorization and Cookie headers too");
    for (CLI::Option *option : command.get_options()) {
        if (std::ranges::find(always, option) == always.end())
            again->excludes(option);
    }
    repository.addTo(command);
    comparison.addTo(command);
}

} // namespace parallax::cli
