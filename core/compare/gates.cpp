// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/gates.h"

#include "compare/errors.h"

#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr double kPercent = 100.0;
constexpr double kMillisecondsASecond = 1000.0;

const QStringList &latencyNames()
{
    static const QStringList kNames{u"p50"_s, u"p95"_s, u"p99"_s, u"p999"_s, u"p99.9"_s, u"mean"_s, u"max"_s};
    return kNames;
}

double latency(const LatencySide &side, QStringView name)
{
    if (name == u"p50")
        return side.p50;
    if (name == u"p95")
        return side.p95;
    if (name == u"p99")
        return side.p99;
    if (name == u"p999" || name == u"p99.9")
        return side.p999;
    return name == u"mean" ? side.mean : side.max;
}

tl::unexpected<Error> problem(ErrorCode code, const QString &expression, const QString &part)
{
    return fail(code, {{u"expression"_s, expression}, {u"part"_s, part}});
}

} // namespace

std::optional<Gate::Figure> Gate::figure(const QString &name)
{
    if (name == u"agreement" || name == u"close" || name == u"errors")
        return Figure{name, Unit::Share};
    if (name == u"requests" || traffic::outcomeFromString(name))
        return Figure{name, Unit::Count};
    if (name == u"verdict")
        return Figure{name, Unit::Verdict};
    if (name == u"medianDifference")
        return Figure{name, Unit::Milliseconds};
    for (const QString &side : {u"mirror."_s, u"primary."_s}) {
        if (name.startsWith(side) && latencyNames().contains(name.mid(side.size())))
            return Figure{name, Unit::Milliseconds};
    }
    return std::nullopt;
}

Result<Gate> Gate::parse(const QString &expression)
{
    static const QRegularExpression form(u"^\\s*([^<>=!]+?)\\s*(<=|>=|==|!=|<|>)\\s*([^<>=!]+?)\\s*$"_s);
    static const QHash<QString, Operator> kOperators{{u"<"_s, Operator::Less},    {u"<="_s, Operator::LessOrEqual},
                                                     {u"=="_s, Operator::Equal},  {u"!="_s, Operator::NotEqual},
                                                     {u">"_s, Operator::Greater}, {u">="_s, Operator::GreaterOrEqual}};
    Gate gate;
    gate.m_expression = expression;
    const QRegularExpressionMatch match = form.match(expression);
    if (!match.hasMatch())
        return problem(kGateSyntax, expression, expression);
    gate.m_operator = kOperators.value(match.captured(2));
    if (const Status left = gate.readLeft(match.captured(1)); !left)
        return fail(left.error());
    if (const Status right = gate.readRight(match.captured(3)); !right)
        return fail(right.error());
    return gate;
}

Status Gate::readLeft(const QString &text)
{
    if (const std::optional<Figure> known = figure(text)) {
        m_left = *known;
        return {};
    }
    // NAME.FIGURE, where the name may have dots of its own; NAME.p95 is that mirror's latency.
    for (qsizetype dot = text.indexOf(u'.'); dot > 0; dot = text.indexOf(u'.', dot + 1)) {
        const QString rest = text.mid(dot + 1);
        std::optional<Figure> known = figure(rest);
        if (!known)
            known = figure(u"mirror."_s + rest);
        if (known) {
            m_mirror = text.left(dot);
            m_left = *known;
            return {};
        }
    }
    return problem(kGateUnknown, m_expression, text);
}

Status Gate::readRight(const QString &text)
{
    if (m_left.unit == Unit::Verdict) {
        for (const Verdict verdict : {Verdict::Equivalent, Verdict::Different, Verdict::Inconclusive}) {
            if (text == toString(verdict))
                m_verdict = verdict;
        }
        const bool isEquality = m_operator == Operator::Equal || m_operator == Operator::NotEqual;
        return m_verdict && isEquality ? Status() : Status(problem(kGateUnit, m_expression, text));
    }
    m_number = 1.0;
    QString number;
    for (const QString &part : text.split(u'*')) {
        const QString trimmed = part.trimmed();
        const std::optional<Figure> known = figure(trimmed);
        if (known && !m_factor) {
            if (known->unit != Unit::Milliseconds || m_left.unit != Unit::Milliseconds)
                return problem(kGateUnit, m_expression, trimmed);
            m_factor = known;
        } else if (number.isEmpty()) {
            number = trimmed;
        } else {
            return problem(kGateSyntax, m_expression, trimmed);
        }
    }
    return number.isEmpty() && m_factor ? Status() : readNumber(number);
}

