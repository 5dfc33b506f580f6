// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/calibrationoutput.h"
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/replaysession.h"
#include "app/cli/repositoryoption.h"
#include "app/cli/usage.h"
#include "base/duration.h"
#include "base/errors.h"
#include "base/files.h"
#include "base/linediff.h"
#include "compare/calibration.h"
#include "compare/rulesedit.h"
#include "replay/errors.h"
#include "replay/pace.h"
#include "traffic/capturestore.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kMaxRulesFile = 1024 * 1024;
const QString kAgain = u"mirror_1"_s; // the name that an endpoint of one run gives its first mirror

struct CalibrateOptions
{
    RepositoryOption repository;
    std::string source;
    std::string endpoint;
    std::string backend;
    std::string primary;
    std::vector<std::string> mirrors;
    bool allMirrors = false;
    std::string concurrency;
    qint64 limit = 0;
    std::string filter;
    std::string timeout;
    quint64 seed = 1;
    std::vector<std::string> allowHosts;
    std::string rules;
    bool write = false;
    bool dryRun = false;
};

/// Who is asked twice, and whom to hold against the noise.
struct Subjects
{
    QString name; ///< of the endpoint, as rules and requests know it
    endpoints::DeploymentRef primary;
    std::vector<endpoints::Mirror> mirrors;
};

Result<endpoints::DeploymentRef> parseDeployment(const std::string &value)
{
    const endpoints::DeploymentRef ref = endpoints::DeploymentRef::fromString(QString::fromStdString(value));
    if (ref.name.isEmpty())
        return fail(kUsage, {}, u"%1 is not DEPLOYMENT[@BRANCH][:VERSION]"_s.arg(QString::fromStdString(value)));
    return ref;
}

/// A split answers from several deployments, whose difference is no noise: one of them is asked.
Result<endpoints::Backend> chooseBackend(const endpoints::Endpoint &endpoint, const QString &label)
{
    const auto &backends = endpoint.backends;
    if (label.isEmpty()) {
        return *std::max_element(backends.begin(), backends.end(), [](const auto &a, const auto &b) {
            return a.effectiveWeight() < b.effectiveWeight();
        });
    }
    const auto named = std::find_if(backends.begin(), backends.end(),
                                    [&label](const endpoints::Backend &backend) { return backend.label == label; });
    if (named == backends.end())
        return fail(kUsage, {}, u"%1 has no backend %2"_s.arg(endpoint.name, label));
    return *named;
}

Result<Subjects> subjectsOf(const CalibrateOptions &options, const repository::Repository &repository)
{
    Subjects out;
    if (options.endpoint.empty() == options.primary.empty())
        return fail(kUsage, {}, u"Name what to ask twice: --endpoint or --primary"_s);
    if (options.endpoint.empty() && (options.allMirrors || !options.backend.empty()))
        return fail(kUsage, {}, u"--mirrors and --backend need --endpoint"_s);
    if (!options.primary.empty()) {
        const Result<endpoints::DeploymentRef> primary = parseDeployment(options.primary);
        if (!primary)
            return fail(primary.error());
        out.primary = *primary;
        out.name = primary->name;
    } else {
        const QString name = QString::fromStdString(options.endpoint);
        const Result<endpoints::EndpointFile> file = readEndpoint(repository, name);
        if (!file)
            return fail(file.error());
        for (const Finding &finding : file->findings()) {
            if (finding.severity == Severity::Error)
                return fail(finding.error);
        }
        const endpoints::Endpoint &endpoint = file->partial();
        const Result<endpoints::Backend> backend = chooseBackend(endpoint, QString::fromStdString(options.backend));
        if (!backend)
            return fail(backend.error());
        out.primary = backend->deployment;
        out.name = name;
        if (options.allMirrors)
            out.mirrors.assign(endpoint.mirrors.begin(), endpoint.mirrors.end());
    }
    for (const std::string &value : options.mirrors) {
        const Result<endpoints::DeploymentRef> mirror = parseDeployment(value);
        if (!mirror)
            return fail(mirror.error());
        out.mirrors.push_back({mirror->toString(), *mirror});
    }
    return out;
}

Result<replay::ReplayPlan> makePlan(const CalibrateOptions &options, const Subjects &subjects)
{
    replay::ReplayPlan plan;
    plan.source = QString::fromStdString(options.source);
    plan.endpoint = subjects.name;
    plan.primary = subjects.primary;
    plan.mirrors = {subjects.primary};
    for (const endpoints::Mirror &mirror : subjects.mirrors)
        plan.mirrors.push_back(mirror.deployment);
    plan.limit = options.limit;
    plan.filter = QString::fromStdString(options.filter);
    plan.seed = options.seed;
    for (const std::string &host : options.allowHosts)
        plan.allowedHosts += QString::fromStdString(host);
    Result<replay::Pace> pace = replay::Pace::closed(replay::kDefaultConcurrency);
    if (!options.concurrency.empty())
        pace = replay::parseConcurrency(QString::fromStdString(options.concurrency));
    if (!pace)
        return fail(pace.error());
    plan.pace = *pace;
    if (!options.timeout.empty()) {
        const Result<std::chrono::milliseconds> timeout =
            base::parseMilliseconds(QString::fromStdString(options.timeout));
        if (!timeout)
            return fail(timeout.error());
        plan.timeout = *timeout;
    }
    if (const Result<replay::Filter> filter = plan.parsedFilter(); !filter)
        return fail(filter.error());
    return plan;
}

