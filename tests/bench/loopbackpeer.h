// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QTcpSocket>

#include <thread>

namespace parallax::bench {

/// Answers every request with the same bytes, one thread a connection, so that what is measured is the other side.
/// Requests are POSTs with a Content-Length. Ends with its clients.
class LoopbackPeer
{
public:
    explicit LoopbackPeer(QByteArray answer)
        : m_answer(std::move(answer))
        , m_thread([this] { run(); })
    {
        while (m_port == 0)
            std::this_thread::yield();
    }
    ~LoopbackPeer()
    {
        m_isEnding = true;
        m_thread.join();
    }
    LoopbackPeer(const LoopbackPeer &) = delete;
    LoopbackPeer &operator=(const LoopbackPeer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    class Listener final : public QTcpServer
    {
    public:
        std::vector<qintptr> accepted;

    protected:
        void incomingConnection(qintptr descriptor) override { accepted.push_back(descriptor); }
    };

    void run()
    {
        Listener listener;
        listener.listen(QHostAddress::LocalHost);
        m_port = listener.serverPort();
        std::vector<std::thread> connections;
        while (!m_isEnding) {
            if (!listener.waitForNewConnection(20))
                continue;
            for (const qintptr descriptor : std::exchange(listener.accepted, {}))
                connections.emplace_back([this, descriptor] { serve(descriptor); });
        }
        for (std::thread &connection : connections)
            connection.join();
    }

    void serve(qintptr descriptor) const
    {
        QTcpSocket socket;
        socket.setSocketDescriptor(descriptor);
        QByteArray in;
        while (!m_isEnding && socket.state() == QAbstractSocket::ConnectedState) {
            if (!socket.waitForReadyRead(20))
                continue;
            in += socket.readAll();
            const qsizetype end = in.indexOf("\r\n\r\n");
            const qsizetype field = in.indexOf("Content-Length: ");
            if (end < 0 || field < 0 ||
                in.size() - end - 4 < in.mid(field + 16, in.indexOf('\r', field) - field - 16).toLongLong())
                continue;
            in.clear();
            socket.write(m_answer);
            socket.waitForBytesWritten(1'000);
        }
    }

    QByteArray m_answer;
    std::atomic<quint16> m_port{0};
    std::atomic<bool> m_isEnding{false};
    std::thread m_thread; ///< last: it uses the others
};

} // namespace parallax::bench
