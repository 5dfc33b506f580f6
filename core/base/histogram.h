// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Latency histogram with a fixed relative error, after Gil Tene's HdrHistogram (log-linear buckets).
#pragma once

#include <QtGlobal>

#include <vector>

namespace parallax::base {

/// Counts non-negative integers (nanoseconds) in 64 linear steps per power of two, so that every quantile is
/// within 1.6% of the true value. Memory is fixed. A value; not synchronised.
class Histogram
{
public:
    Histogram();
    void record(qint64 value);
    void merge(const Histogram &other);
    [[nodiscard]] qint64 count() const { return m_count; }
    /// How many values were at most `value`, to the width of its step.
    [[nodiscard]] qint64 countUpTo(qint64 value) const;
    [[nodiscard]] qint64 max() const { return m_max; }
    [[nodiscard]] double mean() const { return m_count == 0 ? 0.0 : m_sum / static_cast<double>(m_count); }
    /// Smallest recorded step that `quantile` (0 to 1) of the values do not exceed; 0 when nothing was recorded.
    [[nodiscard]] qint64 quantile(double quantile) const;

private:
    std::vector<quint32> m_buckets;
    qint64 m_count = 0;
    qint64 m_max = 0;
    double m_sum = 0.0;
};

} // namespace parallax::base
