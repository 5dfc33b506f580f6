// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/repository.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::repository {

inline constexpr ErrorCode kGitMissing{"git-missing"};                 ///< no git program in PATH
inline constexpr ErrorCode kGitFailed{"git-failed"};                   ///< {command}, detail
inline constexpr ErrorCode kGitTimeout{"git-timeout"};                 ///< {command} {seconds}
inline constexpr ErrorCode kGitOutputTooLarge{"git-output-too-large"}; ///< {command} {limit} bytes

inline constexpr ErrorCode kNoRepository{"no-repository"};                  ///< {folder}: nothing of Modelbit's
inline constexpr ErrorCode kNoGitRepository{"no-git-repository"};           ///< {folder}; history is not available
inline constexpr ErrorCode kNoCommits{"no-commits"};                        ///< {folder}; history is not available
inline constexpr ErrorCode kShallowHistory{"shallow-history"};              ///< {folder}; versions are not known
inline constexpr ErrorCode kRepositoryBare{"repository-bare"};              ///< {folder}: there are no files
inline constexpr ErrorCode kRepositoryNotTrusted{"repository-not-trusted"}; ///< {folder}, detail: git's own words
inline constexpr ErrorCode kRepositoryLocked{"repository-locked"};          ///< {file}: another git is at work
inline constexpr ErrorCode kIdentityMissing{"identity-missing"};            ///< a commit needs a name and an address
inline constexpr ErrorCode kNothingToCommit{"nothing-to-commit"};
inline constexpr ErrorCode kCommitRefused{"commit-refused"}; ///< detail: what the hook or git said
inline constexpr ErrorCode kSwitchRefused{"switch-refused"}; ///< {branch}, detail
inline constexpr ErrorCode kNoSuchBranch{"no-such-branch"};  ///< {branch}

inline constexpr ErrorCode kFileChangedOutside{"file-changed-outside"}; ///< {file}: not what was read
inline constexpr ErrorCode kReadOnly{"workspace-read-only"};            ///< another window writes to it
inline constexpr ErrorCode kPathOutside{"path-outside-repository"};     ///< {file}
inline constexpr ErrorCode kNotAFile{"not-a-file"};                     ///< {file}: a folder, a device, a pipe
inline constexpr ErrorCode kEndpointFolder{"endpoint-subfolder"};       ///< {file}: folders are not read

inline constexpr ErrorCode kNoSuchDeployment{"no-such-deployment"};       ///< {deployment} {branch}
inline constexpr ErrorCode kNoSuchVersion{"no-such-version"};             ///< {deployment} {branch} {version} {newest}
inline constexpr ErrorCode kVersionsUnknown{"versions-unknown"};          ///< {deployment} {branch} {version}
inline constexpr ErrorCode kVersionAliasUnknown{"version-alias-unknown"}; ///< {deployment} {version}
inline constexpr ErrorCode kSourceUnsafe{"source-unsafe"};                ///< {file} leads out of the repository
inline constexpr ErrorCode kSourceSubmodule{"source-submodule"};          ///< {file}
inline constexpr ErrorCode kSourceTooLarge{"source-too-large"};           ///< {deployment} {limit} bytes

inline constexpr ErrorCode kFolderNotEmpty{"folder-not-empty"};                   ///< {folder}
inline constexpr ErrorCode kDescriptionInvalid{"repository-description-invalid"}; ///< {file} {reason}

inline constexpr std::array kErrorCodes{kGitMissing,         kGitFailed,
                                        kGitTimeout,         kGitOutputTooLarge,
                                        kNoRepository,       kNoGitRepository,
                                        kNoCommits,          kShallowHistory,
                                        kRepositoryBare,     kRepositoryNotTrusted,
                                        kRepositoryLocked,   kIdentityMissing,
                                        kNothingToCommit,    kCommitRefused,
                                        kSwitchRefused,      kNoSuchBranch,
                                        kFileChangedOutside, kPathOutside,
                                        kNotAFile,           kEndpointFolder,
                                        kNoSuchDeployment,   kNoSuchVersion,
                                        kVersionsUnknown,    kVersionAliasUnknown,
                                        kSourceUnsafe,       kSourceSubmodule,
                                        kSourceTooLarge,     kFolderNotEmpty,
                                        kDescriptionInvalid, kReadOnly};

} // namespace parallax::repository
