// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions on a comparison that a script can hold a run to (contract 6): `agreement>=99.5%`, `different==0`,
// `errors<=0.1%`, `mirror.p95<=1.2*primary.p95`, `verdict==equivalent`, `mirror_2.agreement>=99%`.
#pragma once

#include "base/result.h"
#include "compare/comparison.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace parallax::compare {

/// One condition, parsed. A value.
class Gate
{
public:
    enum class Operator { Less, LessOrEqual, Equal, NotEqual, GreaterOrEqual, Greater };
    enum class Unit {
        Share, ///< 0 to 1; written with % or as a fraction
        Count, ///< of pairs
        Milliseconds,
        Verdict,
    };

    /// [MIRROR.]FIGURE OP VALUE. Figures: agreement, close, errors, every outcome, requests, verdict, and latencies
    /// (p50, p95, p99, p999, mean, max) of `mirror.` and `primary.`, medianDifference. An outcome is a count of pairs,
    /// or their share when the value has a %. VALUE: a number with %, ms or s or nothing, a latency, a number times a
    /// latency, or a verdict. Fails with gate-syntax, gate-unknown or gate-unit.
    [[nodiscard]] static Result<Gate> parse(const QString &expression);

    /// A gate without a mirror's name must hold for every mirror; the figure shown is that of the first mirror that
    /// fails it, else of the first. A figure that is missing, and a mirror that is, fail it.
    [[nodiscard]] GateResult evaluate(const Comparison &comparison) const;

    [[nodiscard]] const QString &expression() const { return m_expression; }
    /// Empty for every mirror.
    [[nodiscard]] const QString &mirror() const { return m_mirror; }

private:
    struct Figure
    {
        QString name; ///< as written: `agreement`, `mirror.p95`
        Unit unit = Unit::Count;
    };
    [[nodiscard]] static std::optional<Figure> figure(const QString &name);
    [[nodiscard]] Status readLeft(const QString &text);
    [[nodiscard]] Status readRight(const QString &text);
    [[nodiscard]] Status readNumber(QString text);
    /// NaN when there is none.
    [[nodiscard]] static double value(const Figure &figure, const MirrorSummary &mirror);
    [[nodiscard]] bool holds(double actual, double limit) const;
    [[nodiscard]] QString shown(double actual, const MirrorSummary &mirror) const;

    QString m_expression;
    QString m_mirror;
    Figure m_left;
    Operator m_operator = Operator::Equal;
    double m_number = 0.0;
    std::optional<Figure> m_factor; ///< a latency that m_number multiplies
    std::optional<Verdict> m_verdict;
};

/// Parses all, or says what is wrong with the first that is.
[[nodiscard]] Result<std::vector<Gate>> parseGates(const QStringList &expressions);
/// Fills `comparison.gates`; true when all hold.
bool evaluateGates(const std::vector<Gate> &gates, Comparison &comparison);

} // namespace parallax::compare
