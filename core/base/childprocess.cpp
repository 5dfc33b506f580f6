// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/childprocess.h"

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace parallax::base {

void prepareChild(QProcess &process, ChildLifetime lifetime)
{
#ifdef Q_OS_UNIX
    const pid_t parent = ::getpid();
    // Runs between fork and exec: only async-signal-safe calls here.
    process.setChildProcessModifier([parent, lifetime] {
        ::setpgid(0, 0);
#ifdef Q_OS_LINUX
        if (lifetime == ChildLifetime::BoundToThread) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            // We may have died before the request was in force.
            if (::getppid() != parent)
                ::_exit(127);
        }
#else
        static_cast<void>(parent);
        static_cast<void>(lifetime);
#endif
    });
#else
    static_cast<void>(process);
    static_cast<void>(lifetime);
#endif
}

void endChild(QProcess &process, bool force)
{
    const qint64 pid = process.processId();
    if (pid <= 0)
        return;
#ifdef Q_OS_UNIX
    // Negative: the whole group. It fails only in the moment before the child has made its group.
    if (::kill(static_cast<pid_t>(-pid), force ? SIGKILL : SIGTERM) == 0)
        return;
#endif
    if (force)
        process.kill();
    else
        process.terminate();
}

void endGroup(qint64 group)
{
#ifdef Q_OS_UNIX
    if (group > 0)
        ::kill(static_cast<pid_t>(-group), SIGKILL);
#else
    static_cast<void>(group);
#endif
}

} // namespace parallax::base
