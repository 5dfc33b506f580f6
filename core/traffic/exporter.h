// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writing exchanges for other programs. A further format is one file with an Exporter in it, and its line in
// exporters().
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QIODevice>

#include <memory>
#include <span>

namespace parallax::traffic {

struct ExportOptions
{
    QByteArray origin = "http://127.0.0.1:8080"; ///< scheme and authority for formats that want whole URLs
};

/// Writes one file. Owned by the caller, used by one thread; the device must outlive it. Exchanges that do not fit the
/// format give kNotExportable, and writing can go on; kExportFailed is the device's.
class ExportWriter
{
public:
    virtual ~ExportWriter() = default;
    [[nodiscard]] virtual Status write(const Exchange &exchange) = 0;
    /// What comes after the last exchange. Once.
    [[nodiscard]] virtual Status finish() = 0;
};

struct Exporter
{
    QLatin1StringView name; ///< as in `--to`, and the suffix of such files
    std::unique_ptr<ExportWriter> (*make)(QIODevice &device, const ExportOptions &options) = nullptr;
};

[[nodiscard]] std::span<const Exporter> exporters();
/// kUnknownExport when there is none of that name.
[[nodiscard]] Result<const Exporter *> exporterNamed(QStringView name);

/// Writes all of `bytes`, or kExportFailed.
[[nodiscard]] Status writeAll(QIODevice &device, const QByteArray &bytes);

} // namespace parallax::traffic
