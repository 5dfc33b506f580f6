// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/runcharts.h"

#include "ui/models/displaytext.h"
#include "ui/widgets/identity.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunCharts", text);
}

double seconds(Nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

QString clockText(double value)
{
    const auto whole = static_cast<qint64>(std::floor(value));
    return u"%1:%2"_s.arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

/// From the start to the expected end.
widgets::ChartAxis timeAxis(const ReplayView &view, bool isOver)
{
    const replay::Progress &progress = view.progress;
    double end = seconds(progress.elapsed);
    if (!isOver && progress.eta)
        end += seconds(*progress.eta);
    widgets::ChartAxis axis{0, std::max(end, 1.0), false, {}};
    // Quarters of short runs would read the same second twice.
    const int parts = axis.to >= 3 ? 3 : 1;
    for (int i = 0; i <= parts; ++i)
        axis.ticks.append({axis.to * i / parts, clockText(axis.to * i / parts)});
    return axis;
}

/// Four lines with round steps from nought to beyond the largest.
widgets::ChartAxis figureAxis(const QList<widgets::ChartSeries> &series)
{
    double largest = 0;
    for (const widgets::ChartSeries &one : series) {
        for (const QPointF &point : one.points)
            largest = std::max(largest, point.y());
    }
    constexpr int kSteps = 3;
    double step = largest <= 0 ? 1 : largest * 1.05 / kSteps;
    const double power = std::pow(10, std::floor(std::log10(step)));
    for (const double factor : {1.0, 2.0, 4.0, 5.0, 8.0, 10.0}) {
        if (factor * power >= step) {
            step = factor * power;
            break;
        }
    }
    widgets::ChartAxis axis{0, step * kSteps, false, {}};
    for (int i = 0; i <= kSteps; ++i)
        axis.ticks.append(
            {step * i, QLocale().toString(step * i, 'f', step < 1 ? 2 : step < 10 && step != std::floor(step))});
    return axis;
}

std::vector<QPointF> plannedRate(const ReplayView &view, double end)
{
    const replay::Pace &pace = view.plan.pace;
    if (pace.kind == replay::PaceKind::Rate)
        return {{0, pace.rate}, {end, pace.rate}};
    if (pace.kind != replay::PaceKind::Ramp)
        return {};
    const double over = seconds(pace.over);
    std::vector<QPointF> points{{0, pace.rate}};
    if (over >= end && over > 0) {
        points.emplace_back(end, pace.rate + (pace.rateEnd - pace.rate) * end / over);
        return points;
    }
    points.emplace_back(over, pace.rateEnd);
    points.emplace_back(end, pace.rateEnd);
    return points;
}

} // namespace

widgets::Chart rateChart(const ReplayView &view, bool isOver)
{
    widgets::Chart chart;
    chart.x = timeAxis(view, isOver);
    widgets::ChartSeries planned;
    planned.name = tr("planned");
    planned.points = plannedRate(view, chart.x.to);
    planned.role = theme::Role::Muted;
    planned.isDotted = true;
    widgets::ChartSeries sent;
    sent.name = tr("sent");
    sent.points = view.sentRate;
    sent.role = theme::Role::Accent;
    if (!planned.points.empty())
        chart.series.append(planned);
    chart.series.append(sent);
    chart.y = figureAxis(chart.series);
    if (!isOver)
        chart.now = seconds(view.progress.elapsed);
    chart.description =
        tr("Requests sent a second over the run, on average %1").arg(QLocale().toString(view.progress.rate, 'f', 0));
    return chart;
}

widgets::Chart latencyChart(const ReplayView &view, bool isOver)
{
    widgets::Chart chart;
    chart.x = timeAxis(view, isOver);
    QStringList said;
    for (std::size_t i = 0; i < view.latency.size(); ++i) {
        widgets::ChartSeries series;
        series.name = view.latency[i].name;
        series.points = view.latency[i].points;
        series.identity = static_cast<int>(i) - 1;
        series.endsInShape = true;
        if (!series.points.empty())
            said += tr("%1 %2").arg(series.name, display::duration(series.points.back().y()));
        chart.series.append(series);
    }
    chart.y = figureAxis(chart.series);
    if (!isOver)
        chart.now = seconds(view.progress.elapsed);
    chart.description = tr("95th percentile of the answers' times over the run: %1").arg(said.join(u", "_s));
    return chart;
}

} // namespace parallax::ui
