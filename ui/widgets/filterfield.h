// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLineEdit>

class QToolButton;

namespace parallax::widgets {

/// A line edit with an icon at its start, a count at its end and a clear button while it holds text. Also the search
/// field of pickers and of the palette (bare, without frame). Esc clears it before it closes anything.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    FilterField(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                QWidget *parent = nullptr);

    void setIconName(const QString &name);
    /// "6,904 of 7,388", muted, before the clear button.
    void setCountText(const QString &text);
    /// The height of the design: 26 for a filter, 28 for a field.
    void setDesignHeight(int height);
    void setTextStyle(theme::TextStyle style);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void place();

    const theme::Theme &m_theme;
    QString m_icon;
    QString m_count;
    QToolButton *m_clear = nullptr;
    int m_designHeight;
    theme::TextStyle m_style = theme::TextStyle::Caption;
};

} // namespace parallax::widgets
