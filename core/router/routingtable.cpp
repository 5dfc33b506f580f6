// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/routingtable.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

EndpointEntry resolved(const endpoints::Endpoint &endpoint, const LocalSettings &local, const UpstreamLookup &lookup)
{
    EndpointEntry entry{endpoint.name, {}, {}, local};
    for (const endpoints::Backend &backend : endpoint.backends) {
        BackendEntry out{backend.label, backend.effectiveWeight(), {backend.deployment, {}}, std::nullopt};
        if (const auto it = local.staticValues.constFind(backend.label); it != local.staticValues.constEnd())
            out.staticValue = *it;
        else
            out.target.upstream = lookup(backend.deployment);
        entry.backends.push_back(std::move(out));
    }
    for (const endpoints::Mirror &mirror : endpoint.mirrors)
        entry.mirrors.push_back({mirror.name, {mirror.deployment, lookup(mirror.deployment)}});
    return entry;
}

/// `prefix` without its closing '/', so that "/" is empty and "/a/" is "/a".
QByteArray normalized(QByteArray prefix)
{
    while (prefix.endsWith('/'))
        prefix.chop(1);
    return prefix;
}

} // namespace

LocalSettings localSettings(const endpoints::LocalSettings &settings, const QStringList &argumentNames)
{
    LocalSettings out;
    if (settings.route) {
        out.route = RouteSettings{};
        out.route->prefix = settings.route->prefix.toUtf8();
        if (!settings.route->methods.isEmpty())
            out.route->methods.clear();
        for (const QString &method : settings.route->methods)
            out.route->methods.append(method.toLatin1());
    }
    out.suppliedKey = settings.suppliedKey;
    out.argumentNames = argumentNames;
    out.staticValues = settings.staticValues;
    return out;
}

RoutingTablePtr RoutingTable::build(const Input &input)
{
    const std::shared_ptr<RoutingTable> table(new RoutingTable);
    table->m_branch = input.branch;
    for (const endpoints::Endpoint &endpoint : input.endpoints) {
        const std::size_t index = table->m_endpoints.size();
        table->m_endpoints.push_back(resolved(endpoint, input.local.value(endpoint.name), input.lookup));
        table->m_endpointByName.insert(endpoint.name, index);
        if (const auto &route = table->m_endpoints.back().local.route)
            table->m_routes.emplace_back(normalized(route->prefix), index);
    }
    std::stable_sort(table->m_routes.begin(), table->m_routes.end(),
                     [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    for (const KnownDeployment &known : input.deployments) {
        std::vector<Target> &versions = table->m_deployments[known.name][known.branch];
        const auto add = [&](const endpoints::Version &version) {
            const endpoints::DeploymentRef ref{known.name, known.branch, version};
            versions.push_back({ref, input.lookup(ref)});
        };
        add(endpoints::Version::latest());
        for (const QString &version : known.versions)
            add(endpoints::Version::fromString(version));
    }
    return table;
}

const EndpointEntry *RoutingTable::findEndpoint(const QString &name) const
{
    const auto it = m_endpointByName.constFind(name);
    return it == m_endpointByName.constEnd() ? nullptr : &m_endpoints[*it];
}

const EndpointEntry *RoutingTable::findEndpointAt(const QString &path) const
{
    const qsizetype slash = path.indexOf(u'/');
    if (slash < 0)
        return findEndpoint(path);
    const bool isOurs = !m_branch.isEmpty() && path.sliced(slash + 1).replace(u'~', u'/') == m_branch;
    return isOurs ? findEndpoint(path.first(slash)) : nullptr;
}

RoutingTable::RouteMatch RoutingTable::matchRoute(QByteArrayView target) const
{
    for (const auto &[prefix, index] : m_routes) {
        if (!target.startsWith(prefix))
            continue;
        QByteArrayView rest = target.sliced(prefix.size());
        if (!rest.isEmpty() && rest.front() != '/' && rest.front() != '?')
            continue;
        if (!rest.isEmpty() && rest.front() == '/')
            rest = rest.sliced(1);
        return {&m_endpoints[index], rest.toByteArray()};
    }
    return {};
}

bool RoutingTable::knowsDeployment(QStringView name) const
{
    return m_deployments.contains(name.toString());
}

const Target *RoutingTable::targetAt(const QString &name, const QString &branch, const QString &version) const
{
    const auto byBranch = m_deployments.constFind(name);
    if (byBranch == m_deployments.constEnd())
        return nullptr;
    const auto versions = byBranch->constFind(branch);
    if (versions == byBranch->constEnd())
        return nullptr;
    const auto found = std::find_if(versions->begin(), versions->end(), [&version](const Target &target) {
        return target.deployment.version.toString() == version;
    });
    return found == versions->end() ? nullptr : &*found;
}

const Target *RoutingTable::findDeployment(QStringView name, const QStringList &segments) const
{
    const QString deployment = name.toString();
    const auto branchOf = [](QString segment) { return segment.replace(u'~', u'/'); };
    if (segments.size() == 2)
        return targetAt(deployment, branchOf(segments[0]), segments[1]);
    if (segments.size() != 1)
        return nullptr;
    if (const Target *version = targetAt(deployment, u"main"_s, segments[0]))
        return version;
    return targetAt(deployment, branchOf(segments[0]), u"latest"_s);
}

} // namespace parallax::router
