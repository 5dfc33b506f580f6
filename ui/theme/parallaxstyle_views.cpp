// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows and headers of item views, scroll bars, splitters and tree branches.
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QListView>
#include <QPainter>
#include <QStyleOption>
#include <QTreeView>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::theme {

std::optional<Role> rowFill(const QStyleOption &option, const QWidget *view)
{
    if (option.state & QStyle::State_Selected) {
        const bool isFocused = option.state & QStyle::State_Active && (view == nullptr || view->hasFocus());
        return isFocused ? Role::Selection : Role::SelectionOff;
    }
    if (option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled)
        return Role::Hover;
    return std::nullopt;
}

void ParallaxStyle::drawRow(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(&option);
        item != nullptr && item->backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, item->backgroundBrush);
    const bool isPopupList = widget != nullptr && widget->inherits("QComboBoxListView");
    std::optional<Role> fill = rowFill(option, isPopupList ? nullptr : widget);
    if (!fill)
        return;
    // On the raised surface of a dark popup the hover colour would not show.
    if (isPopupList)
        fill = m_theme.isDark() ? Role::Pressed : Role::Hover;
    if (qobject_cast<const QListView *>(widget) != nullptr)
        fillRounded(painter, option.rect.adjusted(isPopupList ? 3 : 0, 0, isPopupList ? -3 : 0, 0),
                    metrics::kRadiusSmall, color(*fill));
    else
        painter.fillRect(option.rect, color(*fill));
}

void ParallaxStyle::drawHeaderSection(const QStyleOption &option, QPainter &painter) const
{
    painter.fillRect(option.rect, option.palette.color(QPalette::Base));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), color(Role::Border));
}

void ParallaxStyle::drawHeaderLabel(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(&option);
    if (header == nullptr)
        return;
    const auto *view = widget != nullptr ? qobject_cast<const QAbstractItemView *>(widget->parentWidget()) : nullptr;
    const bool isFirst =
        header->position == QStyleOptionHeader::Beginning || header->position == QStyleOptionHeader::OnlyOneSection;
    const bool isLast =
        header->position == QStyleOptionHeader::End || header->position == QStyleOptionHeader::OnlyOneSection;
    constexpr int kPadding = 8;
    QRectF rect =
        QRectF(option.rect)
            .adjusted(isFirst ? outerPadding(view) : kPadding, 0, -(isLast ? outerPadding(view) : kPadding), 0);
    if (!header->icon.isNull()) {
        const int size = m_theme.scaled(metrics::kSmallIconSize);
        header->icon.paint(&painter, QRect(static_cast<int>(rect.left()),
                                           static_cast<int>(std::round(rect.center().y() - size / 2.0)), size, size));
        rect.setLeft(rect.left() + size + 5);
    }
    const bool isSorted = header->sortIndicator != QStyleOptionHeader::None;
    const bool isRight = header->textAlignment & Qt::AlignRight;
    constexpr double kChevron = 12;
    if (isSorted)
        rect.setRight(rect.right() - kChevron - 2);
    const bool isHovered = option.state & State_MouseOver && option.state & State_Enabled && header->section >= 0;
    const double width = text(painter, rect, header->text, m_theme.font(TextStyle::Header),
                              color(isSorted || isHovered ? Role::Text2 : Role::Muted),
                              (header->textAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter);
    if (isSorted) {
        const double x = isRight ? rect.right() + 2 : rect.left() + width + 3;
        const bool isUp = header->sortIndicator == QStyleOptionHeader::SortDown;
        const PainterScope scope(painter);
        const QRectF place(x, std::round(rect.center().y() - kChevron / 2), kChevron, kChevron);
        painter.translate(place.center());
        if (isUp)
            painter.rotate(180);
        painter.translate(-place.center());
        m_theme.paintIcon(painter, place, u"chevron-down"_s, Role::Text2);
    }
}

QRect ParallaxStyle::scrollBarRect(const QStyleOptionComplex &option, SubControl part) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    if (bar == nullptr)
        return {};
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar->rect.width() : bar->rect.height();
    const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
    int thumb = length;
    if (range > 0)
        thumb = static_cast<int>(static_cast<qint64>(length) * bar->pageStep / (range + std::max(bar->pageStep, 1)));
    thumb = std::clamp(thumb, std::min(pixelMetric(PM_ScrollBarSliderMin, &option, nullptr), length), length);
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb, bar->upsideDown);
    const auto along = [&](int from, int size) {
        return isHorizontal ? QRect(from, 0, size, bar->rect.height()) : QRect(0, from, bar->rect.width(), size);
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return along(0, length);
    case SC_ScrollBarSlider:
        return along(start, thumb);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + thumb, length - start - thumb);
    default:
        return {};
    }
}

void ParallaxStyle::drawScrollBar(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    if (bar == nullptr)
        return;
    // The strip belongs to what scrolls.
    const QWidget *owner = widget;
    while (owner != nullptr && qobject_cast<const QAbstractScrollArea *>(owner) == nullptr)
        owner = owner->parentWidget();
    if (const auto *area = qobject_cast<const QAbstractScrollArea *>(owner)) {
        const QWidget *viewport = area->viewport();
        if (viewport->autoFillBackground())
            painter.fillRect(option.rect, viewport->palette().color(viewport->backgroundRole()));
    }
    if (bar->maximum <= bar->minimum)
        return;
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    const bool isHeld = option.state & State_Sunken && option.activeSubControls & SC_ScrollBarSlider;
    const bool isUnder = option.state & State_MouseOver;
    const QRectF slider = QRectF(subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget));
    const double inset = isUnder || isHeld ? 2 : 3;
    const QRectF thumb = isHorizontal ? slider.adjusted(2, inset, -2, -inset) : slider.adjusted(inset, 2, -inset, -2);
    const double radius = (isHorizontal ? thumb.height() : thumb.width()) / 2;
    fillRounded(painter, thumb, radius, color(isHeld || isUnder ? Role::Disabled : Role::BorderStrong));
}

void ParallaxStyle::drawSplitter(const QStyleOption &option, QPainter &painter) const
{
    painter.fillRect(option.rect, color(option.state & (State_Sunken | State_HasFocus) ? Role::Focus : Role::Border));
}

void ParallaxStyle::drawBranch(const QStyleOption &option, QPainter &painter) const
{
    if (!(option.state & State_Children))
        return;
    const double size = m_theme.scaled(metrics::kSmallIconSize);
    const QRectF place(std::round(option.rect.right() - size - 1),
                       std::round(QRectF(option.rect).center().y() - size / 2), size, size);
    m_theme.paintIcon(painter, place, option.state & State_Open ? u"chevron-down"_s : u"chevron-right"_s, Role::Muted);
}

} // namespace parallax::theme
