// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/controls.h"

#include <QAbstractButton>
#include <QToolButton>

namespace parallax::theme {

namespace {

constexpr auto kKind = "parallaxKind";
constexpr auto kSize = "parallaxSize";
constexpr auto kInvalid = "parallaxInvalid";
constexpr auto kBare = "parallaxBare";
constexpr auto kOuterPadding = "parallaxOuterPadding";

} // namespace

void setKind(QAbstractButton *button, ButtonKind kind, ButtonSize size)
{
    button->setProperty(kKind, static_cast<int>(kind));
    button->setProperty(kSize, static_cast<int>(size));
    button->updateGeometry();
    button->update();
}

ButtonKind kindOf(const QWidget *button)
{
    const QVariant kind = button != nullptr ? button->property(kKind) : QVariant();
    if (kind.isValid())
        return static_cast<ButtonKind>(kind.toInt());
    return qobject_cast<const QToolButton *>(button) != nullptr ? ButtonKind::Ghost : ButtonKind::Secondary;
}

ButtonSize sizeOf(const QWidget *button)
{
    return button != nullptr ? static_cast<ButtonSize>(button->property(kSize).toInt()) : ButtonSize::Normal;
}

void setInvalid(QWidget *field, bool isInvalid)
{
    field->setProperty(kInvalid, isInvalid);
    field->update();
}

bool isInvalid(const QWidget *field)
{
    return field != nullptr && field->property(kInvalid).toBool();
}

void setBare(QWidget *field, bool isBare)
{
    field->setProperty(kBare, isBare);
    field->update();
}

bool isBare(const QWidget *field)
{
    return field != nullptr && field->property(kBare).toBool();
}

void setOuterPadding(QWidget *view, int padding)
{
    view->setProperty(kOuterPadding, padding);
    view->update();
}

int outerPadding(const QWidget *view)
{
    const QVariant padding = view != nullptr ? view->property(kOuterPadding) : QVariant();
    return padding.isValid() ? padding.toInt() : 8;
}

void setNames(QWidget *widget, const QString &objectName, const QString &accessibleName)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
}

} // namespace parallax::theme
