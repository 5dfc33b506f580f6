// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livesession.h"

#include "base/files.h"
#include "router/errors.h"
#include "router/portowner.h"
#include "router/routerfile.h"
#include "traffic/redactionfile.h"
#include "traffic/trafficsource.h"
#include "ui/live/beyond.h"
#include "ui/live/samplebody.h"
#include "ui/live/startedcommands.h"
#include "ui/wording/wording.h"

#include <QFile>
#include <QFileInfo>
#include <QTcpServer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::ui {

namespace {

constexpr auto kSampleInterval = 250ms; // numbers repaint at most four times a second
constexpr qint64 kRateWindowMs = 2'000;
constexpr int kPortsTried = 20; ///< behind one that is taken
constexpr qsizetype kHistory = 60;
constexpr qsizetype kMostSamples = 200;

QString noticeKey(const endpoints::DeploymentRef &deployment)
{
    return u"target "_s + deployment.toString();
}

QString noticeKey(const Finding &finding)
{
    return u"file "_s + finding.error.where.file + u' ' + finding.error.code.toString() + u' ' +
           QString::number(finding.error.where.line);
}

void keepLast(QList<double> &values, double value)
{
    values.append(value);
    if (values.size() > kHistory)
        values.removeFirst();
}

} // namespace

LiveSession::LiveSession(Setup setup)
    : m_setup(std::move(setup))
    , m_reader(m_setup.repository)
    , m_sender(this)
    , m_sampling(this)
{
    m_sampling.setInterval(kSampleInterval);
    connect(&m_sampling, &QTimer::timeout, this, &LiveSession::sample);
}

LiveSession::~LiveSession()
{
    tearDown();
    closeCapture();
}

void LiveSession::setState(LiveState state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged(state);
}

void LiveSession::start(const LiveStart &start)
{
    if (m_state != LiveState::Stopped)
        return;
    m_start = start;
    setState(LiveState::Starting);
    if (const Status port = checkPort(); !port)
        return end(port.error());
    const Result<QString> script = m_setup.runnerScript();
    if (!script)
        return end(script.error());
    m_script = *script;
    const Result<targets::WorkspacePtr> workspace = read();
    if (!workspace)
        return end(workspace.error());
    if (const LiveApproval wanted = unapproved(**workspace); !wanted.isEmpty()) {
        m_pending = *workspace;
        setState(LiveState::Asking);
        Q_EMIT approvalNeeded(wanted);
        return;
    }
    begin(*workspace);
}

