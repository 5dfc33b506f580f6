// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/recovery.h"

#include "base/files.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr int kFormat = 1;
constexpr qint64 kMaxBytes = 64LL * 1024 * 1024;
constexpr qsizetype kMaxHeader = 64 * 1024;
const QString kSuffix = u".recovery"_s;

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(Recovery::hashOf(bytes).toHex());
}

/// Whether that number is a running program, and the same as this one.
bool isRunning(qint64 pid)
{
    if (pid <= 0 || pid == QCoreApplication::applicationPid())
        return false;
    const QString program = QFileInfo(u"/proc/%1/exe"_s.arg(pid)).symLinkTarget();
    return !program.isEmpty() && program == QFileInfo(u"/proc/self/exe"_s).symLinkTarget();
}

std::optional<Recovery> fromBytes(const QByteArray &bytes)
{
    const qsizetype end = bytes.left(kMaxHeader).indexOf('\n');
    if (end < 0)
        return {};
    const QJsonObject header = QJsonDocument::fromJson(bytes.first(end)).object();
    Recovery recovery;
    recovery.root = header.value(u"root"_s).toString();
    recovery.path = header.value(u"path"_s).toString();
    recovery.text = bytes.sliced(end + 1);
    recovery.base = QByteArray::fromHex(header.value(u"base"_s).toString().toLatin1());
    if (header.value(u"v"_s).toInt() != kFormat || header.value(u"sha256"_s).toString() != hex(recovery.text) ||
        isRunning(header.value(u"pid"_s).toInteger()))
        return {};
    static_cast<void>(fromRfc3339(header.value(u"time"_s).toString(), recovery.time));
    return recovery;
}

} // namespace

QByteArray Recovery::hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

RecoveryStore::RecoveryStore(QString folder)
    : m_folder(folder.isEmpty() ? base::stateFolder() + u"/recovery"_s : std::move(folder))
{}

QString RecoveryStore::fileOf(const QString &root, const QString &path) const
{
    return m_folder + u'/' + hex(root.toUtf8() + '\0' + path.toUtf8()) + kSuffix;
}

Status RecoveryStore::keep(const Recovery &recovery) const
{
    if (Status made = base::makePath(m_folder, base::Privacy::OwnerOnly); !made)
        return made;
    const QJsonObject header{
        {u"v"_s, kFormat},
        {u"root"_s, recovery.root},
        {u"path"_s, recovery.path},
        {u"base"_s, QString::fromLatin1(recovery.base.toHex())},
        {u"time"_s, toRfc3339(recovery.time)},
        {u"pid"_s, QCoreApplication::applicationPid()},
        {u"sha256"_s, hex(recovery.text)},
    };
    return base::saveFile(fileOf(recovery.root, recovery.path),
                          QJsonDocument(header).toJson(QJsonDocument::Compact) + '\n' + recovery.text,
                          base::Privacy::OwnerOnly);
}

void RecoveryStore::drop(const QString &root, const QString &path) const
{
    QFile::remove(fileOf(root, path));
}

bool RecoveryStore::has(const QString &root, const QString &path) const
{
    return QFileInfo::exists(fileOf(root, path));
}

QList<Recovery> RecoveryStore::left(const QString &root) const
{
    QList<Recovery> found;
    for (const QFileInfo &file : QDir(m_folder).entryInfoList({u'*' + kSuffix}, QDir::Files)) {
        const Result<QByteArray> bytes = base::readFile(file.filePath(), kMaxBytes);
        std::optional<Recovery> recovery = bytes ? fromBytes(*bytes) : std::nullopt;
        // A file under another name is not what we wrote.
        if (recovery && recovery->root == root && file.filePath() == fileOf(root, recovery->path))
            found.append(*std::move(recovery));
    }
    std::sort(found.begin(), found.end(), [](const Recovery &a, const Recovery &b) { return a.path < b.path; });
    return found;
}

} // namespace parallax::repository
