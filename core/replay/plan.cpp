// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/plan.h"

#include "base/duration.h"
#include "replay/errors.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr auto kOnlyDifferent = "(outcome == different or outcome == both-error-different or outcome == mirror-error "
                                "or outcome == timeout)"_L1;

template<class T, class Make>
Status readList(const QJsonObject &object, const QString &key, std::vector<T> &out, const Make &make)
{
    for (const QJsonValue &value : object[key].toArray()) {
        auto made = make(value);
        if (!made)
            return tl::unexpected(made.error());
        out.push_back(std::move(*made));
    }
    return {};
}

template<class T>
QJsonArray listOf(const std::vector<T> &values)
{
    QJsonArray array;
    for (const T &value : values)
        array.append(value.toJson());
    return array;
}

QString warmupText(const Warmup &warmup)
{
    return warmup.duration.count() > 0 ? base::durationText(warmup.duration) : QString::number(warmup.count);
}

Result<endpoints::DeploymentRef> readDeployment(const QJsonValue &value, const QString &key)
{
    endpoints::DeploymentRef reference = endpoints::DeploymentRef::fromString(value.toString());
    if (reference.name.isEmpty())
        return fail(kBadPlan, {{u"key"_s, key}});
    return reference;
}

void writeWhere(const ReplayPlan &plan, QJsonObject &object)
{
    object[u"source"_s] = plan.source;
    if (!plan.sourceEndpoint.isEmpty())
        object[u"sourceEndpoint"_s] = plan.sourceEndpoint;
    if (!plan.endpoint.isEmpty())
        object[u"endpoint"_s] = plan.endpoint;
    if (plan.primary)
        object[u"primary"_s] = plan.primary->toString();
    QJsonArray mirrors;
    for (const endpoints::DeploymentRef &mirror : plan.mirrors)
        mirrors.append(mirror.toString());
    if (!mirrors.isEmpty())
        object[u"mirrors"_s] = mirrors;
    if (!plan.to.isEmpty())
        object[u"to"_s] = plan.to;
    if (!plan.allowedHosts.isEmpty())
        object[u"allowedHosts"_s] = QJsonArray::fromStringList(plan.allowedHosts);
    if (!plan.withoutMirrors.isEmpty())
        object[u"withoutMirrors"_s] = QJsonArray::fromStringList(plan.withoutMirrors);
}

void writeWhat(const ReplayPlan &plan, QJsonObject &object)
{
    object[u"repeat"_s] = plan.repeat;
    if (plan.limit > 0)
        object[u"limit"_s] = plan.limit;
    if (!plan.warmup.isNone())
        object[u"warmup"_s] = warmupText(plan.warmup);
    if (!plan.filter.isEmpty())
        object[u"filter"_s] = plan.filter;
    if (plan.onlyDifferent)
        object[u"onlyDifferent"_s] = true;
    if (!plan.sampling.isAll())
        object[u"sample"_s] = plan.sampling.toJson();
    if (plan.session)
        object[u"session"_s] = plan.session->toString();
    if (!plan.rewrites.empty())
        object[u"rewrite"_s] = listOf(plan.rewrites);
    if (!plan.extractions.empty())
        object[u"extract"_s] = listOf(plan.extractions);
    if (plan.keepsCredentials)
        object[u"keepsCredentials"_s] = true;
}

Status readWhere(const QJsonObject &object, ReplayPlan &plan)
{
    plan.source = object[u"source"_s].toString();
    plan.sourceEndpoint = object[u"sourceEndpoint"_s].toString();
    plan.endpoint = object[u"endpoint"_s].toString();
    plan.to = object[u"to"_s].toString();
    for (const QJsonValue &host : object[u"allowedHosts"_s].toArray())
        plan.allowedHosts.append(host.toString());
    for (const QJsonValue &mirror : object[u"withoutMirrors"_s].toArray())
        plan.withoutMirrors.append(mirror.toString());
    if (object.contains(u"primary"_s)) {
        Result<endpoints::DeploymentRef> primary = readDeployment(object[u"primary"_s], u"primary"_s);
        if (!primary)
            return tl::unexpected(primary.error());
        plan.primary = *primary;
    }
    return readList(object, u"mirrors"_s, plan.mirrors,
                    [](const QJsonValue &value) { return readDeployment(value, u"mirrors"_s); });
}

