// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// When requests are to be sent, as the user says it: the notations of `replay` on the command line and their values.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace parallax::replay {

enum class PaceKind {
    Recorded, ///< the gaps of the recording, divided by a factor
    Rate,     ///< open loop at a fixed rate
    Closed,   ///< closed loop: so many workers, each sends when its last answer is in
    Ramp,     ///< open loop, the rate rising or falling linearly
    Step,     ///< one request for each call of Runner::step
};

inline constexpr int kDefaultConcurrency = 4;
inline constexpr int kMaxConcurrency = 10'000;

/// How a replay is paced. A value.
struct Pace
{
    PaceKind kind = PaceKind::Closed;
    double factor = 1.0;                 ///< Recorded: 2 is twice as fast
    std::optional<Nanoseconds> maxGap{}; ///< Recorded: no gap is replayed longer than this
    double rate = 0.0;                   ///< Rate, and the start of a Ramp, in requests a second
    double rateEnd = 0.0;                ///< Ramp
    Nanoseconds over{0};                 ///< Ramp: how long it takes from `rate` to `rateEnd`
    bool isPoisson = false;              ///< Rate: exponential gaps (independent users) in place of equal ones
    int concurrency = kDefaultConcurrency;

    /// Whether sending follows a clock (open loop) and not the answers.
    [[nodiscard]] bool isScheduled() const { return kind != PaceKind::Closed && kind != PaceKind::Step; }

    [[nodiscard]] static Pace recorded(double factor);
    [[nodiscard]] static Pace fixedRate(double perSecond);
    [[nodiscard]] static Pace closed(int concurrency);
    [[nodiscard]] static Pace ramp(double from, double to, Nanoseconds over);
    [[nodiscard]] static Pace step();

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<Pace> fromJson(const QJsonObject &object);

    friend bool operator==(const Pace &, const Pace &) = default;
};

/// `1x`, `0.5x`, `10`: above 0, at most 1,000,000.
[[nodiscard]] Result<Pace> parseSpeed(const QString &text);
/// `200/s`, `12000/m`, `3600/h`, `200`: above 0, at most 1,000,000 a second.
[[nodiscard]] Result<Pace> parseRate(const QString &text);
/// `10..500/s:60s`.
[[nodiscard]] Result<Pace> parseRamp(const QString &text);
/// `8`: 1 to kMaxConcurrency.
[[nodiscard]] Result<Pace> parseConcurrency(const QString &text);

/// The first requests of a run, sent and shown but kept out of every figure: so many, or those due within a time.
struct Warmup
{
    qint64 count = 0;
    Nanoseconds duration{0};

    [[nodiscard]] bool isNone() const { return count == 0 && duration.count() == 0; }
    friend bool operator==(const Warmup &, const Warmup &) = default;
};
/// `50` or `5s`.
[[nodiscard]] Result<Warmup> parseWarmup(const QString &text);

/// Ends a run by itself. 0 = never.
struct StopAfter
{
    qint64 failures = 0;  ///< requests without a good answer of the primary
    qint64 different = 0; ///< pairs judged different
    friend bool operator==(const StopAfter &, const StopAfter &) = default;
};
/// `failures=10` or `different=100`, or both with a comma.
[[nodiscard]] Result<StopAfter> parseStopAfter(const QString &text);

} // namespace parallax::replay
