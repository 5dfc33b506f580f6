// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "compare/comparison.h"
#include "compare/gates.h"
#include "compare/rulesbook.h"
#include "replay/runcomparison.h"
#include "report/reportinput.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace CLI {
class App;
}

namespace parallax::traffic {
class CaptureReader;
}

namespace parallax::cli {

/// `--gate`, `--report` and `--rules`, which compare, replay and demo have in common.
struct ComparisonOptions
{
    std::vector<std::string> gates;
    std::vector<std::string> reports;
    std::string rules;

    void addTo(CLI::App &command);
    /// Parses the gates and checks the reports' endings, before anything is sent.
    [[nodiscard]] Result<std::vector<compare::Gate>> parsedGates() const;
    /// The rules of --rules, else of `.parallax/compare/<endpoint>.yaml` around `folder`, else none.
    [[nodiscard]] Result<compare::Rules> loadRules(const QString &folder, const QString &endpoint) const;
};

/// Fails with source-empty when the file has no bytes at all, which no importer could say as plainly.
[[nodiscard]] Status checkNotEmpty(const QString &source);

/// The comparison as a table for the terminal.
[[nodiscard]] QString toTable(const compare::Comparison &comparison);

/// Reads the pairs that differ most from the capture and prepares them for a report, at most `limit` a mirror.
[[nodiscard]] std::vector<report::PairSection> worstPairs(const traffic::CaptureReader &capture,
                                                          const compare::Comparison &comparison,
                                                          const compare::Rules &rules, std::size_t limit = 20);

/// What changed since an earlier run of the same requests.
struct RunChange
{
    QString before; ///< name of its capture
    replay::RunComparison comparison;
};

/// For the terminal: a line a mirror, with examples of what is new and fixed.
[[nodiscard]] QString toText(const RunChange &change);

struct ComparisonResult
{
    compare::Comparison comparison; ///< gates evaluated
    QString source;
    std::vector<report::PairSection> pairs;
    std::optional<QJsonObject> replay;
    std::optional<RunChange> since;
};

/// Prints the table (or the JSON object), writes the reports; answers 1 when a gate does not hold.
[[nodiscard]] int showComparison(const Console &console, const ComparisonOptions &options,
                                 const ComparisonResult &result);

} // namespace parallax::cli
