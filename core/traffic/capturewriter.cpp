// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/captureschema.h"
#include "traffic/capturestore.h"
#include "traffic/errors.h"
#include "traffic/payload.h"
#include "traffic/zstdcodec.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <future>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kStoredBodyBytes = 4096; // bodies from here on are stored once per content
constexpr std::size_t kTrainingSamples = 256;
constexpr std::size_t kFewestSamples = 16;
constexpr std::size_t kLargestSample = 16 * 1024;
constexpr qint64 kMostVacuumed = 64 * 1024 * 1024; // a larger file is not copied to win some of its first pages back
constexpr qint64 kMostRepacked = 10'000;           // rows written while the dictionary was being trained
constexpr qsizetype kLargestDictionary = 32 * 1024;
constexpr qsizetype kRememberedNames = 4096;

constexpr std::string_view kInsertExchange =
    "INSERT INTO exchange(id, arrival, route, request_bytes, respondent, state, reason, status, reply_bytes, done, "
    "flags, request_id, session, tags, note, dictionary, payload) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
constexpr std::string_view kInsertRoute = "INSERT INTO route(endpoint, method, target) VALUES(?1, ?2, ?3)";
constexpr std::string_view kInsertRespondent =
    "INSERT INTO respondent(name, deployment, branch, version) VALUES(?1, ?2, ?3, ?4)";
constexpr std::string_view kInsertMirror =
    "INSERT INTO mirror(id, respondent, state, reason, outcome, differences, status, reply_bytes, done) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr std::string_view kUpdateMirror =
    "UPDATE mirror SET respondent = ?2, state = ?3, reason = ?4, outcome = ?5, differences = ?6, status = ?7, "
    "reply_bytes = ?8, done = ?9, dictionary = ?10, payload = ?11 WHERE id = ?1 RETURNING 1";

qint64 toInteger(Nanoseconds moment)
{
    return static_cast<qint64>(moment.count());
}

QByteArray joined(const QStringList &tags)
{
    return tags.join(u'\n').toUtf8();
}

} // namespace

struct CaptureWriter::Private
{
    Options options;
    sqlite::Database database;
    Redactor redactor;
    ZstdCompressor compressor;
    sqlite::Statement insertExchange;
    sqlite::Statement insertMirror;
    sqlite::Statement updateMirror;
    sqlite::Statement updateOutcome;
    sqlite::Statement updateText[2];
    sqlite::Statement insertBody;
    sqlite::Statement findBody;
    sqlite::Statement touchBody;
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
    bool hasHoles = false; ///< pages that repacking left half empty
    std::future<QByteArray> training;

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
    tl::unexpected<Error> undo(Error error);
    void forget();

    Status remember(QHash<QByteArray, qint64> &rows, std::string_view select);
    Result<qint64> namedRow(QHash<QByteArray, qint64> &rows, sqlite::Statement &insert, const QByteArrayList &names);
    Result<qint64> routeRow(const Exchange &exchange);
    Result<qint64> respondentRow(const Reply &reply);
    std::optional<qint64> storeBody(const QByteArray &bytes);
    std::optional<qint64> storeFailed();
    std::optional<Body> shortened(const Body &body) const;
    void shorten(Exchange &exchange, const Exchange &original, bool &isChanged) const;

    Status writeExchange(ExchangeId id, const Exchange &exchange);
    Status writeMirror(sqlite::Statement &statement, qint64 row, const Reply &reply);
    void sample(ExchangeId id);
    Status adoptDictionary(const QByteArray &bytes);
    Status repack(qint64 row);
    Status trainWhenDue(bool isLast);
    Status enforceQuota();
};

