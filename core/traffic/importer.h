// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading traffic from files of other programs. A further format is one file with an Importer in it, and its line in
// importers().
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QHash>
#include <QIODevice>
#include <QStringList>

#include <functional>
#include <map>
#include <span>
#include <stop_token>

namespace parallax::traffic {

/// What a reader found. Skipped records are counted by code, the first ones are kept with their place.
struct ImportSummary
{
    static constexpr qsizetype kKeptReasons = 20;

    QString format;
    qint64 read = 0;
    qint64 skipped = 0;
    QList<Error> reasons;             ///< the first kKeptReasons, in the order of the file
    std::map<QString, qint64> counts; ///< by code
    bool hasTimes = true;             ///< false when any record that was read has no time
    bool wasStopped = false;          ///< by the stop token or the consumer

    void skip(Error reason);
};

/// Turns columns or fields of model inputs into request bodies (CSV and NDJSON of inputs).
struct InputMapping
{
    QStringList columns;                   ///< which, in this order; empty = all
    QHash<QString, QString> rename;        ///< column -> field of the body
    QHash<QString, QString> types;         ///< column -> string | number | boolean; missing = by content
    bool asList = false;                   ///< values as a JSON list in place of an object
    QString wrap = QStringLiteral("data"); ///< {"data": ...}; empty = the bare value
};

struct ImportOptions
{
    QString file;      ///< for errors
    QString endpoint;  ///< of records that name none
    QByteArray target; ///< of records that have none; empty = "/v1/endpoint/<endpoint>" or "/"
    InputMapping mapping;
    QString baseFolder; ///< where `@file` of curl lines is read; empty = such lines are skipped
    std::stop_token stop;
    std::function<void(qint64 done, qint64 total)> progress; ///< bytes of the file; total -1 when not known

    [[nodiscard]] QByteArray defaultTarget() const;
};

/// Takes one exchange (id 0); false ends the reading.
using ExchangeConsumer = std::function<bool(Exchange &&)>;

/// One format. `detect` sees the first bytes (up to kDetectBytes, any BOM removed) and answers from 0 (no) to 100
/// (sure). `read` streams: memory is bounded by the largest record it accepts. Any thread; blocks.
struct Importer
{
    QLatin1StringView name; ///< as in `--from`
    int (*detect)(QByteArrayView head, const QString &fileName) = nullptr;
    Result<ImportSummary> (*read)(QIODevice &device, const ExchangeConsumer &consumer,
                                  const ImportOptions &options) = nullptr;
};

inline constexpr qint64 kDetectBytes = 64 * 1024;
inline constexpr qint64 kMaxRecordBytes = 128 * 1024 * 1024;

[[nodiscard]] std::span<const Importer> importers();
/// Null when there is none of that name.
[[nodiscard]] const Importer *importerNamed(QStringView name);
/// The likeliest by content; kUnknownFormat, or kFormatByConversion for formats that another program turns into HAR.
[[nodiscard]] Result<const Importer *> detectImporter(QByteArrayView head, const QString &fileName);

} // namespace parallax::traffic
