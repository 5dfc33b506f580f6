// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace parallax::shell {

/// The four work modes, in the order of the rail.
enum class Mode {
    Edit,
    Live,
    Replay,
    Compare,
};

inline constexpr int kModeCount = 4;

} // namespace parallax::shell
