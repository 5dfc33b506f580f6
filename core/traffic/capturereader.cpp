// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/capturereaderprivate.h"
#include "traffic/captureschema.h"
#include "traffic/errors.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr int kPage = 256;

} // namespace

CaptureReader::CaptureReader(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

CaptureReader::~CaptureReader() = default;

Result<std::unique_ptr<CaptureReader>> CaptureReader::open(const QString &path)
{
    // A connection that could write removes -wal and -shm behind it; one that cannot would leave them lying about.
    const bool isWritable = QFileInfo(path).isWritable() && QFileInfo(QFileInfo(path).path()).isWritable();
    Result<sqlite::Database> database =
        sqlite::Database::open(path, isWritable ? sqlite::Access::ReadWrite : sqlite::Access::ReadOnly);
    if (!database)
        return tl::unexpected(database.error());
    Result<int> version = schema::version(*database);
    if (!version && version.error().code == kCaptureNotOpened && !isWritable) {
        database = sqlite::Database::open(path, sqlite::Access::Immutable);
        if (!database)
            return tl::unexpected(database.error());
        version = schema::version(*database);
    }
    if (!version)
        return tl::unexpected(version.error());
    auto d = std::make_unique<Private>();
    if (isWritable) {
        if (Status migrated = schema::migrate(*database, *version); !migrated)
            return tl::unexpected(migrated.error());
        d->arePendingInterrupted = !schema::settleInterrupted(*database);
    } else {
        const auto living = schema::livingWriter(*database);
        d->arePendingInterrupted = living && !living->has_value();
    }
    for (const char *sql : {"PRAGMA query_only = ON", "PRAGMA cache_size = -8000", "PRAGMA mmap_size = 0"}) {
        if (Status done = database->execute(sql); !done)
            return tl::unexpected(done.error());
    }
    d->database = *std::move(database);
    return std::unique_ptr<CaptureReader>(new CaptureReader(std::move(d)));
}

const QString &CaptureReader::path() const
{
    return d->database.path();
}

bool CaptureReader::hasLivingWriter() const
{
    const auto living = schema::livingWriter(d->database);
    return living && living->has_value();
}

Result<ExchangeId> CaptureReader::firstId() const
{
    return d->database.integer("SELECT min(id) FROM exchange").map([](const std::optional<qint64> &id) {
        return ExchangeId{static_cast<quint64>(id.value_or(0))};
    });
}

Result<ExchangeId> CaptureReader::lastId() const
{
    return d->database.integer("SELECT max(id) FROM exchange").map([](const std::optional<qint64> &id) {
        return ExchangeId{static_cast<quint64>(id.value_or(0))};
    });
}

Result<qint64> CaptureReader::count() const
{
    return d->database.integer("SELECT (SELECT max(id) FROM exchange) - (SELECT min(id) FROM exchange) + 1")
        .map([](const std::optional<qint64> &count) { return count.value_or(0); });
}

Result<QByteArray> CaptureReader::property(const QString &key) const
{
    return schema::readProperty(d->database, key);
}

Result<QStringList> CaptureReader::endpoints() const
{
    // Routes outlive what a quota removed; only then every row must be looked at.
    const Result<ExchangeId> first = firstId();
    const bool isWhole = first && first->value == 1;
    Result<sqlite::Statement> query = d->database.prepare(
        isWhole ? "SELECT DISTINCT endpoint FROM route ORDER BY 1"
                : "SELECT DISTINCT endpoint FROM route WHERE id IN (SELECT route FROM exchange) ORDER BY 1");
    if (!query)
        return tl::unexpected(query.error());
    QStringList names;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = query->step()) == sqlite::Step::Row)
        names.append(query->text(0));
    if (step == sqlite::Step::Failed)
        return fail(d->error());
    return names;
}

Result<std::map<QString, std::map<Outcome, qint64>>> CaptureReader::outcomes() const
{
    Result<sqlite::Statement> query = d->database.prepare(
        "SELECT respondent, state, outcome, count(*) FROM mirror GROUP BY respondent, state, outcome");
    if (!query)
        return tl::unexpected(query.error());
    std::map<QString, std::map<Outcome, qint64>> counts;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = query->step()) == sqlite::Step::Row) {
        Outcome outcome = toEnum(query->integer(2), Outcome::NotComparable);
        if (query->integer(1) == 0 && d->arePendingInterrupted)
            outcome = Outcome::Dropped;
        counts[d->respondent(query->integer(0)).name][outcome] += query->integer(3);
    }
    if (step == sqlite::Step::Failed)
        return fail(d->error());
    return counts;
}

Result<std::vector<ExchangeRow>> CaptureReader::rowsAfter(ExchangeId after, int limit) const
{
    return d->rows("WHERE id > ?1 ORDER BY id LIMIT ?2", static_cast<qint64>(after.value), limit);
}

Result<std::vector<ExchangeRow>> CaptureReader::rowsBefore(ExchangeId before, int limit) const
{
    return d->rows("WHERE id < ?1 ORDER BY id DESC LIMIT ?2", static_cast<qint64>(before.value), limit);
}

Result<Exchange> CaptureReader::exchange(ExchangeId id) const
{
    if (id.value > 0) {
        Result<std::vector<Exchange>> page = d->exchanges({id.value - 1}, 1);
        if (!page)
            return tl::unexpected(page.error());
        if (!page->empty() && page->front().id == id)
            return std::move(page->front());
    }
    return fail(kNoSuchExchange, {{u"file"_s, path()}, {u"id"_s, id.value}});
}

Status CaptureReader::forEach(const std::function<bool(Exchange &&)> &callback, const std::stop_token &stop,
                              ExchangeId after) const
{
    while (!stop.stop_requested()) {
        Result<std::vector<Exchange>> page = d->exchanges(after, kPage);
        if (!page)
            return tl::unexpected(page.error());
        if (page->empty())
            return {};
        after = page->back().id;
        for (Exchange &exchange : *page) {
            if (stop.stop_requested() || !callback(std::move(exchange)))
                return {};
        }
    }
    return {};
}

} // namespace parallax::traffic
