// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Durations as people write them, in options and in files.
#pragma once

#include "base/result.h"

#include <QString>

#include <chrono>
#include <optional>

namespace parallax::base {

/// A plain decimal number; no sign, no exponent, no words such as `inf`.
[[nodiscard]] std::optional<double> plainNumber(QStringView text);

/// `250ms`, `1.5s`, `1m30s`, `2h`, `50us`; at most 366 days. A number without a unit is none, except 0. Errors:
/// kBadDuration.
[[nodiscard]] Result<std::chrono::nanoseconds> parseDuration(const QString &text);
/// The same, cut to whole milliseconds.
[[nodiscard]] Result<std::chrono::milliseconds> parseMilliseconds(const QString &text);
/// The shortest notation that parseDuration reads back to the same value.
[[nodiscard]] QString durationText(std::chrono::nanoseconds duration);

} // namespace parallax::base
