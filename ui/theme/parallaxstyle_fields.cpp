// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Line edits, combo boxes, spin boxes and the plain progress bar.
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QPainter>
#include <QStyleOption>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::theme {

void ParallaxStyle::drawField(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    if (isBare(widget))
        return;
    const bool isEnabled = option.state & State_Enabled;
    const auto *edit = qobject_cast<const QLineEdit *>(widget);
    const bool isReadOnly = edit != nullptr && edit->isReadOnly();
    const QColor fill = !isEnabled ? QColor(Qt::transparent) : isReadOnly ? color(Role::Window) : color(Role::Field);
    const Role outline = isInvalid(widget) ? Role::Error : isEnabled ? Role::BorderStrong : Role::Border;
    panel(painter, option.rect, metrics::kRadiusControl, fill, color(outline));
    if (option.state & State_HasFocus)
        focusRing(painter, option.rect, metrics::kRadiusControl, m_theme);
}

void ParallaxStyle::drawComboBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const
{
    const bool isEnabled = option.state & State_Enabled;
    const bool isHovered = isEnabled && option.state & State_MouseOver;
    const Role outline = isInvalid(widget) ? Role::Error : isEnabled ? Role::BorderStrong : Role::Border;
    const Role hover = m_theme.isDark() ? Role::Hover : Role::Sunken;
    if (!isBare(widget)) {
        panel(painter, option.rect, metrics::kRadiusControl,
              !isEnabled ? QColor(Qt::transparent) : color(isHovered ? hover : Role::Field), color(outline));
    } else if (isHovered) {
        fillRounded(painter, option.rect, metrics::kRadiusSmall, color(Role::Hover));
    }
    const QRect arrow = subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    const double size = m_theme.scaled(metrics::kSmallIconSize);
    m_theme.paintIcon(painter, QRectF(arrow.left() + 3, std::round(arrow.center().y() + 0.5 - size / 2), size, size),
                      u"updown"_s, isEnabled ? Role::Muted : Role::Disabled);
    if (option.state & State_HasFocus)
        focusRing(painter, option.rect, metrics::kRadiusControl, m_theme);
}

void ParallaxStyle::drawComboBoxLabel(const QStyleOption &option, QPainter &painter) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(&option);
    if (combo == nullptr || combo->editable)
        return;
    QRectF rect = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, nullptr);
    const bool isEnabled = option.state & State_Enabled;
    if (!combo->currentIcon.isNull()) {
        const QSize size = combo->iconSize;
        combo->currentIcon.paint(&painter,
                                 QRect(QPoint(static_cast<int>(rect.left()),
                                              static_cast<int>(std::round(rect.center().y() - size.height() / 2.0))),
                                       size),
                                 Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
        rect.setLeft(rect.left() + size.width() + 6);
    }
    const bool isPlaceholder = combo->currentText.isEmpty();
    text(painter, rect, combo->currentText, painter.font(),
         color(!isEnabled      ? Role::Disabled
               : isPlaceholder ? Role::Muted
                               : Role::Text),
         visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
}

void ParallaxStyle::drawSpinBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const
{
    drawField(option, painter, widget);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(&option);
    const bool isActive = option.state & (State_MouseOver | State_HasFocus) && option.state & State_Enabled;
    if (spin == nullptr || spin->buttonSymbols == QAbstractSpinBox::NoButtons || !isActive)
        return;
    const auto step = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag flag, bool isUp) {
        const QRect rect = subControlRect(CC_SpinBox, &option, part, widget);
        const bool isUnder = option.activeSubControls & part;
        if (isUnder && spin->stepEnabled & flag)
            fillRounded(painter, rect.adjusted(1, 0, -1, 0), metrics::kRadiusMark,
                        color(option.state & State_Sunken ? Role::Pressed : Role::Hover));
        const PainterScope scope(painter);
        painter.setPen(QPen(color(spin->stepEnabled & flag ? Role::Muted : Role::Disabled), 1.5, Qt::SolidLine,
                            Qt::RoundCap, Qt::RoundJoin));
        const QPointF center = QRectF(rect).center();
        const double tip = isUp ? -1.5 : 1.5;
        painter.drawPolyline(
            QPolygonF{center + QPointF(-3, -tip), center + QPointF(0, tip), center + QPointF(3, -tip)});
    };
    step(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, true);
    step(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, false);
}

void ParallaxStyle::drawProgress(const QStyleOption &option, QPainter &painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(&option);
    if (bar == nullptr)
        return;
    QRectF groove = option.rect;
    if (groove.height() > 6)
        groove = QRectF(groove.left(), groove.center().y() - 3, groove.width(), 6);
    const PainterScope scope(painter);
    fillRounded(painter, groove, 3, color(Role::Pressed));
    const double span = static_cast<double>(bar->maximum) - bar->minimum;
    if (span <= 0)
        return;
    const double share = std::clamp((static_cast<double>(bar->progress) - bar->minimum) / span, 0.0, 1.0);
    if (share <= 0)
        return;
    // Cut by the groove's shape rather than rounded itself: the end of the part is straight.
    QRectF part = groove;
    part.setWidth(std::max(2.0, groove.width() * share));
    if (option.direction == Qt::RightToLeft)
        part.moveRight(groove.right());
    painter.setClipRect(part);
    fillRounded(painter, groove, 3, color(option.state & State_Enabled ? Role::AccentFill : Role::Disabled));
}

} // namespace parallax::theme
