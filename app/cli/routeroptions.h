// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "router/router.h"

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

/// HOST:PORT, [IPv6]:PORT or :PORT (loopback).
[[nodiscard]] Result<std::pair<QHostAddress, quint16>> parseListen(const QString &text);

/// As many descriptors as the system lets this process have.
void raiseDescriptorLimit();

} // namespace parallax::cli
