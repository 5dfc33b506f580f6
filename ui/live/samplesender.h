// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

namespace parallax::ui {

/// Sends a few requests to the running router, one after the other, the way a caller would. What comes back is not
/// looked at: the table shows it. Lives on the thread of its owner, waits for nothing.
class SampleSender final : public QObject
{
    Q_OBJECT

public:
    explicit SampleSender(QObject *parent = nullptr);
    ~SampleSender() override;

    struct Request
    {
        QByteArray path;
        QByteArray body;
    };
    void send(const QString &host, quint16 port, const QList<Request> &requests);
    void stop();

private:
    void next();

    QString m_host;
    quint16 m_port = 0;
    QList<Request> m_queue;
    QPointer<QTcpSocket> m_socket;
};

} // namespace parallax::ui
