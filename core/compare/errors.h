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

inline constexpr ErrorCode kJsonInvalid{"json-invalid"};    ///< {offset} bytes from the start, {line} {column}
inline constexpr ErrorCode kJsonTooDeep{"json-too-deep"};   ///< {limit} levels
inline constexpr ErrorCode kJsonTooLarge{"json-too-large"}; ///< {limit} bytes or values

inline constexpr ErrorCode kBodyCoding{"body-coding"};           ///< {coding} that cannot be undone
inline constexpr ErrorCode kNothingRecorded{"nothing-recorded"}; ///< no answer of production to compare with

// Notes of a comparison, each with {pairs}.
inline constexpr ErrorCode kNoteOtherSpelling{"note-other-spelling"}; ///< equal numbers written differently
inline constexpr ErrorCode kNoteDuplicateKeys{"note-duplicate-keys"};
inline constexpr ErrorCode kNoteNotFinite{"note-not-finite"};
inline constexpr ErrorCode kNotePending{"note-pending"};
inline constexpr ErrorCode kNoteRepeated{"note-repeated"}; ///< and {requests}, the distinct ones
inline constexpr ErrorCode kNotePartial{"note-partial"};   ///< without {pairs}

inline constexpr ErrorCode kCalibrationTooFew{"calibration-too-few"}; ///< {requests} {enough}
inline constexpr ErrorCode kCalibrationFailed{"calibration-failed"};  ///< {pairs}

inline constexpr ErrorCode kGateSyntax{"gate-syntax"};   ///< {expression} {part}
inline constexpr ErrorCode kGateUnknown{"gate-unknown"}; ///< {expression} {part}: no such figure
inline constexpr ErrorCode kGateUnit{"gate-unit"};       ///< {expression} {part}: a share above 1, % of milliseconds

inline constexpr ErrorCode kRulesNotMapping{"rules-not-mapping"};       ///< {what}
inline constexpr ErrorCode kRulesSchemaVersion{"rules-schema-version"}; ///< {value}
inline constexpr ErrorCode kRulesUnknownKey{"rules-unknown-key"};       ///< {key}
inline constexpr ErrorCode kRulesBadPath{"rules-bad-path"};             ///< {path}
inline constexpr ErrorCode kRulesBadFlag{"rules-bad-flag"};             ///< {key} {value}, as the four below
inline constexpr ErrorCode kRulesBadNumber{"rules-bad-number"};
inline constexpr ErrorCode kRulesBadDuration{"rules-bad-duration"};
inline constexpr ErrorCode kRulesBadName{"rules-bad-name"};
inline constexpr ErrorCode kRulesBadTarget{"rules-bad-target"};
inline constexpr ErrorCode kRulesBadPattern{"rules-bad-pattern"}; ///< {pattern}, detail
inline constexpr ErrorCode kRulesNoEffect{"rules-no-effect"};     ///< a rule that says where, not what
inline constexpr ErrorCode kRulesTwoEffects{"rules-two-effects"}; ///< {first} {second}
inline constexpr ErrorCode kRulesNotEditable{"rules-not-editable"};
inline constexpr ErrorCode kRulesNeverDecides{"rules-never-decides"}; ///< {rule}, {line} of the one before it

inline constexpr std::array kErrorCodes{kVerdictCloseEnough, kVerdictNotClose,     kVerdictCloseUndecided,
                                        kVerdictMeansInside, kVerdictFieldDiffers, kVerdictFieldUndecided,
                                        kVerdictFieldRare,   kVerdictMoreFields,   kVerdictTooFew,
                                        kVerdictDropped,     kVerdictMoreNeeded,   kVerdictMoreWillNotDo,
                                        kVerdictPeeked,      kVerdictImpossible,   kJsonInvalid,
                                        kJsonTooDeep,        kJsonTooLarge,        kBodyCoding,
                                        kRulesNotMapping,    kRulesSchemaVersion,  kRulesUnknownKey,
                                        kRulesBadPath,       kRulesBadFlag,        kRulesBadNumber,
                                        kRulesBadDuration,   kRulesBadName,        kRulesBadTarget,
                                        kRulesBadPattern,    kRulesNoEffect,       kRulesTwoEffects,
                                        kRulesNeverDecides,  kRulesNotEditable,    kCalibrationTooFew,
                                        kCalibrationFailed};

} // namespace parallax::compare
