// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/yaml. All begin `yaml-`: a file that has one of them is not read any further.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::yaml {

inline constexpr ErrorCode kTooLarge{"yaml-too-large"};                 ///< {limit} bytes
inline constexpr ErrorCode kEncoding{"yaml-encoding"};                  ///< bytes that are no UTF-8
inline constexpr ErrorCode kForeignEncoding{"yaml-foreign-encoding"};   ///< {encoding}: UTF-16 or UTF-32
inline constexpr ErrorCode kControlCharacter{"yaml-control-character"}; ///< {character} as U+0004
inline constexpr ErrorCode kSyntax{"yaml-syntax"};                      ///< detail: libfyaml's words
inline constexpr ErrorCode kTab{"yaml-tab"};                            ///< detail: libfyaml's words
inline constexpr ErrorCode kSeveralDocuments{"yaml-several-documents"}; ///< where the second begins
inline constexpr ErrorCode kTooDeep{"yaml-too-deep"};                   ///< {limit} levels
inline constexpr ErrorCode kTooManyNodes{"yaml-too-many-nodes"}; ///< {limit}, aliases counted as what they stand for
inline constexpr ErrorCode kDuplicateKey{"yaml-duplicate-key"};  ///< {key} {firstLine}
inline constexpr ErrorCode kComplexKey{"yaml-complex-key"};      ///< a key that is no text
inline constexpr ErrorCode kUnknownAlias{"yaml-unknown-alias"};  ///< {alias}
inline constexpr ErrorCode kCycle{"yaml-cycle"};                 ///< {alias}
inline constexpr ErrorCode kParsersDisagree{"yaml-parsers-disagree"}; ///< detail: yaml-cpp's words, if it has any

// Of edits; the document stays as it was.
inline constexpr ErrorCode kEditUnsafe{"yaml-edit-unsafe"};  ///< where: what cannot be edited; detail: a parser's words
inline constexpr ErrorCode kNoSuchPath{"yaml-no-such-path"}; ///< {path}
inline constexpr ErrorCode kKeyExists{"yaml-key-exists"};    ///< {key}
inline constexpr ErrorCode kKeyInvalid{"yaml-key-invalid"};  ///< {key}: empty, too long, or no Unicode
inline constexpr ErrorCode kNoBlockForm{"yaml-no-block-form"}; ///< an anchor, alias, tag or merge key

inline constexpr std::array kErrorCodes{kTooLarge,     kEncoding,  kForeignEncoding,  kControlCharacter, kSyntax,
                                        kTab,          kTooDeep,   kTooManyNodes,     kDuplicateKey,     kComplexKey,
                                        kUnknownAlias, kCycle,     kSeveralDocuments, kParsersDisagree,  kEditUnsafe,
                                        kNoSuchPath,   kKeyExists, kKeyInvalid,       kNoBlockForm};

} // namespace parallax::yaml
