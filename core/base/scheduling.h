// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace parallax::base {

/// Asks the system to let the calling thread run in slices of `slice`: shorter ones come sooner after a wake-up, at the
/// price of being interrupted more often, and take no larger share of the processor. Linux from 6.12 on
/// (Documentation/scheduler/sched-eevdf.rst); does nothing elsewhere.
void preferShortSlices(std::chrono::nanoseconds slice);

} // namespace parallax::base
