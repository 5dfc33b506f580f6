// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/replaypresenter.h"

#include "base/errors.h"
#include "base/files.h"
#include "http/epolldispatcher.h"
#include "replay/errors.h"
#include "traffic/redactionfile.h"
#include "traffic/trafficsource.h"
#include "ui/replay/filenames.h"
#include "ui/replay/replayworker.h"
#include "ui/wording/wording.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr Nanoseconds kRateWindow = std::chrono::milliseconds(500);
constexpr Nanoseconds kLeastRateWindow = std::chrono::milliseconds(50); ///< the last one is shorter
constexpr std::size_t kMostRatePoints = 480;
constexpr qint64 kMostCounted = 200'000;
constexpr qsizetype kMostFindings = 50;
/// A run takes the place of a file that was chosen for it when it has ended, not before.
constexpr auto kUnfinished = ".unfinished"_L1;
constexpr int kTicksBetweenComparisons = 5;
constexpr qsizetype kMostSources = 12;

SourceInfo examine(const QString &path, const std::stop_token &stop)
{
    SourceInfo info;
    info.path = path;
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(path);
    if (!source) {
        info.error = source.error();
        return info;
    }
    if (source->isCapture()) {
        info.requests = source->capture()->count().value_or(0);
        info.isRun = !source->capture()->property(replay::kPlanProperty).value_or(QByteArray()).isEmpty();
        return info;
    }
    traffic::ImportOptions how;
    how.file = path;
    how.stop = stop;
    const Result<traffic::ImportSummary> read = source->forEach(
        [&info](traffic::Exchange &&exchange) {
            ++info.requests;
            info.hasTimes = info.hasTimes && exchange.arrival.has_value();
            return info.requests < kMostCounted;
        },
        how);
    if (!read) {
        info.error = read.error();
        return info;
    }
    info.isWhole = !read->wasStopped;
    if (info.requests == 0)
        info.error = read->reasons.isEmpty() ? Error{replay::kSourceEmpty, {}, {}, {}} : read->reasons.first();
    return info;
}

void halve(std::vector<QPointF> &points)
{
    for (std::size_t i = 0; i + 1 < points.size(); i += 2)
        points[i / 2] = (points[i] + points[i + 1]) / 2;
    points.resize(points.size() / 2);
}

} // namespace

ReplayPresenter::ReplayPresenter(const repository::Repository &repository, Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_repository(repository)
{
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &ReplayPresenter::onTick);
    if (!m_options.sampleTraffic.isEmpty())
        setSource(m_options.sampleTraffic);
    findSources();
}

ReplayPresenter::~ReplayPresenter()
{
    m_sourceStop.request_stop();
    letGo();
}

/// The session ends by itself: the deployments may take a moment. A run that goes on is given up.
void ReplayPresenter::letGo()
{
    if (std::exchange(m_worker, nullptr) == nullptr)
        return;
    std::vector<std::unique_ptr<QThread>> threads;
    threads.push_back(std::move(m_thread));
    base::retire(std::move(threads));
}

void ReplayPresenter::findSources()
{
    m_reading.run(
        [this, folder = m_options.captureFolder, sample = m_options.sampleTraffic]() -> base::TaskQueue::Answer {
            QStringList paths;
            for (const QFileInfo &file : QDir(folder).entryInfoList({u"*.parallax"_s}, QDir::Files, QDir::Time)) {
                if (paths.size() < kMostSources)
                    paths += file.absoluteFilePath();
            }
            if (!sample.isEmpty())
                paths += sample;
            return [this, paths] {
                m_sources = paths;
                Q_EMIT sourcesFound();
            };
        });
}

void ReplayPresenter::setCaptureFolder(const QString &folder)
{
    if (std::exchange(m_options.captureFolder, folder) != folder)
        findSources();
}

void ReplayPresenter::setWorkspace(const targets::WorkspacePtr &workspace)
{
    m_workspace = workspace;
    const QStringList names = endpointNames();
    if (!m_plan.primary && m_plan.to.isEmpty() && !names.contains(m_plan.endpoint)) {
        m_plan.endpoint.clear();
        for (const endpoints::Endpoint &endpoint : m_workspace->servable()) {
            if (m_plan.endpoint.isEmpty() || !endpoint.mirrors.isEmpty())
                m_plan.endpoint = endpoint.name;
            if (!endpoint.mirrors.isEmpty())
                break;
        }
        m_plan.withoutMirrors.clear();
        Q_EMIT planChanged();
    }
    Q_EMIT workspaceChanged();
}

