// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace parallax::compare {

/// In what way two answers differ at one path. Left is the baseline, right the mirror.
enum class DifferenceKind {
    Added,   ///< only the mirror has it
    Removed, ///< only the baseline has it
    Changed, ///< same type, other value
    Type,    ///< null, boolean, number, string, array, object: not the same
    Order,   ///< an array holds the same elements in another order
    Status,  ///< the HTTP status; its path is `status`
    Header,  ///< a header that a rule names; its path is the lower-case name
    Text,    ///< bodies that are text and not JSON on either side; the path is empty
    Bytes,   ///< bodies that are neither, or were cut when recorded; compared by length and content
};

/// `added`, `removed`, `changed`, ...: the spelling of reports and of `parallax-cli diff`.
[[nodiscard]] QString toString(DifferenceKind kind);

} // namespace parallax::compare