Status CaptureWriter::Private::prepare()
{
    for (const char *sql :
         {"PRAGMA synchronous = NORMAL", "PRAGMA wal_autocheckpoint = 4000", "PRAGMA journal_size_limit = 67108864",
          "PRAGMA cache_size = -16000", "PRAGMA temp_store = MEMORY", "PRAGMA secure_delete = FAST"}) {
        if (Status done = database.execute(sql); !done)
            return done;
    }
    const std::initializer_list<std::pair<sqlite::Statement *, std::string_view>> wanted{
        {&insertExchange, kInsertExchange},
        {&insertMirror, kInsertMirror},
        {&insertRoute, kInsertRoute},
        {&insertRespondent, kInsertRespondent},
        {&updateMirror, kUpdateMirror},
        {&updateOutcome, "UPDATE mirror SET outcome = ?2, differences = ?3 WHERE id = ?1 RETURNING 1"},
        {&updateText[0], "UPDATE exchange SET tags = ?2 WHERE id = ?1 RETURNING 1"},
        {&updateText[1], "UPDATE exchange SET note = ?2 WHERE id = ?1 RETURNING 1"},
        {&insertBody, "INSERT INTO body(hash, length, last_exchange, bytes) VALUES(?1, ?2, ?3, ?4)"},
        {&findBody, "SELECT id FROM body WHERE hash = ?1"},
        {&touchBody, "UPDATE body SET last_exchange = max(last_exchange, ?2) WHERE id = ?1"},
    };
    for (const auto &[statement, sql] : wanted) {
        Result<sqlite::Statement> made = database.prepare(sql);
        if (!made)
            return tl::unexpected(made.error());
        *statement = *std::move(made);
    }
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
    routes.clear();
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
    return namedRow(routes, insertRoute, {exchange.endpoint.toUtf8(), exchange.method, exchange.target});
}

