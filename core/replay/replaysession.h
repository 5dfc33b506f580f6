// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "compare/comparisonbuilder.h"
#include "compare/rules.h"
#include "replay/replayrun.h"
#include "replay/source.h"
#include "repository/repository.h"
#include "router/routingsession.h"
#include "targets/secretstore.h"
#include "traffic/recorder.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace parallax::replay {

/// What a run left behind.
struct SessionResult
{
    Progress progress;
    compare::Comparison comparison;
    QString capture;
    std::optional<Error> notWritten; ///< why the capture could not be closed properly
};

/// One run from its targets to its comparison, for the command line and the desktop: starts what the endpoint needs,
/// reads the source, sends, records every answer with the plan beside them, judges, compares. Lives on a thread with an
/// event loop that may be kept busy for a moment (it reads the workspace and closes the capture): the main thread of a
/// command, a thread of its own in the desktop, never the GUI's. Owns the targets' processes, the recorder and the run;
/// when it is destroyed, all of them end.
class ReplaySession final : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        ReplayPlan plan;
        QString format;                                   ///< of the source; empty = its content tells
        std::optional<repository::Repository> repository; ///< not needed with plan.to
        targets::WorkspacePtr workspace;                  ///< of the repository; null: read at the start
        std::optional<compare::Rules> rules;              ///< none: those of the repository
        QString capture;                                  ///< where every answer is kept; made anew
        traffic::RedactionRules redaction = traffic::RedactionRules::defaults();
        targets::TargetRunner::Options targets;
        std::function<QString(const Error &)> wording;
        /// Hears of final, judged exchanges on the recorder's thread, not redacted. May be empty.
        std::function<void(const std::vector<traffic::ExchangePtr> &)> recorded;
    };

    /// `clock` and `secrets` outlive it.
    ReplaySession(const Clock &clock, const targets::SecretStore &secrets, Setup setup, QObject *parent = nullptr);
    ~ReplaySession() override;

    /// failed() or ended() follows, once.
    void start();
    void pause();
    void resume();
    void step();
    /// What was answered is kept; a second call gives up what is under way. Before the first request: failed() with
    /// kCancelled.
    void stop();

    /// Any thread.
    [[nodiscard]] Progress progress() const;
    /// Histograms of every target, for charts. Any thread.
    [[nodiscard]] std::vector<Tally::Distribution> distributions() const;
    /// Records of the source read so far. Any thread.
    [[nodiscard]] qint64 recordsRead() const;
    /// The comparison of what is judged so far, without its slow figures. Any thread that may wait for a batch.
    [[nodiscard]] compare::Comparison comparison() const;

Q_SIGNALS:
    /// Deployments are being started.
    void targetsStarting();
    /// They answer; the source is being read.
    void readingStarted();
    /// The first request follows.
    void prepared(const parallax::replay::PlanCounts &counts);
    void stateChanged(parallax::replay::RunState state);
    /// Something that does not end the run: a mirror without a target, records that could not be read, gaps cut.
    void warned(const parallax::Finding &finding);
    /// Nothing was sent.
    void failed(const parallax::Error &error);
    void ended(const parallax::replay::SessionResult &result);

private:
    void begin();
    [[nodiscard]] Result<endpoints::Endpoint> endpointOf(const targets::Workspace &workspace) const;
    void onTargetFailed(const endpoints::DeploymentRef &deployment, const Error &error);
    void onSettled();
    void run(Addressing addressing);
    [[nodiscard]] Status openRecorder();
    void onRecorded(const std::vector<traffic::ExchangePtr> &exchanges);
    void giveUp(const Error &error);
    void conclude();
    void dropRun();

    const Clock &m_clock;
    const targets::SecretStore &m_secrets;
    Setup m_setup;
    compare::Rules m_rules;
    std::optional<ReplaySource> m_source;
    std::unique_ptr<router::RoutingSession> m_routing;
    std::unique_ptr<traffic::Recorder> m_recorder;
    QString m_endpoint;
    QList<endpoints::DeploymentRef> m_failedTargets;
    std::optional<Error> m_firstFailure;
    bool m_isSettled = false; ///< every target is ready or has failed
    bool m_isOver = false;

    mutable std::mutex m_builderMutex; ///< the recorder's thread adds
    std::unique_ptr<compare::ComparisonBuilder> m_builder;
    mutable std::mutex m_runMutex; ///< guards the pointer and the last figures, not the run
    std::unique_ptr<ReplayRun> m_run;
    Progress m_lastProgress;
    std::vector<Tally::Distribution> m_lastDistributions;
    qint64 m_lastRead = 0;
};

} // namespace parallax::replay

Q_DECLARE_METATYPE(parallax::replay::SessionResult)
