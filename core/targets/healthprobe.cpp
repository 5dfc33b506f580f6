// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/healthprobe.h"

#include <QHostAddress>
#include <QNetworkProxy>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace parallax::targets {

namespace {

constexpr auto kPause = 50ms;
constexpr auto kPatience = 2s;
constexpr qsizetype kMaxStatusLine = 1024;

} // namespace

HealthProbe::HealthProbe(quint16 port, QString path, QObject *parent)
    : QObject(parent)
    , m_port(port)
    , m_path(std::move(path))
{
    m_pause.setSingleShot(true);
    m_patience.setSingleShot(true);
    m_socket.setReadBufferSize(kMaxStatusLine);
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_pause, &QTimer::timeout, this, &HealthProbe::attempt);
    connect(&m_patience, &QTimer::timeout, this, &HealthProbe::retry);
    connect(&m_socket, &QTcpSocket::connected, this, &HealthProbe::onConnected);
    connect(&m_socket, &QTcpSocket::readyRead, this, &HealthProbe::onReadyRead);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &HealthProbe::retry);
}

void HealthProbe::start()
{
    attempt();
}

void HealthProbe::attempt()
{
    m_answer.clear();
    m_patience.start(kPatience);
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
}

void HealthProbe::onConnected()
{
    if (m_path.isEmpty())
        return succeed();
    m_socket.write("GET " + m_path.toLatin1() + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) +
                   "\r\nConnection: close\r\n\r\n");
}

void HealthProbe::onReadyRead()
{
    m_answer += m_socket.read(kMaxStatusLine - m_answer.size());
    if (!m_answer.contains('\n') && m_answer.size() < kMaxStatusLine)
        return;
    // "HTTP/1.1 200 OK"
    if (m_answer.startsWith("HTTP/1.") && m_answer.mid(8, 2) == " 2")
        return succeed();
    retry();
}

void HealthProbe::retry()
{
    if (m_isDone)
        return;
    m_patience.stop();
    m_socket.abort();
    m_pause.start(kPause);
}

void HealthProbe::succeed()
{
    m_isDone = true;
    m_patience.stop();
    m_socket.abort();
    Q_EMIT healthy();
}

} // namespace parallax::targets
