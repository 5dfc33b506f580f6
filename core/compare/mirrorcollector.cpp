// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/mirrorcollector.h"

#include <cmath>

using parallax::traffic::Outcome;

namespace parallax::compare {

namespace {

bool isAgreeing(Outcome outcome)
{
    return outcome == Outcome::Equal || outcome == Outcome::EqualByRule || outcome == Outcome::BothErrorSame;
}

bool isJudged(Outcome outcome)
{
    return outcome != Outcome::Pending && outcome != Outcome::Dropped && outcome != Outcome::PrimaryError &&
           outcome != Outcome::NotComparable;
}

bool bothAnswered(Outcome outcome)
{
    return outcome == Outcome::Equal || outcome == Outcome::EqualByRule || outcome == Outcome::Different;
}

// Most differences first, then the largest; the first seen of equals.
bool isWorse(const PairRow &a, const PairRow &b)
{
    if (a.differences != b.differences)
        return a.differences > b.differences;
    const double x = std::isnan(a.worst) ? -1.0 : std::abs(a.worst);
    const double y = std::isnan(b.worst) ? -1.0 : std::abs(b.worst);
    return x != y ? x > y : a.id < b.id;
}

} // namespace

MirrorCollector::MirrorCollector(const traffic::Reply &candidate, PairJudge &judge)
    : m_judge(judge)
    , m_name(candidate.name)
    , m_deployment(candidate.deployment)
    , m_branch(candidate.branch)
    , m_version(candidate.version)
    , m_dropReasons(static_cast<std::size_t>(traffic::DropReason::Interrupted) + 1, 0)
    , m_rules(judge.rules().rules.size())
{}

void MirrorCollector::add(const traffic::Exchange &exchange, const traffic::Reply &candidate, quint32 request)
{
    m_request = request;
    m_id = exchange.id;
    if (request >= m_units.size())
        m_units.resize(request + 1);
    m_isFirstOfRequest = !m_units[request].hasValues;
    const Outcome outcome = m_judge.judge(candidate, this);
    Unit &unit = m_units[request];
    if (bothAnswered(outcome)) {
        unit.hasValues = true;
        countLatency(candidate, unit);
        countNotes();
    }
    m_outcomes.add(outcome);
    if (outcome == Outcome::Dropped)
        ++m_dropReasons[static_cast<std::size_t>(candidate.dropReason)];
    countPair(outcome, unit);
    countRules(outcome);
    if (isJudged(outcome))
        countFields(exchange.id);
    keepWorst(exchange.id, outcome);
    ++m_pair;
}

void MirrorCollector::countPair(Outcome outcome, Unit &unit)
{
    if (!isJudged(outcome))
        return;
    const bool isClose = isAgreeing(outcome) || (outcome == Outcome::Different && m_judge.differences().isClose);
    ++unit.pairs;
    unit.agreeing += isAgreeing(outcome) ? 1 : 0;
    unit.close += isClose ? 1 : 0;
    m_closePairs += isClose ? 1 : 0;
}

void MirrorCollector::countRules(Outcome outcome)
{
    const PairDifferences &found = m_judge.differences();
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        m_rules[i].hits += found.rulesHit[i];
        m_rules[i].suppresses += found.rulesHiding[i];
        m_rules[i].hides += outcome == Outcome::EqualByRule ? found.rulesHiding[i] : 0;
    }
}

void MirrorCollector::countFields(traffic::ExchangeId id)
{
    const PathTable &paths = m_judge.differ().paths();
    for (const RawDifference &difference : m_judge.differences().found) {
        if (difference.rule >= 0)
            continue;
        const quint64 key = (quint64(difference.path) << 8U) | static_cast<quint64>(difference.kind);
        const auto [at, isNew] = m_fields.try_emplace(key);
        Field &field = at->second;
        if (isNew) {
            m_fieldOrder.push_back(key);
            field.summary.path = paths.pattern(difference.path);
            field.summary.kind = difference.kind;
        }
        if (field.lastPair != m_pair) {
            field.lastPair = m_pair;
            ++field.summary.pairs;
            if (field.summary.examples.size() < kMostExamples)
                field.summary.examples.push_back(id);
        }
        if (difference.kind != DifferenceKind::Changed)
            continue;
        const JsonTree &left = *m_judge.left().tree;
        if (left.node(difference.left).type != JsonType::Number)
            continue;
        const double delta = numberDifference(left.text(difference.left), m_judge.right().tree->text(difference.right));
        if (!std::isnan(delta) && !(std::abs(delta) <= std::abs(field.summary.worst))) {
            field.summary.worst = delta;
            field.summary.worstExample = id;
        }
    }
}

void MirrorCollector::countNotes()
{
    const auto isAny = [this](bool (JsonTree::*flag)() const) {
        const auto &left = m_judge.left().tree;
        const auto &right = m_judge.right().tree;
        return (left && (*left.*flag)()) || (right && (*right.*flag)());
    };
    m_otherSpelling += m_judge.differences().hasOtherSpelling ? 1 : 0;
    m_duplicateKeys += isAny(&JsonTree::hasDuplicateKeys) ? 1 : 0;
    m_notFinite += isAny(&JsonTree::hasNotFinite) ? 1 : 0;
}

