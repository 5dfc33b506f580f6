// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The working copy of a Modelbit repository: its endpoint files, and what git knows of them.
#pragma once

#include "base/result.h"
#include "repository/git.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <stop_token>

namespace parallax::repository {

enum class History { Full, Shallow, NoCommits, None };

/// A file below endpoints/, wrongly named ones too.
struct EndpointFile
{
    QString name;     ///< the file name without its suffix
    QString path;     ///< from the root, with `/`: `endpoints/NAME.yaml`
    QString fullPath; ///< absolute
    /// Why it is not to be opened: leads out of the repository, is no file (errors), is a folder (warning). What is
    /// wrong with a name is said by core/endpoints.
    std::optional<Finding> flag;

    [[nodiscard]] bool isReadable() const { return !flag; }
    /// Whether the service would take it for an endpoint: readable, and ending in `.yaml`.
    [[nodiscard]] bool isEndpoint() const { return isReadable() && path.endsWith(u".yaml"); }
    friend bool operator==(const EndpointFile &, const EndpointFile &) = default;
};

enum class FileState { Unchanged, Untracked, Added, Modified, Deleted, Conflicted };

struct Head
{
    QString branch; ///< empty when detached
    QString commit; ///< full id; empty before the first commit
    [[nodiscard]] bool isDetached() const { return branch.isEmpty() && !commit.isEmpty(); }
    [[nodiscard]] bool isUnborn() const { return commit.isEmpty(); }
    friend bool operator==(const Head &, const Head &) = default;
};

struct WorkTreeStatus
{
    Head head;
    QHash<QString, FileState> files; ///< path from the root; what is not in it is unchanged

    [[nodiscard]] FileState of(const QString &path) const { return files.value(path, FileState::Unchanged); }
    friend bool operator==(const WorkTreeStatus &, const WorkTreeStatus &) = default;
};

struct Branch
{
    QString name;          ///< without `origin/`
    QString commit;        ///< its tip
    bool isRemote = false; ///< known from a remote only
    bool isCurrent = false;
    friend bool operator==(const Branch &, const Branch &) = default;
};

struct Identity
{
    QString name;
    QString email;
};

/// A value that knows the root, how to call git there, and what was found on opening; it holds no state of the
/// repository itself, so every call answers for this moment. Cheap to copy. Calls block (git, disk): any worker thread,
/// never the GUI thread. Paths are relative to root(), with `/`; one that leads out of the root, also through a
/// symbolic link, is refused.
class Repository
{
public:
    /// The repository that `path` (a folder or a file, existing or not) lies in: the nearest folder upwards with
    /// endpoints/, deployments/ or .workspace. Without git, or without a commit, everything but history works, and
    /// findings() says so. `git` replaces the program found in PATH.
    [[nodiscard]] static Result<Repository> discover(const QString &path, std::stop_token stop = {},
                                                     const Result<Git> &git = Git::locate());
    /// Only where it is; git is not asked.
    [[nodiscard]] static Result<QString> findRoot(const QString &path);

    [[nodiscard]] const QString &root() const { return m_root; }
    [[nodiscard]] History history() const { return m_history; }
    [[nodiscard]] bool hasCommits() const { return m_history == History::Full || m_history == History::Shallow; }
    /// Warnings of the opening.
    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }
    /// For this room: git in root(). Only with History other than None.
    [[nodiscard]] const Git &git() const { return m_git; }
    /// Where root() lies in the git work tree: empty, or with a final `/`.
    [[nodiscard]] const QString &prefix() const { return m_prefix; }

    // Files.
    [[nodiscard]] QList<EndpointFile> endpointFiles() const;
    [[nodiscard]] static QString endpointPath(const QString &name)
    {
        return QStringLiteral("endpoints/%1.yaml").arg(name);
    }
    /// The absolute path, if it lies in the repository when every symbolic link is followed.
    [[nodiscard]] Result<QString> resolve(const QString &path) const;
    [[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 maxBytes = 64 * 1024 * 1024) const;
    /// Saves by base::saveFile, if the file still holds `expected` (nullopt: is still absent); else
    /// file-changed-outside and nothing is written. Makes the folders above it.
    [[nodiscard]] Status saveFile(const QString &path, const QByteArray &bytes,
                                  const std::optional<QByteArray> &expected) const;
    /// Saves whatever is there, for "keep mine".
    [[nodiscard]] Status overwriteFile(const QString &path, const QByteArray &bytes) const;
    [[nodiscard]] Status removeFile(const QString &path, const QByteArray &expected) const;

    // Git.
    [[nodiscard]] Result<WorkTreeStatus> status(std::stop_token stop = {}) const;
    [[nodiscard]] Result<Head> head(std::stop_token stop = {}) const;
    /// Bytes of the last commit by path; files it does not have are left out.
    [[nodiscard]] Result<QHash<QString, QByteArray>> headFiles(const QStringList &paths,
                                                               std::stop_token stop = {}) const;
    /// Local branches, then those that only a remote has; sorted by name.
    [[nodiscard]] Result<QList<Branch>> branches(std::stop_token stop = {}) const;
    /// Commits these files (changed, new or deleted) and nothing else that may be staged. Runs the repository's hooks.
    [[nodiscard]] Result<QString> commit(const QStringList &paths, const QString &message,
                                         const std::optional<Identity> &identity = {}, std::stop_token stop = {}) const;
    /// Whose name a commit would carry; nothing when git knows nobody.
    [[nodiscard]] Result<std::optional<Identity>> identity(std::stop_token stop = {}) const;
    /// Keeps the identity in this repository's own configuration.
    [[nodiscard]] Status setIdentity(const Identity &identity) const;
    [[nodiscard]] Status switchBranch(const QString &branch, std::stop_token stop = {}) const;

    /// The service's own words for its commits.
    [[nodiscard]] static QString updatedMessage(const QString &endpoint)
    {
        return QStringLiteral("Updated endpoint ") + endpoint;
    }
    [[nodiscard]] static QString deletedMessage(const QString &endpoint)
    {
        return QStringLiteral("Deleted endpoint ") + endpoint;
    }

private:
    void openHistory(const Result<Git> &git, std::stop_token stop);
    [[nodiscard]] Status checkUnchanged(const QString &fullPath, const std::optional<QByteArray> &expected) const;

    QString m_root;
    QString m_prefix;
    History m_history = History::None;
    Git m_git;
    QList<Finding> m_findings;
};

} // namespace parallax::repository
