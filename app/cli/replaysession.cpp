// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/replaysession.h"

#include "app/cli/errors.h"
#include "app/example/example.h"
#include "base/signalwatcher.h"
#include "replay/replaysession.h"
#include "router/errors.h"
#include "traffic/redactionfile.h"
#include "ui/wording/wording.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr auto kProgressInterval = std::chrono::milliseconds(100);
constexpr auto kSuspensionGrace = std::chrono::milliseconds(2'000);

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

replay::ReplaySession::Setup sessionSetup(const ReplayJob &job, const QString &script,
                                          traffic::RedactionRules redaction)
{
    replay::ReplaySession::Setup setup;
    setup.plan = job.plan;
    setup.repository = job.repository;
    setup.rules = job.rules;
    setup.capture = job.capture;
    setup.redaction = std::move(redaction);
    setup.targets.runnerScript = script;
    setup.wording = [](const Error &error) { return wording::text(error); };
    return setup;
}

/// A session with its signals on the terminal.
class TerminalReplay final : public QObject
{
public:
    TerminalReplay(const Console &console, const ReplayJob &job, const QString &script,
                   traffic::RedactionRules redaction)
        : m_console(console)
        , m_job(job)
        , m_session(m_clock, m_secrets, sessionSetup(job, script, std::move(redaction)))
    {
        using replay::ReplaySession;
        connect(&m_signals, &base::SignalWatcher::stopRequested, this, &TerminalReplay::onStopRequested);
        m_signals.watchSuspension();
        connect(&m_signals, &base::SignalWatcher::suspendRequested, this, &TerminalReplay::onSuspendRequested);
        connect(&m_signals, &base::SignalWatcher::resumed, this, &TerminalReplay::onResumed);
        m_progressTimer.setInterval(kProgressInterval);
        connect(&m_progressTimer, &QTimer::timeout, this, [this] { onProgress(); });
        connect(&m_session, &ReplaySession::targetsStarting, this,
                [this] { m_console.progress(u"starting the deployments"_s); });
        connect(&m_session, &ReplaySession::readingStarted, this, [this] {
            m_isRunning = true;
            m_progressTimer.start();
        });
        connect(&m_session, &ReplaySession::warned, this,
                [this](const Finding &finding) { m_console.warn(finding.error, finding.severity); });
        connect(&m_session, &ReplaySession::failed, this, [this](const Error &error) { finish(fail(error)); });
        connect(&m_session, &ReplaySession::ended, this,
                [this](const replay::SessionResult &result) { finish(result); });
    }

    [[nodiscard]] Result<ReplayOutcome> run(bool wantsPairs)
    {
        m_session.start();
        QCoreApplication::exec();
        m_console.progress({});
        Result<ReplayOutcome> outcome = m_result ? summary(*m_result, wantsPairs) : fail(known(m_result.error()));
        if (!m_job.keepCapture)
            QFile::remove(m_job.capture);
        if (outcome && m_result->notWritten)
            return fail(*m_result->notWritten);
        return outcome;
    }

private:
    void finish(Result<replay::SessionResult> result)
    {
        m_progressTimer.stop();
        m_result = std::move(result);
        QCoreApplication::exit(0);
    }

    void onProgress()
    {
        const replay::Progress progress = m_session.progress();
        m_console.progress(progressLine(progress));
        // What is under way would be late for no fault of its own: it ends first, as long as that takes no age.
        if (m_suspension.isValid() && (progress.inFlight == 0 || m_suspension.hasExpired(kSuspensionGrace.count()))) {
            m_suspension.invalidate();
            m_console.progress({});
            m_console.note(
                u"Paused after %1 of %2; fg (or SIGCONT) goes on."_s.arg(progress.sent).arg(progress.planned));
            m_signals.suspend();
        }
    }

    // Ctrl+Z: the schedule stands still as long as the process does.
    void onSuspendRequested()
    {
        if (!m_isRunning) {
            m_signals.suspend();
            return;
        }
        m_session.pause();
        m_suspension.start();
    }

    void onResumed()
    {
        m_suspension.invalidate();
        if (m_isRunning)
            m_session.resume();
    }

    void onStopRequested()
    {
        if (m_isRunning)
            m_console.note(u"Stopping; what was answered is kept."_s);
        m_session.stop();
    }

    /// The code that the other commands give for it.
    [[nodiscard]] static Error known(Error error)
    {
        if (error.code == router::kUnknownEndpoint)
            error.code = kUnknownEndpoint;
        return error;
    }

    [[nodiscard]] Result<ReplayOutcome> summary(const replay::SessionResult &result, bool wantsPairs) const
    {
        ReplayOutcome outcome;
        outcome.progress = result.progress;
        outcome.result.comparison = result.comparison;
        outcome.result.source = QFileInfo(m_job.plan.source).fileName();
        outcome.result.replay = result.progress.toJson();
        if (!m_job.before.isEmpty()) {
            compare::RulesBook rules;
            rules.setForAll(m_job.rules);
            const Result<replay::RunComparison> since =
                replay::compareRuns({m_job.before, m_job.capture, {}, {}}, rules);
            if (!since)
                return fail(since.error());
            outcome.result.since = RunChange{QFileInfo(m_job.before).fileName(), *since};
        }
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
    base::SignalWatcher m_signals{2}; // stop, give up, and then die
    QElapsedTimer m_suspension;       ///< since Ctrl+Z, while answers are awaited
    targets::EnvironmentSecretStore m_secrets;
    replay::ReplaySession m_session;
    QTimer m_progressTimer;
    bool m_isRunning = false;
    Result<replay::SessionResult> m_result;
};

} // namespace

Result<ReplayOutcome> runReplay(const Console &console, const ReplayJob &job, bool wantsPairs)
{
    const Result<QString> script = example::runnerScript();
    if (!script)
        return fail(script.error());
    Result<traffic::RedactionRules> redaction =
        traffic::redactionRulesOf(job.repository ? job.repository->root() : QString());
    if (!redaction)
        return fail(redaction.error());
    return TerminalReplay(console, job, *script, *std::move(redaction)).run(wantsPairs);
}

} // namespace parallax::cli
