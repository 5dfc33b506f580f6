// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of the HTML report. Everything that comes from data passes through escaped().
#pragma once

#include "report/reportinput.h"

#include <QString>

namespace parallax::report {

[[nodiscard]] const char *styleSheet();
/// `& < > " '` as entities, control characters as visible escapes.
[[nodiscard]] QString escaped(const QString &text);
/// The shape of a target: -1 the primary's ring, 0.. the mirrors' A to F.
[[nodiscard]] QString glyph(int identity);
/// The agreement with its interval and the share asked for, on a scale that shows both.
[[nodiscard]] QString intervalChart(const compare::Share &share, double target, compare::Verdict verdict);
/// Both latency distributions as cumulative curves over a logarithmic axis.
[[nodiscard]] QString latencyChart(const compare::LatencySummary &latency, int mirrorIdentity);
/// Outcomes as one bar.
[[nodiscard]] QString outcomeBar(const compare::OutcomeCounts &counts);
[[nodiscard]] QString pairDetails(const PairSection &pair, int mirrorIdentity);

} // namespace parallax::report
