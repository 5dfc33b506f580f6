// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which backend or mirror of a form a finding about the file is about.
#pragma once

#include "base/error.h"
#include "endpoints/endpoint.h"

#include <QStringList>

namespace parallax::ui {

/// What of a row is wrong; Whole when it is not one cell.
enum class RowPart { Whole, Name, Deployment, Branch, Version, Weight };

/// The names of the backends and mirrors that the finding is about, in the order of the file; empty when it is about
/// none. Any thread.
[[nodiscard]] QStringList rowsOf(const Error &finding, const endpoints::Endpoint &endpoint);
/// Said of a mirror by its name, which a backend may have too.
[[nodiscard]] bool isOfMirror(const Error &finding);
[[nodiscard]] RowPart partOf(const Error &finding);

} // namespace parallax::ui
