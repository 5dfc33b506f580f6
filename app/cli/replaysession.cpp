// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/replaysession.h"

#include "app/cli/errors.h"
#include "app/example/example.h"
#include "base/errors.h"
#include "base/signalwatcher.h"
#include "compare/comparisonbuilder.h"
#include "compare/rulesbook.h"
#include "replay/address.h"
#include "replay/replayrun.h"
#include "router/routingsession.h"
#include "targets/workspace.h"
#include "traffic/recorder.h"
#include "traffic/trafficsource.h"
#include "ui/wording/wording.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

targets::TargetRunner::Options runnerOptions(const QString &script)
{
    targets::TargetRunner::Options options;
    options.runnerScript = script;
    return options;
}

constexpr auto kProgressInterval = std::chrono::milliseconds(100);
const QString kServerEndpoint = u"server"_s;

QString progressLine(const replay::Progress &progress)
{
    constexpr int kWidth = 24;
    const qint64 done = progress.ok + progress.failed + progress.dropped;
    const int filled = progress.planned > 0 ? static_cast<int>(kWidth * done / progress.planned) : 0;
    QString line = u"[%1%2] %3 of %4, %5 failed, %6/s"_s.arg(QString(filled, u'='), QString(kWidth - filled, u'.'))
                       .arg(done)
                       .arg(progress.planned)
                       .arg(progress.failed)
                       .arg(progress.rate, 0, 'f', 0);
    if (progress.eta)
        line += u", %1 s left"_s.arg(std::chrono::duration_cast<std::chrono::seconds>(*progress.eta).count());
    return line;
}

/// One run from its targets to its summary: the steps are signals of the objects it owns.
class ReplaySession final : public QObject
{
public:
    ReplaySession(const Console &console, const ReplayJob &job)
        : m_console(console)
        , m_job(job)
        , m_builder(job.rules)
    {
        connect(&m_signals, &base::SignalWatcher::stopRequested, this, &ReplaySession::onStopRequested);
        m_progressTimer.setInterval(kProgressInterval);
        connect(&m_progressTimer, &QTimer::timeout, this,
                [this] { m_console.progress(progressLine(m_run->progress())); });
    }

    [[nodiscard]] Result<ReplayOutcome> run(bool wantsPairs)
    {
        QTimer::singleShot(0, this, &ReplaySession::begin);
        QCoreApplication::exec();
        // The last answers are judged while the recorder closes; only then the run's figures are final.
        Status closed;
        if (m_recorder)
            closed = m_recorder->close();
        if (m_run)
            m_progress = m_run->progress();
        m_run.reset();
        if (m_session)
            m_session->stop();
        m_console.progress({});
        Result<ReplayOutcome> outcome = m_error ? Result<ReplayOutcome>(fail(*m_error)) : summary(wantsPairs);
        m_recorder.reset();
        if (!m_job.keepCapture)
            QFile::remove(m_job.capture);
        if (outcome && !closed)
            return fail(closed.error());
        return outcome;
    }

private:
    void finish(std::optional<Error> error = std::nullopt)
    {
        m_progressTimer.stop();
        if (error && !m_error)
            m_error = std::move(error);
        QCoreApplication::exit(0);
    }

    void onStopRequested()
    {
        if (m_run) {
            m_console.note(u"Stopping; what was answered is kept."_s);
            m_run->stop();
        } else {
            finish(Error{base::kCancelled, {}, {}, {}});
        }
    }

    void begin()
    {
        const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(m_job.sourcePath);
        if (!source)
            return finish(source.error());
        if (!m_job.plan.to.isEmpty())
            return beginServer();
        targets::WorkspaceReader reader(*m_job.repository);
        const Result<targets::WorkspacePtr> workspace = reader.read();
        if (!workspace)
            return finish(workspace.error());
        const Result<QString> script = example::runnerScript();
        if (!script)
            return finish(script.error());
        m_session = std::make_unique<router::RoutingSession>(*m_job.repository, m_secrets, runnerOptions(*script));
        connect(m_session.get(), &router::RoutingSession::targetFailed, this, &ReplaySession::onTargetFailed);
        connect(m_session.get(), &router::RoutingSession::settled, this, &ReplaySession::onSettled);
        m_endpoint = m_job.plan.endpoint;
        QStringList only{m_endpoint};
        if (m_job.plan.primary) {
            const endpoints::Endpoint adHoc = replay::adHocEndpoint(m_job.plan);
            m_endpoint = adHoc.name;
            only = {m_endpoint};
            m_session->setAdHocEndpoint(adHoc);
        } else if (const targets::WorkspaceEndpoint *endpoint = (*workspace)->endpoint(m_endpoint);
                   endpoint == nullptr) {
            return finish(Error{kUnknownEndpoint, {{u"endpoint"_s, m_endpoint}}, {}, {}});
        } else {
            for (const Finding &finding : endpoint->findings) {
                if (finding.severity == Severity::Error)
                    return finish(finding.error);
            }
        }
        m_console.progress(u"starting the deployments"_s);
        m_session->setWorkspace(*workspace, only);
    }

    void beginServer()
    {
        const Result<router::RoutingTablePtr> table = replay::tableForUrl(m_job.plan.to, kServerEndpoint);
        if (!table)
            return finish(table.error());
        m_endpoint = kServerEndpoint;
        start(replay::Addressing::toServer(*table, kServerEndpoint));
    }

