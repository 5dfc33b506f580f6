// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/base.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::base {

inline constexpr ErrorCode kFileNotFound{"file-not-found"};     ///< {file}
inline constexpr ErrorCode kFileUnreadable{"file-unreadable"};  ///< {file}, detail
inline constexpr ErrorCode kFileTooLarge{"file-too-large"};     ///< {file} {limit} bytes
inline constexpr ErrorCode kFileNotWritten{"file-not-written"}; ///< {file}, detail; the old bytes are intact
inline constexpr ErrorCode kFileNotCreated{"file-not-created"}; ///< {file}, detail; there was none and is none
/// {file}, detail; the new bytes are in place, but may not be after a power failure
inline constexpr ErrorCode kFileNotSynced{"file-not-synced"};
inline constexpr ErrorCode kFileExists{"file-exists"};   ///< {file}
inline constexpr ErrorCode kCancelled{"cancelled"};      ///< the user stopped it
inline constexpr ErrorCode kBadDuration{"bad-duration"}; ///< {text}

inline constexpr std::array kErrorCodes{kFileNotFound,   kFileUnreadable, kFileTooLarge,
                                        kFileNotWritten, kFileNotCreated, kFileNotSynced,
                                        kFileExists,     kCancelled,      kBadDuration};

} // namespace parallax::base