void ReplayPresenter::setPlan(const replay::ReplayPlan &plan)
{
    if (plan == m_plan)
        return;
    const bool hasNewSource = plan.source != m_plan.source;
    m_plan = plan;
    Q_EMIT planChanged();
    if (hasNewSource)
        setSource(plan.source);
}

void ReplayPresenter::setSource(const QString &path)
{
    m_sourceStop.request_stop();
    m_sourceStop = {};
    m_source = {};
    m_source.path = path;
    m_isCounting = !path.isEmpty();
    const quint64 question = ++m_sourceQuestion;
    m_repeats.clear();
    if (m_plan.source != path) {
        m_plan.source = path;
        m_plan.sourceEndpoint.clear();
        Q_EMIT planChanged();
    }
    Q_EMIT sourceChanged();
    if (path.isEmpty())
        return;
    m_reading.run([this, path, question, stop = m_sourceStop.get_token()]() -> base::TaskQueue::Answer {
        return [this, info = examine(path, stop), question] {
            if (question != m_sourceQuestion)
                return;
            m_source = info;
            m_isCounting = false;
            Q_EMIT sourceChanged();
        };
    });
}

void ReplayPresenter::setOutput(const QString &path)
{
    m_output = path;
    Q_EMIT planChanged();
}

QStringList ReplayPresenter::endpointNames() const
{
    QStringList names;
    if (m_workspace) {
        for (const endpoints::Endpoint &endpoint : m_workspace->servable())
            names += endpoint.name;
    }
    return names;
}

QList<RunTarget> ReplayPresenter::targets() const
{
    return targetsOf(m_plan);
}

endpoints::Endpoint ReplayPresenter::endpointOf(const replay::ReplayPlan &plan) const
{
    if (plan.primary)
        return replay::adHocEndpoint(plan);
    if (m_workspace) {
        for (const endpoints::Endpoint &one : m_workspace->servable()) {
            if (one.name == plan.endpoint)
                return one;
        }
    }
    return {};
}

bool ReplayPresenter::isEdited() const
{
    return m_phase == ReplayPhase::Done && !(endpointOf(m_view.plan) == m_ran);
}

QList<RunTarget> ReplayPresenter::targetsOf(const replay::ReplayPlan &plan) const
{
    QList<RunTarget> rows;
    const endpoints::Endpoint endpoint = endpointOf(plan);
    for (const endpoints::Backend &backend : std::as_const(endpoint.backends))
        rows.append({backend.label, backend.deployment, false, true});
    for (const endpoints::Mirror &mirror : std::as_const(endpoint.mirrors))
        rows.append({mirror.name, mirror.deployment, true, !plan.withoutMirrors.contains(mirror.name)});
    return rows;
}

QString ReplayPresenter::obstacle() const
{
    if (!m_formProblem.isEmpty())
        return m_formProblem;
    if (m_plan.source.isEmpty())
        return tr("Choose the traffic to replay first");
    if (m_source.error)
        return wording::text(*m_source.error);
    if (!m_workspace)
        return tr("The repository is being read");
    if (!m_plan.primary && m_plan.to.isEmpty() && targets().isEmpty())
        return tr("There is no endpoint to send to");
    if (const Result<replay::Filter> filter = m_plan.parsedFilter(); !filter)
        return wording::text(filter.error());
    return {};
}

bool ReplayPresenter::isActive() const
{
    return m_phase != ReplayPhase::Idle && m_phase != ReplayPhase::Done && m_phase != ReplayPhase::Failed;
}

void ReplayPresenter::start()
{
    if (isActive() || !obstacle().isEmpty())
        return;
    begin(m_plan, m_repeats);
}

void ReplayPresenter::proceed()
{
    if (m_awaiting && !isActive())
        begin(m_awaiting->first, m_awaiting->second);
}

QStringList ReplayPresenter::unapprovedFor(const replay::ReplayPlan &plan) const
{
    if (!m_options.unapproved || !plan.to.isEmpty() || !m_workspace)
        return {};
    QList<endpoints::DeploymentRef> deployments;
    for (const RunTarget &target : targetsOf(plan)) {
        if (target.isChosen)
            deployments.append(target.deployment);
    }
    return m_options.unapproved(*m_workspace, deployments);
}

void ReplayPresenter::retryFailed()
{
    if (m_phase == ReplayPhase::Done && failedRequests() > 0)
        begin(replay::retryOfFailures(m_view.plan, m_view.capture), m_view.capture);
}

