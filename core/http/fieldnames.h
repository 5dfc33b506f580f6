// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Names that nearly every message has, kept once: a parser then copies a pointer and allocates nothing.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace parallax::http {

/// `name` as a QByteArray, in the spelling given.
[[nodiscard]] QByteArray fieldName(QByteArrayView name);
/// A field's value; one that came lately on this thread is shared, for callers and targets repeat themselves.
[[nodiscard]] QByteArray fieldValue(QByteArrayView value);
[[nodiscard]] QByteArray methodName(QByteArrayView method);
/// The phrase of RFC 9110 15, or empty.
[[nodiscard]] QByteArray reasonPhrase(int status);

} // namespace parallax::http
