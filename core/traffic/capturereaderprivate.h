// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is behind CaptureReader; included by its own sources only.
#pragma once

#include "traffic/capturestore.h"
#include "traffic/errors.h"
#include "traffic/payload.h"
#include "traffic/sqlite.h"
#include "traffic/zstdcodec.h"

#include <QHash>

namespace parallax::traffic {

/// A number from the file as one of an enumeration's, whatever the file says.
template<class Enum>
Enum toEnum(qint64 value, Enum last)
{
    return static_cast<Enum>(std::clamp<qint64>(value, 0, static_cast<qint64>(last)));
}

struct CaptureReader::Private
{
    struct Names
    {
        QString name;
        QString deployment;
        QString branch;
        QString version;
    };

    sqlite::Database database;
    bool arePendingInterrupted = false; ///< the writer is dead, and the file could not be told so
    struct Route
    {
        QString endpoint;
        QByteArray method;
        QByteArray target;
    };
    mutable QHash<qint64, Route> routes;
    mutable QHash<qint64, Names> respondents;
    mutable ZstdDecompressor decompressor;
    BodyFetch fetch = [this](qint64 row) { return body(row); };

    Error error() const { return database.lastError(); }
    Error corrupt(const QString &detail) const
    {
        return {kCaptureCorrupt, {{QStringLiteral("file"), database.path()}}, {database.path()}, detail};
    }

    const Route &route(qint64 row) const;
    const Names &respondent(qint64 row) const;
    std::optional<QByteArrayView> unpacked(QByteArrayView frame, qint64 dictionary) const;
    std::optional<QByteArray> body(qint64 row) const;

    AnswerState state(qint64 value, DropReason &reason) const;
    Reply mirrorReply(const sqlite::Statement &row) const;
    Exchange exchangeColumns(const sqlite::Statement &row) const;
    ExchangeRow rowColumns(const sqlite::Statement &row) const;
    Status addMirrors(std::vector<ExchangeRow> &rows) const;
    Result<std::vector<ExchangeRow>> rows(std::string_view rest, qint64 bound, int limit) const;
    Result<std::vector<Exchange>> exchanges(ExchangeId after, int limit) const;
    Status addLateReplies(std::vector<Exchange> &page, std::vector<QByteArray> &payloads) const;
};

} // namespace parallax::traffic
