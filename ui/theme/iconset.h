// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/roles.h"

#include <QHash>
#include <QPixmap>
#include <QString>

#include <memory>
#include <unordered_map>

class QPainter;
class QSvgRenderer;

namespace parallax::theme {

/// Which role an icon takes in which state of the control that shows it.
struct IconTint
{
    Role rest = Role::Muted;
    Role hover = Role::Text;
    Role current = Role::Accent;
    Role disabled = Role::Disabled;

    /// One role whatever happens, but for disabled: identities, outcomes, icons on a filled button.
    [[nodiscard]] static IconTint fixed(Role role) { return {role, role, role, Role::Disabled}; }
    friend bool operator==(const IconTint &, const IconTint &) = default;
};

/// The drawings of resources/icons. Each is loaded once and used as a mask that is filled with a colour; the pictures
/// are kept by name, size, device pixel ratio and colour. GUI thread only, owned by the Theme.
class IconSet
{
public:
    IconSet();
    ~IconSet();
    IconSet(const IconSet &) = delete;
    IconSet &operator=(const IconSet &) = delete;

    [[nodiscard]] bool contains(const QString &name) const;
    /// Every drawing by its name, sorted.
    [[nodiscard]] static QStringList names();
    [[nodiscard]] QPixmap pixmap(const QString &name, const QSize &size, qreal devicePixelRatio,
                                 const QColor &color) const;
    void paint(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color) const;
    /// After a change of colours: what was painted before is not needed again.
    void clear();

private:
    struct Key
    {
        QString name;
        QSize size; ///< in device pixels
        QRgb color = 0;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.name, key.size.width(), key.size.height(), key.color);
        }
    };

    QSvgRenderer *renderer(const QString &name) const;

    mutable std::unordered_map<QString, std::unique_ptr<QSvgRenderer>> m_renderers;
    mutable QHash<Key, QPixmap> m_pixmaps;
};

} // namespace parallax::theme
