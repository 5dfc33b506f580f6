// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The noise of an endpoint: its primary against itself on the same requests, field by field, and the rules that follow.
#pragma once

#include "compare/comparison.h"
#include "compare/outcome.h"
#include "compare/rules.h"

#include <QJsonObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace parallax::compare {

/// How a field behaves when the same request is answered twice.
enum class Stability {
    Stable,        ///< never differed; Wilson says how often it still might
    Jitter,        ///< numbers that differ by little against how they vary from request to request
    Unsteady,      ///< differs now and then: noise to know of, not to forgive
    Volatile,      ///< differs in most answers: ids, times, counters
    OrderVolatile, ///< an array whose elements change places
};
/// `stable`, `jitter`, `unsteady`, `volatile`, `order-volatile`.
[[nodiscard]] QString toString(Stability stability);

/// One path pattern.
struct FieldNoise
{
    QString path;
    Stability stability = Stability::Stable;
    qint64 requests = 0; ///< distinct ones whose two answers both had it, or one of them
    qint64 differing = 0;
    Range differingShare;      ///< 95%, Wilson, of the share that differs
    double median = kNoFigure; ///< of numbers: the amount of the differences, of those that are not 0
    double p999 = kNoFigure;   ///< of all amounts, zeros included
    double largest = kNoFigure;
    std::optional<Rule> proposal;
};

struct Calibration
{
    QString endpoint;
    qint64 requests = 0; ///< pairs in which both answered
    qint64 distinctRequests = 0;
    qint64 failed = 0;              ///< pairs in which one of the two did not
    std::vector<FieldNoise> fields; ///< noisy ones first, by their share; then stable ones in the order of appearance
    std::vector<Error> notes;       ///< too few requests to classify by

    /// What the proposals come to, in an order in which each decides.
    [[nodiscard]] std::vector<Rule> proposals() const;
    /// A rules file of them.
    [[nodiscard]] QByteArray rulesFile() const;
};

[[nodiscard]] QJsonObject toJson(const Calibration &calibration, const Wording &wording = {});

/// Takes pairs of answers of one and the same deployment and classifies every field. Fewer than kEnoughRequests
/// distinct requests get a note: a field that is random among ten values agrees by luck once in ten times, so only
/// counts with their bounds can tell. A class other than stable, jitter and unsteady needs the low end of Wilson's
/// interval of the differing share above kMostlyDiffering. Tolerances are 2 * p99.9, rounded up to two digits. Confined
/// to one thread.
class CalibrationBuilder
{
public:
    static constexpr qint64 kEnoughRequests = 200;
    static constexpr double kMostlyDiffering = 0.2;
    /// Numbers jitter when the spread of their differences is below this share of their spread between requests.
    static constexpr double kJitterShare = 0.1;

    /// Rules that are there already are left to do their work: what they hide is not proposed again.
    explicit CalibrationBuilder(const Rules &rules = {});
    ~CalibrationBuilder();
    CalibrationBuilder(const CalibrationBuilder &) = delete;
    CalibrationBuilder &operator=(const CalibrationBuilder &) = delete;

    /// The primary's answer against the first mirror's, which is the same deployment asked again.
    void add(const traffic::Exchange &exchange);
    [[nodiscard]] qint64 pairs() const;
    [[nodiscard]] Calibration result() const;

private:
    class Collector;
    std::unique_ptr<Collector> m_collector;
};

/// Whether a mirror strays further from the primary than the primary does from itself, at one path pattern.
struct FieldExcess
{
    QString path;
    bool isNumeric = false;
    qint64 requests = 0;           ///< distinct ones with the field in all three answers
    double meanNoise = kNoFigure;  ///< of numbers: mean amount of primary - primary again
    double meanMirror = kNoFigure; ///< mean amount of mirror - primary
    qint64 onlyMirror = 0;         ///< requests in which only the mirror differs
    qint64 onlyNoise = 0;          ///< in which only the primary differs from itself
    double p = kNoFigure;          ///< one-sided for numbers (Wilcoxon), two-sided else (McNemar); Holm-adjusted
};

[[nodiscard]] QJsonObject toJson(const FieldExcess &field);

/// Excess test of mirrors over noise, from exchanges in which the primary was asked twice: `again` names the mirror
/// that is the primary's own deployment. Confined to one thread. A repeated request counts once, its first answers.
class ExcessBuilder
{
public:
    ExcessBuilder(const Rules &rules, QString again);
    ~ExcessBuilder();
    ExcessBuilder(const ExcessBuilder &) = delete;
    ExcessBuilder &operator=(const ExcessBuilder &) = delete;

    void add(const traffic::Exchange &exchange);
    /// Of one mirror, lowest p first; fields that never differed on either side are left out.
    [[nodiscard]] std::vector<FieldExcess> result(const QString &mirror) const;

private:
    class Collector;
    std::unique_ptr<Collector> m_collector;
};

} // namespace parallax::compare
