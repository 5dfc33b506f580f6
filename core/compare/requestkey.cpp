// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/requestkey.h"

namespace parallax::compare {

RequestKey RequestKey::of(const traffic::Exchange &exchange)
{
    // Two independent hashes: with 64 bits alone a capture of some millions could have two requests taken for one.
    constexpr size_t kFirstSeed = 0x51ed270b;
    constexpr size_t kSecondSeed = 0x9c30d539;
    const auto hashed = [&exchange](size_t seed) {
        size_t hash = qHash(exchange.endpoint, seed);
        hash = qHash(exchange.method, hash);
        hash = qHash(exchange.target, hash);
        hash = qHash(exchange.body.bytes, hash);
        return static_cast<quint64>(exchange.body.isTruncated ? qHash(exchange.body.sha256, hash) : hash);
    };
    return {hashed(kFirstSeed), hashed(kSecondSeed)};
}

DistinctRequests::Place DistinctRequests::place(const traffic::Exchange &exchange)
{
    const RequestKey key = RequestKey::of(exchange);
    const auto next = static_cast<quint32>(m_numbers.size());
    const auto known = m_numbers.constFind(key);
    if (known != m_numbers.constEnd())
        return {*known, false};
    m_numbers.insert(key, next);
    return {next, true};
}

} // namespace parallax::compare
