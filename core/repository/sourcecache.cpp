// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/sourcecache.h"

#include "base/errors.h"
#include "base/files.h"
#include "repository/checkoutwriter.h"
#include "repository/errors.h"
#include "repository/objects.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr qint64 kAbandonedAfterSeconds = 24 * 3600;
constexpr auto kUnfinished = "unfinished-"_L1;

/// A shared lock on `path`, kept until the last copy goes; null when it cannot be had. The kernel drops it when the
/// process dies, however it dies.
std::shared_ptr<void> lease(const QString &path)
{
#ifdef Q_OS_UNIX
    const QByteArray name = QFile::encodeName(path);
    while (true) {
        const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0)
            return {};
        std::shared_ptr<void> held(static_cast<void *>(new int(fd)), [](void *own) {
            const std::unique_ptr<int> owner(static_cast<int *>(own));
            ::close(*owner);
        });
        if (::flock(fd, LOCK_SH) != 0)
            return {};
        // Who cleans away removes the file under its own lock; then ours guards a name that no longer exists.
        struct stat ours = {};
        struct stat named = {};
        if (::fstat(fd, &ours) == 0 && ::stat(name.constData(), &named) == 0 && ours.st_ino == named.st_ino) {
            ::futimens(fd, nullptr); // the time of last use
            return held;
        }
    }
#else
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    return std::make_shared<int>(0);
#endif
}

/// Removes the folder and its lock file, unless somebody holds a lease.
bool removeUnused(const QString &folder)
{
    const QString lockPath = folder + u".lock"_s;
#ifdef Q_OS_UNIX
    const int fd = ::open(QFile::encodeName(lockPath).constData(), O_RDWR | O_CLOEXEC);
    const bool isFree = fd < 0 || ::flock(fd, LOCK_EX | LOCK_NB) == 0;
    // Removed while we hold the lock: who opens the path now makes a new file, and finds no folder.
    const bool removed = isFree && QDir(folder).removeRecursively() && (fd < 0 || QFile::remove(lockPath));
    if (fd >= 0)
        ::close(fd);
    return removed;
#else
    return QDir(folder).removeRecursively() && QFile::remove(lockPath);
#endif
}

qint64 bytesBelow(const QString &folder)
{
    qint64 sum = 0;
    QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (it.hasNext())
        sum += it.nextFileInfo().size();
    return sum;
}

DeploymentMetadata metadataIn(const QString &folder)
{
    const QString path = folder + u"/metadata.yaml"_s;
    const Result<QByteArray> bytes = base::readFile(path, kMaxMetadataBytes);
    DeploymentMetadata metadata;
    if (bytes)
        metadata = readMetadata(*bytes, path);
    else
        metadata.problem = bytes.error();
    return metadata;
}

QVariantMap argsOf(const endpoints::DeploymentRef &ref)
{
    return {{u"deployment"_s, ref.name}, {u"branch"_s, ref.branch}, {u"version"_s, ref.version.toString()}};
}

Result<SourceCheckout> workTreeOf(const Repository &repository, const endpoints::DeploymentRef &ref)
{
    const Result<QString> folder = repository.resolve(u"deployments/"_s + ref.name);
    if (!folder)
        return fail(folder.error());
    if (!QFileInfo(*folder).isDir())
        return fail(kNoSuchDeployment, argsOf(ref));
    return SourceCheckout{*folder, {}, metadataIn(*folder), {}};
}

} // namespace

SourceCache::SourceCache(QString folder, Limits limits)
    : m_folder(folder.isEmpty() ? base::cacheFolder() + u"/sources"_s : std::move(folder))
    , m_limits(limits)
{}

Result<SourceCheckout> SourceCache::checkOut(const Repository &repository, const endpoints::DeploymentRef &ref,
                                             std::stop_token stop) const
{
    using Kind = endpoints::Version::Kind;
    if (ref.name.isEmpty() || ref.name.contains(u'/') || ref.name.startsWith(u'.'))
        return fail(kNoSuchDeployment, argsOf(ref));
    const bool isOnlyOnDisk = !repository.hasCommits() && ref.version.isLatest();
    if (ref.version.kind() == Kind::WorkTree || isOnlyOnDisk)
        return workTreeOf(repository, ref);
    const Result<QString> commit = commitOf(repository, ref, stop);
    if (!commit)
        return fail(commit.error());
    return materialise(repository, ref, *commit, stop);
}

