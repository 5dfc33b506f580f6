// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace parallax::traffic {

/// Finds bytes, ASCII letters of either case, in many texts: Boyer-Moore-Horspool, prepared once. A value.
class TextSearch
{
public:
    explicit TextSearch(const QByteArray &needle);
    [[nodiscard]] bool isIn(QByteArrayView text) const;

private:
    QByteArray m_needle; ///< in lower case
    std::array<qsizetype, 256> m_skip{};
};

} // namespace parallax::traffic
