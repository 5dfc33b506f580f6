// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one form that the service itself writes (modelbit-endpoints.md 2.3).
#pragma once

#include "base/result.h"
#include "endpoints/endpointfile.h"

namespace parallax::endpoints {

/// The text of a new endpoint, as the web app writes it: with a weight for every backend. Labels left empty become
/// `split_1`, `split_2`, ... Fails on a name, label, target or weight that the grammar forbids, and without backends.
[[nodiscard]] Result<QByteArray> newEndpoint(const QString &name, const QList<Backend> &backends,
                                             const QList<Mirror> &mirrors = {});

/// The same content in the canonical form, comments kept: keys in the service's order, two spaces, no blank lines, no
/// needless quotes; unknown keys stay, behind the known ones of their mapping. The file's own bytes when it is in that
/// form already. Fails with the reason where the file is no YAML mapping, or has anchors, aliases, tags or merge keys.
[[nodiscard]] Result<QByteArray> canonicalForm(const EndpointFile &file);

} // namespace parallax::endpoints
