// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/portowner.h"

#include "base/files.h"

#include <QDir>
#include <QFile>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

constexpr qint64 kMostTable = 16 * 1024 * 1024;

/// Inodes of the sockets that listen on the port.
QSet<QByteArray> listeningInodes(quint16 port)
{
    constexpr QByteArrayView kListening = "0A";
    const QByteArray suffix = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    QSet<QByteArray> inodes;
    for (const QString &file : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        const Result<QByteArray> table = base::readFile(file, kMostTable);
        if (!table)
            continue;
        for (const QByteArray &line : table->split('\n')) {
            const QList<QByteArray> columns = line.simplified().split(' ');
            if (columns.size() > 9 && columns[1].endsWith(suffix) && columns[3] == kListening)
                inodes.insert(columns[9]);
        }
    }
    return inodes;
}

bool holdsAny(const QString &process, const QSet<QByteArray> &inodes)
{
    const QDir descriptors(process + u"/fd"_s);
    for (const QString &name : descriptors.entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot)) {
        const QByteArray target = QFile::symLinkTarget(descriptors.filePath(name)).section(u'/', -1).toLatin1();
        if (target.startsWith("socket:[") && inodes.contains(target.mid(8, target.size() - 9)))
            return true;
    }
    return false;
}

} // namespace

std::optional<PortOwner> findPortOwner(quint16 port)
{
    const QSet<QByteArray> inodes = listeningInodes(port);
    if (inodes.isEmpty())
        return std::nullopt;
    const QDir processes(u"/proc"_s);
    for (const QString &name : processes.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        const qint64 pid = name.toLongLong(&isNumber);
        if (!isNumber || !holdsAny(processes.filePath(name), inodes))
            continue;
        const Result<QByteArray> command = base::readFile(processes.filePath(name) + u"/comm"_s, 4096);
        return PortOwner{command ? QString::fromUtf8(command->trimmed()) : QString(), pid};
    }
    return std::nullopt;
}

} // namespace parallax::router
