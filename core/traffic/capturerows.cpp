// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How CaptureWriter writes rows.
#include "traffic/captureschema.h"
#include "traffic/capturewriterprivate.h"
#include "traffic/errors.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kStoredBodyBytes = 4096; // bodies from here on are stored once per content
constexpr qsizetype kRememberedNames = 4096;

constexpr std::string_view kExchangeColumns =
    "exchange(id, arrival, route, request_bytes, respondent, state, reason, status, reply_bytes, done, flags, "
    "request_id, session, tags, note, dictionary, payload)";
constexpr std::string_view kMirrorColumns =
    "mirror(id, respondent, state, reason, outcome, differences, status, reply_bytes, done)";
constexpr std::string_view kInsertRoute = "INSERT INTO route(endpoint, method, target) VALUES(?1, ?2, ?3)";
constexpr std::string_view kInsertRespondent =
    "INSERT INTO respondent(name, deployment, branch, version) VALUES(?1, ?2, ?3, ?4)";
qint64 toInteger(Nanoseconds moment)
{
    return static_cast<qint64>(moment.count());
}

} // namespace

Status CaptureWriter::Private::prepare()
{
    for (const char *sql :
         {"PRAGMA synchronous = NORMAL", "PRAGMA wal_autocheckpoint = 4000", "PRAGMA journal_size_limit = 67108864",
          "PRAGMA cache_size = -16000", "PRAGMA temp_store = MEMORY", "PRAGMA secure_delete = FAST"}) {
        if (Status done = database.execute(sql); !done)
            return done;
    }
    const std::initializer_list<std::pair<sqlite::Statement *, std::string_view>> wanted{
        {&insertRoute, kInsertRoute},
        {&insertRespondent, kInsertRespondent},
        {&updateMirror,
         "UPDATE mirror SET respondent = ?2, state = ?3, reason = ?4, outcome = ?5, differences = ?6, status = ?7, "
         "reply_bytes = ?8, done = ?9, dictionary = ?10, payload = ?11 WHERE id = ?1 RETURNING 1"},
        {&updateOutcome, "UPDATE mirror SET outcome = ?2, differences = ?3 WHERE id = ?1 RETURNING 1"},
        {&updateText[0], "UPDATE exchange SET tags = ?2 WHERE id = ?1 RETURNING 1"},
        {&updateText[1], "UPDATE exchange SET note = ?2 WHERE id = ?1 RETURNING 1"},
        {&insertBody, "INSERT INTO body(hash, length, last_exchange, bytes) VALUES(?1, ?2, ?3, ?4)"},
        {&findBody, "SELECT id FROM body WHERE hash = ?1"},
        {&touchBody, "UPDATE body SET last_exchange = max(last_exchange, ?2) WHERE id = ?1"},
        {&findEndpoint, "SELECT r.endpoint FROM exchange e JOIN route r ON r.id = e.route WHERE e.id = ?1"},
    };
    for (const auto &[statement, sql] : wanted) {
        Result<sqlite::Statement> made = database.prepare(sql);
        if (!made)
            return tl::unexpected(made.error());
        *statement = *std::move(made);
    }
    if (Status made = exchanges.prepare(database, kExchangeColumns, 17); !made)
        return made;
    if (Status made = mirrors.prepare(database, kMirrorColumns, 9); !made)
        return made;
    return loadState();
}

Status CaptureWriter::Private::loadState()
{
    const auto last = database.integer("SELECT max(id) FROM exchange");
    if (!last)
        return tl::unexpected(last.error());
    lastId = committedId = static_cast<quint64>(last->value_or(0));
    Status done = remember(routes, "SELECT id, endpoint || char(31) || method || char(31) || target FROM route "
                                   "ORDER BY id DESC LIMIT ?1");
    if (done)
        done = remember(respondents, "SELECT id, name || char(31) || deployment || char(31) || branch || char(31) || "
                                     "version FROM respondent ORDER BY id DESC LIMIT ?1");
    if (!done)
        return done;
    Result<sqlite::Statement> newest = database.prepare("SELECT id, bytes FROM dictionary ORDER BY id DESC LIMIT 1");
    if (!newest)
        return tl::unexpected(newest.error());
    if (newest->step() == sqlite::Step::Row) {
        dictionary = newest->integer(0);
        compressor.setDictionary(newest->bytes(1).toByteArray());
    }
    return {};
}

Status CaptureWriter::Private::begin()
{
    return database.isInTransaction() ? Status() : database.execute("BEGIN IMMEDIATE");
}

