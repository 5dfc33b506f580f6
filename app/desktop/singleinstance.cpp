// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/singleinstance.h"

#include "base/files.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QLocalSocket>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::desktop {

namespace {

constexpr qint64 kMostBytes = 256 * 1024; ///< of a request
constexpr auto kPatience = 2s;
constexpr auto kSilence = 5s; ///< then a caller who says nothing is sent away
constexpr QByteArrayView kTaken("taken\n");

} // namespace

SingleInstance::SingleInstance(const QString &folder, const QString &profile, QObject *parent)
    : QObject(parent)
{
    // A socket's path has 107 bytes at most, whatever the profile is called.
    const QByteArray hash = QCryptographicHash::hash(profile.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    m_base = folder + u"/parallax-"_s + QString::fromLatin1(hash);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

SingleInstance::~SingleInstance()
{
    m_server.close();
}

QString SingleInstance::runtimeFolder()
{
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return folder.isEmpty() || !QDir(folder).exists() ? base::stateFolder() : folder;
}

QString SingleInstance::profile()
{
    return base::configFolder() + u'\n' + base::dataFolder() + u'\n' + base::stateFolder();
}

bool SingleInstance::begin()
{
    if (!base::makePath(QFileInfo(m_base).absolutePath(), base::Privacy::OwnerOnly))
        return true; // nowhere to keep a lock: every start is its own
    auto lock = std::make_unique<QLockFile>(m_base + u".lock"_s);
    lock->setStaleLockTime(0); // old is not dead: the process is asked for
    if (!lock->tryLock(0))
        return lock->error() != QLockFile::LockFailedError;
    m_lock = std::move(lock);
    QLocalServer::removeServer(m_base + u".sock"_s);
    // Where no socket can be (its path is too long, the file system has none) every start is its own.
    if (!m_server.listen(m_base + u".sock"_s))
        m_lock.reset();
    return true;
}

bool SingleInstance::forward(const StartRequest &request) const
{
    const QDeadlineTimer deadline(kPatience);
    while (!deadline.hasExpired()) {
        const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
        QLocalSocket socket;
        socket.connectToServer(m_base + u".sock"_s);
        if (!socket.waitForConnected(left())) {
            QThread::msleep(20); // the first one holds the lock and does not listen yet
            continue;
        }
        socket.write(request.toLine());
        QByteArray answer;
        while (!answer.contains('\n') && socket.waitForReadyRead(left()))
            answer += socket.read(kTaken.size() + 1);
        return answer == kTaken;
    }
    return false;
}

void SingleInstance::onConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadable(socket); });
        QTimer::singleShot(kSilence, socket, [socket] { socket->abort(); });
    }
}

void SingleInstance::onReadable(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > kMostBytes)
            socket->abort();
        return;
    }
    const std::optional<StartRequest> request = StartRequest::fromLine(socket->readLine(kMostBytes));
    if (!request) {
        socket->abort();
        return;
    }
    socket->write(kTaken.data(), kTaken.size());
    socket->disconnectFromServer();
    Q_EMIT requested(*request);
}

} // namespace parallax::desktop
