// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/linechart.h"

#include "ui/theme/controls.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/identity.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;

namespace {

constexpr double kLine = 1.75;
constexpr double kShape = 12;

double place(double value, const ChartAxis &axis)
{
    if (axis.isLogarithmic && axis.from > 0 && axis.to > axis.from) {
        const double low = std::log(axis.from);
        return (std::log(std::max(value, axis.from * 1e-6)) - low) / (std::log(axis.to) - low);
    }
    return axis.to > axis.from ? (value - axis.from) / (axis.to - axis.from) : 0;
}

// The value of a line at x, between its points.
std::optional<double> valueAt(const std::vector<QPointF> &points, double x)
{
    if (points.empty() || x < points.front().x() || x > points.back().x())
        return std::nullopt;
    const auto after = std::lower_bound(points.begin(), points.end(), x,
                                        [](const QPointF &point, double at) { return point.x() < at; });
    if (after == points.begin())
        return after->y();
    const QPointF a = *std::prev(after);
    const double span = after->x() - a.x();
    return span > 0 ? a.y() + (after->y() - a.y()) * (x - a.x()) / span : after->y();
}

// At most four points for every pixel: where it enters, its extremes, where it leaves.
QPolygonF decimated(const QPolygonF &line)
{
    if (line.size() < 2000)
        return line;
    QPolygonF few;
    for (qsizetype i = 0; i < line.size();) {
        const double column = std::floor(line.at(i).x());
        qsizetype low = i;
        qsizetype high = i;
        qsizetype last = i;
        for (; last < line.size() && std::floor(line.at(last).x()) == column; ++last) {
            if (line.at(last).y() < line.at(low).y())
                low = last;
            if (line.at(last).y() > line.at(high).y())
                high = last;
        }
        few << line.at(i) << line.at(std::min(low, high)) << line.at(std::max(low, high)) << line.at(last - 1);
        i = last;
    }
    return few;
}

} // namespace

QList<double> roundTicks(double from, double to, int about)
{
    QList<double> ticks;
    if (!(to > from) || about < 1)
        return ticks;
    const double rough = (to - from) / about;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = power * 10;
    for (const double nice : {1.0, 2.0, 4.0, 5.0, 8.0}) {
        if (power * nice >= rough * 0.999) {
            step = power * nice;
            break;
        }
    }
    for (double tick = std::ceil(from / step - 1e-9) * step; tick <= to + step * 1e-9; tick += step)
        ticks.append(tick);
    return ticks;
}

QList<double> doublingTicks(double from, double to)
{
    QList<double> ticks;
    if (!(from > 0) || !(to > from))
        return ticks;
    double tick = std::pow(10, std::floor(std::log10(from)));
    for (; tick <= to; tick *= 2) {
        if (tick >= from)
            ticks.append(tick);
    }
    return ticks;
}

LineChart::LineChart(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                     QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    theme::setNames(this, objectName, accessibleName);
    setMouseTracking(true);
}

void LineChart::setChart(Chart chart)
{
    m_chart = std::move(chart);
    setAccessibleDescription(m_chart.description);
    update();
}

QRectF LineChart::plotRect() const
{
    const QFontMetricsF metrics(m_theme.font(TextStyle::Small));
    double left = 0;
    for (const ChartTick &tick : m_chart.y.ticks)
        left = std::max(left, theme::numberWidth(tick.text, m_theme.font(TextStyle::Small)));
    const double half = metrics.height() / 2;
    const double right = m_chart.x.ticks.isEmpty() ? 2 : 14;
    return QRectF(rect()).adjusted(left + 8, half, -right, -(metrics.height() + 6));
}

QPointF LineChart::map(const QPointF &point, const QRectF &plot) const
{
    return {plot.left() + place(point.x(), m_chart.x) * plot.width(),
            plot.bottom() - place(point.y(), m_chart.y) * plot.height()};
}

double LineChart::unmapX(double x, const QRectF &plot) const
{
    const double share = plot.width() > 0 ? (x - plot.left()) / plot.width() : 0;
    const ChartAxis &axis = m_chart.x;
    if (axis.isLogarithmic && axis.from > 0)
        return axis.from * std::pow(axis.to / axis.from, share);
    return axis.from + share * (axis.to - axis.from);
}

