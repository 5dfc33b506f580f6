// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/runcomparison.h"

#include "base/errors.h"
#include "compare/outcome.h"
#include "replay/hash.h"
#include "traffic/capturestore.h"

#include <QHash>
#include <QJsonArray>

#include <deque>
#include <map>
#include <optional>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

using traffic::Outcome;

/// 128 bits, so that a million different requests do not meet by chance.
using Content = std::pair<quint64, quint64>;

quint64 contentHash(const traffic::Exchange &exchange, quint64 seed)
{
    quint64 hash = hashOf(exchange.endpoint.toUtf8(), seed);
    hash = hashOf(exchange.method, hash);
    hash = hashOf(exchange.target, hash);
    return hashOf(exchange.body.isTruncated ? exchange.body.sha256 : exchange.body.bytes, hash);
}

Content contentOf(const traffic::Exchange &exchange)
{
    return {contentHash(exchange, 1), contentHash(exchange, 2)};
}

std::optional<bool> agrees(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Equal:
    case Outcome::EqualByRule:
    case Outcome::BothErrorSame:
        return true;
    case Outcome::Different:
    case Outcome::MirrorError:
    case Outcome::BothErrorDifferent:
    case Outcome::Timeout:
        return false;
    case Outcome::Pending:
    case Outcome::PrimaryError:
    case Outcome::Dropped:
    case Outcome::NotComparable:
        break;
    }
    return std::nullopt;
}

/// What is kept of a request of the run before.
struct Before
{
    traffic::ExchangeId id;
    QList<Outcome> outcomes; ///< by the mirrors' places
};

PairChange changeOf(Outcome before, Outcome after)
{
    const std::optional<bool> was = agrees(before);
    const std::optional<bool> is = agrees(after);
    if (!was || !is)
        return PairChange::Unknown;
    if (*was)
        return *is ? PairChange::Agrees : PairChange::New;
    return *is ? PairChange::Fixed : PairChange::Differs;
}

class Matcher
{
public:
    explicit Matcher(PairVisitor visit)
        : m_visit(std::move(visit))
    {}

    void addBefore(const traffic::Exchange &exchange)
    {
        Before before{exchange.id, {}};
        for (const traffic::Reply &mirror : exchange.mirrors) {
            const qsizetype place = placeOf(mirror.name);
            while (before.outcomes.size() <= place)
                before.outcomes.append(Outcome::Pending);
            before.outcomes[place] = mirror.outcome;
        }
        m_before[contentOf(exchange)].push_back(std::move(before));
        ++m_result.onlyBefore;
    }

    void addAfter(const traffic::Exchange &exchange)
    {
        const auto found = m_before.find(contentOf(exchange));
        if (found == m_before.end() || found->empty()) {
            ++m_result.onlyAfter;
            return;
        }
        const Before before = std::move(found->front());
        found->pop_front();
        --m_result.onlyBefore;
        ++m_result.matched;
        for (const traffic::Reply &mirror : exchange.mirrors) {
            const qsizetype place = m_places.indexOf(mirror.name);
            if (place >= 0 && place < before.outcomes.size())
                count(mirrorOf(mirror.name), replay::changeOf(before.outcomes[place], mirror.outcome),
                      {before.id, exchange.id});
        }
    }

    RunComparison take() { return std::move(m_result); }

private:
    qsizetype placeOf(const QString &name)
    {
        const qsizetype place = m_places.indexOf(name);
        if (place >= 0)
            return place;
        m_places.append(name);
        return m_places.size() - 1;
    }

    MirrorChange &mirrorOf(const QString &name)
    {
        for (MirrorChange &change : m_result.mirrors) {
            if (change.mirror == name)
                return change;
        }
        MirrorChange &fresh = m_result.mirrors.emplace_back();
        fresh.mirror = name;
        return fresh;
    }

