// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as text: what importers, exporters and redaction need beside a parser. RFC 8259.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace parallax::traffic {

/// Appends `"..."`. The bytes are UTF-8; what is not becomes U+FFFD.
void appendJsonString(QByteArray &out, QByteArrayView utf8);
/// What stands between two quotes, decoded to UTF-8. Lenient: unknown escapes stand for themselves, lone surrogates
/// become U+FFFD.
[[nodiscard]] QByteArray unescapedJson(QByteArrayView inner);
/// Offset of the first byte that keeps `text` from being one JSON value, or -1 when it is one. Numbers may be of any
/// size, nesting up to 1024 levels; the encoding is not looked at.
[[nodiscard]] qsizetype firstJsonError(QByteArrayView text);
/// Milliseconds with up to six decimals, no trailing zeros.
void appendMilliseconds(QByteArray &out, qint64 nanoseconds);

} // namespace parallax::traffic
