// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as equal, as the user wrote it in `.parallax/compare/<endpoint>.yaml` (contract 7).
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "compare/pathpattern.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QString>

#include <optional>
#include <vector>

namespace parallax::compare {

/// Numbers are equal when any of the limits given holds. abs: |a - b|; rel: of the greater amount; ulps32: steps
/// between the two after rounding to float, as models print float32.
struct Tolerance
{
    std::optional<double> abs;
    std::optional<double> rel;
    std::optional<qint64> ulps32;
    friend bool operator==(const Tolerance &, const Tolerance &) = default;
};

/// |difference| <= limit, where rounding the two doubles alone does not decide: 1.1 - 1.0 lies within 0.1.
[[nodiscard]] bool isWithinLimit(double difference, double a, double b, double limit);

/// Whether two number texts are equal under `tolerance`. NaN is only near NaN.
[[nodiscard]] bool isWithin(const Tolerance &tolerance, QByteArrayView a, QByteArrayView b);

enum class RuleKind {
    Exact,          ///< `ignore: false` and the like: nothing is forgiven here, whatever a later rule says
    Ignore,         ///< neither value nor presence matters
    PresenceOnly,   ///< must be there on both sides, with any value
    Tolerance,      ///< numbers
    Unordered,      ///< arrays as multisets
    KeyedBy,        ///< arrays of objects, paired by the value of one member
    DatetimeWithin, ///< strings that are RFC 3339 times
    Normalize,      ///< strings, after a regular expression has replaced what varies
    Header,         ///< compares an HTTP header, which otherwise is not looked at
};

/// The word for it in rules files: `ignore`, `tolerance`, ...
[[nodiscard]] QString toString(RuleKind kind);

struct Rule
{
    RuleKind kind = RuleKind::Exact;
    QString path; ///< as written; empty with a Header rule
    PathPattern pattern;
    QByteArray header; ///< lower case
    Tolerance tolerance;
    QString keyedBy;
    Nanoseconds datetimeWithin{0};
    QRegularExpression normalize;
    QString replacement; ///< `\1` stands for a capture
    int line = 0;        ///< in the rules file, 0 without one
    friend bool operator==(const Rule &, const Rule &) = default;
};

/// `/data/**/score tolerance`, `header content-type`.
[[nodiscard]] QString describe(const Rule &rule);

/// Ordered: the first rule that matches a path decides alone; one that matches a container holds for all below it.
struct Rules
{
    static constexpr double kDefaultTarget = 0.99;

    std::optional<double> margin; ///< what difference of numbers is practically the same
    double target = kDefaultTarget;
    std::vector<Rule> rules;
    friend bool operator==(const Rules &, const Rules &) = default;
};

/// A file that was read: with an error among the findings, `rules` holds what could be understood and is not for use.
struct RulesFile
{
    Rules rules;
    std::vector<Finding> findings;
    [[nodiscard]] bool hasErrors() const;
};

/// Reads a rules file. `file` only names it in findings. A file that is no acceptable YAML is one finding of yaml/.
[[nodiscard]] RulesFile readRules(const QByteArray &bytes, const QString &file);
/// The same from disk; findings with errors, and a file that cannot be read, become the first error.
[[nodiscard]] Result<Rules> loadRules(const QString &file);

/// `<repository>/.parallax/compare/<endpoint>.yaml`.
[[nodiscard]] QString rulesPath(const QString &repository, const QString &endpoint);

} // namespace parallax::compare
