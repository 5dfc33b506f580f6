// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/taskqueue.h"
#include "replay/plan.h"
#include "replay/replaysession.h"
#include "targets/workspace.h"
#include "traffic/exchange.h"
#include "ui/replay/runcollector.h"

#include <QDateTime>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace parallax::ui {

/// What is known of a source without sending anything.
struct SourceInfo
{
    QString path;
    qint64 requests = 0;
    bool isWhole = true; ///< false: there are more than were counted
    bool hasTimes = true;
    bool isRun = false; ///< a capture that a replay made: its plan can be repeated
    std::optional<Error> error;
    friend bool operator==(const SourceInfo &, const SourceInfo &) = default;
};

/// One row of Send to.
struct RunTarget
{
    QString name;
    endpoints::DeploymentRef deployment;
    bool isMirror = false;
    bool isChosen = true;
    friend bool operator==(const RunTarget &, const RunTarget &) = default;
};

enum class ReplayPhase {
    Idle,     ///< nothing ran yet
    Starting, ///< deployments are being started
    Reading,  ///< the source is being read
    Running,
    Paused,
    Stopping,
    Done,
    Failed, ///< nothing was sent
};

class ReplayWorker;

/// The present run, or the last one.
struct ReplayView
{
    replay::ReplayPlan plan;
    QDateTime started; ///< local time
    QString capture;
    QString earlier; ///< the run that this one repeats, or of which it repeats a part
    replay::Progress progress;
    qint64 recordsRead = 0;
    std::vector<QPointF> sentRate; ///< seconds, requests a second
    std::vector<LatencyLine> latency;
    QList<FailureRow> failures;
    std::shared_ptr<const compare::Comparison> comparison; ///< so far; with its verdict when the run has ended
    QList<Finding> findings;                               ///< what the user should hear, in order
    std::optional<Error> error;                            ///< of Failed
};

/// The Replay mode without widgets: the plan of the next run, what its source holds, the run and how it goes. Lives on
/// the GUI thread and never waits: sources are counted on a pool thread, the session lives on a thread of its own,
/// figures are read every 100 ms. Owned by the composition root; a run that goes on when it is destroyed is stopped,
/// its answers kept.
class ReplayPresenter final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString captureFolder; ///< where runs are kept, and captures to choose from lie
        QString sampleTraffic; ///< the first source; may be empty
        /// The script that runs a deployment's own source; called on a pool thread.
        std::function<Result<QString>()> runnerScript;
        /// Commands of the repository that sending to these deployments would run and that nobody has approved yet.
        /// Empty: nothing is asked.
        std::function<QStringList(const targets::Workspace &, const QList<endpoints::DeploymentRef> &)> unapproved;
    };

    ReplayPresenter(const repository::Repository &repository, Options options, QObject *parent = nullptr);
    ~ReplayPresenter() override;

    /// Endpoints and versions to choose from; may come again whenever files changed.
    void setWorkspace(const targets::WorkspacePtr &workspace);
    [[nodiscard]] const targets::WorkspacePtr &workspace() const { return m_workspace; }

    /// The next run. Changes do not touch a run that goes on.
    [[nodiscard]] const replay::ReplayPlan &plan() const { return m_plan; }
    void setPlan(const replay::ReplayPlan &plan);
    /// A capture or any importable file; sourceChanged() follows at once and again when it was counted.
    void setSource(const QString &path);
    [[nodiscard]] const SourceInfo &source() const { return m_source; }
    [[nodiscard]] bool isCounting() const { return m_isCounting; }
    /// From the next run on; sources are looked for there.
    void setCaptureFolder(const QString &folder);
    /// Captures and the sample traffic, newest first; sourcesFound() follows.
    void findSources();
    [[nodiscard]] const QStringList &sources() const { return m_sources; }
    /// The plan of a run, out of its capture, becomes the next run's.
    void repeatRun(const QString &capture);
    /// The same of a run; a capture of anything else becomes the source.
    void replayAgain(const QString &capture);
    /// The run before, while `capture` is the run that is shown and repeats one.
    [[nodiscard]] QString repeatedRun(const QString &capture) const
    {
        return capture == m_view.capture ? m_view.earlier : QString();
    }
    /// Compares versions of a deployment, or of several, without an endpoint file.
    void compareVersions(const endpoints::DeploymentRef &primary, const QList<endpoints::DeploymentRef> &mirrors);

    /// The next run sends exactly these, to the endpoint they came to; what the plan leaves out is taken back. They are
    /// written beside the captures, without their secrets; planChanged() or failed() follows.
    void takeRequests(const std::vector<traffic::ExchangePtr> &requests);

    [[nodiscard]] QStringList endpointNames() const;
    [[nodiscard]] QList<RunTarget> targets() const;
    [[nodiscard]] bool redacts() const { return m_redacts; }
    void setRedacts(bool redacts) { m_redacts = redacts; }
    /// Where the next run's answers are kept; empty = a name of its own in the folder of captures.
    [[nodiscard]] const QString &output() const { return m_output; }
    void setOutput(const QString &path);

    /// A field of the form that cannot be read, a short sentence; holds the start back until it is empty.
    void setFormProblem(const QString &problem) { m_formProblem = problem; }
    /// Why the next run cannot start yet, a short sentence; empty when it can.
    [[nodiscard]] QString obstacle() const;
    /// approvalNeeded() in place of a start when commands of the repository were not approved.
    void start();
    /// The run that waited for approvalNeeded(), after the commands were approved.
    void proceed();
    void pause();
    void resume();
    void step();
    void stop();
    /// Once more what got no good answer, or what differed, in the run that has ended.
    void retryFailed();
    void retryDifferent();
    /// After hostsAsked(): sends to these hosts too, for this run.
    void allowHosts(const QStringList &hosts);

    [[nodiscard]] ReplayPhase phase() const { return m_phase; }
    /// Between start and end.
    [[nodiscard]] bool isActive() const;
    [[nodiscard]] const ReplayView &view() const { return m_view; }
    /// The endpoint is another one on disk than the one that the run was sent to.
    [[nodiscard]] bool isEdited() const;
    [[nodiscard]] qint64 failedRequests() const;
    [[nodiscard]] qint64 differentPairs() const;