Status readWhat(const QJsonObject &object, ReplayPlan &plan)
{
    const auto unreadable = [](const QString &key) { return fail(kBadPlan, {{u"key"_s, key}}); };
    plan.repeat = object[u"repeat"_s].toInteger(1);
    plan.limit = object[u"limit"_s].toInteger(0);
    if (plan.repeat < 1)
        return unreadable(u"repeat"_s);
    if (plan.limit < 0)
        return unreadable(u"limit"_s);
    if (object.contains(u"warmup"_s)) {
        const Result<Warmup> warmup = parseWarmup(object[u"warmup"_s].toString());
        if (!warmup)
            return unreadable(u"warmup"_s);
        plan.warmup = *warmup;
    }
    plan.filter = object[u"filter"_s].toString();
    plan.onlyDifferent = object[u"onlyDifferent"_s].toBool();
    if (!plan.parsedFilter())
        return unreadable(u"filter"_s);
    if (object.contains(u"sample"_s)) {
        const Result<Sampling> sampling = Sampling::fromJson(object[u"sample"_s].toObject());
        if (!sampling)
            return tl::unexpected(sampling.error());
        plan.sampling = *sampling;
    }
    if (object.contains(u"session"_s)) {
        const Result<RequestKey> key = parseSessionKey(object[u"session"_s].toString());
        if (!key)
            return unreadable(u"session"_s);
        plan.session = *key;
    }
    plan.keepsCredentials = object[u"keepsCredentials"_s].toBool();
    const Status rewrites = readList(object, u"rewrite"_s, plan.rewrites,
                                     [](const QJsonValue &value) { return RewriteRule::fromJson(value.toObject()); });
    if (!rewrites)
        return rewrites;
    return readList(object, u"extract"_s, plan.extractions,
                    [](const QJsonValue &value) { return Extraction::fromJson(value.toObject()); });
}

} // namespace

Result<Filter> ReplayPlan::parsedFilter() const
{
    if (filter.trimmed().isEmpty())
        return onlyDifferent ? Filter::parse(kOnlyDifferent) : Filter();
    // Alone first, so that the column of an error is the user's.
    const Result<Filter> own = Filter::parse(filter);
    if (!own || !onlyDifferent)
        return own;
    return Filter::parse(kOnlyDifferent + u" and ("_s + filter + u')');
}

QJsonObject ReplayPlan::toJson() const
{
    QJsonObject object{{u"schemaVersion"_s, 1}, {u"pace"_s, pace.toJson()}, {u"seed"_s, QString::number(seed)}};
    writeWhere(*this, object);
    writeWhat(*this, object);
    if (timeout)
        object[u"timeout"_s] = base::durationText(*timeout);
    object[u"maxInFlight"_s] = maxInFlight;
    if (overload == Overload::Wait)
        object[u"overload"_s] = u"wait"_s;
    if (stopAfter.failures > 0)
        object[u"stopAfterFailures"_s] = stopAfter.failures;
    if (stopAfter.different > 0)
        object[u"stopAfterDifferent"_s] = stopAfter.different;
    if (!alternatesOrder)
        object[u"alternatesOrder"_s] = false;
    return object;
}

Result<ReplayPlan> ReplayPlan::fromJson(const QJsonObject &object)
{
    const auto unreadable = [](const QString &key) { return fail(kBadPlan, {{u"key"_s, key}}); };
    if (object[u"schemaVersion"_s].toInt() != 1)
        return unreadable(u"schemaVersion"_s);
    ReplayPlan plan;
    Result<Pace> pace = Pace::fromJson(object[u"pace"_s].toObject());
    if (!pace)
        return tl::unexpected(pace.error());
    plan.pace = *pace;
    plan.seed = object[u"seed"_s].toString().toULongLong();
    for (const Status &part : {readWhere(object, plan), readWhat(object, plan)}) {
        if (!part)
            return tl::unexpected(part.error());
    }
    if (object.contains(u"timeout"_s)) {
        const Result<std::chrono::milliseconds> timeout = base::parseMilliseconds(object[u"timeout"_s].toString());
        if (!timeout)
            return unreadable(u"timeout"_s);
        plan.timeout = *timeout;
    }
    plan.maxInFlight = object[u"maxInFlight"_s].toInt(plan.maxInFlight);
    if (plan.maxInFlight < 1)
        return unreadable(u"maxInFlight"_s);
    plan.overload = object[u"overload"_s].toString() == u"wait" ? Overload::Wait : Overload::Drop;
    plan.stopAfter.failures = object[u"stopAfterFailures"_s].toInteger(0);
    plan.stopAfter.different = object[u"stopAfterDifferent"_s].toInteger(0);
    plan.alternatesOrder = object[u"alternatesOrder"_s].toBool(true);
    return plan;
}

namespace {

/// The capture holds nothing but what the old plan chose: only what became of each request matters now.
ReplayPlan overItsCapture(ReplayPlan plan, const QString &capture)
{
    plan.source = capture;
    plan.sourceEndpoint.clear();
    plan.filter.clear();
    plan.onlyDifferent = false;
    plan.sampling = {};
    plan.limit = 0;
    plan.repeat = 1;
    plan.warmup = {};
    return plan;
}

} // namespace

ReplayPlan retryOfFailures(ReplayPlan plan, const QString &capture)
{
    ReplayPlan retry = overItsCapture(std::move(plan), capture);
    retry.filter = u"failed or outcome == mirror-error or outcome == timeout"_s;
    return retry;
}

ReplayPlan retryOfDifferent(ReplayPlan plan, const QString &capture)
{
    ReplayPlan retry = overItsCapture(std::move(plan), capture);
    retry.onlyDifferent = true;
    return retry;
}

} // namespace parallax::replay
