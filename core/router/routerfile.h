// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// `.parallax/router.yaml`: the limits of a repository's router, under the names of the command line's flags.
#pragma once

#include "base/result.h"
#include "router/router.h"
#include "targets/secretstore.h"

namespace parallax::router {

/// Takes what the file says into `options`; without a file nothing. Errors: kBadRouterFile with line and column, and
/// those of reading and of YAML. Any thread.
[[nodiscard]] Status readRouterFile(const QString &repositoryRoot, RouterOptions &options);

/// What Modelbit's log webhook sends as its secret: `modelbit-webhook-secret` of the file, which must be a
/// `${secret:NAME}` or `${env:NAME}`, else the secret `modelbit-webhook`. Empty when there is none.
[[nodiscard]] Result<QByteArray> webhookSecret(const QString &repositoryRoot, const targets::SecretStore &secrets);

} // namespace parallax::router
