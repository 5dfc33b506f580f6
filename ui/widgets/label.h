// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace parallax::widgets {

/// A tooltip that shows the text literally: tooltips guess whether a text is markup, this leaves nothing to guess.
[[nodiscard]] QString literalToolTip(const QString &text);

/// A text in a step of the type scale and the colour of a role, following the theme. Plain text, never markup, unless
/// the text format is set. With an elide mode it gives way to its neighbours and shows the whole text as its tooltip.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(const theme::Theme &theme, const QString &text = {}, theme::TextStyle style = theme::TextStyle::Body,
                   theme::Role role = theme::Role::Text, QWidget *parent = nullptr);

    void setRole(theme::Role role);
    void setTextStyle(theme::TextStyle style);
    void setElideMode(Qt::TextElideMode mode);
    /// A wrapped text on this many pixels a line (more where the font needs it) instead of the font's own.
    void setLineHeight(int pixels);
    /// Lets the user select and copy it with mouse and keyboard.
    void setSelectable(bool isSelectable);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void apply();
    void updateToolTip();
    int layOut(int width, QPainter *painter) const;

    const theme::Theme &m_theme;
    theme::TextStyle m_style;
    theme::Role m_role;
    Qt::TextElideMode m_elide = Qt::ElideNone;
    int m_lineHeight = 0;
    bool m_ownsToolTip = false;
};

} // namespace parallax::widgets
