// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of a run as values.
#pragma once

#include "ui/replay/replaypresenter.h"
#include "ui/widgets/charts/linechart.h"

namespace parallax::ui {

/// Requests a second: what the plan asks for, dotted, and what was sent.
[[nodiscard]] widgets::Chart rateChart(const ReplayView &view, bool isOver);
/// The p95 of the primary and of every mirror over time.
[[nodiscard]] widgets::Chart latencyChart(const ReplayView &view, bool isOver);

} // namespace parallax::ui
