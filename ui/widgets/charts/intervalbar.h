// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// What an interval says about the gate.
enum class IntervalTone {
    Holds,
    Fails,
    Open, ///< the interval lies on both sides
};

/// Shares between 0 and 1.
struct Interval
{
    double low = 0;
    double high = 1;
    double value = 0.5;
    std::optional<double> gate;
    IntervalTone tone = IntervalTone::Open;
};

/// An interval on a scale: thick line, ring at the value, tick at the gate. The scale is the smallest of 0, 50, 90, 95,
/// 99 to 100 percent that shows all of it, named at its ends.
class IntervalBar : public QWidget
{
    Q_OBJECT

public:
    IntervalBar(const theme::Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    void setInterval(const Interval &interval);
    [[nodiscard]] double scaleStart() const { return m_scaleStart; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    Interval m_interval;
    double m_scaleStart = 0;
};

} // namespace parallax::widgets
