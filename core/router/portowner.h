// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace parallax::router {

struct PortOwner
{
    QString process;
    qint64 pid = 0;
};

/// Who listens on this TCP port, where /proc tells (Linux, processes of the same user). Blocks for milliseconds.
[[nodiscard]] std::optional<PortOwner> findPortOwner(quint16 port);

} // namespace parallax::router
