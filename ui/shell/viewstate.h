// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page looks like, apart from what it shows: places of splitters, chosen views, selected rows, scrolled places.
// Found by the object names of its widgets, so that a page keeps nothing itself. A widget of its own kind has a
// property `viewState`, a number that is 0 as it was made.
#pragma once

#include <QJsonObject>

class QWidget;

namespace parallax::shell {

/// Reads it off every named splitter, view, scrolled area and widget with a state of its own below the page.
[[nodiscard]] QJsonObject takenViewState(const QWidget &page);

/// Puts it back. Rows that are not there yet are waited for until the user does something with the list or ten seconds
/// are over. What does not fit the page any more is left as it is; what is not there yet is kept for it.
void restoreViewState(QWidget &page, const QJsonObject &state);

/// Of a part that was made later and stands in its page now.
void takeUpViewState(QWidget &part);

/// Splitters and scrolled places as the page was made.
void resetViewState(QWidget &page);

} // namespace parallax::shell
