// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The signs of what came of a pair, and their colours. Neutral of traffic::Outcome, so that painting needs no core.
#pragma once

#include "ui/theme/roles.h"

#include <QString>

class QPainter;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

enum class OutcomeGlyph {
    None, ///< waiting
    Equal,
    ByRule,
    Different,
    Error,
    Timeout,
    Dropped,
};

[[nodiscard]] QString outcomeIconName(OutcomeGlyph glyph);
/// The colour of the sign and of words beside it.
[[nodiscard]] theme::Role outcomeRole(OutcomeGlyph glyph);
/// The colour of its part in a bar.
[[nodiscard]] theme::Role outcomeChartRole(OutcomeGlyph glyph);
void paintOutcome(QPainter &painter, const QRectF &rect, const theme::Theme &theme, OutcomeGlyph glyph);

} // namespace parallax::widgets
