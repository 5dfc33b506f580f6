// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/valueseries.h"

#include "compare/rules.h"
#include "compare/statistics.h"

#include <cmath>

namespace parallax::compare {

namespace {

// A draw for Vitter's reservoir sampling (J. S. Vitter, ACM Trans. Math. Softw. 11, 1985), by a fixed generator so that
// the same pairs give the same sample.
quint64 drawBelow(quint64 &state, quint64 limit)
{
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    return state % limit;
}

Range range(const std::optional<Interval> &interval)
{
    return interval ? Range{interval->low, interval->high} : Range{};
}

} // namespace

bool NumericSeries::add(quint32 request, const NumberPair &pair, traffic::ExchangeId id, bool mayGrow)
{
    if (request >= m_slots.size())
        m_slots.resize(std::max<std::size_t>(request + 1, m_slots.size() * 2), 0);
    if (m_slots[request] == 0) {
        if (!mayGrow)
            return false;
        m_units.emplace_back();
        m_slots[request] = static_cast<quint32>(m_units.size());
    }
    Unit &unit = m_units[m_slots[request] - 1];
    unit.left += pair.left;
    unit.right += pair.right;
    unit.difference += pair.difference;
    ++unit.count;
    const bool isWithin = m_margin && isWithinLimit(pair.difference, pair.left, pair.right, *m_margin);
    unit.withinMargin += isWithin ? 1 : 0;
    m_maxAbs = std::max(m_maxAbs, std::abs(pair.difference));
    m_differing += pair.isSame ? 0 : 1;
    ++m_values;
    if (m_points.size() < kMostPoints) {
        m_points.push_back({pair.left, pair.right, id});
    } else if (const quint64 place = drawBelow(m_random, static_cast<quint64>(m_values)); place < kMostPoints) {
        m_points[place] = {pair.left, pair.right, id};
    }
    return true;
}

std::vector<double> NumericSeries::differences() const
{
    std::vector<double> out;
    out.reserve(m_units.size());
    for (const Unit &unit : m_units)
        out.push_back(unit.difference / unit.count);
    // The bootstrap draws by place: the same answers give the same interval in whatever order they came.
    std::ranges::sort(out);
    return out;
}

NumericSummary NumericSeries::summary(const QString &path) const
{
    NumericSummary out;
    out.path = path;
    out.n = static_cast<qint64>(m_units.size());
    out.values = m_values;
    out.differing = m_differing;
    out.points = m_points;
    if (m_units.empty())
        return out;
    out.maxAbsDifference = m_maxAbs;
    const std::vector<double> all = differences();
    out.meanDifference = mean(all).value_or(kNoFigure);
    out.medianDifference = quantile(all, 0.5).value_or(kNoFigure);
    out.standardDeviation = sampleDeviation(all).value_or(kNoFigure);
    if (const auto limits = limitsOfAgreement(all))
        out.limitsOfAgreement = {limits->low, limits->high};
    addMargin(out);
    addRanks(out, all);
    return out;
}

void NumericSeries::addMargin(NumericSummary &out) const
{
    if (!m_margin)
        return;
    double within = 0.0;
    for (const Unit &unit : m_units)
        within += static_cast<double>(unit.withinMargin) / unit.count;
    Share share;
    share.n = out.n;
    share.pairs = m_values;
    share.rate = within / static_cast<double>(m_units.size());
    const Range bounds = range(wilsonInterval(within, out.n));
    share.low = bounds.low;
    share.high = bounds.high;
    out.withinMargin = share;
}

void NumericSeries::addRanks(NumericSummary &out, const std::vector<double> &all) const
{
    if (const auto test = wilcoxonSignedRank(all))
        out.wilcoxonP = test->p;
    std::vector<double> left;
    std::vector<double> right;
    left.reserve(m_units.size());
    right.reserve(m_units.size());
    for (const Unit &unit : m_units) {
        left.push_back(unit.left / unit.count);
        right.push_back(unit.right / unit.count);
    }
    out.meanBaseline = mean(left).value_or(kNoFigure);
    out.meanMirror = mean(right).value_or(kNoFigure);
    // A side that equals the other ranks like it; saves sorting what most fields are.
    const bool isSame = m_differing == 0 && left.size() > 1 && left.front() != left.back();
    out.spearman = isSame ? 1.0 : spearmanCorrelation(left, right).value_or(kNoFigure);
}

int LabelSeries::indexOf(const QByteArray &label)
{
    if (m_lastIndex >= 0 && label == m_lastLabel)
        return m_lastIndex;
    const auto found = m_labels.constFind(label);
    int index = 0;
    if (found != m_labels.constEnd()) {
        index = *found;
    } else {
        if (m_labels.size() >= m_most) {
            m_isBeyond = true;
            m_labels.clear();
            m_counts.clear();
            return -1;
        }
        index = static_cast<int>(m_labels.size());
        m_labels.insert(QByteArray(label.constData(), label.size()), index); // the caller's bytes go away
    }
    m_lastLabel = m_labels.constFind(label).key();
    m_lastIndex = index;
    return index;
}

void LabelSeries::add(const QByteArray &left, const QByteArray &right)
{
    if (m_isBeyond)
        return;
    const int l = indexOf(left);
    const int r = l < 0 ? -1 : indexOf(right);
    if (r < 0)
        return;
    ++m_counts[l * kMostLabels + r];
    ++m_n;
}

LabelSummary LabelSeries::summary(const QString &path) const
{
    std::vector<std::pair<QByteArray, int>> labels;
    for (auto it = m_labels.begin(); it != m_labels.end(); ++it)
        labels.emplace_back(it.key(), it.value());
    const auto byValue = [](const auto &a, const auto &b) {
        bool isNumber = false;
        const qlonglong x = a.first.toLongLong(&isNumber);
        bool isOther = false;
        const qlonglong y = b.first.toLongLong(&isOther);
        return isNumber && isOther ? x < y : isNumber != isOther ? isNumber : a.first < b.first;
    };
    std::sort(labels.begin(), labels.end(), byValue);
    LabelSummary out;
    out.path = path;
    out.n = m_n;
    ConfusionMatrix matrix(labels.size());
    for (std::size_t l = 0; l < labels.size(); ++l) {
        out.confusion.labels.append(QString::fromUtf8(labels[l].first));
        std::vector<qint64> &row = out.confusion.counts.emplace_back();
        for (std::size_t r = 0; r < labels.size(); ++r) {
            const qint64 count = m_counts.value(labels[l].second * kMostLabels + labels[r].second);
            row.push_back(count);
            matrix.add(l, r, count);
        }
    }
    if (m_n == 0)
        return out;
    out.agreement = static_cast<double>(matrix.agreed()) / static_cast<double>(m_n);
    out.ci = range(wilsonInterval(static_cast<double>(matrix.agreed()), m_n));
    out.kappa = cohensKappa(matrix).value_or(kNoFigure);
    if (const auto test = mcnemarTest(matrix))
        out.mcnemarP = test->p;
    return out;
}

void TextSeries::add(const QByteArray &left, const QByteArray &right)
{
    ++m_n;
    m_leftLength += left.size();
    m_rightLength += right.size();
    if (left == right)
        return;
    ++m_changed;
    std::size_t place = m_samples.size();
    if (place >= kMostSamples) {
        place = drawBelow(m_random, static_cast<quint64>(m_changed));
        if (place >= kMostSamples)
            return;
    } else {
        m_samples.emplace_back();
    }
    m_samples[place] = {QString::fromUtf8(left.first(qMin(left.size(), 4 * kMostCharacters))).left(kMostCharacters),
                        QString::fromUtf8(right.first(qMin(right.size(), 4 * kMostCharacters))).left(kMostCharacters)};
}

TextSummary TextSeries::summary(const QString &path) const
{
    TextSummary out;
    out.path = path;
    out.n = m_n;
    out.changed = m_changed;
    if (m_leftLength > 0)
        out.lengthRatio = static_cast<double>(m_rightLength) / static_cast<double>(m_leftLength);
    if (m_samples.empty())
        return out;
    double sum = 0.0;
    out.minSimilarity = 1.0;
    for (const auto &[left, right] : m_samples) {
        const double similarity = editDistance(left, right).similarity();
        sum += similarity;
        out.minSimilarity = std::min(out.minSimilarity, similarity);
    }
    out.meanSimilarity = sum / static_cast<double>(m_samples.size());
    return out;
}

void VectorSeries::add(const std::vector<double> &left, const std::vector<double> &right)
{
    ++m_n;
    if (const auto cosine = cosineSimilarity(left, right)) {
        ++m_withCosine;
        m_sumCosine += *cosine;
        m_minCosine = std::min(m_minCosine, *cosine);
    }
    m_argmaxChanged += isArgmaxChanged(left, right).value_or(false) ? 1 : 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const double difference = std::abs(right[i] - left[i]);
        if (std::isfinite(difference))
            m_maxAbs = std::max(m_maxAbs, difference);
    }
}

VectorSummary VectorSeries::summary(const QString &path) const
{
    VectorSummary out;
    out.path = path;
    out.n = m_n;
    out.argmaxChanged = m_argmaxChanged;
    if (m_n > 0)
        out.maxAbsDifference = m_maxAbs;
    if (m_withCosine > 0) {
        out.meanCosine = m_sumCosine / static_cast<double>(m_withCosine);
        out.minCosine = m_minCosine;
    }
    return out;
}

} // namespace parallax::compare
