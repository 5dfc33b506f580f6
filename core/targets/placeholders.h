// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is filled into the texts of a target: `{deployment}` and so on, and `${secret:NAME}`, `${env:NAME}`.
#pragma once

#include "base/result.h"
#include "endpoints/endpoint.h"
#include "targets/secretstore.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace parallax::targets {

/// Replaces `{key}` by its value; other braces stay.
[[nodiscard]] QString filled(const QString &text, const QHash<QString, QString> &values);
/// The values for the path of a URL: percent-encoded, `/` of a branch as `~` (modelbit-endpoints.md 3.1).
[[nodiscard]] QHash<QString, QString> urlValues(const endpoints::DeploymentRef &ref);
/// The values as they are.
[[nodiscard]] QHash<QString, QString> plainValues(const endpoints::DeploymentRef &ref);
/// Names in single braces that are not in `known`.
[[nodiscard]] QStringList unknownPlaceholders(const QString &text, const QStringList &known);

/// Whether `text` has a `${...}` at all.
[[nodiscard]] bool hasSecret(const QString &text);
/// The first `${...}` that is neither `${secret:NAME}` nor `${env:NAME}`, or empty.
[[nodiscard]] QString unknownSecret(const QString &text);
/// Replaces all `${...}`. Errors: secret-missing, environment-missing.
[[nodiscard]] Result<QString> withSecrets(const QString &text, const SecretStore &secrets);

} // namespace parallax::targets
