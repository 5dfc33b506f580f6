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
#include <QFileInfo>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr auto kProgressInterval = std::chrono::milliseconds(100);

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
    setup.plan.source = job.sourcePath;
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
        m_progressTimer.setInterval(kProgressInterval);
        connect(&m_progressTimer, &QTimer::timeout, this,
                [this] { m_console.progress(progressLine(m_session.progress())); });
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
        outcome.result.source = QFileInfo(m_job.sourcePath).fileName();
        outcome.result.replay = result.progress.toJson();
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
