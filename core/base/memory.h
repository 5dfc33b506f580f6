// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace parallax::base {

/// Lets the allocator keep some MiB of what is freed. A recorder takes in and lets go of a batch of exchanges many
/// times a second; glibc by default returns such memory to the system each time, to fetch it again page by page. Called
/// once, at the start of a program; does nothing where there is no such setting.
void keepFreedMemory();

} // namespace parallax::base
