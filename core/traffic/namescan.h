// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>
#include <vector>

namespace parallax::traffic {

/// Finds out quickly that a JSON text holds no name that could match any of some patterns, nor a URL with a secret in
/// it, so that the text need not be walked. Errs on one side only: "none" is always true. Looks for pairs of bytes that
/// stand in the patterns' longest words, 64 places at once; only where one of them is are words compared. Escapes could
/// hide a word: a text with any that can spell a letter is not judged. A value after its construction; any thread.
class NameScan
{
public:
    /// Patterns are lower case, `-` for `_`, `*` for any characters.
    explicit NameScan(const QList<QByteArray> &patterns);

    [[nodiscard]] bool mayHoldSecret(QByteArrayView json) const;

private:
    static constexpr std::size_t kMostPairs = 8;
    struct Pair
    {
        quint8 first = 0;
        quint8 second = 0;
        friend bool operator==(Pair, Pair) = default;
    };
    struct Word
    {
        QByteArray text;
        qsizetype offset = 0; ///< of its pair
        Pair pair;
    };

    void choosePairs(std::vector<Word> words);
    [[nodiscard]] bool holdsWord(QByteArrayView text) const;
    static constexpr std::size_t kBlock = 64;
    using Marks = std::array<quint8, kBlock>;
    template<std::size_t count>
    [[nodiscard]] Marks pairsOf(const quint8 *bytes) const;
    [[nodiscard]] Marks pairs(const quint8 *bytes) const;
    [[nodiscard]] bool holdsWordAmong(QByteArrayView text, qsizetype from, const Marks &marks) const;
    [[nodiscard]] bool holdsWordWithPairAt(QByteArrayView text, qsizetype at) const;

    bool m_isUsable = true;
    std::array<Pair, kMostPairs> m_pairs{};
    std::size_t m_pairCount = 0;
    std::array<bool, 256> m_isFirst{}; ///< of a pair
    std::vector<Word> m_words;
};

} // namespace parallax::traffic
