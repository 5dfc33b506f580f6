// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/compare.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::compare {

// Why a verdict is what it is. Shares are percentages, figures are rounded for reading.
inline constexpr ErrorCode kVerdictCloseEnough{"verdict-close-enough"}; ///< {rate} {low} {high} {target} {requests}
inline constexpr ErrorCode kVerdictNotClose{"verdict-not-close"};       ///< as above
inline constexpr ErrorCode kVerdictCloseUndecided{"verdict-close-undecided"}; ///< as above
inline constexpr ErrorCode kVerdictMeansInside{"verdict-means-inside"};       ///< {count} fields, {margin}
inline constexpr ErrorCode kVerdictFieldDiffers{
    "verdict-field-differs"}; ///< {path} {mean} {low} {high} {margin} {requests}
inline constexpr ErrorCode kVerdictFieldUndecided{"verdict-field-undecided"}; ///< as above
inline constexpr ErrorCode kVerdictFieldRare{"verdict-field-rare"};   ///< {path} {worst} {margin} {requests} {least}
inline constexpr ErrorCode kVerdictMoreFields{"verdict-more-fields"}; ///< {count} beyond those named
inline constexpr ErrorCode kVerdictTooFew{"verdict-too-few"};         ///< {requests} {least}
inline constexpr ErrorCode kVerdictDropped{"verdict-dropped"};        ///< {dropped} {pairs} {share} {limit}
inline constexpr ErrorCode kVerdictMoreNeeded{"verdict-more-needed"}; ///< {requests}
inline constexpr ErrorCode kVerdictMoreWillNotDo{"verdict-more-will-not-do"};
inline constexpr ErrorCode kVerdictPeeked{"verdict-peeked"}; ///< {looks}
inline constexpr ErrorCode kVerdictImpossible{"verdict-impossible"};

inline constexpr std::array kErrorCodes{
    kVerdictCloseEnough,    kVerdictNotClose,      kVerdictCloseUndecided, kVerdictMeansInside, kVerdictFieldDiffers,
    kVerdictFieldUndecided, kVerdictFieldRare,     kVerdictMoreFields,     kVerdictTooFew,      kVerdictDropped,
    kVerdictMoreNeeded,     kVerdictMoreWillNotDo, kVerdictPeeked,         kVerdictImpossible};

} // namespace parallax::compare
