// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/capturestore.h"
#include "traffic/importer.h"

#include <memory>

namespace parallax::traffic {

/// Traffic from whatever holds it: a capture, or any file an importer knows, gzipped or not, told by content. One
/// thread; each walk reads the file again.
class TrafficSource
{
public:
    /// Looks at the file's beginning only. `format` (as in `--from`) overrides what it looks like.
    [[nodiscard]] static Result<TrafficSource> open(const QString &path, const QString &format = {});

    /// `capture`, or the importer's name.
    [[nodiscard]] QString format() const;
    [[nodiscard]] bool isCapture() const { return m_capture != nullptr; }
    /// Null when it is no capture.
    [[nodiscard]] CaptureReader *capture() const { return m_capture.get(); }

    /// Every exchange in the order of the file (ids of a capture are kept). Skipped records are in the summary; an
    /// error is only what concerns the file as a whole.
    [[nodiscard]] Result<ImportSummary> forEach(const ExchangeConsumer &consumer, ImportOptions options = {}) const;

private:
    QString m_path;
    std::unique_ptr<CaptureReader> m_capture;
    const Importer *m_importer = nullptr;
};

/// An open file ready for an importer: gzip is unpacked (kDecompressionBomb past a ratio), a UTF-8 BOM skipped.
/// kWrongEncoding for UTF-16 and UTF-32.
[[nodiscard]] Result<std::unique_ptr<QIODevice>> openForImport(const QString &path);

} // namespace parallax::traffic
