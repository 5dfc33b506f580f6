// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader and an outside driver see of a window (contract 8): every widget that takes the focus needs an
// object name and an accessible name of its own.
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QHash>
#include <QLineEdit>
#include <QScrollBar>
#include <QWidget>

namespace parallax::test {

/// The accessible name as the platform reports it.
[[nodiscard]] inline QString accessibleName(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface != nullptr ? interface->text(QAccessible::Name) : QString();
}

/// Every widget below root that a user can reach: visible, enabled or not, and taking the focus or being a button.
[[nodiscard]] inline QList<QWidget *> interactiveWidgets(QWidget *root)
{
    QList<QWidget *> found;
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(root))
            continue;
        // The inside of compound controls speaks through the control.
        const QWidget *parent = widget->parentWidget();
        const bool isInside = qobject_cast<const QAbstractSpinBox *>(parent) != nullptr ||
                              qobject_cast<const QComboBox *>(parent) != nullptr ||
                              widget->objectName().startsWith(QLatin1String("qt_")) ||
                              qobject_cast<QScrollBar *>(widget) != nullptr;
        const bool isReachable =
            widget->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton *>(widget) != nullptr;
        // Inside of an item view live editors and viewports; the view itself is what is named.
        if (isReachable && !isInside)
            found.append(widget);
    }
    return found;
}

/// One line for each widget without a name, without an object name, or with a name that another one showing has too. A
/// name shared with a label is fine.
[[nodiscard]] inline QStringList accessibilityFaults(QWidget *root)
{
    QStringList faults;
    QHash<QString, QWidget *> seen;
    for (QWidget *widget : interactiveWidgets(root)) {
        const QString description = QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName();
        if (widget->objectName().isEmpty())
            faults.append(QStringLiteral("no object name: ") + description + u' ' + accessibleName(widget));
        // A combo box reports its current text as its name; what it is called is the property.
        const QString name =
            qobject_cast<QComboBox *>(widget) != nullptr ? widget->accessibleName() : accessibleName(widget);
        if (name.isEmpty()) {
            faults.append(QStringLiteral("no accessible name: ") + description);
            continue;
        }
        if (QWidget *other = seen.value(name))
            faults.append(QStringLiteral("same name \"%1\": %2 and %3").arg(name, description, other->objectName()));
        seen.insert(name, widget);
    }
    return faults;
}

} // namespace parallax::test
