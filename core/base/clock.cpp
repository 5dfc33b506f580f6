// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parallax {

QString toRfc3339(WallTime time)
{
    const auto micros = std::chrono::floor<std::chrono::microseconds>(time).time_since_epoch().count();
    const qint64 seconds = micros >= 0 ? micros / 1'000'000 : -((-micros + 999'999) / 1'000'000);
    const auto rest = static_cast<int>(micros - seconds * 1'000'000);
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s) +
           u".%1Z"_s.arg(rest, 6, 10, QLatin1Char('0'));
}

bool fromRfc3339(const QString &text, WallTime &time)
{
    static const QRegularExpression pattern(
        u"^(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}:\\d{2})(?:[.,](\\d{1,9})\\d*)?(Z|z|[+-]\\d{2}:?\\d{2})?$"_s);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return false;
    QString zone = match.captured(4).toUpper();
    if (zone.isEmpty())
        zone = u"Z"_s;
    const QDateTime whole = QDateTime::fromString(match.captured(1) + u'T' + match.captured(2) + zone, Qt::ISODate);
    // 64 bits of nanoseconds reach from 1677 to 2262.
    if (!whole.isValid() || whole.date().year() < 1700 || whole.date().year() > 2200)
        return false;
    const qint64 nanos = match.captured(3).leftJustified(9, u'0').toLongLong();
    time = WallTime(std::chrono::seconds(whole.toSecsSinceEpoch()) + Nanoseconds(nanos));
    return true;
}

} // namespace parallax
