// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/transport.h"

#include <QSocketNotifier>

#include <deque>
#include <optional>

namespace parallax::http {

/// A transport on a non-blocking socket. The read notifier stays on while reading is wanted, the write notifier is on
/// only while the system's buffer is full: an exchange costs one send() and one recv() a side (measured: a third less
/// than through QTcpSocket, docs of the benchmark).
class PosixTransport final : public Transport
{
    Q_OBJECT

public:
    explicit PosixTransport(int descriptor);
    PosixTransport(const PeerAddress &peer, const QHostAddress &resolved);
    ~PosixTransport() override;

    qsizetype read(char *buffer, qsizetype size) override;
    void write(const QByteArray &bytes, const QByteArray &more) override;
    [[nodiscard]] qint64 unsentBytes() const override { return m_unsent; }
    void setReading(bool isReading) override;
    void finishSending() override;
    [[nodiscard]] bool isConnected() const override { return m_isConnected; }
    [[nodiscard]] bool isStale() override;
    void abort() override;
    void reset() override;
    [[nodiscard]] QHostAddress localAddress() const override;
    [[nodiscard]] QHostAddress peerAddress() const override;

protected:
    void closeAlone() override;

private:
    class Notifier;
    struct NotifierRetirer
    {
        void operator()(Notifier *notifier) const;
    };
    using NotifierPtr = std::unique_ptr<Notifier, NotifierRetirer>;

    void startNotifying();
    void beginConnecting(const PeerAddress &peer, const QHostAddress &resolved);
    void onReadable(int mostReads);
    void onWritable();
    void onConnected();
    void onSendFailed();
    void flush();
    void close();
    void end(std::optional<Error> error);
    void endLater(int errorNumber);
    [[nodiscard]] Error errorOf(int errorNumber) const;

    int m_fd = -1;
    NotifierPtr m_readNotifier;
    NotifierPtr m_writeNotifier;
    struct Piece
    {
        QByteArray bytes;
        qsizetype offset = 0;
    };
    std::unique_ptr<std::deque<Piece>> m_queue; ///< only while something is unsent: an idle connection stays small
    qint64 m_unsent = 0;
    QString m_host;
    quint16 m_port = 0;
    int m_sendError = 0;
    int m_readsLeft = 0; ///< in this turn of the event loop
    bool m_isConnected = false;
    bool m_isReading = true;
    bool m_isFinishing = false;
    bool m_isAlone = false;
    bool m_hasEnded = false;
    bool m_sawEnd = false;
};

} // namespace parallax::http
