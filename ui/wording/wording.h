// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Turns codes of core into sentences, once for the desktop and the command line. Needs no GUI package.
#pragma once

#include "base/error.h"

#include <QString>
#include <QStringList>

namespace parallax::wording {

/// The sentence for an error: sentence case, what and why, no full stop at the end on one line. Arguments come from
/// Error::args by name (`{file}`); the detail follows after a colon where the sentence has `{detail}`.
[[nodiscard]] QString text(const Error &error);

/// What the user can do about it, or empty.
[[nodiscard]] QString advice(const Error &error);

/// `FILE:LINE:COLUMN: error: TEXT [code]`; parts that are not known are left out. Control characters are escaped.
[[nodiscard]] QString line(const Error &error, Severity severity = Severity::Error);

/// Whether the table has a sentence for this code (for the completeness test).
[[nodiscard]] bool hasText(ErrorCode code);

/// One sentence of a table. `id` is the code's.
struct Sentence
{
    const char *id;
    const char *text;   ///< marked for translation, with {named} arguments
    const char *advice; ///< or nullptr
};

/// Tables of the rooms, one file each: `<room>wording.cpp`.
[[nodiscard]] const Sentence *findSentence(const QString &id);

} // namespace parallax::wording
