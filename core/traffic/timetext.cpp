// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/timetext.h"

#include <cstdio>

namespace parallax::traffic {

namespace {

constexpr int kFirstYear = 1700; // what nanoseconds in 64 bits can say, and some room to add to it
constexpr int kLastYear = 2200;

/// `count` digits at `at`, or -1.
int digits(QByteArrayView text, qsizetype at, int count)
{
    int value = 0;
    for (qsizetype i = at; i < at + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::optional<WallTime> parseTime(QByteArrayView text)
{
    const auto slow = [&]() -> std::optional<WallTime> {
        WallTime time;
        return fromRfc3339(QString::fromLatin1(text), time) ? std::optional(time) : std::nullopt;
    };
    if (text.size() < 20 || text.size() > 30 || !text.endsWith('Z') || text[10] != 'T')
        return slow();
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    const auto date =
        std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                    std::chrono::day(static_cast<unsigned>(day)));
    const auto decimals = static_cast<int>(text.size()) - 21;
    const int fraction = decimals > 0 ? digits(text, 20, decimals) : 0;
    if (year < kFirstYear || year > kLastYear || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 59 || fraction < 0 || !date.ok() || text[4] != '-' || text[7] != '-' ||
        text[13] != ':' || text[16] != ':' || (decimals >= 0 && text[19] != '.'))
        return slow();
    qint64 nanoseconds = fraction;
    for (int i = std::max(decimals, 0); i < 9; ++i)
        nanoseconds *= 10;
    return WallTime(std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                    std::chrono::minutes(minute) + std::chrono::seconds(second) + Nanoseconds(nanoseconds));
}

void appendTime(QByteArray &out, WallTime time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<Nanoseconds> clock(time - day);
    const auto fraction = static_cast<long long>(clock.subseconds().count());
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(),
        fraction % 1000 == 0 ? "%04d-%02u-%02uT%02d:%02d:%02d.%06lldZ" : "%04d-%02u-%02uT%02d:%02d:%02d.%09lldZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), fraction % 1000 == 0 ? fraction / 1000 : fraction);
    out.append(text.data(), length);
}

} // namespace parallax::traffic
