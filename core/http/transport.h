// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A byte stream to a peer. Plain TCP on Unix goes straight to the socket (posixtransport.h): writes are immediate and
// cost one system call; TLS, and other systems, go through Qt's sockets (qttransport.h).
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QString>

#include <memory>

namespace parallax::http {

struct TlsSettings
{
    bool isEnabled = false;
    bool verify = true; ///< chain and name
    QString caFile;     ///< PEM; empty = the system's
    QString certificateFile;
    QString keyFile;
    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

/// Whom to connect to.
struct PeerAddress
{
    QString host; ///< a name or an address
    quint16 port = 0;
    TlsSettings tls;
    friend bool operator==(const PeerAddress &, const PeerAddress &) = default;
};

/// Hears a transport. Nothing is called from inside the transport's own functions, except where it says so.
class TransportUser
{
public:
    virtual ~TransportUser() = default;
    virtual void transportConnected() {}
    /// Call read() until it gives less than was asked for.
    virtual void transportReadable() = 0;
    /// All that was written has been handed to the system. Only after a write that could not be at once.
    virtual void transportDrained() = 0;
    /// The peer will send nothing more, or the connection failed (`error`), also while connecting. Once, last.
    virtual void transportEnded(const Error *error) = 0;
};

/// Lives on one thread with an event loop; owned by a connection, which calls retire() instead of deleting it from
/// within a callback. Never blocks.
class Transport : public QObject
{
    Q_OBJECT

public:
    void setUser(TransportUser *user) { m_user = user; }

    /// At most `size` bytes of what has arrived; 0 = nothing more for now.
    virtual qsizetype read(char *buffer, qsizetype size) = 0;
    /// Takes it all; what cannot be sent at once is kept (shared, not copied) and unsentBytes() tells. Once connected.
    /// `more` follows `bytes` in the same system call where there is one.
    virtual void write(const QByteArray &bytes, const QByteArray &more = {}) = 0;
    [[nodiscard]] virtual qint64 unsentBytes() const = 0;
    /// false: arriving bytes wait in the system, and the peer slows down.
    virtual void setReading(bool isReading) = 0;
    /// After what was written has been sent, tells the peer that nothing more follows; its bytes are still read.
    virtual void finishSending() = 0;
    [[nodiscard]] virtual bool isConnected() const = 0;
    /// Whether the peer has closed although nothing was read since; for a connection that is to be used again.
    [[nodiscard]] virtual bool isStale() = 0;
    /// Closes at once; unsent bytes are lost. Nothing is called any more.
    virtual void abort() = 0;
    /// As abort(), and the peer sees a reset where the system can do that.
    virtual void reset() { abort(); }

    [[nodiscard]] virtual QHostAddress localAddress() const = 0;
    [[nodiscard]] virtual QHostAddress peerAddress() const = 0;
    /// Of an encrypted connection whose peer was not verified.
    [[nodiscard]] virtual bool isUnverified() const { return false; }

protected:
    using QObject::QObject;
    /// Closes when all has been sent and then deletes itself, in a few seconds at the latest.
    virtual void closeAlone() = 0;
    TransportUser *m_user = nullptr;

private:
    friend void closeWhenSent(std::unique_ptr<Transport, struct TransportRetirer> transport);
};

/// Ends the transport and deletes it when control is back in the event loop.
struct TransportRetirer
{
    void operator()(Transport *transport) const
    {
        transport->setUser(nullptr);
        transport->deleteLater();
    }
};
using TransportPtr = std::unique_ptr<Transport, TransportRetirer>;

/// Lets go of a transport; what was written still goes out.
void closeWhenSent(TransportPtr transport);

/// For a socket that was accepted; takes the descriptor over.
[[nodiscard]] TransportPtr makeAcceptedTransport(qintptr descriptor);
/// Begins to connect; transportConnected() or transportEnded() follows.
[[nodiscard]] TransportPtr makeClientTransport(const PeerAddress &peer, const QHostAddress &resolved);

} // namespace parallax::http
