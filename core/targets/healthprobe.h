// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace parallax::targets {

/// Asks a server on 127.0.0.1 again and again until it is healthy: GET of a path gives 2xx, or, without a path, the
/// port takes a connection. Gives up only when destroyed; its owner has the deadline. Thread with an event loop; never
/// blocks.
class HealthProbe : public QObject
{
    Q_OBJECT

public:
    HealthProbe(quint16 port, QString path, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void healthy();

private:
    void attempt();
    void onConnected();
    void onReadyRead();
    void retry();
    void succeed();

    quint16 m_port;
    QString m_path;
    QTcpSocket m_socket;
    QTimer m_pause;    ///< between attempts
    QTimer m_patience; ///< of one attempt
    QByteArray m_answer;
    bool m_isDone = false;
};

} // namespace parallax::targets
