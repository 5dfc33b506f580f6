// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From a target to where it answers. Pure but for the secrets and for looking whether certificate files exist.
#pragma once

#include "base/result.h"
#include "targets/secretstore.h"
#include "targets/target.h"
#include "targets/upstream.h"

namespace parallax::targets {

/// What a target is resolved against; references are the caller's.
struct Resolving
{
    const SecretStore &secrets;
    QString root; ///< of the repository; relative paths count from here
};

/// Of a target that answers without being started: url, static, modelbit. Errors: target-url-invalid,
/// target-header-invalid, secret-missing, environment-missing, file-not-found.
[[nodiscard]] Result<Upstream> resolve(const Target &target, const endpoints::DeploymentRef &ref,
                                       const Resolving &with);

/// Of a target that was started and listens at 127.0.0.1:`port`.
[[nodiscard]] Result<Upstream> resolveStarted(const Target &target, quint16 port, const Resolving &with);

} // namespace parallax::targets
