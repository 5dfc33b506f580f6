// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of JSON and YAML, one line at a time. Good enough to read by and never wrong about where a line ends; what a
// value means is decided elsewhere.
#pragma once

#include "ui/theme/roles.h"

#include <QList>
#include <QStringView>

namespace parallax::widgets {

enum class Language {
    Plain,
    Json,
    Yaml,
};

enum class Syntax {
    Plain,
    Key,
    String,
    Number,
    Word,
    Punctuation,
    Comment,
};

/// A stretch of a line, in UTF-16 units.
struct SyntaxSpan
{
    qsizetype start = 0;
    qsizetype length = 0;
    Syntax kind = Syntax::Plain;
    friend bool operator==(const SyntaxSpan &, const SyntaxSpan &) = default;
};

/// The stretches that are not plain, from left to right, without overlaps.
[[nodiscard]] QList<SyntaxSpan> tokenize(Language language, QStringView line);
[[nodiscard]] theme::Role syntaxRole(Syntax kind);

} // namespace parallax::widgets
