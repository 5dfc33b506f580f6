// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/childserver.h"

#include "base/childprocess.h"
#include "base/errors.h"
#include "targets/errors.h"
#include "targets/healthprobe.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::targets {

namespace {

constexpr auto kGrace = 2s;

} // namespace

ChildServer::ChildServer(Plan plan, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
{
    m_deadline.setSingleShot(true);
    m_grace.setSingleShot(true);
    base::prepareChild(m_process, base::ChildLifetime::BoundToThread);
    m_process.setProgram(m_plan.program);
    m_process.setArguments(m_plan.arguments);
    m_process.setWorkingDirectory(m_plan.workingDirectory);
    m_process.setProcessEnvironment(m_plan.environment);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ChildServer::onStandardOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &ChildServer::onStandardError);
    connect(&m_process, &QProcess::finished, this, &ChildServer::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &ChildServer::onErrorOccurred);
    connect(&m_deadline, &QTimer::timeout, this, &ChildServer::onDeadline);
    connect(&m_grace, &QTimer::timeout, this, [this] { base::endChild(m_process, true); });
}

ChildServer::~ChildServer()
{
    m_process.disconnect(this);
    terminate();
    makeSure(500ms);
}

void ChildServer::start()
{
    m_state = State::Starting;
    if (m_wasAsked) { // ended before it began
        fail(base::kCancelled);
        Q_EMIT gone();
        return;
    }
    m_deadline.start(m_plan.startTimeout);
    m_process.start();
    m_group = m_process.processId();
    if (m_plan.port != 0)
        probe();
}

void ChildServer::stop()
{
    m_wasAsked = true;
    if (m_process.state() == QProcess::NotRunning)
        return;
    base::endChild(m_process, false);
    m_grace.start(kGrace);
}

void ChildServer::terminate()
{
    m_wasAsked = true;
    if (m_process.state() != QProcess::NotRunning)
        base::endChild(m_process, false);
}

void ChildServer::makeSure(std::chrono::milliseconds patience)
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    if (!m_process.waitForFinished(static_cast<int>(patience.count()))) {
        base::endChild(m_process, true);
        m_process.waitForFinished(2000);
    }
    base::endGroup(m_group);
}

void ChildServer::onStandardOutput()
{
    const QByteArray bytes = m_process.readAllStandardOutput();
    m_output.feed(bytes);
    if (m_plan.port != 0)
        return;
    for (const QString &line : m_announcements.feed(bytes))
        onAnnounced(line);
}

void ChildServer::onStandardError()
{
    m_output.feed(m_process.readAllStandardError());
}

void ChildServer::onAnnounced(const QString &line)
{
    static const QRegularExpression kReady(u"\\Alistening on http://127\\.0\\.0\\.1:(\\d{1,5})\\s*\\z"_s);
    const QRegularExpressionMatch match = kReady.match(line);
    const uint port = match.captured(1).toUInt();
    if (m_plan.port != 0 || port == 0 || port > 0xffff)
        return;
    m_plan.port = static_cast<quint16>(port);
    probe();
}

void ChildServer::probe()
{
    m_probe = new HealthProbe(m_plan.port, m_plan.healthPath, this);
    connect(m_probe, &HealthProbe::healthy, this, [this] {
        m_probe->deleteLater();
        m_probe = nullptr;
        if (m_state != State::Starting)
            return;
        m_deadline.stop();
        m_state = State::Ready;
        Q_EMIT ready(m_plan.port);
    });
    m_probe->start();
}

void ChildServer::onFinished()
{
    onStandardOutput();
    onStandardError();
    m_grace.stop();
    base::endGroup(m_group); // what the child started and left
    if (m_state == State::Starting) {
        fail(m_wasAsked ? base::kCancelled : kDidNotStart);
    } else if (m_state == State::Ready) {
        m_state = State::Ended;
        Q_EMIT ended(errorOf(kEnded, {}), m_wasAsked);
    }
    Q_EMIT gone();
}

void ChildServer::onErrorOccurred(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart || m_state != State::Starting)
        return;
    fail(kProgramMissing, {{u"program"_s, m_plan.program}}, m_process.errorString());
    Q_EMIT gone();
}

void ChildServer::onDeadline()
{
    const double seconds = std::chrono::duration<double>(m_plan.startTimeout).count();
    fail(kNotReady, {{u"seconds"_s, seconds}});
}

void ChildServer::fail(ErrorCode code, QVariantMap args, const QString &detail)
{
    m_state = State::Ended;
    m_deadline.stop();
    if (m_probe != nullptr)
        m_probe->deleteLater();
    m_probe = nullptr;
    const Error error = errorOf(code, std::move(args), detail);
    stop();
    Q_EMIT failed(error);
}

Error ChildServer::errorOf(ErrorCode code, QVariantMap args, const QString &detail) const
{
    args.insert(u"target"_s, m_plan.target);
    args.insert(u"lines"_s, m_output.lines().join(u'\n'));
    // A signal counts as its negative number.
    const bool isCrash = m_process.exitStatus() == QProcess::CrashExit;
    args.insert(u"exit"_s, isCrash ? -m_process.exitCode() : m_process.exitCode());
    return {code, std::move(args), {}, detail};
}

} // namespace parallax::targets
