// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace parallax::traffic {

/// RFC 3339 as importers meet it by the million: the usual forms by hand, anything else by base's fromRfc3339.
[[nodiscard]] std::optional<WallTime> parseTime(QByteArrayView text);
/// `2026-01-02T03:04:05.123456Z`, with nine decimals when there are nanoseconds to keep.
void appendTime(QByteArray &out, WallTime time);

} // namespace parallax::traffic
