// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/linediff.h"
#include "ui/widgets/code/codeview.h"

namespace parallax::ui {

/// A difference by lines as the code view shows it beside the newer text.
[[nodiscard]] widgets::CodeDiff toCodeDiff(const base::LineDiff &diff);

/// The text after it.
[[nodiscard]] QString newerText(const base::LineDiff &diff);
/// Findings with a place, but for those that are only information.
[[nodiscard]] QList<widgets::CodeProblem> toCodeProblems(const QList<Finding> &findings);

} // namespace parallax::ui
