// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/staticanswer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parallax::router {

http::Response staticAnswer(const targets::Upstream::StaticAnswer &answer)
{
    http::Response out;
    out.status = answer.status;
    out.headers = answer.headers;
    if (!answer.body.isEmpty() && !out.headers.contains("content-type"))
        out.headers.append("Content-Type", "application/json");
    out.body = answer.body;
    return out;
}

http::Response staticAnswer(const QJsonValue &value, const QByteArray &requestBody)
{
    QJsonValue data = value;
    const QJsonArray rows = QJsonDocument::fromJson(requestBody).object().value(u"data"_s).toArray();
    if (!rows.isEmpty() && rows.first().isArray()) {
        QJsonArray answers;
        for (const QJsonValue &row : rows)
            answers.append(QJsonArray{row.toArray().first(), value});
        data = answers;
    }
    http::Response out;
    out.status = 200;
    out.headers.append("Content-Type", "application/json");
    out.body = QJsonDocument(QJsonObject{{u"data"_s, data}}).toJson(QJsonDocument::Compact);
    return out;
}

} // namespace parallax::router