Status Gate::readNumber(QString text)
{
    const QString written = text;
    double scale = 1.0;
    bool hasUnit = true;
    Unit unit = m_left.unit;
    if (text.endsWith(u'%')) {
        text.chop(1);
        scale = 1.0 / kPercent;
        if (unit == Unit::Milliseconds)
            return problem(kGateUnit, m_expression, written);
        unit = Unit::Share;
    } else if (text.endsWith(u"ms")) {
        text.chop(2);
        unit = Unit::Milliseconds;
    } else if (text.endsWith(u's')) {
        text.chop(1);
        scale = kMillisecondsASecond;
        unit = Unit::Milliseconds;
    } else {
        hasUnit = false;
    }
    bool isNumber = false;
    m_number = text.trimmed().toDouble(&isNumber) * scale;
    if (!isNumber || !std::isfinite(m_number))
        return problem(kGateSyntax, m_expression, written);
    const bool isShareOfPairs = m_left.unit == Unit::Count && unit == Unit::Share && m_left.name != u"requests";
    if ((unit != m_left.unit && !isShareOfPairs) || (m_factor && hasUnit) ||
        (unit == Unit::Share && (m_number < 0.0 || m_number > 1.0)))
        return problem(kGateUnit, m_expression, written);
    m_left.unit = unit;
    return {};
}

double Gate::value(const Figure &figure, const MirrorSummary &mirror)
{
    const auto total = static_cast<double>(mirror.outcomes.total());
    // Where no pair could be judged, a count of none is no finding.
    const bool hasJudged = mirror.outcomes.judged() > 0;
    const auto asked = [&figure, total, hasJudged](qint64 pairs) {
        if (!hasJudged && pairs == 0)
            return kNoFigure;
        const auto count = static_cast<double>(pairs);
        if (figure.unit == Unit::Count)
            return count;
        return total > 0.0 ? count / total : kNoFigure;
    };
    if (figure.name == u"agreement")
        return mirror.agreement.rate;
    if (figure.name == u"close")
        return mirror.close.rate;
    if (figure.name == u"errors")
        return asked(mirror.outcomes.errors());
    if (figure.name == u"requests")
        return total;
    if (figure.name == u"medianDifference")
        return mirror.latency.medianDifferenceMs;
    if (const auto outcome = traffic::outcomeFromString(figure.name))
        return asked(mirror.outcomes[*outcome]);
    const QString side = figure.name.section(u'.', 0, 0);
    return latency(side == u"mirror" ? mirror.latency.mirror : mirror.latency.primary,
                   figure.name.mid(side.size() + 1));
}

bool Gate::holds(double actual, double limit) const
{
    if (std::isnan(actual) || std::isnan(limit))
        return false;
    switch (m_operator) {
    case Operator::Less:
        return actual < limit;
    case Operator::LessOrEqual:
        return actual <= limit;
    case Operator::Equal:
        return actual == limit;
    case Operator::NotEqual:
        return actual != limit;
    case Operator::GreaterOrEqual:
        return actual >= limit;
    case Operator::Greater:
        return actual > limit;
    }
    Q_UNREACHABLE();
}

QString Gate::shown(double actual, const MirrorSummary &mirror) const
{
    if (m_left.unit == Unit::Verdict)
        return toString(mirror.verdict);
    if (std::isnan(actual))
        return {};
    switch (m_left.unit) {
    case Unit::Share: {
        // Rounded never to the other side of what was asked: 99.496% is not shown as 99.50%.
        for (int decimals = 2; decimals < 8; ++decimals) {
            const QString text = QString::number(actual * kPercent, 'f', decimals);
            if (m_factor || holds(text.toDouble() / kPercent, m_number) == holds(actual, m_number))
                return text + u'%';
        }
        return QString::number(actual * kPercent, 'g', 17) + u'%';
    }
    case Unit::Milliseconds:
        return QString::number(actual, 'f', 1) + u"ms"_s;
    default:
        return QString::number(actual, 'f', 0);
    }
}

GateResult Gate::evaluate(const Comparison &comparison) const
{
    GateResult out;
    out.expression = m_expression;
    for (const MirrorSummary &mirror : comparison.mirrors) {
        if (!m_mirror.isEmpty() && mirror.name != m_mirror)
            continue;
        double actual = kNoFigure;
        bool isHeld = false;
        if (m_left.unit == Unit::Verdict) {
            isHeld = (mirror.verdict == m_verdict) == (m_operator == Operator::Equal);
        } else {
            actual = value(m_left, mirror);
            isHeld = holds(actual, m_factor ? m_number * value(*m_factor, mirror) : m_number);
        }
        if (out.mirror.isEmpty() || !isHeld) {
            out.mirror = mirror.name;
            out.actual = shown(actual, mirror);
            out.holds = isHeld;
        }
        if (!isHeld)
            break;
    }
    return out;
}

Result<std::vector<Gate>> parseGates(const QStringList &expressions)
{
    std::vector<Gate> out;
    for (const QString &expression : expressions) {
        Result<Gate> gate = Gate::parse(expression);
        if (!gate)
            return fail(gate.error());
        out.push_back(std::move(*gate));
    }
    return out;
}

bool evaluateGates(const std::vector<Gate> &gates, Comparison &comparison)
{
    comparison.gates.clear();
    bool doAllHold = true;
    for (const Gate &gate : gates) {
        comparison.gates.push_back(gate.evaluate(comparison));
        doAllHold = doAllHold && comparison.gates.back().holds;
    }
    return doAllHold;
}

} // namespace parallax::compare
