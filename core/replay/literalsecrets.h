// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets that are written out in a plan. It is kept as it is in the capture of its run, so what a capture would mask
// has no place in it; `${secret:NAME}` and `{{name}}` are filled in as requests are sent and are none.
#pragma once

#include "base/result.h"
#include "replay/rewrite.h"
#include "traffic/redaction.h"

#include <vector>

namespace parallax::replay {

/// kLiteralSecret with the name of the first rule that holds one, by the redaction rules of the run. Any thread.
[[nodiscard]] Status checkNoLiteralSecret(const std::vector<RewriteRule> &rewrites,
                                          const traffic::RedactionRules &rules);

} // namespace parallax::replay
