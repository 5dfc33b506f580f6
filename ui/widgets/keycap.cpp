// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keycap.h"

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

constexpr int kPadding = 6;
constexpr int kGap = 6;
constexpr int kTextGap = 5;

double capWidth(const theme::Theme &theme, const QString &cap)
{
    const int height = theme.height(metrics::kKeyCapHeight, TextStyle::Small);
    return std::max<double>(height, std::ceil(QFontMetricsF(theme.font(TextStyle::Small)).horizontalAdvance(cap)) +
                                        2 * kPadding);
}

} // namespace

double keyCapsWidth(const theme::Theme &theme, const QStringList &caps)
{
    double width = 0;
    for (const QString &cap : caps)
        width += capWidth(theme, cap);
    return width + kGap * static_cast<double>(std::max<qsizetype>(0, caps.size() - 1));
}

double paintKeyCaps(QPainter &painter, const QRectF &rect, const theme::Theme &theme, const QStringList &caps)
{
    const int height = theme.height(metrics::kKeyCapHeight, TextStyle::Small);
    const double top = std::round(rect.center().y() - height / 2.0);
    double x = std::round(rect.left());
    for (const QString &cap : caps) {
        const QRectF shape(x, top, capWidth(theme, cap), height);
        theme::panel(painter, shape, metrics::kRadiusItem, theme.color(theme.isDark() ? Role::Hover : Role::Sunken),
                     theme.color(theme.isDark() ? Role::BorderStrong : Role::Border));
        theme::text(painter, shape, cap, theme.font(TextStyle::Small), theme.color(Role::Muted), Qt::AlignCenter);
        x += shape.width() + kGap;
    }
    return caps.isEmpty() ? 0 : x - kGap - rect.left();
}

KeyHint::KeyHint(const theme::Theme &theme, QStringList caps, QString text, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_caps(std::move(caps))
    , m_text(std::move(text))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &theme::Theme::changed, this, [this] { updateGeometry(); });
}

QSize KeyHint::sizeHint() const
{
    double width = keyCapsWidth(m_theme, m_caps);
    if (!m_text.isEmpty())
        width += kTextGap + QFontMetricsF(m_theme.font(TextStyle::Header)).horizontalAdvance(m_text);
    return {static_cast<int>(std::ceil(width)), m_theme.height(metrics::kKeyCapHeight, TextStyle::Small) + 2};
}

void KeyHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double used = paintKeyCaps(painter, rect(), m_theme, m_caps);
    theme::text(painter, QRectF(rect()).adjusted(used + kTextGap, 0, 2, 0), m_text, m_theme.font(TextStyle::Header),
                m_theme.color(Role::Muted));
}

} // namespace parallax::widgets