Result<qint64> CaptureWriter::Private::respondentRow(const Reply &reply)
{
    return namedRow(respondents, insertRespondent,
                    {reply.name.toUtf8(), reply.deployment.toUtf8(), reply.branch.toUtf8(), reply.version.toUtf8()});
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

void CaptureWriter::Private::shorten(Exchange &exchange, const Exchange &original, bool &isChanged) const
{
    const auto apply = [&](const Body &body, auto &&place) {
        std::optional<Body> shorter = shortened(body);
        if (!shorter)
            return;
        if (!isChanged)
            exchange = original;
        isChanged = true;
        place() = *std::move(shorter);
    };
    const Exchange &source = isChanged ? exchange : original;
    apply(source.body, [&]() -> Body & { return exchange.body; });
    apply(source.primary.body, [&]() -> Body & { return exchange.primary.body; });
    for (std::size_t i = 0; i < original.mirrors.size(); ++i)
        apply((isChanged ? exchange : original).mirrors[i].body, [&]() -> Body & { return exchange.mirrors[i].body; });
    if (original.recorded)
        apply((isChanged ? exchange : original).recorded->body, [&]() -> Body & { return exchange.recorded->body; });
}

Status CaptureWriter::Private::writeMirror(sqlite::Statement &statement, qint64 row, const Reply &reply)
{
    const Result<qint64> respondent = respondentRow(reply);
    if (!respondent)
        return tl::unexpected(respondent.error());
    statement.bind(1, row);
    statement.bind(2, *respondent);
    statement.bind(3, static_cast<qint64>(reply.state));
    statement.bind(4, static_cast<qint64>(reply.dropReason));
    statement.bind(5, static_cast<qint64>(reply.outcome));
    statement.bind(6, static_cast<qint64>(reply.differences));
    statement.bind(7, static_cast<qint64>(reply.status));
    statement.bind(8, reply.body.length);
    statement.bind(9, toInteger(reply.timings.done));
    return {};
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
    const QByteArray requestId = exchange.requestId.toUtf8();
    const QByteArray session = exchange.session.toUtf8();
    const QByteArray tags = joined(exchange.tags);
    const QByteArray note = exchange.note.toUtf8();
    sqlite::Statement &row = insertExchange;
    row.bind(1, static_cast<qint64>(id.value));
    row.bind(2, exchange.arrival ? std::optional<qint64>(exchange.arrival->time_since_epoch().count()) : std::nullopt);
    row.bind(3, *route);
    row.bind(4, exchange.body.length);
    row.bind(5, *respondent);
    row.bind(6, static_cast<qint64>(primary.state));
    row.bind(7, static_cast<qint64>(primary.dropReason));
    row.bind(8, static_cast<qint64>(primary.status));
    row.bind(9, primary.body.length);
    row.bind(10, toInteger(primary.timings.done));
    row.bind(11, static_cast<qint64>((exchange.isClientAborted ? 1 : 0) | (exchange.isWarmup ? 2 : 0) |
                                     (exchange.recorded ? 4 : 0)));
    row.bindTextOrNull(12, requestId);
    row.bindTextOrNull(13, session);
    row.bindTextOrNull(14, tags);
    row.bindTextOrNull(15, note);
    row.bind(16, hasDictionary ? std::optional<qint64>(dictionary) : std::nullopt);
    row.bindBlob(17, packed);
    if (!row.run())
        return fail(database.lastError());
    for (std::size_t i = 0; i < std::min(exchange.mirrors.size(), schema::kMaxMirrors); ++i) {
        const Reply &mirror = exchange.mirrors[i];
        mayHavePending = mayHavePending || mirror.state == AnswerState::Pending;
        if (Status bound = writeMirror(insertMirror, schema::mirrorRow(id, i + 1), mirror); !bound)
            return bound;
        if (!insertMirror.run())
            return fail(database.lastError());
    }
    sample(id);
    return {};
}

void CaptureWriter::Private::sample(ExchangeId id)
{
    if (dictionary != 0 || training.valid() || samples.size() >= kTrainingSamples || raw.size() > kLargestSample)
        return;
    if (samples.empty())
        firstSample = id.value;
    samples.emplace_back(raw.data(), static_cast<qsizetype>(raw.size()));
}

/// Between transactions. The dictionary is stored, and what was written without it is compressed again.
Status CaptureWriter::Private::adoptDictionary(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    if (Status begun = begin(); !begun)
        return begun;
    Result<sqlite::Statement> insert = database.prepare("INSERT INTO dictionary(bytes) VALUES(?1)");
    if (!insert)
        return undo(insert.error());
    insert->bindBlob(1, bytes);
    if (!insert->run())
        return undo(database.lastError());
    const qint64 row = database.lastInsertId();
    compressor.setDictionary(bytes);
    if (Status repacked = repack(row); !repacked)
        return undo(repacked.error());
    if (Status done = database.execute("COMMIT"); !done)
        return undo(done.error());
    dictionary = row;
    return {};
}

Status CaptureWriter::Private::repack(qint64 row)
{
    Result<sqlite::Statement> select =
        database.prepare("SELECT id, payload FROM exchange WHERE id >= ?1 AND dictionary IS NULL ORDER BY id LIMIT ?2");
    Result<sqlite::Statement> update =
        database.prepare("UPDATE exchange SET dictionary = ?2, payload = ?3 WHERE id = ?1");
    if (!select || !update)
        return fail(database.lastError());
    select->bind(1, static_cast<qint64>(firstSample));
    select->bind(2, kMostRepacked);
    ZstdDecompressor decompressor;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = select->step()) == sqlite::Step::Row) {
        const auto payload = decompressor.decompress(select->bytes(1), 0, options.maxBodyBytes * 8);
        if (!payload)
            continue;
        hasHoles = true;
        update->bind(1, select->integer(0));
        update->bind(2, row);
        update->bindBlob(3, compressor.compress(*payload, true));
        if (!update->run())
            return fail(database.lastError());
    }
    return step == sqlite::Step::Done ? Status() : fail(database.lastError());
}

