// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Repository asks git.
#include "repository/errors.h"
#include "repository/objects.h"
#include "repository/repository.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr int kMaxPathArguments = 500;
constexpr std::chrono::minutes kHookPatience{10};

/// Reads one record of `git status --porcelain=v2 -z`.
void readRecord(const QByteArray &record, const QString &prefix, WorkTreeStatus &status)
{
    if (record.startsWith("# branch.oid ")) {
        const QByteArray id = record.mid(13);
        status.head.commit = id == "(initial)" ? QString() : QString::fromLatin1(id);
        return;
    }
    if (record.startsWith("# branch.head ")) {
        const QByteArray name = record.mid(14);
        status.head.branch = name == "(detached)" ? QString() : QString::fromUtf8(name);
        return;
    }
    // The path follows a fixed number of blanks and may hold more of them.
    const char kind = record.isEmpty() ? '\0' : record.front();
    const int blanks = kind == '1' ? 8 : kind == 'u' ? 10 : kind == '?' ? 1 : 0;
    if (blanks == 0)
        return;
    qsizetype at = 0;
    for (int i = 0; i < blanks; ++i)
        at = record.indexOf(' ', at) + 1;
    QString path = QString::fromUtf8(record.mid(at));
    if (!path.startsWith(prefix))
        return;
    path.remove(0, prefix.size());
    FileState state = FileState::Conflicted;
    if (kind == '?') {
        // Removed from the index but there again: for the user it is a change.
        state = status.files.contains(path) ? FileState::Modified : FileState::Untracked;
    } else if (kind == '1') {
        const char staged = record.at(2);
        const char unstaged = record.at(3);
        if (unstaged == 'D' || (staged == 'D' && unstaged == '.'))
            state = FileState::Deleted;
        else
            state = staged == 'A' || unstaged == 'A' ? FileState::Added : FileState::Modified;
    }
    status.files.insert(path, state);
}

Result<WorkTreeStatus> statusOf(const Git &git, const QString &prefix, const QStringList &paths, std::stop_token stop)
{
    GitCall call{{u"status"_s, u"--porcelain=v2"_s, u"-z"_s, u"--branch"_s, u"--no-renames"_s, u"--no-ahead-behind"_s,
                  u"--untracked-files=all"_s, u"--ignore-submodules=all"_s, u"--"_s}};
    call.arguments += paths;
    const Result<QByteArray> out = git.output(call, stop);
    if (!out)
        return fail(out.error());
    WorkTreeStatus status;
    for (const QByteArray &record : out->split('\0'))
        readRecord(record, prefix, status);
    return status;
}

} // namespace

Result<WorkTreeStatus> Repository::status(std::stop_token stop) const
{
    return statusOf(m_git, m_prefix, {u"endpoints"_s, u".parallax"_s}, stop);
}

Result<Head> Repository::head(std::stop_token stop) const
{
    const Result<QString> commit = headCommit(m_git, stop);
    if (!commit)
        return fail(commit.error());
    const GitCall call{{u"symbolic-ref"_s, u"--quiet"_s, u"HEAD"_s}};
    const Result<GitOutput> ref = m_git.run(call, stop);
    if (!ref)
        return fail(ref.error());
    if (ref->exitCode > 1)
        return fail(m_git.errorOf(call, *ref));
    Head head{{}, *commit};
    const QString name = QString::fromUtf8(ref->out).trimmed();
    if (name.startsWith("refs/heads/"_L1))
        head.branch = name.mid(11);
    return head;
}

Result<QHash<QString, QByteArray>> Repository::headFiles(const QStringList &paths, std::stop_token stop) const
{
    QHash<QString, QByteArray> files;
    const Result<QString> commit = headCommit(m_git, stop);
    if (!commit)
        return fail(commit.error());
    if (commit->isEmpty() || paths.isEmpty())
        return files;
    QStringList folders = paths;
    if (paths.size() > kMaxPathArguments) {
        for (QString &folder : folders)
            folder.truncate(folder.indexOf(u'/') + 1);
        folders.removeDuplicates();
    }
    const Result<QList<TreeEntry>> entries = listTree(m_git, *commit, folders, Depth::Recursive, stop);
    if (!entries)
        return fail(entries.error());
    QHash<QString, QByteArray> ids;
    for (const TreeEntry &entry : *entries) {
        if (entry.isFile())
            ids.insert(entry.path, entry.id);
    }
    QList<QByteArray> wanted;
    for (const QString &path : paths) {
        if (const QByteArray id = ids.value(path); !id.isEmpty())
            wanted.append(id);
    }
    const Result<QHash<QByteArray, QByteArray>> blobs = readBlobs(m_git, wanted, 256LL * 1024 * 1024, stop);
    if (!blobs)
        return fail(blobs.error());
    for (const QString &path : paths) {
        if (const auto blob = blobs->constFind(ids.value(path)); blob != blobs->constEnd())
            files.insert(path, *blob);
    }
    return files;
}

