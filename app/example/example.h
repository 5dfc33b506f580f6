// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The example workspace and the files that the programs carry inside them, put on disk when they are needed.
#pragma once

#include "base/result.h"

#include <QString>

namespace parallax::example {

/// What was laid out on disk.
struct Example
{
    QString workspace; ///< a git repository with history
    QString traffic;   ///< traffic/diamonds.ndjson
};

/// Lays the example out below `folder`, replacing an earlier one that was made by this program; anything else there is
/// left alone (file-exists), and so is a workspace with changes that are not committed unless `replacesChanges`. Blocks
/// (git): a worker, not the GUI thread.
[[nodiscard]] Result<Example> create(const QString &folder, bool replacesChanges = true);

/// The example below `folder` as it is, with what was edited there; laid out when it is missing.
[[nodiscard]] Result<Example> createOnce(const QString &folder);

/// The script that runs a deployment's own source.py, as a file in the cache folder; written anew when it differs.
[[nodiscard]] Result<QString> runnerScript();

} // namespace parallax::example
