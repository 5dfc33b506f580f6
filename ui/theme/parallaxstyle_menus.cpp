// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The menu bar, menus and tabs.
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::theme {

namespace {

constexpr int kMarkColumn = 26; ///< the check mark or icon of a menu item
constexpr int kItemPadding = 10;
constexpr int kShortcutGap = 32;
constexpr int kTabPadding = 12;
constexpr int kTabIconGap = 6;

QString label(const QString &text)
{
    return text.section(u'\t', 0, 0);
}

QString shortcut(const QString &text)
{
    return text.section(u'\t', 1);
}

} // namespace

void ParallaxStyle::drawMenuBarItem(const QStyleOption &option, QPainter &painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(&option);
    if (item == nullptr)
        return;
    painter.fillRect(option.rect, color(Role::Window));
    const bool isEnabled = option.state & State_Enabled;
    const bool isOpen = option.state & State_Sunken;
    const bool isUnder = option.state & State_Selected;
    if (isEnabled && (isOpen || isUnder))
        fillRounded(painter, option.rect, metrics::kRadiusItem, color(isOpen ? Role::Pressed : Role::Hover));
    painter.setFont(m_theme.font());
    painter.setPen(color(!isEnabled ? Role::Disabled : isOpen || isUnder ? Role::Text : Role::Text2));
    const int mnemonic =
        styleHint(SH_UnderlineShortcut, &option, nullptr, nullptr) != 0 && option.state & State_KeyboardFocusChange
            ? Qt::TextShowMnemonic
            : Qt::TextHideMnemonic;
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextSingleLine | mnemonic, item->text);
}

void ParallaxStyle::drawMenuBarArea(const QStyleOption &option, QPainter &painter) const
{
    painter.fillRect(option.rect, color(Role::Window));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), color(Role::Border));
}

QSize ParallaxStyle::menuItemSize(const QStyleOption &option) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(&option);
    if (item == nullptr)
        return {};
    if (item->menuItemType == QStyleOptionMenuItem::Separator)
        return {16, 9};
    const QFontMetricsF metrics(m_theme.font());
    double width = kItemPadding + m_theme.scaled(kMarkColumn) +
                   metrics.size(Qt::TextShowMnemonic, label(item->text)).width() + kItemPadding;
    if (const QString keys = shortcut(item->text); !keys.isEmpty())
        width += kShortcutGap + QFontMetricsF(m_theme.font(TextStyle::Caption)).horizontalAdvance(keys);
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        width += kShortcutGap;
    // QMenu adds the width of the widest shortcut itself when it lays out the texts; the column is part of this width.
    return {static_cast<int>(std::ceil(width)) - (item->text.contains(u'\t') ? item->reservedShortcutWidth : 0),
            m_theme.height(metrics::kMenuItemHeight)};
}

void ParallaxStyle::drawMenuItem(const QStyleOption &option, QPainter &painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(&option);
    if (item == nullptr)
        return;
    const QRect rect = option.rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(
            QRect(rect.left() + kItemPadding - 4, rect.center().y(), rect.width() - 2 * (kItemPadding - 4), 1),
            color(Role::Border));
        return;
    }
    const bool isEnabled = option.state & State_Enabled;
    if (option.state & State_Selected)
        fillRounded(painter, rect, metrics::kRadiusItem,
                    color(isEnabled && m_theme.isDark() ? Role::Pressed : Role::Hover));
    const Role mark = !isEnabled ? Role::Disabled : option.state & State_Selected ? Role::Text : Role::Muted;
    const double size = m_theme.scaled(metrics::kIconSize);
    const QRectF markRect(rect.left() + kItemPadding - 2, std::round(rect.center().y() + 0.5 - size / 2), size, size);
    if (item->checkType != QStyleOptionMenuItem::NotCheckable && item->checked)
        m_theme.paintIcon(painter, markRect, u"check"_s, isEnabled ? Role::Accent : Role::Disabled);
    else if (const QString name = item->icon.name(); !name.isEmpty() && m_theme.icons().contains(name))
        m_theme.paintIcon(painter, markRect, name, mark);
    else if (!item->icon.isNull())
        item->icon.paint(&painter, markRect.toRect(), Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    QRectF textRect = QRectF(rect).adjusted(kItemPadding + m_theme.scaled(kMarkColumn) - 4, 0, -kItemPadding, 0);
    painter.setFont(m_theme.font());
    painter.setPen(color(isEnabled ? Role::Text : Role::Disabled));
    painter.drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                     label(item->text));
    if (const QString keys = shortcut(item->text); !keys.isEmpty())
        text(painter, textRect, keys, m_theme.font(TextStyle::Caption), color(isEnabled ? Role::Muted : Role::Disabled),
             Qt::AlignRight | Qt::AlignVCenter);
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        m_theme.paintIcon(painter,
                          QRectF(rect.right() - kItemPadding - 12, std::round(rect.center().y() + 0.5 - 7), 14, 14),
                          u"chevron-right"_s, mark);
}

QSize ParallaxStyle::tabSize(const QStyleOption &option) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(&option);
    if (tab == nullptr)
        return {};
    // As wide as when it is chosen, so that choosing moves nothing.
    double width =
        2 * kTabPadding + QFontMetricsF(m_theme.font(TextStyle::Strong)).size(Qt::TextShowMnemonic, tab->text).width();
    if (!tab->icon.isNull())
        width += tab->iconSize.width() + kTabIconGap;
    if (tab->rightButtonSize.isValid() && tab->rightButtonSize.width() > 0)
        width += tab->rightButtonSize.width() + kTabIconGap;
    return {static_cast<int>(std::ceil(width)), m_theme.height(metrics::kTabHeight)};
}

void ParallaxStyle::drawTabShape(const QStyleOption &option, QPainter &painter) const
{
    if (option.state & State_Selected) {
        const QRectF line(option.rect.left() + 10, option.rect.bottom() - 1, option.rect.width() - 20, 2);
        fillRounded(painter, line, 1, color(option.state & State_Enabled ? Role::Accent : Role::Disabled));
    }
    if (option.state & State_HasFocus && option.state & State_KeyboardFocusChange)
        focusRing(painter, option.rect.adjusted(2, 3, -2, -4), metrics::kRadiusSmall, m_theme);
}

void ParallaxStyle::drawTabLabel(const QStyleOption &option, QPainter &painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(&option);
    if (tab == nullptr)
        return;
    const bool isEnabled = option.state & State_Enabled;
    const bool isChosen = option.state & State_Selected;
    QRectF rect = QRectF(option.rect).adjusted(kTabPadding, 0, -4, 0);
    if (!tab->icon.isNull()) {
        const QSize size = tab->iconSize;
        const QRect place(QPoint(static_cast<int>(rect.left()),
                                 static_cast<int>(std::round(rect.center().y() - size.height() / 2.0))),
                          size);
        tab->icon.paint(&painter, place, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled,
                        isChosen ? QIcon::On : QIcon::Off);
        rect.setLeft(rect.left() + size.width() + kTabIconGap);
    }
    painter.setFont(m_theme.font(isChosen ? TextStyle::Strong : TextStyle::Body));
    const bool isBright = isChosen || option.state & State_MouseOver;
    painter.setPen(color(!isEnabled ? Role::Disabled : isBright ? Role::Text : Role::Text2));
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, tab->text);
}

} // namespace parallax::theme
