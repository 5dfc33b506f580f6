// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Push buttons, tool buttons, check boxes and radio buttons.
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::theme {

namespace {

constexpr int kGap = 6;

int padding(ButtonKind kind, ButtonSize size)
{
    if (size == ButtonSize::Large)
        return kind == ButtonKind::Primary ? 17 : 15;
    if (kind == ButtonKind::Link)
        return 4;
    const bool isTight = size == ButtonSize::Small || kind == ButtonKind::Ghost || kind == ButtonKind::Danger;
    return isTight ? 9 : 13;
}

QSize shownIconSize(const QSize &asked, bool isSmallWithText, int small)
{
    return isSmallWithText && asked.width() > small ? QSize(small, small) : asked;
}

} // namespace

ParallaxStyle::Button ParallaxStyle::describe(const QStyleOptionButton &option, const QWidget *widget) const
{
    Button button{kindOf(widget), sizeOf(widget), option.state, option.text, option.icon, option.iconSize};
    button.hasMenu = option.features & QStyleOptionButton::HasMenu;
    button.iconSize = shownIconSize(option.iconSize, button.size == ButtonSize::Small && !option.text.isEmpty(),
                                    m_theme.scaled(metrics::kSmallIconSize));
    return button;
}

ParallaxStyle::Button ParallaxStyle::describe(const QStyleOptionToolButton &option, const QWidget *widget) const
{
    Button button{kindOf(widget), sizeOf(widget), option.state, {}, option.icon, option.iconSize};
    if (option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull())
        button.text = option.text;
    if (option.toolButtonStyle == Qt::ToolButtonTextOnly)
        button.icon = {};
    button.hasMenu = option.features & QStyleOptionToolButton::HasMenu && !button.text.isEmpty();
    // A tool button with a menu keeps itself down while the menu shows.
    if (option.activeSubControls & SC_ToolButton && option.state & State_Sunken)
        button.state |= State_Sunken;
    button.iconSize = shownIconSize(option.iconSize, button.size == ButtonSize::Small && !button.text.isEmpty(),
                                    m_theme.scaled(metrics::kSmallIconSize));
    return button;
}

QFont ParallaxStyle::buttonFont(const Button &button) const
{
    return m_theme.font(button.size == ButtonSize::Small ? TextStyle::CaptionMedium : TextStyle::Name);
}

QSize ParallaxStyle::buttonSize(const Button &button) const
{
    const int design = button.kind == ButtonKind::Plus    ? metrics::kPlusButtonSize
                       : button.size == ButtonSize::Small ? metrics::kSmallButtonHeight
                       : button.size == ButtonSize::Large ? metrics::kLargeButtonHeight
                                                          : metrics::kButtonHeight;
    if (button.isIconOnly() && !button.icon.isNull()) {
        const int side = std::max(design, button.iconSize.width() + 6);
        return {side, side};
    }
    const int height = m_theme.height(design, button.size == ButtonSize::Small ? TextStyle::Caption : TextStyle::Body);
    double width = 2 * padding(button.kind, button.size) +
                   QFontMetricsF(buttonFont(button)).size(Qt::TextShowMnemonic, button.text).width();
    if (!button.icon.isNull())
        width += button.iconSize.width() + kGap - (button.kind == ButtonKind::Link ? 0 : 3); // it has the least padding
    if (button.hasMenu)
        width += m_theme.scaled(metrics::kSmallIconSize) + kGap - 4;
    return {static_cast<int>(std::ceil(width)), height};
}

Role ParallaxStyle::buttonTextRole(const Button &button) const
{
    if (!button.isEnabled())
        return Role::Disabled;
    switch (button.kind) {
    case ButtonKind::Primary:
        return Role::OnAccent;
    case ButtonKind::Danger:
        return Role::Error;
    case ButtonKind::Link:
        return Role::Accent;
    case ButtonKind::Ghost:
        return button.isHovered() || button.isDown() || button.isOn() ? Role::Text : Role::Text2;
    default:
        return Role::Text;
    }
}

Role ParallaxStyle::buttonIconRole(const Button &button) const
{
    if (!button.isEnabled())
        return Role::Disabled;
    if (button.kind == ButtonKind::Plus)
        return button.isDown() || button.isOn() ? Role::OnAccent : Role::Accent;
    if (button.kind != ButtonKind::Ghost)
        return buttonTextRole(button);
    if (button.isOn())
        return Role::Accent;
    return button.isHovered() || button.isDown() ? Role::Text : Role::Muted;
}

void ParallaxStyle::drawFilledButton(const Button &button, const QRectF &rect, double radius, QPainter &painter) const
{
    const Role fill = !button.isEnabled()  ? Role::Pressed
                      : button.isDown()    ? Role::AccentPressed
                      : button.isHovered() ? Role::AccentHover
                                           : Role::AccentFill;
    fillRounded(painter, rect, radius, color(fill));
}

void ParallaxStyle::drawButtonShape(const Button &button, const QRect &rect, QPainter &painter) const
{
    const double radius = button.size == ButtonSize::Small ? metrics::kRadiusSmall : metrics::kRadiusControl;
    const bool isPressed = button.isEnabled() && (button.isDown() || button.isOn());
    switch (button.kind) {
    case ButtonKind::Primary:
        return drawFilledButton(button, rect, radius, painter);
    case ButtonKind::Plus:
        if (isPressed) {
            fillRounded(painter, rect, radius, color(Role::AccentFill));
            break;
        }
        [[fallthrough]];
    case ButtonKind::Secondary: {
        // On dark, hover is the rest colour of a button.
        const Role hover = m_theme.isDark() ? Role::Pressed : Role::Hover;
        const Role fill = isPressed ? Role::Pressed : button.isHovered() ? hover : Role::Button;
        panel(painter, rect, radius, button.isEnabled() ? color(fill) : QColor(Qt::transparent),
              color(button.isEnabled() ? Role::BorderStrong : Role::Border));
        break;
    }
    default:
        if (isPressed || button.isHovered())
            fillRounded(painter, rect, radius, color(isPressed ? Role::Pressed : Role::Hover));
    }
    if (button.state & State_HasFocus && button.state & State_KeyboardFocusChange)
        focusRing(painter, rect, radius, m_theme);
}

void ParallaxStyle::drawButtonLabel(const Button &button, const QRect &rect, QPainter &painter) const
{
    const QFont font = buttonFont(button);
    const QString plain = button.text;
    const double textWidth = QFontMetricsF(font).size(Qt::TextShowMnemonic, plain).width();
    double width = plain.isEmpty() ? 0 : textWidth;
    if (!button.icon.isNull())
        width += button.iconSize.width() + (plain.isEmpty() ? 0 : kGap - 3);
    if (button.hasMenu)
        width += m_theme.scaled(metrics::kSmallIconSize) + kGap - 4;
    double x = rect.left() + std::max(4.0, (rect.width() - width) / 2);
    if (!button.icon.isNull()) {
        x = std::round(x - (plain.isEmpty() ? 0 : 3 / 2.0));
        const QRectF place(QPointF(x, std::round(rect.center().y() + 0.5 - button.iconSize.height() / 2.0)),
                           QSizeF(button.iconSize));
        // Icons of the theme take the role of the button; others (identities) keep their own colour.
        if (const QString name = button.icon.name(); !name.isEmpty() && m_theme.icons().contains(name))
            m_theme.paintIcon(painter, place, name, buttonIconRole(button));
        else
            button.icon.paint(&painter, place.toRect(), Qt::AlignCenter,
                              button.isEnabled() ? QIcon::Normal : QIcon::Disabled,
                              button.isOn() ? QIcon::On : QIcon::Off);
        x += button.iconSize.width() + kGap;
    }
    const double chevron = button.hasMenu ? m_theme.scaled(metrics::kSmallIconSize) + kGap : 0;
    if (!plain.isEmpty()) {
        const QRectF place(x, rect.top(), rect.right() + 1 - x - 4 - (button.hasMenu ? chevron - 4 : 0), rect.height());
        painter.setFont(font);
        painter.setPen(color(buttonTextRole(button)));
        const bool fits = textWidth <= place.width() + 1;
        painter.drawText(
            place.adjusted(0, 0, 1, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic,
            fits ? plain : QFontMetricsF(font).elidedText(plain, Qt::ElideRight, place.width(), Qt::TextShowMnemonic));
        x += std::min(textWidth, place.width());
    }
    if (button.hasMenu)
        m_theme.paintIcon(painter,
                          QRectF(std::round(x + kGap),
                                 std::round(rect.center().y() + 0.5 - m_theme.scaled(metrics::kSmallIconSize) / 2.0),
                                 m_theme.scaled(metrics::kSmallIconSize), m_theme.scaled(metrics::kSmallIconSize)),
                          u"chevron-down"_s, button.isEnabled() ? Role::Muted : Role::Disabled);
}

void ParallaxStyle::drawCheckIndicator(const QStyleOption &option, QPainter &painter) const
{
    const QRectF box(QRectF(option.rect).center() - QPointF(8, 8), QSizeF(16, 16));
    const bool isEnabled = option.state & State_Enabled;
    if (option.state & (State_On | State_NoChange)) {
        fillRounded(painter, box, metrics::kRadiusItem, color(isEnabled ? Role::AccentFill : Role::Pressed));
        const Role mark = isEnabled ? Role::OnAccent : Role::Disabled;
        if (option.state & State_NoChange)
            painter.fillRect(QRectF(box.center() - QPointF(4, 0.75), QSizeF(8, 1.5)), color(mark));
        else
            m_theme.paintIcon(painter, QRectF(box.center() - QPointF(6, 6), QSizeF(12, 12)), u"check"_s, mark);
        return;
    }
    const bool isHovered = isEnabled && option.state & State_MouseOver;
    panel(painter, box, metrics::kRadiusItem, isEnabled ? color(Role::Field) : QColor(Qt::transparent),
          color(!isEnabled  ? Role::Border
                : isHovered ? Role::Text2
                            : Role::Muted));
}

void ParallaxStyle::drawRadioIndicator(const QStyleOption &option, QPainter &painter) const
{
    const QRectF box(QRectF(option.rect).center() - QPointF(8, 8), QSizeF(16, 16));
    const bool isEnabled = option.state & State_Enabled;
    if (option.state & State_On) {
        fillRounded(painter, box, 8, color(isEnabled ? Role::AccentFill : Role::Pressed));
        fillRounded(painter, box.adjusted(5, 5, -5, -5), 3, color(isEnabled ? Role::OnAccent : Role::Disabled));
        return;
    }
    const bool isHovered = isEnabled && option.state & State_MouseOver;
    panel(painter, box, 8, isEnabled ? color(Role::Field) : QColor(Qt::transparent),
          color(!isEnabled  ? Role::Border
                : isHovered ? Role::Text2
                            : Role::Muted));
}

void ParallaxStyle::drawFocusFrame(const QStyleOption &option, QPainter &painter) const
{
    strokeRounded(painter, option.rect, metrics::kRadiusControl + 4, color(Role::Focus), 2);
}

} // namespace parallax::theme
