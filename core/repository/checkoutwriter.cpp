// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/checkoutwriter.h"

#include "base/errors.h"
#include "base/files.h"
#include "repository/errors.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr qint64 kBatchBytes = 32LL * 1024 * 1024;
constexpr QFileDevice::Permissions kFileMode = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

bool isPlainPath(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return std::none_of(parts.begin(), parts.end(), [](const QString &part) {
        return part.isEmpty() || part == "."_L1 || part == ".."_L1 || part.compare(".git"_L1, Qt::CaseInsensitive) == 0;
    });
}

Error notWritten(const QString &path, const QString &detail)
{
    return {base::kFileNotCreated, {{u"file"_s, path}}, {path}, detail};
}

Error unsafe(const QString &path)
{
    return {kSourceUnsafe, {{u"file"_s, path}}, {}, {}};
}

} // namespace

bool CheckoutWriter::staysInside(const QString &path, const QString &target, const QStringList &parts)
{
    if (target.isEmpty() || target.startsWith(u'/') || target.contains(QChar(u'\0')))
        return false;
    QStringList at = path.split(u'/');
    at.removeLast();
    bool isAscending = true;
    for (const QString &step : target.split(u'/')) {
        if (step.isEmpty() || step == "."_L1)
            continue;
        if (step != ".."_L1) {
            isAscending = false;
            at.append(step);
            continue;
        }
        // Behind a name `..` may start from wherever another link leads.
        if (!isAscending || at.isEmpty())
            return false;
        at.removeLast();
    }
    const QString reached = at.join(u'/') + u'/';
    return std::any_of(parts.begin(), parts.end(),
                       [&reached](const QString &part) { return reached.startsWith(part); });
}

Status CheckoutWriter::write(const QString &commit, const QStringList &parts, const QString &deployment,
                             std::stop_token stop) const
{
    const Result<QList<TreeEntry>> entries = listTree(m_git, commit, parts, Depth::RecursiveWithSizes, stop);
    if (!entries)
        return fail(entries.error());
    if (Status checked = check(*entries, deployment); !checked)
        return checked;
    QList<TreeEntry> files;
    QList<TreeEntry> links;
    for (const TreeEntry &entry : *entries) {
        const QString folder = QFileInfo(m_folder + u'/' + entry.path).absolutePath();
        if (Status made = base::makePath(folder); !made)
            return made;
        if (entry.isFile() && entry.bytes > kBatchBytes) {
            if (Status written = writeLarge(entry, stop); !written)
                return written;
        } else if (entry.isFile()) {
            files.append(entry);
        } else {
            links.append(entry);
        }
    }
    if (Status written = writeFiles(files, stop); !written)
        return written;
    return writeLinks(links, parts, stop);
}

Status CheckoutWriter::check(const QList<TreeEntry> &entries, const QString &deployment) const
{
    qint64 sum = 0;
    QSet<QString> paths;
    for (const TreeEntry &entry : entries) {
        if (entry.type == TreeEntry::Type::Submodule)
            return fail(kSourceSubmodule, {{u"file"_s, entry.path}});
        if (!isPlainPath(entry.path) || paths.contains(entry.path))
            return fail(unsafe(entry.path));
        paths.insert(entry.path);
        sum += entry.bytes;
    }
    if (entries.size() > m_maxFiles || sum > m_maxBytes)
        return fail(kSourceTooLarge, {{u"deployment"_s, deployment}, {u"limit"_s, m_maxBytes}});
    return {};
}

Status CheckoutWriter::writeFiles(const QList<TreeEntry> &files, std::stop_token stop) const
{
    qsizetype begin = 0;
    while (begin < files.size()) {
        QList<QByteArray> ids;
        qint64 sum = 0;
        qsizetype end = begin;
        for (; end < files.size() && sum + files.at(end).bytes <= kBatchBytes; ++end) {
            ids.append(files.at(end).id);
            sum += files.at(end).bytes;
        }
        const Result<QHash<QByteArray, QByteArray>> blobs = readBlobs(m_git, ids, sum, stop);
        if (!blobs)
            return fail(blobs.error());
        for (; begin < end; ++begin) {
            const TreeEntry &entry = files.at(begin);
            const auto blob = blobs->constFind(entry.id);
            if (blob == blobs->constEnd())
                return fail(kGitFailed, {{u"command"_s, u"cat-file"_s}}, QString::fromLatin1(entry.id));
            QFile file(m_folder + u'/' + entry.path);
            const QFileDevice::Permissions mode =
                entry.type == TreeEntry::Type::Executable ? kFileMode | QFileDevice::ExeOwner : kFileMode;
            if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, mode) || file.write(*blob) != blob->size() ||
                !file.flush())
                return fail(notWritten(file.fileName(), file.errorString()));
        }
    }
    return {};
}

Status CheckoutWriter::writeLarge(const TreeEntry &file, std::stop_token stop) const
{
    GitCall call{{u"cat-file"_s, u"blob"_s, QString::fromLatin1(file.id)}};
    call.outputFile = m_folder + u'/' + file.path;
    call.timeout = std::chrono::minutes(10);
    const Result<QByteArray> done = m_git.output(call, stop);
    if (!done)
        return fail(done.error());
    if (QFileInfo(call.outputFile).size() != file.bytes)
        return fail(notWritten(call.outputFile, qt_error_string(ENOSPC)));
    QFile::setPermissions(call.outputFile,
                          file.type == TreeEntry::Type::Executable ? kFileMode | QFileDevice::ExeOwner : kFileMode);
    return {};
}

Status CheckoutWriter::writeLinks(const QList<TreeEntry> &links, const QStringList &parts, std::stop_token stop) const
{
    QList<QByteArray> ids;
    for (const TreeEntry &link : links)
        ids.append(link.id);
    const Result<QHash<QByteArray, QByteArray>> targets = readBlobs(m_git, ids, 64 * 1024 + 4096 * ids.size(), stop);
    if (!targets)
        return fail(targets.error());
    for (const TreeEntry &link : links) {
        const QString target = QFile::decodeName(targets->value(link.id));
        if (!staysInside(link.path, target, parts))
            return fail(unsafe(link.path));
    }
    for (const TreeEntry &link : links) {
        const QString path = m_folder + u'/' + link.path;
        if (!QFile::link(QFile::decodeName(targets->value(link.id)), path))
            return fail(notWritten(path, qt_error_string(errno)));
    }
    return {};
}

} // namespace parallax::repository
