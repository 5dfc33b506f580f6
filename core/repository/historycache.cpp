// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/historycache.h"

#include "base/files.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>

#include <optional>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr quint32 kFormat = 1;
constexpr qsizetype kChecksumBytes = 32;
constexpr qint64 kMaxBytes = 32LL * 1024 * 1024;
constexpr qsizetype kMinVersions = 500;
constexpr int kMaxFiles = 64;

QByteArray checksum(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256);
}

/// Every commit once, however many deployments it changed.
QByteArray toBytes(const BranchHistory &history)
{
    QHash<QString, quint32> indexes;
    QList<const VersionInfo *> commits;
    for (const QList<VersionInfo> &versions : history.versions) {
        for (const VersionInfo &version : versions) {
            if (!indexes.contains(version.commit)) {
                indexes.insert(version.commit, static_cast<quint32>(commits.size()));
                commits.append(&version);
            }
        }
    }
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << kFormat << history.tip << static_cast<quint32>(commits.size());
    for (const VersionInfo *commit : std::as_const(commits))
        out << commit->commit.toLatin1() << commit->subject.toUtf8() << commit->author.toUtf8()
            << static_cast<qint64>(commit->time.time_since_epoch().count());
    out << static_cast<quint32>(history.versions.size());
    for (auto it = history.versions.begin(); it != history.versions.end(); ++it) {
        QList<quint32> own;
        for (const VersionInfo &version : *it)
            own.append(indexes.value(version.commit));
        out << it.key() << own << history.metadataIds.value(it.key());
    }
    return bytes;
}

std::optional<BranchHistory> fromBytes(const QByteArray &bytes)
{
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_4);
    BranchHistory history;
    quint32 format = 0;
    quint32 count = 0;
    in >> format >> history.tip >> count;
    if (format != kFormat)
        return {};
    QList<VersionInfo> commits;
    while (count-- > 0 && in.status() == QDataStream::Ok) {
        QByteArray commit;
        QByteArray subject;
        QByteArray author;
        qint64 time = 0;
        in >> commit >> subject >> author >> time;
        commits.append({0, QString::fromLatin1(commit), QString::fromUtf8(subject), QString::fromUtf8(author),
                        WallTime(Nanoseconds(time))});
    }
    in >> count;
    while (count-- > 0 && in.status() == QDataStream::Ok) {
        QString name;
        QList<quint32> own;
        QList<QByteArray> ids;
        in >> name >> own >> ids;
        QList<VersionInfo> &versions = history.versions[name];
        for (const quint32 index : std::as_const(own)) {
            if (index >= commits.size())
                return {};
            versions.append(commits.at(index));
            versions.last().number = static_cast<int>(versions.size());
        }
        history.metadataIds.insert(name, ids);
    }
    return in.status() == QDataStream::Ok ? std::optional(history) : std::nullopt;
}

} // namespace

HistoryCache::HistoryCache(QString folder)
    : m_folder(folder.isEmpty() ? base::cacheFolder() + u"/history"_s : std::move(folder))
{}

QString HistoryCache::fileOf(const QString &root, const QString &branch) const
{
    const QByteArray key = root.toUtf8() + '\0' + branch.toUtf8();
    const QByteArray name = checksum(key).toHex();
    return m_folder + u'/' + QString::fromLatin1(name);
}

BranchHistory HistoryCache::load(const QString &root, const QString &branch) const
{
    const Result<QByteArray> bytes = base::readFile(fileOf(root, branch), kMaxBytes);
    if (!bytes || bytes->size() < kChecksumBytes)
        return {};
    const QByteArray content = bytes->sliced(kChecksumBytes);
    if (checksum(content) != bytes->first(kChecksumBytes))
        return {};
    return fromBytes(content).value_or(BranchHistory());
}

void HistoryCache::store(const QString &root, const QString &branch, const BranchHistory &history) const
{
    qsizetype versions = 0;
    for (const QList<VersionInfo> &own : history.versions)
        versions += own.size();
    if (versions < kMinVersions)
        return;
    const QByteArray content = toBytes(history);
    if (content.size() + kChecksumBytes > kMaxBytes || !base::makePath(m_folder, base::Privacy::OwnerOnly))
        return;
    // That it could not be kept costs time on the next run and nothing else.
    static_cast<void>(base::saveFile(fileOf(root, branch), checksum(content) + content, base::Privacy::OwnerOnly));
    trim();
}

void HistoryCache::trim() const
{
    const QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files, QDir::Time); // newest first
    for (const QFileInfo &file : files.mid(kMaxFiles))
        QFile::remove(file.absoluteFilePath());
}

} // namespace parallax::repository
