// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figures.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::report {

namespace {

QString none()
{
    return u"\u2013"_s;
}

} // namespace

QString percent(double rate, int decimals)
{
    return std::isfinite(rate) ? QString::number(rate * 100.0, 'f', decimals) + u'%' : none();
}

QString number(double value, int significant)
{
    return std::isfinite(value) ? QString::number(value, 'g', significant) : none();
}

QString count(qint64 value)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(value);
}

QString milliseconds(double value)
{
    if (!std::isfinite(value))
        return none();
    const double size = std::abs(value);
    return QString::number(value, 'f', size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

QString pValue(double value)
{
    if (!std::isfinite(value))
        return none();
    return value < 0.0001 ? u"< 0.0001"_s : QString::number(value, 'g', 2);
}

QString outcomeName(traffic::Outcome outcome)
{
    using traffic::Outcome;
    switch (outcome) {
    case Outcome::Equal:
        return u"Equal"_s;
    case Outcome::EqualByRule:
        return u"Equal by rule"_s;
    case Outcome::Different:
        return u"Different"_s;
    case Outcome::PrimaryError:
        return u"Primary error"_s;
    case Outcome::MirrorError:
        return u"Mirror error"_s;
    case Outcome::BothErrorSame:
        return u"Both fail alike"_s;
    case Outcome::BothErrorDifferent:
        return u"Both fail differently"_s;
    case Outcome::Timeout:
        return u"Timeout"_s;
    case Outcome::Dropped:
        return u"Not mirrored"_s;
    case Outcome::NotComparable:
        return u"Not comparable"_s;
    case Outcome::Pending:
        return u"Waiting"_s;
    }
    Q_UNREACHABLE();
}

QString outcomeSign(traffic::Outcome outcome)
{
    using traffic::Outcome;
    switch (outcome) {
    case Outcome::Equal:
    case Outcome::BothErrorSame:
        return u"="_s;
    case Outcome::EqualByRule:
        return u"\u2243"_s;
    case Outcome::Different:
    case Outcome::BothErrorDifferent:
        return u"\u2260"_s;
    case Outcome::PrimaryError:
    case Outcome::MirrorError:
    case Outcome::Timeout:
        return u"!"_s;
    case Outcome::Dropped:
        return u"\u2296"_s;
    case Outcome::NotComparable:
    case Outcome::Pending:
        return u"-"_s;
    }
    Q_UNREACHABLE();
}

QString verdictName(compare::Verdict verdict)
{
    switch (verdict) {
    case compare::Verdict::Equivalent:
        return u"Equivalent"_s;
    case compare::Verdict::Different:
        return u"Not equivalent"_s;
    case compare::Verdict::Inconclusive:
        return u"Inconclusive"_s;
    }
    Q_UNREACHABLE();
}

QString kindSign(compare::DifferenceKind kind)
{
    using compare::DifferenceKind;
    switch (kind) {
    case DifferenceKind::Added:
        return u"+"_s;
    case DifferenceKind::Removed:
        return u"\u2212"_s;
    case DifferenceKind::Type:
        return u"T"_s;
    case DifferenceKind::Order:
        return u"\u21c5"_s;
    case DifferenceKind::Changed:
    case DifferenceKind::Status:
    case DifferenceKind::Header:
    case DifferenceKind::Text:
    case DifferenceKind::Bytes:
        return u"~"_s;
    }
    Q_UNREACHABLE();
}

} // namespace parallax::report
