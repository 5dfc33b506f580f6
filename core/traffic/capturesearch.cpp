// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How CaptureReader searches: one walk over the payloads, unpacked and looked through where they lie. Nothing is
// decoded that does not have to be.
#include "traffic/capturereaderprivate.h"
#include "traffic/captureschema.h"
#include "traffic/errors.h"
#include "traffic/textsearch.h"

#include <set>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qint64 kPage = 512;
constexpr qsizetype kRememberedBodies = 65'536;

/// State of one search.
class Search
{
public:
    Search(const QByteArray &needle, const sqlite::Database &database, const BodyFetch &fetch,
           std::function<std::optional<QByteArrayView>(QByteArrayView, qint64)> unpack)
        : m_text(needle)
        , m_database(database)
        , m_fetch(fetch)
        , m_unpack(std::move(unpack))
    {}

    [[nodiscard]] Status prepare()
    {
        const auto largest = m_database.integer("SELECT max(id) FROM body");
        if (!largest)
            return tl::unexpected(largest.error());
        m_hasBodies = largest->value_or(0) > 0;
        Result<sqlite::Statement> exchanges = m_database.prepare(
            "SELECT id, route, dictionary, payload FROM exchange WHERE id > ?1 ORDER BY id LIMIT ?2");
        Result<sqlite::Statement> mirrors = m_database.prepare(
            "SELECT id, dictionary, payload FROM mirror WHERE id >= ?1 AND id < ?2 AND payload IS NOT NULL");
        Result<sqlite::Statement> route = m_database.prepare("SELECT target FROM route WHERE id = ?1");
        for (const auto *statement : {&exchanges, &mirrors, &route}) {
            if (!*statement)
                return tl::unexpected(statement->error());
        }
        m_exchanges = *std::move(exchanges);
        m_mirrors = *std::move(mirrors);
        m_route = *std::move(route);
        return {};
    }

    /// Ids of the hits among the next page, in order. `after` moves on; an empty page ends the search.
    [[nodiscard]] Result<std::set<quint64>> page(quint64 &after, bool &isEnd)
    {
        std::set<quint64> hits;
        const quint64 first = after + 1;
        m_exchanges.bind(1, static_cast<qint64>(after));
        m_exchanges.bind(2, kPage);
        isEnd = true;
        sqlite::Step step = sqlite::Step::Row;
        while ((step = m_exchanges.step()) == sqlite::Step::Row) {
            isEnd = false;
            after = static_cast<quint64>(m_exchanges.integer(0));
            if (isHit(m_exchanges.bytes(3), m_exchanges.integer(2), true) || isRouteHit(m_exchanges.integer(1)))
                hits.insert(after);
        }
        m_exchanges.reset();
        if (step == sqlite::Step::Failed)
            return fail(m_database.lastError());
        if (isEnd)
            return hits;
        m_mirrors.bind(1, schema::mirrorRow({first}, 0));
        m_mirrors.bind(2, schema::mirrorRow({after + 1}, 0));
        while ((step = m_mirrors.step()) == sqlite::Step::Row) {
            const auto id = static_cast<quint64>(m_mirrors.integer(0)) >> 8U;
            if (!hits.contains(id) && isHit(m_mirrors.bytes(2), m_mirrors.integer(1), false))
                hits.insert(id);
        }
        m_mirrors.reset();
        if (step == sqlite::Step::Failed)
            return fail(m_database.lastError());
        return hits;
    }

private:
    bool isHit(QByteArrayView frame, qint64 dictionary, bool isWholeExchange)
    {
        const std::optional<QByteArrayView> payload = m_unpack(frame, dictionary);
        if (!payload)
            return false; // damaged; reading it says so
        if (m_text.isIn(*payload))
            return true;
        if (!m_hasBodies)
            return false;
        m_rows.clear();
        if (!bodiesOf(*payload, isWholeExchange, m_rows))
            return false;
        return std::any_of(m_rows.begin(), m_rows.end(), [this](qint64 row) { return isBodyHit(row); });
    }

    bool isBodyHit(qint64 row)
    {
        if (const auto known = m_bodies.constFind(row); known != m_bodies.constEnd())
            return known.value();
        const std::optional<QByteArray> bytes = m_fetch(row);
        const bool hit = bytes && m_text.isIn(*bytes);
        if (m_bodies.size() >= kRememberedBodies)
            m_bodies.clear();
        return *m_bodies.insert(row, hit);
    }

    bool isRouteHit(qint64 row)
    {
        if (const auto known = m_routes.constFind(row); known != m_routes.constEnd())
            return known.value();
        m_route.bind(1, row);
        const bool hit = m_route.step() == sqlite::Step::Row && m_text.isIn(m_route.bytes(0));
        m_route.reset();
        if (m_routes.size() >= kRememberedBodies)
            m_routes.clear();
        return *m_routes.insert(row, hit);
    }

    TextSearch m_text;
    const sqlite::Database &m_database;
    const BodyFetch &m_fetch;
    std::function<std::optional<QByteArrayView>(QByteArrayView, qint64)> m_unpack;
    sqlite::Statement m_exchanges;
    sqlite::Statement m_mirrors;
    sqlite::Statement m_route;
    QHash<qint64, bool> m_bodies;
    QHash<qint64, bool> m_routes;
    std::vector<qint64> m_rows;
    bool m_hasBodies = false;
};

} // namespace

Status CaptureReader::search(const QByteArray &needle, const std::function<bool(ExchangeId)> &callback,
                             const std::stop_token &stop, ExchangeId after) const
{
    if (needle.isEmpty())
        return {};
    Search search(needle, d->database, d->fetch,
                  [this](QByteArrayView frame, qint64 dictionary) { return d->unpacked(frame, dictionary); });
    if (Status ready = search.prepare(); !ready)
        return ready;
    bool isEnd = false;
    while (!stop.stop_requested()) {
        const Result<std::set<quint64>> hits = search.page(after.value, isEnd);
        if (!hits)
            return tl::unexpected(hits.error());
        if (isEnd)
            return {};
        for (const quint64 id : *hits) {
            if (stop.stop_requested() || !callback({id}))
                return {};
        }
    }
    return {};
}

} // namespace parallax::traffic
