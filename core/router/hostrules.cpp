// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/hostrules.h"

#include "http/tokens.h"

#include <QNetworkInterface>

namespace parallax::router {

namespace {

QByteArray hostOf(const QByteArray &authority)
{
    if (authority.startsWith('['))
        return authority.mid(1, authority.indexOf(']') - 1).toLower();
    const qsizetype colon = authority.lastIndexOf(':');
    return (colon < 0 ? authority : authority.left(colon)).toLower();
}

} // namespace

HostRules::HostRules(const QHostAddress &address, quint16 port, const QStringList &names, const QStringList &origins)
    : m_names{"localhost"}
{
    for (const QString &name : names)
        m_names.insert(name.toLower().toUtf8());
    for (const QString &origin : origins) {
        QByteArray text = origin.toLower().toUtf8();
        while (text.endsWith('/'))
            text.chop(1);
        m_origins.insert(text);
    }
    m_addresses = {address};
    if (!address.isLoopback())
        m_addresses += QNetworkInterface::allAddresses();
    const QByteArray suffix = ':' + QByteArray::number(port);
    m_usual = {"127.0.0.1" + suffix, "localhost" + suffix, "[::1]" + suffix};
}

bool HostRules::allowsHost(const QByteArray &authority) const
{
    if (authority.isEmpty() || m_usual.contains(authority))
        return true;
    const QByteArray host = hostOf(authority);
    if (m_names.contains(host))
        return true;
    const QHostAddress literal(QString::fromLatin1(host));
    // Only in the usual spelling: 127.1 and 0x7f000001 are addresses, too.
    if (literal.isNull() ||
        (literal.protocol() == QAbstractSocket::IPv4Protocol && literal.toString().toLatin1() != host))
        return false;
    return literal.isLoopback() || m_addresses.contains(literal);
}

bool HostRules::allowsOrigin(const http::RequestHead &head) const
{
    const http::Headers &headers = head.message.headers;
    const QByteArrayView origin = headers.value("origin");
    const QByteArrayView site = headers.value("sec-fetch-site");
    if (origin.isNull() && site.isNull())
        return true;
    if (!origin.isNull()) {
        const QByteArray from = origin.toByteArray().toLower();
        return from == "http://" + head.authority.toLower() || m_origins.contains(from);
    }
    return http::equalsIgnoringCase(site, "none") || http::equalsIgnoringCase(site, "same-origin");
}

} // namespace parallax::router
