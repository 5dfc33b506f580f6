// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a router would run of a repository: whoever opens a stranger's repository is asked before that happens.
#pragma once

#include "targets/workspace.h"

#include <QStringList>

namespace parallax::ui {

/// One of them, as it is shown; empty for a target that starts nothing.
[[nodiscard]] QString startedCommand(const targets::Target &target, const endpoints::DeploymentRef &deployment);
/// The commands that serving this workspace starts, as they are shown and approved: `python3 serve.py --port {port}, in
/// deployments/churn`, `python3 runs source.py of pricing_model_v1`. Sorted, each once. Any thread.
[[nodiscard]] QStringList startedCommands(const targets::Workspace &workspace);
/// The same of these deployments only.
[[nodiscard]] QStringList startedCommands(const targets::Workspace &workspace,
                                          const QList<endpoints::DeploymentRef> &deployments);

} // namespace parallax::ui
