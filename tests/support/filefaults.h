// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Stands between a program and the C library and lets one chosen call on files of one folder fail, after the loops of
// SQLite's tests: fail call 1, 2, .. until the run gets through. Linked into a test, or preloaded into any program
// (parallax_file_faults), which then reads PARALLAX_FAULT_FOLDER, PARALLAX_FAULT_AT and PARALLAX_FAULT_ERRNO.
#pragma once

extern "C" {

/// From now on the `at`-th call (from 1; 0 for none) that opens, writes, syncs, renames, links or changes the mode of
/// something at or below `folder` fails with `error`. Where `isShort`, a write does half of its work first and every
/// later one fails, as on a disk that fills up. One thread.
void parallaxArmFileFaults(const char *folder, int at, int error, int isShort);
/// Ends it; how many such calls there were.
int parallaxDisarmFileFaults();
/// The kind of the call that failed ("open", "write", ..); empty when none did.
const char *parallaxFailedFileCall();
}
