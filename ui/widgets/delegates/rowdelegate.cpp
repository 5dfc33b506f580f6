// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/delegates/rowdelegate.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

RowDelegate::RowDelegate(const theme::Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_height(metrics::kListRowHeight)
    , m_inset(metrics::kListInset)
{}

RowContent RowDelegate::content(const QModelIndex &index) const
{
    RowContent content;
    content.text = index.data(Qt::DisplayRole).toString();
    content.icon = index.data(Qt::DecorationRole).value<QIcon>().name();
    return content;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {80, m_theme.height(m_height)};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const RowContent shown = content(index);
    const QRectF row = QRectF(option.rect).adjusted(m_inset, 0, -m_inset, 0);
    const std::optional<Role> fill = theme::rowFill(option, option.widget);
    if (fill)
        theme::fillRounded(*painter, row, metrics::kRadiusSmall, m_theme.color(*fill));
    const bool isSelected = fill == Role::Selection;
    const int icon = m_theme.scaled(metrics::kIconSize);
    const double iconTop = std::round(row.center().y() - icon / 2.0);
    double left = row.left() + metrics::kRowPadding;
    if (shown.identity) {
        paintIdentity(*painter, QRectF(left, iconTop, icon, icon), m_theme, *shown.identity);
        left += icon + metrics::kIconGap;
    } else if (!shown.icon.isEmpty()) {
        m_theme.paintIcon(*painter, QRectF(left, iconTop, icon, icon), shown.icon,
                          isSelected ? Role::Accent : Role::Muted);
        left += icon + metrics::kIconGap;
    }
    const double end = paintEnd(*painter, row.adjusted(0, 0, -8, 0), shown);
    paintName(*painter, QRectF(left, row.top(), row.right() - 8 - end - left, row.height()), shown, isSelected);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange && !fill)
        theme::focusRing(*painter, row, metrics::kRadiusSmall, m_theme);
}

void RowDelegate::paintName(QPainter &painter, const QRectF &rect, const RowContent &content, bool isSelected) const
{
    const Role role = content.isMuted ? Role::Muted : Role::Text;
    QList<std::pair<qsizetype, qsizetype>> matches = content.matches;
    if (matches.isEmpty() && content.matchStart >= 0 && !content.pattern.isEmpty())
        matches.append({content.matchStart, content.pattern.size()});
    const QFont plain = m_theme.font(isSelected && matches.isEmpty() ? TextStyle::Name : TextStyle::Body);
    if (matches.isEmpty()) {
        theme::text(painter, rect, content.text, plain, m_theme.color(role));
        return;
    }
    double x = rect.left();
    const auto piece = [&](const QString &text, const QFont &font, Role color) {
        if (!text.isEmpty() && x < rect.right())
            x += theme::text(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), text, font,
                             m_theme.color(color));
    };
    qsizetype at = 0;
    for (const auto &[start, length] : std::as_const(matches)) {
        piece(content.text.mid(at, start - at), plain, role);
        piece(content.text.mid(start, length), m_theme.font(TextStyle::Strong), Role::Accent);
        at = start + length;
    }
    piece(content.text.mid(at), plain, role);
}

double RowDelegate::paintEnd(QPainter &painter, const QRectF &row, const RowContent &content) const
{
    const int icon = m_theme.scaled(metrics::kSmallIconSize);
    double right = row.right();
    const double middle = std::round(row.center().y() - icon / 2.0);
    if (!content.endIcon.isEmpty() || content.hasEndColumn) {
        if (!content.endIcon.isEmpty())
            m_theme.paintIcon(painter, QRectF(right - icon, middle, icon, icon), content.endIcon, content.endIconRole);
        right -= icon + 6;
    }
    if (!content.end.isEmpty()) {
        const QFont font = m_theme.font(content.isEndStrong ? TextStyle::SmallStrong : TextStyle::Small);
        const double width = std::min(QFontMetricsF(font).horizontalAdvance(content.end) + 1, row.width() / 2);
        theme::text(painter, QRectF(right - width, row.top(), width, row.height()), content.end, font,
                    m_theme.color(content.endRole), Qt::AlignRight | Qt::AlignVCenter);
        right -= width + 3;
        if (content.endIdentity) {
            const int mark = m_theme.scaled(12);
            paintIdentity(painter,
                          QRectF(std::round(right - mark), std::round(row.center().y() - mark / 2.0), mark, mark),
                          m_theme, *content.endIdentity);
            right -= mark;
        }
        right -= 6;
    }
    return row.right() - right;
}

bool RowDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                            const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    // A cut name shows whole.
    const RowContent shown = content(index);
    const double room = option.rect.width() - 2 * m_inset - metrics::kRowPadding - m_theme.scaled(metrics::kIconSize) -
                        metrics::kIconGap - 8;
    if (m_theme.metrics(TextStyle::Name).horizontalAdvance(shown.text) > room)
        QToolTip::showText(event->globalPos(), literalToolTip(shown.text), view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace parallax::widgets
