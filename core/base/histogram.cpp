// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace parallax::base {

namespace {

constexpr int kStepBits = 6; // 64 linear steps in each power of two
constexpr int kSteps = 1 << kStepBits;
constexpr int kBuckets = (64 - kStepBits) * kSteps;

int bucketOf(quint64 value)
{
    if (value < kSteps)
        return static_cast<int>(value);
    const int exponent = 63 - std::countl_zero(value);
    const int shift = exponent - kStepBits;
    const auto step = static_cast<int>((value >> shift) - kSteps);
    return (shift + 1) * kSteps + step;
}

qint64 upperEdge(int bucket)
{
    if (bucket < kSteps)
        return bucket;
    const int shift = bucket / kSteps - 1;
    const quint64 step = static_cast<quint64>(bucket % kSteps) + kSteps;
    return static_cast<qint64>(((step + 1) << shift) - 1);
}

} // namespace

Histogram::Histogram()
    : m_buckets(kBuckets, 0)
{}

void Histogram::record(qint64 value)
{
    value = std::max<qint64>(value, 0);
    ++m_buckets[static_cast<std::size_t>(bucketOf(static_cast<quint64>(value)))];
    ++m_count;
    m_max = std::max(m_max, value);
    m_sum += static_cast<double>(value);
}

void Histogram::merge(const Histogram &other)
{
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_max = std::max(m_max, other.m_max);
    m_sum += other.m_sum;
}

qint64 Histogram::countUpTo(qint64 value) const
{
    qint64 seen = 0;
    const int last = value < 0 ? -1 : bucketOf(static_cast<quint64>(value));
    for (int i = 0; i <= last; ++i)
        seen += m_buckets[static_cast<std::size_t>(i)];
    return seen;
}

qint64 Histogram::quantile(double quantile) const
{
    if (m_count == 0)
        return 0;
    const auto rank = std::max<qint64>(1, static_cast<qint64>(std::ceil(quantile * static_cast<double>(m_count))));
    qint64 seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        seen += m_buckets[i];
        if (seen >= rank)
            return std::min(upperEdge(static_cast<int>(i)), m_max);
    }
    return m_max;
}

} // namespace parallax::base
