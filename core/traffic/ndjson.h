// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// NDJSON, the open form of a capture: one exchange a line. Format: docs/capture-format.md and contract.md 5.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"
#include "traffic/importer.h"

#include <memory>

namespace parallax::traffic {

/// Reads one line after another; keeps its buffers. One thread at a time.
class NdjsonParser
{
public:
    NdjsonParser();
    ~NdjsonParser();
    NdjsonParser(const NdjsonParser &) = delete;
    NdjsonParser &operator=(const NdjsonParser &) = delete;

    /// An exchange, or (a line without `req`) a POST with that body. `line` is followed by at least
    /// LineReader::kPadding readable bytes. Errors carry the column in their place.
    [[nodiscard]] Result<Exchange> parse(QByteArrayView line, const ImportOptions &options);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The same for a single line in memory.
[[nodiscard]] Result<Exchange> exchangeFromNdjson(const QByteArray &line, const ImportOptions &options = {});

/// One line with its line feed.
void appendNdjson(QByteArray &out, const Exchange &exchange);
[[nodiscard]] QByteArray toNdjson(const Exchange &exchange);

} // namespace parallax::traffic
