// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/roles.h"

#include <QWidget>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// An icon that is no button: beside a title, before a name. Follows the theme; decoration to a screen reader unless it
/// is given an accessible name.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    IconLabel(const theme::Theme &theme, const QString &name, theme::Role role = theme::Role::Muted, int size = 16,
              QWidget *parent = nullptr);

    void setIcon(const QString &name, theme::Role role);
    /// The shape of the primary (kPrimary) or of a mirror, in its colour.
    void setIdentity(int index);
    [[nodiscard]] QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QString m_name;
    theme::Role m_role;
    int m_size;
};

} // namespace parallax::widgets
