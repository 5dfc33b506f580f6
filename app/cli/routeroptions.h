// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "router/router.h"
#include "targets/secretstore.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace parallax::cli {

/// The limits of the router as flags, which win over the same keys of `.parallax/router.yaml`.
struct RouterFlags
{
    std::optional<qint64> maxBody;
    std::optional<qint64> maxHeader;
    std::optional<int> maxConnections;
    std::string idleTimeout;
    std::string headerTimeout;
    std::vector<std::string> allowNames;
    std::vector<std::string> allowOrigins;

    void addTo(CLI::App &command);
    [[nodiscard]] Result<router::RouterOptions> toOptions(const QString &listen, const QString &repositoryRoot) const;
};

/// What Modelbit's log webhook sends as its secret: `modelbit-webhook-secret` of `.parallax/router.yaml`, which must be
/// a
/// `${secret:NAME}` or `${env:NAME}`, else the secret `modelbit-webhook`. Empty when there is none.
[[nodiscard]] Result<QByteArray> webhookSecret(const QString &repositoryRoot, const targets::SecretStore &secrets);

/// HOST:PORT, [IPv6]:PORT or :PORT (loopback).
[[nodiscard]] Result<std::pair<QHostAddress, quint16>> parseListen(const QString &text);

/// As many descriptors as the system lets this process have.
void raiseDescriptorLimit();

} // namespace parallax::cli
