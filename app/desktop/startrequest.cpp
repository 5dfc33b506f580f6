// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/startrequest.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parallax::desktop {

namespace {

constexpr int kFormat = 1;

} // namespace

QByteArray StartRequest::toLine() const
{
    const QJsonObject object{{u"v"_s, kFormat},
                             {u"folder"_s, folder},
                             {u"captures"_s, QJsonArray::fromStringList(captures)},
                             {u"example"_s, isExample},
                             {u"token"_s, token}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<StartRequest> StartRequest::fromLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.value("v"_L1).toInt() != kFormat)
        return std::nullopt;
    StartRequest request;
    request.folder = object.value("folder"_L1).toString();
    for (const QJsonValue &capture : object.value("captures"_L1).toArray())
        request.captures += capture.toString();
    request.isExample = object.value("example"_L1).toBool();
    request.token = object.value("token"_L1).toString();
    // Relative to what? Only this process would know.
    const auto isAbsolute = [](const QString &path) { return path.isEmpty() || QDir::isAbsolutePath(path); };
    if (!isAbsolute(request.folder) || !std::all_of(request.captures.begin(), request.captures.end(), isAbsolute))
        return std::nullopt;
    return request;
}

StartRequest StartRequest::fromCommandLine(const QCommandLineParser &parser)
{
    StartRequest request;
    request.isExample = parser.isSet(u"example"_s);
    if (parser.isSet(u"workspace"_s))
        request.folder = QFileInfo(parser.value(u"workspace"_s)).absoluteFilePath();
    for (const QString &argument : parser.positionalArguments()) {
        const QFileInfo given(argument);
        if (given.isFile() && given.suffix() != u"yaml"_s && given.suffix() != u"yml"_s)
            request.captures += given.absoluteFilePath();
        else if (request.folder.isEmpty())
            request.folder = given.absoluteFilePath();
    }
    for (const char *variable : {"XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"}) {
        if (request.token.isEmpty())
            request.token = qEnvironmentVariable(variable);
    }
    return request;
}

} // namespace parallax::desktop