Result<QString> commitOf(const Repository &repository, const endpoints::DeploymentRef &ref, std::stop_token stop)
{
    using Kind = endpoints::Version::Kind;
    if (ref.version.kind() == Kind::Alias)
        return fail(kVersionAliasUnknown, argsOf(ref));
    const bool wantsNumber = ref.version.kind() == Kind::Number;
    if (!repository.hasCommits() || (wantsNumber && repository.history() != History::Full))
        return fail(kVersionsUnknown, argsOf(ref));
    const Result<QList<Branch>> branches = repository.branches(stop);
    if (!branches)
        return fail(branches.error());
    const auto branch =
        std::find_if(branches->begin(), branches->end(), [&ref](const Branch &b) { return b.name == ref.branch; });
    if (branch == branches->end())
        return fail(kNoSuchBranch, argsOf(ref));
    if (!wantsNumber)
        return branch->commit;
    const Result<QByteArray> out = repository.git().output(
        {{u"rev-list"_s, u"--reverse"_s, u"--first-parent"_s, branch->commit, u"--"_s, u"deployments/"_s + ref.name}},
        stop);
    if (!out)
        return fail(out.error());
    const QList<QByteArray> commits = out->trimmed().split('\n');
    const int number = ref.version.toNumber();
    if (commits.first().isEmpty())
        return fail(kNoSuchDeployment, argsOf(ref));
    if (number < 1 || number > commits.size()) {
        QVariantMap args = argsOf(ref);
        args.insert(u"newest"_s, commits.size());
        return fail(kNoSuchVersion, args);
    }
    return QString::fromLatin1(commits.at(number - 1));
}

Result<SourceCheckout> SourceCache::materialise(const Repository &repository, const endpoints::DeploymentRef &ref,
                                                const QString &commit, std::stop_token stop) const
{
    const QString inner = u"deployments/"_s + ref.name;
    const Result<QList<TreeEntry>> trees =
        listTree(repository.git(), commit, {inner, u"common"_s}, Depth::Entries, stop);
    if (!trees)
        return fail(trees.error());
    QString key;
    bool hasDeployment = false;
    for (const TreeEntry &tree : *trees) {
        if (tree.type != TreeEntry::Type::Folder)
            continue;
        key += (key.isEmpty() ? u""_s : u"-"_s) + QString::fromLatin1(tree.id);
        hasDeployment |= tree.path == inner;
    }
    if (!hasDeployment)
        return fail(kNoSuchDeployment, argsOf(ref));
    if (Status made = base::makePath(m_folder, base::Privacy::OwnerOnly); !made)
        return fail(made.error());
    // The same tree may be two deployments', and links in it see its name.
    const QString target = m_folder + u'/' + ref.name + u'-' + key;
    SourceCheckout checkout{target + u'/' + inner, commit, {}, lease(target + u".lock"_s)};
    if (!QFileInfo(target).isDir()) {
        if (Status made = make(repository.git(), commit, ref.name, target, stop); !made) {
            checkout.lease.reset();
            removeUnused(target); // its lock
            return fail(made.error());
        }
        trim();
    }
    checkout.metadata = metadataIn(checkout.folder);
    return checkout;
}

Status SourceCache::make(const Git &git, const QString &commit, const QString &deployment, const QString &target,
                         std::stop_token stop) const
{
    QTemporaryDir unfinished(m_folder + u'/' + kUnfinished + u"XXXXXX"_s);
    if (!unfinished.isValid())
        return fail({base::kFileNotCreated, {{u"file"_s, m_folder}}, {m_folder}, unfinished.errorString()});
    const CheckoutWriter writer(git, unfinished.path(), m_limits.checkoutFiles, m_limits.checkoutBytes);
    const QStringList parts{u"deployments/"_s + deployment + u'/', u"common/"_s};
    if (Status written = writer.write(commit, parts, deployment, stop); !written)
        return written;
    // Another process may have been quicker; what it made is the same.
    if (QDir().rename(unfinished.path(), target))
        unfinished.setAutoRemove(false);
    else if (!QFileInfo(target).isDir())
        return fail({base::kFileNotCreated, {{u"file"_s, target}}, {target}, qt_error_string(errno)});
    return {};
}

void SourceCache::trim() const
{
    struct Entry
    {
        QString path;
        QDateTime used;
        qint64 bytes = 0;
    };
    QList<Entry> entries;
    qint64 sum = 0;
    const QDateTime now = QDateTime::currentDateTime();
    for (const QFileInfo &info : QDir(m_folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (info.fileName().startsWith(kUnfinished)) {
            if (info.lastModified().secsTo(now) > kAbandonedAfterSeconds) // its process was killed
                QDir(info.absoluteFilePath()).removeRecursively();
            continue;
        }
        const QFileInfo lock(info.absoluteFilePath() + u".lock"_s);
        entries.append({info.absoluteFilePath(), lock.lastModified(), bytesBelow(info.absoluteFilePath())});
        sum += entries.last().bytes;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.used < b.used; });
    qsizetype count = entries.size();
    for (const Entry &entry : std::as_const(entries)) {
        if (count <= m_limits.folders && sum <= m_limits.bytes)
            break;
        if (removeUnused(entry.path)) {
            --count;
            sum -= entry.bytes;
        }
    }
}

} // namespace parallax::repository
