// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/replay.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::replay {

inline constexpr std::array<ErrorCode, 0> kErrorCodes{};

} // namespace parallax::replay
