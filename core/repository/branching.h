// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Branches of one's own for changes that a protected branch takes only by pull request (modelbit-endpoints.md 6, Q24).
// Which branches are protected is a setting of this clone, `parallax.protectedBranch` in its git configuration: the
// service tells nobody. All of it blocks; any worker thread.
#pragma once

#include "repository/repository.h"

#include <QString>
#include <QStringList>

#include <stop_token>

namespace parallax::repository {

/// Makes a branch at HEAD and goes there; changes that are not committed go along.
[[nodiscard]] Status startBranch(const Repository &repository, const QString &branch, std::stop_token stop = {});

[[nodiscard]] Result<QStringList> protectedBranches(const Repository &repository, std::stop_token stop = {});
[[nodiscard]] Status setProtected(const Repository &repository, const QString &branch, bool isProtected);

/// `origin`'s URL without user info; empty when there is no such remote.
[[nodiscard]] Result<QString> originUrl(const Repository &repository, std::stop_token stop = {});
/// Where a pull request of this branch is opened, for the hosts whose pages are known (GitHub, GitLab, Azure DevOps);
/// empty for others. Pure.
[[nodiscard]] QString pullRequestUrl(const QString &originUrl, const QString &from, const QString &into);

} // namespace parallax::repository
