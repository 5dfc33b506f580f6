// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/endpoints: what can be wrong with, or be said about, an endpoint file and its local settings. {key}
// is a path with dots, as `mirrors.mirror_1.deployment`.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::endpoints {

// The file and its name.
inline constexpr ErrorCode kNameInvalid{"endpoint-name-invalid"};   ///< {name}
inline constexpr ErrorCode kNameTooLong{"endpoint-name-too-long"};  ///< {name} {limit}
inline constexpr ErrorCode kNameReserved{"endpoint-name-reserved"}; ///< {name}: a device of Windows
inline constexpr ErrorCode kFileSuffix{"endpoint-file-suffix"};     ///< {suffix}
inline constexpr ErrorCode kNamesClash{"endpoint-names-clash"};     ///< {name} {other}: equal but for case
inline constexpr ErrorCode kEmpty{"document-empty"};                ///< no content
inline constexpr ErrorCode kNotAMapping{"document-not-a-mapping"};  ///< the document is no mapping
// Types.
inline constexpr ErrorCode kNotMapping{"key-not-a-mapping"}; ///< {key}
inline constexpr ErrorCode kNotText{"key-not-text"};         ///< {key} {text}
inline constexpr ErrorCode kAmbiguousText{"text-ambiguous"}; ///< {key} {text}
inline constexpr ErrorCode kUnknownTag{"tag-unknown"};       ///< {tag}
inline constexpr ErrorCode kMergeKey{"merge-key"};           ///< `<<`
inline constexpr ErrorCode kUnknownKey{"unknown-key"};       ///< {key}
// Backends and mirrors.
inline constexpr ErrorCode kBackendsMissing{"backends-missing"};
inline constexpr ErrorCode kMirrorsWithoutBackend{"mirrors-without-backend"};
inline constexpr ErrorCode kMirrorsEmpty{"mirrors-empty"};
inline constexpr ErrorCode kLabelEmpty{"label-empty"};                 ///< {key}
inline constexpr ErrorCode kSameName{"mirror-named-like-backend"};     ///< {name}
inline constexpr ErrorCode kMirrorWeight{"mirror-weight"};             ///< {name}
inline constexpr ErrorCode kMirrorOfBackend{"mirror-same-as-backend"}; ///< {name} {backend}
// Deployments.
inline constexpr ErrorCode kDeploymentMissing{"deployment-missing"};            ///< {key}
inline constexpr ErrorCode kBranchMissing{"branch-missing"};                    ///< {key}
inline constexpr ErrorCode kDeploymentNameMissing{"deployment-name-missing"};   ///< {key}
inline constexpr ErrorCode kVersionMissing{"version-missing"};                  ///< {key}
inline constexpr ErrorCode kBranchInvalid{"branch-invalid"};                    ///< {branch}
inline constexpr ErrorCode kDeploymentNameInvalid{"deployment-name-invalid"};   ///< {name}
inline constexpr ErrorCode kDeploymentNameReserved{"deployment-name-reserved"}; ///< {name}
inline constexpr ErrorCode kVersionInvalid{"version-invalid"}; ///< {version}: neither number, `latest` nor alias
inline constexpr ErrorCode kVersionNotPositive{"version-not-positive"}; ///< {version}
inline constexpr ErrorCode kVersionAmbiguous{"version-ambiguous"};      ///< {version}: 0x10, 017, 1_0
inline constexpr ErrorCode kVersionQuoted{"version-quoted"};            ///< {version}
inline constexpr ErrorCode kVersionAlias{"version-alias"};              ///< {version}
inline constexpr ErrorCode kWeightInvalid{"weight-not-an-integer"};     ///< {key} {weight}
inline constexpr ErrorCode kWeightNegative{"weight-negative"};          ///< {key} {weight}
inline constexpr ErrorCode kWeightTooLarge{"weight-too-large"};         ///< {key} {weight} {limit}
inline constexpr ErrorCode kWeightsSumZero{"weights-sum-zero"};
inline constexpr ErrorCode kSchemaVersionMissing{"schema-version-missing"};
inline constexpr ErrorCode kSchemaVersion{"schema-version-unsupported"}; ///< {version}
// Against the catalogue.
inline constexpr ErrorCode kBranchUnknown{"branch-unknown"};            ///< {branch}
inline constexpr ErrorCode kDeploymentUnknown{"deployment-unknown"};    ///< {name} {branch}
inline constexpr ErrorCode kDeploymentArchived{"deployment-archived"};  ///< {name} {branch}
inline constexpr ErrorCode kVersionAboveNewest{"version-above-newest"}; ///< {name} {version} {newest}
inline constexpr ErrorCode kArgumentsDiffer{
    "mirror-arguments-differ"}; ///< {name} {arguments} {primary} {primaryArguments}
// Local settings.
inline constexpr ErrorCode kRoutePrefix{"route-prefix-invalid"};   ///< {prefix}
inline constexpr ErrorCode kRouteMethods{"route-methods-invalid"}; ///< {method}
inline constexpr ErrorCode kSuppliedKey{"supplied-key-invalid"};
inline constexpr ErrorCode kStaticUnknown{"static-backend-unknown"}; ///< {name}
// Edits that make no sense.
inline constexpr ErrorCode kMirrorMissing{"mirror-not-found"};   ///< {name}
inline constexpr ErrorCode kBackendMissing{"backend-not-found"}; ///< {name}
inline constexpr ErrorCode kMirrorExists{"mirror-exists"};       ///< {name}
inline constexpr ErrorCode kBackendExists{"backend-exists"};     ///< {name}
inline constexpr ErrorCode kBackendLast{"backend-last"};         ///< {name}
inline constexpr ErrorCode kLabelInvalid{"label-invalid"};       ///< {name}
inline constexpr ErrorCode kVersionLocal{"version-only-local"};  ///< {version}

inline constexpr std::array kErrorCodes{kNameInvalid,
                                        kNameTooLong,
                                        kNameReserved,
                                        kFileSuffix,
                                        kNamesClash,
                                        kEmpty,
                                        kNotAMapping,
                                        kNotMapping,
                                        kNotText,
                                        kAmbiguousText,
                                        kUnknownTag,
                                        kMergeKey,
                                        kUnknownKey,
                                        kBackendsMissing,
                                        kMirrorsWithoutBackend,
                                        kMirrorsEmpty,
                                        kLabelEmpty,
                                        kSameName,
                                        kMirrorWeight,
                                        kMirrorOfBackend,
                                        kDeploymentMissing,
                                        kBranchMissing,
                                        kDeploymentNameMissing,
                                        kVersionMissing,
                                        kBranchInvalid,
                                        kDeploymentNameInvalid,
                                        kDeploymentNameReserved,
                                        kVersionInvalid,
                                        kVersionNotPositive,
                                        kVersionAmbiguous,
                                        kVersionQuoted,
                                        kVersionAlias,
                                        kWeightInvalid,
                                        kWeightNegative,
                                        kWeightTooLarge,
                                        kWeightsSumZero,
                                        kSchemaVersionMissing,
                                        kSchemaVersion,
                                        kBranchUnknown,
                                        kDeploymentUnknown,
                                        kDeploymentArchived,
                                        kVersionAboveNewest,
                                        kArgumentsDiffer,
                                        kRoutePrefix,
                                        kRouteMethods,
                                        kSuppliedKey,
                                        kStaticUnknown,
                                        kMirrorMissing,
                                        kBackendMissing,
                                        kMirrorExists,
                                        kBackendExists,
                                        kBackendLast,
                                        kLabelInvalid,
                                        kVersionLocal};

} // namespace parallax::endpoints
