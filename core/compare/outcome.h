// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison.h"
#include "compare/diff.h"
#include "compare/rules.h"
#include "traffic/exchange.h"

#include <memory>
#include <optional>
#include <vector>

namespace parallax::compare {

/// One pair of answers, judged: what the recorder writes beside the mirror's answer and a detail view shows.
struct PairResult
{
    QString mirror;
    traffic::Outcome outcome = traffic::Outcome::Pending;
    Diff diff;                    ///< of status, named headers and body; `diff.real` goes into Reply::differences
    std::optional<Error> problem; ///< of not-comparable: why
};

/// Judges every pair of an exchange, in the order of its candidates. Pure, any thread; cheap for equal bytes.
[[nodiscard]] std::vector<PairResult> judge(const traffic::Exchange &exchange, const Rules &rules,
                                            Baseline baseline = Baseline::Primary,
                                            qsizetype limit = Differ::kDefaultLimit);

/// What is held against the baseline: the mirrors; with recorded answers and no mirror, the primary.
[[nodiscard]] std::vector<const traffic::Reply *> candidates(const traffic::Exchange &exchange, Baseline baseline);
/// The other side; null when nothing was recorded.
[[nodiscard]] const traffic::Reply *baselineReply(const traffic::Exchange &exchange, Baseline baseline);

/// Milliseconds the target took, as well as it is known; NaN when it is not.
[[nodiscard]] double latencyMs(const traffic::Reply &reply);

/// Whether an answer counts as an error (contract 5): none came complete, status 400 or more, or a JSON object with
/// `error` and without `data`.
[[nodiscard]] bool isErrorAnswer(const traffic::Reply &reply, const DecodedBody &body);
/// What two errors are compared by: the text before the first `:` of the last line of `error`, empty without one.
[[nodiscard]] QString errorClass(const DecodedBody &body);

/// Judges pair after pair with one Differ: what ComparisonBuilder and judge() stand on. The baseline of an exchange is
/// decoded once for all its mirrors. Confined to one thread; what it gives is valid until the next call.
class PairJudge
{
public:
    PairJudge(const Rules &rules, Baseline baseline, qsizetype limit);

    /// Takes the next exchange, which must outlive its judging.
    void begin(const traffic::Exchange &exchange);
    /// The visitor sees the values of pairs in which both answered properly.
    [[nodiscard]] traffic::Outcome judge(const traffic::Reply &candidate, ValueVisitor *visitor = nullptr);

    [[nodiscard]] const PairDifferences &differences() const { return m_differ ? m_differ->result() : m_none; }
    [[nodiscard]] const traffic::Reply *baselineReply() const { return m_baselineReply; }
    /// Decoded only when the pair needed it; else an empty text.
    [[nodiscard]] const DecodedBody &left() const { return m_left ? *m_left : m_empty; }
    [[nodiscard]] const DecodedBody &right() const { return m_isSameBody ? left() : m_right; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    [[nodiscard]] Differ &differ();
    [[nodiscard]] const Rules &rules() const { return m_rules; }

private:
    [[nodiscard]] traffic::Outcome compareAnswers(const traffic::Reply &candidate, ValueVisitor *visitor);
    void compareHeaders(const traffic::Reply &candidate);
    /// Equal without a look at single values: nobody wants them and no rule decides one.
    [[nodiscard]] bool isPlainlyEqual(const traffic::Reply &candidate);
    [[nodiscard]] bool isSameJson();

    Rules m_rules;
    qsizetype m_limit;
    std::unique_ptr<Differ> m_differ; // made when a pair first needs it
    PairDifferences m_none;
    DecodedBody m_empty;
    Baseline m_baseline;
    const traffic::Reply *m_baselineReply = nullptr;
    std::optional<DecodedBody> m_left;
    DecodedBody m_right;
    bool m_isSameBody = false;
    std::optional<Error> m_problem;
};

} // namespace parallax::compare