Q_SIGNALS:
    void planChanged();
    void sourceChanged();
    void workspaceChanged();
    void sourcesFound();
    void phaseChanged();
    /// New figures in view().
    void progressed();
    /// The run would leave this machine: `count` requests to each of `hosts`.
    void hostsAsked(const QStringList &hosts, qint64 count);
    /// Starting would run these: approve them where the options look, then call proceed().
    void approvalNeeded(const QStringList &commands);
    void failed(const parallax::Error &error);

private:
    void readPlan(const QString &capture, bool isAnyCapture);
    void begin(replay::ReplayPlan plan, QString earlier);
    struct Launch
    {
        replay::ReplayPlan plan;
        QString capture;
        QString script;
        targets::WorkspacePtr workspace;
        traffic::RedactionRules redaction;
    };
    void launch(const Launch &run);
    void planRequests(const QString &file, const QString &endpoint);
    [[nodiscard]] endpoints::Endpoint endpointOf(const replay::ReplayPlan &plan) const;
    [[nodiscard]] QList<RunTarget> targetsOf(const replay::ReplayPlan &plan) const;
    [[nodiscard]] QStringList unapprovedFor(const replay::ReplayPlan &plan) const;
    void keepOutput();
    void setPhase(ReplayPhase phase);
    void onTick();
    void onFailed(const Error &error);
    void onEnded(const replay::SessionResult &result);
    void takeFigures();
    void letGo();

    Options m_options;
    const repository::Repository m_repository;
    targets::WorkspacePtr m_workspace;
    replay::ReplayPlan m_plan;
    bool m_redacts = true;
    QString m_output;
    std::optional<std::pair<replay::ReplayPlan, QString>> m_awaiting; ///< until its commands are approved
    QStringList m_sources;
    QString m_formProblem;

    QString m_repeats; ///< the run that m_plan came from
    SourceInfo m_source;
    bool m_isCounting = false;
    quint64 m_sourceQuestion = 0;
    std::stop_source m_sourceStop;

    ReplayPhase m_phase = ReplayPhase::Idle;
    ReplayView m_view;
    endpoints::Endpoint m_ran; ///< what m_view was sent to
    quint64 m_runNumber = 0;
    bool m_stopsAtOnce = false;        ///< stop() came before there was a session
    std::unique_ptr<QThread> m_thread; ///< of the run that goes on
    ReplayWorker *m_worker = nullptr;  ///< lives on m_thread and dies with it
    std::shared_ptr<RunCollector> m_collector;
    QTimer m_tick;
    Nanoseconds m_rateAt{0};
    qint64 m_rateSent = 0;
    int m_ticksUntilComparison = 0;
    base::TaskQueue m_reading{this, base::TaskQueue::AtEnd::Drop};  ///< sources
    base::TaskQueue m_starting{this, base::TaskQueue::AtEnd::Drop}; ///< not behind a long source
};

/// `Capture 12:04 at 2x`: what a run sends and how.
[[nodiscard]] QString runTitle(const replay::ReplayPlan &plan);
/// `10 s`, `3 min 12 s`: whole seconds, rounded up.
[[nodiscard]] QString timeLeft(Nanoseconds left);
/// `Replay 62%, 10 s left`: for the status bar. Empty when there is nothing to say.
[[nodiscard]] QString runStatus(const ReplayPresenter &presenter);

} // namespace parallax::ui
