// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the requests of a replay come from, and the plan that a run leaves in its capture.
#pragma once

#include "base/result.h"
#include "replay/plan.h"
#include "replay/replayrun.h"
#include "traffic/importer.h"

#include <memory>

namespace parallax::replay {

/// A source that is ready to be read by a ReplayRun.
struct ReplaySource
{
    SourceReader reader;
    /// What was read and skipped, and why; complete when the run is prepared(), not to be looked at before.
    std::shared_ptr<const traffic::ImportSummary> summary;

    /// Skipped records as findings: the first few with their place, then how many there were of each kind.
    [[nodiscard]] std::vector<Finding> findings() const;
};

/// Opens `plan.source`, a capture (also one that is being written: what is in it at that moment) or any file that is
/// known, `format` or else its content telling which. Records without an endpoint and path of their own are taken for
/// `plan.endpoint`. A capture of several endpoints, `plan.endpoint` among them, narrows the plan to that one.
[[nodiscard]] Result<ReplaySource> openSource(ReplayPlan &plan, const QString &format = {});

/// The property of a capture (CaptureWriter::Options::properties) under which its run's plan is kept.
inline constexpr QLatin1StringView kPlanProperty{"replay-plan"};
[[nodiscard]] QByteArray planText(const ReplayPlan &plan);
/// The plan of the run that made a capture. kNoPlan when it was no replay, kBadPlan.
[[nodiscard]] Result<ReplayPlan> planOfRun(const QString &capture);

} // namespace parallax::replay
