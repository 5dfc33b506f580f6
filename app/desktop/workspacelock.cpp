// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workspacelock.h"

#include "base/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace parallax::desktop {

namespace {

constexpr qint64 kMostGitFile = 64 * 1024;

QString hashed(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

/// The git folder that a folder with `.git` in it belongs to; empty when there is none.
QString gitFolder(const QDir &top)
{
    const QFileInfo git(top.filePath(u".git"_s));
    if (git.isDir())
        return git.absoluteFilePath();
    // A linked work tree has a file that names its own.
    const Result<QByteArray> text = base::readFile(git.absoluteFilePath(), kMostGitFile);
    if (!text || !text->startsWith("gitdir: "))
        return {};
    const QString named = QString::fromUtf8(text->mid(8)).trimmed();
    const QString folder = QDir::cleanPath(top.absoluteFilePath(named));
    return QFileInfo(folder).isDir() ? folder : QString();
}

QString stateFile(const QString &root)
{
    return base::stateFolder() + u"/locks/"_s + hashed(root) + u".lock"_s;
}

} // namespace

QString WorkspaceLock::fileFor(const QString &root)
{
    QDir folder(root);
    do {
        if (!QFileInfo::exists(folder.filePath(u".git"_s)))
            continue;
        const QString git = gitFolder(folder);
        if (git.isEmpty())
            break;
        const QString below = folder.relativeFilePath(root);
        return git + (below == "."_L1 ? u"/parallax.lock"_s : u"/parallax-"_s + hashed(below) + u".lock"_s);
    } while (folder.cdUp());
    return stateFile(root);
}

WorkspaceLock::WorkspaceLock(const QString &root)
    : m_root(QFileInfo(root).canonicalFilePath())
{
    if (!take(fileFor(m_root)))
        static_cast<void>(take(stateFile(m_root)));
}

/// False when this place cannot hold a lock.
bool WorkspaceLock::take(const QString &file)
{
    if (!base::makePath(QFileInfo(file).absolutePath()))
        return false;
    m_lock = std::make_unique<QLockFile>(file);
    m_lock->setStaleLockTime(0); // old is not dead: the process is asked for
    if (m_lock->tryLock(0))
        return true;
    if (m_lock->error() != QLockFile::LockFailedError)
        return false;
    QString program;
    m_lock->getLockInfo(&m_holder.pid, &m_holder.host, &program);
    m_holder.isElsewhere = !m_holder.host.isEmpty() && m_holder.host != QSysInfo::machineHostName();
    return true;
}

} // namespace parallax::desktop
