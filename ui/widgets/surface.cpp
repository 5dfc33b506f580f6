// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/surface.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace parallax::widgets {

using theme::Role;
namespace metrics = theme::metrics;

Surface::Surface(const theme::Theme &theme, Role role, Qt::Edges hairlines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_role(role)
    , m_hairlines(hairlines)
{
    applyColors();
    connect(&theme, &theme::Theme::changed, this, &Surface::applyColors);
}

void Surface::setHairlines(Qt::Edges hairlines)
{
    m_hairlines = hairlines;
    update();
}

void Surface::setFooterRadius(double radius)
{
    m_footerRadius = radius;
    update();
}

// Views and headers on the surface take its colour as their base.
void Surface::applyColors()
{
    QPalette palette = m_theme.palette();
    const QColor color = m_theme.color(m_role);
    palette.setColor(QPalette::Window, color);
    palette.setColor(QPalette::Base, color);
    setPalette(palette);
}

void Surface::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor color = m_theme.color(m_role);
    if (m_footerRadius > 0) {
        QPainterPath path;
        path.addRoundedRect(QRectF(rect()).adjusted(0, -m_footerRadius, 0, 0), m_footerRadius, m_footerRadius);
        painter.setClipRect(rect());
        const theme::PainterScope scope(painter);
        painter.fillPath(path, color);
    } else {
        painter.fillRect(rect(), color);
    }
    const QColor line = m_theme.color(Role::Border);
    if (m_hairlines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, line);
    if (m_hairlines & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (m_hairlines & Qt::LeftEdge)
        painter.fillRect(0, 0, 1, height(), line);
    if (m_hairlines & Qt::RightEdge)
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

PaneHeader::PaneHeader(const theme::Theme &theme, QWidget *parent, Role role, Qt::Edges hairlines)
    : Surface(theme, role, hairlines, parent)
    , m_row(new QHBoxLayout(this))
{
    theme::follow(theme, this, [this, &theme] { setFixedHeight(theme.height(metrics::kPaneHeaderHeight)); });
    m_row->setContentsMargins(metrics::kPaneInset, 0, 8, hairlines & Qt::BottomEdge ? 1 : 0);
    m_row->setSpacing(8);
}

ToolRow::ToolRow(const theme::Theme &theme, QWidget *parent)
    : Surface(theme, Role::Window, Qt::BottomEdge, parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
{
    theme::follow(theme, this, [this, &theme] { setFixedHeight(theme.height(metrics::kToolBarHeight)); });
    m_row->setContentsMargins(12, 0, 12, 1);
    m_row->setSpacing(8);
}

void ToolRow::addSeparator()
{
    QWidget *line = hairline(m_theme, Qt::Vertical, this);
    line->setFixedHeight(18);
    m_row->addSpacing(4);
    m_row->addWidget(line);
    m_row->addSpacing(4);
}

QWidget *hairline(const theme::Theme &theme, Qt::Orientation orientation, QWidget *parent)
{
    auto *line = new Surface(theme, Role::Border, {}, parent);
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

} // namespace parallax::widgets
