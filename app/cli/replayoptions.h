// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/comparisonoutput.h"
#include "app/cli/repositoryoption.h"
#include "replay/plan.h"

#include <string>
#include <vector>

namespace parallax::cli {

/// The options of `replay` as they were typed, and the plan they make. Owned by the command; main thread.
struct ReplayOptions
{
    RepositoryOption repository;
    ComparisonOptions comparison;
    std::string source;
    std::string repeatRun; ///< a capture whose plan is taken instead of one from the options below
    bool onlyFailed = false;
    bool onlyDifferent = false;
    std::vector<std::string> allowHosts;
    std::string out;
    bool force = false;

    std::string endpoint;
    std::string to;
    std::string primary;
    std::vector<std::string> mirrors;
    std::string speed;
    std::string rate;
    std::string concurrency;
    std::string ramp;
    std::string maxGap;
    qint64 repeat = 1;
    qint64 limit = 0;
    std::string warmup;
    std::string filter;
    std::string sample;
    std::string session;
    quint64 seed = 1;
    std::string timeout;
    int inFlight = 1024;
    std::vector<std::string> stopAfter;
    std::vector<std::string> setHeaders;
    std::vector<std::string> removeHeaders;
    std::vector<std::string> setJson;
    std::vector<std::string> removeJson;
    std::vector<std::string> rewriteUrls;
    std::vector<std::string> extractions;
    bool keepsCredentials = false;

    void addTo(CLI::App &command);
    /// The plan of the options, or with --repeat-run the one in that capture. Errors: kUsage and those of the texts;
    /// of a capture kNoPlan, kBadPlan and what opening it gives.
    [[nodiscard]] Result<replay::ReplayPlan> plan() const;
};

} // namespace parallax::cli
