// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two runs of the same requests held against each other: what is new, what is fixed, what still differs.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QJsonObject>
#include <QString>

#include <stop_token>
#include <utility>
#include <vector>

namespace parallax::replay {

/// The same request in the run before and in the run after.
using RequestPair = std::pair<traffic::ExchangeId, traffic::ExchangeId>;

/// The pairs of one mirror, as they were judged in either run. Those that do not say (dropped, primary failed, not
/// comparable, not judged) in one of the runs are `unknown`.
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

/// Requests are the same when endpoint, method, target and body are; one that comes several times is matched in the
/// order in which it came. Warm-up is left out. Reads both captures from beginning to end, 48 bytes a request; blocks,
/// for the pool.
[[nodiscard]] Result<RunComparison> compareRuns(const QString &before, const QString &after,
                                                const std::stop_token &stop = {});

} // namespace parallax::replay
