// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/spinner.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::widgets {

Spinner::Spinner(const theme::Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(16, 16);
    setAccessibleName(accessibleName);
    // It keeps its place while it does not show, so that nothing jumps.
    QSizePolicy policy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    m_delay.setSingleShot(true);
    m_delay.setInterval(200ms);
    m_turn.setInterval(40ms);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        show();
        if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0)
            m_turn.start();
    });
    connect(&m_turn, &QTimer::timeout, this, [this] {
        m_angle = (m_angle + 345) % 360;
        update();
    });
    hide();
}

void Spinner::start()
{
    if (std::exchange(m_isRunning, true))
        return;
    m_delay.start();
}

void Spinner::stop()
{
    m_isRunning = false;
    m_delay.stop();
    m_turn.stop();
    hide();
}

void Spinner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::PainterScope scope(painter);
    const QRectF ring(2, 2, 12, 12);
    painter.setPen(QPen(m_theme.color(theme::Role::Pressed), 2));
    painter.drawEllipse(ring);
    painter.setPen(QPen(m_theme.color(theme::Role::Accent), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, m_angle * 16, -90 * 16);
}

} // namespace parallax::widgets
