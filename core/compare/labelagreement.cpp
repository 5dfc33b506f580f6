// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/labelagreement.h"

#include "compare/distributions.h"

#include <QtGlobal>

#include <algorithm>
#include <numeric>

namespace parallax::compare {

ConfusionMatrix::ConfusionMatrix(std::size_t labels)
    : m_labels(labels)
    , m_counts(labels * labels)
{}

void ConfusionMatrix::add(std::size_t primary, std::size_t mirror, std::int64_t pairs)
{
    Q_ASSERT(primary < m_labels && mirror < m_labels && pairs >= 0);
    m_counts[primary * m_labels + mirror] += pairs;
}

std::int64_t ConfusionMatrix::at(std::size_t primary, std::size_t mirror) const
{
    Q_ASSERT(primary < m_labels && mirror < m_labels);
    return m_counts[primary * m_labels + mirror];
}

std::int64_t ConfusionMatrix::total() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), std::int64_t{0});
}

std::int64_t ConfusionMatrix::agreed() const
{
    std::int64_t pairs = 0;
    for (std::size_t label = 0; label < m_labels; ++label)
        pairs += at(label, label);
    return pairs;
}

std::optional<double> cohensKappa(const ConfusionMatrix &matrix)
{
    const auto total = static_cast<double>(matrix.total());
    if (total <= 0.0)
        return std::nullopt;
    double byChance = 0.0;
    for (std::size_t label = 0; label < matrix.labels(); ++label) {
        std::int64_t primary = 0;
        std::int64_t mirror = 0;
        for (std::size_t other = 0; other < matrix.labels(); ++other) {
            primary += matrix.at(label, other);
            mirror += matrix.at(other, label);
        }
        if (primary == matrix.total() && mirror == matrix.total())
            return std::nullopt;
        byChance += static_cast<double>(primary) / total * (static_cast<double>(mirror) / total);
    }
    return (static_cast<double>(matrix.agreed()) / total - byChance) / (1.0 - byChance);
}

std::optional<SymmetryTest> mcnemarTest(std::int64_t onlyOneWay, std::int64_t onlyOtherWay)
{
    if (onlyOneWay < 0 || onlyOtherWay < 0)
        return std::nullopt;
    SymmetryTest test;
    test.discordant = onlyOneWay + onlyOtherWay;
    test.isExact = test.discordant < kExactMcNemarBelow;
    if (test.discordant == 0)
        return test;
    if (test.isExact) {
        test.p = std::min(1.0, 2.0 * fairBinomialCdf(std::min(onlyOneWay, onlyOtherWay), test.discordant));
    } else {
        const auto apart = static_cast<double>(std::max<std::int64_t>(std::abs(onlyOneWay - onlyOtherWay) - 1, 0));
        test.p = chiSquaredSurvival(apart * apart / static_cast<double>(test.discordant), 1.0);
    }
    return test;
}

std::optional<SymmetryTest> mcnemarTest(const ConfusionMatrix &matrix)
{
    if (matrix.labels() != 2 || matrix.total() == 0)
        return std::nullopt;
    return mcnemarTest(matrix.at(0, 1), matrix.at(1, 0));
}

std::optional<SymmetryTest> bowkerTest(const ConfusionMatrix &matrix)
{
    if (matrix.labels() < 2 || matrix.total() == 0)
        return std::nullopt;
    SymmetryTest test;
    double statistic = 0.0;
    double degreesOfFreedom = 0.0;
    for (std::size_t a = 0; a < matrix.labels(); ++a) {
        for (std::size_t b = a + 1; b < matrix.labels(); ++b) {
            const std::int64_t both = matrix.at(a, b) + matrix.at(b, a);
            if (both == 0)
                continue;
            const auto apart = static_cast<double>(matrix.at(a, b) - matrix.at(b, a));
            statistic += apart * apart / static_cast<double>(both);
            degreesOfFreedom += 1.0;
            test.discordant += both;
        }
    }
    if (test.discordant == 0)
        return test;
    test.isExact = false;
    test.p = chiSquaredSurvival(statistic, degreesOfFreedom);
    return test;
}

} // namespace parallax::compare
