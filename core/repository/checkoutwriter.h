// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repository/objects.h"

namespace parallax::repository {

/// Writes parts of a commit's tree into an empty folder, from git's objects alone: no filter, no hook, no attribute of
/// the repository has a say. Trusts nothing of the tree: names, links and sizes are checked before anything is written;
/// links are made last, so that nothing is written through one. Blocks; any worker thread.
class CheckoutWriter
{
public:
    CheckoutWriter(const Git &git, QString folder, int maxFiles, qint64 maxBytes)
        : m_git(git)
        , m_folder(std::move(folder))
        , m_maxFiles(maxFiles)
        , m_maxBytes(maxBytes)
    {}

    /// `parts` end in `/`; `deployment` is only named in errors.
    [[nodiscard]] Status write(const QString &commit, const QStringList &parts, const QString &deployment,
                               std::stop_token stop) const;

    /// Whether a link at `path` to `target` stays within `parts`, seen from its text alone: relative, `..` only in
    /// front. Links that all obey this cannot leave by one another either.
    [[nodiscard]] static bool staysInside(const QString &path, const QString &target, const QStringList &parts);

private:
    [[nodiscard]] Status check(const QList<TreeEntry> &entries, const QString &deployment) const;
    [[nodiscard]] Status writeFiles(const QList<TreeEntry> &files, std::stop_token stop) const;
    [[nodiscard]] Status writeLarge(const TreeEntry &file, std::stop_token stop) const;
    [[nodiscard]] Status writeLinks(const QList<TreeEntry> &links, const QStringList &parts,
                                    std::stop_token stop) const;

    const Git &m_git;
    QString m_folder;
    int m_maxFiles;
    qint64 m_maxBytes;
};

} // namespace parallax::repository
