// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/calibration.h"

#include "compare/errors.h"
#include "compare/requestkey.h"
#include "compare/rulesedit.h"
#include "compare/statistics.h"

#include <QJsonArray>

#include <cmath>
#include <unordered_set>

using namespace Qt::StringLiterals;
using parallax::traffic::Outcome;

namespace parallax::compare {

namespace {

constexpr std::size_t kMostAmounts = 100'000; // of one field, for its quantiles
constexpr double kNearlyConstant = 1e-3;      // jitter of a constant, relative to its amount
constexpr double kToleranceFactor = 2.0;

QJsonValue figure(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

// Up to the next number of two digits: 0.0123 becomes 0.013.
double roundedUp(double value)
{
    if (!(value > 0.0))
        return 0.0;
    constexpr double kAlmostThere = 1e-9;
    const int exponent = static_cast<int>(std::floor(std::log10(value))) - 1;
    const double digits = std::ceil(value / std::pow(10.0, exponent) - kAlmostThere);
    return QString(QString::number(digits, 'f', 0) + u'e' + QString::number(exponent)).toDouble();
}

// Whole seconds of a handy size that hold `seconds`.
Nanoseconds handyDuration(double seconds)
{
    for (const int handy : {1, 2, 5, 10, 30, 60, 300, 3'600, 86'400}) {
        if (seconds <= handy)
            return Nanoseconds(handy * 1'000'000'000LL);
    }
    return Nanoseconds(static_cast<qint64>(std::ceil(seconds)) * 1'000'000'000LL);
}

/// Mean and spread of a stream (B. P. Welford, Technometrics 4, 1962).
class Spread
{
public:
    void add(double value)
    {
        ++m_n;
        const double step = value - m_mean;
        m_mean += step / static_cast<double>(m_n);
        m_squares += step * (value - m_mean);
    }
    [[nodiscard]] double mean() const { return m_mean; }
    [[nodiscard]] double deviation() const
    {
        return m_n < 2 ? 0.0 : std::sqrt(m_squares / static_cast<double>(m_n - 1));
    }

private:
    qint64 m_n = 0;
    double m_mean = 0.0;
    double m_squares = 0.0;
};

/// What two answers to the same requests did at one path.
struct PathNoise
{
    PathTable::Id path = PathTable::kRoot;
    qint64 lastPair = -1;
    qint64 lastDiffering = -1;
    qint64 requests = 0;
    qint64 differing = 0;
    qint64 numbers = 0;
    qint64 times = 0;     // differing values that are times on both sides
    qint64 otherKind = 0; // type, presence, or values that are neither numbers nor times
    qint64 orders = 0;
    double largestTime = 0.0; // seconds
    bool isHidden = false;    // by a rule that is there already
    bool isSerial = true;     // whole numbers, none of them seen before on either side
    std::unordered_set<double> seen;
    Spread values;
    Spread differences;
    std::vector<double> amounts;
    double largest = 0.0;

    void noteSerial(double value)
    {
        isSerial = isSerial && seen.size() < kMostAmounts && std::trunc(value) == value && seen.insert(value).second;
        if (!isSerial)
            seen.clear();
    }
};

} // namespace

QString toString(Stability stability)
{
    switch (stability) {
    case Stability::Stable:
        return u"stable"_s;
    case Stability::Jitter:
        return u"jitter"_s;
    case Stability::Unsteady:
        return u"unsteady"_s;
    case Stability::Volatile:
        return u"volatile"_s;
    case Stability::OrderVolatile:
        return u"order-volatile"_s;
    }
    Q_UNREACHABLE();
}

/// Does the builder's work, and is the visitor of the values.
class CalibrationBuilder::Collector final : public ValueVisitor
{
public:
    explicit Collector(const Rules &rules)
        : m_judge(rules, Baseline::Primary, Differ::kDefaultLimit)
    {}

    void add(const traffic::Exchange &exchange)
    {
        if (exchange.isWarmup || exchange.mirrors.empty())
            return;
        if (m_endpoint.isEmpty())
            m_endpoint = exchange.endpoint;
        const bool isNew = m_distinct.place(exchange).isNew;
        if (!isNew)
            return; // the first two answers stand for a repeated request
        m_judge.begin(exchange);
        const Outcome outcome = m_judge.judge(exchange.mirrors.front(), this);
        if (outcome != Outcome::Equal && outcome != Outcome::EqualByRule && outcome != Outcome::Different) {
            m_failed += outcome == Outcome::Pending ? 0 : 1;
            return;
        }
        for (const RawDifference &difference : m_judge.differences().found)
            countDifference(difference);
        ++m_pair;
    }

    void scalars(PathTable::Id path, JsonTree::Index left, JsonTree::Index right) override
    {
        PathNoise &noise = at(path);
        const JsonTree &l = *m_judge.left().tree;
        const JsonTree &r = *m_judge.right().tree;
        if (l.node(left).type != JsonType::Number)
            return;
        const double value = l.number(left);
        const double difference = numberDifference(l.text(left), r.text(right));
        if (!std::isfinite(value) || std::isnan(difference))
            return;
        ++noise.numbers;
        noise.values.add(value);
        noise.differences.add(difference);
        noise.largest = std::max(noise.largest, std::abs(difference));
        noise.noteSerial(value);
        noise.noteSerial(r.number(right));
        if (noise.amounts.size() < kMostAmounts)
            noise.amounts.push_back(std::abs(difference));
    }

    void vectors(PathTable::Id, JsonTree::Index, JsonTree::Index) override {}

    [[nodiscard]] qint64 pairs() const { return m_pair; }
    [[nodiscard]] Calibration result();

private:
    PathNoise &at(PathTable::Id path)
    {
        if (path >= m_places.size())
            m_places.resize(path + 1, -1);
        if (m_places[path] < 0) {
            m_places[path] = static_cast<int>(m_noise.size());
            m_noise.emplace_back();
            m_noise.back().path = path;
        }
        PathNoise &noise = m_noise[static_cast<std::size_t>(m_places[path])];
        if (noise.lastPair != m_pair) {
            noise.lastPair = m_pair;
            ++noise.requests;
        }
        return noise;
    }

    void countDifference(const RawDifference &difference)
    {
        PathNoise &noise = at(difference.path);
        noise.isHidden = noise.isHidden || difference.rule >= 0;
        if (noise.lastDiffering != m_pair) {
            noise.lastDiffering = m_pair;
            ++noise.differing;
        }
        if (difference.kind == DifferenceKind::Order)
            ++noise.orders;
        else if (difference.kind != DifferenceKind::Changed)
            ++noise.otherKind;
        else if (m_judge.left().tree->node(difference.left).type == JsonType::String)
            countString(noise, difference);
        else if (m_judge.left().tree->node(difference.left).type != JsonType::Number)
            ++noise.otherKind;
    }

    void countString(PathNoise &noise, const RawDifference &difference)
    {
        WallTime left;
        WallTime right;
        const bool isTime = fromRfc3339(QString::fromUtf8(m_judge.left().tree->string(difference.left)), left) &&
                            fromRfc3339(QString::fromUtf8(m_judge.right().tree->string(difference.right)), right);
        if (!isTime) {
            ++noise.otherKind;
            return;
        }
        ++noise.times;
        noise.largestTime = std::max(noise.largestTime, std::abs(std::chrono::duration<double>(right - left).count()));
    }

    [[nodiscard]] FieldNoise classified(const PathNoise &noise);
    void propose(const PathNoise &noise, FieldNoise &field) const;

    PairJudge m_judge;
    DistinctRequests m_distinct;
    QString m_endpoint;
    std::vector<int> m_places; // in m_noise, by path
    std::vector<PathNoise> m_noise;
    qint64 m_pair = 0;
    qint64 m_failed = 0;
};

FieldNoise CalibrationBuilder::Collector::classified(const PathNoise &noise)
{
    FieldNoise field;
    field.path = m_judge.differ().paths().pattern(noise.path);
    field.requests = noise.requests;
    field.differing = noise.differing;
    const auto bounds = wilsonInterval(static_cast<double>(noise.differing), noise.requests);
    if (bounds)
        field.differingShare = {bounds->low, bounds->high};
    if (noise.numbers > 0) {
        field.largest = noise.largest;
        field.p999 = quantile(noise.amounts, 0.999).value_or(kNoFigure);
        std::vector<double> nonZero;
        for (const double amount : noise.amounts) {
            if (amount > 0.0)
                nonZero.push_back(amount);
        }
        field.median = quantile(nonZero, 0.5).value_or(kNoFigure);
    }
    if (noise.differing == 0)
        return field;
    const bool isMostly = bounds && bounds->low > kMostlyDiffering;
    const double allowed =
        std::max(kJitterShare * noise.values.deviation(), kNearlyConstant * std::abs(noise.values.mean()));
    if (noise.orders > 0 && noise.orders >= noise.otherKind)
        field.stability = isMostly ? Stability::OrderVolatile : Stability::Unsteady;
    else if (noise.numbers > 0 && noise.isSerial && isMostly)
        field.stability = Stability::Volatile; // a counter or an id, however small its steps
    else if (noise.numbers > 0 && noise.otherKind == 0 && noise.differences.deviation() <= allowed)
        field.stability = Stability::Jitter;
    else
        field.stability = isMostly ? Stability::Volatile : Stability::Unsteady;
    if (!noise.isHidden)
        propose(noise, field);
    return field;
}

void CalibrationBuilder::Collector::propose(const PathNoise &noise, FieldNoise &field) const
{
    Rule rule;
    rule.path = field.path;
    const std::optional<PathPattern> pattern = PathPattern::parse(field.path);
    if (!pattern || field.stability == Stability::Stable || field.stability == Stability::Unsteady)
        return;
    rule.pattern = *pattern;
    if (field.stability == Stability::OrderVolatile) {
        rule.kind = RuleKind::Unordered;
    } else if (field.stability == Stability::Jitter) {
        rule.kind = RuleKind::Tolerance;
        // The quantile is 0 where differences are rarer than one in a thousand.
        const double amount = field.p999 > 0.0 ? field.p999 : field.largest;
        rule.tolerance.abs = roundedUp(kToleranceFactor * amount);
    } else if (noise.times > 0 && noise.otherKind == 0) {
        rule.kind = RuleKind::DatetimeWithin;
        rule.datetimeWithin = handyDuration(kToleranceFactor * noise.largestTime);
    } else {
        rule.kind = RuleKind::Ignore;
    }
    field.proposal = std::move(rule);
}

Calibration CalibrationBuilder::Collector::result()
{
    Calibration out;
    out.endpoint = m_endpoint;
    out.requests = m_pair;
    out.distinctRequests = m_pair;
    out.failed = m_failed;
    for (const PathNoise &noise : m_noise)
        out.fields.push_back(classified(noise));
    const auto share = [](const FieldNoise &field) {
        return field.requests == 0 ? 0.0 : static_cast<double>(field.differing) / static_cast<double>(field.requests);
    };
    std::stable_sort(out.fields.begin(), out.fields.end(),
                     [&share](const FieldNoise &a, const FieldNoise &b) { return share(a) > share(b); });
    if (m_pair < kEnoughRequests) {
        out.notes.push_back({kCalibrationTooFew, {{u"requests"_s, m_pair}, {u"enough"_s, kEnoughRequests}}, {}, {}});
    }
    if (m_failed > 0)
        out.notes.push_back({kCalibrationFailed, {{u"pairs"_s, m_failed}}, {}, {}});
    return out;
}

CalibrationBuilder::CalibrationBuilder(const Rules &rules)
    : m_collector(std::make_unique<Collector>(rules))
{}

CalibrationBuilder::~CalibrationBuilder() = default;

void CalibrationBuilder::add(const traffic::Exchange &exchange)
{
    m_collector->add(exchange);
}

qint64 CalibrationBuilder::pairs() const
{
    return m_collector->pairs();
}

Calibration CalibrationBuilder::result() const
{
    return m_collector->result();
}

std::vector<Rule> Calibration::proposals() const
{
    std::vector<Rule> out;
    for (const FieldNoise &field : fields) {
        if (field.proposal)
            out.push_back(*field.proposal);
    }
    // A rule on a container holds for all below it, so the deeper ones come first.
    std::stable_sort(out.begin(), out.end(), [](const Rule &a, const Rule &b) {
        return a.pattern.segments().size() > b.pattern.segments().size();
    });
    return out;
}

QByteArray Calibration::rulesFile() const
{
    QByteArray out = "schemaVersion: 1\nrules:\n";
    const std::vector<Rule> rules = proposals();
    for (const Rule &rule : rules)
        out += "  - " + ruleText(rule).toUtf8() + '\n';
    return rules.empty() ? QByteArray("schemaVersion: 1\nrules: []\n") : out;
}

QJsonObject toJson(const Calibration &calibration, const Wording &wording)
{
    QJsonArray fields;
    for (const FieldNoise &field : calibration.fields) {
        QJsonObject each{{u"path"_s, field.path},
                         {u"stability"_s, toString(field.stability)},
                         {u"requests"_s, field.requests},
                         {u"differing"_s, field.differing},
                         {u"low"_s, figure(field.differingShare.low)},
                         {u"high"_s, figure(field.differingShare.high)},
                         {u"median"_s, figure(field.median)},
                         {u"p999"_s, figure(field.p999)},
                         {u"largest"_s, figure(field.largest)}};
        if (field.proposal)
            each.insert(u"proposal"_s, ruleText(*field.proposal));
        fields.append(each);
    }
    QJsonArray rules;
    for (const Rule &rule : calibration.proposals())
        rules.append(ruleText(rule));
    QJsonArray notes;
    for (const Error &note : calibration.notes)
        notes.append(wording ? wording(note) : note.code.toString());
    return {{u"schemaVersion"_s, 1},
            {u"endpoint"_s, calibration.endpoint},
            {u"requests"_s, calibration.requests},
            {u"distinctRequests"_s, calibration.distinctRequests},
            {u"failed"_s, calibration.failed},
            {u"fields"_s, fields},
            {u"rules"_s, rules},
            {u"notes"_s, notes}};
}

} // namespace parallax::compare
