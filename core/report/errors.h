// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/report.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::report {

inline constexpr ErrorCode kFormatUnknown{"report-format-unknown"}; ///< {file}

inline constexpr std::array kErrorCodes{kFormatUnknown};

} // namespace parallax::report
