// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repository/git.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

namespace parallax::repository {

/// One commit of a repository that the program makes: what it changes against the commit before it on its branch.
struct BuildCommit
{
    QString branch;
    QString from;                    ///< where a new branch begins; empty: at the default branch's newest commit
    QString merge;                   ///< a branch that becomes the second parent
    QMap<QString, QByteArray> files; ///< by path, written over what was there
    QMap<QString, QByteArray> links; ///< symbolic links: path and target
    QStringList remove;              ///< files or folders
    QString subject;
    QString author;
    QString email;
    qint64 time = 0; ///< seconds since 1970, UTC

    /// Adds every file below `folder`, which may be a Qt resource; compiled Python is left out.
    [[nodiscard]] Status addOverlay(const QString &folder);
};

struct BuildDescription
{
    QString defaultBranch = QStringLiteral("main");
    QList<BuildCommit> commits;

    /// Reads `history.json`: {"defaultBranch", "commits": [{"branch", "from"?, "merge"?, "directory", "subject",
    /// "author", "email", "time" (RFC 3339), "remove": []}]}. A commit's directory is looked for in `history/` beside
    /// the file. Both may lie in Qt resources.
    [[nodiscard]] static Result<BuildDescription> read(const QString &file);
};

/// Makes the repository in `folder`, which is empty or does not exist, and checks out the default branch. The same
/// description gives the same commit ids everywhere: author, committer and dates come from it alone, and no
/// configuration, template, hook, signature or filter of this machine takes part (the commits go through
/// `git fast-import`). Blocks; worker thread. On failure the folder may hold a part.
[[nodiscard]] Status buildRepository(const BuildDescription &description, const QString &folder,
                                     std::stop_token stop = {});

} // namespace parallax::repository
