// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace parallax::repository {

/// What is used of a deployment's metadata.yaml (schemaVersion 2, doc.modelbit.com
/// /api-reference/files/deployment-metadata-yaml). Read leniently: hand-written files miss keys, and what is missing or
/// of another type is left empty. A value.
struct DeploymentMetadata
{
    QString mainFunction;
    QStringList arguments; ///< `name:type` in order, without `return:type`
    QString pythonVersion;
    bool isDataFrameMode = false; ///< has dataframeModeColumns: the function takes rows as one DataFrame
    /// Why nothing could be read: no acceptable YAML.
    std::optional<Error> problem;

    friend bool operator==(const DeploymentMetadata &, const DeploymentMetadata &) = default;
};

/// The service's own limit for a metadata file.
inline constexpr qint64 kMaxMetadataBytes = 250'000;

/// `file` names it in the problem. Any thread.
[[nodiscard]] DeploymentMetadata readMetadata(const QByteArray &bytes, const QString &file);

} // namespace parallax::repository
