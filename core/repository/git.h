// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The `git` program, hardened against the repository it is run in (docs/manual, "Hostile repositories").
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>
#include <stop_token>

namespace parallax::repository {

/// What a call may do. Reads and writes run no hook, no fsmonitor and no transport; reads run no content filter either
/// and take no lock. Only a commit that the user asked for runs the repository's hooks.
enum class GitAccess { Read, Write, Commit };

struct GitCall
{
    QStringList arguments; ///< the command and what follows; values of others stand behind `--end-of-options` or `--`
    GitAccess access = GitAccess::Read;
    QByteArray input = {};
    QString outputFile = {}; ///< where standard output goes instead of GitOutput::out; no cap applies
    qint64 maxOutputBytes = 64 * 1024 * 1024;
    std::chrono::milliseconds timeout{60'000};
    QMap<QString, QString> environment = {}; ///< set on top
};

struct GitOutput
{
    int exitCode = 0;
    QByteArray out = {};
    QString err = {}; ///< at most 64 KiB
};

/// Runs git in one folder. A value; holds the program's absolute path, found once. Calls block until git ends, so they
/// belong on a worker: any QThread (a QThreadPool's too), never the GUI thread. Arguments go to git as a list, no shell
/// is involved. Errors: git-missing, git-timeout, git-output-too-large, cancelled, and what git itself says as
/// git-failed or a code of its own (dubious ownership, index.lock, missing identity, no repository).
class Git
{
public:
    /// Looks for `git` in the absolute folders of PATH, or of `searchPaths`.
    [[nodiscard]] static Result<Git> locate(const QStringList &searchPaths = {});

    [[nodiscard]] Git inFolder(const QString &folder) const;
    /// Content filters of the repository's configuration (`filter.NAME.clean` and so on), which reads then leave out.
    [[nodiscard]] Git withoutFilters(const QStringList &drivers) const;

    /// Runs to the end, whatever the exit code.
    [[nodiscard]] Result<GitOutput> run(const GitCall &call, std::stop_token stop = {}) const;
    /// Standard output of a call that must succeed. A lock of another git is waited for up to three seconds.
    [[nodiscard]] Result<QByteArray> output(const GitCall &call, std::stop_token stop = {}) const;

    /// What git's words mean.
    [[nodiscard]] Error errorOf(const GitCall &call, const GitOutput &output) const;

    [[nodiscard]] const QString &program() const { return m_program; }
    [[nodiscard]] const QString &folder() const { return m_folder; }

private:
    [[nodiscard]] QStringList fullArguments(const GitCall &call) const;
    [[nodiscard]] QProcessEnvironment environment(const GitCall &call) const;

    QString m_program;
    QString m_folder;
    QStringList m_filters;
};

} // namespace parallax::repository
