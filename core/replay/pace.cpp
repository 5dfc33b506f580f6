// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/pace.h"

#include "base/duration.h"
#include "replay/errors.h"

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr double kMaxRate = 1e6;
constexpr double kMaxFactor = 1e6;
constexpr double kMinFactor = 1e-6;

constexpr std::array<std::pair<PaceKind, QLatin1StringView>, 5> kKinds{{{PaceKind::Recorded, "recorded"_L1},
                                                                        {PaceKind::Rate, "rate"_L1},
                                                                        {PaceKind::Closed, "closed"_L1},
                                                                        {PaceKind::Ramp, "ramp"_L1},
                                                                        {PaceKind::Step, "step"_L1}}};

tl::unexpected<Error> bad(ErrorCode code, const QString &text)
{
    return fail(code, {{u"text"_s, text}});
}

/// `200/s` -> 200; without a unit it is a second's.
std::optional<double> perSecond(QStringView text)
{
    double divisor = 1.0;
    const qsizetype slash = text.indexOf(u'/');
    if (slash >= 0) {
        const QStringView unit = text.sliced(slash + 1);
        if (unit == u"m" || unit == u"min")
            divisor = 60.0;
        else if (unit == u"h")
            divisor = 3600.0;
        else if (unit != u"s")
            return std::nullopt;
        text = text.first(slash);
    }
    const std::optional<double> value = base::plainNumber(text.trimmed());
    if (!value)
        return std::nullopt;
    const double rate = *value / divisor;
    return rate > 0.0 && rate <= kMaxRate ? std::optional(rate) : std::nullopt;
}

std::optional<qint64> count(QStringView text)
{
    if (text.isEmpty() || text.size() > 18)
        return std::nullopt;
    bool isOk = false;
    const qint64 value = text.toLongLong(&isOk);
    return isOk && value >= 0 && text.front() != u'+' ? std::optional(value) : std::nullopt;
}

} // namespace

Pace Pace::recorded(double factor)
{
    Pace pace;
    pace.kind = PaceKind::Recorded;
    pace.factor = factor;
    return pace;
}

Pace Pace::fixedRate(double perSecond)
{
    Pace pace;
    pace.kind = PaceKind::Rate;
    pace.rate = perSecond;
    return pace;
}

Pace Pace::closed(int concurrency)
{
    Pace pace;
    pace.concurrency = concurrency;
    return pace;
}

Pace Pace::ramp(double from, double to, Nanoseconds over)
{
    Pace pace;
    pace.kind = PaceKind::Ramp;
    pace.rate = from;
    pace.rateEnd = to;
    pace.over = over;
    return pace;
}

Pace Pace::step()
{
    Pace pace;
    pace.kind = PaceKind::Step;
    return pace;
}

QJsonObject Pace::toJson() const
{
    QJsonObject object;
    for (const auto &[value, name] : kKinds) {
        if (value == kind)
            object[u"kind"_s] = name;
    }
    switch (kind) {
    case PaceKind::Recorded:
        object[u"factor"_s] = factor;
        if (maxGap)
            object[u"maxGap"_s] = base::durationText(*maxGap);
        break;
    case PaceKind::Rate:
        object[u"rate"_s] = rate;
        if (isPoisson)
            object[u"poisson"_s] = true;
        break;
    case PaceKind::Ramp:
        object[u"rate"_s] = rate;
        object[u"rateEnd"_s] = rateEnd;
        object[u"over"_s] = base::durationText(over);
        break;
    case PaceKind::Closed:
        object[u"concurrency"_s] = concurrency;
        break;
    case PaceKind::Step:
        break;
    }
    return object;
}

