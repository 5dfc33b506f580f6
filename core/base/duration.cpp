// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/duration.h"

#include "base/errors.h"

#include <QStringBuilder>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::base {

namespace {

constexpr std::chrono::nanoseconds kMaxDuration = std::chrono::hours(366 * 24);

struct Unit
{
    QLatin1StringView name;
    qint64 nanos;
};
// Longest names first where one begins another.
constexpr std::array<Unit, 7> kUnits{{{"ns"_L1, 1},
                                      {"us"_L1, 1'000},
                                      {"ms"_L1, 1'000'000},
                                      {"s"_L1, 1'000'000'000},
                                      {"m"_L1, 60'000'000'000},
                                      {"h"_L1, 3'600'000'000'000},
                                      {"d"_L1, 86'400'000'000'000}}};

} // namespace

std::optional<double> plainNumber(QStringView text)
{
    if (text.isEmpty() || text.size() > 30)
        return std::nullopt;
    for (const QChar c : text) {
        if (!(c >= u'0' && c <= u'9') && c != u'.')
            return std::nullopt;
    }
    bool isOk = false;
    const double value = text.toDouble(&isOk);
    return isOk ? std::optional(value) : std::nullopt;
}

Result<std::chrono::nanoseconds> parseDuration(const QString &text)
{
    QStringView rest = QStringView(text).trimmed();
    if (rest == u"0")
        return std::chrono::nanoseconds(0);
    if (rest.isEmpty())
        return fail(kBadDuration, {{u"text"_s, text}});
    long double total = 0;
    while (!rest.isEmpty()) {
        qsizetype digits = 0;
        while (digits < rest.size() && (rest[digits].isDigit() || rest[digits] == u'.'))
            ++digits;
        const std::optional<double> value = plainNumber(rest.first(digits));
        rest = rest.sliced(digits);
        qsizetype letters = 0;
        while (letters < rest.size() && rest[letters].isLetter())
            ++letters;
        const QStringView name = rest.first(letters);
        const auto unit =
            std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit &each) { return name == each.name; });
        if (!value || unit == kUnits.end())
            return fail(kBadDuration, {{u"text"_s, text}});
        total += static_cast<long double>(*value) * static_cast<long double>(unit->nanos);
        rest = rest.sliced(letters);
    }
    if (total > static_cast<long double>(kMaxDuration.count()))
        return fail(kBadDuration, {{u"text"_s, text}});
    return std::chrono::nanoseconds(std::llround(total));
}

Result<std::chrono::milliseconds> parseMilliseconds(const QString &text)
{
    return parseDuration(text).map(
        [](std::chrono::nanoseconds value) { return std::chrono::duration_cast<std::chrono::milliseconds>(value); });
}

QString durationText(std::chrono::nanoseconds duration)
{
    if (duration.count() == 0)
        return u"0s"_s;
    // The largest unit up to seconds that divides it; minutes and more are written in seconds.
    for (const qsizetype i : {3, 2, 1}) {
        const Unit &unit = kUnits[static_cast<std::size_t>(i)];
        if (duration.count() % unit.nanos == 0)
            return QString::number(duration.count() / unit.nanos) + unit.name;
    }
    return QString::number(duration.count()) + u"ns"_s;
}

} // namespace parallax::base
