// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/clientpool.h"

#include "base/clock.h"
#include "http/errors.h"
#include "http/headwriter.h"
#include "http/readbuffer.h"

#include <QHostInfo>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::http {

namespace {

constexpr auto kAddressesKept = 30s;

QVariantMap peerArgs(const PeerAddress &peer)
{
    return {{u"host"_s, peer.host}, {u"port"_s, peer.port}};
}

} // namespace

ClientPool::ClientPool(PeerAddress peer, ClientOptions options, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_peer(std::move(peer))
    , m_options(options)
    , m_deadlines(deadlines)
{
    if (const QHostAddress literal(m_peer.host); !literal.isNull()) {
        m_addresses = {literal};
        m_addressesUntil = std::chrono::steady_clock::time_point::max();
    }
}

ClientPool::~ClientPool()
{
    if (m_lookup != -1)
        QHostInfo::abortHostLookup(m_lookup);
    for (ClientConnection *connection : std::exchange(m_all, {})) {
        connection->m_handler = nullptr;
        delete connection;
    }
}

ClientConnection *ClientPool::takeIdle()
{
    while (!m_idle.empty()) {
        ClientConnection *connection = m_idle.back();
        m_idle.pop_back();
        // One that has just been used is not asked about; the peer's close would have been seen.
        const bool isFresh = std::chrono::steady_clock::now() - connection->m_idleSince < 500ms;
        if (isFresh || !connection->m_transport->isStale())
            return connection;
        connection->close();
    }
    return nullptr;
}

ClientConnection *ClientPool::start(ClientRequest request, ClientHandler *handler)
{
    ++m_busy;
    ClientConnection *connection = takeIdle();
    if (connection == nullptr) {
        connection = new ClientConnection(*this);
        m_all.push_back(connection);
        connection->start(std::move(request), handler);
        dial(connection);
    } else {
        connection->start(std::move(request), handler);
        connection->sendRequest();
    }
    return connection;
}

void ClientPool::dial(ClientConnection *connection)
{
    connection->m_deadline.arm(m_options.connectTimeout);
    if (std::chrono::steady_clock::now() < m_addressesUntil && !m_addresses.isEmpty()) {
        connection->connectTo(m_addresses);
        return;
    }
    m_resolving.push_back(connection);
    if (m_lookup != -1)
        return;
    m_lookup = QHostInfo::lookupHost(m_peer.host, this, [this](const QHostInfo &info) {
        m_lookup = -1;
        onResolved(info.addresses(), info.errorString());
    });
}

void ClientPool::onResolved(const QList<QHostAddress> &addresses, const QString &problem)
{
    m_addresses = addresses;
    m_addressesUntil = std::chrono::steady_clock::now() + kAddressesKept;
    for (ClientConnection *connection : std::exchange(m_resolving, {})) {
        if (!addresses.isEmpty()) {
            connection->connectTo(addresses);
            continue;
        }
        const Error error{kConnectFailed, peerArgs(m_peer), {}, problem};
        connection->failConnecting(&error);
    }
}

void ClientPool::release(ClientConnection *connection)
{
    --m_busy;
    if (m_idle.size() >= m_options.maxIdle) {
        ++m_busy; // close() counts it
        connection->close();
        return;
    }
    connection->m_state = ClientConnection::State::Idle;
    connection->m_idleSince = std::chrono::steady_clock::now();
    connection->m_deadline.arm(m_options.idle, connection->m_idleSince);
    m_idle.push_back(connection);
}

void ClientPool::forget(ClientConnection *connection)
{
    if (connection->m_state == ClientConnection::State::Idle)
        std::erase(m_idle, connection);
    else
        --m_busy;
    std::erase(m_resolving, connection);
    std::erase(m_all, connection);
}

ClientConnection::ClientConnection(ClientPool &pool)
    : m_pool(pool)
    , m_deadline(pool.m_deadlines, [this] { onDeadline(); })
    , m_parser(pool.m_options.limits)
{}

ClientConnection::~ClientConnection() = default;

void ClientConnection::start(ClientRequest request, ClientHandler *handler)
{
    m_isReused = m_state == State::Idle;
    if (m_isReused)
        m_state = State::Busy;
    m_deadline.disarm();
    m_request = std::move(request);
    m_handler = handler;
    m_parser.reset(m_request.method);
    m_body.reset();
    m_interim = 0;
    m_hasAnswerByte = false;
    m_isBodyDone = !m_request.isBodyFollowing;
    m_wasSent = false;
    m_isInChunk = false;
    m_keepAlive = true;
}

void ClientConnection::connectTo(const QList<QHostAddress> &addresses)
{
    m_addresses = addresses;
    connectToNext();
}

void ClientConnection::connectToNext()
{
    m_transport = makeClientTransport(m_pool.m_peer, m_addresses.takeFirst());
    m_transport->setUser(this);
    if (m_transport->isConnected())
        transportConnected();
}

void ClientConnection::transportConnected()
{
    m_deadline.disarm();
    m_state = State::Busy;
    if (m_pool.m_addresses.size() > 1) {
        // The next one begins with what worked.
        const QHostAddress worked = m_transport->peerAddress();
        if (const qsizetype at = m_pool.m_addresses.indexOf(worked); at > 0)
            m_pool.m_addresses.move(at, 0);
    }
    sendRequest();
}

void ClientConnection::sendRequest()
{
    m_transport->write(m_request.head, m_request.body);
    const bool wasEarly = !m_early.empty();
    for (const QByteArray &part : std::exchange(m_early, {}))
        sendBody(part);
    if (m_isBodyDone && m_request.isBodyFollowing && m_request.isBodyChunked)
        m_transport->write(m_isInChunk ? QByteArray("\r\n0\r\n\r\n") : QByteArray("0\r\n\r\n"));
    noteSent();
    if (wasEarly && m_handler != nullptr && m_transport->unsentBytes() == 0)
        m_handler->requestDrained();
}

void ClientConnection::noteSent()
{
    if (!m_isBodyDone || m_wasSent || m_transport->unsentBytes() > 0)
        return;
    m_wasSent = true;
    if (m_handler != nullptr)
        m_handler->requestSent();
}

void ClientConnection::sendBody(const QByteArray &part)
{
    if (part.isEmpty() || m_state == State::Closed)
        return;
    if (m_state == State::Connecting) {
        m_early.push_back(part);
        return;
    }
    if (!m_request.isBodyChunked) {
        m_transport->write(part);
        return;
    }
    const QByteArray start = m_isInChunk ? "\r\n" + chunkStart(part.size()) : chunkStart(part.size());
    m_isInChunk = true;
    m_transport->write(start, part);
}

void ClientConnection::endBody()
{
    if (std::exchange(m_isBodyDone, true) || m_state != State::Busy)
        return;
    if (m_request.isBodyChunked)
        m_transport->write(m_isInChunk ? QByteArray("\r\n0\r\n\r\n") : QByteArray("0\r\n\r\n"));
    noteSent();
}

qint64 ClientConnection::unsentBytes() const
{
    qint64 early = 0;
    for (const QByteArray &part : m_early)
        early += part.size();
    return early + (m_transport ? m_transport->unsentBytes() : 0);
}

void ClientConnection::setAnswerPaused(bool isPaused)
{
    if (m_transport)
        m_transport->setReading(!isPaused);
}

void ClientConnection::transportDrained()
{
    if (m_state != State::Busy)
        return;
    noteSent();
    if (m_handler != nullptr)
        m_handler->requestDrained();
}

void ClientConnection::transportReadable()
{
    auto &buffer = readBuffer();
    while (m_state != State::Closed && m_transport) {
        const qsizetype n = m_transport->read(buffer.data(), kReadSize);
        if (n <= 0)
            break;
        if (m_state == State::Idle) { // an answer to nothing
            close();
            return;
        }
        takeBytes(QByteArrayView(buffer.data(), n));
        if (n < kReadSize)
            break;
    }
    if (m_handler != nullptr && m_state == State::Busy)
        m_handler->answerPaused();
}

void ClientConnection::takeBytes(QByteArrayView bytes)
{
    m_hasAnswerByte = true;
    QByteArray gathered;
    if (!m_in.isEmpty()) {
        gathered = std::exchange(m_in, {});
        gathered.append(bytes);
        bytes = gathered;
    }
    qsizetype used = 0;
    while (used < bytes.size() && m_state == State::Busy) {
        const qsizetype n = m_body ? parseBody(bytes.sliced(used)) : parseHead(bytes.sliced(used));
        if (n == 0)
            break;
        used += n;
    }
    if (used < bytes.size() && m_state == State::Busy)
        m_in = bytes.sliced(used).toByteArray();
    else if (used < bytes.size() && m_state == State::Idle) // more than one answer to one request
        close();
}

qsizetype ClientConnection::parseHead(QByteArrayView bytes)
{
    const bool isHeadRequest = m_request.method == "HEAD";
    qsizetype length = 0;
    if (m_parser.isUntouched()) {
        if (const ResponseHead *known = m_pool.m_memo.find(bytes, isHeadRequest, length))
            return takeHead(ResponseHead(*known), length);
    }
    switch (m_parser.parse(bytes)) {
    case HeadParser::State::Incomplete:
        return 0;
    case HeadParser::State::Failed:
        failAnswer(m_parser.problem());
        return bytes.size();
    case HeadParser::State::Complete:
        break;
    }
    length = m_parser.length();
    ResponseHead head = m_parser.take();
    m_pool.m_memo.note(bytes.first(length), isHeadRequest, head);
    return takeHead(std::move(head), length);
}

/// Answers `length`.
qsizetype ClientConnection::takeHead(ResponseHead head, qsizetype length)
{
    if (head.message.status < 200) {
        constexpr int kMostInterim = 16;
        m_parser.reset(m_request.method);
        if (head.message.status == 101 || ++m_interim > kMostInterim)
            failAnswer(Problem::Interim);
        return length;
    }
    m_keepAlive = head.keepAlive && head.framing != Framing::UntilClose;
    m_body.emplace(m_pool.m_options.limits, head.framing, head.length, m_pool.m_options.limits.bodyBytes);
    if (m_body->problem() != Problem::None) {
        failAnswer(m_body->problem());
        return length;
    }
    const bool isComplete = m_body->isComplete();
    m_handler->answerStarted(std::move(head));
    if (isComplete && m_handler != nullptr)
        endAnswer();
    return length;
}

qsizetype ClientConnection::parseBody(QByteArrayView bytes)
{
    QByteArray part;
    const qsizetype used = m_body->decode(bytes, part);
    if (m_body->problem() != Problem::None) {
        failAnswer(m_body->problem());
        return bytes.size();
    }
    const bool isComplete = m_body->isComplete();
    if (!part.isEmpty())
        m_handler->answerBody(std::move(part));
    if (isComplete && m_handler != nullptr)
        endAnswer();
    return used;
}

void ClientConnection::endAnswer()
{
    ClientHandler *handler = std::exchange(m_handler, nullptr);
    const bool isReusable = m_keepAlive && m_isBodyDone && m_transport->unsentBytes() == 0;
    m_body.reset();
    m_request = {};
    if (isReusable) {
        m_transport->setReading(true);
        m_pool.release(this);
    } else {
        close();
    }
    handler->answerEnded();
}

void ClientConnection::failAnswer(Problem problem)
{
    failAnswer({codeOf(problem), peerArgs(m_pool.m_peer), {}, {}});
}

void ClientConnection::failAnswer(const Error &error)
{
    ClientHandler *handler = std::exchange(m_handler, nullptr);
    close();
    if (handler != nullptr)
        handler->answerFailed(error);
}

void ClientConnection::failConnecting(const Error *error)
{
    if (!m_addresses.isEmpty()) {
        connectToNext();
        return;
    }
    failAnswer(error != nullptr ? *error : Error{kConnectFailed, peerArgs(m_pool.m_peer), {}, {}});
}

bool ClientConnection::mayRetry() const
{
    static const QList<QByteArray> repeatable{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"};
    return m_isReused && !m_hasAnswerByte && !m_request.isBodyFollowing && repeatable.contains(m_request.method);
}

void ClientConnection::retry()
{
    m_isReused = false;
    m_wasSent = false;
    m_state = State::Connecting;
    m_transport.reset();
    m_pool.dial(this);
}

void ClientConnection::transportEnded(const Error *error)
{
    switch (m_state) {
    case State::Connecting:
        failConnecting(error);
        return;
    case State::Idle:
    case State::Closed:
        close();
        return;
    case State::Busy:
        break;
    }
    if (error == nullptr && m_body && m_body->endsWithConnection()) {
        m_keepAlive = false;
        endAnswer();
    } else if (mayRetry()) {
        retry();
    } else if (error != nullptr) {
        failAnswer(*error);
    } else {
        failAnswer(Problem::CutShort);
    }
}

void ClientConnection::cancel()
{
    m_handler = nullptr;
    close();
}

void ClientConnection::close()
{
    if (m_state == State::Closed)
        return;
    m_pool.forget(this);
    m_state = State::Closed;
    m_deadline.disarm();
    if (m_transport)
        m_transport->abort();
    deleteLater();
}

void ClientConnection::onDeadline()
{
    if (m_state == State::Idle) {
        close();
        return;
    }
    m_addresses.clear();
    QVariantMap args = peerArgs(m_pool.m_peer);
    args.insert(u"seconds"_s, toMilliseconds(m_pool.m_options.connectTimeout) / 1000);
    failAnswer({kConnectTimeout, args, {}, {}});
}

} // namespace parallax::http
