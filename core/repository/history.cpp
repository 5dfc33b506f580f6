// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/history.h"

#include "repository/objects.h"

#include <QSet>
#include <QThread>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr qint64 kMaxHistoryBytes = 1024LL * 1024 * 1024;
constexpr std::chrono::minutes kHistoryPatience{10};
constexpr qsizetype kCommitsWorthAProcess = 2000;

struct Commit
{
    QByteArray id;
    QByteArray parent; ///< the first
    VersionInfo info;
};

/// The first-parent chain from `tip` down to (and without) `end`, or to the root; newest first.
Result<QList<Commit>> firstParents(const Git &git, const QString &tip, const QString &end, std::stop_token stop)
{
    GitCall call{{u"rev-list"_s, u"--first-parent"_s, u"--no-commit-header"_s, u"--encoding=UTF-8"_s,
                  u"--format=%H%x00%P%x00%ct%x00%an%x00%s"_s, tip}};
    if (!end.isEmpty())
        call.arguments << u'^' + end;
    call.arguments << u"--"_s;
    call.maxOutputBytes = kMaxHistoryBytes;
    call.timeout = kHistoryPatience;
    const Result<QByteArray> out = git.output(call, stop);
    if (!out)
        return fail(out.error());
    QList<Commit> commits;
    for (const QByteArray &line : out->split('\n')) {
        const QList<QByteArray> fields = line.split('\0');
        if (fields.size() != 5)
            continue;
        Commit commit{fields.at(0), fields.at(1).split(' ').first(), {}};
        commit.info.commit = QString::fromLatin1(commit.id);
        commit.info.time = WallTime(std::chrono::seconds(fields.at(2).toLongLong()));
        commit.info.author = QString::fromUtf8(fields.at(3));
        commit.info.subject = QString::fromUtf8(fields.at(4));
        commits.append(std::move(commit));
    }
    return commits;
}

/// What the commits from `begin` on changed below deployments/, as git prints it: each against its first parent.
Result<QByteArray> changesOf(const Git &git, const QList<Commit> &commits, qsizetype begin, qsizetype end,
                             std::stop_token stop)
{
    GitCall call{{u"diff-tree"_s, u"--stdin"_s, u"--root"_s, u"-r"_s, u"-z"_s, u"--raw"_s, u"--no-abbrev"_s,
                  u"--no-renames"_s, u"--no-ext-diff"_s, u"--ignore-submodules=none"_s, u"--"_s, u"deployments"_s}};
    for (qsizetype i = begin; i < end; ++i) {
        const Commit &commit = commits.at(i);
        call.input += commit.id;
        if (!commit.parent.isEmpty())
            call.input += ' ' + commit.parent;
        call.input += '\n';
    }
    call.maxOutputBytes = kMaxHistoryBytes;
    call.timeout = kHistoryPatience;
    return git.output(call, stop);
}

/// The work is git's and runs in as many processes as there are cores for it; each takes a stretch of the chain.
QList<Result<QByteArray>> allChanges(const Git &git, const QList<Commit> &commits, std::stop_token stop)
{
    const qsizetype wanted = (commits.size() + kCommitsWorthAProcess - 1) / kCommitsWorthAProcess;
    const qsizetype count = qBound(qsizetype{1}, wanted, qsizetype{qBound(1, QThread::idealThreadCount(), 4)});
    QList<Result<QByteArray>> parts(count);
    QThreadPool pool;
    pool.setMaxThreadCount(static_cast<int>(count));
    for (qsizetype part = 0; part < count; ++part) {
        Result<QByteArray> &slot = parts[part];
        const qsizetype begin = commits.size() * part / count;
        const qsizetype end = commits.size() * (part + 1) / count;
        pool.start([&git, &commits, &slot, begin, end, stop] { slot = changesOf(git, commits, begin, end, stop); });
    }
    pool.waitForDone();
    return parts;
}

struct Change
{
    QSet<QString> deployments;
    QHash<QString, QByteArray> metadataIds; ///< empty id: the file went
};

/// "ID\0" of a commit, then ":MODE MODE ID ID STATUS\0PATH\0" for each file.
void readChanges(const QByteArray &out, const QString &folder, QHash<QByteArray, Change> &changes)
{
    Change *change = nullptr;
    QByteArray newId;
    qsizetype at = 0;
    while (at < out.size()) {
        qsizetype end = out.indexOf('\0', at);
        if (end < 0)
            end = out.size();
        const QByteArrayView token = QByteArrayView(out).sliced(at, end - at);
        at = end + 1;
        if (token.isEmpty())
            continue;
        if (!newId.isEmpty()) {
            const QString path = QString::fromUtf8(token);
            if (change != nullptr && path.startsWith(folder)) {
                const QStringList parts = path.mid(folder.size()).split(u'/');
                change->deployments.insert(parts.first());
                if (parts.size() == 2 && parts.at(1) == "metadata.yaml"_L1)
                    change->metadataIds.insert(parts.first(), newId.count('0') == newId.size() ? QByteArray() : newId);
            }
            newId.clear();
        } else if (token.startsWith(':')) {
            newId = token.toByteArray().split(' ').value(3);
        } else {
            change = &changes[token.toByteArray()];
        }
    }
}

void append(BranchHistory &history, const Commit &commit, const Change &change)
{
    for (const QString &name : change.deployments) {
        QList<VersionInfo> &versions = history.versions[name];
        VersionInfo info = commit.info;
        info.number = static_cast<int>(versions.size()) + 1;
        versions.append(std::move(info));
        QList<QByteArray> &ids = history.metadataIds[name];
        const QByteArray before = ids.isEmpty() ? QByteArray() : ids.last();
        ids.append(change.metadataIds.value(name, before));
    }
}

} // namespace

Result<BranchHistory> deriveHistory(const Git &git, const QString &prefix, const QString &tip,
                                    const BranchHistory &earlier, std::stop_token stop)
{
    Q_ASSERT(isObjectId(tip));
    if (earlier.tip == tip)
        return earlier;
    BranchHistory history = earlier;
    Result<QList<Commit>> commits;
    if (!earlier.tip.isEmpty()) {
        commits = firstParents(git, tip, earlier.tip, stop);
        if (commits && (commits->isEmpty() || QString::fromLatin1(commits->last().parent) != earlier.tip))
            commits = fail(Error{}); // rewritten, or switched to another line: derive anew
    }
    if (earlier.tip.isEmpty() || !commits) {
        history = {};
        commits = firstParents(git, tip, {}, stop);
    }
    if (!commits)
        return fail(commits.error());
    QHash<QByteArray, Change> changes;
    for (const Result<QByteArray> &part : allChanges(git, *commits, stop)) {
        if (!part)
            return fail(part.error());
        readChanges(*part, prefix + u"deployments/"_s, changes);
    }
    history.tip = tip;
    for (qsizetype i = commits->size() - 1; i >= 0; --i) {
        if (const auto change = changes.constFind(commits->at(i).id); change != changes.constEnd())
            append(history, commits->at(i), *change);
    }
    return history;
}

} // namespace parallax::repository
