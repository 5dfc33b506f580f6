// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headparser.h"

#include <QHostAddress>
#include <QSet>
#include <QStringList>

namespace parallax::router {

/// Whom a router on a desktop answers (contract.md 4): only requests that name it as their host, which a page that had
/// its name rebound does not, and none that a web page of another origin makes. A value; any thread.
class HostRules
{
public:
    HostRules(const QHostAddress &address, quint16 port, const QStringList &names, const QStringList &origins);

    /// Of the authority that the request names; HTTP/1.0 may name none.
    [[nodiscard]] bool allowsHost(const QByteArray &authority) const;
    /// Of `Origin` and `Sec-Fetch-Site`.
    [[nodiscard]] bool allowsOrigin(const http::RequestHead &head) const;

private:
    QSet<QByteArray> m_usual; ///< whole authorities that are known to be right
    QSet<QByteArray> m_names; ///< lower case
    QSet<QByteArray> m_origins;
    QList<QHostAddress> m_addresses;
};

} // namespace parallax::router