Status CaptureWriter::Private::beginWritten()
{
    if (Status begun = begin(); !begun)
        return begun;
    return exchanges.flush() && mirrors.flush() ? Status() : fail(database.lastError());
}

/// After any failure: the transaction is gone, and with it every id and row number it gave.
tl::unexpected<Error> CaptureWriter::Private::undo(Error error)
{
    if (database.isInTransaction())
        (void)database.execute("ROLLBACK");
    forget();
    return tl::unexpected<Error>(std::move(error));
}

void CaptureWriter::Private::forget()
{
    exchanges.clear();
    mirrors.clear();
    routes.clear();
    recentRoutes = {};
    recentRespondents = {};
    respondents.clear();
    bodies.clear();
    lastId = committedId;
}

/// Names that rows share are found again in memory, newest first; what is not remembered is simply written once more.
Status CaptureWriter::Private::remember(QHash<QByteArray, qint64> &rows, std::string_view select)
{
    Result<sqlite::Statement> query = database.prepare(select);
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, static_cast<qint64>(kRememberedNames / 2));
    while (query->step() == sqlite::Step::Row)
        rows.insert(query->bytes(1).toByteArray(), query->integer(0));
    return {};
}

Result<qint64> CaptureWriter::Private::namedRow(QHash<QByteArray, qint64> &rows, sqlite::Statement &insert,
                                                const QByteArrayList &names)
{
    const QByteArray key = names.join('\x1f');
    if (const auto known = rows.constFind(key); known != rows.constEnd())
        return known.value();
    for (int i = 0; i < names.size(); ++i)
        insert.bindText(i + 1, names[i]);
    if (!insert.run())
        return fail(database.lastError());
    if (rows.size() >= kRememberedNames)
        rows.clear();
    return *rows.insert(key, database.lastInsertId());
}

Result<qint64> CaptureWriter::Private::routeRow(const Exchange &exchange)
{
    for (const RecentRoute &recent : recentRoutes) {
        if (recent.row != 0 && recent.target == exchange.target && recent.endpoint == exchange.endpoint &&
            recent.method == exchange.method)
            return recent.row;
    }
    const Result<qint64> row =
        namedRow(routes, insertRoute, {exchange.endpoint.toUtf8(), exchange.method, exchange.target});
    if (row)
        recentRoutes[nextRoute++ % recentRoutes.size()] = {exchange.endpoint, exchange.method, exchange.target, *row};
    return row;
}

Result<qint64> CaptureWriter::Private::respondentRow(const Reply &reply)
{
    for (const RecentRespondent &recent : recentRespondents) {
        if (recent.row != 0 && recent.name == reply.name && recent.deployment == reply.deployment &&
            recent.version == reply.version && recent.branch == reply.branch)
            return recent.row;
    }
    const Result<qint64> row =
        namedRow(respondents, insertRespondent,
                 {reply.name.toUtf8(), reply.deployment.toUtf8(), reply.branch.toUtf8(), reply.version.toUtf8()});
    if (row)
        recentRespondents[nextRespondent++ % recentRespondents.size()] = {reply.name, reply.deployment, reply.branch,
                                                                          reply.version, *row};
    return row;
}

std::optional<qint64> CaptureWriter::Private::storeFailed()
{
    storeError = database.lastError();
    return std::nullopt;
}

std::optional<qint64> CaptureWriter::Private::storeBody(const QByteArray &bytes)
{
    if (bytes.size() < kStoredBodyBytes || storeError)
        return std::nullopt;
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256);
    std::optional<qint64> row;
    if (const auto known = bodies.constFind(hash); known != bodies.constEnd()) {
        row = known.value();
    } else {
        findBody.bindBlob(1, hash);
        const sqlite::Step step = findBody.step();
        if (step == sqlite::Step::Row)
            row = findBody.integer(0);
        findBody.reset();
        if (step == sqlite::Step::Failed)
            return storeFailed();
    }
    if (row) {
        touchBody.bind(1, *row);
        touchBody.bind(2, static_cast<qint64>(storingFor));
        if (!touchBody.run())
            return storeFailed();
    } else {
        const QByteArrayView packed = compressor.compress(bytes, false);
        insertBody.bindBlob(1, hash);
        insertBody.bind(2, static_cast<qint64>(bytes.size()));
        insertBody.bind(3, static_cast<qint64>(storingFor));
        insertBody.bindBlob(4, packed);
        bytesSinceQuota += packed.size();
        if (!insertBody.run())
            return storeFailed();
        row = database.lastInsertId();
    }
    if (bodies.size() >= kRememberedNames)
        bodies.clear();
    bodies.insert(hash, *row);
    return row;
}

