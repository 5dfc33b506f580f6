// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace parallax::compare {

/// UTF-8 as a JSON string with its quotes; only what must be escaped is.
[[nodiscard]] QByteArray quotedJson(QByteArrayView utf8);

} // namespace parallax::compare
