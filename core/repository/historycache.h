// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repository/history.h"

#include <QString>

namespace parallax::repository {

/// Keeps derived histories from one run to the next, one file a repository and branch, below `folder` (by default
/// parallax/history in the XDG cache, 0700). Only an aid: what cannot be read, or does not carry its own checksum,
/// counts as absent. Bounded: histories of fewer than 500 versions are not worth a file, those over 32 MiB are not
/// kept, and of more than 64 files the oldest go. A value; any thread; blocks on the disk.
class HistoryCache
{
public:
    explicit HistoryCache(QString folder = {});

    /// An empty one when there is none.
    [[nodiscard]] BranchHistory load(const QString &root, const QString &branch) const;
    void store(const QString &root, const QString &branch, const BranchHistory &history) const;

private:
    [[nodiscard]] QString fileOf(const QString &root, const QString &branch) const;
    void trim() const;

    QString m_folder;
};

} // namespace parallax::repository
