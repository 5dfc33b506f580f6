// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/iconset.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>

using namespace Qt::StringLiterals;

// A static library registers its resources only when asked.
static void initIcons()
{
    Q_INIT_RESOURCE(parallax_icons);
}

namespace parallax::theme {

namespace {

// More than any screen of the program shows at once in one theme.
constexpr qsizetype kMostPixmaps = 512;

QString resource(const QString &name)
{
    return u":/icons/"_s + name + u".svg"_s;
}

} // namespace

IconSet::IconSet()
{
    initIcons();
}

IconSet::~IconSet() = default;

bool IconSet::contains(const QString &name) const
{
    return QFile::exists(resource(name));
}

QStringList IconSet::names()
{
    QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(4);
    return names;
}

QPixmap IconSet::pixmap(const QString &name, const QSize &size, qreal devicePixelRatio, const QColor &color) const
{
    const QSize pixels(static_cast<int>(std::lround(size.width() * devicePixelRatio)),
                       static_cast<int>(std::lround(size.height() * devicePixelRatio)));
    const Key key{name, pixels, color.rgba()};
    if (const auto found = m_pixmaps.constFind(key); found != m_pixmaps.cend())
        return *found;
    QPixmap pixmap(pixels.expandedTo({1, 1}));
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    if (QSvgRenderer *drawing = renderer(name))
        drawing->render(&painter, QRectF(QPointF(), QSizeF(pixels)));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    if (m_pixmaps.size() >= kMostPixmaps)
        m_pixmaps.clear();
    m_pixmaps.insert(key, pixmap);
    return pixmap;
}

void IconSet::paint(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color) const
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect.topLeft(), pixmap(name, rect.size().toSize(), ratio, color));
}

void IconSet::clear()
{
    m_pixmaps.clear();
}

QSvgRenderer *IconSet::renderer(const QString &name) const
{
    auto &slot = m_renderers[name];
    if (!slot) {
        slot = std::make_unique<QSvgRenderer>(resource(name));
        Q_ASSERT_X(slot->isValid(), "IconSet", qPrintable(u"no icon "_s + name));
    }
    return slot->isValid() ? slot.get() : nullptr;
}

} // namespace parallax::theme
