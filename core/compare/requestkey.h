// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/exchange.h"

#include <QHash>

#include <optional>

namespace parallax::compare {

/// Tells requests apart: the same are those with one endpoint, method, target and body.
struct RequestKey
{
    quint64 first = 0;
    quint64 second = 0;

    [[nodiscard]] static RequestKey of(const traffic::Exchange &exchange);
    friend bool operator==(const RequestKey &, const RequestKey &) = default;
    friend size_t qHash(const RequestKey &key, size_t seed) { return static_cast<size_t>(key.first) ^ seed; }
};

/// Numbers distinct requests from 0. Confined to one thread.
class DistinctRequests
{
public:
    struct Place
    {
        quint32 number = 0;
        bool isNew = false;
    };
    [[nodiscard]] Place place(const traffic::Exchange &exchange);
    [[nodiscard]] qint64 size() const { return m_numbers.size(); }

private:
    QHash<RequestKey, quint32> m_numbers;
};

} // namespace parallax::compare
