// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Validation of an endpoint against the deployments that exist (Q23). All of it is warnings: versions are derived from
// history and not certain.
#pragma once

#include "endpoints/catalogue.h"
#include "endpoints/endpointfile.h"

namespace parallax::endpoints {

/// Unknown branches and deployments, archived ones, versions above the newest, and mirrors or splits whose arguments
/// differ from the first backend's, each at its line. Empty for a file that is no acceptable YAML. Any thread.
[[nodiscard]] QList<Finding> checkAgainst(const EndpointFile &file, const Catalogue &catalogue);

/// Whether what answers `candidate` takes other arguments than what answers `primary`, in number, name or type; nothing
/// when they are alike or one of them is not known. `name` is what the mirror or split is called. For the picker,
/// before anything is written; the finding has no place then.
[[nodiscard]] std::optional<Finding> argumentsDiffer(const QString &name, const DeploymentRef &candidate,
                                                     const DeploymentRef &primary, const Catalogue &catalogue);

} // namespace parallax::endpoints
