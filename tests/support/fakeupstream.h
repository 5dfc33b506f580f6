// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP server of few lines for tests, written without anything of core/http. Lives on the test's thread.
#pragma once

#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <vector>

namespace parallax::test {

/// Answers each request with what `answer` gives: raw bytes, sent as they are. What was received is kept.
class FakeUpstream
{
public:
    struct Received
    {
        QByteArray head; ///< with its empty line
        QByteArray body; ///< framing taken off
        [[nodiscard]] QByteArray requestLine() const { return head.left(head.indexOf("\r\n")); }
        /// The value of the first field of that name, lower case compared; null when there is none.
        [[nodiscard]] QByteArray field(const QByteArray &name) const
        {
            for (const QByteArray &line : head.split('\n')) {
                if (line.left(line.indexOf(':')).toLower() == name.toLower())
                    return line.mid(line.indexOf(':') + 1).trimmed();
            }
            return {};
        }
    };
    enum class Then { KeepOpen, Close, Reset };
    struct Answer
    {
        QByteArray bytes;
        int delayMs = 0;
        Then then = Then::KeepOpen;
    };

    explicit FakeUpstream(std::function<Answer(const Received &)> answer = {})
        : m_answer(std::move(answer))
    {
        if (!m_answer)
            m_answer = [](const Received &) { return Answer{ok("{\"data\":1}")}; };
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        m_server.setMaxPendingConnections(2000);
        m_server.setListenBacklogSize(2000);
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] static QByteArray ok(const QByteArray &body,
                                       const QByteArray &fields = "Content-Type: application/json\r\n")
    {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
               body;
    }
    [[nodiscard]] static QByteArray status(int code, const QByteArray &body)
    {
        return "HTTP/1.1 " + QByteArray::number(code) +
               " X\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\n\r\n" + body;
    }
    /// Accepts and never answers.
    [[nodiscard]] static std::function<Answer(const Received &)> hanging()
    {
        return [](const Received &) { return Answer{}; };
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] const std::vector<Received> &requests() const { return m_requests; }
    [[nodiscard]] int connections() const { return m_connections; }
    void setAnswer(std::function<Answer(const Received &)> answer) { m_answer = std::move(answer); }
    /// From now on nobody is let in; the port stays known.
    void refuse()
    {
        m_server.close();
        for (const auto &socket : std::as_const(m_sockets)) {
            if (socket)
                socket->abort();
        }
    }
    void closeConnections()
    {
        for (const auto &socket : std::as_const(m_sockets)) {
            if (socket)
                socket->disconnectFromHost();
        }
    }

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            ++m_connections;
            m_sockets.append(socket);
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                m_buffers[socket] += socket->readAll();
                while (takeRequest(socket)) {
                }
            });
        }
    }
    bool takeRequest(QTcpSocket *socket)
    {
        QByteArray &buffer = m_buffers[socket];
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        Received request{buffer.left(end + 4), {}};
        qsizetype at = end + 4;
        if (request.field("transfer-encoding") == "chunked") {
            while (true) {
                const qsizetype line = buffer.indexOf("\r\n", at);
                if (line < 0)
                    return false;
                const qsizetype size = buffer.mid(at, line - at).toLongLong(nullptr, 16);
                if (buffer.size() < line + 2 + size + 2)
                    return false;
                request.body += buffer.mid(line + 2, size);
                at = line + 2 + size + 2;
                if (size == 0)
                    break;
            }
        } else {
            const qsizetype length = request.field("content-length").toLongLong();
            if (buffer.size() < at + length)
                return false;
            request.body = buffer.mid(at, length);
            at += length;
        }
        buffer.remove(0, at);
        m_requests.push_back(request);
        const Answer answer = m_answer(request);
        QTimer::singleShot(answer.delayMs, socket, [socket, answer] {
            socket->write(answer.bytes);
            if (answer.then == Then::Close)
                socket->disconnectFromHost();
            else if (answer.then == Then::Reset)
                socket->abort();
        });
        return true;
    }

    std::function<Answer(const Received &)> m_answer;
    std::vector<Received> m_requests;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    QList<QPointer<QTcpSocket>> m_sockets;
    int m_connections = 0;
    QTcpServer m_server; ///< last: its sockets go first
};

} // namespace parallax::test
