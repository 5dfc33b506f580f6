// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The difference of two texts by lines, after E. Myers, "An O(ND) difference algorithm and its variations" (1986), and
// its unified form as `diff -u` and git print it.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace parallax::base {

/// One line of a difference. `text` is the line with its line end as it stands in the file; the last line may have
/// none.
struct DiffLine
{
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    int oldNumber = 0; ///< from 1; 0 for an added line
    int newNumber = 0; ///< from 1; 0 for a removed line
    QByteArray text;

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// All lines of both texts in order, removed ones before the added ones that replace them. A value.
struct LineDiff
{
    QList<DiffLine> lines;
    int added = 0;
    int removed = 0;
    /// False when the texts differ so much that the shortest difference was not looked for; it is still a correct one.
    bool isShortest = true;

    [[nodiscard]] bool isEmpty() const { return added == 0 && removed == 0; }
};

/// Time and memory are bounded: O((N + M) + D^2) with D, the number of differing lines, held to `maxDifferences`. Any
/// thread.
[[nodiscard]] LineDiff diffLines(const QByteArray &oldText, const QByteArray &newText, int maxDifferences = 2000);

/// The unified form with `--- oldName`, `+++ newName` and hunks; empty when nothing differs. Names are printed as they
/// are ("a/endpoints/x.yaml", "/dev/null").
[[nodiscard]] QByteArray unifiedDiff(const LineDiff &diff, const QString &oldName, const QString &newName,
                                     int context = 3);

} // namespace parallax::base
