// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes that are the same on every machine and in every release, because samples and repeated runs depend on them.
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace parallax::replay {

inline constexpr quint64 kGoldenRatio = 0x9E3779B97F4A7C15ULL;

/// The finishing step of SplitMix64 (Steele, Lea, Flood 2014): spreads every bit over all.
[[nodiscard]] constexpr quint64 mixed(quint64 x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/// FNV-1a of the bytes, begun from `seed` and mixed at the end. Not for anything an attacker may choose.
[[nodiscard]] inline quint64 hashOf(QByteArrayView bytes, quint64 seed = 0)
{
    quint64 hash = 0xCBF29CE484222325ULL ^ mixed(seed);
    for (const char c : bytes)
        hash = (hash ^ static_cast<quint8>(c)) * 0x100000001B3ULL;
    return mixed(hash);
}

} // namespace parallax::replay
