// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "compare/comparison.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace parallax::report {

/// One line of one side of a pair. `spans` are the characters that differ, [begin, end) in UTF-16 units of `text`.
struct PairLine
{
    enum class Kind { Same, Changed, Only, Moved, Hidden, Void }; ///< Void keeps the sides level; it has no text
    Kind kind = Kind::Same;
    int number = 0; ///< from 1; 0 for Void
    QString sign;   ///< `~`, `+`, `−`, `T`, `⇅`, `≈`, or empty
    QString text;
    std::vector<std::pair<int, int>> spans;
};

struct PairSide
{
    QString name;
    QString what;   ///< `pricing_model_v1, main, latest`
    QString status; ///< `200`, `timeout`, ...
    double milliseconds = compare::kNoFigure;
    std::vector<PairLine> lines; ///< as many as the other side's
};

/// A pair shown in full, the two answers beside each other.
struct PairSection
{
    QString mirror;
    traffic::ExchangeId id;
    traffic::Outcome outcome = traffic::Outcome::Pending;
    int differences = 0;
    QString summary; ///< the request in a few words
    PairSide left;
    PairSide right;
    bool isCut = false; ///< further lines were left out
};

/// Everything that a report shows. A value; the writers are pure functions of it, any thread.
struct ReportInput
{
    compare::Comparison comparison;
    QString source; ///< what was compared: a capture's name
    WallTime made;
    QString program;                   ///< `Parallax 0.1.0`
    std::vector<PairSection> pairs;    ///< in the order shown
    std::optional<QJsonObject> replay; ///< the `replay` object of contract 6, when it was one
    compare::Wording wording;          ///< for reasons and notes
};

} // namespace parallax::report
