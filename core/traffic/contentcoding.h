// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Content codings of HTTP bodies (RFC 9110 8.4.1) for redaction and for formats that want text; never on the request
// path.
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <optional>

namespace parallax::traffic {

inline constexpr qint64 kMaxDecodedBytes = 64 * 1024 * 1024;
inline constexpr qint64 kMaxDecodedRatio = 200; ///< beyond 1 MiB of output

/// gzip, x-gzip, deflate (with and without the zlib wrapper) and zstd, one coding only. kDecompressionBomb past the
/// caps, kCompressedInput when damaged or unknown.
[[nodiscard]] Result<QByteArray> decodeContent(const QByteArray &bytes, const QByteArray &coding);
/// The reverse; nothing for a coding this cannot write.
[[nodiscard]] std::optional<QByteArray> encodeContent(const QByteArray &bytes, const QByteArray &coding);

} // namespace parallax::traffic
