// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/iconlabel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/identity.h"

#include <QPainter>

namespace parallax::widgets {

IconLabel::IconLabel(const theme::Theme &theme, const QString &name, theme::Role role, int size, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(name)
    , m_role(role)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    theme::follow(theme, this, [this, size] {
        m_size = m_theme.scaled(size);
        updateGeometry();
    });
}

void IconLabel::setIcon(const QString &name, theme::Role role)
{
    m_name = name;
    m_role = role;
    update();
}

void IconLabel::setIdentity(int index)
{
    setIcon(identityIconName(index), identityRole(index));
}

void IconLabel::paintEvent(QPaintEvent *)
{
    if (m_name.isEmpty())
        return;
    QPainter painter(this);
    const QRectF place((width() - m_size) / 2, (height() - m_size) / 2, m_size, m_size);
    m_theme.paintIcon(painter, place, m_name, isEnabled() ? m_role : theme::Role::Disabled);
}

} // namespace parallax::widgets
