// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/targets. {target} is a deployment as `name@branch:version`, {lines} what a child said last.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::targets {

// The file. Generic ones (unknown keys, types, schemaVersion) are those of core/endpoints.
inline constexpr ErrorCode kTargetsNotAList{"targets-not-a-list"};
inline constexpr ErrorCode kKindMissing{"target-kind-missing"};
inline constexpr ErrorCode kKindSeveral{"target-kind-several"};               ///< {kinds}
inline constexpr ErrorCode kValueInvalid{"target-value-invalid"};             ///< {key} {text}
inline constexpr ErrorCode kValueMissing{"target-value-missing"};             ///< {key}
inline constexpr ErrorCode kDurationInvalid{"target-duration-invalid"};       ///< {key} {text}
inline constexpr ErrorCode kUrlInvalid{"target-url-invalid"};                 ///< {url}
inline constexpr ErrorCode kUrlCredentials{"target-url-credentials"};         ///< a password in a URL
inline constexpr ErrorCode kPlaceholderUnknown{"target-placeholder-unknown"}; ///< {placeholder}
inline constexpr ErrorCode kHeaderInvalid{"target-header-invalid"};           ///< {name}
inline constexpr ErrorCode kHeaderReserved{"target-header-reserved"};         ///< {name}
inline constexpr ErrorCode kLiteralSecret{"target-literal-secret"};           ///< {name}; a warning
inline constexpr ErrorCode kTlsUnverified{"target-tls-unverified"};           ///< a warning
inline constexpr ErrorCode kTlsUnused{"target-tls-unused"};                   ///< a warning: no https
inline constexpr ErrorCode kShadowed{"target-shadowed"};                      ///< {line} of the earlier; a warning

// Making one ready.
inline constexpr ErrorCode kNotConfigured{"target-not-configured"};    ///< {target}
inline constexpr ErrorCode kSecretMissing{"secret-missing"};           ///< {name} {variable}
inline constexpr ErrorCode kEnvironmentMissing{"environment-missing"}; ///< {name}
inline constexpr ErrorCode kNoPython{"target-no-python"};              ///< {python} {target}
inline constexpr ErrorCode kProgramMissing{"target-program-missing"};  ///< {program} {target}
inline constexpr ErrorCode kNoSource{"target-no-source"};              ///< {target}
inline constexpr ErrorCode kNoMainFunction{"target-no-main-function"}; ///< {target}
inline constexpr ErrorCode kDidNotStart{"target-did-not-start"};       ///< {target} {exit} {lines}
inline constexpr ErrorCode kNotReady{"target-not-ready"};              ///< {target} {seconds} {lines}
inline constexpr ErrorCode kEnded{"target-ended"};                     ///< {target} {exit} {lines}

inline constexpr std::array kErrorCodes{
    kTargetsNotAList, kKindMissing,    kKindSeveral,        kValueInvalid,       kValueMissing,
    kDurationInvalid, kUrlInvalid,     kUrlCredentials,     kPlaceholderUnknown, kHeaderInvalid,
    kHeaderReserved,  kLiteralSecret,  kTlsUnverified,      kTlsUnused,          kShadowed,
    kNotConfigured,   kSecretMissing,  kEnvironmentMissing, kNoPython,           kProgramMissing,
    kNoSource,        kNoMainFunction, kDidNotStart,        kNotReady,           kEnded};

} // namespace parallax::targets