Result<QList<Branch>> Repository::branches(std::stop_token stop) const
{
    const Result<Head> current = head(stop);
    if (!current)
        return fail(current.error());
    const Result<QByteArray> out =
        m_git.output({{u"for-each-ref"_s,
                       u"--format=%(objecttype) %(objectname) %(if)%(symref)%(then)link%(else)own%(end) %(refname)"_s,
                       u"refs/heads/"_s, u"refs/remotes/"_s}},
                     stop);
    if (!out)
        return fail(out.error());
    QList<Branch> local;
    QMap<QString, Branch> remote;
    for (const QByteArray &line : out->split('\n')) {
        const QList<QByteArray> words = line.split(' '); // a ref's name has no blanks
        if (words.size() != 4 || words.at(0) != "commit" || words.at(2) != "own")
            continue;
        const QString ref = QString::fromUtf8(words.at(3));
        const QString commit = QString::fromLatin1(words.at(1));
        if (ref.startsWith("refs/heads/"_L1)) {
            const QString name = ref.mid(11);
            local.append({name, commit, false, name == current->branch});
        } else if (const QString name = ref.section(u'/', 3); !name.isEmpty() && !remote.contains(name)) {
            remote.insert(name, {name, commit, true, false});
        }
    }
    for (const Branch &branch : std::as_const(local))
        remote.remove(branch.name);
    return local + remote.values();
}

Result<QString> Repository::commit(const QStringList &paths, const QString &message,
                                   const std::optional<Identity> &identity, std::stop_token stop) const
{
    const Result<WorkTreeStatus> before = statusOf(m_git, m_prefix, paths, stop);
    if (!before)
        return fail(before.error());
    if (before->files.isEmpty())
        return fail(kNothingToCommit);
    QStringList changed = before->files.keys();
    std::sort(changed.begin(), changed.end());
    QStringList fresh;
    std::copy_if(changed.begin(), changed.end(), std::back_inserter(fresh),
                 [&](const QString &path) { return before->of(path) == FileState::Untracked; });
    if (!fresh.isEmpty()) {
        const Result<QByteArray> added =
            m_git.output({QStringList{u"add"_s, u"--intent-to-add"_s, u"--"_s} + fresh, GitAccess::Write}, stop);
        if (!added)
            return fail(added.error());
    }
    GitCall call{QStringList{u"commit"_s, u"--quiet"_s, u"--only"_s, u"--file=-"_s, u"--"_s} + changed,
                 GitAccess::Commit, message.toUtf8() + '\n'};
    call.timeout = kHookPatience;
    if (identity) {
        call.environment = {{u"GIT_AUTHOR_NAME"_s, identity->name},
                            {u"GIT_AUTHOR_EMAIL"_s, identity->email},
                            {u"GIT_COMMITTER_NAME"_s, identity->name},
                            {u"GIT_COMMITTER_EMAIL"_s, identity->email}};
    }
    const Result<QByteArray> done = m_git.output(call, stop);
    if (done)
        return headCommit(m_git);
    Error error = done.error();
    if (!fresh.isEmpty()) // leave the index as it was
        static_cast<void>(
            m_git.output({QStringList{u"update-index"_s, u"--force-remove"_s, u"--"_s} + fresh, GitAccess::Write}));
    if (error.code == kGitFailed)
        error.code = kCommitRefused;
    return fail(std::move(error));
}

Result<std::optional<Identity>> Repository::identity(std::stop_token stop) const
{
    // As a commit would see it, without a name guessed from the machine's.
    const Result<QByteArray> out = m_git.output({{u"var"_s, u"GIT_AUTHOR_IDENT"_s}, GitAccess::Commit}, stop);
    if (!out)
        return out.error().code == kIdentityMissing ? Result<std::optional<Identity>>(std::nullopt) : fail(out.error());
    const QString line = QString::fromUtf8(*out);
    const qsizetype begin = line.indexOf(u" <");
    const qsizetype end = line.indexOf(u'>', begin);
    if (begin < 0 || end < 0)
        return std::optional<Identity>();
    return std::optional(Identity{line.left(begin), line.mid(begin + 2, end - begin - 2)});
}

Status Repository::setIdentity(const Identity &identity) const
{
    for (const auto &[key, value] :
         {std::pair(u"user.name"_s, identity.name), std::pair(u"user.email"_s, identity.email)}) {
        const Result<QByteArray> set = m_git.output({{u"config"_s, u"--local"_s, key, value}, GitAccess::Write});
        if (!set)
            return fail(set.error());
    }
    return {};
}

Status Repository::switchBranch(const QString &branch, std::stop_token stop) const
{
    const Result<QList<Branch>> known = branches(stop);
    if (!known)
        return fail(known.error());
    // Only a name that git itself listed goes back to it.
    const bool exists =
        std::any_of(known->begin(), known->end(), [&branch](const Branch &one) { return one.name == branch; });
    if (!exists)
        return fail(kNoSuchBranch, {{u"branch"_s, branch}});
    GitCall call{{u"switch"_s, u"--quiet"_s, u"--guess"_s, u"--no-progress"_s, u"--end-of-options"_s, branch},
                 GitAccess::Write};
    call.timeout = kHookPatience;
    const Result<QByteArray> done = m_git.output(call, stop);
    if (done)
        return {};
    Error error = done.error();
    if (error.code == kGitFailed) {
        error.code = kSwitchRefused;
        error.args.insert(u"branch"_s, branch);
    }
    return fail(std::move(error));
}

} // namespace parallax::repository
