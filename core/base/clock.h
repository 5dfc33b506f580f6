// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Time as the program sees it, so that tests can hold it still.
#pragma once

#include <chrono>

#include <QString>

namespace parallax {

using Nanoseconds = std::chrono::nanoseconds;

/// UTC time in nanoseconds since 1970-01-01, as captures keep it.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Nanoseconds>;
/// Time that never jumps, for intervals and schedules.
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, Nanoseconds>;

/// Any thread. Owned by the composition root, handed on by reference.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual WallTime wallTime() const = 0;
    [[nodiscard]] virtual MonotonicTime monotonicTime() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] WallTime wallTime() const override
    {
        return std::chrono::time_point_cast<Nanoseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] MonotonicTime monotonicTime() const override
    {
        return std::chrono::time_point_cast<Nanoseconds>(std::chrono::steady_clock::now());
    }
};

[[nodiscard]] constexpr double toMilliseconds(Nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// RFC 3339 in UTC with microseconds, `2026-01-02T03:04:05.123456Z`.
[[nodiscard]] QString toRfc3339(WallTime time);
/// Reads any RFC 3339 / ISO 8601 time with up to nine decimals; without a zone it is taken as UTC. False when it is
/// none.
[[nodiscard]] bool fromRfc3339(const QString &text, WallTime &time);

} // namespace parallax
