// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <cmath>

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

Role fillRole(const theme::Theme &theme, PillKind kind)
{
    switch (kind) {
    case PillKind::Accent:
        return Role::AccentSoft;
    case PillKind::Ok:
        return Role::OkSoft;
    case PillKind::Different:
        return Role::DifferentSoft;
    case PillKind::Error:
        return Role::ErrorSoft;
    case PillKind::Warning:
        return Role::WarningSoft;
    case PillKind::Neutral:
        break;
    }
    return theme.isDark() ? Role::Hover : Role::Pressed;
}

Role textRole(PillKind kind)
{
    switch (kind) {
    case PillKind::Accent:
        return Role::Accent;
    case PillKind::Ok:
        return Role::Ok;
    case PillKind::Different:
        return Role::Different;
    case PillKind::Error:
        return Role::Error;
    case PillKind::Warning:
        return Role::Warning;
    case PillKind::Neutral:
        break;
    }
    return Role::Text2;
}

TextStyle textStyle(const PillText &pill)
{
    return pill.isCount ? TextStyle::Small : TextStyle::HeaderMedium;
}

int padding(const PillText &pill)
{
    return pill.isCount ? 6 : 8;
}

} // namespace

QSize pillSize(const theme::Theme &theme, const PillText &pill)
{
    double width = 2 * padding(pill) + QFontMetricsF(theme.font(textStyle(pill))).horizontalAdvance(pill.text);
    if (!pill.icon.isEmpty())
        width += theme.scaled(metrics::kSmallIconSize) - 2 + 5;
    const int design = pill.isCount ? metrics::kCountPillHeight : metrics::kPillHeight;
    return {static_cast<int>(std::ceil(width)), theme.height(design, textStyle(pill))};
}

void paintPill(QPainter &painter, const QRectF &rect, const theme::Theme &theme, const PillText &pill)
{
    const QSizeF size = pillSize(theme, pill);
    const QRectF shape(rect.left(), std::round(rect.center().y() - size.height() / 2),
                       std::min(size.width(), rect.width()), size.height());
    theme::fillRounded(painter, shape, size.height() / 2, theme.color(fillRole(theme, pill.kind)));
    double x = shape.left() + padding(pill);
    if (!pill.icon.isEmpty()) {
        const int icon = theme.scaled(metrics::kSmallIconSize);
        x -= 2;
        theme.paintIcon(painter, QRectF(x, std::round(shape.center().y() - icon / 2.0), icon, icon), pill.icon,
                        textRole(pill.kind));
        x += icon + 5;
    }
    theme::text(painter, QRectF(x, shape.top(), shape.right() - x - padding(pill) + 2, shape.height()), pill.text,
                theme.font(textStyle(pill)), theme.color(textRole(pill.kind)));
}

Pill::Pill(const theme::Theme &theme, PillText pill, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_pill(std::move(pill))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(m_pill.text);
    connect(&theme, &theme::Theme::changed, this, [this] { updateGeometry(); });
}

void Pill::setPill(const PillText &pill)
{
    m_pill = pill;
    setAccessibleName(pill.text);
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    return pillSize(m_theme, m_pill);
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPill(painter, rect(), m_theme, m_pill);
}

} // namespace parallax::widgets
