// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison.h"
#include "compare/mirrorcollector.h"
#include "compare/outcome.h"
#include "compare/requestfeatures.h"
#include "compare/requestkey.h"
#include "compare/rules.h"

#include <memory>
#include <vector>

namespace parallax::compare {

/// Turns exchanges into a Comparison, one after the other; a summary can be asked for at any time. Keeps figures, not
/// bodies. Warm-up exchanges are left out. Requests are the same when endpoint, method, target and body are. Confined
/// to one thread (a pool's, the command line's main one); add() costs what comparing the bodies costs.
class ComparisonBuilder
{
public:
    explicit ComparisonBuilder(const Rules &rules, Baseline baseline = Baseline::Primary);
    ~ComparisonBuilder();
    ComparisonBuilder(const ComparisonBuilder &) = delete;
    ComparisonBuilder &operator=(const ComparisonBuilder &) = delete;

    void add(const traffic::Exchange &exchange);
    [[nodiscard]] qint64 requests() const { return m_requests; }

    /// Detail::Full counts as a look at the verdict when exchanges came since the last: looking often is cautioned.
    [[nodiscard]] Comparison summary(Detail detail = Detail::Full);

private:
    [[nodiscard]] MirrorCollector &collector(const traffic::Reply &candidate);

    PairJudge m_judge;
    Baseline m_baseline;
    std::vector<std::unique_ptr<MirrorCollector>> m_mirrors;
    DistinctRequests m_distinct;
    RequestFeatures m_features;
    std::vector<bool>
        m_isFeatured; ///< by request: whether m_features knows it; what nobody is compared for it need not
    QString m_endpoint;
    QString m_primary;
    qint64 m_requests = 0;
    qint64 m_requestsAtLastLook = 0;
    int m_looks = 0;
};

} // namespace parallax::compare
