// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace parallax::base {

void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int kKept = 16 * 1024 * 1024;
    constexpr int kOwnMapping = 1024 * 1024; // from this size on a block comes from the system and goes back to it
    mallopt(M_TRIM_THRESHOLD, kKept);
    mallopt(M_MMAP_THRESHOLD, kOwnMapping);
#endif
}

} // namespace parallax::base
