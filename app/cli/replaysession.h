// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/comparisonoutput.h"
#include "app/cli/console.h"
#include "base/clock.h"
#include "compare/rules.h"
#include "replay/plan.h"
#include "replay/progress.h"
#include "repository/repository.h"

#include <QString>

#include <optional>

namespace parallax::cli {

/// What `replay` and `demo` run.
struct ReplayJob
{
    replay::ReplayPlan plan;
    std::optional<repository::Repository> repository; ///< none with --to
    compare::Rules rules;
    QString capture;         ///< where every answer is kept; made anew
    bool keepCapture = true; ///< false: removed at the end
    QString before;          ///< the run that is repeated; empty when none is
};

struct ReplayOutcome
{
    replay::Progress progress;
    ComparisonResult result;
};

/// Starts the targets, replays with a progress line, records, compares. Ctrl+C stops sending and keeps what was
/// answered; a second one gives up what is under way. Blocks in an event loop of the application; main thread.
[[nodiscard]] Result<ReplayOutcome> runReplay(const Console &console, const ReplayJob &job, bool wantsPairs);

} // namespace parallax::cli
