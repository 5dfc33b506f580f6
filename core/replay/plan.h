// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A replay as it was asked for.
#pragma once

#include "base/result.h"
#include "endpoints/endpoint.h"
#include "replay/filter.h"
#include "replay/pace.h"
#include "replay/rewrite.h"
#include "replay/sampling.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace parallax::replay {

/// What an open-loop run does when a request is due and `maxInFlight` others are still under way.
enum class Overload {
    Drop, ///< counts it as dropped, so that the rate asked for stays the rate tried
    Wait, ///< sends it late, as a caller with so many connections would
};

/// Everything that decides what a run sends, when and where. A value: made from the command line or the dialog, stored
/// as JSON in the capture of its run, so that the run can be repeated exactly. Holds no secret.
struct ReplayPlan
{
    QString source;         ///< path of the capture or file, for the record
    QString sourceEndpoint; ///< only what was recorded at this endpoint; empty = all
    QString endpoint;       ///< or, instead, deployments for an endpoint that exists for this run only:
    std::optional<endpoints::DeploymentRef> primary;
    std::vector<endpoints::DeploymentRef> mirrors;
    QString to;                 ///< or a URL of a running router or any server
    QStringList withoutMirrors; ///< of the endpoint, left out of this run

    Pace pace;
    qint64 repeat = 1;
    qint64 limit = 0; ///< requests of the source, after filter and sample; 0 = all
    Warmup warmup;
    QString filter;
    bool onlyDifferent = false; ///< replay only what differed: pairs judged different or failing differently
    Sampling sampling;
    std::optional<RequestKey> session; ///< in order within one, in parallel across
    std::vector<RewriteRule> rewrites;
    std::vector<Extraction> extractions;
    bool keepsCredentials = false;

    std::optional<std::chrono::milliseconds> timeout; ///< of each request, instead of the target's own
    int maxInFlight = 1024;                           ///< open loop: requests under way at once
    Overload overload = Overload::Drop;
    StopAfter stopAfter;
    bool alternatesOrder = true; ///< every second request starts its mirrors before the primary
    quint64 seed = 1;            ///< of Poisson gaps, splits and samples
    QStringList allowedHosts;    ///< besides loopback

    /// Parses the filter, with `onlyDifferent` as a part of it; empty when there is none.
    [[nodiscard]] Result<Filter> parsedFilter() const;

    [[nodiscard]] QJsonObject toJson() const;
    /// kBadPlan names the key that cannot be read; keys it does not know are left alone.
    [[nodiscard]] static Result<ReplayPlan> fromJson(const QJsonObject &object);

    friend bool operator==(const ReplayPlan &, const ReplayPlan &) = default;
};

/// The same run over only those requests of its capture that got no good answer, of the primary or of a mirror.
[[nodiscard]] ReplayPlan retryOfFailures(ReplayPlan plan, const QString &capture);
/// The same run over only those requests of its capture whose pairs differed.
[[nodiscard]] ReplayPlan retryOfDifferent(ReplayPlan plan, const QString &capture);

} // namespace parallax::replay
