// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison found, as one value (contract 7): the command line, the reports and the desktop all show this and
// nothing else. Figures are not rounded; NaN stands for "there is none" (hence no operator==) and becomes null in JSON.
// Left, baseline, primary are the one side; right, mirror the other. A difference of numbers is mirror minus baseline.
#pragma once

#include "base/error.h"
#include "compare/differencekind.h"
#include "traffic/exchange.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace parallax::compare {

inline constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();

/// What mirrors are held against: the primary of the same run, or what production answered when it was recorded.
enum class Baseline { Primary, Recorded };
[[nodiscard]] QString toString(Baseline baseline);
[[nodiscard]] std::optional<Baseline> baselineFromString(QStringView text);

enum class Verdict { Equivalent, Different, Inconclusive };
[[nodiscard]] QString toString(Verdict verdict);

/// Both ends of an interval; statistics.h knows how they come about.
struct Range
{
    double low = kNoFigure;
    double high = kNoFigure;
};

/// A share of pairs with its Wilson interval over distinct requests.
struct Share
{
    double rate = kNoFigure; ///< 0 to 1, of pairs
    double low = kNoFigure;
    double high = kNoFigure;
    double confidence = 0.95;
    qint64 n = 0;     ///< distinct requests
    qint64 pairs = 0; ///< the denominator of rate
};

/// Differences of one kind at one path pattern, in how many pairs.
struct FieldSummary
{
    QString path; ///< pattern with `*` for indexes: `/data/*/score`; `status`; a header's name; empty = the whole body
    DifferenceKind kind = DifferenceKind::Changed;
    qint64 pairs = 0;
    double share = kNoFigure;                  ///< of the pairs in which both answered
    double worst = kNoFigure;                  ///< of numbers: the difference largest by amount, with its sign
    traffic::ExchangeId worstExample;          ///< where `worst` was seen, 0 without
    std::vector<traffic::ExchangeId> examples; ///< the first ones, at most 5
};

struct RuleSummary
{
    int rule = 0;          ///< index in the rules file, from 0
    QString text;          ///< `/data/**/score tolerance`: path or header, and what it does
    qint64 hits = 0;       ///< pairs in which it decided at least one value
    qint64 hides = 0;      ///< of these, pairs that are equal only by rules, this one among them
    qint64 suppresses = 0; ///< pairs of any outcome in which it made a difference disappear
};

/// Two one-sided tests of the mean difference against the margin.
struct Equivalence
{
    double margin = kNoFigure;
    Range ci90;
    Verdict verdict = Verdict::Inconclusive;
};

/// A value pair for a chart, from one pair of answers.
struct NumericPoint
{
    double baseline = 0.0;
    double mirror = 0.0;
    traffic::ExchangeId id;
};

/// Numbers at one path pattern. The unit is the distinct request: its difference is the mean over its values.
struct NumericSummary
{
    QString path;
    qint64 n = 0;         ///< distinct requests with a finite number on both sides
    qint64 values = 0;    ///< single values
    qint64 differing = 0; ///< single values that are not equal
    double meanBaseline = kNoFigure;
    double meanMirror = kNoFigure;
    double meanDifference = kNoFigure;
    double medianDifference = kNoFigure;
    double standardDeviation = kNoFigure; ///< of the differences
    Range ci;                             ///< 95%, of the mean difference
    QString method;                       ///< of ci: `bootstrap` or `t`
    double maxAbsDifference = kNoFigure;
    std::optional<Share> withinMargin; ///< with a margin only
    Range limitsOfAgreement;
    double wilcoxonP = kNoFigure;
    double spearman = kNoFigure;
    std::optional<Equivalence> equivalence; ///< with a margin only
    std::vector<NumericPoint> points;       ///< a fair sample, at most 500, for charts
};

struct Confusion
{
    QStringList labels;
    std::vector<std::vector<qint64>> counts; ///< [baseline][mirror]
};

/// Strings, booleans and small sets of integers at one path pattern. A repeated request counts once.
struct LabelSummary
{
    QString path;
    qint64 n = 0;
    double agreement = kNoFigure;
    Range ci; ///< 95%, Wilson, of agreement
    double kappa = kNoFigure;
    double mcnemarP = kNoFigure; ///< NaN unless there are two labels
    Confusion confusion;
};

/// Arrays of numbers of one length on both sides (embeddings, class scores) at one path pattern.
struct VectorSummary
{
    QString path;
    qint64 n = 0;
    double meanCosine = kNoFigure;
    double minCosine = kNoFigure;
    double maxAbsDifference = kNoFigure;
    qint64 argmaxChanged = 0;
};

/// Strings with too many values to be labels. Edit distance is of characters, not of meaning.
struct TextSummary
{
    QString path;
    qint64 n = 0;
    qint64 changed = 0;
    double meanSimilarity = kNoFigure; ///< of the changed ones, 1 - edit distance / longer length
    double minSimilarity = kNoFigure;
    double lengthRatio = kNoFigure; ///< characters of the mirror / of the baseline, over all
};

