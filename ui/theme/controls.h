// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a widget tells the style what it is: dynamic properties with names instead of style sheets.
#pragma once

#include <QString>

class QAbstractButton;
class QWidget;

namespace parallax::theme {

/// What a button is for. A QPushButton is Secondary, a QToolButton Ghost, unless told otherwise.
enum class ButtonKind {
    Secondary,
    Primary, ///< filled; one in a view
    Ghost,   ///< text and icon without an outline
    Danger,  ///< a ghost in the error colour, inside a confirmation
    Plus,    ///< the 24 px square that adds something
    Link,    ///< text in the accent colour
};

enum class ButtonSize {
    Normal,
    Small,
    Large,
};

void setKind(QAbstractButton *button, ButtonKind kind, ButtonSize size = ButtonSize::Normal);
[[nodiscard]] ButtonKind kindOf(const QWidget *button);
[[nodiscard]] ButtonSize sizeOf(const QWidget *button);

/// The outline of a field in the error colour.
void setInvalid(QWidget *field, bool isInvalid);
[[nodiscard]] bool isInvalid(const QWidget *field);

/// A line edit without frame and fill, for a field that paints its own.
void setBare(QWidget *field, bool isBare);
[[nodiscard]] bool isBare(const QWidget *field);

/// Room at the outer edges of the first and last column of a table as wide as its pane; its header and CellDelegate
/// keep it.
void setOuterPadding(QWidget *view, int padding);
[[nodiscard]] int outerPadding(const QWidget *view);

/// objectName and accessible name in one line; every interactive widget needs both (contract 8).
void setNames(QWidget *widget, const QString &objectName, const QString &accessibleName);

} // namespace parallax::theme
