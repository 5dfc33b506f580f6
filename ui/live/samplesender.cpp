// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/samplesender.h"

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr int kMostQueued = 1'000;
constexpr int kPatienceMs = 60'000; ///< for one answer

} // namespace

SampleSender::SampleSender(QObject *parent)
    : QObject(parent)
{}

SampleSender::~SampleSender() = default;

void SampleSender::send(const QString &host, quint16 port, const QList<Request> &requests)
{
    m_host = host;
    m_port = port;
    m_queue += requests.mid(0, kMostQueued - m_queue.size());
    if (!m_socket)
        next();
}

void SampleSender::stop()
{
    m_queue.clear();
    if (m_socket)
        m_socket->abort();
}

void SampleSender::next()
{
    if (m_queue.isEmpty())
        return;
    const Request request = m_queue.takeFirst();
    auto *socket = new QTcpSocket(this);
    m_socket = socket;
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->skip(socket->bytesAvailable()); });
    connect(socket, &QTcpSocket::stateChanged, this, [this, socket](QAbstractSocket::SocketState state) {
        if (state != QAbstractSocket::UnconnectedState || m_socket != socket)
            return;
        m_socket = nullptr;
        socket->deleteLater();
        QMetaObject::invokeMethod(this, &SampleSender::next, Qt::QueuedConnection);
    });
    QTimer::singleShot(kPatienceMs, socket, [socket] { socket->abort(); });
    socket->connectToHost(m_host, m_port);
    const QByteArray host = m_host.contains(u':') ? '[' + m_host.toLatin1() + ']' : m_host.toLatin1();
    socket->write("POST " + request.path + " HTTP/1.1\r\nHost: " + host + ':' + QByteArray::number(m_port) +
                  "\r\nContent-Type: application/json\r\n" +
                  "User-Agent: Parallax sample\r\nConnection: close\r\nContent-Length: " +
                  QByteArray::number(request.body.size()) + "\r\n\r\n" + request.body);
}

} // namespace parallax::ui
