// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes runs of a primary against a mirror whose truth is known, to see how often the verdict is right.
#pragma once

#include "compare/verdict.h"

#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

namespace parallax::test {

/// Random numbers that are the same on every platform.
class Noise
{
public:
    explicit Noise(std::uint64_t seed)
        : m_engine(seed)
    {}
    /// In [0, 1).
    double uniform() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(uniform() * static_cast<double>(n)); }
    bool happens(double chance) { return uniform() < chance; }
    /// A sum of twelve uniforms: near enough to normal.
    double normal()
    {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i)
            sum += uniform();
        return sum;
    }
    /// Mean 1.
    double exponential() { return -std::log1p(-uniform()); }
    double cauchy() { return std::tan(3.14159265358979 * (uniform() - 0.5)); }

private:
    std::mt19937_64 m_engine;
};

/// `n` requests, each once, without numeric fields.
inline compare::VerdictInput countedRun(std::int64_t n, double close, double target = compare::kDefaultTarget)
{
    compare::VerdictInput input;
    input.requests = n;
    input.closeRequests = close;
    input.pairs = n;
    input.target = target;
    return input;
}

/// `n` requests with `fields` numbers each, whose differences `draw` makes; the margin is 1.
inline compare::VerdictInput drawnRun(Noise &noise, std::size_t n, std::size_t fields, double target,
                                      const std::function<double(Noise &)> &draw)
{
    std::vector<std::vector<double>> differences(fields, std::vector<double>(n));
    double close = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        bool isClose = true;
        for (std::vector<double> &field : differences) {
            field[i] = draw(noise);
            isClose = isClose && std::abs(field[i]) <= 1.0;
        }
        close += isClose ? 1.0 : 0.0;
    }
    compare::VerdictInput input = countedRun(static_cast<std::int64_t>(n), close, target);
    input.margin = 1.0;
    for (const std::vector<double> &field : differences)
        input.fields.push_back({QStringLiteral("/data"), *compare::SampledMean::of(field)});
    return input;
}

/// Shares of the verdicts among many runs.
struct Verdicts
{
    double equivalent = 0.0;
    double different = 0.0;
};
inline Verdicts simulate(int runs, std::uint64_t seed, const std::function<compare::VerdictInput(Noise &)> &run)
{
    Noise noise(seed);
    Verdicts shares;
    for (int i = 0; i < runs; ++i) {
        const compare::Verdict verdict = compare::verdict(run(noise)).verdict;
        shares.equivalent += verdict == compare::Verdict::Equivalent ? 1.0 / runs : 0.0;
        shares.different += verdict == compare::Verdict::Different ? 1.0 / runs : 0.0;
    }
    return shares;
}

/// The same without chance, for runs without numeric fields: every possible number of close requests by its binomial
/// probability.
inline Verdicts enumerate(std::int64_t n, double trueShare, double target = compare::kDefaultTarget)
{
    Verdicts shares;
    for (std::int64_t close = 0; close <= n; ++close) {
        const double logChance = std::lgamma(static_cast<double>(n) + 1.0) -
                                 std::lgamma(static_cast<double>(close) + 1.0) -
                                 std::lgamma(static_cast<double>(n - close) + 1.0) +
                                 (close > 0 ? static_cast<double>(close) * std::log(trueShare) : 0.0) +
                                 (close < n ? static_cast<double>(n - close) * std::log1p(-trueShare) : 0.0);
        if (logChance < -40.0)
            continue;
        const compare::Verdict verdict = compare::verdict(countedRun(n, static_cast<double>(close), target)).verdict;
        shares.equivalent += verdict == compare::Verdict::Equivalent ? std::exp(logChance) : 0.0;
        shares.different += verdict == compare::Verdict::Different ? std::exp(logChance) : 0.0;
    }
    return shares;
}

} // namespace parallax::test
