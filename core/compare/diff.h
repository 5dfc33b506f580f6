// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/body.h"
#include "compare/differ.h"

#include <QString>

#include <limits>
#include <vector>

namespace parallax::compare {

/// One difference, ready to be shown. Left is the baseline.
struct Difference
{
    DifferenceKind kind = DifferenceKind::Changed;
    QString path;      ///< JSON Pointer, on the left where it has the value, else on the right; `status`, a header
    QString rightPath; ///< where the value stands on the right, when that is another place
    QString pattern;   ///< path with `*` for indexes
    QString left;      ///< text of the value as written, cut after kMostText characters; empty when absent
    QString right;
    double leftNumber = std::numeric_limits<double>::quiet_NaN(); ///< of numbers
    double rightNumber = std::numeric_limits<double>::quiet_NaN();
    double delta = std::numeric_limits<double>::quiet_NaN(); ///< right - left
    ByteSpan leftSpan;                                       ///< of the value in the decoded body, empty when absent
    ByteSpan rightSpan;
    int rule = -1; ///< the rule by which it counts as equal; -1 = a real difference

    static constexpr qsizetype kMostText = 300;
    [[nodiscard]] bool isHidden() const { return rule >= 0; }
};

/// All differences of two documents. A value.
struct Diff
{
    std::vector<Difference> differences; ///< real and hidden ones in the order of the left document, then right
    int real = 0;                        ///< counts go on where the list was cut
    int hidden = 0;
    bool isCut = false;
    bool isClose = true;           ///< all real ones are numbers within the margin
    bool hasOtherSpelling = false; ///< equal numbers written in different ways
    bool hasDuplicateKeys = false;
    bool hasNotFinite = false;

    [[nodiscard]] bool isEqual() const { return real == 0; }
};

/// Compares two bodies: JSON by value and rules, anything else by its bytes. Pure, any thread. At most `limit`
/// differences are listed.
[[nodiscard]] Diff diff(const DecodedBody &left, const DecodedBody &right, const Rules &rules = {},
                        qsizetype limit = Differ::kDefaultLimit);
/// The same of plain bytes without headers (`parallax-cli diff`).
[[nodiscard]] Diff diff(const QByteArray &left, const QByteArray &right, const Rules &rules = {});

/// Gives the differences that a Differ found in these bodies their paths and texts.
[[nodiscard]] std::vector<Difference> describe(const PairDifferences &differences, const PathTable &paths,
                                               const DecodedBody &left, const DecodedBody &right);

/// The decoded bodies are neither both JSON, nor to be compared otherwise than by their bytes: records how they differ,
/// if they do.
void compareBodies(Differ &differ, const DecodedBody &left, const DecodedBody &right, ValueVisitor *visitor = nullptr);

} // namespace parallax::compare
