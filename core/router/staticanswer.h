// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that no deployment gives.
#pragma once

#include "http/message.h"
#include "targets/upstream.h"

#include <QJsonValue>

namespace parallax::router {

/// Of a target of kind `static`.
[[nodiscard]] http::Response staticAnswer(const targets::Upstream::StaticAnswer &answer);
/// Of a static backend: {"data": value}, for a batch the value once for each id (modelbit-endpoints.md Q20).
[[nodiscard]] http::Response staticAnswer(const QJsonValue &value, const QByteArray &requestBody);

} // namespace parallax::router
