// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The formats there are, each in a file of its own, which names the format's documentation. A further one adds its
// functions and its constant here, and the constant to the list in importer.cpp or exporter.cpp.
#pragma once

#include "traffic/exporter.h"
#include "traffic/importer.h"

namespace parallax::traffic {

#define PARALLAX_IMPORTER(Name, name)                                                                                  \
    int detect##Name(QByteArrayView head, const QString &fileName);                                                    \
    Result<ImportSummary> read##Name(QIODevice &device, const ExchangeConsumer &consumer,                              \
                                     const ImportOptions &options);                                                    \
    inline constexpr Importer k##Name##Importer                                                                        \
    {                                                                                                                  \
        QLatin1StringView(name), detect##Name, read##Name                                                              \
    }

#define PARALLAX_EXPORTER(Name, name)                                                                                  \
    std::unique_ptr<ExportWriter> make##Name##Writer(QIODevice &device, const ExportOptions &options);                 \
    inline constexpr Exporter k##Name##Exporter                                                                        \
    {                                                                                                                  \
        QLatin1StringView(name), make##Name##Writer                                                                    \
    }

PARALLAX_IMPORTER(Ndjson, "ndjson");       // ndjsonreader.cpp
PARALLAX_IMPORTER(Har, "har");             // har.cpp
PARALLAX_IMPORTER(Gor, "gor");             // gor.cpp
PARALLAX_IMPORTER(Curl, "curl");           // curl.cpp
PARALLAX_IMPORTER(Modelbit, "modelbit");   // modelbitlogs.cpp
PARALLAX_IMPORTER(Sagemaker, "sagemaker"); // sagemaker.cpp
PARALLAX_IMPORTER(Csv, "csv");             // inputs.cpp
PARALLAX_IMPORTER(Inputs, "inputs");       // inputs.cpp

PARALLAX_EXPORTER(Ndjson, "ndjson"); // ndjsonwriter.cpp
PARALLAX_EXPORTER(Har, "har");       // harwriter.cpp
PARALLAX_EXPORTER(Gor, "gor");       // gor.cpp
PARALLAX_EXPORTER(Curl, "curl");     // curl.cpp
PARALLAX_EXPORTER(Pairs, "csv");     // pairscsv.cpp

#undef PARALLAX_IMPORTER
#undef PARALLAX_EXPORTER

} // namespace parallax::traffic
