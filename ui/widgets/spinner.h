// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// A 16 px arc for work of unknown length. Shows itself 200 ms after start(), so short work flickers nothing; stands
/// still where the desktop wants no animation.
class Spinner : public QWidget
{
    Q_OBJECT

public:
    Spinner(const theme::Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] QSize sizeHint() const override { return {16, 16}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QTimer m_delay;
    QTimer m_turn;
    int m_angle = 90;
    bool m_isRunning = false;
};

} // namespace parallax::widgets
