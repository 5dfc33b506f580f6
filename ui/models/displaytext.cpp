// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/displaytext.h"

#include "report/figures.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::ui::display {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("parallax::ui::display", text, nullptr, n);
}

QDateTime local(WallTime time)
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(ms);
}

} // namespace

QString timeOfDay(WallTime time)
{
    return local(time).toString(u"HH:mm:ss.zzz"_s);
}

QString byteCount(qint64 bytes)
{
    if (bytes < 1024) // the locale would write the word out, which no column has room for
        return tr("%1 B").arg(QLocale().toString(bytes));
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString count(qint64 value)
{
    return QLocale().toString(value);
}

QString percent(double rate)
{
    return std::isfinite(rate) ? QLocale().toString(rate * 100.0, 'f', 1) + u'%' : u"\u2013"_s;
}

QString figure(double value)
{
    return std::isfinite(value) ? QLocale().toString(value, 'g', 6) : u"\u2013"_s;
}

QString signedFigure(double value)
{
    if (!std::isfinite(value))
        return figure(value);
    return (value > 0 ? u"+"_s : QString()) + QLocale().toString(value, 'g', 5);
}

QString duration(double milliseconds)
{
    if (!std::isfinite(milliseconds))
        return u"\u2013"_s;
    const QLocale locale;
    const double size = std::abs(milliseconds);
    if (size < 1000)
        return tr("%1 ms").arg(locale.toString(milliseconds, 'f', size < 10 ? 1 : 0));
    if (size < 60'000)
        return tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 1));
    const auto seconds = static_cast<qint64>(milliseconds / 1000);
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString milliseconds(const traffic::Reply &reply)
{
    if (reply.timings.done.count() < 0 || reply.state == traffic::AnswerState::Dropped ||
        reply.state == traffic::AnswerState::Pending)
        return {};
    return duration(toMilliseconds(reply.timings.done));
}

QString age(WallTime time, WallTime now)
{
    const qint64 seconds = std::chrono::duration_cast<std::chrono::seconds>(now - time).count();
    if (seconds < 60)
        return tr("now");
    if (seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    const QDate then = local(time).date();
    const QDate today = local(now).date();
    if (then == today)
        return tr("%1 h ago").arg(seconds / 3600);
    if (then.addDays(1) == today)
        return tr("yesterday");
    return QLocale().toString(then, then.year() == today.year() ? u"d MMM"_s : u"d MMM yyyy"_s);
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : u"<qt>"_s + text.toHtmlEscaped() + u"</qt>"_s;
}

QString withoutMnemonic(const QString &text)
{
    return QString(text).replace(u'&', u"&&"_s);
}

QString answer(const traffic::Reply &reply)
{
    switch (reply.state) {
    case traffic::AnswerState::Pending:
        return tr("waiting");
    case traffic::AnswerState::Complete:
        return QString::number(reply.status);
    case traffic::AnswerState::Failed:
        return tr("failed");
    case traffic::AnswerState::Timeout:
        return tr("no answer");
    case traffic::AnswerState::Dropped:
        return tr("dropped");
    }
    Q_UNREACHABLE();
}

QString outcomeName(traffic::Outcome outcome)
{
    using traffic::Outcome;
    switch (outcome) {
    case Outcome::Pending:
        return tr("waiting");
    case Outcome::Equal:
        return tr("equal");
    case Outcome::EqualByRule:
        return tr("equal by rule");
    case Outcome::Different:
        return tr("different");
    case Outcome::PrimaryError:
        return tr("primary error");
    case Outcome::MirrorError:
        return tr("mirror error");
    case Outcome::BothErrorSame:
        return tr("both fail alike");
    case Outcome::BothErrorDifferent:
        return tr("both fail differently");
    case Outcome::Timeout:
        return tr("timeout");
    case Outcome::Dropped:
        return tr("not mirrored");
    case Outcome::NotComparable:
        return tr("not comparable");
    }
    Q_UNREACHABLE();
}

QString verdictName(compare::Verdict verdict)
{
    switch (verdict) {
    case compare::Verdict::Equivalent:
        return tr("Equivalent");
    case compare::Verdict::Different:
        return tr("Not equivalent");
    case compare::Verdict::Inconclusive:
        return tr("Inconclusive");
    }
    Q_UNREACHABLE();
}

QString kindName(compare::DifferenceKind kind)
{
    return compare::toString(kind);
}

QString kindSign(compare::DifferenceKind kind)
{
    return report::kindSign(kind);
}

} // namespace parallax::ui::display
