// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"

#include "http/tokens.h"

#include <algorithm>

namespace parallax::http {

QByteArrayView Headers::value(QByteArrayView name) const
{
    for (const Header &field : m_fields) {
        if (equalsIgnoringCase(field.name, name))
            return field.value;
    }
    return {};
}

bool Headers::contains(QByteArrayView name) const
{
    return std::any_of(m_fields.begin(), m_fields.end(),
                       [name](const Header &field) { return equalsIgnoringCase(field.name, name); });
}

void Headers::set(QByteArrayView name, QByteArray value)
{
    bool done = false;
    std::erase_if(m_fields, [&](Header &field) {
        if (!equalsIgnoringCase(field.name, name))
            return false;
        if (done)
            return true;
        field.value = value;
        done = true;
        return false;
    });
    if (!done)
        m_fields.push_back({name.toByteArray(), std::move(value)});
}

qsizetype Headers::remove(QByteArrayView name)
{
    return static_cast<qsizetype>(
        std::erase_if(m_fields, [name](const Header &field) { return equalsIgnoringCase(field.name, name); }));
}

} // namespace parallax::http