/// The rules that are there: of --rules, else of the endpoint. `file` is also where --write puts the new ones.
struct RulesPlace
{
    QString file;
    std::optional<QByteArray> bytes; ///< none: there is no such file yet
    compare::Rules rules;
};

Result<RulesPlace> readRulesPlace(const CalibrateOptions &options, const repository::Repository &repository,
                                  const Subjects &subjects)
{
    RulesPlace place;
    const bool isNamed = !options.rules.empty();
    if (isNamed)
        place.file = QString::fromStdString(options.rules);
    else if (!options.endpoint.empty())
        place.file = shownPath(compare::rulesPath(repository.root(), subjects.name));
    if (place.file.isEmpty() || (!QFileInfo::exists(place.file) && (!isNamed || options.write)))
        return place;
    const Result<QByteArray> bytes = base::readFile(place.file, kMaxRulesFile);
    if (!bytes)
        return fail(bytes.error());
    const Result<compare::Rules> rules = compare::loadRules(place.file);
    if (!rules)
        return fail(rules.error());
    place.bytes = *bytes;
    place.rules = *rules;
    return place;
}

/// The file with every proposal in it, each checked by reading the result again.
Result<QByteArray> withProposals(const RulesPlace &place, const std::vector<compare::Rule> &proposals)
{
    QByteArray bytes = place.bytes.value_or(QByteArray());
    for (const compare::Rule &rule : proposals) {
        Result<QByteArray> edited = compare::withRule(bytes, rule);
        if (!edited)
            return fail(edited.error());
        bytes = std::move(*edited);
    }
    return bytes;
}

Status saveRules(const Console &console, const RulesPlace &place, const QByteArray &after, bool isDryRun)
{
    if (isDryRun) {
        const base::LineDiff diff = base::diffLines(place.bytes.value_or(QByteArray()), after);
        const QByteArray unified =
            base::unifiedDiff(diff, place.bytes ? u"a/"_s + place.file : u"/dev/null"_s, u"b/"_s + place.file);
        if (!console.json)
            console.print(QString::fromUtf8(unified).trimmed());
        return {};
    }
    if (const Status made = base::makePath(QFileInfo(place.file).absolutePath()); !made)
        return fail(made.error());
    return base::saveFile(place.file, after);
}

/// The rules that are there and, of those that follow, what says that a field cannot be compared at all. A tolerance
/// is left out: how far a number strays within it is the question.
compare::Rules withoutWhatIsVolatile(compare::Rules rules, const compare::Calibration &calibration)
{
    for (const compare::Rule &rule : calibration.proposals()) {
        if (rule.kind != compare::RuleKind::Tolerance)
            rules.rules.push_back(rule);
    }
    return rules;
}

/// Where each mirror strays further than the noise, in the order of `subjects`.
Result<std::vector<MirrorExcess>> excessOf(traffic::CaptureReader &capture, const compare::Rules &rules,
                                           const Subjects &subjects)
{
    compare::ExcessBuilder excess(rules, kAgain);
    const Status read = capture.forEach([&excess](traffic::Exchange &&exchange) {
        excess.add(exchange);
        return true;
    });
    if (!read)
        return fail(read.error());
    std::vector<MirrorExcess> out;
    for (std::size_t i = 0; i < subjects.mirrors.size(); ++i) {
        const endpoints::Mirror &mirror = subjects.mirrors[i];
        out.push_back({mirror.name, mirror.deployment.toString(), excess.result(u"mirror_%1"_s.arg(i + 2))});
    }
    return out;
}

/// Reads the answers back from the run's capture, where primary and mirrors stand side by side.
Result<CalibrationResult> evaluate(const QString &file, const compare::Rules &rules, const Subjects &subjects)
{
    const auto capture = traffic::CaptureReader::open(file);
    if (!capture)
        return fail(capture.error());
    compare::CalibrationBuilder noise(rules);
    const Status read = (*capture)->forEach([&noise](traffic::Exchange &&exchange) {
        const auto again = std::find_if(exchange.mirrors.begin(), exchange.mirrors.end(),
                                        [](const traffic::Reply &reply) { return reply.name == kAgain; });
        if (again != exchange.mirrors.end())
            std::iter_swap(exchange.mirrors.begin(), again);
        noise.add(exchange);
        return true;
    });
    if (!read)
        return fail(read.error());
    CalibrationResult result;
    result.deployment = subjects.primary.toString();
    result.calibration = noise.result();
    result.calibration.endpoint = subjects.name;
    if (!subjects.mirrors.empty()) {
        Result<std::vector<MirrorExcess>> mirrors =
            excessOf(**capture, withoutWhatIsVolatile(rules, result.calibration), subjects);
        if (!mirrors)
            return fail(mirrors.error());
        result.mirrors = std::move(*mirrors);
    }
    return result;
}

