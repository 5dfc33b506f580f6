// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is behind CaptureWriter; included by its own sources only.
#pragma once

#include "traffic/capturestore.h"
#include "traffic/insertbatch.h"
#include "traffic/payload.h"
#include "traffic/sqlite.h"
#include "traffic/zstdcodec.h"

#include <QByteArrayList>
#include <QHash>

#include <array>

namespace parallax::traffic {

/// As column `tags` has them.
[[nodiscard]] inline QByteArray joinedTags(const QStringList &tags)
{
    return tags.join(u'\n').toUtf8();
}

struct CaptureWriter::Private
{
    Options options;
    sqlite::Database database;
    Redactor redactor;
    ZstdCompressor compressor;
    sqlite::InsertBatch exchanges;
    sqlite::InsertBatch mirrors;
    sqlite::Statement updateMirror;
    sqlite::Statement updateOutcome;
    sqlite::Statement updateText[2];
    sqlite::Statement insertBody;
    sqlite::Statement findBody;
    sqlite::Statement touchBody;
    sqlite::Statement findEndpoint;
    /// The last ones used, found without building a key.
    struct RecentRoute
    {
        QString endpoint;
        QByteArray method;
        QByteArray target;
        qint64 row = 0;
    };
    struct RecentRespondent
    {
        QString name;
        QString deployment;
        QString branch;
        QString version;
        qint64 row = 0;
    };
    std::array<RecentRoute, 8> recentRoutes;
    std::array<RecentRespondent, 8> recentRespondents;
    std::size_t nextRoute = 0;
    std::size_t nextRespondent = 0;
    QHash<QByteArray, qint64> routes;
    QHash<QByteArray, qint64> respondents;
    sqlite::Statement insertRoute;
    sqlite::Statement insertRespondent;
    QHash<QByteArray, qint64> bodies;
    quint64 lastId = 0;
    quint64 committedId = 0;
    bool mayHavePending = false;
    qint64 bytesSinceQuota = 0;
    qint64 removed = 0;

    qint64 dictionary = 0; // row of the one in use
    std::vector<QByteArray> samples;
    quint64 firstSample = 0;
    qsizetype sampledBytes = 0;
    bool isTrained = false; ///< there is a dictionary, or they had too little in common
    qint64 holes = 0;       ///< bytes that repacking left free within pages

    std::string raw;
    std::optional<Error> storeError;
    quint64 storingFor = 0;
    BodyStore store = [this](const QByteArray &bytes) { return storeBody(bytes); };

    Private(Options given, sqlite::Database opened)
        : options(std::move(given))
        , database(std::move(opened))
        , redactor(options.redaction, options.redactionKey.isEmpty() && options.redaction.isEnabled
                                          ? traffic::redactionKey()
                                          : options.redactionKey)
        , compressor(options.compressionLevel)
    {}

    Status prepare();
    Status loadState();
    Status begin();
    /// begin(), and every row that was given is in its table.
    Status beginWritten();
    tl::unexpected<Error> undo(Error error);
    void forget();

    Status remember(QHash<QByteArray, qint64> &rows, std::string_view select);
    Result<qint64> namedRow(QHash<QByteArray, qint64> &rows, sqlite::Statement &insert, const QByteArrayList &names);
    Result<qint64> routeRow(const Exchange &exchange);
    Result<qint64> respondentRow(const Reply &reply);
    std::optional<qint64> storeBody(const QByteArray &bytes);
    std::optional<qint64> storeFailed();
    std::optional<Body> shortened(const Body &body) const;
    void shorten(std::optional<Exchange> &changed, const Exchange &original) const;

    Status writeExchange(ExchangeId id, const Exchange &exchange);
    Status insertMirror(qint64 row, const Reply &reply);
    void sample(ExchangeId id);
    [[nodiscard]] bool hasEnoughSamples() const;
    Status adoptDictionary(const QByteArray &bytes);
    Status repack(qint64 row);
    Status trainWhenDue(bool isLast);
    Status enforceQuota();
    [[nodiscard]] bool isWorthVacuuming() const;
};

} // namespace parallax::traffic
