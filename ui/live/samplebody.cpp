// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/samplebody.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

/// A value of the type that an argument is annotated with.
QJsonValue valueOfType(const QString &type)
{
    if (type == "int"_L1)
        return 1;
    if (type == "float"_L1)
        return 0.5;
    if (type == "bool"_L1)
        return true;
    if (type.startsWith("dict"_L1, Qt::CaseInsensitive))
        return QJsonObject();
    if (type.startsWith("list"_L1, Qt::CaseInsensitive))
        return QJsonArray();
    return u"text"_s;
}

} // namespace

QByteArray sampleBody(const endpoints::Endpoint &endpoint, const repository::Catalogue *catalogue)
{
    QJsonArray data;
    for (const endpoints::Backend &backend : endpoint.backends) {
        const repository::Deployment *deployment =
            catalogue != nullptr ? catalogue->deployment(backend.deployment.name, backend.deployment.branch) : nullptr;
        if (deployment == nullptr || deployment->arguments.isEmpty())
            continue;
        for (const QString &argument : deployment->arguments) {
            if (argument.section(u':', 0, 0).trimmed() != "return"_L1)
                data.append(valueOfType(argument.section(u':', 1).trimmed()));
        }
        break;
    }
    const QJsonValue value = data.isEmpty() ? QJsonValue(QJsonObject()) : data.size() == 1 ? data.first() : data;
    return QJsonDocument(QJsonObject{{u"data"_s, value}}).toJson(QJsonDocument::Compact);
}

} // namespace parallax::ui
