// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace parallax::test {

struct CliResult
{
    int exitCode = -1; ///< -1 when it did not end by itself
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(out); }
};

/// Runs the built parallax-cli to its end (at most `seconds`), in `folder` when given.
[[nodiscard]] CliResult runCli(const QStringList &arguments, const QString &folder = {}, const QByteArray &input = {},
                               int seconds = 60);

/// Runs git in `folder`; answers its stdout, trimmed. Fails the test program with a message when git fails.
[[nodiscard]] QByteArray runGit(const QStringList &arguments, const QString &folder);

/// A parallax-cli that stays, for instance `serve`. Ended (SIGTERM, then killed) by the destructor.
class CliServer
{
public:
    /// Starts and waits for `listening on http://HOST:PORT`.
    explicit CliServer(const QStringList &arguments, const QString &folder = {});
    ~CliServer();
    CliServer(const CliServer &) = delete;
    CliServer &operator=(const CliServer &) = delete;

    [[nodiscard]] bool isReady() const { return !m_url.isEmpty(); }
    [[nodiscard]] QString url() const { return m_url; }
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] QProcess &process() { return m_process; }
    /// SIGTERM; answers the exit code, -1 when it had to be killed.
    int stop();

private:
    QProcess m_process;
    QString m_url;
};

/// A raw HTTP exchange on loopback; blocks up to `seconds`. Answers the whole answer, head and body, as it came.
[[nodiscard]] QByteArray httpExchange(quint16 port, const QByteArray &request, int seconds = 10);
/// POST of a JSON body; answers the body of the answer, `status` its status.
[[nodiscard]] QByteArray httpPost(quint16 port, const QByteArray &path, const QByteArray &body, int *status = nullptr,
                                  int seconds = 10);

} // namespace parallax::test
