// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/similarity.h"

#include "compare/intervals.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <vector>

namespace parallax::compare {

namespace {

double largestSize(std::span<const double> values)
{
    double largest = 0.0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    return largest;
}

bool hasRepeats(std::span<const std::uint64_t> items)
{
    return std::unordered_set<std::uint64_t>(items.begin(), items.end()).size() != items.size();
}

std::size_t stepsLimit(std::size_t length, std::size_t limit)
{
    const std::size_t affordable = kMostEditSteps / (2 * std::max<std::size_t>(length, 1));
    return std::min(limit, affordable);
}

// One row of the table at a time, only the cells within `limit` of the diagonal; others count as limit + 1.
EditDistance bandedDistance(std::span<const char32_t> a, std::span<const char32_t> b, std::size_t limit)
{
    const std::size_t longer = std::max(a.size(), b.size());
    const auto [differA, differB] = std::ranges::mismatch(a, b);
    a = a.subspan(static_cast<std::size_t>(differA - a.begin()));
    b = b.subspan(static_cast<std::size_t>(differB - b.begin()));
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a = a.first(a.size() - 1);
        b = b.first(b.size() - 1);
    }
    if (a.size() > b.size())
        std::swap(a, b);
    const std::size_t bound = stepsLimit(b.size(), limit);
    const EditDistance beyond{bound + 1, true, longer};
    if (b.size() - a.size() > bound)
        return beyond;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = std::min(j, bound + 1);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const std::size_t first = i > bound ? i - bound : 1;
        const std::size_t last = std::min(b.size(), i + bound);
        std::size_t diagonal = row[first - 1];
        row[first - 1] = first == 1 ? std::min(i, bound + 1) : bound + 1;
        std::size_t least = row[first - 1];
        for (std::size_t j = first; j <= last; ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({substituted, row[j - 1] + 1, diagonal + 1, bound + 1});
            least = std::min(least, row[j]);
        }
        if (least > bound)
            return beyond;
    }
    return row[b.size()] > bound ? beyond : EditDistance{row[b.size()], false, longer};
}

std::u32string codePoints(QStringView text)
{
    const QList<uint> ucs4 = text.toUcs4();
    return {ucs4.begin(), ucs4.end()};
}

QList<QStringView> tokensOf(QStringView text)
{
    QList<QStringView> tokens;
    const auto isWord = [](QChar c) { return c.isLetterOrNumber() || c.isMark() || c == u'_' || c.isSurrogate(); };
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = begin + 1;
        if (isWord(text[begin])) {
            while (end < text.size() && isWord(text[end]))
                ++end;
        }
        if (!text[begin].isSpace())
            tokens.append(text.mid(begin, end - begin));
        begin = end;
    }
    return tokens;
}

} // namespace

std::optional<double> cosineSimilarity(std::span<const double> a, std::span<const double> b)
{
    if (a.empty() || a.size() != b.size() || !areFinite(a) || !areFinite(b))
        return std::nullopt;
    const double scaleA = largestSize(a);
    const double scaleB = largestSize(b);
    if (scaleA == 0.0 || scaleB == 0.0)
        return std::nullopt;
    double aa = 0.0;
    double bb = 0.0;
    double ab = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = a[i] / scaleA;
        const double y = b[i] / scaleB;
        aa += x * x;
        bb += y * y;
        ab += x * y;
    }
    return std::clamp(ab / (std::sqrt(aa) * std::sqrt(bb)), -1.0, 1.0);
}

std::optional<std::size_t> argmax(std::span<const double> values)
{
    if (values.empty() || std::ranges::any_of(values, [](double value) { return std::isnan(value); }))
        return std::nullopt;
    return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
}

std::optional<bool> isArgmaxChanged(std::span<const double> a, std::span<const double> b)
{
    const std::optional<std::size_t> first = argmax(a);
    const std::optional<std::size_t> second = argmax(b);
    if (!first || !second || a.size() != b.size())
        return std::nullopt;
    return *first != *second;
}

std::optional<double> topKOverlap(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b, std::size_t k)
{
    if (k == 0 || hasRepeats(a) || hasRepeats(b))
        return std::nullopt;
    a = a.first(std::min(k, a.size()));
    b = b.first(std::min(k, b.size()));
    if (a.empty() && b.empty())
        return 1.0;
    const std::unordered_set<std::uint64_t> known(a.begin(), a.end());
    const auto shared = std::ranges::count_if(b, [&known](std::uint64_t item) { return known.contains(item); });
    return static_cast<double>(shared) / static_cast<double>(std::max(a.size(), b.size()));
}

std::optional<double> rankBiasedOverlap(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b,
                                        double persistence)
{
    if (!(persistence > 0.0 && persistence < 1.0) || hasRepeats(a) || hasRepeats(b))
        return std::nullopt;
    const auto shorter = a.size() < b.size() ? a : b;
    const auto longer = a.size() < b.size() ? b : a;
    if (shorter.empty())
        return longer.empty() ? 1.0 : 0.0;
    const auto s = static_cast<double>(shorter.size());
    std::unordered_set<std::uint64_t> seenShort;
    std::unordered_set<std::uint64_t> seenLong;
    double overlap = 0.0;      // X_d
    double overlapShort = 0.0; // X_s
    double sum = 0.0;
    double weight = 1.0; // p^d
    for (std::size_t i = 0; i < longer.size(); ++i) {
        const auto depth = static_cast<double>(i + 1);
        weight *= persistence;
        seenLong.insert(longer[i]);
        if (i < shorter.size()) {
            seenShort.insert(shorter[i]);
            overlap += seenLong.contains(shorter[i]) ? 1.0 : 0.0;
            overlap += shorter[i] != longer[i] && seenShort.contains(longer[i]) ? 1.0 : 0.0;
            overlapShort = overlap;
        } else {
            overlap += seenShort.contains(longer[i]) ? 1.0 : 0.0;
            sum += overlapShort * (depth - s) / (s * depth) * weight;
        }
        sum += overlap / depth * weight;
    }
    const auto l = static_cast<double>(longer.size());
    return (1.0 - persistence) / persistence * sum + ((overlap - overlapShort) / l + overlapShort / s) * weight;
}

double EditDistance::similarity() const
{
    return longer == 0 ? 1.0 : 1.0 - static_cast<double>(std::min(distance, longer)) / static_cast<double>(longer);
}

EditDistance editDistance(QStringView a, QStringView b, std::size_t limit)
{
    return bandedDistance(codePoints(a), codePoints(b), limit);
}

EditDistance tokenEditDistance(QStringView a, QStringView b, std::size_t limit)
{
    QHash<QStringView, char32_t> ids;
    const auto numbered = [&ids](QStringView text) {
        std::vector<char32_t> numbers;
        const QList<QStringView> tokens = tokensOf(text);
        for (const QStringView token : tokens) {
            if (!ids.contains(token))
                ids.insert(token, static_cast<char32_t>(ids.size()));
            numbers.push_back(ids.value(token));
        }
        return numbers;
    };
    const std::vector<char32_t> first = numbered(a);
    const std::vector<char32_t> second = numbered(b);
    return bandedDistance(first, second, limit);
}

} // namespace parallax::compare
