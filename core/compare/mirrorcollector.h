// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison.h"
#include "compare/outcome.h"
#include "compare/valueseries.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace parallax::compare {

enum class Detail {
    Progress, ///< counts, shares, fields, rules and latencies: quick at any size
    Full,     ///< with the figures of values, intervals, tests, slices and the verdict
};

/// Collects one mirror's pairs. Owned by ComparisonBuilder, on its thread. Also the visitor of its values.
class MirrorCollector final : public ValueVisitor
{
public:
    static constexpr std::size_t kMostExamples = 5;
    static constexpr std::size_t kMostPairsOfAKind = 50; ///< worst pairs: of those that differ, and of the errors
    static constexpr std::size_t kMostSeries = 1'000;
    static constexpr std::size_t kMostUnits = 5'000'000; ///< distinct requests times numeric fields

    MirrorCollector(const traffic::Reply &candidate, PairJudge &judge);

    /// Judges the candidate against the judge's exchange. `request` numbers the distinct request.
    void add(const traffic::Exchange &exchange, const traffic::Reply &candidate, quint32 request);

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] MirrorSummary summary(Detail detail, int looks) const;
    /// For slices: by distinct request, the share of its judged pairs that agree; NaN where none was judged.
    [[nodiscard]] std::vector<double> agreementByRequest(std::size_t requests) const;

    void scalars(PathTable::Id path, JsonTree::Index left, JsonTree::Index right) override;
    void vectors(PathTable::Id path, JsonTree::Index left, JsonTree::Index right) override;

private:
    struct Unit
    {
        quint32 pairs = 0; // judged ones
        quint32 agreeing = 0;
        quint32 close = 0;
        bool hasValues = false; // its labels, texts and vectors were taken
        double latencySum = 0.0;
        quint32 latencies = 0;
    };
    struct Field
    {
        FieldSummary summary;
        qint64 lastPair = -1;
    };
    struct RuleCounts
    {
        qint64 hits = 0;
        qint64 hides = 0;
        qint64 suppresses = 0;
    };

    void countPair(traffic::Outcome outcome, Unit &unit);
    void countRules(traffic::Outcome outcome);
    void countFields(traffic::ExchangeId id);
    void countNotes();
    void countLatency(const traffic::Reply &candidate, Unit &unit);
    void keepWorst(traffic::ExchangeId id, traffic::Outcome outcome);
    void addNumbers(PathSeries &series, JsonTree::Index left, JsonTree::Index right);
    [[nodiscard]] PathSeries *series(PathTable::Id path);
    [[nodiscard]] Share share(qint64 pairs, double units, qint64 requests) const;

    void summarizeShares(MirrorSummary &out) const;
    void summarizeFields(MirrorSummary &out) const;
    void summarizeValues(MirrorSummary &out) const;
    void summarizeLatency(MirrorSummary &out) const;
    void summarizeNotes(MirrorSummary &out) const;
    void judgeVerdict(MirrorSummary &out, int looks) const;

    PairJudge &m_judge;
    QString m_name;
    QString m_deployment;
    QString m_branch;
    QString m_version;
    OutcomeCounts m_outcomes;
    std::vector<qint64> m_dropReasons; // by DropReason
    std::vector<Unit> m_units;         // by request
    qint64 m_closePairs = 0;
    std::unordered_map<quint64, Field> m_fields; // by path and kind
    std::vector<quint64> m_fieldOrder;
    std::vector<RuleCounts> m_rules;
    std::vector<std::unique_ptr<PathSeries>> m_series; // by path
    std::vector<PathTable::Id> m_seriesOrder;
    std::size_t m_numericUnits = 0;
    std::vector<double> m_leftLatencies;
    std::vector<double> m_rightLatencies;
    std::vector<PairRow> m_worstDifferent;
    std::vector<PairRow> m_worstErrors;
    qint64 m_pair = 0;
    qint64 m_otherSpelling = 0;
    qint64 m_duplicateKeys = 0;
    qint64 m_notFinite = 0;
    bool m_isPartial = false; // some figures left requests out
    // Of the pair being walked:
    quint32 m_request = 0;
    traffic::ExchangeId m_id;
    bool m_isFirstOfRequest = false;
};

} // namespace parallax::compare
