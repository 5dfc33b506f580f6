// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tables whose deployments answer at given ports of loopback.
#pragma once

#include "router/routingtable.h"

#include <QHash>

namespace parallax::test {

inline targets::Upstream upstreamAt(quint16 port, const QByteArray &path = "/predict")
{
    targets::Upstream upstream;
    upstream.host = QStringLiteral("127.0.0.1");
    upstream.port = port;
    upstream.authority = "127.0.0.1:" + QByteArray::number(port);
    upstream.path = path;
    upstream.displayUrl = QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(QString::fromLatin1(path));
    return upstream;
}

/// Builds tables; every deployment named is reached at the upstream given for it.
struct TableBuilder
{
    QHash<QString, targets::Upstream> upstreams;
    router::RoutingTable::Input input;

    TableBuilder()
    {
        const auto *known = &upstreams;
        input.lookup = [known](const endpoints::DeploymentRef &ref) -> Result<targets::Upstream> {
            if (const auto it = known->constFind(ref.name); it != known->constEnd())
                return *it;
            return fail(ErrorCode{"test-no-target"}, {}, QStringLiteral("no target for ") + ref.name);
        };
    }
    TableBuilder(const TableBuilder &) = delete;
    TableBuilder &operator=(const TableBuilder &) = delete;

    TableBuilder &deployment(const QString &name, quint16 port)
    {
        upstreams.insert(name, upstreamAt(port, '/' + name.toUtf8()));
        return *this;
    }
    /// `backends` and `mirrors`: names of deployments; labels are `split_N`, names `mirror_N`.
    TableBuilder &endpoint(const QString &name, const QStringList &backends, const QStringList &mirrors = {})
    {
        endpoints::Endpoint endpoint;
        endpoint.name = name;
        for (const QString &backend : backends)
            endpoint.backends.append({QStringLiteral("split_%1").arg(endpoint.backends.size() + 1),
                                      {backend, QStringLiteral("main"), {}},
                                      {}});
        for (const QString &mirror : mirrors)
            endpoint.mirrors.append(
                {QStringLiteral("mirror_%1").arg(endpoint.mirrors.size() + 1), {mirror, QStringLiteral("main"), {}}});
        input.endpoints.append(endpoint);
        return *this;
    }
    [[nodiscard]] router::RoutingTablePtr build() const { return router::RoutingTable::build(input); }
};

} // namespace parallax::test
