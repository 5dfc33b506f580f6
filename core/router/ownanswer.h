// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the router says itself.
#pragma once

#include "router/statistics.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace parallax::router {

/// {"error": "TEXT"}
[[nodiscard]] QByteArray errorBody(const QString &text);

/// The text of `/-/metrics`, Prometheus exposition format 0.0.4. `captureDropped`: none without a capture.
[[nodiscard]] QByteArray metricsText(const StatisticsSnapshot &statistics, std::optional<quint64> captureDropped);

} // namespace parallax::router
