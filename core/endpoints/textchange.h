// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace parallax::endpoints {

/// What an edit did to a text: at byte `at`, `removed` was replaced by `inserted`. A value with an inverse: undo is
/// `inverse()`, redo the change itself.
struct TextChange
{
    qsizetype at = 0;
    QByteArray removed;
    QByteArray inserted;

    /// The smallest single change that leads from one text to the other.
    [[nodiscard]] static TextChange between(const QByteArray &before, const QByteArray &after);

    [[nodiscard]] bool isEmpty() const { return removed.isEmpty() && inserted.isEmpty(); }
    [[nodiscard]] TextChange inverse() const { return {at, inserted, removed}; }
    /// Nothing when `text` does not have `removed` at that place: it is not the text this change was made for.
    [[nodiscard]] std::optional<QByteArray> appliedTo(const QByteArray &text) const;

    friend bool operator==(const TextChange &, const TextChange &) = default;
};

} // namespace parallax::endpoints
