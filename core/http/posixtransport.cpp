// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/posixtransport.h"

#include "http/errors.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parallax::http {

namespace {

constexpr std::chrono::seconds kLongestClosing{10};
constexpr std::size_t kMostPieces = 16;
constexpr int kReadsAtOnce = 2; ///< then it is others' turn: a fast peer does not hold up the rest of the thread
#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t length = 0;
    [[nodiscard]] const sockaddr *get() const
    {
        return static_cast<const sockaddr *>(static_cast<const void *>(&storage));
    }
    [[nodiscard]] sockaddr *get() { return static_cast<sockaddr *>(static_cast<void *>(&storage)); }
};

SocketAddress socketAddress(const QHostAddress &address, quint16 port)
{
    SocketAddress out;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *v4 = static_cast<sockaddr_in *>(static_cast<void *>(&out.storage));
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(address.toIPv4Address());
        out.length = sizeof(sockaddr_in);
        return out;
    }
    auto *v6 = static_cast<sockaddr_in6 *>(static_cast<void *>(&out.storage));
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    v6->sin6_scope_id = address.scopeId().toUInt();
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
    out.length = sizeof(sockaddr_in6);
    return out;
}

void prepare(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

} // namespace

/// Hands the event over without a signal in between.
class PosixTransport::Notifier final : public QSocketNotifier
{
public:
    Notifier(int fd, Type type, PosixTransport &transport)
        : QSocketNotifier(fd, type)
        , m_transport(transport)
    {}
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::SockAct)
            return QSocketNotifier::event(event);
        if (type() == Read)
            m_transport.onReadable(kReadsAtOnce);
        else
            m_transport.onWritable();
        return true;
    }

private:
    PosixTransport &m_transport;
};

void PosixTransport::NotifierRetirer::operator()(Notifier *notifier) const
{
    notifier->setEnabled(false);
    notifier->deleteLater();
}

PosixTransport::PosixTransport(int descriptor)
    : m_fd(descriptor)
    , m_isConnected(true)
{
    prepare(m_fd);
    startNotifying();
}

PosixTransport::PosixTransport(const PeerAddress &peer, const QHostAddress &resolved)
    : m_host(peer.host)
    , m_port(peer.port)
{
    beginConnecting(peer, resolved);
}

PosixTransport::~PosixTransport()
{
    close();
}

void PosixTransport::startNotifying()
{
    m_readNotifier.reset(new Notifier(m_fd, QSocketNotifier::Read, *this));
}

void PosixTransport::beginConnecting(const PeerAddress &peer, const QHostAddress &resolved)
{
    const SocketAddress address = socketAddress(resolved, peer.port);
    m_fd = ::socket(address.storage.ss_family, SOCK_STREAM, 0);
    if (m_fd < 0) {
        endLater(errno);
        return;
    }
    prepare(m_fd);
    if (::connect(m_fd, address.get(), address.length) == 0) {
        m_isConnected = true;
        startNotifying();
        return;
    }
    if (errno != EINPROGRESS) {
        endLater(errno);
        return;
    }
    m_writeNotifier.reset(new Notifier(m_fd, QSocketNotifier::Write, *this));
}

void PosixTransport::onConnected()
{
    int problem = 0;
    socklen_t length = sizeof problem;
    ::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &problem, &length);
    if (problem != 0) {
        end(errorOf(problem));
        return;
    }
    m_isConnected = true;
    m_writeNotifier->setEnabled(false);
    startNotifying();
    if (!m_isReading)
        m_readNotifier->setEnabled(false);
    if (m_user != nullptr)
        m_user->transportConnected();
}

Error PosixTransport::errorOf(int errorNumber) const
{
    return {m_isConnected ? kConnectionLost : kConnectFailed,
            {{u"host"_s, m_host}, {u"port"_s, m_port}},
            {},
            QString::fromLocal8Bit(std::strerror(errorNumber))};
}

void PosixTransport::endLater(int errorNumber)
{
    QMetaObject::invokeMethod(
        this, [this, errorNumber] { end(errorOf(errorNumber)); }, Qt::QueuedConnection);
}

void PosixTransport::end(std::optional<Error> error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    if (m_readNotifier)
        m_readNotifier->setEnabled(false);
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false);
    if (m_isAlone)
        deleteLater();
    else if (m_user != nullptr)
        m_user->transportEnded(error ? &*error : nullptr);
}

qsizetype PosixTransport::read(char *buffer, qsizetype size)
{
    if (m_fd < 0 || m_sawEnd || m_readsLeft == 0)
        return 0;
    --m_readsLeft;
    ssize_t n = 0;
    do {
        n = ::recv(m_fd, buffer, static_cast<size_t>(size), 0);
    } while (n < 0 && errno == EINTR);
    if (n > 0)
        return n;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    m_sawEnd = true;
    if (n < 0)
        m_sendError = errno;
    return 0;
}

void PosixTransport::onReadable(int mostReads)
{
    if (m_fd < 0 || m_hasEnded || !m_isReading)
        return;
    m_readsLeft = mostReads;
    if (m_isAlone) {
        std::array<char, 4096> waste{};
        read(waste.data(), waste.size());
    } else if (m_user != nullptr) {
        m_user->transportReadable();
    }
    if (m_sawEnd && m_fd >= 0)
        end(m_sendError != 0 ? std::optional(errorOf(m_sendError)) : std::nullopt);
}

