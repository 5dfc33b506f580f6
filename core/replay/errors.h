// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/replay.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::replay {

inline constexpr ErrorCode kFilterEmpty{"filter-empty"};                ///< nothing but blanks
inline constexpr ErrorCode kFilterUnexpected{"filter-unexpected"};      ///< {column} {found}
inline constexpr ErrorCode kFilterUnfinished{"filter-unfinished"};      ///< {column}: ends where more is needed
inline constexpr ErrorCode kFilterUnclosed{"filter-unclosed"};          ///< {column} of the quote or bracket
inline constexpr ErrorCode kFilterUnknownField{"filter-unknown-field"}; ///< {column} {field}
inline constexpr ErrorCode kFilterBadOperator{"filter-bad-operator"};   ///< {column} {field} {operator}
inline constexpr ErrorCode kFilterBadValue{"filter-bad-value"};         ///< {column} {field} {value}
inline constexpr ErrorCode kFilterTooDeep{"filter-too-deep"};           ///< {column} {limit}

inline constexpr ErrorCode kBadSpeed{"replay-bad-speed"};             ///< {text}
inline constexpr ErrorCode kBadRate{"replay-bad-rate"};               ///< {text}
inline constexpr ErrorCode kBadRamp{"replay-bad-ramp"};               ///< {text}
inline constexpr ErrorCode kBadWarmup{"replay-bad-warmup"};           ///< {text}
inline constexpr ErrorCode kBadStopAfter{"replay-bad-stop"};          ///< {text}
inline constexpr ErrorCode kBadSample{"replay-bad-sample"};           ///< {text}
inline constexpr ErrorCode kBadSessionKey{"replay-bad-session"};      ///< {text}
inline constexpr ErrorCode kBadRewrite{"replay-bad-rewrite"};         ///< {rule} counted from 1, {text}
inline constexpr ErrorCode kBadConcurrency{"replay-bad-workers"};     ///< {text} {limit}
inline constexpr ErrorCode kBadPlan{"replay-bad-plan"};               ///< {key}: a stored plan that cannot be read
inline constexpr ErrorCode kNoPlan{"replay-no-plan"};                 ///< {file}: a capture that no replay made
inline constexpr ErrorCode kRecordsSkipped{"replay-records-skipped"}; ///< {count} {read}

inline constexpr ErrorCode kNoTimes{"replay-no-times"};               ///< recorded pace asked, no record has a time
inline constexpr ErrorCode kSomeTimesMissing{"replay-times-missing"}; ///< {count}: spread between their neighbours
inline constexpr ErrorCode kTimesUnsorted{"replay-times-unsorted"};   ///< {count}: sorted before the start
inline constexpr ErrorCode kTimesCoarse{"replay-times-coarse"};       ///< whole seconds, spread within each second
inline constexpr ErrorCode kGapsCut{"replay-gaps-cut"};               ///< {count} {seconds} {longest}
inline constexpr ErrorCode kSourceEmpty{"replay-source-empty"};       ///< nothing was read
inline constexpr ErrorCode kAllFilteredOut{"replay-nothing-left"};    ///< {count} read, none passes
inline constexpr ErrorCode kBodiesMissing{"replay-bodies-missing"};   ///< {count}: truncated when recorded, not sent
inline constexpr ErrorCode kSpoolFailed{"replay-spool-failed"};       ///< detail

inline constexpr ErrorCode kHostNotAllowed{"replay-host-not-allowed"}; ///< {host} {count}
inline constexpr ErrorCode kBadUrl{"replay-bad-url"};                  ///< {url}
inline constexpr ErrorCode kSecretMissing{"replay-secret-missing"};    ///< {name}
inline constexpr ErrorCode kLiteralSecret{"replay-literal-secret"};    ///< {name}: it would be kept with the plan

inline constexpr std::array kErrorCodes{kFilterEmpty,
                                        kFilterUnexpected,
                                        kFilterUnfinished,
                                        kFilterUnclosed,
                                        kFilterUnknownField,
                                        kFilterBadOperator,
                                        kFilterBadValue,
                                        kFilterTooDeep,
                                        kBadSpeed,
                                        kBadRate,
                                        kBadRamp,
                                        kBadWarmup,
                                        kBadStopAfter,
                                        kBadSample,
                                        kBadSessionKey,
                                        kBadRewrite,
                                        kBadConcurrency,
                                        kBadPlan,
                                        kNoTimes,
                                        kSomeTimesMissing,
                                        kTimesUnsorted,
                                        kTimesCoarse,
                                        kGapsCut,
                                        kSourceEmpty,
                                        kAllFilteredOut,
                                        kBodiesMissing,
                                        kSpoolFailed,
                                        kHostNotAllowed,
                                        kBadUrl,
                                        kSecretMissing,
                                        kNoPlan,
                                        kRecordsSkipped,
                                        kLiteralSecret};

} // namespace parallax::replay
