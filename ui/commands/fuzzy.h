// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How well a query fits a text, for the palette and the pickers.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace parallax::commands {

/// A stretch of a text, in UTF-16 units.
struct TextRange
{
    qsizetype start = 0;
    qsizetype length = 0;
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

struct FuzzyMatch
{
    int score = 0; ///< higher is better
    QList<TextRange> ranges;
};

/// Every word of the query must be found: at the start of the text, at the start of a word, anywhere, or with its
/// letters apart but in order, in falling worth. Case does not matter. Empty when it does not fit; an empty query fits
/// everything.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const QString &query, const QString &text);

} // namespace parallax::commands
