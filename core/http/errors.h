// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The codes of core/http.
#pragma once

#include "base/error.h"

#include <array>

namespace parallax::http {

// What is wrong with a message (http/problem.h).
inline constexpr ErrorCode kRequestLine{"http-request-line"};
inline constexpr ErrorCode kMethod{"http-method"};
inline constexpr ErrorCode kTarget{"http-target"};
inline constexpr ErrorCode kLineTooLong{"http-line-too-long"};
inline constexpr ErrorCode kLineEnd{"http-line-end"};
inline constexpr ErrorCode kFieldName{"http-field-name"};
inline constexpr ErrorCode kFieldValue{"http-field-value"};
inline constexpr ErrorCode kFolding{"http-folding"};
inline constexpr ErrorCode kHeaderTooLarge{"http-header-too-large"};
inline constexpr ErrorCode kTooManyFields{"http-too-many-fields"};
inline constexpr ErrorCode kDuplicateField{"http-duplicate-field"};
inline constexpr ErrorCode kHost{"http-host"};
inline constexpr ErrorCode kContentLength{"http-content-length"};
inline constexpr ErrorCode kTransferEncoding{"http-transfer-encoding"};
inline constexpr ErrorCode kUnknownCoding{"http-unknown-coding"};
inline constexpr ErrorCode kVersion{"http-version"};
inline constexpr ErrorCode kExpectation{"http-expectation"};
inline constexpr ErrorCode kChunkSize{"http-chunk-size"};
inline constexpr ErrorCode kChunkExtension{"http-chunk-extension"};
inline constexpr ErrorCode kChunkEnd{"http-chunk-end"};
inline constexpr ErrorCode kTrailer{"http-trailer"};
inline constexpr ErrorCode kBodyTooLarge{"http-body-too-large"};
inline constexpr ErrorCode kHeadTimeout{"http-head-timeout"};
inline constexpr ErrorCode kBodyTimeout{"http-body-timeout"};
inline constexpr ErrorCode kTooManyConnections{"http-too-many-connections"};
inline constexpr ErrorCode kStatusLine{"http-status-line"};
inline constexpr ErrorCode kInterim{"http-interim"};
inline constexpr ErrorCode kCutShort{"http-cut-short"};

// What is wrong with a connection.
inline constexpr ErrorCode kConnectFailed{"http-connect-failed"};   ///< {host} {port}, detail
inline constexpr ErrorCode kConnectTimeout{"http-connect-timeout"}; ///< {host} {port} {seconds}
inline constexpr ErrorCode kTlsFailed{"http-tls-failed"};           ///< {host}, detail
inline constexpr ErrorCode kConnectionLost{"http-connection-lost"}; ///< {host} {port}, detail

inline constexpr std::array kErrorCodes{
    kRequestLine,        kMethod,           kTarget,         kLineTooLong,   kLineEnd,        kFieldName,
    kFieldValue,         kFolding,          kHeaderTooLarge, kTooManyFields, kDuplicateField, kHost,
    kContentLength,      kTransferEncoding, kUnknownCoding,  kVersion,       kExpectation,    kChunkSize,
    kChunkExtension,     kChunkEnd,         kTrailer,        kBodyTooLarge,  kHeadTimeout,    kBodyTimeout,
    kTooManyConnections, kStatusLine,       kInterim,        kCutShort,      kConnectFailed,  kConnectTimeout,
    kTlsFailed,          kConnectionLost};

} // namespace parallax::http
