// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Trees and blobs of git by their ids, a whole list in one process.
#pragma once

#include "repository/git.h"

#include <QHash>
#include <QList>

#include <optional>

namespace parallax::repository {

/// One entry of a tree. Paths count from the folder git runs in.
struct TreeEntry
{
    enum class Type { File, Executable, SymbolicLink, Submodule, Folder };
    Type type = Type::File;
    QByteArray id;
    qint64 bytes = 0; ///< of a file, when asked for
    QString path;

    [[nodiscard]] bool isFile() const { return type == Type::File || type == Type::Executable; }
    friend bool operator==(const TreeEntry &, const TreeEntry &) = default;
};

enum class Depth { Entries, Recursive, RecursiveWithSizes };

/// What `commit` (a full id) has at or below `paths`; a path ending in `/` lists what is in that folder. Folders
/// themselves are listed only with Depth::Entries.
[[nodiscard]] Result<QList<TreeEntry>> listTree(const Git &git, const QString &commit, const QStringList &paths,
                                                Depth depth, std::stop_token stop = {});

/// Contents by id; ids that are missing or no blob are left out. All in memory: the caller bounds the sum by
/// `maxBytes`.
[[nodiscard]] Result<QHash<QByteArray, QByteArray>> readBlobs(const Git &git, const QList<QByteArray> &ids,
                                                              qint64 maxBytes, std::stop_token stop = {});

/// The full id of the commit that HEAD stands for, empty before the first one.
[[nodiscard]] Result<QString> headCommit(const Git &git, std::stop_token stop = {});

/// Whether `text` is a full object id (SHA-1 or SHA-256), the only way commits are named to git here.
[[nodiscard]] bool isObjectId(const QString &text);

} // namespace parallax::repository
