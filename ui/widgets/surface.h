// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/roles.h"

#include <QWidget>

class QHBoxLayout;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// A plain area in the colour of a role with hairlines at the edges asked for: side bars, pane headers, toolbars,
/// footers. Its background role is the colour's, so what stands on it blends in. GUI thread, owned by its parent.
class Surface : public QWidget
{
    Q_OBJECT

public:
    Surface(const theme::Theme &theme, theme::Role role, Qt::Edges hairlines = {}, QWidget *parent = nullptr);

    void setHairlines(Qt::Edges hairlines);
    /// Rounds the two lower corners, for the footer of a popup.
    void setFooterRadius(double radius);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void applyColors();

    const theme::Theme &m_theme;
    theme::Role m_role;
    Qt::Edges m_hairlines;
    double m_footerRadius = 0;
};

/// A 36 px header of a pane with a row for its title and buttons.
class PaneHeader : public Surface
{
    Q_OBJECT

public:
    explicit PaneHeader(const theme::Theme &theme, QWidget *parent = nullptr, theme::Role role = theme::Role::Window,
                        Qt::Edges hairlines = Qt::BottomEdge);

    [[nodiscard]] QHBoxLayout *row() const { return m_row; }

private:
    QHBoxLayout *m_row = nullptr;
};

/// The 44 px row of buttons at the top of a mode.
class ToolRow : public Surface
{
    Q_OBJECT

public:
    explicit ToolRow(const theme::Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QHBoxLayout *row() const { return m_row; }
    /// A short vertical line between groups.
    void addSeparator();

private:
    const theme::Theme &m_theme;
    QHBoxLayout *m_row = nullptr;
};

/// A 1 px line in the border colour.
[[nodiscard]] QWidget *hairline(const theme::Theme &theme, Qt::Orientation orientation, QWidget *parent = nullptr);

} // namespace parallax::widgets