struct LatencySide
{
    qint64 count = 0;
    double mean = kNoFigure; ///< milliseconds, as all below
    double p50 = kNoFigure;
    double p95 = kNoFigure;
    double p99 = kNoFigure;
    double p999 = kNoFigure;
    double max = kNoFigure;
    std::vector<double> percentiles; ///< 0%, 1%, ... 100% for a chart; empty without figures
};

struct LatencySummary
{
    LatencySide primary; ///< the baseline
    LatencySide mirror;
    double medianDifferenceMs = kNoFigure; ///< of the pairs, mirror minus baseline
    Range ci;                              ///< 95%, by order statistics
};

/// Pairs that share a value of the request, among those that differ most.
struct SliceSummary
{
    QString field; ///< path pattern in the request body, or `header:NAME`
    QString value;
    Share agreement;
    double restRate = kNoFigure; ///< agreement of all other pairs
    double p = kNoFigure;        ///< two-sided, against the rest, Holm-adjusted over all slices tried
};

/// One pair in the list of those that differ most.
struct PairRow
{
    traffic::ExchangeId id;
    traffic::Outcome outcome = traffic::Outcome::Pending;
    int differences = 0;
    double worst = kNoFigure; ///< difference largest by amount, with its sign; NaN without numbers
    QString worstPath;        ///< its pattern
};

/// Counts by outcome; all of them add up to the pairs.
class OutcomeCounts
{
public:
    [[nodiscard]] qint64 operator[](traffic::Outcome outcome) const
    {
        return m_counts[static_cast<std::size_t>(outcome)];
    }
    void add(traffic::Outcome outcome, qint64 n = 1) { m_counts[static_cast<std::size_t>(outcome)] += n; }
    [[nodiscard]] qint64 total() const;
    /// equal, equal by rule, and failing in the same way.
    [[nodiscard]] qint64 agreeing() const;
    /// All but pending, dropped, primary-error and not-comparable: the denominator of agreement.
    [[nodiscard]] qint64 judged() const;
    /// mirror-error, timeout and both-error-different: the `errors` of gates.
    [[nodiscard]] qint64 errors() const;
    friend bool operator==(const OutcomeCounts &, const OutcomeCounts &) = default;

private:
    std::array<qint64, 11> m_counts{};
};

/// The outcomes in the order in which they are shown.
inline constexpr std::array kOutcomeOrder{
    traffic::Outcome::Equal,         traffic::Outcome::EqualByRule,
    traffic::Outcome::Different,     traffic::Outcome::MirrorError,
    traffic::Outcome::Timeout,       traffic::Outcome::PrimaryError,
    traffic::Outcome::BothErrorSame, traffic::Outcome::BothErrorDifferent,
    traffic::Outcome::Dropped,       traffic::Outcome::NotComparable,
    traffic::Outcome::Pending,
};

struct MirrorSummary
{
    QString name;
    QString deployment; ///< as named in the exchanges, with branch and version
    QString branch;
    QString version;
    OutcomeCounts outcomes;
    std::vector<std::pair<traffic::DropReason, qint64>> dropReasons;
    qint64 distinctRequests = 0; ///< among the judged pairs
    Share agreement;
    Share close;
    std::vector<FieldSummary> fields;    ///< most pairs first
    std::vector<RuleSummary> rules;      ///< every rule, in the order of the file
    std::vector<NumericSummary> numeric; ///< in the order of first appearance, as the three below
    std::vector<LabelSummary> labels;
    std::vector<VectorSummary> vectors;
    std::vector<TextSummary> texts;
    LatencySummary latency;
    std::vector<SliceSummary> slices; ///< worst first, at most 20
    qint64 slicesTried = 0;
    std::vector<PairRow> worstPairs; ///< errors and most differences first, at most 100
    Verdict verdict = Verdict::Inconclusive;
    std::vector<Error> reasons;            ///< of the verdict, worded by the faces
    std::optional<qint64> furtherRequests; ///< of an inconclusive verdict, where it can be said
    std::vector<Error> notes; ///< what a reader should know: other spelling of numbers, duplicate keys, looped requests
};

struct GateResult
{
    QString expression;
    bool holds = false;
    QString actual; ///< `96.57%`, `12`, `140.4ms`, `different`; empty when there is no such figure
    QString mirror; ///< whose figure that is
};

struct Comparison
{
    QString endpoint;
    QString primary; ///< the baseline's name in the exchanges
    qint64 requests = 0;
    qint64 distinctRequests = 0;
    Baseline baseline = Baseline::Primary;
    std::optional<double> margin;
    double target = 0.99;
    std::vector<MirrorSummary> mirrors; ///< in the order of first appearance
    std::vector<GateResult> gates;

    [[nodiscard]] const MirrorSummary *mirror(QStringView name) const;
};

/// Turns a code with arguments into a sentence; the faces pass ui/wording's.
using Wording = std::function<QString(const Error &)>;

/// The object of contract 7. Reasons and notes are worded by `wording`, or their codes without one.
[[nodiscard]] QJsonObject toJson(const Comparison &comparison, const Wording &wording = {});

} // namespace parallax::compare
