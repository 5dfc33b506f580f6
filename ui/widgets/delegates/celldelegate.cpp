// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/delegates/celldelegate.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/widgets/delegates/rowcopy.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

constexpr int kPadding = 8;
constexpr int kGap = 6;
constexpr int kSignWidth = 13;

} // namespace

CellDelegate::CellDelegate(const theme::Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_height(metrics::kTableRowHeight)
{
    if (auto *table = qobject_cast<QTableView *>(parent))
        copyRowsOnRequest(table);
}

CellContent CellDelegate::content(const QModelIndex &index) const
{
    CellContent content;
    content.text = index.data(Qt::DisplayRole).toString();
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
    content.isNumber = alignment & Qt::AlignRight;
    return content;
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const double width = neededWidth(content(index)) + 2 * kPadding;
    return {static_cast<int>(std::ceil(width)), m_theme.height(m_height)};
}

double CellDelegate::neededWidth(const CellContent &content) const
{
    const int glyph = m_theme.scaled(metrics::kSmallIconSize);
    const QFont font = m_theme.font(content.style);
    double width = content.textWidth > 0 ? content.textWidth
                   : content.isNumber    ? theme::numberWidth(content.text, font)
                                         : QFontMetricsF(font).horizontalAdvance(content.text);
    if (content.outcome || content.identity || !content.icon.isEmpty())
        width += glyph + kGap;
    if (!content.sign.isEmpty())
        width += kSignWidth;
    if (!content.suffix.isEmpty())
        width += kGap + QFontMetricsF(m_theme.font(TextStyle::Caption)).horizontalAdvance(content.suffix);
    if (!content.trailing.isEmpty())
        width += kGap + std::max<double>(content.trailingWidth, theme::numberWidth(content.trailing, font));
    return content.hasChooser ? width + glyph + kGap : width;
}

QRectF CellDelegate::inner(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isFirst = option.viewItemPosition == QStyleOptionViewItem::Beginning ||
                         option.viewItemPosition == QStyleOptionViewItem::OnlyOne || index.column() == 0;
    const bool isLast = option.viewItemPosition == QStyleOptionViewItem::End ||
                        option.viewItemPosition == QStyleOptionViewItem::OnlyOne ||
                        index.column() == index.model()->columnCount(index.parent()) - 1;
    const double left = isFirst ? theme::outerPadding(option.widget) : kPadding;
    const double right = isLast ? theme::outerPadding(option.widget) : kPadding;
    return QRectF(option.rect).adjusted(left, 0, -right, 0);
}

void CellDelegate::paintBackground(QPainter &painter, const QStyleOptionViewItem &option) const
{
    std::optional<Role> fill = theme::rowFill(option, option.widget);
    if (m_isForm && fill == Role::Hover)
        fill.reset();
    if (fill)
        painter.fillRect(option.rect, m_theme.color(*fill));
    if (m_isForm)
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                         m_theme.color(Role::Border));
}

double CellDelegate::paintMarks(QPainter &painter, const QRectF &rect, const CellContent &content) const
{
    const int glyph = m_theme.scaled(metrics::kSmallIconSize);
    const QRectF place(rect.left(), std::round(rect.center().y() - glyph / 2.0), glyph, glyph);
    if (content.outcome)
        paintOutcome(painter, place, m_theme, *content.outcome);
    else if (content.identity)
        paintIdentity(painter, place, m_theme, *content.identity);
    else if (!content.icon.isEmpty())
        m_theme.paintIcon(painter, place, content.icon, content.iconRole);
    else if (!content.sign.isEmpty()) {
        theme::text(painter, QRectF(rect.left(), rect.top(), kSignWidth, rect.height()), content.sign,
                    m_theme.font(TextStyle::CodeStrong), m_theme.color(content.signRole));
        return kSignWidth;
    } else
        return 0;
    return glyph + kGap;
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const CellContent shown = content(index);
    const int glyph = m_theme.scaled(metrics::kSmallIconSize);
    paintBackground(*painter, option);
    QRectF rest = inner(option, index);
    if (m_isForm)
        rest.setBottom(rest.bottom() - 1);
    if (shown.isAction) {
        const bool isUnder = option.state & QStyle::State_MouseOver;
        const QRectF place(std::round(rest.right() - glyph - 4), std::round(rest.center().y() - glyph / 2.0), glyph,
                           glyph);
        if (isUnder)
            theme::fillRounded(*painter, place.adjusted(-4, -4, 4, 4), metrics::kRadiusSmall,
                               m_theme.color(Role::Hover));
        m_theme.paintIcon(*painter, place, shown.icon, isUnder ? Role::Text : shown.iconRole);
        return;
    }
    if (shown.hasChooser) {
        m_theme.paintIcon(*painter,
                          QRectF(rest.right() - glyph, std::round(rest.center().y() - glyph / 2.0), glyph, glyph),
                          u"updown"_s, Role::Muted);
        rest.setRight(rest.right() - glyph - kGap);
    }
    rest.setLeft(rest.left() + paintMarks(*painter, rest, shown));
    const QFont font = m_theme.font(shown.style);
    if (!shown.trailing.isEmpty()) {
        const double width =
            theme::numberText(*painter, rest, shown.trailing, font, m_theme.color(shown.trailingRole), Qt::AlignRight);
        rest.setRight(rest.right() - std::max<double>(width, shown.trailingWidth) - kGap);
    }
    double used = 0;
    if (shown.isNumber)
        used = theme::numberText(*painter, rest, shown.text, font, m_theme.color(shown.role),
                                 shown.isLeft ? Qt::AlignLeft : Qt::AlignRight);
    else
        used = theme::text(*painter, rest, shown.text, font, m_theme.color(shown.role), Qt::AlignLeft, shown.elide);
    if (!shown.suffix.isEmpty()) {
        rest.setLeft(rest.left() + used + kGap);
        theme::text(*painter, rest, shown.suffix, m_theme.font(TextStyle::Caption), m_theme.color(Role::Muted));
    }
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange && m_isForm)
        theme::focusRing(*painter, option.rect.adjusted(0, 1, 0, -2), metrics::kRadiusItem, m_theme);
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    // A cut text shows whole.
    const CellContent shown = content(index);
    if (neededWidth(shown) > inner(option, index).width() + 1)
        QToolTip::showText(event->globalPos(),
                           literalToolTip(shown.suffix.isEmpty() ? shown.text : shown.text + u' ' + shown.suffix),
                           view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace parallax::widgets
