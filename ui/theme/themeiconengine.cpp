// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/themeiconengine.h"

#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace parallax::theme {

ThemeIconEngine::ThemeIconEngine(const Theme &theme, QString name, const IconTint &tint)
    : m_theme(&theme)
    , m_name(std::move(name))
    , m_tint(tint)
{}

void ThemeIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    if (m_theme)
        m_theme->icons().paint(*painter, rect, m_name, m_theme->color(role(mode, state)));
}

QPixmap ThemeIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

// Qt asks for the size in device pixels here.
QPixmap ThemeIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale)
{
    if (!m_theme)
        return {};
    QPixmap picture = m_theme->icons().pixmap(m_name, size, 1.0, m_theme->color(role(mode, state)));
    picture.setDevicePixelRatio(scale);
    return picture;
}

QSize ThemeIconEngine::actualSize(const QSize &size, QIcon::Mode, QIcon::State)
{
    return size;
}

QIconEngine *ThemeIconEngine::clone() const
{
    return new ThemeIconEngine(*this);
}

QString ThemeIconEngine::key() const
{
    return u"parallax"_s;
}

Role ThemeIconEngine::role(QIcon::Mode mode, QIcon::State state) const
{
    if (mode == QIcon::Disabled)
        return m_tint.disabled;
    if (state == QIcon::On)
        return m_tint.current;
    return mode == QIcon::Normal ? m_tint.rest : m_tint.hover;
}

} // namespace parallax::theme
