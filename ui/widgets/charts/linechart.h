// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/roles.h"

#include <QList>
#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// One line of a chart. With an identity it takes that colour and dash and ends in its shape.
struct ChartSeries
{
    QString name;
    std::vector<QPointF> points; ///< ascending in x
    std::optional<int> identity; ///< widgets::kPrimary, 0..
    theme::Role role = theme::Role::Accent;
    bool isDotted = false; ///< planned, not measured
    bool endsInShape = false;
};

/// A mark of an axis at a value.
struct ChartTick
{
    double value = 0;
    QString text;
};

struct ChartAxis
{
    double from = 0;
    double to = 1;
    bool isLogarithmic = false;
    QList<ChartTick> ticks;
};

struct Chart
{
    ChartAxis x;
    ChartAxis y;
    QList<ChartSeries> series;
    std::optional<double> now; ///< a dotted vertical line
    QString description;       ///< what a screen reader is told
};

/// Round numbers between, few enough to read: for the axes of a chart.
[[nodiscard]] QList<double> roundTicks(double from, double to, int about);
/// 10, 20, 40, 80, ...: doublings that lie inside.
[[nodiscard]] QList<double> doublingTicks(double from, double to);

/// Lines over two axes: latency distributions and rates. Horizontal grid lines only, no frame; under the pointer the
/// nearest values are read out (the status bar shows them). A line with more points than pixels is drawn by the
/// extremes of each pixel. The legend is the caller's.
class LineChart : public QWidget
{
    Q_OBJECT

public:
    LineChart(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
              QWidget *parent = nullptr);

    void setChart(Chart chart);
    [[nodiscard]] const Chart &chart() const { return m_chart; }
    [[nodiscard]] QSize sizeHint() const override { return {300, 110}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 70}; }

Q_SIGNALS:
    /// "alias 41, mirror_1 63 at 50%"; empty when the pointer left.
    void readOut(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] QPointF map(const QPointF &point, const QRectF &plot) const;
    [[nodiscard]] double unmapX(double x, const QRectF &plot) const;
    void paintAxes(QPainter &painter, const QRectF &plot) const;
    void paintSeries(QPainter &painter, const ChartSeries &series, const QRectF &plot) const;

    const theme::Theme &m_theme;
    Chart m_chart;
    std::optional<double> m_hover;
};

/// A line without axes for a tile: the last values of one figure.
class Sparkline : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(const theme::Theme &theme, theme::Role role, QWidget *parent = nullptr);

    void setValues(const QList<double> &values);
    [[nodiscard]] QSize sizeHint() const override { return {84, 22}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    theme::Role m_role;
    QList<double> m_values;
};

} // namespace parallax::widgets
