// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two runs of the same requests held against each other: what is new, what is fixed, what still differs.
#pragma once

#include "base/result.h"
#include "compare/rulesbook.h"
#include "traffic/exchange.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <stop_token>
#include <utility>
#include <vector>

namespace parallax::replay {

/// The same request in the run before and in the run after.
using RequestPair = std::pair<traffic::ExchangeId, traffic::ExchangeId>;

/// What became of a pair since the run before.
enum class PairChange {
    Agrees,  ///< in both
    Fixed,   ///< differed before and agrees now
    New,     ///< agreed before and differs now
    Differs, ///< in both
    Unknown, ///< one of the runs does not say: dropped, primary failed, not comparable
};

/// The pairs of one mirror, counted by PairChange.
struct MirrorChange
{
    static constexpr std::size_t kExamples = 100;

    QString mirror;
    qint64 agree = 0;  ///< in both
    qint64 fixed = 0;  ///< differed before and agrees now
    qint64 broken = 0; ///< agreed before and differs now
    qint64 differ = 0; ///< in both
    qint64 unknown = 0;
    std::vector<RequestPair> fixedExamples; ///< the first kExamples of each
    std::vector<RequestPair> brokenExamples;
    std::vector<RequestPair> differExamples;
    friend bool operator==(const MirrorChange &, const MirrorChange &) = default;
};

struct RunComparison
{
    qint64 matched = 0;    ///< requests that are in both runs
    qint64 onlyBefore = 0; ///< and in one of them only
    qint64 onlyAfter = 0;
    std::vector<MirrorChange> mirrors; ///< mirrors of both runs, in the order of first appearance
    friend bool operator==(const RunComparison &, const RunComparison &) = default;

    [[nodiscard]] QJsonObject toJson() const;
};

/// Takes every pair that is in both runs, in the order of the run after.
using PairVisitor = std::function<void(const QString &mirror, PairChange change, const RequestPair &pair)>;

struct RunQuestion
{
    QString before;
    QString after;
    QString endpoint; ///< one of several in the captures; empty = all
    PairVisitor visit;
};

/// Both runs are judged under the rules as they are now, so that a rule made since counts as no change of the answers.
/// Requests are the same when endpoint, method, target and body are; one that comes several times is matched in the
/// order in which it came. Warm-up is left out. Reads both captures from beginning to end, 48 bytes a request; blocks,
/// for the pool.
[[nodiscard]] Result<RunComparison> compareRuns(const RunQuestion &question, const compare::RulesBook &rules,
                                                const std::stop_token &stop = {});

} // namespace parallax::replay