void PosixTransport::write(const QByteArray &bytes, const QByteArray &more)
{
    if (m_fd < 0 || m_sendError != 0)
        return;
    if (m_unsent > 0) {
        for (const QByteArray &piece : {bytes, more}) {
            if (!piece.isEmpty())
                m_queue->push_back({piece, 0});
            m_unsent += piece.size();
        }
        return;
    }
    std::array<iovec, 2> pieces{};
    pieces[0] = {const_cast<char *>(bytes.constData()), static_cast<size_t>(bytes.size())};
    pieces[1] = {const_cast<char *>(more.constData()), static_cast<size_t>(more.size())};
    ssize_t sent = 0;
    do {
        if (more.isEmpty()) {
            sent = ::send(m_fd, bytes.constData(), static_cast<size_t>(bytes.size()), kSendFlags);
        } else {
            msghdr message{};
            message.msg_iov = pieces.data();
            message.msg_iovlen = pieces.size();
            sent = ::sendmsg(m_fd, &message, kSendFlags);
        }
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK) {
            m_sendError = errno;
            onSendFailed();
            return;
        }
        sent = 0;
    }
    m_unsent = bytes.size() + more.size() - sent;
    if (m_unsent == 0)
        return;
    if (!m_queue)
        m_queue = std::make_unique<std::deque<Piece>>();
    if (sent < bytes.size())
        m_queue->push_back({bytes, sent});
    if (!more.isEmpty())
        m_queue->push_back({more, qMax<qsizetype>(sent - bytes.size(), 0)});
    if (!m_writeNotifier)
        m_writeNotifier.reset(new Notifier(m_fd, QSocketNotifier::Write, *this));
    m_writeNotifier->setEnabled(true);
}

void PosixTransport::onSendFailed()
{
    // The peer may have answered before it closed: what it sent is still read, in a turn of its own.
    m_unsent = 0;
    m_queue.reset();
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false);
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isReading = true;
            onReadable(std::numeric_limits<int>::max()); // no more than what the system holds
            if (m_fd >= 0)
                end(errorOf(m_sendError));
        },
        Qt::QueuedConnection);
}

void PosixTransport::onWritable()
{
    if (m_fd < 0 || m_hasEnded)
        return;
    if (!m_isConnected)
        onConnected();
    else
        flush();
}

void PosixTransport::flush()
{
    while (m_unsent > 0) {
        std::array<iovec, kMostPieces> pieces{};
        std::size_t count = 0;
        for (auto it = m_queue->begin(); it != m_queue->end() && count < kMostPieces; ++it, ++count)
            pieces.at(count) = {const_cast<char *>(it->bytes.constData() + it->offset),
                                static_cast<size_t>(it->bytes.size() - it->offset)};
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = count;
        ssize_t sent = ::sendmsg(m_fd, &message, kSendFlags);
        if (sent < 0) {
            if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
                return;
            m_sendError = errno;
            onSendFailed();
            return;
        }
        m_unsent -= sent;
        while (sent > 0) {
            Piece &first = m_queue->front();
            const auto taken = qMin<qsizetype>(sent, first.bytes.size() - first.offset);
            first.offset += taken;
            sent -= taken;
            if (first.offset == first.bytes.size())
                m_queue->pop_front();
        }
    }
    m_queue.reset();
    m_writeNotifier->setEnabled(false);
    if (m_isFinishing)
        ::shutdown(m_fd, SHUT_WR);
    if (m_isAlone)
        end({});
    else if (m_user != nullptr)
        m_user->transportDrained();
}

void PosixTransport::setReading(bool isReading)
{
    if (std::exchange(m_isReading, isReading) == isReading || !m_readNotifier || m_hasEnded)
        return;
    m_readNotifier->setEnabled(isReading);
}

void PosixTransport::finishSending()
{
    m_isFinishing = true;
    if (m_unsent == 0 && m_fd >= 0)
        ::shutdown(m_fd, SHUT_WR);
}

bool PosixTransport::isStale()
{
    if (m_fd < 0 || m_hasEnded || m_sawEnd || m_sendError != 0)
        return true;
    char byte = 0;
    const ssize_t n = ::recv(m_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

void PosixTransport::close()
{
    m_readNotifier.reset();
    m_writeNotifier.reset();
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

void PosixTransport::abort()
{
    m_user = nullptr;
    m_unsent = 0;
    m_queue.reset();
    close();
}

void PosixTransport::closeAlone()
{
    m_isAlone = true;
    m_isReading = true;
    if (m_readNotifier)
        m_readNotifier->setEnabled(true);
    QTimer::singleShot(kLongestClosing, this, &QObject::deleteLater);
}

void PosixTransport::reset()
{
    const linger now{1, 0};
    if (m_fd >= 0)
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    abort();
}

QHostAddress PosixTransport::localAddress() const
{
    SocketAddress address;
    address.length = sizeof address.storage;
    if (m_fd < 0 || ::getsockname(m_fd, address.get(), &address.length) != 0)
        return {};
    return QHostAddress(address.get());
}

QHostAddress PosixTransport::peerAddress() const
{
    SocketAddress address;
    address.length = sizeof address.storage;
    if (m_fd < 0 || ::getpeername(m_fd, address.get(), &address.length) != 0)
        return {};
    return QHostAddress(address.get());
}

} // namespace parallax::http
