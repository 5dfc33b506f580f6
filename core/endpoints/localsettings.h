// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// `.parallax/endpoints/<endpoint>.yaml` (contract 3): what the public file format cannot say and only the local router
// honours.
#pragma once

#include "base/error.h"
#include "endpoints/endpoint.h"

#include <QByteArray>
#include <QHash>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>

namespace parallax::endpoints {

/// The endpoint also answers below `prefix`, for these methods.
struct Route
{
    QString prefix = QStringLiteral("/"); ///< begins with `/`
    QStringList methods; ///< in capitals; all of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS when the file names none
    friend bool operator==(const Route &, const Route &) = default;
};

struct LocalSettings
{
    std::optional<Route> route;
    QString suppliedKey;                     ///< sticky split by this key (Q2, Q3); empty = a coin flip
    QHash<QString, QJsonValue> staticValues; ///< backend label -> value answered instead of a deployment

    friend bool operator==(const LocalSettings &, const LocalSettings &) = default;
};

/// Settings with what is to be said about them; a file with an error gives settings that are not to be used.
struct LocalSettingsFile
{
    LocalSettings settings;
    QList<Finding> findings;

    [[nodiscard]] bool hasErrors() const;
    /// Reads them. With `endpoint`, labels that it does not have are warned about. Any thread.
    [[nodiscard]] static LocalSettingsFile read(const QByteArray &bytes, const QString &file,
                                                const Endpoint *endpoint = nullptr);
};

} // namespace parallax::endpoints
