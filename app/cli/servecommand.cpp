// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/repositoryoption.h"
#include "app/cli/routeroptions.h"
#include "app/cli/usage.h"
#include "app/example/example.h"
#include "base/signalwatcher.h"
#include "compare/rulesbook.h"
#include "router/accesslog.h"
#include "router/errors.h"
#include "router/router.h"
#include "router/routerfile.h"
#include "router/routingsession.h"
#include "targets/workspace.h"
#include "traffic/modelbitsink.h"
#include "traffic/recorder.h"
#include "traffic/redactionfile.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

targets::TargetRunner::Options runnerOptions(const QString &script)
{
    targets::TargetRunner::Options options;
    options.runnerScript = script;
    return options;
}

struct ServeOptions
{
    RepositoryOption repository;
    RouterFlags router;
    std::string listen = "127.0.0.1:8080";
    std::string capture;
    std::string log;
    qint64 maxRecordedBody = 16 * 1024 * 1024;
    qint64 captureQuota = 0;
};

/// The router in the foreground: from the repository to the last drained request. Main thread.
class Server final : public QObject
{
public:
    Server(const Console &console, const repository::Repository &repository, const router::RouterOptions &options)
        : m_console(console)
        , m_reader(repository)
        , m_watcher(repository.root())
        , m_rules(repository.root())
        , m_options(options)
    {}

    [[nodiscard]] int run(const ServeOptions &options)
    {
        if (const Status opened = open(options); !opened)
            return m_console.fail(opened.error());
        QTimer::singleShot(0, this, &Server::begin);
        QCoreApplication::exec();
        m_router.reset(); // its threads call the sinks
        m_session.reset();
        m_logs.reset(); // it hands what it has to the recorder
        if (m_recorder) {
            if (const Status closed = m_recorder->close(); !closed && m_exitCode == Done)
                m_exitCode = m_console.fail(closed.error());
        }
        return m_exitCode;
    }

private:
    [[nodiscard]] Status open(const ServeOptions &given)
    {
        const QString log = QString::fromStdString(given.log);
        if (!log.isEmpty()) {
            auto opened = router::AccessLog::open(log, {});
            if (!opened)
                return fail(opened.error());
            m_log = std::move(*opened);
            m_sinks.add(m_log.get());
            m_hasSinks = true;
        }
        if (!given.capture.empty()) {
            if (Status opened = openCapture(given); !opened)
                return opened;
        }
        m_options.engine.isRecording = m_hasSinks;
        m_options.engine.recordedBody = given.maxRecordedBody;
        return {};
    }

    [[nodiscard]] Status openCapture(const ServeOptions &given)
    {
        Result<traffic::RedactionRules> redaction = traffic::redactionRulesOf(m_reader.repository().root());
        if (!redaction)
            return fail(redaction.error());
        traffic::Recorder::Options options;
        options.capture.maxBodyBytes = given.maxRecordedBody;
        options.capture.quotaBytes = given.captureQuota;
        options.capture.redaction = *std::move(redaction);
        options.judge = [this](traffic::Exchange &exchange) {
            compare::judgeInto(exchange, *m_rules.rules(exchange.endpoint));
        };
        auto recorder = traffic::Recorder::open(QString::fromStdString(given.capture), options);
        if (!recorder)
            return fail(recorder.error());
        m_recorder = std::move(*recorder);
        m_sinks.add(m_recorder.get());
        m_hasSinks = true;
        m_options.captureDropped = [recorder = m_recorder.get()] {
            return static_cast<quint64>(recorder->statistics().dropped + recorder->statistics().lost);
        };
        return openLogSink();
    }

    /// Logs of Modelbit are taken when there is a capture to keep them and a secret to know them by.
    [[nodiscard]] Status openLogSink()
    {
        const Result<QByteArray> secret = router::webhookSecret(m_reader.repository().root(), m_secrets);
        if (!secret)
            return fail(secret.error());
        if (secret->isEmpty())
            return {};
        m_logs = std::make_unique<traffic::ModelbitSink>(*m_recorder, *secret);
        m_options.modelbitLogs =
            router::RouterOptions::LogSink{[logs = m_logs.get()](QByteArrayView given) { return logs->knows(given); },
                                           [logs = m_logs.get()](const QByteArray &body) { return logs->take(body); }};
        return {};
    }

