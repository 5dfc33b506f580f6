// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "traffic/redaction.h"

#include <string>

namespace CLI {
class App;
}

namespace parallax::cli {

/// `--redaction FILE` of every command that writes traffic down; by default `.parallax/redaction.yaml` of the
/// repository that encloses the current folder, else the built-in rules.
struct RedactionOption
{
    std::string file;

    void addTo(CLI::App &command);
    [[nodiscard]] Result<traffic::RedactionRules> rules() const;
};

} // namespace parallax::cli
