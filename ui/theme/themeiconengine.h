// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/iconset.h"

#include <QIconEngine>
#include <QPointer>

namespace parallax::theme {

class Theme;

/// The QIcon side of an IconSet: picks the role for the mode and state it is asked for and the colour of the theme as
/// it is at that moment, so that icons follow a change of theme without being set again.
class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(const Theme &theme, QString name, const IconTint &tint);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QSize actualSize(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;
    QString key() const override;
    QString iconName() override { return m_name; }
    bool isNull() override { return m_theme.isNull(); }

private:
    [[nodiscard]] Role role(QIcon::Mode mode, QIcon::State state) const;

    QPointer<const Theme> m_theme;
    QString m_name;
    IconTint m_tint;
};

} // namespace parallax::theme
