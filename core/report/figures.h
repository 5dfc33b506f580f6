// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How reports write figures; the C locale, the same everywhere.
#pragma once

#include "compare/comparison.h"

#include <QString>

namespace parallax::report {

[[nodiscard]] QString percent(double rate, int decimals = 1);    ///< `98.2%`, `–` for none
[[nodiscard]] QString number(double value, int significant = 5); ///< shortest useful form, `–` for none
[[nodiscard]] QString count(qint64 value);                       ///< `5,000`
[[nodiscard]] QString milliseconds(double value);                ///< `41.2`
[[nodiscard]] QString pValue(double value);                      ///< `0.031`, `< 0.0001`
[[nodiscard]] QString outcomeName(traffic::Outcome outcome);     ///< `Equal by rule`
[[nodiscard]] QString outcomeSign(traffic::Outcome outcome);     ///< `≃`
[[nodiscard]] QString verdictName(compare::Verdict verdict);     ///< `Not equivalent`
[[nodiscard]] QString kindSign(compare::DifferenceKind kind);    ///< `~`

} // namespace parallax::report