    void onTargetFailed(const endpoints::DeploymentRef &deployment, const Error &error)
    {
        // What ends the run is said once, at its end.
        if (m_firstFailure)
            m_console.warn(error, Severity::Error);
        m_failed.append(deployment);
        m_firstFailure = m_firstFailure ? m_firstFailure : error;
    }

    void onSettled()
    {
        if (m_run)
            return;
        // Without a primary there is nothing to compare with; a missing mirror shows in its answers.
        const router::EndpointEntry *entry = m_session->table()->findEndpoint(m_endpoint);
        const auto answers = [this](const router::BackendEntry &backend) {
            return backend.staticValue.has_value() || !m_failed.contains(backend.target.deployment);
        };
        if (entry == nullptr || std::none_of(entry->backends.begin(), entry->backends.end(), answers))
            return finish(m_firstFailure ? m_firstFailure
                                         : Error{kUnknownEndpoint, {{u"endpoint"_s, m_endpoint}}, {}, {}});
        if (m_firstFailure)
            m_console.warn(*m_firstFailure, Severity::Error);
        start(replay::Addressing::toEndpoint(m_session->table(), m_endpoint));
    }

    void start(replay::Addressing addressing)
    {
        traffic::Recorder::Options options;
        options.judge = [rules = m_job.rules](traffic::Exchange &exchange) { compare::judgeInto(exchange, rules); };
        options.recorded = [this](const std::vector<traffic::ExchangePtr> &exchanges) { onRecorded(exchanges); };
        auto recorder = traffic::Recorder::open(m_job.capture, options, traffic::CaptureWriter::Mode::CreateNew);
        if (!recorder)
            return finish(recorder.error());
        m_recorder = std::move(*recorder);

        replay::ReplayRun::Setup setup;
        setup.plan = m_job.plan;
        setup.addressing = std::move(addressing);
        setup.engine.wording = [](const Error &error) { return wording::text(error); };
        setup.engine.seed = m_job.plan.seed;
        setup.secrets = [this](const QString &name) -> std::optional<QByteArray> {
            const std::optional<QString> secret = m_secrets.secret(name);
            return secret ? std::optional(secret->toUtf8()) : std::nullopt;
        };
        setup.backlog = [recorder = m_recorder.get()] { return recorder->statistics().waiting; };
        setup.source = [path = m_job.sourcePath](const std::function<bool(traffic::Exchange &&)> &take,
                                                 const std::stop_token &stop) -> Status {
            const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(path);
            if (!source)
                return fail(source.error());
            traffic::ImportOptions how;
            how.file = path;
            how.stop = stop;
            const Result<traffic::ImportSummary> read = source->forEach(take, how);
            if (!read)
                return fail(read.error());
            return {};
        };
        m_run = std::make_unique<replay::ReplayRun>(m_clock, std::move(setup), m_recorder.get());
        connect(m_run.get(), &replay::ReplayRun::failed, this, [this](const Error &error) { finish(error); });
        connect(m_run.get(), &replay::ReplayRun::prepared, this,
                [this](const replay::PlanCounts &, const std::vector<Finding> &findings) {
                    for (const Finding &finding : findings)
                        m_console.warn(finding.error, finding.severity);
                });
        connect(m_run.get(), &replay::ReplayRun::ended, this, [this] { finish(); });
        m_progressTimer.start();
        m_run->start();
    }

    /// On the recorder's thread: final, judged exchanges.
    void onRecorded(const std::vector<traffic::ExchangePtr> &exchanges)
    {
        const std::lock_guard lock(m_builderMutex);
        for (const traffic::ExchangePtr &exchange : exchanges) {
            if (!exchange->isWarmup)
                m_builder.add(*exchange);
        }
        if (m_run)
            m_run->noteJudged(exchanges);
    }

    [[nodiscard]] Result<ReplayOutcome> summary(bool wantsPairs)
    {
        ReplayOutcome outcome;
        outcome.progress = m_progress;
        outcome.result.comparison = m_builder.summary();
        outcome.result.source = QFileInfo(m_job.sourcePath).fileName();
        outcome.result.replay = m_progress.toJson();
        if (wantsPairs) {
            const auto capture = traffic::CaptureReader::open(m_job.capture);
            if (!capture)
                return fail(capture.error());
            outcome.result.pairs = worstPairs(**capture, outcome.result.comparison, m_job.rules);
        }
        return outcome;
    }

    const Console &m_console;
    const ReplayJob &m_job;
    SystemClock m_clock;
    base::SignalWatcher m_signals;
    targets::EnvironmentSecretStore m_secrets;
    QTimer m_progressTimer;
    std::unique_ptr<router::RoutingSession> m_session;
    std::unique_ptr<traffic::Recorder> m_recorder;
    std::unique_ptr<replay::ReplayRun> m_run;
    std::mutex m_builderMutex;
    compare::ComparisonBuilder m_builder;
    QString m_endpoint;
    QList<endpoints::DeploymentRef> m_failed;
    std::optional<Error> m_firstFailure;
    std::optional<Error> m_error;
    replay::Progress m_progress;
};

} // namespace

Result<ReplayOutcome> runReplay(const Console &console, const ReplayJob &job, bool wantsPairs)
{
    return ReplaySession(console, job).run(wantsPairs);
}

} // namespace parallax::cli
