// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/qttransport.h"

#include "base/files.h"
#include "http/errors.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace parallax::http {

namespace {

constexpr qint64 kReadBuffer = 64 * 1024;
constexpr std::chrono::seconds kLongestClosing{10};
constexpr qint64 kMostPem = 4 * 1024 * 1024;

Error tlsError(const QString &host, const QString &detail)
{
    return {kTlsFailed, {{u"host"_s, host}}, {}, detail};
}

Result<QSslKey> readKey(const QByteArray &pem, const QString &host)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return fail(tlsError(host, u"the key file holds no private key"_s));
}

} // namespace

QtTransport::QtTransport(qintptr descriptor)
{
    listen();
    m_isConnected = m_socket.setSocketDescriptor(descriptor);
    if (m_isConnected)
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    else
        QMetaObject::invokeMethod(
            this, [this] { onEnded(); }, Qt::QueuedConnection);
}

QtTransport::QtTransport(const PeerAddress &peer, const QHostAddress &resolved)
    : m_peer(peer)
{
    listen();
    if (!peer.tls.isEnabled) {
        m_socket.connectToHost(resolved, peer.port);
        return;
    }
    if (const Status ready = prepareTls(peer.tls); !ready) {
        m_error = ready.error();
        QMetaObject::invokeMethod(
            this, [this] { onEnded(); }, Qt::QueuedConnection);
        return;
    }
    m_socket.setPeerVerifyName(peer.host);
    m_socket.connectToHostEncrypted(resolved.isNull() ? peer.host : resolved.toString(), peer.port, peer.host);
}

QtTransport::~QtTransport()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

void QtTransport::listen()
{
    m_socket.setReadBufferSize(kReadBuffer);
    connect(&m_socket, &QSslSocket::readyRead, this, &QtTransport::onReadable);
    connect(&m_socket, &QSslSocket::bytesWritten, this, &QtTransport::onSent);
    connect(&m_socket, &QSslSocket::encryptedBytesWritten, this, &QtTransport::onSent);
    connect(&m_socket, &QSslSocket::disconnected, this, &QtTransport::onEnded);
    connect(&m_socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError)
            m_error = m_error.value_or(socketError());
        if (m_socket.state() != QAbstractSocket::ConnectedState)
            onEnded();
    });
    connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (m_peer.tls.verify && !errors.isEmpty())
            m_error = tlsError(m_peer.host, errors.front().errorString());
    });
    const auto connected = [this] {
        m_isConnected = true;
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (m_user != nullptr)
            m_user->transportConnected();
    };
    connect(&m_socket, &QSslSocket::connected, this, [this, connected] {
        if (!m_peer.tls.isEnabled)
            connected();
    });
    connect(&m_socket, &QSslSocket::encrypted, this, connected);
}

Status QtTransport::prepareTls(const TlsSettings &tls)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(tls.verify ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    m_isUnverified = !tls.verify;
    const auto certificates = [this](const QString &file) -> Result<QList<QSslCertificate>> {
        const Result<QByteArray> pem = base::readFile(file, kMostPem);
        if (!pem)
            return parallax::fail(pem.error());
        QList<QSslCertificate> found = QSslCertificate::fromData(*pem, QSsl::Pem);
        if (found.isEmpty())
            return parallax::fail(tlsError(m_peer.host, u"%1 holds no certificate"_s.arg(file)));
        return found;
    };
    if (!tls.caFile.isEmpty()) {
        const auto authorities = certificates(tls.caFile);
        if (!authorities)
            return parallax::fail(authorities.error());
        configuration.setCaCertificates(*authorities);
    }
    if (!tls.certificateFile.isEmpty()) {
        const auto chain = certificates(tls.certificateFile);
        if (!chain)
            return parallax::fail(chain.error());
        configuration.setLocalCertificateChain(*chain);
    }
    if (!tls.keyFile.isEmpty()) {
        const Result<QByteArray> pem = base::readFile(tls.keyFile, kMostPem);
        if (!pem)
            return parallax::fail(pem.error());
        const Result<QSslKey> key = readKey(*pem, m_peer.host);
        if (!key)
            return parallax::fail(key.error());
        configuration.setPrivateKey(*key);
    }
    m_socket.setSslConfiguration(configuration);
    return {};
}

Error QtTransport::socketError() const
{
    if (m_socket.error() == QAbstractSocket::SslHandshakeFailedError ||
        m_socket.error() == QAbstractSocket::SslInternalError ||
        m_socket.error() == QAbstractSocket::SslInvalidUserDataError)
        return tlsError(m_peer.host, m_socket.errorString());
    return {m_isConnected ? kConnectionLost : kConnectFailed,
            {{u"host"_s, m_peer.host}, {u"port"_s, m_peer.port}},
            {},
            m_socket.errorString()};
}

qsizetype QtTransport::read(char *buffer, qsizetype size)
{
    return static_cast<qsizetype>(qMax<qint64>(m_socket.read(buffer, size), 0));
}

void QtTransport::write(const QByteArray &bytes, const QByteArray &more)
{
    m_isBehind = true;
    m_socket.write(bytes);
    if (!more.isEmpty())
        m_socket.write(more);
}

qint64 QtTransport::unsentBytes() const
{
    return m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite();
}

void QtTransport::setReading(bool isReading)
{
    if (std::exchange(m_isReading, isReading) == isReading || !isReading)
        return;
    if (m_socket.bytesAvailable() > 0)
        QMetaObject::invokeMethod(
            this, [this] { onReadable(); }, Qt::QueuedConnection);
}

void QtTransport::finishSending()
{
    m_isFinishing = true;
    onSent();
}

bool QtTransport::isStale()
{
    return m_hasEnded || m_socket.state() != QAbstractSocket::ConnectedState || m_socket.bytesAvailable() > 0;
}

void QtTransport::abort()
{
    m_user = nullptr;
    m_socket.disconnect(this);
    m_socket.abort();
}

void QtTransport::closeAlone()
{
    m_socket.disconnect(this);
    connect(&m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    QTimer::singleShot(kLongestClosing, this, &QObject::deleteLater);
    m_socket.disconnectFromHost();
}

void QtTransport::onReadable()
{
    if (m_isReading && m_user != nullptr)
        m_user->transportReadable();
}

void QtTransport::onSent()
{
    if (unsentBytes() > 0)
        return;
#ifdef Q_OS_UNIX
    if (m_isFinishing && m_socket.socketDescriptor() >= 0 && !m_socket.isEncrypted())
        ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
#endif
    if (std::exchange(m_isBehind, false) && m_user != nullptr)
        m_user->transportDrained();
}

void QtTransport::onEnded()
{
    if (std::exchange(m_hasEnded, true) || m_user == nullptr)
        return;
    if (m_socket.bytesAvailable() > 0)
        m_user->transportReadable();
    if (m_user != nullptr)
        m_user->transportEnded(m_error ? &*m_error : nullptr);
}

} // namespace parallax::http
