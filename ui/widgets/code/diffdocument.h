// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code/syntax.h"

#include <QString>

#include <memory>
#include <vector>

namespace parallax::widgets {

/// What a line of one side is to the other side.
enum class DiffKind {
    Same,
    Changed,
    OnlyHere, ///< added on the right, missing on the left, or the other way round
    Moved,    ///< another order only
    Type,     ///< another kind of value
    Hidden,   ///< differs, hidden by a rule
    Void,     ///< nothing on this side; keeps the lines level
};

enum class DiffSide {
    Left,
    Right,
};

/// Characters of a line, in UTF-16 units.
struct DiffSpan
{
    qsizetype start = 0;
    qsizetype length = 0;
    friend bool operator==(const DiffSpan &, const DiffSpan &) = default;
};

struct DiffLine
{
    DiffKind kind = DiffKind::Same;
    int number = 0; ///< from 1; 0 on a void line
    QString text;
    QList<DiffSpan> changed; ///< the characters that differ
    int difference = -1;     ///< which difference it belongs to, or -1
    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// Two texts with their lines level: left and right have the same number of rows. Immutable once shown.
struct DiffDocument
{
    std::vector<DiffLine> left;
    std::vector<DiffLine> right;
    Language language = Language::Json;
    int differences = 0; ///< differences are numbered from 0 below this

    [[nodiscard]] const std::vector<DiffLine> &side(DiffSide which) const
    {
        return which == DiffSide::Left ? left : right;
    }
    [[nodiscard]] int rows() const { return static_cast<int>(left.size()); }
    /// First row of each difference, in the order of the rows. A difference of several rows in a row is one stop.
    [[nodiscard]] std::vector<int> firstRows() const;
    /// The lines of a side without the void ones.
    [[nodiscard]] QString plainText(DiffSide which) const;
};

using DiffDocumentPtr = std::shared_ptr<const DiffDocument>;

/// The sign in the gutter: `~ + − T`, two arrows for another order, `≈` for what a rule hides, empty for the rest.
[[nodiscard]] QString diffSign(DiffKind kind, DiffSide side);
[[nodiscard]] theme::Role diffSignRole(DiffKind kind, DiffSide side);
/// The tint of the line, or nothing.
[[nodiscard]] std::optional<theme::Role> diffTint(DiffKind kind, DiffSide side);

} // namespace parallax::widgets
