// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/rules.h"
#include "report/reportinput.h"

#include <optional>

namespace parallax::report {

/// One pair of an exchange, prepared to be shown beside each other: lines that are far from any difference are left out
/// when there are many. Nothing when the exchange has no such mirror. Pure, any thread.
[[nodiscard]] std::optional<PairSection> makePairSection(const traffic::Exchange &exchange, const QString &mirror,
                                                         const compare::Rules &rules, compare::Baseline baseline);

} // namespace parallax::report
