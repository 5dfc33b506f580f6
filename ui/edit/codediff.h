// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/linediff.h"
#include "ui/widgets/code/codeview.h"

namespace parallax::ui {

/// A difference by lines as the code view shows it beside the newer text.
[[nodiscard]] widgets::CodeDiff toCodeDiff(const base::LineDiff &diff);

} // namespace parallax::ui
