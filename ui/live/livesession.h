// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "compare/rulesbook.h"
#include "router/accesslog.h"
#include "router/router.h"
#include "router/routingsession.h"
#include "targets/secretstore.h"
#include "targets/workspace.h"
#include "traffic/modelbitsink.h"
#include "traffic/recorder.h"
#include "ui/live/livefeed.h"
#include "ui/live/samplesender.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace parallax::ui {

/// Hands on to the recorder only what began while it was open. Any thread.
class CaptureGate final : public traffic::ExchangeSink
{
public:
    explicit CaptureGate(traffic::ExchangeSink &recorder)
        : m_recorder(recorder)
    {}
    void setOpen(bool isOpen) { m_isOpen.store(isOpen, std::memory_order_relaxed); }
    void answered(const traffic::ExchangePtr &exchange) override
    {
        if (m_isOpen.load(std::memory_order_relaxed))
            m_recorder.answered(exchange);
    }
    // The recorder passes over what belongs to an exchange that it was not given.
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex) override
    {
        m_recorder.mirrorAnswered(exchange, mirrorIndex);
    }
    void finished(const traffic::ExchangePtr &exchange) override { m_recorder.finished(exchange); }
    void answeredWhole(const traffic::ExchangePtr &exchange) override
    {
        if (m_isOpen.load(std::memory_order_relaxed))
            m_recorder.answeredWhole(exchange);
    }

private:
    traffic::ExchangeSink &m_recorder;
    std::atomic<bool> m_isOpen{true};
};

/// The router behind the Live mode with all it needs: reads the repository and takes up its changes, starts its
/// targets, records, counts. Lives on a thread of its own with an event loop, to which the children of the targets are
/// tied; reading a repository blocks that thread, never the GUI's. Its functions are called on that thread; its signals
/// carry values. Owned by the presenter.
class LiveSession final : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        repository::Repository repository;
        std::function<Result<QString>()> runnerScript; ///< called on this thread
        std::shared_ptr<compare::RulesBook> rules;
        LiveFeed *feed = nullptr; ///< outlives this
    };

    explicit LiveSession(Setup setup);
    ~LiveSession() override;

    void start(const LiveStart &start);
    /// These commands may be run, and these hosts be sent to: goes on with what waits for it.
    void approve(const parallax::ui::LiveApproval &given);
    void stop();
    /// Starts again what did not start or has ended.
    void retryTargets();
    void setCapturePaused(bool isPaused);
    void sendSamples(const QString &endpoint, int count);

Q_SIGNALS:
    void stateChanged(parallax::ui::LiveState state);
    /// The repository may not do this yet. The router waits (or goes on with what it had).
    void approvalNeeded(const parallax::ui::LiveApproval &wanted);
    /// Requests go to these hosts from now on; none when it has ended.
    void beyondChanged(const QStringList &hosts);
    void started(const QString &url);
    /// It could not start; it is stopped again.
    void failed(const parallax::Error &error);
    void noticed(const parallax::ui::LiveNotice &notice);
    void noticeGone(const QString &key);
    void noticesGone();
    void endpointsChanged(const QList<parallax::ui::LiveEndpoint> &endpoints);
    void figuresReady(const parallax::ui::LiveFigures &figures);
    /// The capture is closed. Nothing was recorded: it is gone again, and the path is empty.
    void captureClosed(const QString &path);

private:
    [[nodiscard]] Status checkPort() const;
    [[nodiscard]] Result<targets::WorkspacePtr> read();
    [[nodiscard]] Status openCapture();
    [[nodiscard]] LiveApproval unapproved(const targets::Workspace &workspace) const;
    void begin(const targets::WorkspacePtr &workspace);
    void connectSession();
    void connectRouter();
    void takeUp(const targets::WorkspacePtr &workspace);
    void reload();
    void listen();
    void end(const std::optional<Error> &error);
    void tearDown();
    void closeCapture();
    void setState(LiveState state);
    void sample();
    void addTargets(LiveFigures &figures, const router::StatisticsSnapshot &now);
    void readSamples();
    [[nodiscard]] QByteArray sampleFor(const endpoints::Endpoint &endpoint,
                                       const repository::Catalogue *catalogue) const;

    const Setup m_setup;
    LiveStart m_start;
    LiveState m_state = LiveState::Stopped;
    SystemClock m_clock;
    targets::EnvironmentSecretStore m_secrets;
    targets::WorkspaceReader m_reader;
    std::unique_ptr<targets::WorkspaceWatcher> m_watcher;
    targets::WorkspacePtr m_pending; ///< waits for approval
    QString m_script;
    std::unique_ptr<traffic::ModelbitSink> m_logs; ///< hands over to m_sinks, and ends before them
    router::RouterOptions m_options;
    router::SinkGroup m_sinks;
    std::unique_ptr<CaptureGate> m_gate;
    std::unique_ptr<traffic::Recorder> m_recorder;
    bool m_isNewCapture = false; ///< made by this start: removed when nothing came
    std::unique_ptr<router::RoutingSession> m_session;
    std::unique_ptr<router::Router> m_router;
    SampleSender m_sender;
    QList<LiveEndpoint> m_endpoints;
    QList<QByteArray> m_samples;
    QString m_samplesOf;
    qsizetype m_nextSample = 0;

    QTimer m_sampling;
    QElapsedTimer m_up;
    struct Sample
    {
        qint64 at = 0; ///< ms since m_up
        quint64 requests = 0;
    };
    QList<Sample> m_window;
    QList<double> m_rates;
    struct Totals
    {
        quint64 total = 0;
        qint64 latency = 0;
        QList<double> history;
    };
    QHash<QString, Totals> m_totals;
};

} // namespace parallax::ui
