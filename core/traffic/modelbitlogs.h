// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Modelbit's logs, as its webhook delivers them: `{"data": [log, ...]}`. Fields: docs.modelbit.com, "Receiving logs".
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"
#include "traffic/importer.h"

#include <list>
#include <memory>

namespace parallax::traffic {

/// One log: one call of one deployment, with its inputs and outputs as JSON text. Numbers keep their digits.
struct ModelbitLog
{
    struct Row
    {
        QByteArray id = "0";
        QByteArray inputs; ///< a JSON list
        QByteArray output = "null";
    };
    QString deployment;
    QString version;
    QString branch;
    QString endpoint;
    QString backend;
    QString batchId;
    qint64 startMs = 0;
    qint64 durationMs = -1;
    std::vector<Row> rows;
    QString error; ///< empty = none
};

/// Makes exchanges of logs. A request to an endpoint leaves one log for its primary and one for each mirror, without an
/// id in common: they are joined when their rows have the same ids and inputs (or one failed and has none) and they
/// began close to each other. One thread.
class ModelbitJoiner
{
public:
    explicit ModelbitJoiner(ImportOptions options);
    ~ModelbitJoiner();
    ModelbitJoiner(const ModelbitJoiner &) = delete;
    ModelbitJoiner &operator=(const ModelbitJoiner &) = delete;

    /// One log as JSON text, followed by LineReader::kPadding readable bytes. kBadJson, kMissingField.
    [[nodiscard]] Status add(QByteArrayView log);
    /// One webhook body, `{"data": [...]}`; the number of logs that were taken. Bad ones are left out and counted.
    [[nodiscard]] Result<int> addWebhook(const QByteArray &body, ImportSummary &summary);

    /// The next exchange whose other logs can hardly be under way any more; all of them when `isEnd`. Those that never
    /// got a request are skipped into `summary`.
    [[nodiscard]] std::optional<Exchange> take(bool isEnd, ImportSummary &summary);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace parallax::traffic
