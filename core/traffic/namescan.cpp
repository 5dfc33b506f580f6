// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/namescan.h"

#include <algorithm>
#include <cstring>

namespace parallax::traffic {

namespace {

constexpr quint8 kCaseBit = 0x20;

consteval std::array<char, 256> foldedChars()
{
    std::array<char, 256> table{};
    for (int c = 0; c < 256; ++c)
        table.at(static_cast<std::size_t>(c)) = static_cast<char>(c >= 'A' && c <= 'Z' ? c + kCaseBit : c);
    table.at('_') = '-';
    return table;
}

constexpr std::array<char, 256> kFolded = foldedChars();

/// How seldom a letter is in texts: the place in their usual order.
qsizetype rarity(quint8 c)
{
    constexpr QByteArrayView kByFrequency = "etaoinsrhldcumfpgwybvkxjqz0123456789";
    return kByFrequency.indexOf(static_cast<char>(c));
}

bool isWordChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The longest part of a pattern that stands in every name it matches.
QByteArray longestWord(const QByteArray &pattern)
{
    QByteArray longest;
    for (const QByteArray &part : pattern.split('*')) {
        if (part.size() > longest.size())
            longest = part;
    }
    return longest;
}

bool canBeEscaped(const QByteArray &word)
{
    return std::any_of(word.begin(), word.end(),
                       [](char c) { return c == '"' || c == '\\' || c == '/' || static_cast<quint8>(c) < 0x20; });
}

bool holds(QByteArrayView text, char c)
{
    return !text.isEmpty() && std::memchr(text.data(), c, static_cast<std::size_t>(text.size())) != nullptr;
}

/// An escape that may stand for a character of a name. `\"`, `\\`, `\n` and their like never do, however deeply JSON is
/// nested in JSON.
bool spellsLetters(QByteArrayView text)
{
    constexpr QByteArrayView kHarmless = "\"\\/bfnrt";
    for (qsizetype at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
        if (at + 1 == text.size() || !holds(kHarmless, text[at + 1]))
            return true;
    }
    return false;
}

} // namespace

NameScan::NameScan(const QList<QByteArray> &patterns)
{
    std::vector<Word> words;
    for (const QByteArray &pattern : patterns) {
        const QByteArray word = longestWord(pattern);
        m_isUsable = m_isUsable && !canBeEscaped(word);
        words.push_back({word, 0, {}});
    }
    choosePairs(std::move(words));
}

/// Greedily the pair that stands in most of the words left, of several the rarest.
void NameScan::choosePairs(std::vector<Word> words)
{
    struct Candidate
    {
        Pair pair;
        qsizetype words = 0;
        qsizetype rarity = 0;
    };
    const auto pairAt = [](const QByteArray &text, qsizetype i) {
        return Pair{static_cast<quint8>(text[i]), static_cast<quint8>(text[i + 1])};
    };
    const auto offsetIn = [&](const Word &word, Pair pair) -> qsizetype {
        for (qsizetype i = 0; i + 1 < word.text.size(); ++i) {
            if (pairAt(word.text, i) == pair)
                return i;
        }
        return -1;
    };
    while (!words.empty() && m_pairCount < kMostPairs) {
        Candidate best;
        for (const Word &word : words) {
            for (qsizetype i = 0; i + 1 < word.text.size(); ++i) {
                if (!isWordChar(word.text[i]) || !isWordChar(word.text[i + 1]))
                    continue;
                const Pair pair = pairAt(word.text, i);
                const qsizetype in = std::count_if(words.begin(), words.end(),
                                                   [&](const Word &other) { return offsetIn(other, pair) >= 0; });
                const qsizetype rare = rarity(pair.first) + rarity(pair.second);
                if (in > best.words || (in == best.words && rare > best.rarity))
                    best = {pair, in, rare};
            }
        }
        if (best.words == 0)
            break;
        m_pairs.at(m_pairCount++) = best.pair;
        std::erase_if(words, [&](Word &word) {
            word.offset = offsetIn(word, best.pair);
            word.pair = best.pair;
            if (word.offset >= 0)
                m_words.push_back(word);
            return word.offset >= 0;
        });
    }
    m_isUsable = m_isUsable && words.empty(); // what is left has no pair, or there are too many
    std::fill(m_pairs.begin() + static_cast<std::ptrdiff_t>(m_pairCount), m_pairs.end(), m_pairs.front());
    for (const Pair pair : m_pairs)
        m_isFirst.at(pair.first) = true;
}

bool NameScan::mayHoldSecret(QByteArrayView json) const
{
    if (!m_isUsable)
        return true;
    const bool hasEscapes = holds(json, '\\');
    if (hasEscapes && spellsLetters(json))
        return true;
    // Of a URL its user info and its query; an escaped one may lack the colon and slashes.
    if ((holds(json, '@') || holds(json, '?')) && (hasEscapes || json.contains("://")))
        return true;
    return holdsWord(json);
}

/// Where one of the first `count` pairs begins. Made for the vectorizer: no branch, bytes only.
template<std::size_t count>
NameScan::Marks NameScan::pairsOf(const quint8 *bytes) const
{
    std::array<Pair, count> pairs;
    std::copy_n(m_pairs.begin(), count, pairs.begin());
    Marks marks;
    for (std::size_t i = 0; i < kBlock; ++i) {
        const auto first = static_cast<quint8>(bytes[i] | kCaseBit);
        const auto second = static_cast<quint8>(bytes[i + 1] | kCaseBit);
        quint8 found = 0;
        for (const Pair pair : pairs)
            found = static_cast<quint8>(found | (static_cast<quint8>(first == pair.first ? 0xff : 0) &
                                                 static_cast<quint8>(second == pair.second ? 0xff : 0)));
        marks[i] = found;
    }
    return marks;
}

NameScan::Marks NameScan::pairs(const quint8 *bytes) const
{
    constexpr std::size_t kFew = 5; // as many as the default rules need
    return m_pairCount <= kFew ? pairsOf<kFew>(bytes) : pairsOf<kMostPairs>(bytes);
}

bool NameScan::holdsWord(QByteArrayView text) const
{
    if (m_words.empty())
        return false;
    constexpr auto kStep = static_cast<qsizetype>(kBlock);
    if (text.size() <= kStep) {
        for (qsizetype i = 0; i + 1 < text.size(); ++i) {
            if (m_isFirst[static_cast<quint8>(text[i] | kCaseBit)] && holdsWordWithPairAt(text, i))
                return true;
        }
        return false;
    }
    const auto *bytes = reinterpret_cast<const quint8 *>(text.data());
    const qsizetype last = text.size() - 1 - kStep; // the last block overlaps the one before it
    for (qsizetype at = 0;; at = std::min(at + kStep, last)) {
        if (holdsWordAmong(text, at, pairs(bytes + at)))
            return true;
        if (at == last)
            return false;
    }
}

bool NameScan::holdsWordAmong(QByteArrayView text, qsizetype from, const Marks &marks) const
{
    for (std::size_t word = 0; word < kBlock; word += sizeof(quint64)) {
        quint64 any = 0;
        std::memcpy(&any, marks.data() + word, sizeof any);
        if (any == 0)
            continue;
        for (std::size_t i = word; i < word + sizeof any; ++i) {
            if (marks[i] != 0 && holdsWordWithPairAt(text, from + static_cast<qsizetype>(i)))
                return true;
        }
    }
    return false;
}

bool NameScan::holdsWordWithPairAt(QByteArrayView text, qsizetype at) const
{
    const Pair here{static_cast<quint8>(text[at] | kCaseBit), static_cast<quint8>(text[at + 1] | kCaseBit)};
    for (const Word &word : m_words) {
        const qsizetype start = at - word.offset;
        if (!(word.pair == here) || start < 0 || start + word.text.size() > text.size())
            continue;
        const auto isSame = [](char a, char b) { return a == kFolded[static_cast<quint8>(b)]; };
        if (std::equal(word.text.begin(), word.text.end(), text.begin() + start, isSame))
            return true;
    }
    return false;
}

} // namespace parallax::traffic
