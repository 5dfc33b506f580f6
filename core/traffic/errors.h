// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/traffic.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::traffic {

// Captures.
inline constexpr ErrorCode kNoCapture{"capture-not-one"};             ///< {file}: no SQLite file, or not ours
inline constexpr ErrorCode kCaptureNewer{"capture-newer"};            ///< {file} {version} {supported}
inline constexpr ErrorCode kCaptureCorrupt{"capture-corrupt"};        ///< {file}, detail
inline constexpr ErrorCode kCaptureBusy{"capture-busy"};              ///< {file} {pid}: another process writes it
inline constexpr ErrorCode kCaptureNotOpened{"capture-not-opened"};   ///< {file}, detail
inline constexpr ErrorCode kCaptureNotWritten{"capture-not-written"}; ///< {file}, detail; what was there is intact
inline constexpr ErrorCode kDiskFull{"capture-disk-full"};            ///< {file}; what was there is intact
inline constexpr ErrorCode kNoSuchExchange{"capture-no-exchange"};    ///< {file} {id}

// What counts as secret.
inline constexpr ErrorCode kBadRedaction{"redaction-bad-key"}; ///< {key}: unknown, or not of its kind

// Importing: the whole file.
inline constexpr ErrorCode kUnknownFormat{"import-unknown-format"}; ///< {file}
inline constexpr ErrorCode kFormatByConversion{"import-convert"};   ///< {format} {command}: read it by way of another
inline constexpr ErrorCode kWrongFormat{"import-wrong-format"};     ///< {format} {what}
inline constexpr ErrorCode kWrongEncoding{"import-encoding"};       ///< {encoding}
inline constexpr ErrorCode kTruncatedInput{"import-truncated"};     ///< the file ends in the middle of something
inline constexpr ErrorCode kCompressedInput{"import-compressed"};   ///< detail: the gzip data are damaged
inline constexpr ErrorCode kDecompressionBomb{"import-bomb"};       ///< {ratio}
inline constexpr ErrorCode kImportRead{"import-read-failed"};       ///< detail

// Importing: one record that was skipped.
inline constexpr ErrorCode kBadJson{"import-bad-json"};                ///< detail
inline constexpr ErrorCode kBadField{"import-bad-field"};              ///< {field} {expected}
inline constexpr ErrorCode kMissingField{"import-missing-field"};      ///< {field}
inline constexpr ErrorCode kRecordTooLarge{"import-record-too-large"}; ///< {limit} bytes
inline constexpr ErrorCode kNoRequest{"import-no-request"};            ///< {what}: a record without a request
inline constexpr ErrorCode kNeedsFile{"import-needs-file"};            ///< {name}: a curl line that names a file
inline constexpr ErrorCode kBadMessage{"import-bad-message"};          ///< {what}: no HTTP message

// Exporting.
inline constexpr ErrorCode kUnknownExport{"export-unknown-format"}; ///< {format} {known}
inline constexpr ErrorCode kNotExportable{
    "export-not-possible"};                                ///< {id} {what}: this exchange does not fit the format
inline constexpr ErrorCode kExportFailed{"export-failed"}; ///< detail

inline constexpr std::array kErrorCodes{
    kNoCapture,      kCaptureNewer,    kCaptureCorrupt,    kCaptureBusy,        kCaptureNotOpened, kCaptureNotWritten,
    kDiskFull,       kNoSuchExchange,  kUnknownFormat,     kFormatByConversion, kWrongFormat,      kWrongEncoding,
    kTruncatedInput, kCompressedInput, kDecompressionBomb, kImportRead,         kBadJson,          kBadField,
    kMissingField,   kRecordTooLarge,  kNoRequest,         kBadMessage,         kNeedsFile,        kUnknownExport,
    kNotExportable,  kExportFailed,    kBadRedaction};

} // namespace parallax::traffic
