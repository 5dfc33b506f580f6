// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::theme {

PainterScope::PainterScope(QPainter &painter)
    : m_painter(painter)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
}

PainterScope::~PainterScope()
{
    m_painter.restore();
}

void fillRounded(QPainter &painter, const QRectF &rect, double radius, const QColor &color)
{
    const PainterScope scope(painter);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(rect, radius, radius);
}

void strokeRounded(QPainter &painter, const QRectF &rect, double radius, const QColor &color, double width)
{
    const PainterScope scope(painter);
    const double half = width / 2;
    painter.setPen(QPen(color, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), std::max(0.0, radius - half),
                            std::max(0.0, radius - half));
}

void panel(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &outline)
{
    const PainterScope scope(painter);
    painter.setPen(QPen(outline, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5);
}

void focusRing(QPainter &painter, const QRectF &rect, double radius, const Theme &theme)
{
    strokeRounded(painter, rect, radius, theme.color(Role::Focus), 2);
}

namespace {

constexpr int kBlur = 32;
constexpr int kShadowOffset = 12;

double coverage(double distance)
{
    // The error function of a Gaussian whose two sigma are the blur.
    return 0.5 * std::erfc(distance / (kBlur / 2.0 * std::numbers::sqrt2 / 1.4));
}

// One drawing of a square shadow; paint() stretches its middle.
QPixmap shadowPatch(int corner, bool isDark)
{
    const QString key = u"parallax-shadow-%1-%2"_s.arg(corner).arg(isDark ? 1 : 0);
    QPixmap patch;
    if (QPixmapCache::find(key, &patch))
        return patch;
    const int size = 2 * corner + 1;
    const double peak = isDark ? 0.60 : 0.19;
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    const double edge = corner - kBlur;
    for (int y = 0; y < size; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < size; ++x) {
            const double dx = std::max(0.0, std::abs(x - corner) - edge);
            const double dy = std::max(0.0, std::abs(y - corner) - edge);
            const double distance = std::hypot(dx, dy) - kBlur / 2.0;
            line[x] = qRgba(0, 0, 0, static_cast<int>(std::lround(255 * peak * coverage(distance))));
        }
    }
    patch = QPixmap::fromImage(image);
    QPixmapCache::insert(key, patch);
    return patch;
}

} // namespace

void shadow(QPainter &painter, const QRectF &frame, double radius, bool isDark)
{
    const int corner = kBlur + static_cast<int>(std::ceil(radius)) + kBlur / 2;
    const QPixmap patch = shadowPatch(corner, isDark);
    const double reach = kBlur / 2.0;
    const QRectF area = frame.adjusted(-reach, -reach, reach, reach).translated(0, kShadowOffset / 2.0);
    const double c = std::min({static_cast<double>(corner), area.width() / 2, area.height() / 2});
    const double xs[] = {area.left(), area.left() + c, area.right() - c, area.right()};
    const double ys[] = {area.top(), area.top() + c, area.bottom() - c, area.bottom()};
    const double sources[] = {0, c, patch.width() - c, static_cast<double>(patch.width())};
    const PainterScope scope(painter);
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column) {
            const QRectF target(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]));
            const QRectF source(QPointF(sources[column], sources[row]), QPointF(sources[column + 1], sources[row + 1]));
            if (!target.isEmpty())
                painter.drawPixmap(target, patch, source);
        }
    }
}

double text(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, const QColor &color,
            Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (rect.width() <= 0 || text.isEmpty())
        return 0;
    const QFontMetricsF metrics(font);
    const double full = metrics.horizontalAdvance(text);
    // Half a pixel of rounding is no reason to cut a text.
    const QString shown = full <= rect.width() + 0.5 ? text : metrics.elidedText(text, elide, rect.width());
    if (!(alignment & Qt::AlignVertical_Mask))
        alignment |= Qt::AlignVCenter;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect.adjusted(0, 0, 0.5, 0), static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    return std::min(full, rect.width());
}

namespace {

double digitWidth(const QFontMetricsF &metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

double width(const QString &text, const QFontMetricsF &metrics)
{
    const double digit = digitWidth(metrics);
    double sum = 0;
    for (const QChar character : text)
        sum += character.isDigit() ? digit : metrics.horizontalAdvance(character);
    return sum;
}

} // namespace

double numberWidth(const QString &text, const QFont &font)
{
    return width(text, QFontMetricsF(font));
}

double numberText(QPainter &painter, const QRectF &rect, const QString &string, const QFont &font, const QColor &color,
                  Qt::Alignment alignment)
{
    const QFontMetricsF metrics(font);
    const double full = width(string, metrics);
    if (full > rect.width() + 0.5)
        return text(painter, rect, string, font, color, alignment);
    const double digit = digitWidth(metrics);
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - full;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - full / 2;
    const double baseline = std::round(rect.center().y() + (metrics.ascent() - metrics.descent()) / 2);
    painter.setFont(font);
    painter.setPen(color);
    for (const QChar character : string) {
        const double advance = metrics.horizontalAdvance(character);
        const double cell = character.isDigit() ? digit : advance;
        painter.drawText(QPointF(x + (cell - advance) / 2, baseline), character);
        x += cell;
    }
    return full;
}

} // namespace parallax::theme
