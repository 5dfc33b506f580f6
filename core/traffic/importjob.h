// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From files to a capture in one go: what the command line and the desktop do for "Import".
#pragma once

#include "traffic/capturestore.h"
#include "traffic/importer.h"

#include <map>

namespace parallax::traffic {

struct ImportJob
{
    QStringList files;
    QString format; ///< of all of them; empty = by the content of each
    ImportOptions how;
    QString out;
    bool replaces = false; ///< an existing `out`
    CaptureWriter::Options capture;
};

struct ImportReport
{
    qint64 read = 0;
    qint64 skipped = 0;
    QList<Error> reasons;             ///< the first of each file
    std::map<QString, qint64> counts; ///< skipped ones by code
    QStringList formats;              ///< of each file, in their order
    bool hasTimes = true;
    std::map<QString, qint64> masked; ///< of a preview: how many exchanges have a secret at this place
    std::vector<Exchange> first;      ///< of a preview: some exchanges as they would be kept, without their secrets
};

/// Writes beside `out` and puts the finished capture in its place at the end: until then, and after any failure, what
/// was there stays as it was. Nothing is made when no record could be read (`read` is 0 then, no error). Blocks.
/// kFileExists, kCancelled when `how.stop` says so, and what reading and writing can fail with.
[[nodiscard]] Result<ImportReport> importIntoCapture(const ImportJob &job);

/// Reads without writing anything: `job.out` does not matter. Keeps the first `examples` exchanges; ends after `most`
/// (0 = reads everything).
[[nodiscard]] Result<ImportReport> previewImport(const ImportJob &job, int examples, qint64 most = 0);

} // namespace parallax::traffic
