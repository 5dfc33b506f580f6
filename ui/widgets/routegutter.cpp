// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/routegutter.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/identity.h"

#include <QPainter>

#include <algorithm>

namespace parallax::widgets {

using theme::Role;

namespace {

constexpr int kLineX = 30;
constexpr double kHalo = 9;
constexpr double kGlyph = 16;

} // namespace

RouteGutter::RouteGutter(const theme::Theme &theme, Stops stops, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_stops(std::move(stops))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void RouteGutter::paintEvent(QPaintEvent *)
{
    QList<Stop> stops = m_stops();
    if (stops.isEmpty())
        return;
    std::stable_sort(stops.begin(), stops.end(), [](const Stop &a, const Stop &b) { return a.y < b.y; });
    QPainter painter(this);
    const theme::PainterScope scope(painter);
    // The last backend that answers ends the solid part; a split has several.
    int answered = stops.constFirst().y;
    for (const Stop &stop : std::as_const(stops)) {
        if (stop.identity < 0)
            answered = stop.y;
    }
    painter.setPen(QPen(m_theme.color(Role::Primary), 2));
    painter.drawLine(QPointF(kLineX, 0), QPointF(kLineX, answered));
    if (stops.constLast().y > answered) {
        QPen dots(m_theme.color(Role::BorderStrong), 2, Qt::SolidLine, Qt::RoundCap);
        dots.setDashPattern({1, 2.5});
        painter.setPen(dots);
        painter.drawLine(QPointF(kLineX, answered), QPointF(kLineX, stops.constLast().y));
    }
    for (const Stop &stop : std::as_const(stops)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Base));
        painter.drawEllipse(QPointF(kLineX, stop.y), kHalo, kHalo);
        paintIdentity(painter, QRectF(kLineX - kGlyph / 2, stop.y - kGlyph / 2, kGlyph, kGlyph), m_theme,
                      stop.identity);
    }
}

} // namespace parallax::widgets
