// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/textchange.h"

#include <QString>

#include <algorithm>

namespace parallax::endpoints {

TextChange TextChange::between(const QByteArray &before, const QByteArray &after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    return {head, before.mid(head, before.size() - head - tail), after.mid(head, after.size() - head - tail)};
}

std::optional<QByteArray> TextChange::appliedTo(const QByteArray &text) const
{
    if (at < 0 || at > text.size() || text.mid(at, removed.size()) != removed)
        return std::nullopt;
    return text.first(at) + inserted + text.sliced(at + removed.size());
}

} // namespace parallax::endpoints
