// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/replaysession.h"

#include "base/errors.h"
#include "compare/rulesbook.h"
#include "replay/errors.h"
#include "replay/literalsecrets.h"
#include "router/errors.h"
#include "targets/workspace.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

const QString kServerEndpoint = u"server"_s;

} // namespace

ReplaySession::ReplaySession(const Clock &clock, const targets::SecretStore &secrets, Setup setup, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_secrets(secrets)
    , m_setup(std::move(setup))
{
    qRegisterMetaType<Finding>();
    qRegisterMetaType<SessionResult>();
}

ReplaySession::~ReplaySession()
{
    // The run reports what it gives up to the recorder, and the recorder to the run.
    dropRun();
    m_recorder.reset();
}

void ReplaySession::start()
{
    QMetaObject::invokeMethod(this, &ReplaySession::begin, Qt::QueuedConnection);
}

void ReplaySession::pause()
{
    if (m_run)
        m_run->pause();
}

void ReplaySession::resume()
{
    if (m_run)
        m_run->resume();
}

void ReplaySession::step()
{
    if (m_run)
        m_run->step();
}

void ReplaySession::stop()
{
    if (m_run)
        m_run->stop();
    else
        giveUp(Error{base::kCancelled, {}, {}, {}});
}

Progress ReplaySession::progress() const
{
    const std::lock_guard lock(m_runMutex);
    return m_run ? m_run->progress() : m_lastProgress;
}

std::vector<Tally::Distribution> ReplaySession::distributions() const
{
    const std::lock_guard lock(m_runMutex);
    return m_run ? m_run->distributions() : m_lastDistributions;
}

qint64 ReplaySession::recordsRead() const
{
    const std::lock_guard lock(m_runMutex);
    return m_run ? m_run->recordsRead() : m_lastRead;
}

compare::Comparison ReplaySession::comparison() const
{
    const std::lock_guard lock(m_builderMutex);
    return m_builder ? m_builder->summary(compare::Detail::Progress) : compare::Comparison();
}

void ReplaySession::begin()
{
    if (m_isOver)
        return;
    if (const Status checked = checkNoLiteralSecret(m_setup.plan.rewrites, m_setup.redaction); !checked)
        return giveUp(checked.error());
    m_setup.plan.source = QFileInfo(m_setup.plan.source).absoluteFilePath();
    ReplayPlan &plan = m_setup.plan;
    Result<ReplaySource> source = openSource(plan, m_setup.format);
    if (!source)
        return giveUp(source.error());
    m_source = std::move(*source);
    const QString root = m_setup.repository ? m_setup.repository->root() : QString();
    const QString ruled = plan.endpoint.isEmpty() && plan.primary ? plan.primary->name : plan.endpoint;
    m_rules = m_setup.rules ? *m_setup.rules : *compare::RulesBook(root).rules(ruled);
    {
        const std::lock_guard lock(m_builderMutex);
        m_builder = std::make_unique<compare::ComparisonBuilder>(m_rules);
    }
    if (!plan.to.isEmpty()) {
        const Result<router::RoutingTablePtr> table = tableForUrl(plan.to, kServerEndpoint);
        if (!table)
            return giveUp(table.error());
        return run(Addressing::toServer(*table, kServerEndpoint));
    }
    if (!m_setup.workspace) {
        const Result<targets::WorkspacePtr> read = targets::WorkspaceReader(*m_setup.repository).read();
        if (!read)
            return giveUp(read.error());
        m_setup.workspace = *read;
    }
    const Result<endpoints::Endpoint> endpoint = endpointOf(*m_setup.workspace);
    if (!endpoint)
        return giveUp(endpoint.error());
    m_endpoint = endpoint->name;
    m_routing = std::make_unique<router::RoutingSession>(*m_setup.repository, m_secrets, m_setup.targets);
    connect(m_routing.get(), &router::RoutingSession::targetFailed, this, &ReplaySession::onTargetFailed);
    connect(m_routing.get(), &router::RoutingSession::settled, this, &ReplaySession::onSettled);
    if (plan.primary || !plan.withoutMirrors.isEmpty())
        m_routing->setAdHocEndpoint(*endpoint);
    Q_EMIT targetsStarting();
    m_routing->setWorkspace(m_setup.workspace, {m_endpoint});
}

Result<endpoints::Endpoint> ReplaySession::endpointOf(const targets::Workspace &workspace) const
{
    const ReplayPlan &plan = m_setup.plan;
    if (plan.primary)
        return adHocEndpoint(plan);
    const targets::WorkspaceEndpoint *known = workspace.endpoint(plan.endpoint);
    if (known == nullptr)
        return fail(router::kUnknownEndpoint, {{u"endpoint"_s, plan.endpoint}});
    for (const Finding &finding : known->findings) {
        if (finding.severity == Severity::Error)
            return tl::unexpected(finding.error);
    }
    endpoints::Endpoint endpoint = known->file.partial();
    endpoint.mirrors.removeIf(
        [&plan](const endpoints::Mirror &mirror) { return plan.withoutMirrors.contains(mirror.name); });
    return endpoint;
}

void ReplaySession::onTargetFailed(const endpoints::DeploymentRef &deployment, const Error &error)
{
    // Before the run the first failure is kept back: if it ends the run, failed() says it, once.
    m_failedTargets.append(deployment);
    if (m_firstFailure || m_isSettled)
        Q_EMIT warned({Severity::Error, error});
    else
        m_firstFailure = error;
}

void ReplaySession::onSettled()
{
    if (m_run || m_isOver)
        return;
    // Without a primary there is nothing to compare with; a missing mirror shows in its answers.
    const router::EndpointEntry *entry = m_routing->table()->findEndpoint(m_endpoint);
    const auto answers = [this](const router::BackendEntry &backend) {
        return backend.staticValue.has_value() || !m_failedTargets.contains(backend.target.deployment);
    };
    if (entry == nullptr || std::none_of(entry->backends.begin(), entry->backends.end(), answers))
        return giveUp(m_firstFailure ? *m_firstFailure
                                     : Error{router::kUnknownEndpoint, {{u"endpoint"_s, m_endpoint}}, {}, {}});
    if (m_firstFailure)
        Q_EMIT warned({Severity::Error, *m_firstFailure});
    m_isSettled = true;
    run(Addressing::toEndpoint(m_routing->table(), m_endpoint));
}

Status ReplaySession::openRecorder()
{
    traffic::Recorder::Options options;
    options.capture.redaction = m_setup.redaction;
    options.capture.properties[kPlanProperty] = planText(m_setup.plan);
    options.judge = [rules = m_rules](traffic::Exchange &exchange) { compare::judgeInto(exchange, rules); };
    if (m_setup.plan.pace.isScheduled())
        options.slice = kScheduleSlice;
    options.recorded = [this](const std::vector<traffic::ExchangePtr> &exchanges) { onRecorded(exchanges); };
    auto recorder = traffic::Recorder::open(m_setup.capture, options, traffic::CaptureWriter::Mode::CreateNew);
    if (!recorder)
        return tl::unexpected(recorder.error());
    m_recorder = std::move(*recorder);
    return {};
}

void ReplaySession::run(Addressing addressing)
{
    if (const Status status = openRecorder(); !status)
        return giveUp(status.error());
    ReplayRun::Setup setup;
    setup.plan = m_setup.plan;
    setup.addressing = std::move(addressing);
    setup.engine.wording = m_setup.wording;
    setup.engine.seed = m_setup.plan.seed;
    setup.secrets = [this](const QString &name) -> std::optional<QByteArray> {
        const std::optional<QString> secret = m_secrets.secret(name);
        return secret ? std::optional(secret->toUtf8()) : std::nullopt;
    };
    setup.backlog = [recorder = m_recorder.get()] { return recorder->statistics().waiting; };
    setup.source = m_source->reader;
    auto made = std::make_unique<ReplayRun>(m_clock, std::move(setup), m_recorder.get());
    connect(made.get(), &ReplayRun::failed, this, &ReplaySession::giveUp, Qt::QueuedConnection);
    connect(made.get(), &ReplayRun::ended, this, &ReplaySession::conclude, Qt::QueuedConnection);
    connect(made.get(), &ReplayRun::stateChanged, this, &ReplaySession::stateChanged);
    connect(made.get(), &ReplayRun::prepared, this,
            [this](const PlanCounts &counts, const std::vector<Finding> &findings) {
                for (const Finding &finding : m_source->findings())
                    Q_EMIT warned(finding);
                for (const Finding &finding : findings)
                    Q_EMIT warned(finding);
                Q_EMIT prepared(counts);
            });
    {
        const std::lock_guard lock(m_runMutex);
        m_run = std::move(made);
    }
    Q_EMIT readingStarted();
    m_run->start();
}

void ReplaySession::onRecorded(const std::vector<traffic::ExchangePtr> &exchanges)
{
    {
        const std::lock_guard lock(m_builderMutex);
        for (const traffic::ExchangePtr &exchange : exchanges) {
            if (!exchange->isWarmup)
                m_builder->add(*exchange);
        }
    }
    {
        const std::lock_guard lock(m_runMutex);
        if (m_run)
            m_run->noteJudged(exchanges);
    }
    if (m_setup.recorded)
        m_setup.recorded(exchanges);
}

void ReplaySession::giveUp(const Error &error)
{
    if (std::exchange(m_isOver, true))
        return;
    dropRun();
    if (m_recorder) {
        // Nothing was sent: a capture without an exchange would only be in the way.
        const QString path = m_recorder->path();
        m_recorder.reset();
        QFile::remove(path);
    }
    if (m_routing)
        m_routing->stop();
    Q_EMIT failed(error);
}

void ReplaySession::conclude()
{
    if (std::exchange(m_isOver, true))
        return;
    // The last answers are judged while the recorder closes; only then the run's figures are final.
    const Status closed = m_recorder->close();
    SessionResult result;
    result.capture = m_setup.capture;
    if (!closed)
        result.notWritten = closed.error();
    dropRun();
    result.progress = m_lastProgress;
    if (m_routing)
        m_routing->stop();
    {
        const std::lock_guard lock(m_builderMutex);
        result.comparison = m_builder->summary();
    }
    m_recorder.reset();
    Q_EMIT ended(result);
}

void ReplaySession::dropRun()
{
    std::unique_ptr<ReplayRun> over;
    {
        const std::lock_guard lock(m_runMutex);
        if (!m_run)
            return;
        m_lastProgress = m_run->progress();
        m_lastDistributions = m_run->distributions();
        m_lastRead = m_run->recordsRead();
        over = std::move(m_run);
    }
}

} // namespace parallax::replay