int exitCodeOf(const Error &error)
{
    if (error.code == kUsage)
        return UsageError;
    return error.code == replay::kSourceEmpty || error.code == replay::kAllFilteredOut ? DoesNotHold : CouldNotRun;
}

int failed(const Console &console, const Error &error)
{
    return console.fail(error, static_cast<ExitCode>(exitCodeOf(error)));
}

int calibrate(const Console &console, const CalibrateOptions &options)
{
    const Result<repository::Repository> repository = options.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    const Result<Subjects> subjects = subjectsOf(options, *repository);
    if (!subjects)
        return failed(console, subjects.error());
    const bool wantsFile = options.write || options.dryRun;
    if (wantsFile && options.endpoint.empty() && options.rules.empty())
        return console.fail({kUsage, {}, {}, u"--write with --primary needs --rules FILE"_s}, UsageError);
    const Result<replay::ReplayPlan> plan = makePlan(options, *subjects);
    if (!plan)
        return console.fail(plan.error(), UsageError);
    if (const Status filled = checkNotEmpty(plan->source); !filled)
        return console.fail(filled.error(), DoesNotHold);
    const Result<RulesPlace> place = readRulesPlace(options, *repository, *subjects);
    if (!place)
        return console.fail(place.error(), DoesNotHold);

    const QTemporaryDir temporary; // owner only
    ReplayJob job;
    job.plan = *plan;
    job.repository = *repository;
    job.rules = place->rules;
    job.capture = temporary.filePath(u"calibration.parallax"_s);
    const Result<ReplayOutcome> outcome = runReplay(console, job, false);
    if (!outcome)
        return failed(console, outcome.error());
    Result<CalibrationResult> result = evaluate(job.capture, place->rules, *subjects);
    if (!result)
        return console.fail(result.error());
    if (result->calibration.requests == 0)
        return console.fail({kNothingReachable, {{u"count"_s, outcome->progress.sent}}, {}, {}});
    result->replay = outcome->progress.toJson();
    if (wantsFile)
        result->rulesFile = place->file;
    const std::vector<compare::Rule> proposals = result->calibration.proposals();
    if (wantsFile && !proposals.empty()) {
        const Result<QByteArray> after = withProposals(*place, proposals);
        if (!after)
            return console.fail(after.error(), DoesNotHold);
        if (const Status saved = saveRules(console, *place, *after, options.dryRun); !saved)
            return console.fail(saved.error());
        result->isWritten = !options.dryRun;
    }
    if (console.json)
        console.printJson(toJson(*result));
    else
        console.print(toTable(*result));
    return Done;
}

} // namespace

void addCalibrate(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand(
        "calibrate", "Ask the primary every request twice: the noise of every field, and the rules that follow");
    auto options = std::make_shared<CalibrateOptions>();
    command->add_option("SOURCE", options->source, "A capture, or any file that import reads")->required();
    command->add_option("--endpoint", options->endpoint, "The endpoint whose primary is asked twice")
        ->type_name("NAME");
    command->add_option("--backend", options->backend, "Of a split: this backend (default: the heaviest)")
        ->type_name("LABEL");
    command->add_option("--primary", options->primary, "Instead of --endpoint: DEPLOYMENT[@BRANCH][:VERSION]")
        ->type_name("DEPLOYMENT");
    command->add_flag("--mirrors", options->allMirrors,
                      "Also ask the endpoint's mirrors, and say where they stray further than the noise");
    command->add_option("--mirror", options->mirrors, "The same for this DEPLOYMENT[@BRANCH][:VERSION]; repeatable")
        ->type_name("DEPLOYMENT");
    command->add_option("--concurrency", options->concurrency, "So many requests at once (4)")->type_name("N");
    command->add_option("--limit", options->limit, "At most so many requests of the source")
        ->type_name("N")
        ->check(wholeNumber(0));
    command->add_option("--filter", options->filter, "Only requests that match")->type_name("EXPR");
    command->add_option("--timeout", options->timeout, "Of each request")->type_name("DURATION");
    command->add_option("--seed", options->seed, "Of everything that is drawn (1)")->type_name("N");
    command
        ->add_option("--allow-host", options->allowHosts,
                     "Send to this host although it is not this machine; repeatable")
        ->type_name("HOST");
    command->add_option("--rules", options->rules, "Rules that are there (default: .parallax/compare/ENDPOINT.yaml)")
        ->type_name("FILE");
    command->add_flag("--write", options->write, "Add the rules that follow to that file, leaving all else as it is");
    command->add_flag("--dry-run", options->dryRun, "Print what --write would change and write nothing");
    options->repository.addTo(*command);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return calibrate(invocation.console, *options); };
    });
}

} // namespace parallax::cli
