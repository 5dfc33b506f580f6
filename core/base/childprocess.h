// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Child processes that cannot outlive us.
#pragma once

#include <QProcess>

namespace parallax::base {

enum class ChildLifetime {
    BoundToThread, ///< the kernel kills the child when we die, by SIGKILL too (Linux; elsewhere only orderly ends
                   ///< count)
    Independent,   ///< ends by itself; for work that must not be cut in half
};

/// Gives the child a process group of its own, so that what it starts can be ended with it. Call before start().
/// PR_SET_PDEATHSIG is tied to the thread that forks, not to the process: a BoundToThread child dies when the thread
/// that calls start() ends. Start it from a thread that lives as long as the child shall.
void prepareChild(QProcess &process, ChildLifetime lifetime);

/// SIGTERM (or, when `force`, SIGKILL) to the child and its process group.
void endChild(QProcess &process, bool force);

/// SIGKILL to what is left of the process group of a child that has just ended. Call at once: the number may be another
/// group's later.
void endGroup(qint64 group);

} // namespace parallax::base
