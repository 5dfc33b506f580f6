// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/diff.h"

#include <QString>

#include <optional>
#include <vector>

namespace parallax::compare {

/// Characters of a line, [begin, end) in UTF-16 units.
struct TextSpan
{
    int begin = 0;
    int end = 0;
    friend bool operator==(const TextSpan &, const TextSpan &) = default;
};

/// What characters of a line are, for colouring. Punctuation and space are in none.
struct LineToken
{
    enum class Kind { Key, String, Number, Literal };
    Kind kind = Kind::Key;
    TextSpan span;
    friend bool operator==(const LineToken &, const LineToken &) = default;
};

/// One line of one side.
struct SideLine
{
    enum class Kind {
        Same,
        Changed, ///< also another type
        Only,    ///< the other side has nothing here
        Moved,   ///< the same elements in another order
        Hidden,  ///< differs, and a rule calls it equal
        Void,    ///< keeps the sides level opposite to Only; without text
    };
    Kind kind = Kind::Same;
    std::optional<DifferenceKind> difference; ///< of the first difference in the line
    int rule = -1;                            ///< of Hidden: by which rule
    int number = 0;                           ///< from 1; 0 of Void
    int level = 0;                            ///< of nesting, for indentation and folding; it is in `text` too
    QString text;
    std::vector<TextSpan> spans;   ///< what differs, ascending
    std::vector<LineToken> tokens; ///< ascending
    ByteSpan bytes;                ///< of the value that begins in this line, in the decoded body
    bool isCut = false;            ///< the line was longer than kMostCharacters

    static constexpr int kMostCharacters = 20'000;
    /// `~` changed, `+` added, U+2212 removed, `T` type, U+21C5 order, U+2248 hidden; null when the line is the same.
    [[nodiscard]] QChar sign() const;
};

/// Two bodies made readable, line beside line: JSON indented, in the key order of the left side, small arrays and
/// objects on one line; text line by line; other bytes as a hex dump. Values only; made on the pool.
struct SideBySide
{
    std::vector<SideLine> left;
    std::vector<SideLine> right;  ///< as many as left
    std::vector<int> differences; ///< first lines of runs that really differ, ascending: next and previous go there
    bool isCut = false;           ///< further lines were left out

    [[nodiscard]] int lines() const { return static_cast<int>(left.size()); }
};

struct SideBySideOptions
{
    int mostLines = 200'000;
    int indent = 2;
    int inlineWidth = 72; ///< longest array or object on one line
};

/// Pure, any thread.
[[nodiscard]] SideBySide sideBySide(const DecodedBody &left, const DecodedBody &right, const Rules &rules = {},
                                    const SideBySideOptions &options = {});

/// Lines [begin, end) to be shown so that every difference has `context` lines around it; what lies between is folded.
struct LineRange
{
    int begin = 0;
    int end = 0;
    friend bool operator==(const LineRange &, const LineRange &) = default;
};
[[nodiscard]] std::vector<LineRange> linesAround(const SideBySide &sides, int context);

/// The parts of two texts that differ, by words: what is left between their common beginning and end.
[[nodiscard]] std::pair<TextSpan, TextSpan> changedPart(QStringView left, QStringView right);

} // namespace parallax::compare