/// Targets take their time to start: a port that is taken is said before that.
Status LiveSession::checkPort() const
{
    const QHostAddress address(m_start.address);
    QVariantMap args{{u"address"_s, m_start.address}, {u"port"_s, m_start.port}};
    if (address.isNull())
        return fail(router::kListenFailed, args, u"not an address"_s);
    QTcpServer probe;
    if (probe.listen(address, m_start.port))
        return {};
    if (probe.serverError() != QAbstractSocket::AddressInUseError)
        return fail(router::kListenFailed, args, probe.errorString());
    for (int port = m_start.port + 1; port <= std::min(65'535, m_start.port + kPortsTried); ++port) {
        if (probe.listen(address, static_cast<quint16>(port))) {
            args.insert(u"free"_s, port);
            break;
        }
    }
    const std::optional<router::PortOwner> owner = router::findPortOwner(m_start.port);
    if (!owner)
        return fail(router::kPortInUseUnknown, args);
    args.insert(u"process"_s, owner->process);
    args.insert(u"pid"_s, owner->pid);
    return fail(router::kPortInUse, args);
}

Result<targets::WorkspacePtr> LiveSession::read()
{
    m_setup.rules->forget();
    return m_reader.read();
}

LiveApproval LiveSession::unapproved(const targets::Workspace &workspace) const
{
    LiveApproval wanted;
    if (!m_start.isTrusted)
        wanted.commands = startedCommands(workspace);
    wanted.commands.removeIf([this](const QString &command) { return m_start.approved.contains(command); });
    wanted.hosts = hostsBeyond(workspace);
    wanted.hosts.removeIf([this](const QString &host) { return m_start.allowedHosts.contains(host); });
    return wanted;
}

void LiveSession::approve(const LiveApproval &given)
{
    m_start.approved += given.commands;
    m_start.allowedHosts += given.hosts;
    const targets::WorkspacePtr workspace = std::exchange(m_pending, nullptr);
    if (!workspace)
        return;
    if (m_state == LiveState::Asking)
        begin(workspace);
    else if (m_session)
        takeUp(workspace);
}

void LiveSession::begin(const targets::WorkspacePtr &workspace)
{
    setState(LiveState::Starting);
    m_sinks = {};
    m_sinks.add(m_setup.feed);
    if (const Status capture = openCapture(); !capture)
        return end(capture.error());
    targets::TargetRunner::Options runner;
    runner.runnerScript = m_script;
    m_session = std::make_unique<router::RoutingSession>(m_setup.repository, m_secrets, runner);
    m_router = std::make_unique<router::Router>(m_clock, &m_sinks);
    m_watcher = std::make_unique<targets::WorkspaceWatcher>(m_setup.repository.root());
    connect(m_watcher.get(), &targets::WorkspaceWatcher::changed, this, &LiveSession::reload);
    connectRouter();
    connectSession();
    takeUp(workspace);
}

Status LiveSession::openCapture()
{
    if (m_start.capture.isEmpty())
        return {};
    if (const Status made = base::makePath(QFileInfo(m_start.capture).absolutePath(), base::Privacy::OwnerOnly); !made)
        return made;
    Result<traffic::RedactionRules> redaction = traffic::redactionRulesOf(m_setup.repository.root());
    if (!redaction)
        return fail(redaction.error());
    m_isNewCapture = !QFileInfo::exists(m_start.capture);
    traffic::Recorder::Options options;
    options.capture.quotaBytes = m_start.limits.fileBytes;
    options.capture.maxBodyBytes = m_start.limits.bodyBytes;
    options.capture.truncatedBodyBytes = std::min(options.capture.truncatedBodyBytes, m_start.limits.bodyBytes);
    options.capture.redaction = *std::move(redaction);
    options.judge = [rules = m_setup.rules](traffic::Exchange &exchange) {
        compare::judgeInto(exchange, *rules->rules(exchange.endpoint));
    };
    auto recorder = traffic::Recorder::open(m_start.capture, options);
    if (!recorder)
        return fail(recorder.error());
    m_recorder = std::move(*recorder);
    m_gate = std::make_unique<CaptureGate>(*m_recorder);
    m_gate->setOpen(!m_start.isCapturePaused);
    m_sinks.add(m_gate.get());
    return {};
}

void LiveSession::connectSession()
{
    using router::RoutingSession;
    connect(m_session.get(), &RoutingSession::tableChanged, this,
            [this](const router::RoutingTablePtr &table) { m_router->setTable(table); });
    connect(m_session.get(), &RoutingSession::targetReady, this,
            [this](const endpoints::DeploymentRef &deployment) { Q_EMIT noticeGone(noticeKey(deployment)); });
    connect(m_session.get(), &RoutingSession::targetFailed, this,
            [this](const endpoints::DeploymentRef &deployment, const Error &error) {
                Q_EMIT noticed({noticeKey(deployment), Severity::Error, error, true});
            });
    connect(m_session.get(), &RoutingSession::endpointSkipped, this,
            [this](const QString &endpoint, const Error &error) {
                Q_EMIT noticed({u"endpoint "_s + endpoint, Severity::Warning, error, false});
            });
    connect(m_session.get(), &RoutingSession::settled, this, &LiveSession::listen);
    connect(
        m_session.get(), &RoutingSession::stopped, this,
        [this] {
            if (m_state == LiveState::Stopping)
                end(std::nullopt);
        },
        Qt::QueuedConnection);
}

// What ends the router ends it from outside of its own signal.
void LiveSession::connectRouter()
{
    connect(m_router.get(), &router::Router::started, this, [this] {
        m_up.start();
        m_window.clear();
        m_rates.clear();
        m_totals.clear();
        m_sampling.start();
        Q_EMIT started(m_router->url());
        setState(LiveState::Running);
    });
    connect(
        m_router.get(), &router::Router::failed, this, [this](const Error &error) { end(error); },
        Qt::QueuedConnection);
    connect(
        m_router.get(), &router::Router::stopped, this,
        [this] {
            if (m_session)
                m_session->stop();
        },
        Qt::QueuedConnection);
}

void LiveSession::takeUp(const targets::WorkspacePtr &workspace)
{
    Q_EMIT noticesGone(); // what still holds is said again
    for (const Finding &finding : workspace->findings) {
        // What has no line is about the repository (no git), and nothing to the router.
        if (finding.severity != Severity::Info && finding.error.where.line > 0)
            Q_EMIT noticed({noticeKey(finding), finding.severity, finding.error, false});
    }
    readSamples();
    m_endpoints.clear();
    for (const endpoints::Endpoint &endpoint : workspace->servable()) {
        LiveEndpoint shown{endpoint.name, {}, {}, sampleFor(endpoint, workspace->catalogue.get())};
        for (const endpoints::Backend &backend : endpoint.backends)
            shown.backends += backend.label;
        for (const endpoints::Mirror &mirror : endpoint.mirrors)
            shown.mirrors += mirror.name;
        m_endpoints.append(shown);
    }
    Q_EMIT endpointsChanged(m_endpoints);
    Q_EMIT beyondChanged(hostsBeyond(*workspace));
    m_session->setWorkspace(workspace);
}

void LiveSession::reload()
{
    if (!m_session || m_state == LiveState::Stopping)
        return;
    const Result<targets::WorkspacePtr> workspace = read();
    if (!workspace) {
        Q_EMIT noticed({u"repository"_s, Severity::Error, workspace.error(), false});
        return;
    }
    if (const LiveApproval wanted = unapproved(**workspace); !wanted.isEmpty()) {
        m_pending = *workspace;
        Q_EMIT approvalNeeded(wanted);
        return;
    }
    m_pending = nullptr;
    takeUp(*workspace);
}

void LiveSession::retryTargets()
{
    reload();
}

void LiveSession::listen()
{
    if (m_state != LiveState::Starting || m_router->state() != router::Router::State::Stopped)
        return;
    m_options = {};
    m_options.address = QHostAddress(m_start.address);
    m_options.port = m_start.port;
    m_options.wording = [](const Error &error) { return wording::text(error); };
    m_options.engine.wording = m_options.wording;
    const QString root = m_setup.repository.root();
    if (const Status read = router::readRouterFile(root, m_options); !read)
        return end(read.error());
    const Result<QByteArray> secret = router::webhookSecret(root, m_secrets);
    if (!secret)
        return end(secret.error());
    if (!secret->isEmpty()) {
        m_logs = std::make_unique<traffic::ModelbitSink>(m_sinks, *secret);
        m_options.modelbitLogs =
            router::RouterOptions::LogSink{[logs = m_logs.get()](QByteArrayView given) { return logs->knows(given); },
                                           [logs = m_logs.get()](const QByteArray &body) { return logs->take(body); }};
    }
    if (m_recorder)
        m_options.captureDropped = [recorder = m_recorder.get()] {
            const traffic::Recorder::Statistics now = recorder->statistics();
            return static_cast<quint64>(now.dropped + now.lost);
        };
    m_router->start(m_options);
}

void LiveSession::stop()
{
    if (m_state == LiveState::Stopped || m_state == LiveState::Stopping)
        return;
    m_sender.stop();
    m_pending = nullptr;
    if (m_router && m_router->state() == router::Router::State::Running) {
        setState(LiveState::Stopping);
        m_router->stop();
        return;
    }
    end(std::nullopt);
}

void LiveSession::end(const std::optional<Error> &error)
{
    if (m_router && m_router->state() == router::Router::State::Stopped && m_sampling.isActive())
        sample(); // the last figures
    tearDown();
    closeCapture();
    m_pending = nullptr;
    Q_EMIT beyondChanged({});
    setState(LiveState::Stopped);
    if (error)
        Q_EMIT failed(*error);
}

// The router's threads call the sinks, so it goes first; the children need the event loop no more.
void LiveSession::tearDown()
{
    m_sampling.stop();
    m_sender.stop();
    m_watcher.reset();
    m_router.reset();
    m_session.reset();
    m_logs.reset();
}

void LiveSession::closeCapture()
{
    if (!m_recorder)
        return;
    const QString path = m_recorder->path();
    const Status closed = m_recorder->close();
    // One that was there before is only continued, whatever came to it.
    const bool isEmpty = m_isNewCapture && m_recorder->statistics().recorded == 0;
    m_gate.reset();
    m_recorder.reset();
    m_sinks = {};
    if (!closed)
        Q_EMIT noticed({u"capture"_s, Severity::Error, closed.error(), false});
    if (isEmpty && closed)
        QFile::remove(path);
    Q_EMIT captureClosed(isEmpty ? QString() : path);
}

void LiveSession::setCapturePaused(bool isPaused)
{
    m_start.isCapturePaused = isPaused;
    if (m_gate)
        m_gate->setOpen(!isPaused);
}

void LiveSession::sample()
{
    const router::StatisticsSnapshot now = m_router->statistics();
    LiveFigures figures;
    figures.requests = now.requests;
    figures.refused = now.refused;
    const qint64 at = m_up.elapsed();
    m_window.append({at, now.requests});
    while (m_window.size() > 2 && at - m_window.at(1).at >= kRateWindowMs)
        m_window.removeFirst();
    const Sample &first = m_window.constFirst();
    figures.rate =
        at > first.at ? 1000.0 * static_cast<double>(now.requests - first.requests) / static_cast<double>(at - first.at)
                      : 0.0;
    keepLast(m_rates, figures.rate);
    figures.rates = m_rates;
    figures.seconds = at / 1000;
    addTargets(figures, now);
    if (m_recorder) {
        const traffic::Recorder::Statistics recorder = m_recorder->statistics();
        figures.capture = {m_recorder->path(), recorder.recorded, recorder.dropped + recorder.lost,
                           QFileInfo(m_recorder->path()).size() + QFileInfo(m_recorder->path() + u"-wal"_s).size(),
                           recorder.paused};
    }
    Q_EMIT figuresReady(figures);
}

void LiveSession::addTargets(LiveFigures &figures, const router::StatisticsSnapshot &now)
{
    std::array<quint64, router::kDropReasons> reasons{};
    std::vector<std::pair<base::Histogram, qint64>> sums;
    for (const router::TargetStatistics &target : now.targets) {
        auto at = std::find_if(figures.targets.begin(), figures.targets.end(), [&target](const TargetFigures &one) {
            return one.name == target.name && one.isMirror == target.isMirror;
        });
        const auto index = static_cast<std::size_t>(at - figures.targets.begin());
        if (at == figures.targets.end()) {
            TargetFigures fresh;
            fresh.name = target.name;
            fresh.isMirror = target.isMirror;
            at = figures.targets.insert(at, fresh);
            sums.emplace_back();
        }
        const quint64 dropped = target.outcomes[static_cast<std::size_t>(router::CallOutcome::Dropped)];
        at->total += target.total();
        at->dropped += dropped;
        sums[index].first.merge(target.latency);
        sums[index].second += target.latencySum;
        if (target.isMirror) {
            figures.pairs += target.total();
            figures.notMirrored += dropped;
            for (std::size_t i = 0; i < reasons.size(); ++i)
                reasons[i] += target.dropped[i];
        }
    }
    if (figures.notMirrored > 0)
        figures.reason =
            static_cast<traffic::DropReason>(std::max_element(reasons.begin(), reasons.end()) - reasons.begin());
    for (std::size_t i = 0; i < figures.targets.size(); ++i) {
        TargetFigures &target = figures.targets[i];
        target.median = static_cast<double>(sums[i].first.quantile(0.5)) / 1e6;
        target.p95 = static_cast<double>(sums[i].first.quantile(0.95)) / 1e6;
        Totals &before = m_totals[(target.isMirror ? u"m "_s : u"b "_s) + target.name];
        const auto count = static_cast<quint64>(sums[i].first.count());
        if (count > before.total)
            keepLast(before.history, static_cast<double>(sums[i].second - before.latency) / 1e6 /
                                         static_cast<double>(count - before.total));
        before.total = count;
        before.latency = sums[i].second;
        target.history = before.history;
    }
}

void LiveSession::readSamples()
{
    if (m_start.sampleTraffic == m_samplesOf)
        return;
    m_samplesOf = m_start.sampleTraffic;
    m_samples.clear();
    if (const auto source = traffic::TrafficSource::open(m_samplesOf); !m_samplesOf.isEmpty() && source) {
        [[maybe_unused]] const auto summary = source->forEach([this](traffic::Exchange &&exchange) {
            m_samples.append(exchange.body.bytes);
            return m_samples.size() < kMostSamples;
        });
    }
}

QByteArray LiveSession::sampleFor(const endpoints::Endpoint &endpoint, const repository::Catalogue *catalogue) const
{
    if (!m_samples.isEmpty())
        return m_samples.constFirst();
    return sampleBody(endpoint, catalogue);
}

void LiveSession::sendSamples(const QString &endpoint, int count)
{
    const auto at = std::find_if(m_endpoints.begin(), m_endpoints.end(),
                                 [&endpoint](const LiveEndpoint &one) { return one.name == endpoint; });
    if (m_state != LiveState::Running || at == m_endpoints.end())
        return;
    QList<SampleSender::Request> requests;
    for (int i = 0; i < count; ++i) {
        const QByteArray body = m_samples.isEmpty() ? at->sample : m_samples.at(m_nextSample++ % m_samples.size());
        requests.append({"/v1/endpoint/" + at->name.toUtf8(), body});
    }
    const QHostAddress address = m_router->address();
    m_sender.send(address == QHostAddress::Any || address == QHostAddress::AnyIPv4 ? u"127.0.0.1"_s
                                                                                   : address.toString(),
                  m_router->port(), requests);
}

} // namespace parallax::ui
