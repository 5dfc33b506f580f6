// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace parallax::compare {

/// A request in a few words, for lists: `carat 0.71, Ideal, G, VS1`. The first scalars of the first argument in the
/// order sent, numbers with their key, strings without; `batch of 24 rows` for a batch (modelbit-endpoints 4); the
/// beginning of the text when it is no JSON. Control characters are escaped. At most about 60 characters.
[[nodiscard]] QString requestSummary(const QByteArray &body);

} // namespace parallax::compare
