// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace parallax::widgets {

/// Ctrl+C in the table takes the selected rows under the headings of the columns, as plain text (tabs between the
/// cells) and as a table in HTML; without a selection the current row. Of very many rows the first
/// kMostCopiedRows, and a last line that says how many are left out. CellDelegate asks for it. GUI thread.
void copyRowsOnRequest(QTableView *table);

inline constexpr int kMostCopiedRows = 10'000;

} // namespace parallax::widgets
