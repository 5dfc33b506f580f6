// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of the command line itself.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::cli {

inline constexpr ErrorCode kUsage{"usage"};                        ///< detail
inline constexpr ErrorCode kNoRepository{"no-repository"};         ///< {folder}
inline constexpr ErrorCode kUnknownEndpoint{"unknown-endpoint"};   ///< {endpoint}
inline constexpr ErrorCode kSeveralEndpoints{"several-endpoints"}; ///< {endpoints}
inline constexpr ErrorCode kNothingReadable{"nothing-readable"};   ///< {file}
inline constexpr ErrorCode kEmptySource{"source-empty"};           ///< {file}
inline constexpr ErrorCode kHostNotAllowed{"host-not-allowed"};    ///< {host}
inline constexpr ErrorCode kUnknownFormat{"unknown-format"};       ///< {format} {formats}

inline constexpr ErrorCode kNothingReachable{"no-target-reachable"}; ///< {count}
inline constexpr ErrorCode kReportPlace{"report-place"};             ///< {file}, detail

inline constexpr std::array kErrorCodes{kUsage,           kNoRepository,   kUnknownEndpoint, kSeveralEndpoints,
                                        kNothingReadable, kHostNotAllowed, kUnknownFormat,   kNothingReachable,
                                        kReportPlace,     kEmptySource};

} // namespace parallax::cli
