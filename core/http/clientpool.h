// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Upstream connections, kept alive and reused, newest first.
#pragma once

#include "http/bodydecoder.h"
#include "http/deadlines.h"
#include "http/headmemo.h"
#include "http/headparser.h"
#include "http/transport.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace parallax::http {

class ClientConnection;
class ClientPool;

/// Hears one request and its answer. After answerEnded() or answerFailed() nothing more comes. Nothing but
/// requestSent() is called from inside ClientPool::start().
class ClientHandler
{
public:
    virtual ~ClientHandler() = default;
    /// The whole request has been handed to the system.
    virtual void requestSent() = 0;
    /// What was given to sendBody() has been handed to the system.
    virtual void requestDrained() = 0;
    virtual void answerStarted(ResponseHead &&head) = 0;
    virtual void answerBody(QByteArray part) = 0;
    /// All that was read in one go has been handed over.
    virtual void answerPaused() = 0;
    virtual void answerEnded() = 0;
    virtual void answerFailed(const Error &error) = 0;
};

/// A request ready for the wire.
struct ClientRequest
{
    QByteArray method;
    QByteArray head; ///< with its empty line; framing fields fit `body` and what follows
    QByteArray body; ///< whole, or empty when it follows by sendBody()
    bool isBodyFollowing = false;
    bool isBodyChunked = false; ///< of what follows
};

struct ClientOptions
{
    Limits limits; ///< of answers; bodyBytes is the most that an answer may have
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds idle{4'000}; ///< how long an unused connection is kept
    std::size_t maxIdle = 256;
};

/// One connection: one request at a time. Owned by its pool; whoever started a request on it holds a plain pointer
/// until the answer has ended or failed, or until cancel().
class ClientConnection final : public QObject, private TransportUser
{
    Q_OBJECT

public:
    /// Of a request whose body follows. endBody() ends it.
    void sendBody(const QByteArray &part);
    void endBody();
    [[nodiscard]] qint64 unsentBytes() const;
    void setAnswerPaused(bool isPaused);
    /// The answer is not wanted any more; nothing is called, the connection is closed.
    void cancel();
    [[nodiscard]] bool isUnverified() const { return m_transport && m_transport->isUnverified(); }

private:
    friend class ClientPool;
    enum class State { Connecting, Idle, Busy, Closed };

    explicit ClientConnection(ClientPool &pool);
    ~ClientConnection() override;

    void connectTo(const QList<QHostAddress> &addresses);
    void connectToNext();
    void start(ClientRequest request, ClientHandler *handler);
    void sendRequest();
    void transportConnected() override;
    void transportReadable() override;
    void transportDrained() override;
    void transportEnded(const Error *error) override;
    void takeBytes(QByteArrayView bytes);
    qsizetype parseHead(QByteArrayView bytes);
    qsizetype takeHead(ResponseHead head, qsizetype length);
    qsizetype parseBody(QByteArrayView bytes);
    void endAnswer();
    void failAnswer(const Error &error);
    void failAnswer(Problem problem);
    void failConnecting(const Error *error);
    void close();
    void noteSent();
    void retry();
    [[nodiscard]] bool mayRetry() const;
    void onDeadline();

    ClientPool &m_pool;
    TransportPtr m_transport;
    Deadline m_deadline; ///< of connecting, or of being idle
    State m_state = State::Connecting;
    ResponseParser m_parser;
    std::optional<BodyDecoder> m_body;
    ClientHandler *m_handler = nullptr;
    ClientRequest m_request;
    QByteArray m_in;
    QList<QHostAddress> m_addresses; ///< still to be tried
    std::vector<QByteArray> m_early; ///< body that came before the connection was there
    std::chrono::steady_clock::time_point m_idleSince;
    int m_interim = 0;
    bool m_isReused = false;
    bool m_hasAnswerByte = false;
    bool m_isBodyDone = false;
    bool m_wasSent = false;
    bool m_isInChunk = false;
    bool m_keepAlive = true;
};

/// The connections to one peer. Lives on one thread; everything on it ends with it. Finds the peer's address once and
/// keeps it for a while. A request that is safe to repeat (RFC 9110 9.2.2) and met a kept connection that the peer was
/// just closing is sent once more on a new one; no other ever is.
class ClientPool final : public QObject
{
    Q_OBJECT

public:
    /// `deadlines` outlives the pool.
    ClientPool(PeerAddress peer, ClientOptions options, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~ClientPool() override;

    /// Never nullptr; failures come through the handler.
    ClientConnection *start(ClientRequest request, ClientHandler *handler);
    [[nodiscard]] int busy() const { return m_busy; }
    [[nodiscard]] int idle() const { return static_cast<int>(m_idle.size()); }
    [[nodiscard]] const PeerAddress &peer() const { return m_peer; }

private:
    friend class ClientConnection;
    /// Gives the connection an address to dial, now or when the name has been looked up.
    void dial(ClientConnection *connection);
    void onResolved(const QList<QHostAddress> &addresses, const QString &problem);
    [[nodiscard]] ClientConnection *takeIdle();
    void release(ClientConnection *connection);
    void forget(ClientConnection *connection);

    PeerAddress m_peer;
    ClientOptions m_options;
    DeadlineQueue &m_deadlines;
    std::deque<ClientConnection *> m_idle; ///< oldest first
    std::vector<ClientConnection *> m_resolving;
    std::vector<ClientConnection *> m_all;
    QList<QHostAddress> m_addresses; ///< the one that answered last comes first
    HeadMemo<ResponseHead> m_memo;
    std::chrono::steady_clock::time_point m_addressesUntil;
    int m_lookup = -1;
    int m_busy = 0;
};

} // namespace parallax::http
