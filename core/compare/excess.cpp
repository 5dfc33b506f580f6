// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The mirror's differences against the noise of the same requests (calibration.h).
#include "compare/calibration.h"
#include "compare/requestkey.h"
#include "compare/statistics.h"

#include <cmath>
#include <map>

using namespace Qt::StringLiterals;
using parallax::traffic::Outcome;

namespace parallax::compare {

/// Does the builder's work, and is the visitor of the values of one pair after the other.
class ExcessBuilder::Collector final : public ValueVisitor
{
public:
    Collector(const Rules &rules, QString again)
        : m_judge(rules, Baseline::Primary, Differ::kDefaultLimit)
        , m_again(std::move(again))
    {}

    void add(const traffic::Exchange &exchange)
    {
        if (exchange.isWarmup || !m_distinct.place(exchange).isNew)
            return;
        const auto noise = std::find_if(exchange.mirrors.begin(), exchange.mirrors.end(),
                                        [this](const traffic::Reply &mirror) { return mirror.name == m_again; });
        if (noise == exchange.mirrors.end())
            return;
        m_judge.begin(exchange);
        if (!collect(*noise))
            return;
        const std::map<PathTable::Id, Cell> own = m_cells;
        for (const traffic::Reply &mirror : exchange.mirrors) {
            if (mirror.name != m_again && collect(mirror))
                merge(own, m_mirrors[mirror.name]);
        }
    }

    void scalars(PathTable::Id path, JsonTree::Index left, JsonTree::Index right) override
    {
        const JsonTree &l = *m_judge.left().tree;
        Cell &cell = m_cells[path];
        if (l.node(left).type != JsonType::Number)
            return;
        const double difference = numberDifference(l.text(left), m_judge.right().tree->text(right));
        if (std::isnan(difference))
            return;
        cell.amount += std::abs(difference);
        ++cell.numbers;
    }

    void vectors(PathTable::Id, JsonTree::Index, JsonTree::Index) override {}

    [[nodiscard]] std::vector<FieldExcess> result(const QString &mirror);

private:
    /// One path in one pair.
    struct Cell
    {
        double amount = 0.0; // sum over its numbers
        qint64 numbers = 0;
        bool isDifferent = false;
    };
    /// One path of one mirror over all requests.
    struct Series
    {
        std::vector<double> excess; // by request, of numbers
        double noise = 0.0;
        double mirror = 0.0;
        qint64 requests = 0;
        qint64 onlyMirror = 0;
        qint64 onlyNoise = 0;
        bool isAnyDifferent = false;
    };

    [[nodiscard]] bool collect(const traffic::Reply &reply)
    {
        m_cells.clear();
        const Outcome outcome = m_judge.judge(reply, this);
        for (const RawDifference &difference : m_judge.differences().found) {
            if (difference.rule < 0)
                m_cells[difference.path].isDifferent = true;
        }
        return outcome == Outcome::Equal || outcome == Outcome::EqualByRule || outcome == Outcome::Different;
    }

    void merge(const std::map<PathTable::Id, Cell> &own, std::map<PathTable::Id, Series> &mirror)
    {
        // A path that one of the two pairs does not know did not differ there.
        for (const auto &[path, cell] : own)
            m_cells.try_emplace(path);
        for (const auto &[path, cell] : m_cells) {
            const auto known = own.find(path);
            const Cell noise = known == own.end() ? Cell() : known->second;
            Series &series = mirror[path];
            ++series.requests;
            series.onlyMirror += cell.isDifferent && !noise.isDifferent ? 1 : 0;
            series.onlyNoise += noise.isDifferent && !cell.isDifferent ? 1 : 0;
            series.isAnyDifferent = series.isAnyDifferent || cell.isDifferent || noise.isDifferent;
            if (cell.numbers == 0 || noise.numbers == 0)
                continue;
            const double far = cell.amount / static_cast<double>(cell.numbers);
            const double near = noise.amount / static_cast<double>(noise.numbers);
            series.excess.push_back(far - near);
            series.mirror += far;
            series.noise += near;
            series.isAnyDifferent = series.isAnyDifferent || far > 0.0 || near > 0.0;
        }
    }

    PairJudge m_judge;
    DistinctRequests m_distinct;
    QString m_again;
    std::map<PathTable::Id, Cell> m_cells; // of the pair being walked
    std::map<QString, std::map<PathTable::Id, Series>> m_mirrors;
};

std::vector<FieldExcess> ExcessBuilder::Collector::result(const QString &mirror)
{
    std::vector<FieldExcess> out;
    std::vector<double> pValues;
    for (const auto &[path, series] : m_mirrors[mirror]) {
        if (!series.isAnyDifferent)
            continue;
        FieldExcess field;
        field.path = m_judge.differ().paths().pattern(path);
        field.requests = series.requests;
        field.onlyMirror = series.onlyMirror;
        field.onlyNoise = series.onlyNoise;
        field.isNumeric = !series.excess.empty();
        double p = 1.0;
        if (field.isNumeric) {
            const auto n = static_cast<double>(series.excess.size());
            field.meanNoise = series.noise / n;
            field.meanMirror = series.mirror / n;
            if (const auto test = wilcoxonSignedRank(series.excess, Alternative::Greater))
                p = test->p;
        } else if (const auto test = mcnemarTest(series.onlyMirror, series.onlyNoise)) {
            p = test->p;
        }
        pValues.push_back(p);
        out.push_back(std::move(field));
    }
    const std::vector<double> adjusted = holmAdjusted(pValues);
    for (std::size_t i = 0; i < adjusted.size(); ++i)
        out[i].p = adjusted[i];
    std::stable_sort(out.begin(), out.end(), [](const FieldExcess &a, const FieldExcess &b) { return a.p < b.p; });
    return out;
}

QJsonObject toJson(const FieldExcess &field)
{
    const auto figure = [](double value) {
        return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
    };
    return {{u"path"_s, field.path},
            {u"numeric"_s, field.isNumeric},
            {u"requests"_s, field.requests},
            {u"meanNoise"_s, figure(field.meanNoise)},
            {u"meanMirror"_s, figure(field.meanMirror)},
            {u"onlyMirror"_s, field.onlyMirror},
            {u"onlyNoise"_s, field.onlyNoise},
            {u"p"_s, figure(field.p)}};
}

ExcessBuilder::ExcessBuilder(const Rules &rules, QString again)
    : m_collector(std::make_unique<Collector>(rules, std::move(again)))
{}

ExcessBuilder::~ExcessBuilder() = default;

void ExcessBuilder::add(const traffic::Exchange &exchange)
{
    m_collector->add(exchange);
}

std::vector<FieldExcess> ExcessBuilder::result(const QString &mirror) const
{
    return m_collector->result(mirror);
}

} // namespace parallax::compare
