// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page looks like, apart from what it shows: places of splitters, chosen views, selected rows, scrolled places.
// Found by the object names of its widgets, so that a page keeps nothing itself.
#pragma once

#include <QJsonObject>

class QWidget;

namespace parallax::shell {

/// Reads it off every named splitter, view and scrolled area below the page.
[[nodiscard]] QJsonObject takenViewState(const QWidget &page);

/// Puts it back. Rows that are not there yet are waited for until the user does something with the list or ten seconds
/// are over. What does not fit the page any more is left as it is.
void restoreViewState(QWidget &page, const QJsonObject &state);

/// Splitters and scrolled places as the page was made.
void resetViewState(QWidget &page);

} // namespace parallax::shell