    void count(MirrorChange &mirror, PairChange change, const RequestPair &pair)
    {
        const auto note = [&pair](qint64 &counter, std::vector<RequestPair> &examples) {
            ++counter;
            if (examples.size() < MirrorChange::kExamples)
                examples.push_back(pair);
        };
        switch (change) {
        case PairChange::Agrees:
            ++mirror.agree;
            break;
        case PairChange::Fixed:
            note(mirror.fixed, mirror.fixedExamples);
            break;
        case PairChange::New:
            note(mirror.broken, mirror.brokenExamples);
            break;
        case PairChange::Differs:
            note(mirror.differ, mirror.differExamples);
            break;
        case PairChange::Unknown:
            ++mirror.unknown;
            break;
        }
        if (m_visit)
            m_visit(mirror.mirror, change, pair);
    }

    PairVisitor m_visit;
    QHash<Content, std::deque<Before>> m_before;
    QStringList m_places;
    RunComparison m_result;
};

/// Judges what it hands on: every exchange that counts.
class JudgingReader
{
public:
    JudgingReader(const QString &endpoint, const compare::RulesBook &rules, const std::stop_token &stop)
        : m_endpoint(endpoint)
        , m_rules(rules)
        , m_stop(stop)
    {}

    Status read(const QString &path, const std::function<void(const traffic::Exchange &)> &take)
    {
        const Result<std::unique_ptr<traffic::CaptureReader>> reader = traffic::CaptureReader::open(path);
        if (!reader)
            return tl::unexpected(reader.error());
        const Status read = (*reader)->forEach(
            [&](traffic::Exchange &&exchange) {
                if (exchange.isWarmup || (!m_endpoint.isEmpty() && exchange.endpoint != m_endpoint))
                    return true;
                judge(exchange);
                take(exchange);
                return true;
            },
            m_stop);
        if (read && m_stop.stop_requested())
            return fail(base::kCancelled);
        return read;
    }

private:
    void judge(traffic::Exchange &exchange)
    {
        auto judge = m_judges.find(exchange.endpoint);
        if (judge == m_judges.end())
            judge = m_judges
                        .try_emplace(exchange.endpoint, *m_rules.rules(exchange.endpoint), compare::Baseline::Primary,
                                     compare::Differ::kDefaultLimit)
                        .first;
        judge->second.begin(exchange);
        for (traffic::Reply &mirror : exchange.mirrors)
            mirror.outcome = judge->second.judge(mirror);
    }

    QString m_endpoint;
    const compare::RulesBook &m_rules;
    std::stop_token m_stop;
    std::map<QString, compare::PairJudge> m_judges;
};

QJsonArray pairsJson(const std::vector<RequestPair> &pairs)
{
    QJsonArray array;
    for (const RequestPair &pair : pairs)
        array.append(QJsonArray{static_cast<qint64>(pair.first.value), static_cast<qint64>(pair.second.value)});
    return array;
}

} // namespace

QJsonObject RunComparison::toJson() const
{
    QJsonObject all;
    for (const MirrorChange &change : mirrors) {
        all[change.mirror] = QJsonObject{{u"agree"_s, change.agree},
                                         {u"fixed"_s, change.fixed},
                                         {u"new"_s, change.broken},
                                         {u"stillDifferent"_s, change.differ},
                                         {u"unknown"_s, change.unknown},
                                         {u"fixedExamples"_s, pairsJson(change.fixedExamples)},
                                         {u"newExamples"_s, pairsJson(change.brokenExamples)},
                                         {u"stillDifferentExamples"_s, pairsJson(change.differExamples)}};
    }
    return {{u"matched"_s, matched}, {u"onlyBefore"_s, onlyBefore}, {u"onlyAfter"_s, onlyAfter}, {u"mirrors"_s, all}};
}

Result<RunComparison> compareRuns(const RunQuestion &question, const compare::RulesBook &rules,
                                  const std::stop_token &stop)
{
    Matcher matcher(question.visit);
    JudgingReader reader(question.endpoint, rules, stop);
    Status status = reader.read(question.before, [&](const traffic::Exchange &each) { matcher.addBefore(each); });
    if (status)
        status = reader.read(question.after, [&](const traffic::Exchange &each) { matcher.addAfter(each); });
    if (!status)
        return tl::unexpected(status.error());
    return matcher.take();
}

} // namespace parallax::replay
