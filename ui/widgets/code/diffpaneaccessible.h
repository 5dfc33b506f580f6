// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace parallax::widgets {

/// Tells Qt how a screen reader reads a DiffPane: as a text that cannot be edited. May be called any number of times.
void installDiffPaneAccessible();

} // namespace parallax::widgets
