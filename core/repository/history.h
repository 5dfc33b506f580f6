// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "repository/git.h"

#include <QHash>
#include <QList>

namespace parallax::repository {

/// One version of a deployment: a commit that changed its folder.
struct VersionInfo
{
    int number = 0; ///< from 1
    QString commit; ///< full id
    QString subject;
    QString author;
    WallTime time; ///< the committer's, to the second

    friend bool operator==(const VersionInfo &, const VersionInfo &) = default;
};

/// The versions of every deployment of one branch. Version n of NAME is the n-th line of
/// `git rev-list --reverse --first-parent BRANCH -- deployments/NAME` (docs/manual, "Versions"), derived for all at
/// once by one walk over the branch. A value.
struct BranchHistory
{
    QString tip;
    QHash<QString, QList<VersionInfo>> versions; ///< ascending
    /// Beside `versions`: the blob of metadata.yaml at each version, empty where there was none.
    QHash<QString, QList<QByteArray>> metadataIds;
};

/// Derives it for the commit `tip`, whose history must be complete. Continues `earlier` when `tip` has its tip among
/// its first parents, so that after a commit or a pull only what is new is walked. Blocks; worker thread.
[[nodiscard]] Result<BranchHistory> deriveHistory(const Git &git, const QString &prefix, const QString &tip,
                                                  const BranchHistory &earlier = {}, std::stop_token stop = {});

} // namespace parallax::repository
