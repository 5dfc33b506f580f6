// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <functional>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// The route line of Edit: solid from the top to the backend that answers, dotted on to every mirror that only listens,
/// with the shape of each at the height of its row. Asks for the heights whenever it paints; the form calls update()
/// when rows move.
class RouteGutter : public QWidget
{
    Q_OBJECT

public:
    struct Stop
    {
        int y = 0;        ///< of the row's middle, in this widget's coordinates
        int identity = 0; ///< kPrimary, or the mirror's index
        friend bool operator==(const Stop &, const Stop &) = default;
    };
    using Stops = std::function<QList<Stop>()>;

    RouteGutter(const theme::Theme &theme, Stops stops, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {56, 100}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    Stops m_stops;
};

} // namespace parallax::widgets
