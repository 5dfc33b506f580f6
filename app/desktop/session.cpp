// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session.h"

#include "base/files.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::desktop {

namespace {

constexpr int kFormat = 1;
constexpr qint64 kMostBytes = 4 * 1024 * 1024;
constexpr qsizetype kMostFolders = 20;

} // namespace

const FolderSession *Session::of(const QString &root) const
{
    const auto at =
        std::find_if(folders.begin(), folders.end(), [&root](const FolderSession &one) { return one.root == root; });
    return at == folders.end() ? nullptr : &*at;
}

void Session::keep(const FolderSession &left)
{
    folders.removeIf([&left](const FolderSession &one) { return one.root == left.root; });
    folders.prepend(left);
    folders.resize(std::min(folders.size(), kMostFolders));
}

QByteArray Session::toJson() const
{
    QJsonArray kept;
    for (const FolderSession &one : folders)
        kept += QJsonObject{{u"root"_s, one.root},
                            {u"mode"_s, one.mode},
                            {u"capture"_s, one.capture},
                            {u"views"_s, one.views},
                            {u"replay"_s, one.replay}};
    return QJsonDocument(QJsonObject{{u"v"_s, kFormat},
                                     {u"geometry"_s, QString::fromLatin1(geometry.toBase64())},
                                     {u"folder"_s, folder},
                                     {u"folders"_s, kept},
                                     {u"clean"_s, isClean},
                                     {u"brokenStarts"_s, brokenStarts}})
        .toJson(QJsonDocument::Compact);
}

Session Session::fromJson(const QByteArray &json)
{
    Session session;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value("v"_L1).toInt() != kFormat)
        return session;
    session.geometry = QByteArray::fromBase64(object.value("geometry"_L1).toString().toLatin1());
    session.folder = object.value("folder"_L1).toString();
    session.isClean = object.value("clean"_L1).toBool(true);
    session.brokenStarts = std::clamp(object.value("brokenStarts"_L1).toInt(), 0, 1000);
    for (const QJsonValue &value : object.value("folders"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        if (session.folders.size() < kMostFolders)
            session.folders += FolderSession{one.value("root"_L1).toString(), one.value("mode"_L1).toString(),
                                             one.value("capture"_L1).toString(), one.value("views"_L1).toObject(),
                                             one.value("replay"_L1).toObject()};
    }
    return session;
}

QString Session::file()
{
    return base::stateFolder() + u"/session.json"_s;
}

Session Session::load()
{
    const Result<QByteArray> bytes = base::readFile(file(), kMostBytes);
    return bytes ? fromJson(*bytes) : Session();
}

Status Session::save() const
{
    if (Status made = base::makePath(QFileInfo(file()).absolutePath(), base::Privacy::OwnerOnly); !made)
        return made;
    return base::saveFile(file(), toJson(), base::Privacy::OwnerOnly);
}

} // namespace parallax::desktop
