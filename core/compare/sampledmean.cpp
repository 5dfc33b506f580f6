// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sampledmean.h"

#include "compare/distributions.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace Qt::StringLiterals;

namespace parallax::compare {

QString toString(MeanMethod method)
{
    return method == MeanMethod::Bootstrap ? u"bootstrap"_s : u"t"_s;
}

std::optional<SampledMean> SampledMean::of(std::span<const double> values, std::uint64_t seed)
{
    const std::optional<double> centre = compare::mean(values);
    const std::optional<double> deviation = values.size() == 1 ? 0.0 : sampleDeviation(values);
    if (!centre || !deviation)
        return std::nullopt;
    SampledMean sampled;
    sampled.m_count = values.size();
    sampled.m_mean = *centre;
    sampled.m_deviation = *deviation;
    for (const double value : values)
        sampled.m_maxAbs = std::max(sampled.m_maxAbs, std::abs(value));
    if (values.size() <= kBootstrapLimit && *deviation > 0.0)
        sampled.resample(values, seed);
    return sampled;
}

MeanMethod SampledMean::method() const
{
    return m_count <= kBootstrapLimit ? MeanMethod::Bootstrap : MeanMethod::StudentT;
}

void SampledMean::resample(std::span<const double> values, std::uint64_t seed)
{
    std::vector<double> deviations(values.begin(), values.end());
    for (double &value : deviations)
        value -= m_mean;
    const auto n = static_cast<std::uint64_t>(values.size());
    std::mt19937_64 engine(seed);
    m_resampled.resize(kResamples);
    for (double &resampled : m_resampled) {
        double sum = 0.0;
        // Each 64-bit draw gives two indices, scaled from 32 bits: over 5,000 places no place is favoured by more than
        // 5000 / 2^32, about one part in a million.
        for (std::uint64_t i = 0; i < n; i += 2) {
            const std::uint64_t draw = engine();
            sum += deviations[((draw >> 32U) * n) >> 32U];
            if (i + 1 < n)
                sum += deviations[((draw & 0xffff'ffffU) * n) >> 32U];
        }
        resampled = m_mean + sum / static_cast<double>(n);
    }
    std::ranges::sort(m_resampled);
}

Interval SampledMean::studentInterval(double confidence) const
{
    const auto n = static_cast<double>(m_count);
    const double half = studentQuantile(0.5 + confidence / 2.0, n - 1.0) * m_deviation / std::sqrt(n);
    return {m_mean - half, m_mean + half, confidence};
}

std::optional<Interval> SampledMean::interval(double confidence) const
{
    if (m_count < 2 || !(confidence > 0.0 && confidence < 1.0))
        return std::nullopt;
    if (m_deviation == 0.0)
        return Interval{m_mean, m_mean, confidence};
    if (m_resampled.empty())
        return studentInterval(confidence);
    const double tail = (1.0 - confidence) / 2.0;
    return Interval{*quantileOfSorted(m_resampled, tail), *quantileOfSorted(m_resampled, 1.0 - tail), confidence};
}

std::optional<Interval> SampledMean::cautiousInterval(double confidence) const
{
    std::optional<Interval> widest = interval(confidence);
    if (!widest || m_resampled.empty())
        return widest;
    const Interval student = studentInterval(confidence);
    widest->low = std::min(widest->low, student.low);
    widest->high = std::max(widest->high, student.high);
    return widest;
}

} // namespace parallax::compare
