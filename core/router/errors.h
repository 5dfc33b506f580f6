// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/router.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::router {

// Listening.
inline constexpr ErrorCode kPortInUse{"router-port-in-use"};                ///< {address} {port} {process} {pid}
inline constexpr ErrorCode kPortInUseUnknown{"router-port-in-use-unknown"}; ///< {address} {port}
inline constexpr ErrorCode kListenFailed{"router-listen-failed"};           ///< {address} {port}, detail

inline constexpr ErrorCode kBadRouterFile{"router-file-bad"}; ///< {key} of .parallax/router.yaml

// Refusals.
inline constexpr ErrorCode kMethodNotAllowed{"router-method-not-allowed"}; ///< {method}
inline constexpr ErrorCode kForeignHost{"router-foreign-host"};            ///< {host}
inline constexpr ErrorCode kForeignOrigin{"router-foreign-origin"};        ///< {origin}
inline constexpr ErrorCode kUnknownPath{"router-unknown-path"};            ///< {path}
inline constexpr ErrorCode kUnknownEndpoint{"router-unknown-endpoint"};    ///< {endpoint}
inline constexpr ErrorCode kUnknownVersion{"router-unknown-version"};      ///< {deployment} {version}
inline constexpr ErrorCode kUnknownBackend{"router-unknown-backend"};      ///< {endpoint} {backend}
inline constexpr ErrorCode kNoBackend{"router-no-backend"};                ///< {endpoint}: no weight above 0
inline constexpr ErrorCode kInvalidRequest{"router-invalid-request"}; ///< {what}: a call that cannot be sent as HTTP
inline constexpr ErrorCode kWrongSecret{"router-wrong-secret"};       ///< of a sink for logs
inline constexpr ErrorCode kSinkFull{"router-sink-full"};             ///< logs come faster than they are read
inline constexpr ErrorCode kLoop{"router-loop"};                      ///< the request came by here before

inline constexpr ErrorCode kBodyNotJson{"router-body-not-json"}; ///< {endpoint}: splits by a supplied key
inline constexpr ErrorCode kMissingKey{"router-missing-key"};    ///< {key}

// What a call can end with.
inline constexpr ErrorCode kNoTarget{"router-no-target"};             ///< {deployment}, detail
inline constexpr ErrorCode kDeadline{"router-deadline"};              ///< {deployment} {seconds}
inline constexpr ErrorCode kCallFailed{"router-call-failed"};         ///< {deployment}, detail: what went wrong
inline constexpr ErrorCode kPartsDoNotFit{"router-parts-do-not-fit"}; ///< {endpoint}: answers to a split batch
inline constexpr ErrorCode kCallerLeft{"router-caller-left"};         ///< the caller closed the connection
inline constexpr ErrorCode kStopped{"router-stopped"};                ///< given up because the router stops

inline constexpr std::array kErrorCodes{
    kPartsDoNotFit,    kBodyNotJson, kMissingKey,     kPortInUse,   kPortInUseUnknown, kListenFailed,
    kMethodNotAllowed, kForeignHost, kForeignOrigin,  kUnknownPath, kUnknownEndpoint,  kUnknownVersion,
    kUnknownBackend,   kNoBackend,   kInvalidRequest, kLoop,        kNoTarget,         kDeadline,
    kCallFailed,       kCallerLeft,  kStopped,        kWrongSecret, kSinkFull,         kBadRouterFile};

} // namespace parallax::router
