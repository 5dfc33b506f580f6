// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace parallax::http {

inline constexpr qsizetype kReadSize = 64 * 1024;

/// One for all connections of a thread: what was read into it is used up or copied before the next read.
[[nodiscard]] inline std::array<char, kReadSize> &readBuffer()
{
    thread_local std::array<char, kReadSize> buffer;
    return buffer;
}

} // namespace parallax::http
