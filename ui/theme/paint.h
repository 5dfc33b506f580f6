// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Strokes and texts that the style, the delegates and the painted widgets share. Everything aligns to whole device
// pixels: outlines lie inside the rectangle they are given.
#pragma once

#include "ui/theme/roles.h"

#include <QRectF>
#include <QString>

class QFont;
class QPainter;

namespace parallax::theme {

class Theme;

/// Restores the painter at the end of the scope, antialiased inside it.
class PainterScope
{
public:
    explicit PainterScope(QPainter &painter);
    ~PainterScope();
    PainterScope(const PainterScope &) = delete;
    PainterScope &operator=(const PainterScope &) = delete;

private:
    QPainter &m_painter;
};

void fillRounded(QPainter &painter, const QRectF &rect, double radius, const QColor &color);
/// An outline of the width inside the rectangle.
void strokeRounded(QPainter &painter, const QRectF &rect, double radius, const QColor &color, double width = 1);
/// Fill and outline of one shape, without a seam between them.
void panel(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &outline);
/// The 2 px ring of what has the focus, inside the rectangle.
void focusRing(QPainter &painter, const QRectF &rect, double radius, const Theme &theme);
/// The soft shadow beneath a popup whose frame is the rectangle; needs metrics::kShadowMargin around it.
void shadow(QPainter &painter, const QRectF &frame, double radius, bool isDark);

/// One line of text with an ellipsis where it does not fit, vertically centred unless the alignment says otherwise.
/// Returns the width it took.
double text(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, const QColor &color,
            Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter, Qt::TextElideMode elide = Qt::ElideRight);
/// As above, every digit as wide as the widest one, so that numbers of a column stand under each other in any font.
double numberText(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, const QColor &color,
                  Qt::Alignment alignment = Qt::AlignRight | Qt::AlignVCenter);
[[nodiscard]] double numberWidth(const QString &text, const QFont &font);

} // namespace parallax::theme