void MirrorCollector::countLatency(const traffic::Reply &candidate, Unit &unit)
{
    const double left = latencyMs(*m_judge.baselineReply());
    const double right = latencyMs(candidate);
    if (std::isnan(left) || std::isnan(right))
        return;
    m_leftLatencies.push_back(left);
    m_rightLatencies.push_back(right);
    unit.latencySum += right - left;
    ++unit.latencies;
}

void MirrorCollector::keepWorst(traffic::ExchangeId id, Outcome outcome)
{
    if (isAgreeing(outcome) || !isJudged(outcome))
        return;
    const PairDifferences &found = m_judge.differences();
    std::vector<PairRow> &rows = outcome == Outcome::Different ? m_worstDifferent : m_worstErrors;
    PairRow row{id, outcome, found.real, found.worst, {}};
    if (rows.size() >= kMostPairsOfAKind && !isWorse(row, rows.back()))
        return;
    if (!std::isnan(found.worst))
        row.worstPath = m_judge.differ().paths().pattern(found.worstPath);
    rows.insert(std::upper_bound(rows.begin(), rows.end(), row, isWorse), row);
    if (rows.size() > kMostPairsOfAKind)
        rows.pop_back();
}

PathSeries *MirrorCollector::series(PathTable::Id path)
{
    if (path >= m_series.size())
        m_series.resize(path + 1);
    if (!m_series[path]) {
        if (m_seriesOrder.size() >= kMostSeries) {
            m_isPartial = true;
            return nullptr;
        }
        m_series[path] = std::make_unique<PathSeries>(m_judge.rules().margin);
        m_seriesOrder.push_back(path);
    }
    return m_series[path].get();
}

void MirrorCollector::scalars(PathTable::Id path, JsonTree::Index left, JsonTree::Index right)
{
    const JsonTree &l = *m_judge.left().tree;
    const JsonTree &r = *m_judge.right().tree;
    const JsonType type = l.node(left).type;
    if (type == JsonType::Null)
        return;
    PathSeries *place = series(path);
    if (place == nullptr)
        return;
    if (type == JsonType::Number) {
        addNumbers(*place, left, right);
        return;
    }
    if (!m_isFirstOfRequest)
        return;
    const auto word = [](const JsonTree &tree, JsonTree::Index index) {
        if (tree.node(index).has(JsonNode::HasEscapes))
            return tree.string(index);
        const QByteArrayView text = tree.text(index);
        const bool isString = tree.node(index).type == JsonType::String;
        const QByteArrayView inside = isString ? text.sliced(1).chopped(1) : text;
        return QByteArray::fromRawData(inside.data(), inside.size());
    };
    const QByteArray a = word(l, left);
    const QByteArray b = word(r, right);
    place->words.add(a, b);
    place->texts.add(a, b);
}

void MirrorCollector::addNumbers(PathSeries &place, JsonTree::Index left, JsonTree::Index right)
{
    const JsonTree &l = *m_judge.left().tree;
    const JsonTree &r = *m_judge.right().tree;
    const QByteArrayView a = l.text(left);
    const QByteArrayView b = r.text(right);
    NumberPair pair;
    pair.left = l.number(left);
    pair.right = pair.left;
    if (a != b) {
        pair.right = r.number(right);
        pair.difference = numberDifference(a, b);
        pair.isSame = pair.difference == 0.0;
    }
    if (!std::isfinite(pair.left) || !std::isfinite(pair.right))
        return;
    const std::size_t before = place.numbers.requests();
    if (!place.numbers.add(m_request, pair, m_id, m_numericUnits < kMostUnits))
        m_isPartial = true;
    m_numericUnits += place.numbers.requests() - before;
    place.isIntegers =
        place.isIntegers && l.node(left).has(JsonNode::IsInteger) && r.node(right).has(JsonNode::IsInteger);
    if (m_isFirstOfRequest && place.isIntegers && !place.integers.isBeyond())
        place.integers.add(QByteArray::fromRawData(a.data(), a.size()), QByteArray::fromRawData(b.data(), b.size()));
}

void MirrorCollector::vectors(PathTable::Id path, JsonTree::Index left, JsonTree::Index right)
{
    constexpr quint32 kLeastLength = 2;
    const JsonTree &l = *m_judge.left().tree;
    const JsonTree &r = *m_judge.right().tree;
    if (!m_isFirstOfRequest || l.node(left).children < kLeastLength)
        return;
    PathSeries *place = series(path);
    if (place == nullptr)
        return;
    const auto numbers = [](const JsonTree &tree, JsonTree::Index array) {
        std::vector<double> out;
        out.reserve(tree.node(array).children);
        for (JsonTree::Index i = array + 1; i != tree.node(array).after; i = tree.node(i).after)
            out.push_back(tree.number(i));
        return out;
    };
    place->vectors.add(numbers(l, left), numbers(r, right));
}

std::vector<double> MirrorCollector::agreementByRequest(std::size_t requests) const
{
    std::vector<double> out(requests, kNoFigure);
    for (std::size_t i = 0; i < m_units.size() && i < requests; ++i) {
        if (m_units[i].pairs > 0)
            out[i] = static_cast<double>(m_units[i].agreeing) / m_units[i].pairs;
    }
    return out;
}

} // namespace parallax::compare