Result<Pace> Pace::fromJson(const QJsonObject &object)
{
    const auto unreadable = [](QLatin1StringView key) { return fail(kBadPlan, {{u"key"_s, QString(key)}}); };
    Pace pace;
    const QString kind = object[u"kind"_s].toString();
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const auto &each) { return each.second == kind; });
    if (found == kKinds.end())
        return unreadable("pace.kind"_L1);
    pace.kind = found->first;
    pace.factor = object[u"factor"_s].toDouble(1.0);
    if (!(pace.factor >= kMinFactor && pace.factor <= kMaxFactor))
        return unreadable("pace.factor"_L1);
    pace.rate = object[u"rate"_s].toDouble();
    pace.rateEnd = object[u"rateEnd"_s].toDouble();
    const bool needsRate = pace.kind == PaceKind::Rate || pace.kind == PaceKind::Ramp;
    if (needsRate && !(pace.rate > 0.0 && pace.rate <= kMaxRate))
        return unreadable("pace.rate"_L1);
    if (pace.kind == PaceKind::Ramp && !(pace.rateEnd > 0.0 && pace.rateEnd <= kMaxRate))
        return unreadable("pace.rateEnd"_L1);
    pace.isPoisson = object[u"poisson"_s].toBool();
    pace.concurrency = object[u"concurrency"_s].toInt(kDefaultConcurrency);
    if (pace.concurrency < 1 || pace.concurrency > kMaxConcurrency)
        return unreadable("pace.concurrency"_L1);
    for (const auto key : {"maxGap"_L1, "over"_L1}) {
        const QJsonValue value = object[key];
        if (value.isUndefined())
            continue;
        const Result<Nanoseconds> duration = base::parseDuration(value.toString());
        if (!duration)
            return unreadable(key);
        if (key == "over"_L1)
            pace.over = *duration;
        else
            pace.maxGap = *duration;
    }
    if (pace.kind == PaceKind::Ramp && pace.over.count() <= 0)
        return unreadable("pace.over"_L1);
    return pace;
}

Result<Pace> parseSpeed(const QString &text)
{
    QStringView digits = QStringView(text).trimmed();
    if (digits.endsWith(u'x'))
        digits.chop(1);
    const std::optional<double> factor = base::plainNumber(digits);
    if (!factor || *factor < kMinFactor || *factor > kMaxFactor)
        return bad(kBadSpeed, text);
    return Pace::recorded(*factor);
}

Result<Pace> parseRate(const QString &text)
{
    const std::optional<double> rate = perSecond(QStringView(text).trimmed());
    if (!rate)
        return bad(kBadRate, text);
    return Pace::fixedRate(*rate);
}

Result<Pace> parseRamp(const QString &text)
{
    const QStringView all = QStringView(text).trimmed();
    const qsizetype dots = all.indexOf(u"..");
    const qsizetype colon = all.lastIndexOf(u':');
    if (dots < 0 || colon < dots)
        return bad(kBadRamp, text);
    const QStringView end = all.sliced(dots + 2, colon - dots - 2);
    const qsizetype slash = end.indexOf(u'/');
    // The unit stands once, after the second rate, and is meant for both.
    QString start = all.first(dots).toString();
    if (slash >= 0 && !start.contains(u'/'))
        start += end.sliced(slash);
    const std::optional<double> from = perSecond(start);
    const std::optional<double> to = perSecond(end);
    const Result<Nanoseconds> over = base::parseDuration(all.sliced(colon + 1).toString());
    if (!from || !to || !over || over->count() <= 0)
        return bad(kBadRamp, text);
    return Pace::ramp(*from, *to, *over);
}

Result<Pace> parseConcurrency(const QString &text)
{
    const std::optional<qint64> workers = count(QStringView(text).trimmed());
    if (!workers || *workers < 1 || *workers > kMaxConcurrency)
        return fail(kBadConcurrency, {{u"text"_s, text}, {u"limit"_s, kMaxConcurrency}});
    return Pace::closed(static_cast<int>(*workers));
}

Result<Warmup> parseWarmup(const QString &text)
{
    Warmup warmup;
    if (const std::optional<qint64> requests = count(QStringView(text).trimmed())) {
        warmup.count = *requests;
        return warmup;
    }
    const Result<Nanoseconds> duration = base::parseDuration(text);
    if (!duration)
        return bad(kBadWarmup, text);
    warmup.duration = *duration;
    return warmup;
}

Result<StopAfter> parseStopAfter(const QString &text)
{
    StopAfter stop;
    for (const QStringView part : QStringView(text).split(u',')) {
        const qsizetype equals = part.indexOf(u'=');
        const std::optional<qint64> limit = equals < 0 ? std::nullopt : count(part.sliced(equals + 1).trimmed());
        if (!limit || *limit < 1)
            return bad(kBadStopAfter, text);
        const QStringView what = part.first(equals).trimmed();
        if (what == u"failures")
            stop.failures = *limit;
        else if (what == u"different")
            stop.different = *limit;
        else
            return bad(kBadStopAfter, text);
    }
    return stop;
}

} // namespace parallax::replay
