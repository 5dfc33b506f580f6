// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes that stand for who answered: a ring for the primary, filled shapes A..F for the mirrors in the order in
// which they stand in the file. Index -1 is the primary, 0 the first mirror; the seventh mirror starts again at A.
#pragma once

#include "ui/theme/roles.h"

#include <QIcon>
#include <QPen>
#include <QString>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

inline constexpr int kPrimary = -1;
inline constexpr int kMirrorShapes = 6;

[[nodiscard]] theme::Role identityRole(int index);
/// "id-P", "id-A" and so on, of resources/icons.
[[nodiscard]] QString identityIconName(int index);
/// Keeps its colour in every state of the control that shows it.
[[nodiscard]] QIcon identityIcon(const theme::Theme &theme, int index);
void paintIdentity(QPainter &painter, const QRectF &rect, const theme::Theme &theme, int index);
/// The line of a chart: solid for the primary, a dash of its own for every mirror.
[[nodiscard]] QPen identityPen(const theme::Theme &theme, int index, double width = 2);
/// "Primary", "A", or "A7" for the seventh mirror.
[[nodiscard]] QString identityLetter(int index);

} // namespace parallax::widgets
