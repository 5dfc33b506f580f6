// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "targets/workspace.h"

#include <QStringList>

namespace parallax::ui {

/// The hosts beyond this machine that a router of this repository sends requests to, sorted, as targets.yaml says them:
/// nothing is looked up and nothing has to run. Pure, any thread.
[[nodiscard]] QStringList hostsBeyond(const targets::Workspace &workspace);

} // namespace parallax::ui
