// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace parallax::yaml {

struct Limits;

/// What must hold before a parser sees the bytes: no more than the limit, UTF-8 without a NUL or another character that
/// YAML forbids (its production c-printable). Any thread.
[[nodiscard]] Status passesGate(const QByteArray &bytes, const QString &file, const Limits &limits);

} // namespace parallax::yaml