Status CaptureWriter::Private::trainWhenDue(bool isLast)
{
    if (dictionary != 0)
        return {};
    if (!training.valid() && (samples.size() >= kTrainingSamples || (isLast && samples.size() >= kFewestSamples))) {
        std::vector<QByteArray> texts = std::exchange(samples, {});
        qsizetype total = 0;
        for (const QByteArray &text : texts)
            total += text.size();
        const qsizetype size = std::clamp<qsizetype>(total / 16, 1024, kLargestDictionary);
        training =
            std::async(std::launch::async, [texts = std::move(texts), size] { return trainDictionary(texts, size); });
    }
    const auto patience = std::chrono::milliseconds(isLast ? 10'000 : 0);
    if (training.valid() && training.wait_for(patience) == std::future_status::ready)
        return adoptDictionary(training.get());
    return {};
}

/// Between transactions. Removes whole batches of the oldest until the used pages fit.
Status CaptureWriter::Private::enforceQuota()
{
    if (options.quotaBytes <= 0 || bytesSinceQuota < std::min<qint64>(options.quotaBytes / 64, 4 * 1024 * 1024))
        return {};
    bytesSinceQuota = 0;
    for (int round = 0; round < 64; ++round) {
        const auto used = database.integer("SELECT (page_count - freelist_count) * page_size FROM "
                                           "pragma_page_count, pragma_freelist_count, pragma_page_size");
        if (!used)
            return tl::unexpected(used.error());
        if (used->value_or(0) <= options.quotaBytes)
            return {};
        const auto first = database.integer("SELECT min(id) FROM exchange");
        if (!first)
            return tl::unexpected(first.error());
        const qint64 oldest = first->value_or(0);
        const qint64 count = static_cast<qint64>(lastId) - oldest + 1;
        if (count <= 1)
            return {};
        const qint64 keepFrom = oldest + std::max<qint64>(1, count / 20);
        const QByteArray from = QByteArray::number(keepFrom);
        const QByteArray sql = "BEGIN IMMEDIATE; DELETE FROM exchange WHERE id < " + from +
                               "; DELETE FROM mirror WHERE id < " + from +
                               " << 8; DELETE FROM body WHERE last_exchange < " + from + "; COMMIT";
        if (Status done = database.execute(sql.constData()); !done)
            return undo(done.error());
        removed += keepFrom - oldest;
        bodies.clear();
    }
    return {};
}

CaptureWriter::CaptureWriter(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

CaptureWriter::~CaptureWriter()
{
    if (d->database.isOpen())
        (void)close();
}

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::open(const QString &path, Mode mode, Options options)
{
    const bool isNew = mode == Mode::CreateNew || !QFileInfo::exists(path);
    Result<sqlite::Database> database =
        sqlite::Database::open(path, isNew ? sqlite::Access::Create : sqlite::Access::ReadWrite);
    if (!database)
        return tl::unexpected(database.error());
    if (isNew) {
        if (Status made = schema::create(*database); !made)
            return tl::unexpected(made.error());
    } else {
        const Result<int> version = schema::version(*database);
        if (!version)
            return tl::unexpected(version.error());
        if (Status migrated = schema::migrate(*database, *version); !migrated)
            return tl::unexpected(migrated.error());
        if (Status settled = schema::settleInterrupted(*database); !settled)
            return tl::unexpected(settled.error());
    }
    if (Status entered = schema::enterWriter(*database); !entered)
        return tl::unexpected(entered.error());
    for (auto it = options.properties.cbegin(); it != options.properties.cend(); ++it) {
        if (Status written = schema::writeProperty(*database, it.key(), it.value()); !written) {
            (void)schema::leaveWriter(*database);
            return tl::unexpected(written.error());
        }
    }
    auto d = std::make_unique<Private>(std::move(options), *std::move(database));
    if (Status ready = d->prepare(); !ready) {
        (void)schema::leaveWriter(d->database);
        return tl::unexpected(ready.error());
    }
    return std::unique_ptr<CaptureWriter>(new CaptureWriter(std::move(d)));
}

Result<ExchangeId> CaptureWriter::append(const Exchange &exchange)
{
    if (Status begun = d->begin(); !begun)
        return d->undo(begun.error());
    std::optional<Exchange> changed = d->redactor.redacted(exchange);
    bool isChanged = changed.has_value();
    Exchange shortened = changed ? *std::move(changed) : Exchange{};
    d->shorten(shortened, exchange, isChanged);
    const ExchangeId id{d->lastId + 1};
    if (Status written = d->writeExchange(id, isChanged ? shortened : exchange); !written)
        return d->undo(written.error());
    d->lastId = id.value;
    return id;
}

Status CaptureWriter::updateMirror(ExchangeId id, std::size_t index, const Reply &reply)
{
    if (Status begun = d->begin(); !begun)
        return d->undo(begun.error());
    QString endpoint;
    if (!d->options.redaction.perEndpoint.isEmpty()) {
        Result<sqlite::Statement> name =
            d->database.prepare("SELECT n.name FROM exchange e JOIN endpoint n ON n.id = e.endpoint WHERE e.id = ?1");
        if (name) {
            name->bind(1, static_cast<qint64>(id.value));
            if (name->step() == sqlite::Step::Row)
                endpoint = name->text(0);
        }
    }
    Reply kept = d->redactor.redacted(reply, endpoint).value_or(reply);
    if (std::optional<Body> body = d->shortened(kept.body))
        kept.body = *std::move(body);
    if (Status bound = d->writeMirror(d->updateMirror, schema::mirrorRow(id, index + 1), kept); !bound)
        return d->undo(bound.error());
    d->raw.clear();
    d->storingFor = id.value;
    d->storeError.reset();
    encodeReply(kept, d->raw, d->store);
    if (d->storeError)
        return d->undo(*d->storeError);
    const bool hasDictionary = d->compressor.hasDictionary();
    const QByteArrayView packed =
        d->compressor.compress({d->raw.data(), static_cast<qsizetype>(d->raw.size())}, hasDictionary);
    d->updateMirror.bind(10, hasDictionary ? std::optional<qint64>(d->dictionary) : std::nullopt);
    d->updateMirror.bindBlob(11, packed);
    d->bytesSinceQuota += packed.size();
    return runOnRow(d->updateMirror, id);
}

/// For statements with RETURNING: one that returns no row has found none.
Status CaptureWriter::runOnRow(sqlite::Statement &statement, ExchangeId id)
{
    const sqlite::Step first = statement.step();
    const bool done = first != sqlite::Step::Failed && statement.run();
    if (!done)
        return d->undo(d->database.lastError());
    if (first == sqlite::Step::Done)
        return fail(kNoSuchExchange, {{u"file"_s, path()}, {u"id"_s, id.value}});
    return {};
}

Status CaptureWriter::updateOutcome(ExchangeId id, std::size_t index, Outcome outcome, int differences)
{
    if (Status begun = d->begin(); !begun)
        return d->undo(begun.error());
    d->updateOutcome.bind(1, schema::mirrorRow(id, index + 1));
    d->updateOutcome.bind(2, static_cast<qint64>(outcome));
    d->updateOutcome.bind(3, static_cast<qint64>(differences));
    return runOnRow(d->updateOutcome, id);
}

Status CaptureWriter::setTags(ExchangeId id, const QStringList &tags)
{
    return setText(0, id, joined(tags));
}

Status CaptureWriter::setNote(ExchangeId id, const QString &note)
{
    return setText(1, id, note.toUtf8());
}

Status CaptureWriter::setText(int which, ExchangeId id, const QByteArray &text)
{
    if (Status begun = d->begin(); !begun)
        return d->undo(begun.error());
    d->updateText[which].bind(1, static_cast<qint64>(id.value));
    d->updateText[which].bindTextOrNull(2, text);
    return runOnRow(d->updateText[which], id);
}

Status CaptureWriter::commit()
{
    if (d->database.isInTransaction()) {
        if (Status done = d->database.execute("COMMIT"); !done)
            return d->undo(done.error());
        d->committedId = d->lastId;
    }
    // What follows only saves space: when it fails, what was asked for is on disk all the same.
    (void)d->trainWhenDue(false);
    (void)d->enforceQuota();
    return {};
}

Status CaptureWriter::close()
{
    Status result = commit();
    if (result)
        (void)d->trainWhenDue(true);
    if (result && d->mayHavePending)
        result = schema::markInterrupted(d->database);
    if (Status left = schema::leaveWriter(d->database); result && !left)
        result = left;
    for (sqlite::Statement *statement :
         {&d->insertExchange, &d->insertMirror, &d->insertRoute, &d->insertRespondent, &d->updateMirror,
          &d->updateOutcome, &d->updateText[0], &d->updateText[1], &d->insertBody, &d->findBody, &d->touchBody})
        *statement = {};
    if (result && d->hasHoles && QFileInfo(path()).size() < kMostVacuumed)
        (void)d->database.execute("VACUUM");
    if (Status checkpointed = d->database.execute("PRAGMA wal_checkpoint(TRUNCATE)"); result && !checkpointed)
        result = checkpointed;
    d->database.close();
    return result;
}

const QString &CaptureWriter::path() const
{
    return d->database.path();
}

qint64 CaptureWriter::removedByQuota() const
{
    return d->removed;
}

} // namespace parallax::traffic
