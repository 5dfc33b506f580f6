// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/scheduling.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace parallax::base {

void preferShortSlices(std::chrono::nanoseconds slice)
{
#if defined(Q_OS_LINUX) && defined(SYS_sched_setattr) && defined(SYS_sched_getattr)
    // The first version of the kernel's structure (sched_setattr(2)); glibc 2.36 has none.
    struct
    {
        quint32 size = 48;
        quint32 policy = 0;
        quint64 flags = 0;
        qint32 nice = 0;
        quint32 priority = 0;
        quint64 runtime = 0;
        quint64 deadline = 0;
        quint64 period = 0;
    } attributes;
    if (::syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0U) != 0 || attributes.policy != SCHED_OTHER)
        return; // somebody has decided otherwise
    attributes.size = sizeof attributes;
    attributes.runtime = static_cast<quint64>(slice.count());
    ::syscall(SYS_sched_setattr, 0, &attributes, 0U);
#else
    Q_UNUSED(slice)
#endif
}

void stepBack()
{
#ifdef Q_OS_LINUX
    constexpr int kNice = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kNice);
#endif
}

} // namespace parallax::base
