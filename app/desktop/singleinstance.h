// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/startrequest.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <memory>

class QLocalSocket;

namespace parallax::desktop {

/// One program for each user and profile: the first start holds a lock in the runtime folder and listens on a socket
/// beside it, later ones hand their request over and leave. The lock decides, not the socket: whoever holds it removes
/// a socket that a killed process left behind. Only the same user can connect. GUI thread; owned by main().
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// `folder` is private to the user; `profile` tells apart programs with other settings or data.
    SingleInstance(const QString &folder, const QString &profile, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Becomes the first one; false when there is one already.
    [[nodiscard]] bool begin();
    /// Hands the request to the first one. Blocks for at most two seconds: called before there is a window. False when
    /// nobody took it; then this process goes on by itself.
    [[nodiscard]] bool forward(const StartRequest &request) const;

    /// `$XDG_RUNTIME_DIR`, or the state folder where there is none.
    [[nodiscard]] static QString runtimeFolder();
    /// Of the settings and data folders in use.
    [[nodiscard]] static QString profile();

Q_SIGNALS:
    /// Another start of the program asks for this, and wants the window in front.
    void requested(const parallax::desktop::StartRequest &request);

private:
    void onConnection();
    void onReadable(QLocalSocket *socket);

    QString m_base; ///< of the socket's and the lock's path
    std::unique_ptr<QLockFile> m_lock;
    QLocalServer m_server;
};

} // namespace parallax::desktop
