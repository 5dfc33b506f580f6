// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace parallax::theme {
class Theme;
}

namespace parallax::shell {

/// The button in the menu bar that looks like a search field and opens the palette.
class CommandButton : public QPushButton
{
    Q_OBJECT

public:
    CommandButton(const theme::Theme &theme, QAction *action, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QStringList m_caps;
};

} // namespace parallax::shell
