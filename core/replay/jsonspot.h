// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One place in a JSON text: for filters, sample and session keys, values taken from answers, and fields rewritten in
// place with every other byte kept.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace parallax::replay {

struct JsonSpot
{
    enum class Kind { Null, Boolean, Number, String, Array, Object };
    Kind kind = Kind::Null;
    qsizetype begin = 0; ///< bytes of the value in the text
    qsizetype length = 0;
    QString text; ///< a string unescaped; of anything else its JSON text
    double number = 0.0;

    friend bool operator==(const JsonSpot &, const JsonSpot &) = default;
};

/// The value at an RFC 6901 pointer. Empty when the text is no JSON or has no such place; of duplicate keys the first
/// counts.
[[nodiscard]] std::optional<JsonSpot> jsonAt(const QByteArray &json, const QByteArray &pointer);

/// Whether it is empty or begins with '/' and has `~` only as `~0` and `~1`.
[[nodiscard]] bool isJsonPointer(QByteArrayView pointer);

/// `json` with the value at `pointer` replaced by `value` (JSON text), all other bytes kept. Where only the last name
/// is missing in an object, it is added as its first member. Empty when there is no such place.
[[nodiscard]] std::optional<QByteArray> withJsonAt(const QByteArray &json, const QByteArray &pointer,
                                                   const QByteArray &value);
/// `json` without the member or element at `pointer`.
[[nodiscard]] std::optional<QByteArray> withoutJsonAt(const QByteArray &json, const QByteArray &pointer);

} // namespace parallax::replay
