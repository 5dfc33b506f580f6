// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The figures at the top of the Compare mode, made from one mirror's summary. Widgets belong to the layouts they are
// added to. GUI thread.
#pragma once

#include "compare/comparison.h"
#include "ui/widgets/charts/linechart.h"

class QGridLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class OutcomeBar;
}

namespace parallax::ui {

/// A line for each outcome that occurred: colour, sign, name, count and share; and the same as parts of the bar.
void fillOutcomes(QGridLayout &grid, widgets::OutcomeBar &bar, const theme::Theme &theme,
                  const compare::MirrorSummary &mirror);

/// Percentiles of both sides, what lies between them, and the median of the paired differences.
void fillLatency(QGridLayout &grid, const theme::Theme &theme, const QString &primary,
                 const compare::MirrorSummary &mirror, int identity);

/// Share of answers within a time, of both sides, on a logarithmic axis.
[[nodiscard]] widgets::Chart latencyChart(const QString &primary, const compare::MirrorSummary &mirror, int identity);

} // namespace parallax::ui
