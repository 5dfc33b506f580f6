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
    return std::any_of(m_fields.cbegin(), m_fields.cend(),
                       [name](const Header &field) { return equalsIgnoringCase(field.name, name); });
}

void Headers::set(QByteArrayView name, QByteArray value)
{
    const auto isNamed = [name](const Header &field) { return equalsIgnoringCase(field.name, name); };
    const auto first = std::find_if(m_fields.cbegin(), m_fields.cend(), isNamed);
    if (first == m_fields.cend()) {
        m_fields.push_back({name.toByteArray(), std::move(value)});
        return;
    }
    const auto at = first - m_fields.cbegin();
    m_fields[at].value = std::move(value);
    m_fields.erase(std::remove_if(m_fields.begin() + at + 1, m_fields.end(), isNamed), m_fields.end());
}

qsizetype Headers::remove(QByteArrayView name)
{
    const auto isNamed = [name](const Header &field) { return equalsIgnoringCase(field.name, name); };
    // Looked for first: without any the fields stay shared.
    return std::any_of(m_fields.cbegin(), m_fields.cend(), isNamed) ? m_fields.removeIf(isNamed) : 0;
}

} // namespace parallax::http
