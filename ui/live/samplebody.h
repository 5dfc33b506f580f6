// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A body to try an endpoint with, made from what its deployment takes.
#pragma once

#include "endpoints/endpoint.h"
#include "repository/catalogue.h"

#include <QByteArray>

namespace parallax::ui {

/// `{"data": ...}` with a value of the annotated type for each argument of the first backend whose arguments are
/// known; `{"data": {}}` when none are. The catalogue may be null. Any thread.
[[nodiscard]] QByteArray sampleBody(const endpoints::Endpoint &endpoint, const repository::Catalogue *catalogue);

} // namespace parallax::ui