void LineChart::paintAxes(QPainter &painter, const QRectF &plot) const
{
    const QFont font = m_theme.font(TextStyle::Small);
    const QColor axis = m_theme.color(Role::ChartAxis);
    for (const ChartTick &tick : m_chart.y.ticks) {
        const double y = std::round(map({m_chart.x.from, tick.value}, plot).y());
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), m_theme.color(Role::ChartGrid));
        theme::numberText(painter, QRectF(0, y - 8, plot.left() - 8, 16), tick.text, font, axis, Qt::AlignRight);
    }
    double end = -1;
    for (qsizetype i = 0; i < m_chart.x.ticks.size(); ++i) {
        const ChartTick &tick = m_chart.x.ticks.at(i);
        const double x = map({tick.value, 0}, plot).x();
        const double width = QFontMetricsF(font).horizontalAdvance(tick.text) + 2;
        // The outer texts stay inside.
        const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width));
        // A narrow chart says fewer of them.
        if (left < end)
            continue;
        end = left + width + 4;
        theme::text(painter, QRectF(left, plot.bottom() + 5, width, QFontMetricsF(font).height()), tick.text, font,
                    axis, Qt::AlignCenter);
    }
}

void LineChart::paintSeries(QPainter &painter, const ChartSeries &series, const QRectF &plot) const
{
    if (series.points.empty())
        return;
    QPolygonF line;
    line.reserve(static_cast<qsizetype>(series.points.size()));
    for (const QPointF &point : series.points)
        line << map(point, plot);
    QPen pen = series.identity ? identityPen(m_theme, *series.identity, kLine)
                               : QPen(m_theme.color(series.role), kLine, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (series.isDotted) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setWidthF(1.5);
        pen.setDashPattern({2, 2});
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(decimated(line));
    if (series.identity && series.endsInShape) {
        const QPointF end = line.constLast();
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Base));
        painter.drawEllipse(end, kShape / 2 + 0.5, kShape / 2 + 0.5);
        paintIdentity(painter,
                      QRectF(std::round(end.x() - kShape / 2), std::round(end.y() - kShape / 2), kShape, kShape),
                      m_theme, *series.identity);
    }
}

void LineChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::PainterScope scope(painter);
    const QRectF plot = plotRect();
    if (plot.width() <= 0 || plot.height() <= 0)
        return;
    paintAxes(painter, plot);
    const auto vertical = [&](double value, Role role) {
        const double x = std::round(map({value, 0}, plot).x()) + 0.5;
        painter.setPen(QPen(m_theme.color(role), 1, Qt::DotLine));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    };
    if (m_chart.now)
        vertical(*m_chart.now, Role::BorderStrong);
    if (m_hover)
        vertical(*m_hover, Role::Muted);
    painter.setClipRect(plot.adjusted(-2, -kShape, kShape, 2));
    for (const ChartSeries &series : std::as_const(m_chart.series))
        paintSeries(painter, series, plot);
}

void LineChart::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF plot = plotRect();
    const double x = unmapX(std::clamp(event->position().x(), plot.left(), plot.right()), plot);
    m_hover = x;
    update();
    const QLocale locale;
    QStringList parts;
    for (const ChartSeries &series : std::as_const(m_chart.series)) {
        if (const std::optional<double> value = valueAt(series.points, x); value && !series.isDotted)
            parts.append(series.name + u' ' + locale.toString(*value, 'g', 4));
    }
    Q_EMIT readOut(parts.isEmpty() ? QString() : tr("%1 at %2").arg(parts.join(u", "_s), locale.toString(x, 'g', 4)));
}

void LineChart::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_hover.reset();
    update();
    Q_EMIT readOut({});
}

Sparkline::Sparkline(const theme::Theme &theme, Role role, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_role(role)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Sparkline::setValues(const QList<double> &values)
{
    m_values = values;
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    if (m_values.size() < 2)
        return;
    QPainter painter(this);
    const theme::PainterScope scope(painter);
    const auto [low, high] = std::minmax_element(m_values.cbegin(), m_values.cend());
    const double span = std::max(*high - *low, 1e-9);
    QPolygonF line;
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        const double x = 1 + (width() - 2.0) * static_cast<double>(i) / static_cast<double>(m_values.size() - 1);
        line << QPointF(x, height() - 2 - (m_values.at(i) - *low) / span * (height() - 4));
    }
    painter.setPen(QPen(m_theme.color(m_role), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

} // namespace parallax::widgets
