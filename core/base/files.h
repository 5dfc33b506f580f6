// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing the user's files: always with a limit, never half-written.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace parallax::base {

/// Reads a whole file. The limit is no option: nothing here reads without one. Any thread; blocks.
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 maxBytes);

enum class Privacy { Shared, OwnerOnly }; ///< mode of a file made anew: 0666 less umask, or 0600

/// Replaces or creates `path` so that whatever happens (full disk, power loss, kill) it holds the old bytes or the new
/// ones. QSaveFile writes beside it; every write is checked, the file is synced before and its folder after the rename,
/// and the result is read back and compared. The folder must exist. A symbolic link stays one; its target is replaced.
/// Any thread; blocks.
[[nodiscard]] Status saveFile(const QString &path, const QByteArray &bytes, Privacy privacy = Privacy::Shared);

/// Creates a folder and those above it; OwnerOnly gives the innermost 0700.
[[nodiscard]] Status makePath(const QString &path, Privacy privacy = Privacy::Shared);

/// XDG base folders of Parallax, created on demand by those who write there: `~/.local/share/parallax` and so on.
[[nodiscard]] QString dataFolder();
[[nodiscard]] QString stateFolder();
[[nodiscard]] QString configFolder();
[[nodiscard]] QString cacheFolder();

} // namespace parallax::base
