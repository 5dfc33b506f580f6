// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cliprocess.h"

#include "support/testenvironment.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parallax::test {

CliResult runCli(const QStringList &arguments, const QString &folder, const QByteArray &input, int seconds)
{
    QProcess process;
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(binaryPath(u"app/parallax-cli"_s), arguments);
    process.write(input);
    process.closeWriteChannel();
    CliResult result;
    if (!process.waitForFinished(seconds * 1000)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        result.exitCode = process.exitCode();
    }
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

QByteArray runGit(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(u"git"_s, arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        qFatal("git %s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
    return process.readAllStandardOutput().trimmed();
}

CliServer::CliServer(const QStringList &arguments, const QString &folder)
{
    if (!folder.isEmpty())
        m_process.setWorkingDirectory(folder);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(binaryPath(u"app/parallax-cli"_s), arguments);
    QElapsedTimer timer;
    timer.start();
    QByteArray out;
    while (timer.elapsed() < 60'000 && m_process.state() != QProcess::NotRunning &&
           m_process.waitForReadyRead(60'000)) {
        out += m_process.readAllStandardOutput();
        const qsizetype end = out.indexOf('\n');
        if (end < 0)
            continue;
        if (out.startsWith("listening on "))
            m_url = QString::fromUtf8(out.mid(13, end - 13));
        break;
    }
}

CliServer::~CliServer()
{
    if (m_process.state() != QProcess::NotRunning)
        stop();
}

quint16 CliServer::port() const
{
    return static_cast<quint16>(QUrl(m_url).port());
}

int CliServer::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(20'000)) {
        m_process.kill();
        m_process.waitForFinished();
        return -1;
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QByteArray httpExchange(quint16 port, const QByteArray &request, int seconds)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(seconds * 1000))
        return {};
    socket.write(request);
    QByteArray answer;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < seconds * 1000) {
        if (!socket.waitForReadyRead(seconds * 1000) && socket.bytesAvailable() == 0)
            break;
        answer += socket.readAll();
        const qsizetype head = answer.indexOf("\r\n\r\n");
        if (head < 0)
            continue;
        const QByteArray lower = answer.left(head).toLower();
        const qsizetype at = lower.indexOf("content-length:");
        if (at < 0)
            continue; // until the server closes
        const qsizetype end = lower.indexOf('\r', at);
        const qsizetype length = lower.mid(at + 15, end < 0 ? -1 : end - at - 15).trimmed().toLongLong();
        if (answer.size() >= head + 4 + length)
            break;
    }
    return answer;
}

QByteArray httpPost(quint16 port, const QByteArray &path, const QByteArray &body, int *status, int seconds)
{
    const QByteArray answer =
        httpExchange(port,
                     "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
                         "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
                         "\r\n\r\n" + body,
                     seconds);
    if (status != nullptr)
        *status = answer.mid(9, 3).toInt();
    const qsizetype head = answer.indexOf("\r\n\r\n");
    return head < 0 ? QByteArray() : answer.mid(head + 4);
}

} // namespace parallax::test
