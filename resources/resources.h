// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace parallax::resources {

/// Makes the resources available to a program that links them statically; called once at the start of main.
void initialise();

/// The folder of the example: history.json, history/, traffic/diamonds.ndjson.
[[nodiscard]] QString exampleFolder();
/// The script that runs a deployment's own source.py; must be copied to disk to be run.
[[nodiscard]] QString runnerScript();
/// The chapters of the manual, in Markdown.
[[nodiscard]] QString manualFolder();
[[nodiscard]] QString licenceFile();

} // namespace parallax::resources
