// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Small text helpers that several rooms and faces share.
#pragma once

#include <QByteArray>
#include <QString>

namespace parallax::base {

/// Makes text from data safe for a terminal or a log line: C0, C1, DEL, U+2028 and U+2029 become `\n`, `\t`, `\x1b`,
/// `\u2028`.
[[nodiscard]] QString escapeControls(const QString &text);

[[nodiscard]] bool isUtf8(const QByteArray &bytes);

/// The byte order mark that UTF-8 text begins with, or nothing. QString::fromUtf8() leaves it out.
[[nodiscard]] QByteArray byteOrderMark(const QByteArray &bytes);

} // namespace parallax::base