std::optional<Body> CaptureWriter::Private::shortened(const Body &body) const
{
    if (body.isTruncated || body.bytes.size() <= options.maxBodyBytes)
        return std::nullopt;
    Body out;
    out.length = body.bytes.size();
    out.isTruncated = true;
    out.sha256 = QCryptographicHash::hash(body.bytes, QCryptographicHash::Sha256);
    out.bytes = body.bytes.left(options.truncatedBodyBytes);
    return out;
}

/// `changed` takes the place of `original` when there is one, and is made at the first change.
void CaptureWriter::Private::shorten(std::optional<Exchange> &changed, const Exchange &original) const
{
    const auto apply = [&](auto &&bodyOf) {
        std::optional<Body> shorter = shortened(bodyOf(changed ? *changed : original));
        if (!shorter)
            return;
        if (!changed)
            changed = original;
        bodyOf(*changed) = *std::move(shorter);
    };
    apply([](auto &exchange) -> auto & { return exchange.body; });
    apply([](auto &exchange) -> auto & { return exchange.primary.body; });
    for (std::size_t i = 0; i < original.mirrors.size(); ++i)
        apply([i](auto &exchange) -> auto & { return exchange.mirrors[i].body; });
    if (original.recorded)
        apply([](auto &exchange) -> auto & { return exchange.recorded->body; });
}

Status CaptureWriter::Private::insertMirror(qint64 row, const Reply &reply)
{
    const Result<qint64> respondent = respondentRow(reply);
    if (!respondent)
        return tl::unexpected(respondent.error());
    mirrors.add(row);
    mirrors.add(*respondent);
    mirrors.add(static_cast<qint64>(reply.state));
    mirrors.add(static_cast<qint64>(reply.dropReason));
    mirrors.add(static_cast<qint64>(reply.outcome));
    mirrors.add(static_cast<qint64>(reply.differences));
    mirrors.add(static_cast<qint64>(reply.status));
    mirrors.add(reply.body.length);
    mirrors.add(toInteger(reply.timings.done));
    return mirrors.endRow() ? Status() : fail(database.lastError());
}

Status CaptureWriter::Private::writeExchange(ExchangeId id, const Exchange &exchange)
{
    const Result<qint64> route = routeRow(exchange);
    if (!route)
        return tl::unexpected(route.error());
    const Result<qint64> respondent = respondentRow(exchange.primary);
    if (!respondent)
        return tl::unexpected(respondent.error());
    raw.clear();
    storingFor = id.value;
    storeError.reset();
    encodeExchange(exchange, raw, store);
    if (storeError)
        return fail(*storeError);
    const bool hasDictionary = compressor.hasDictionary();
    const QByteArrayView packed = compressor.compress({raw.data(), static_cast<qsizetype>(raw.size())}, hasDictionary);
    bytesSinceQuota += packed.size() + 100;
    const Reply &primary = exchange.primary;
    exchanges.add(static_cast<qint64>(id.value));
    exchanges.add(exchange.arrival ? std::optional<qint64>(exchange.arrival->time_since_epoch().count())
                                   : std::nullopt);
    exchanges.add(*route);
    exchanges.add(exchange.body.length);
    exchanges.add(*respondent);
    exchanges.add(static_cast<qint64>(primary.state));
    exchanges.add(static_cast<qint64>(primary.dropReason));
    exchanges.add(static_cast<qint64>(primary.status));
    exchanges.add(primary.body.length);
    exchanges.add(toInteger(primary.timings.done));
    exchanges.add(static_cast<qint64>((exchange.isClientAborted ? 1 : 0) | (exchange.isWarmup ? 2 : 0) |
                                      (exchange.recorded ? 4 : 0)));
    exchanges.addTextOrNull(exchange.requestId.toUtf8());
    exchanges.addTextOrNull(exchange.session.toUtf8());
    exchanges.addTextOrNull(joinedTags(exchange.tags));
    exchanges.addTextOrNull(exchange.note.toUtf8());
    exchanges.add(hasDictionary ? std::optional<qint64>(dictionary) : std::nullopt);
    exchanges.addBlob(packed);
    if (!exchanges.endRow())
        return fail(database.lastError());
    for (std::size_t i = 0; i < std::min(exchange.mirrors.size(), schema::kMaxMirrors); ++i) {
        const Reply &mirror = exchange.mirrors[i];
        mayHavePending = mayHavePending || mirror.state == AnswerState::Pending;
        if (Status added = insertMirror(schema::mirrorRow(id, i + 1), mirror); !added)
            return added;
    }
    sample(id);
    return {};
}

} // namespace parallax::traffic