void ReplayPresenter::retryDifferent()
{
    if (m_phase == ReplayPhase::Done && differentPairs() > 0)
        begin(replay::retryOfDifferent(m_view.plan, m_view.capture), m_view.capture);
}

void ReplayPresenter::allowHosts(const QStringList &hosts)
{
    if (isActive())
        return;
    replay::ReplayPlan plan = m_view.plan;
    plan.allowedHosts += hosts;
    begin(std::move(plan), m_view.earlier);
}

void ReplayPresenter::begin(replay::ReplayPlan plan, QString earlier)
{
    if (const QStringList commands = unapprovedFor(plan); !commands.isEmpty()) {
        m_awaiting = std::pair(std::move(plan), std::move(earlier));
        Q_EMIT approvalNeeded(commands);
        return;
    }
    m_awaiting.reset();
    const quint64 number = ++m_runNumber;
    m_stopsAtOnce = false;
    m_view = {};
    m_view.plan = plan;
    m_ran = endpointOf(plan);
    m_view.earlier = std::move(earlier);
    m_view.started = QDateTime::currentDateTime();
    m_collector = std::make_shared<RunCollector>(kRateWindow);
    m_rateAt = {};
    m_rateSent = 0;
    m_ticksUntilComparison = kTicksBetweenComparisons;
    setPhase(ReplayPhase::Starting);
    // The workspace that was looked at for approval is the one that runs, whatever changes on disk meanwhile.
    m_starting.run([this, number, plan = std::move(plan), options = m_options, output = m_output,
                    started = m_view.started, workspace = m_workspace, redacts = m_redacts,
                    root = m_repository.root()]() -> base::TaskQueue::Answer {
        Status made;
        if (output.isEmpty())
            made = base::makePath(options.captureFolder, base::Privacy::OwnerOnly);
        else
            QFile::remove(output + kUnfinished); // of a run that was killed
        const Result<traffic::RedactionRules> redaction =
            redacts ? traffic::redactionRulesOf(root)
                    : Result<traffic::RedactionRules>(traffic::RedactionRules::none());
        if (made && !redaction)
            made = fail(redaction.error());
        const QString capture = output.isEmpty()
                                    ? newFileIn(options.captureFolder, u"Replay"_s, started, u".parallax"_s)
                                    : QString(output + kUnfinished);
        const Result<QString> script = options.runnerScript ? options.runnerScript() : Result<QString>(QString());
        return [this, number, plan, made, capture, script, workspace, redaction] {
            if (number != m_runNumber)
                return;
            if (!made)
                onFailed(made.error());
            else if (!script)
                onFailed(script.error());
            else
                launch({plan, capture, *script, workspace, *redaction});
        };
    });
}

void ReplayPresenter::launch(const Launch &run)
{
    using replay::ReplaySession;
    m_view.capture = run.capture;
    ReplaySession::Setup setup;
    setup.plan = run.plan;
    setup.repository = m_repository;
    setup.workspace = run.workspace;
    setup.capture = run.capture;
    setup.redaction = run.redaction;
    setup.targets.runnerScript = run.script;
    setup.wording = [](const Error &error) { return wording::text(error); };
    setup.recorded = [collector = m_collector](const std::vector<traffic::ExchangePtr> &exchanges) {
        collector->add(exchanges);
    };
    m_worker = new ReplayWorker(std::move(setup));
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(u"replay session"_s);
    m_worker->moveToThread(m_thread.get());
    http::deleteWithThread(*m_thread, m_worker);
    connect(m_worker, &ReplayWorker::compared, this,
            [this, number = m_runNumber](const ReplayWorker::ComparisonPtr &comparison) {
                if (number != m_runNumber || m_worker == nullptr)
                    return;
                m_view.comparison = comparison;
                m_ticksUntilComparison = kTicksBetweenComparisons;
            });
    ReplaySession *session = m_worker->session();
    connect(session, &ReplaySession::readingStarted, this, [this] { setPhase(ReplayPhase::Reading); });
    connect(session, &ReplaySession::prepared, this, [this] { setPhase(ReplayPhase::Running); });
    connect(session, &ReplaySession::warned, this, [this](const Finding &finding) {
        if (m_view.findings.size() < kMostFindings)
            m_view.findings.append(finding);
        Q_EMIT progressed();
    });
    connect(session, &ReplaySession::failed, this, &ReplayPresenter::onFailed);
    connect(session, &ReplaySession::ended, this, &ReplayPresenter::onEnded);
    m_tick.start();
    m_thread->start();
    session->start();
    if (m_stopsAtOnce)
        stop();
}

