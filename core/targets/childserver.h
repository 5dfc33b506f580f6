// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "targets/lastlines.h"

#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTimer>

#include <chrono>
#include <memory>

namespace parallax::targets {

class HealthProbe;

/// One server process on 127.0.0.1 that belongs to us: started, waited for until it is healthy, watched, ended with its
/// process group. Lives on its owner's thread, which has an event loop, is never blocked by it (but for a short moment
/// in the destructor), and must live as long as the child: the kernel kills the child when that thread ends, so that
/// not even SIGKILL leaves one behind (base/childprocess.h). What the child starts itself is in its group and dies with
/// an orderly end; after a SIGKILL of ours it sees its stdin at the end.
class ChildServer : public QObject
{
    Q_OBJECT

public:
    struct Plan
    {
        QString target; ///< names it in errors
        QString program;
        QStringList arguments;
        QString workingDirectory;
        QProcessEnvironment environment;
        /// Its port; 0: it says so itself, by the line `listening on http://127.0.0.1:PORT` on standard output.
        quint16 port = 0;
        QString healthPath;
        std::chrono::milliseconds startTimeout{60'000};
        std::shared_ptr<void> lease; ///< kept as long as the child
    };
    enum class State { New, Starting, Ready, Ended };

    explicit ChildServer(Plan plan, QObject *parent = nullptr);
    ~ChildServer() override;
    ChildServer(const ChildServer &) = delete;
    ChildServer &operator=(const ChildServer &) = delete;

    void start();
    /// SIGTERM, and SIGKILL after two seconds. `ended` follows, unless it has not started.
    void stop();
    /// For an owner that goes: signals the child, then (second call) makes sure. Blocks up to `patience`.
    void terminate();
    void makeSure(std::chrono::milliseconds patience);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] quint16 port() const { return m_plan.port; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] QStringList lastLines() const { return m_output.lines(); }

Q_SIGNALS:
    void ready(quint16 port);
    /// It did not become ready and is being ended (target-did-not-start, target-not-ready, target-program-missing,
    /// cancelled by stop()).
    void failed(const parallax::Error &error);
    /// It was ready and is gone: asked to (`wasAsked`), or by itself (target-ended).
    void ended(const parallax::Error &error, bool wasAsked);
    /// The last signal, after `failed` or `ended`: there is no process any more.
    void gone();

private:
    void onStandardOutput();
    void onStandardError();
    void onAnnounced(const QString &line);
    void onFinished();
    void onErrorOccurred(QProcess::ProcessError error);
    void onDeadline();
    void probe();
    void fail(ErrorCode code, QVariantMap args = {}, const QString &detail = {});
    [[nodiscard]] Error errorOf(ErrorCode code, QVariantMap args, const QString &detail = {}) const;

    Plan m_plan;
    State m_state = State::New;
    bool m_wasAsked = false;
    qint64 m_group = 0; ///< the child's process group
    QProcess m_process;
    QTimer m_deadline;
    QTimer m_grace;
    HealthProbe *m_probe = nullptr;
    LastLines m_output; ///< of both channels, in the order they came
    LastLines m_announcements;
};

} // namespace parallax::targets
