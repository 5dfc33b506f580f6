// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the requests of a replay go, and whether they may.
#pragma once

#include "base/result.h"
#include "endpoints/endpoint.h"
#include "replay/plan.h"
#include "router/engine.h"
#include "router/routingtable.h"

#include <QString>
#include <QStringList>

namespace parallax::replay {

/// Hosts that need nobody's leave: `localhost` and below, 127.0.0.0/8, ::1. A name is not looked up: what it resolves
/// to may change between the question and the call.
[[nodiscard]] bool isLoopbackHost(const QString &host);

/// The hosts, sorted and without doubles, that this endpoint's backends and mirrors are on, loopback and `allowed` left
/// out. Empty = go ahead; else a face asks, naming them.
[[nodiscard]] QStringList hostsToAllow(const router::RoutingTable &table, const QString &endpoint,
                                       const QStringList &allowed);
/// kHostNotAllowed with the first such host, all of them as `hosts`, and `count`.
[[nodiscard]] Status checkHosts(const router::RoutingTable &table, const QString &endpoint, const QStringList &allowed,
                                qint64 count);

/// The endpoint of a comparison of versions: it exists for one run. Backend `alias`, mirrors `mirror_1`, ...
[[nodiscard]] endpoints::Endpoint adHocEndpoint(const ReplayPlan &plan);

/// A table whose one endpoint `name` is the server at `url` (http or https, no user info). kBadUrl.
[[nodiscard]] Result<router::RoutingTablePtr> tableForUrl(const QString &url, const QString &name,
                                                          const targets::TlsOptions &tls = {});

/// Says of each recorded request where on the target it goes. Values; any thread.
class Addressing
{
public:
    Addressing() = default; ///< nowhere

    /// Through an endpoint of `table`: to its targets' URLs, or below them when the request came by the endpoint's
    /// route.
    [[nodiscard]] static Addressing toEndpoint(router::RoutingTablePtr table, QString endpoint);
    /// To a server (a table of tableForUrl): the recorded path and query below the URL's own path. A request that was
    /// recorded at an endpoint or deployment URL, or without a path, goes to the URL itself when that has a path.
    [[nodiscard]] static Addressing toServer(router::RoutingTablePtr table, QString name);

    [[nodiscard]] const router::RoutingTablePtr &table() const { return m_table; }
    [[nodiscard]] const QString &endpoint() const { return m_endpoint; }
    /// Fills in `endpoint` and `rest` of a call whose request has the target to be sent.
    void apply(router::CallRequest &call) const;

private:
    router::RoutingTablePtr m_table;
    QString m_endpoint;
    bool m_isServer = false;
    bool m_hasPath = false; ///< of the server's URL
};

} // namespace parallax::replay
