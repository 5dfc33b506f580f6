// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From traffic to a file of another format in one go: what the command line and the desktop do for "Export".
#pragma once

#include "traffic/exporter.h"
#include "traffic/redaction.h"

#include <set>
#include <stop_token>
#include <vector>

namespace parallax::traffic {

struct ExportJob
{
    QString source;                     ///< a capture, or anything that can be imported
    std::set<ExchangeId> ids;           ///< which of them; empty = all
    std::vector<ExchangePtr> exchanges; ///< instead of a source: what is at hand
    QString format;
    QString out;
    bool replaces = false; ///< an existing `out`
    ExportOptions how;
    RedactionRules redaction = RedactionRules::defaults(); ///< for sources that were never redacted
    QByteArray redactionKey;                               ///< empty: the user's own
    std::stop_token stop;
};

struct ExportReport
{
    static constexpr qsizetype kKeptReasons = 20;
    qint64 written = 0;
    qint64 skipped = 0;
    QList<Error> reasons; ///< the first of those that did not fit the format
};

/// Written beside `out` and renamed when all of it is there: never half a file. Blocks. kUnknownExport, kFileExists,
/// kFileNotWritten, kCancelled, and what reading can fail with.
[[nodiscard]] Result<ExportReport> exportTraffic(const ExportJob &job);

} // namespace parallax::traffic
