// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/transport.h"

#include <QSslSocket>

namespace parallax::http {

/// A transport on QSslSocket, which is also a plain QTcpSocket. TLS 1.2 or newer, chain and name verified unless the
/// settings say otherwise, the name sent (SNI). A handshake counts as part of connecting.
class QtTransport final : public Transport
{
    Q_OBJECT

public:
    explicit QtTransport(qintptr descriptor);
    QtTransport(const PeerAddress &peer, const QHostAddress &resolved);
    ~QtTransport() override;

    qsizetype read(char *buffer, qsizetype size) override;
    void write(const QByteArray &bytes, const QByteArray &more) override;
    [[nodiscard]] qint64 unsentBytes() const override;
    void setReading(bool isReading) override;
    void finishSending() override;
    [[nodiscard]] bool isStale() override;
    [[nodiscard]] bool isConnected() const override { return m_isConnected; }
    void abort() override;
    [[nodiscard]] QHostAddress localAddress() const override { return m_socket.localAddress(); }
    [[nodiscard]] QHostAddress peerAddress() const override { return m_socket.peerAddress(); }
    [[nodiscard]] bool isUnverified() const override { return m_isUnverified; }

protected:
    void closeAlone() override;

private:
    void listen();
    [[nodiscard]] Status prepareTls(const TlsSettings &tls);
    void onReadable();
    void onSent();
    void onEnded();
    [[nodiscard]] Error socketError() const;

    QSslSocket m_socket;
    PeerAddress m_peer;
    std::optional<Error> m_error;
    bool m_isConnected = false;
    bool m_isReading = true;
    bool m_isFinishing = false;
    bool m_hasEnded = false;
    bool m_isUnverified = false;
    bool m_isBehind = false;
};

} // namespace parallax::http
