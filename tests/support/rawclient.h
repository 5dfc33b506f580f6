// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>
#include <QTest>

namespace parallax::test {

/// A caller that sends bytes as they are. Lives on the test's thread.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { m_received += m_socket.readAll(); });
    }
    RawClient &send(const QByteArray &bytes)
    {
        [[maybe_unused]] const bool isThere = QTest::qWaitFor([this] { return isConnected() || isClosed(); });
        if (isConnected()) {
            m_socket.write(bytes);
            m_socket.flush();
        }
        return *this;
    }
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    [[nodiscard]] bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] bool waitForClose(int ms = 5000)
    {
        return QTest::qWaitFor([this] { return isClosed(); }, ms);
    }
    /// Waits until something matches; `count` times.
    [[nodiscard]] bool waitFor(const QByteArray &part, int count = 1, int ms = 5000)
    {
        return QTest::qWaitFor([&] { return m_received.count(part) >= count; }, ms);
    }
    /// Of the last whole head received; 0 when there is none.
    [[nodiscard]] int status() const
    {
        const qsizetype at = m_received.lastIndexOf("HTTP/1.1 ");
        return at < 0 ? 0 : m_received.mid(at + 9, 3).toInt();
    }
    [[nodiscard]] QByteArray body() const
    {
        const qsizetype end = m_received.indexOf("\r\n\r\n");
        return end < 0 ? QByteArray() : m_received.mid(end + 4);
    }
    void clear() { m_received.clear(); }
    QTcpSocket &socket() { return m_socket; }

private:
    QByteArray m_received;
    QTcpSocket m_socket; ///< last: it still signals while it goes
};

} // namespace parallax::test
