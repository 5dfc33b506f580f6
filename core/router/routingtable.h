// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the router knows, as one immutable value.
#pragma once

#include "base/result.h"
#include "endpoints/endpoint.h"
#include "endpoints/localsettings.h"
#include "targets/upstream.h"

#include <QByteArray>
#include <QHash>
#include <QJsonValue>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace parallax::router {

/// One deployment at one branch and version, and where it answers, or why nobody does (a call then ends as 502 that
/// names it).
struct Target
{
    endpoints::DeploymentRef deployment;
    Result<targets::Upstream> upstream;
};

/// A route of `.parallax/endpoints/<endpoint>.yaml`: the endpoint also answers below `prefix`.
struct RouteSettings
{
    QByteArray prefix = "/"; ///< begins with '/'; matched segment by segment
    QList<QByteArray> methods{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    friend bool operator==(const RouteSettings &, const RouteSettings &) = default;
};

/// What only the local router honours (`.parallax/endpoints/<endpoint>.yaml`).
struct LocalSettings
{
    std::optional<RouteSettings> route;
    QString suppliedKey;       ///< sticky split by this key of each row; empty = one coin flip a request
    QStringList argumentNames; ///< mainFunctionArgs of the deployments, to find the key among positional ones
    QHash<QString, QJsonValue> staticValues; ///< backend label -> value answered instead of its deployment
    friend bool operator==(const LocalSettings &, const LocalSettings &) = default;
};

/// As the repository's file says, with the names of the deployments' arguments.
[[nodiscard]] LocalSettings localSettings(const endpoints::LocalSettings &settings,
                                          const QStringList &argumentNames = {});

struct BackendEntry
{
    QString label;
    int weight = 1; ///< 0 is never chosen
    Target target;
    std::optional<QJsonValue> staticValue; ///< answered as {"data": value}; the target is not asked
};

struct MirrorEntry
{
    QString name;
    Target target;
};

struct EndpointEntry
{
    QString name;
    std::vector<BackendEntry> backends;
    std::vector<MirrorEntry> mirrors;
    LocalSettings local;
};

/// A deployment that is known to exist, with the versions that may be named in a URL (numbers and aliases; `latest` is
/// always there).
struct KnownDeployment
{
    QString name;
    QString branch = QStringLiteral("main");
    QStringList versions;
};

using UpstreamLookup = std::function<Result<targets::Upstream>(const endpoints::DeploymentRef &)>;

/// Endpoints with their backends and mirrors, routes, and deployments by (name, branch, version), each resolved to
/// where it answers. Immutable once built and shared as std::shared_ptr<const RoutingTable>; a running router swaps it
/// between requests. Any thread.
class RoutingTable
{
public:
    struct Input
    {
        QList<endpoints::Endpoint> endpoints;
        QHash<QString, LocalSettings> local; ///< by endpoint name
        QList<KnownDeployment> deployments;
        UpstreamLookup lookup; ///< called while building only
        QString branch = {};   ///< that the endpoints are of, when it has a name
    };
    [[nodiscard]] static std::shared_ptr<const RoutingTable> build(const Input &input);

    /// nullptr when there is none of that name.
    [[nodiscard]] const EndpointEntry *findEndpoint(const QString &name) const;
    [[nodiscard]] const EndpointEntry *findEndpoint(QStringView name) const { return findEndpoint(name.toString()); }
    /// Resolves what follows `/v1/endpoint/`: a name, or a name and the branch it is of (Q6), `~` standing for '/'.
    [[nodiscard]] const EndpointEntry *findEndpointAt(const QString &path) const;
    [[nodiscard]] const std::vector<EndpointEntry> &endpoints() const { return m_endpoints; }

    struct RouteMatch
    {
        const EndpointEntry *endpoint = nullptr;
        QByteArray rest; ///< what follows the prefix, without a leading '/', with the query
    };
    /// The route with the longest prefix of whole segments of `target` (path and query as on the request line).
    [[nodiscard]] RouteMatch matchRoute(QByteArrayView target) const;

    [[nodiscard]] bool knowsDeployment(QStringView name) const;
    /// Resolves what follows `/v1/<name>/` (modelbit-endpoints.md Q7): `latest`, digits, alias, branch, or
    /// branch/version, `~` standing for '/'. nullptr when there is none.
    [[nodiscard]] const Target *findDeployment(QStringView name, const QStringList &segments) const;

private:
    RoutingTable() = default;
    [[nodiscard]] const Target *targetAt(const QString &name, const QString &branch, const QString &version) const;

    QString m_branch;
    std::vector<EndpointEntry> m_endpoints;
    QHash<QString, std::size_t> m_endpointByName;
    std::vector<std::pair<QByteArray, std::size_t>> m_routes;          ///< longest prefix first
    QHash<QString, QHash<QString, std::vector<Target>>> m_deployments; ///< name -> branch -> versions
};

using RoutingTablePtr = std::shared_ptr<const RoutingTable>;

} // namespace parallax::router