    void begin()
    {
        const Result<QString> script = example::runnerScript();
        if (!script)
            return end(m_console.fail(script.error()));
        m_session = std::make_unique<router::RoutingSession>(m_reader.repository(), m_secrets, runnerOptions(*script));
        m_router = std::make_unique<router::Router>(m_clock, m_hasSinks ? &m_sinks : nullptr);
        connect(m_session.get(), &router::RoutingSession::tableChanged, this,
                [this](const router::RoutingTablePtr &table) { m_router->setTable(table); });
        connect(
            m_session.get(), &router::RoutingSession::targetFailed, this,
            [this](const endpoints::DeploymentRef &, const Error &error) { m_console.warn(error, Severity::Error); });
        connect(m_session.get(), &router::RoutingSession::endpointSkipped, this,
                [this](const QString &endpoint, const Error &error) {
                    m_console.warn(error, Severity::Error);
                    m_console.note(
                        u"parallax-cli: endpoint %1 keeps its last good state, if it has one"_s.arg(endpoint));
                });
        connect(m_session.get(), &router::RoutingSession::settled, this, &Server::onSettled);
        connect(m_router.get(), &router::Router::started, this,
                [this] { m_console.print(u"listening on "_s + m_router->url()); });
        connect(m_router.get(), &router::Router::failed, this,
                [this](const Error &error) { end(m_console.fail(error)); });
        connect(m_router.get(), &router::Router::stopped, this, [this] { end(Done); });
        connect(&m_signals, &base::SignalWatcher::stopRequested, this, &Server::stop);
        connect(&m_signals, &base::SignalWatcher::reloadRequested, this, &Server::reload);
        connect(&m_watcher, &targets::WorkspaceWatcher::changed, this, &Server::reload);
        reload();
    }

    void reload()
    {
        const Result<targets::WorkspacePtr> workspace = m_reader.read();
        if (!workspace) {
            m_console.warn(workspace.error(), Severity::Error);
            if (!m_session->workspace())
                end(CouldNotRun);
            return;
        }
        m_rules.forget();
        for (const Finding &finding : (*workspace)->findings) {
            if (finding.severity != Severity::Info)
                m_console.warn(finding.error, finding.severity);
        }
        m_session->setWorkspace(*workspace);
    }

    void onSettled()
    {
        if (m_isStarted)
            return;
        m_isStarted = true;
        m_router->start(m_options);
    }

    void stop()
    {
        if (m_isStarted && m_router->state() != router::Router::State::Stopped)
            m_router->stop();
        else
            end(Done);
    }

    void end(int code)
    {
        m_exitCode = code;
        QCoreApplication::exit(0);
    }

    const Console &m_console;
    SystemClock m_clock;
    base::SignalWatcher m_signals;
    targets::EnvironmentSecretStore m_secrets;
    targets::WorkspaceReader m_reader;
    targets::WorkspaceWatcher m_watcher;
    compare::RulesBook m_rules;
    router::RouterOptions m_options;
    router::SinkGroup m_sinks;
    std::unique_ptr<router::AccessLog> m_log;
    std::unique_ptr<traffic::Recorder> m_recorder;
    std::unique_ptr<traffic::ModelbitSink> m_logs;
    std::unique_ptr<router::RoutingSession> m_session;
    std::unique_ptr<router::Router> m_router;
    int m_exitCode = Done;
    bool m_isStarted = false;
    bool m_hasSinks = false;
};

/// Settings are used alike as flags and in the file.
bool isUsage(ErrorCode code)
{
    return code == kUsage || code == router::kBadRouterFile;
}

int serve(const Console &console, const ServeOptions &options)
{
    const Result<repository::Repository> repository = options.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    const Result<router::RouterOptions> routerOptions =
        options.router.toOptions(QString::fromStdString(options.listen), repository->root());
    if (!routerOptions)
        return console.fail(routerOptions.error(), isUsage(routerOptions.error().code) ? UsageError : CouldNotRun);
    raiseDescriptorLimit();
    Server server(console, *repository, *routerOptions);
    return server.run(options);
}

} // namespace

void addServe(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("serve", "Run the router: the primary answers, every mirror gets a copy");
    auto options = std::make_shared<ServeOptions>();
    command->add_option("--listen", options->listen, "Address and port (127.0.0.1:8080); port 0 picks a free one")
        ->type_name("HOST:PORT");
    command->add_option("--capture", options->capture, "Keep every exchange in this capture (appends)")
        ->type_name("FILE");
    command->add_option("--log", options->log, "One JSON object a routed call, to a file or - for stdout")
        ->type_name("FILE|-");
    command->add_option("--max-recorded-body", options->maxRecordedBody, "Longer bodies are kept in part (16 MiB)")
        ->type_name("BYTES")
        ->check(wholeNumber(1));
    command
        ->add_option("--capture-quota", options->captureQuota, "Beyond this size the oldest exchanges go (0 = never)")
        ->type_name("BYTES")
        ->check(wholeNumber(0));
    options->router.addTo(*command);
    options->repository.addTo(*command);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return serve(invocation.console, *options); };
    });
}

} // namespace parallax::cli
