// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/transport.h"

#include "http/qttransport.h"
#ifdef Q_OS_UNIX
#include "http/posixtransport.h"
#endif

namespace parallax::http {

void closeWhenSent(TransportPtr transport)
{
    if (transport->unsentBytes() == 0)
        return;
    transport->setUser(nullptr);
    transport.release()->closeAlone();
}

TransportPtr makeAcceptedTransport(qintptr descriptor)
{
#ifdef Q_OS_UNIX
    return TransportPtr(new PosixTransport(static_cast<int>(descriptor)));
#else
    return TransportPtr(new QtTransport(descriptor));
#endif
}

TransportPtr makeClientTransport(const PeerAddress &peer, const QHostAddress &resolved)
{
#ifdef Q_OS_UNIX
    if (!peer.tls.isEnabled)
        return TransportPtr(new PosixTransport(peer, resolved));
#endif
    return TransportPtr(new QtTransport(peer, resolved));
}

} // namespace parallax::http