void ReplayPresenter::pause()
{
    if (m_worker != nullptr)
        QMetaObject::invokeMethod(m_worker->session(), &replay::ReplaySession::pause);
}

void ReplayPresenter::resume()
{
    if (m_worker != nullptr)
        QMetaObject::invokeMethod(m_worker->session(), &replay::ReplaySession::resume);
}

void ReplayPresenter::step()
{
    if (m_worker != nullptr)
        QMetaObject::invokeMethod(m_worker->session(), &replay::ReplaySession::step);
}

void ReplayPresenter::stop()
{
    m_stopsAtOnce = true;
    if (m_worker != nullptr)
        QMetaObject::invokeMethod(m_worker->session(), &replay::ReplaySession::stop);
}

qint64 ReplayPresenter::failedRequests() const
{
    qint64 failures = 0;
    for (const FailureRow &row : m_view.failures) {
        if (row.kind != FailureRow::Kind::Dropped)
            failures += row.count;
    }
    return failures;
}

qint64 ReplayPresenter::differentPairs() const
{
    qint64 pairs = 0;
    for (const replay::TargetProgress &target : m_view.progress.targets)
        pairs += target.outcomes[traffic::Outcome::Different] + target.outcomes[traffic::Outcome::BothErrorDifferent];
    return pairs;
}

void ReplayPresenter::setPhase(ReplayPhase phase)
{
    if (m_phase == phase)
        return;
    m_phase = phase;
    Q_EMIT phaseChanged();
}

void ReplayPresenter::onTick()
{
    if (m_worker == nullptr)
        return;
    takeFigures();
    switch (m_view.progress.state) {
    case replay::RunState::Running:
        setPhase(ReplayPhase::Running);
        break;
    case replay::RunState::Paused:
        setPhase(ReplayPhase::Paused);
        break;
    case replay::RunState::Stopping:
        setPhase(ReplayPhase::Stopping);
        break;
    default:
        break; // before the first request, and after the last until ended() comes
    }
    if (--m_ticksUntilComparison <= 0) {
        m_ticksUntilComparison = 10 * kTicksBetweenComparisons; // the answer shortens it
        QMetaObject::invokeMethod(m_worker, &ReplayWorker::compare);
    }
    Q_EMIT progressed();
}

void ReplayPresenter::takeFigures()
{
    replay::ReplaySession *session = m_worker->session();
    m_view.progress = session->progress();
    m_view.recordsRead = session->recordsRead();
    const replay::Progress &progress = m_view.progress;
    if (progress.elapsed - m_rateAt >= (progress.isOver() ? kLeastRateWindow : kRateWindow)) {
        const double from = std::chrono::duration<double>(m_rateAt).count();
        const double to = std::chrono::duration<double>(progress.elapsed).count();
        m_view.sentRate.emplace_back((from + to) / 2, static_cast<double>(progress.sent - m_rateSent) / (to - from));
        m_rateAt = progress.elapsed;
        m_rateSent = progress.sent;
        if (m_view.sentRate.size() > kMostRatePoints)
            halve(m_view.sentRate);
    }
    m_view.latency = m_collector->latency(progress.elapsed, progress.isOver());
    m_view.failures = m_collector->failures();
}

void ReplayPresenter::onFailed(const Error &error)
{
    m_tick.stop();
    letGo();
    m_view.error = error;
    m_view.capture.clear();
    setPhase(ReplayPhase::Failed);
    Q_EMIT progressed();
    if (error.code == replay::kHostNotAllowed)
        Q_EMIT hostsAsked(error.args[u"hosts"_s].toStringList(), error.args[u"count"_s].toLongLong());
}

void ReplayPresenter::onEnded(const replay::SessionResult &result)
{
    m_tick.stop();
    takeFigures();
    m_view.progress = result.progress;
    m_view.comparison = std::make_shared<const compare::Comparison>(result.comparison);
    if (result.notWritten)
        m_view.findings.append({Severity::Error, *result.notWritten});
    letGo();
    keepOutput();
    findSources();
    setPhase(ReplayPhase::Done);
    Q_EMIT progressed();
}

void ReplayPresenter::keepOutput()
{
    if (m_output.isEmpty())
        return;
    const QString output = std::exchange(m_output, {}); // the next run gets another
    if (std::rename(QFile::encodeName(m_view.capture).constData(), QFile::encodeName(output).constData()) == 0)
        m_view.capture = output;
    else
        m_view.findings.append(
            {Severity::Error,
             Error{base::kFileNotWritten, {}, {output}, QString::fromLocal8Bit(std::strerror(errno))}});
}

} // namespace parallax::ui
