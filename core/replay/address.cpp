// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/address.h"

#include "replay/errors.h"

#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr QByteArrayView kEndpointPrefix = "/v1/endpoint/";

/// Path without the query.
QByteArrayView pathOf(QByteArrayView target)
{
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.first(query);
}

/// `/v1/endpoint/NAME` or `/v1/DEPLOYMENT/VERSION`: addresses of Modelbit, whose meaning is the target's own URL.
bool isModelbitUrl(QByteArrayView target)
{
    const QByteArrayView path = pathOf(target);
    if (path.startsWith(kEndpointPrefix))
        return path.size() > kEndpointPrefix.size() && path.indexOf('/', kEndpointPrefix.size()) < 0;
    if (!path.startsWith("/v1/"))
        return false;
    const qsizetype slash = path.indexOf('/', 4);
    return slash > 4 && slash + 1 < path.size();
}

QByteArray withoutSlash(const QByteArray &target)
{
    return target.startsWith('/') ? target.mid(1) : target;
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    QString name = host.toLower();
    if (name.startsWith(u'[') && name.endsWith(u']'))
        name = name.sliced(1, name.size() - 2);
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name == u"localhost" || name.endsWith(u".localhost"))
        return true;
    // QHostAddress also takes `127.1`; the resolver of the system would as well, so both mean the same machine.
    const QHostAddress address(name);
    return !address.isNull() && address.isLoopback();
}

QStringList hostsToAllow(const router::RoutingTable &table, const QString &endpoint, const QStringList &allowed)
{
    const router::EndpointEntry *entry = table.findEndpoint(endpoint);
    if (entry == nullptr)
        return {};
    QStringList hosts;
    const auto add = [&](const router::Target &target) {
        if (!target.upstream || target.upstream->staticAnswer || isLoopbackHost(target.upstream->host))
            return;
        if (!allowed.contains(target.upstream->host, Qt::CaseInsensitive))
            hosts.append(target.upstream->host.toLower());
    };
    for (const router::BackendEntry &backend : entry->backends) {
        if (!backend.staticValue)
            add(backend.target);
    }
    for (const router::MirrorEntry &mirror : entry->mirrors)
        add(mirror.target);
    hosts.sort();
    hosts.removeDuplicates();
    return hosts;
}

Status checkHosts(const router::RoutingTable &table, const QString &endpoint, const QStringList &allowed, qint64 count)
{
    const QStringList hosts = hostsToAllow(table, endpoint, allowed);
    if (hosts.isEmpty())
        return {};
    return fail(kHostNotAllowed, {{u"host"_s, hosts.first()}, {u"hosts"_s, hosts}, {u"count"_s, count}});
}

endpoints::Endpoint adHocEndpoint(const ReplayPlan &plan)
{
    endpoints::Endpoint endpoint;
    if (!plan.primary)
        return endpoint;
    endpoint.name = plan.endpoint.isEmpty() ? plan.primary->name : plan.endpoint;
    endpoint.backends.append(endpoints::Backend{u"alias"_s, *plan.primary, {}});
    for (const endpoints::DeploymentRef &mirror : plan.mirrors)
        endpoint.mirrors.append(endpoints::Mirror{u"mirror_%1"_s.arg(endpoint.mirrors.size() + 1), mirror});
    return endpoint;
}

Result<router::RoutingTablePtr> tableForUrl(const QString &text, const QString &name, const targets::TlsOptions &tls)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isTls = url.scheme() == u"https";
    if (!url.isValid() || url.host().isEmpty() || (!isTls && url.scheme() != u"http") || !url.userInfo().isEmpty() ||
        url.hasFragment())
        return fail(kBadUrl, {{u"url"_s, url.toDisplayString(QUrl::RemoveUserInfo)}});
    targets::Upstream upstream;
    upstream.host = url.host();
    upstream.port = static_cast<quint16>(url.port(isTls ? 443 : 80));
    upstream.tls = tls;
    upstream.tls.isEnabled = isTls;
    upstream.authority = url.authority(QUrl::FullyEncoded).toUtf8();
    upstream.path = url.path(QUrl::FullyEncoded).toUtf8();
    if (upstream.path.isEmpty())
        upstream.path = "/";
    if (url.hasQuery())
        upstream.path += '?' + url.query(QUrl::FullyEncoded).toUtf8();
    upstream.displayUrl = url.toDisplayString();
    router::RoutingTable::Input input;
    endpoints::Endpoint endpoint;
    endpoint.name = name;
    endpoints::DeploymentRef server;
    server.name = url.authority();
    endpoint.backends.append(endpoints::Backend{u"alias"_s, server, {}});
    input.endpoints.append(endpoint);
    input.lookup = [&upstream](const endpoints::DeploymentRef &) -> Result<targets::Upstream> { return upstream; };
    return router::RoutingTable::build(input);
}

Addressing Addressing::toEndpoint(router::RoutingTablePtr table, QString endpoint)
{
    Addressing addressing;
    addressing.m_table = std::move(table);
    addressing.m_endpoint = std::move(endpoint);
    return addressing;
}

Addressing Addressing::toServer(router::RoutingTablePtr table, QString name)
{
    Addressing addressing = toEndpoint(std::move(table), std::move(name));
    addressing.m_isServer = true;
    const router::EndpointEntry *entry = addressing.m_table->findEndpoint(addressing.m_endpoint);
    if (entry != nullptr && !entry->backends.empty() && entry->backends.front().target.upstream)
        addressing.m_hasPath = pathOf(entry->backends.front().target.upstream->path) != QByteArrayView("/");
    return addressing;
}

void Addressing::apply(router::CallRequest &call) const
{
    call.endpoint = m_endpoint;
    const QByteArray &target = call.request.target;
    if (m_isServer) {
        const bool isBare = target.isEmpty() || target == "/";
        if (!isBare && !(m_hasPath && isModelbitUrl(target)))
            call.rest = withoutSlash(target);
        return;
    }
    if (isModelbitUrl(target))
        return;
    const router::RoutingTable::RouteMatch match = m_table->matchRoute(target);
    if (match.endpoint != nullptr && match.endpoint->name == m_endpoint && target != "/")
        call.rest = match.rest;
}

} // namespace parallax::replay
