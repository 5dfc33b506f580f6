// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From what compare lays out to what a DiffView shows.
#pragma once

#include "compare/sidebyside.h"
#include "ui/widgets/code/diffdocument.h"

namespace parallax::widgets {

/// Pure, any thread: made on the pool together with the SideBySide and handed to the GUI thread finished.
[[nodiscard]] DiffDocumentPtr diffDocument(const compare::SideBySide &sides);

} // namespace parallax::widgets
