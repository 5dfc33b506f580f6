// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The formats there are, each in a file of its own. Facts about them: docs/capture-format.md and their own
// documentation, named in each file.
#pragma once

#include "traffic/exporter.h"
#include "traffic/importer.h"

namespace parallax::traffic {

int detectNdjson(QByteArrayView head, const QString &fileName);
Result<ImportSummary> readNdjson(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options);
inline constexpr Importer kNdjsonImporter{QLatin1StringView("ndjson"), detectNdjson, readNdjson};

std::unique_ptr<ExportWriter> makeNdjsonWriter(QIODevice &device, const ExportOptions &options);
inline constexpr Exporter kNdjsonExporter{QLatin1StringView("ndjson"), QLatin1StringView("ndjson"), makeNdjsonWriter};

} // namespace parallax::traffic
