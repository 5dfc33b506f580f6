// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/fuzzy.h"

#include <algorithm>

namespace parallax::commands {

namespace {

constexpr int kWhole = 1000;
constexpr int kPrefix = 800;
constexpr int kWordStart = 600;
constexpr int kInside = 300;
constexpr int kScattered = 100;

bool isWordStart(const QString &text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text.at(at - 1);
    return !before.isLetterOrNumber() || (before.isLower() && text.at(at).isUpper());
}

std::optional<FuzzyMatch> together(const QString &word, const QString &text)
{
    qsizetype found = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (found < 0)
        return std::nullopt;
    for (qsizetype at = found; at >= 0; at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        if (isWordStart(text, at)) {
            found = at;
            break;
        }
    }
    int score = kInside;
    if (found == 0)
        score = word.size() == text.size() ? kWhole : kPrefix;
    else if (isWordStart(text, found))
        score = kWordStart;
    // Of two texts that fit alike the shorter one is meant.
    score -= static_cast<int>(std::min<qsizetype>(text.size() - word.size(), 99));
    return FuzzyMatch{score, {{found, word.size()}}};
}

std::optional<FuzzyMatch> apart(const QString &word, const QString &text)
{
    FuzzyMatch match{kScattered, {}};
    qsizetype at = 0;
    for (const QChar letter : word) {
        qsizetype found = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (found < 0)
            return std::nullopt;
        // The start of a later word is a better place than the middle of this one.
        if (!match.ranges.isEmpty() && found != at) {
            for (qsizetype later = found; later >= 0; later = text.indexOf(letter, later + 1, Qt::CaseInsensitive)) {
                if (isWordStart(text, later)) {
                    found = later;
                    break;
                }
            }
        }
        match.score += isWordStart(text, found) ? 10 : found == at ? 4 : -2;
        if (!match.ranges.isEmpty() && match.ranges.constLast().start + match.ranges.constLast().length == found)
            ++match.ranges.last().length;
        else
            match.ranges.append({found, 1});
        at = found + 1;
    }
    // Letters strewn over a text say nothing.
    if (word.size() > 2 && match.ranges.size() > (word.size() + 1) / 2 + 1)
        return std::nullopt;
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &query, const QString &text)
{
    FuzzyMatch sum;
    const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        std::optional<FuzzyMatch> match = together(word, text);
        if (!match)
            match = apart(word, text);
        if (!match)
            return std::nullopt;
        sum.score += match->score;
        sum.ranges += match->ranges;
    }
    std::sort(sum.ranges.begin(), sum.ranges.end(),
              [](const TextRange &a, const TextRange &b) { return a.start < b.start; });
    return sum;
}

} // namespace parallax::commands
