// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/intervalbar.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;

namespace {

constexpr double kAxis = 8;
constexpr double kCaptionTop = 17;

QString percent(double share)
{
    return QLocale().toString(share * 100, 'g', 4) + u'%';
}

} // namespace

IntervalBar::IntervalBar(const theme::Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &theme::Theme::changed, this, [this] { updateGeometry(); });
}

void IntervalBar::setInterval(const Interval &interval)
{
    m_interval = interval;
    const double lowest = std::min({interval.low, interval.value, interval.gate.value_or(1.0)});
    m_scaleStart = 0;
    for (const double start : {0.5, 0.9, 0.95, 0.99}) {
        // A little room at the left, so that nothing stands on the edge.
        if (lowest >= start + (1 - start) * 0.04)
            m_scaleStart = start;
    }
    setAccessibleDescription(
        tr("%1, between %2 and %3").arg(percent(interval.value), percent(interval.low), percent(interval.high)));
    update();
}

QSize IntervalBar::sizeHint() const
{
    return {160, static_cast<int>(kCaptionTop) + m_theme.metrics(TextStyle::Caption).height() + 1};
}

void IntervalBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::PainterScope scope(painter);
    // The ring at 100% must not be cut.
    const double left = 1;
    const double right = width() - 6.0;
    const auto x = [&](double share) {
        const double at = (std::clamp(share, m_scaleStart, 1.0) - m_scaleStart) / (1 - m_scaleStart);
        return left + at * (right - left);
    };
    painter.setPen(QPen(m_theme.color(Role::BorderStrong), 2));
    painter.drawLine(QPointF(left, kAxis), QPointF(width(), kAxis));
    painter.drawLine(QPointF(left, 3), QPointF(left, 13));
    Role line = Role::ChartAxis;
    Role ring = Role::Muted;
    if (m_interval.tone == IntervalTone::Holds) {
        line = Role::Ok;
        ring = Role::Ok;
    } else if (m_interval.tone == IntervalTone::Fails) {
        line = Role::ChartDiff;
        ring = Role::Different;
    }
    painter.setPen(QPen(m_theme.color(line), 6, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(x(m_interval.low), kAxis),
                     QPointF(std::max(x(m_interval.low) + 0.1, x(m_interval.high)), kAxis));
    if (m_interval.gate) {
        painter.setPen(QPen(m_theme.color(Role::Text), 1.5));
        const double gate = std::round(x(*m_interval.gate)) + 0.25;
        painter.drawLine(QPointF(gate, 2), QPointF(gate, 14));
    }
    painter.setPen(QPen(m_theme.color(ring), 2));
    painter.setBrush(m_theme.color(Role::Base));
    painter.drawEllipse(QPointF(x(m_interval.value), kAxis), 5, 5);
    const QRectF captions(0, kCaptionTop, width(), height() - kCaptionTop);
    const QFont font = m_theme.font(TextStyle::Caption);
    theme::text(painter, captions, percent(m_scaleStart), font, m_theme.color(Role::Muted),
                Qt::AlignLeft | Qt::AlignVCenter);
    theme::text(painter, captions, percent(1), font, m_theme.color(Role::Muted), Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace parallax::widgets
