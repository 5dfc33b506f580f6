// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "repository/metadata.h"
#include "repository/repository.h"

#include <memory>

namespace parallax::repository {

/// A deployment's files in a folder of their own. While a copy of this value lives, the folder is not cleaned away.
struct SourceCheckout
{
    QString folder; ///< absolute; holds source.py and metadata.yaml
    QString commit; ///< empty for the work tree
    DeploymentMetadata metadata;
    std::shared_ptr<void> lease;
};

/// Lays out versions of deployments as folders, below `folder` (by default parallax/sources in the XDG cache). One
/// folder holds `deployments/NAME` and, where there is one, `common` of a commit, so that links between the two work;
/// it is named by the ids of the two trees, made under another name (0700, files 0600) and renamed when complete, and
/// used again by whoever needs the same trees. Bounded: beyond 64 folders or 2 GiB those used longest ago go, unless
/// some process still holds them. A checkout is refused that has more than 20,000 files or 1 GiB, a submodule, or a
/// link that leads out of those two folders. Any thread, several at once, several processes; blocks.
class SourceCache
{
public:
    struct Limits
    {
        int folders = 64;
        qint64 bytes = 2LL * 1024 * 1024 * 1024;
        int checkoutFiles = 20'000;
        qint64 checkoutBytes = 1024LL * 1024 * 1024;
    };

    explicit SourceCache(QString folder = {})
        : SourceCache(std::move(folder), Limits{})
    {}
    SourceCache(QString folder, Limits limits);

    /// `worktree` is the folder on disk itself. `latest` is the newest commit of the branch, never the work tree; only
    /// a repository without any commit has nothing but its files, and then they are it. Errors: no-such-branch,
    /// no-such-deployment, no-such-version, versions-unknown, version-alias-unknown, source-unsafe, source-submodule,
    /// source-too-large, and what git and the disk say.
    [[nodiscard]] Result<SourceCheckout> checkOut(const Repository &repository, const endpoints::DeploymentRef &ref,
                                                  std::stop_token stop = {}) const;

    [[nodiscard]] const QString &folder() const { return m_folder; }
    /// Removes what is beyond the limits and nobody holds.
    void trim() const;

private:
    [[nodiscard]] Result<SourceCheckout> materialise(const Repository &repository, const endpoints::DeploymentRef &ref,
                                                     const QString &commit, std::stop_token stop) const;
    [[nodiscard]] Status make(const Git &git, const QString &commit, const QString &deployment, const QString &target,
                              std::stop_token stop) const;

    QString m_folder;
    Limits m_limits;
};

/// The commit that a version of a deployment is. Asks git for this one deployment only.
[[nodiscard]] Result<QString> commitOf(const Repository &repository, const endpoints::DeploymentRef &ref,
                                       std::stop_token stop = {});

} // namespace parallax::repository
