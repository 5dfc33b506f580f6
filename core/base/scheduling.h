// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace parallax::base {

/// Asks the system to let the calling thread run in slices of `slice`: shorter ones come sooner after a wake-up, at the
/// price of being interrupted more often, and take no larger share of the processor. Linux from 6.12 on
/// (Documentation/scheduler/sched-eevdf.rst); does nothing elsewhere.
void preferShortSlices(std::chrono::nanoseconds slice);

/// Gives the calling thread a tenth of the weight of others (nice 10) for as long as it lives: it waits where they
/// contend for a processor. Linux, where a thread has a nice value of its own (setpriority(2)); does nothing elsewhere.
void stepBack();

} // namespace parallax::base
