// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is collected of the values at one path pattern while pair after pair goes by. Confined to the builder's thread.
#pragma once

#include "compare/comparison.h"
#include "compare/sampledmean.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace parallax::compare {

/// Two numbers at one place of one pair.
struct NumberPair
{
    double left = 0.0;
    double right = 0.0;
    double difference = 0.0; ///< right - left, exact where the doubles are not
    bool isSame = true;
};

/// Numbers by distinct request: sums of their values, so that repeated requests and rows of a batch become a mean.
class NumericSeries
{
public:
    static constexpr std::size_t kMostPoints = 500;

    explicit NumericSeries(std::optional<double> margin)
        : m_margin(margin)
    {}

    /// False when a new distinct request was left out because `mayGrow` is false.
    bool add(quint32 request, const NumberPair &pair, traffic::ExchangeId id, bool mayGrow);
    [[nodiscard]] std::size_t requests() const { return m_units.size(); }
    /// Without the interval of the mean and the verdict, which need all fields.
    [[nodiscard]] NumericSummary summary(const QString &path) const;
    /// One for each distinct request, ascending.
    [[nodiscard]] std::vector<double> differences() const;

private:
    void addRanks(NumericSummary &out, const std::vector<double> &all) const;
    void addMargin(NumericSummary &out) const;

    struct Unit
    {
        double left = 0.0;
        double right = 0.0;
        double difference = 0.0;
        quint32 count = 0;
        quint32 withinMargin = 0;
    };

    std::optional<double> m_margin;
    std::vector<quint32> m_slots; // by request, 0 = none, else place in m_units + 1
    std::vector<Unit> m_units;
    std::vector<NumericPoint> m_points;
    quint64 m_random = 0x9e3779b97f4a7c15U;
    qint64 m_values = 0;
    qint64 m_differing = 0;
    double m_maxAbs = 0.0;
};

/// Labels and how they were exchanged, until there are too many for labels.
class LabelSeries
{
public:
    static constexpr int kMostLabels = 50;
    static constexpr int kMostIntegers = 20;

    explicit LabelSeries(int most)
        : m_most(most)
    {}

    void add(const QByteArray &left, const QByteArray &right);
    [[nodiscard]] bool isLabel() const { return !m_isBeyond && m_n > 0; }
    [[nodiscard]] bool isBeyond() const { return m_isBeyond; }
    [[nodiscard]] LabelSummary summary(const QString &path) const;

private:
    [[nodiscard]] int indexOf(const QByteArray &label);

    int m_most;
    bool m_isBeyond = false;
    qint64 m_n = 0;
    QByteArray m_lastLabel;
    int m_lastIndex = -1;
    QHash<QByteArray, int> m_labels;
    QHash<int, qint64> m_counts; // left * kMostLabels + right
};

/// Strings that are no labels: how many changed, and a sample of the changed ones for their edit distance.
class TextSeries
{
public:
    static constexpr std::size_t kMostSamples = 48;
    static constexpr qsizetype kMostCharacters = 2'000;

    void add(const QByteArray &left, const QByteArray &right);
    [[nodiscard]] TextSummary summary(const QString &path) const;

private:
    qint64 m_n = 0;
    qint64 m_changed = 0;
    qint64 m_leftLength = 0;
    qint64 m_rightLength = 0;
    std::vector<std::pair<QString, QString>> m_samples;
    quint64 m_random = 0x9e3779b97f4a7c15U;
};

class VectorSeries
{
public:
    void add(const std::vector<double> &left, const std::vector<double> &right);
    [[nodiscard]] qint64 n() const { return m_n; }
    [[nodiscard]] VectorSummary summary(const QString &path) const;

private:
    qint64 m_n = 0;
    qint64 m_withCosine = 0;
    qint64 m_argmaxChanged = 0;
    double m_sumCosine = 0.0;
    double m_minCosine = 1.0;
    double m_maxAbs = 0.0;
};

/// Everything at one path pattern.
struct PathSeries
{
    explicit PathSeries(std::optional<double> margin)
        : numbers(margin)
    {}
    NumericSeries numbers;
    LabelSeries integers{LabelSeries::kMostIntegers}; ///< fed while every number was an integer
    bool isIntegers = true;
    LabelSeries words{LabelSeries::kMostLabels}; ///< strings and booleans
    TextSeries texts;
    VectorSeries vectors;

    /// Numbers that are no labels.
    [[nodiscard]] bool isNumeric() const { return numbers.requests() > 0 && !(isIntegers && integers.isLabel()); }
};

} // namespace parallax::compare
