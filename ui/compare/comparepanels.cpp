// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparepanels.h"

#include "ui/models/displaytext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pairoutcome.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLocale>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

constexpr int kMark = 14;

QString tr(const char *text)
{
    return QCoreApplication::translate("parallax::ui", text);
}

/// A rounded square in the colour of a part of the bar.
class Swatch final : public QWidget
{
public:
    Swatch(const theme::Theme &theme, Role role)
        : m_theme(theme)
        , m_role(role)
    {
        setFixedSize(10, kMark);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(m_role));
        painter.drawRoundedRect(QRectF(0, (height() - 10) / 2.0, 10, 10), 3, 3);
    }

private:
    const theme::Theme &m_theme;
    Role m_role;
};

void clear(QGridLayout &grid)
{
    while (QLayoutItem *item = grid.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QString milliseconds(double value, bool isSigned = false)
{
    if (!std::isfinite(value))
        return u"\u2013"_s;
    const QString text = QLocale().toString(std::abs(value), 'f', std::abs(value) < 10 ? 2 : 0);
    if (!isSigned)
        return value < 0 ? u"\u2212"_s + text : text;
    return (value < 0 ? u"\u2212"_s : u"+"_s) + text;
}

widgets::ChartSeries series(const QString &name, const std::vector<double> &percentiles, int identity)
{
    widgets::ChartSeries one;
    one.name = name;
    one.identity = identity;
    for (std::size_t i = 0; i < percentiles.size(); ++i)
        one.points.emplace_back(std::max(percentiles[i], 0.01), static_cast<double>(i));
    return one;
}

} // namespace

void fillOutcomes(QGridLayout &grid, widgets::OutcomeBar &bar, const theme::Theme &theme,
                  const compare::MirrorSummary &mirror)
{
    clear(grid);
    QList<widgets::BarPart> parts;
    int line = 0;
    for (const traffic::Outcome outcome : compare::kOutcomeOrder) {
        const qint64 n = mirror.outcomes[outcome];
        if (n == 0)
            continue;
        const widgets::OutcomeGlyph glyph = widgets::glyphOf(outcome);
        const Role colour = widgets::outcomeChartRole(glyph);
        const QString name = display::outcomeName(outcome);
        parts.append({name, n, colour});
        grid.addWidget(new Swatch(theme, colour), line, 0);
        grid.addWidget(
            new widgets::IconLabel(theme, widgets::outcomeIconName(glyph), widgets::outcomeRole(glyph), kMark), line,
            1);
        grid.addWidget(new widgets::Label(theme, name.left(1).toUpper() + name.mid(1)), line, 2);
        grid.addWidget(new widgets::Label(theme, display::count(n), TextStyle::Strong), line, 3, Qt::AlignRight);
        const double share = static_cast<double>(n) / static_cast<double>(mirror.outcomes.total());
        grid.addWidget(new widgets::Label(theme, display::percent(share), TextStyle::Body, Role::Muted), line, 4,
                       Qt::AlignRight);
        ++line;
    }
    grid.setColumnStretch(2, 1);
    grid.setColumnMinimumWidth(4, theme.width(52));
    bar.setParts(parts);
}

void fillLatency(QGridLayout &grid, const theme::Theme &theme, const QString &primary,
                 const compare::MirrorSummary &mirror, int identity)
{
    clear(grid);
    const auto figures = [&](int line, const compare::LatencySide &side, Role role) {
        int column = 2;
        for (const double value : {side.p50, side.p95, side.p99})
            grid.addWidget(new widgets::Label(theme, milliseconds(value), TextStyle::Body, role), line, column++,
                           Qt::AlignRight);
    };
    const auto side = [&](int line, const QString &name, int shape, const compare::LatencySide &latency) {
        auto *mark = new widgets::IconLabel(theme, {}, Role::Muted, kMark);
        mark->setIdentity(shape);
        grid.addWidget(mark, line, 0);
        auto *label = new widgets::Label(theme, name);
        label->setElideMode(Qt::ElideRight);
        label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
        label->setMaximumWidth(120);
        grid.addWidget(label, line, 1);
        figures(line, latency, Role::Text);
    };
    grid.addWidget(new widgets::Label(theme, tr("Latency, ms"), TextStyle::Caption, Role::Text2), 0, 0, 1, 2);
    int column = 2;
    for (const QString &name : {u"p50"_s, u"p95"_s, u"p99"_s})
        grid.addWidget(new widgets::Label(theme, name, TextStyle::Caption, Role::Text2), 0, column++, Qt::AlignRight);
    const compare::LatencySummary &latency = mirror.latency;
    side(1, primary, widgets::kPrimary, latency.primary);
    side(2, mirror.name, identity, latency.mirror);
    grid.addWidget(new widgets::Label(theme, tr("Difference"), TextStyle::Body, Role::Text2), 3, 0, 1, 2);
    column = 2;
    for (const double value : {latency.mirror.p50 - latency.primary.p50, latency.mirror.p95 - latency.primary.p95,
                               latency.mirror.p99 - latency.primary.p99})
        grid.addWidget(new widgets::Label(theme, milliseconds(value, true), TextStyle::Body, Role::Text2), 3, column++,
                       Qt::AlignRight);
    if (std::isfinite(latency.medianDifferenceMs)) {
        QString paired = tr("Paired median %1 ms").arg(milliseconds(latency.medianDifferenceMs, true));
        if (std::isfinite(latency.ci.low))
            paired = tr("%1, %2 to %3").arg(paired, milliseconds(latency.ci.low), milliseconds(latency.ci.high));
        grid.addWidget(new widgets::Label(theme, paired, TextStyle::Caption, Role::Text2), 4, 0, 1, 5);
    }
    grid.setColumnMinimumWidth(1, 88);
    for (const int number : {2, 3, 4})
        grid.setColumnMinimumWidth(number, theme.width(44));
}

widgets::Chart latencyChart(const QString &primary, const compare::MirrorSummary &mirror, int identity)
{
    widgets::Chart chart;
    const std::vector<double> &left = mirror.latency.primary.percentiles;
    const std::vector<double> &right = mirror.latency.mirror.percentiles;
    if (left.empty() || right.empty())
        return chart;
    const double from = std::max(0.01, std::min(left.front(), right.front()));
    const double to = std::max({from * 2, left.back(), right.back()});
    chart.x = {from, to, true, {}};
    // About five figures fit under the axis.
    const QList<double> ticks = widgets::doublingTicks(from, to);
    const qsizetype step = std::max<qsizetype>(1, (ticks.size() + 4) / 5);
    for (qsizetype i = 0; i < ticks.size(); i += step)
        chart.x.ticks.append({ticks[i], milliseconds(ticks[i])});
    chart.y = {0, 100, false, {{0, u"0%"_s}, {50, u"50%"_s}, {100, u"100%"_s}}};
    chart.series = {series(primary, left, widgets::kPrimary), series(mirror.name, right, identity)};
    chart.description = tr("Share of answers within a time, of both sides");
    return chart;
}

} // namespace parallax::ui
