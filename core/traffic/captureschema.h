// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of a `.parallax` file, and who writes it now. Described for readers in docs/capture-format.md.
#pragma once

#include "traffic/exchange.h"
#include "traffic/sqlite.h"

#include <span>

namespace parallax::traffic::schema {

inline constexpr int kApplicationId = 0x50724c78; // "PrLx"
inline constexpr int kVersion = 1;
/// Mirrors of one exchange that a row can name.
inline constexpr std::size_t kMaxMirrors = 254;

/// Row of table `mirror`: the exchange and the mirror's place in it, counted from 1.
[[nodiscard]] constexpr qint64 mirrorRow(ExchangeId exchange, std::size_t position)
{
    return static_cast<qint64>(exchange.value << 8U) | static_cast<qint64>(position);
}

[[nodiscard]] Status create(sqlite::Database &database);
/// Fails with kNoCapture, kCaptureNewer or kCaptureCorrupt. An older one is brought up to date by `migrate`.
[[nodiscard]] Result<int> version(const sqlite::Database &database);
[[nodiscard]] Status migrate(sqlite::Database &database, int from);
/// The same with steps of one's own: steps[0] makes a 1 into a 2. Each runs in the transaction that also raises the
/// version, so that a file is never between two of them.
[[nodiscard]] Status migrate(sqlite::Database &database, int from, std::span<const char *const> steps);

/// The process that has the capture open for writing, if it still lives.
[[nodiscard]] Result<std::optional<qint64>> livingWriter(const sqlite::Database &database);
/// When the last writer died without closing it, its running mirrors become `dropped`, reason `interrupted`.
[[nodiscard]] Status settleInterrupted(sqlite::Database &database);
/// Fails with kCaptureBusy while another one lives.
[[nodiscard]] Status enterWriter(sqlite::Database &database);
[[nodiscard]] Status leaveWriter(sqlite::Database &database);
/// Under `property.KEY` in the table meta.
[[nodiscard]] Status writeProperty(sqlite::Database &database, const QString &key, const QByteArray &value);
/// Empty when there is none.
[[nodiscard]] Result<QByteArray> readProperty(const sqlite::Database &database, const QString &key);
/// All mirrors that are still running.
[[nodiscard]] Status markInterrupted(sqlite::Database &database);

} // namespace parallax::traffic::schema
