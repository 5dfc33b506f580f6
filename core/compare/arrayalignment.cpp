// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/arrayalignment.h"

#include <algorithm>
#include <unordered_map>

namespace parallax::compare {

namespace {

using Hashes = std::span<const quint64>;
using Alignment = std::vector<AlignedElement>;

constexpr std::size_t kLongestCommon = 0xffff; // what a cell of the table can count

// Pairs of the gap between two common elements, by place.
void appendGap(Alignment &out, quint32 leftFrom, quint32 leftTo, quint32 rightFrom, quint32 rightTo)
{
    while (leftFrom < leftTo && rightFrom < rightTo)
        out.push_back({leftFrom++, rightFrom++});
    while (leftFrom < leftTo)
        out.push_back({leftFrom++, AlignedElement::kAbsent});
    while (rightFrom < rightTo)
        out.push_back({AlignedElement::kAbsent, rightFrom++});
}

// Longest common subsequence by dynamic programming over the whole table (R. A. Wagner, M. J. Fischer, J. ACM 21,
// 1974).
std::vector<AlignedElement> commonElements(Hashes left, Hashes right)
{
    const std::size_t width = right.size() + 1;
    std::vector<quint16> lengths((left.size() + 1) * width, 0);
    for (std::size_t i = left.size(); i-- > 0;) {
        for (std::size_t k = right.size(); k-- > 0;) {
            quint16 &cell = lengths[i * width + k];
            if (left[i] == right[k])
                cell = static_cast<quint16>(lengths[(i + 1) * width + k + 1] + 1);
            else
                cell = std::max(lengths[(i + 1) * width + k], lengths[i * width + k + 1]);
        }
    }
    std::vector<AlignedElement> common;
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < left.size() && k < right.size()) {
        if (left[i] == right[k])
            common.push_back({static_cast<quint32>(i++), static_cast<quint32>(k++)});
        else if (lengths[(i + 1) * width + k] >= lengths[i * width + k + 1])
            ++i;
        else
            ++k;
    }
    return common;
}

std::size_t unequalPlaces(Hashes left, Hashes right)
{
    std::size_t unequal = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        unequal += left[i] != right[i] ? 1 : 0;
    return unequal;
}

Alignment alignOrdered(Hashes left, Hashes right, quint64 mostCells)
{
    const auto least = static_cast<quint32>(std::min(left.size(), right.size()));
    quint32 head = 0;
    while (head < least && left[head] == right[head])
        ++head;
    quint32 tail = 0;
    while (tail < least - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
        ++tail;
    const Hashes middleLeft = left.subspan(head, left.size() - head - tail);
    const Hashes middleRight = right.subspan(head, right.size() - head - tail);
    const bool isAffordable = quint64(middleLeft.size()) * middleRight.size() <= mostCells &&
                              std::min(middleLeft.size(), middleRight.size()) <= kLongestCommon;
    std::vector<AlignedElement> common;
    if (isAffordable)
        common = commonElements(middleLeft, middleRight);
    if (left.size() == right.size() &&
        unequalPlaces(middleLeft, middleRight) <= 2 * (middleLeft.size() - common.size()))
        common.clear();
    Alignment out;
    appendGap(out, 0, head, 0, head);
    quint32 leftAt = head;
    quint32 rightAt = head;
    for (const AlignedElement &pair : common) {
        appendGap(out, leftAt, head + pair.left, rightAt, head + pair.right);
        out.push_back({head + pair.left, head + pair.right});
        leftAt = head + pair.left + 1;
        rightAt = head + pair.right + 1;
    }
    const auto leftEnd = static_cast<quint32>(left.size());
    const auto rightEnd = static_cast<quint32>(right.size());
    appendGap(out, leftAt, leftEnd - tail, rightAt, rightEnd - tail);
    appendGap(out, leftEnd - tail, leftEnd, rightEnd - tail, rightEnd);
    return out;
}

} // namespace

Alignment alignByIndex(quint32 left, quint32 right)
{
    Alignment out;
    out.reserve(std::max(left, right));
    appendGap(out, 0, left, 0, right);
    return out;
}

Alignment alignElements(Hashes left, Hashes right, quint64 mostCells)
{
    // There can be several longest subsequences; always looking from the same side makes the choice symmetric.
    const bool isSwapped = left.size() != right.size()
                               ? left.size() > right.size()
                               : std::lexicographical_compare(right.begin(), right.end(), left.begin(), left.end());
    if (!isSwapped)
        return alignOrdered(left, right, mostCells);
    Alignment out = alignOrdered(right, left, mostCells);
    for (AlignedElement &element : out)
        std::swap(element.left, element.right);
    return out;
}

Alignment alignUnordered(Hashes left, Hashes right)
{
    std::unordered_map<quint64, std::vector<quint32>> places; // of the right side, last first
    for (std::size_t i = right.size(); i-- > 0;)
        places[right[i]].push_back(static_cast<quint32>(i));
    Alignment out;
    std::vector<quint32> loneLeft;
    std::vector<bool> isTaken(right.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto found = places.find(left[i]);
        if (found == places.end() || found->second.empty()) {
            loneLeft.push_back(static_cast<quint32>(i));
            continue;
        }
        out.push_back({static_cast<quint32>(i), found->second.back()});
        isTaken[found->second.back()] = true;
        found->second.pop_back();
    }
    std::size_t next = 0;
    for (quint32 i = 0; i < right.size(); ++i) {
        if (isTaken[i])
            continue;
        out.push_back({next < loneLeft.size() ? loneLeft[next] : AlignedElement::kAbsent, i});
        ++next;
    }
    for (; next < loneLeft.size(); ++next)
        out.push_back({loneLeft[next], AlignedElement::kAbsent});
    sortByLeft(out);
    return out;
}

void sortByLeft(std::vector<AlignedElement> &pairs)
{
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const AlignedElement &a, const AlignedElement &b) { return a.left < b.left; });
}

} // namespace parallax::compare
