// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a find bar and the pane it belongs to say to each other. Values only.
#pragma once

#include <QString>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace parallax::widgets {

/// What is looked for.
struct FindQuery
{
    QString text; ///< empty: nothing, and no place is marked
    bool isCaseSensitive = false;
};

enum class FindStep {
    Count,    ///< marks the places and stays where it is
    Here,     ///< the first place from the start of the selection on: while one types
    Next,     ///< behind the selection, or from the start again
    Previous, ///< before it, or from the end again
};

struct FindAnswer
{
    int place = -1; ///< from 0, of the place that is selected now
    int count = 0;
    bool isMore = false; ///< there are more places than were counted
    bool hasWrapped = false;
};

/// Places that a pane looks for at once; beyond them it says that there are more.
inline constexpr std::size_t kMostFound = 10'000;

/// Which of the places, in the order of the text, a step goes to, and whether that is past the end. `from` is the start
/// of the selection, or the cursor where nothing is selected.
template<class Place>
[[nodiscard]] std::pair<int, bool> foundPlace(const std::vector<Place> &places, const Place &from, bool hasSelection,
                                              FindStep step)
{
    if (places.empty())
        return {-1, false};
    const auto index = [&places](auto at) { return static_cast<int>(at - places.begin()); };
    const auto first = std::lower_bound(places.begin(), places.end(), from);
    if (step == FindStep::Count)
        return {first != places.end() && !(from < *first) && hasSelection ? index(first) : -1, false};
    if (step == FindStep::Previous)
        return first == places.begin() ? std::pair{static_cast<int>(places.size()) - 1, true}
                                       : std::pair{index(first) - 1, false};
    const auto next =
        step == FindStep::Next && hasSelection ? std::upper_bound(places.begin(), places.end(), from) : first;
    return next == places.end() ? std::pair{0, true} : std::pair{index(next), false};
}

} // namespace parallax::widgets
