// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/roles.h"

#include <QWidget>

class QPainter;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// The meaning of a pill: soft fill and text of the same hue.
enum class PillKind {
    Neutral,
    Accent,
    Ok,
    Different,
    Error,
    Warning,
};

/// What a pill shows. A pill is for a word of state, or a count.
struct PillText
{
    QString text;
    PillKind kind = PillKind::Neutral;
    QString icon;         ///< a name of resources/icons, or empty
    bool isCount = false; ///< 17 px: in tabs and rows
};

[[nodiscard]] QSize pillSize(const theme::Theme &theme, const PillText &pill);
/// Paints it at the left of the rectangle, vertically centred; for delegates.
void paintPill(QPainter &painter, const QRectF &rect, const theme::Theme &theme, const PillText &pill);

/// A pill as a widget. Its text is its accessible name; it takes no focus.
class Pill : public QWidget
{
    Q_OBJECT

public:
    explicit Pill(const theme::Theme &theme, PillText pill = {}, QWidget *parent = nullptr);

    void setPill(const PillText &pill);
    [[nodiscard]] QString text() const { return m_pill.text; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    PillText m_pill;
};

} // namespace parallax::widgets
