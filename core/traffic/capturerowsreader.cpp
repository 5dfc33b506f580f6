// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How CaptureReader reads rows.
#include "traffic/capturereaderprivate.h"
#include "traffic/captureschema.h"
#include "traffic/errors.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kRememberedNames = 8192;
constexpr qint64 kMaxPayloadBytes = 512 * 1024 * 1024;
constexpr qint64 kMaxBodyBytes = 1024 * 1024 * 1024;

constexpr std::string_view kExchangeColumns =
    "SELECT id, arrival, route, request_bytes, respondent, state, reason, status, reply_bytes, "
    "done, "
    "flags, tags, note, request_id, session, dictionary, payload FROM exchange ";
constexpr std::string_view kMirrorColumns =
    "SELECT id, respondent, state, reason, outcome, differences, status, reply_bytes, done, dictionary, payload "
    "FROM mirror WHERE id >= ?1 AND id < ?2 ORDER BY id";

enum ExchangeColumn {
    Id,
    Arrival,
    RouteId,
    RequestBytes,
    Respondent,
    State,
    Reason,
    Status_,
    ReplyBytes,
    Done,
    Flags,
    Tags,
    Note,
    RequestId,
    Session,
    Dictionary,
    Payload
};
enum MirrorColumn {
    MId,
    MRespondent,
    MState,
    MReason,
    MOutcome,
    MDifferences,
    MStatus,
    MReplyBytes,
    MDone,
    MDictionary,
    MPayload
};

QStringList splitTags(const QString &tags)
{
    return tags.isEmpty() ? QStringList() : tags.split(u'\n');
}

std::string sql(std::string_view columns, std::string_view rest)
{
    return std::string(columns) + std::string(rest);
}

} // namespace

const CaptureReader::Private::Route &CaptureReader::Private::route(qint64 row) const
{
    static const Route kNone;
    if (const auto known = routes.constFind(row); known != routes.constEnd())
        return known.value();
    Result<sqlite::Statement> query = database.prepare("SELECT endpoint, method, target FROM route WHERE id = ?1");
    if (!query)
        return kNone;
    query->bind(1, row);
    if (query->step() != sqlite::Step::Row)
        return kNone;
    if (routes.size() >= kRememberedNames)
        routes.clear();
    return *routes.insert(row, {query->text(0), query->bytes(1).toByteArray(), query->bytes(2).toByteArray()});
}

const CaptureReader::Private::Names &CaptureReader::Private::respondent(qint64 row) const
{
    static const Names kNone;
    if (const auto known = respondents.constFind(row); known != respondents.constEnd())
        return known.value();
    Result<sqlite::Statement> query =
        database.prepare("SELECT name, deployment, branch, version FROM respondent WHERE id = ?1");
    if (!query)
        return kNone;
    query->bind(1, row);
    if (query->step() != sqlite::Step::Row)
        return kNone;
    if (respondents.size() >= kRememberedNames)
        respondents.clear();
    return *respondents.insert(row, {query->text(0), query->text(1), query->text(2), query->text(3)});
}

std::optional<QByteArrayView> CaptureReader::Private::unpacked(QByteArrayView frame, qint64 dictionary) const
{
    if (dictionary != 0 && !decompressor.hasDictionary(dictionary)) {
        Result<sqlite::Statement> query = database.prepare("SELECT bytes FROM dictionary WHERE id = ?1");
        if (!query)
            return std::nullopt;
        query->bind(1, dictionary);
        if (query->step() == sqlite::Step::Row)
            decompressor.addDictionary(dictionary, query->bytes(0).toByteArray());
    }
    return decompressor.decompress(frame, dictionary, kMaxPayloadBytes);
}

std::optional<QByteArray> CaptureReader::Private::body(qint64 row) const
{
    Result<sqlite::Statement> query = database.prepare("SELECT bytes FROM body WHERE id = ?1");
    if (!query)
        return std::nullopt;
    query->bind(1, row);
    if (query->step() != sqlite::Step::Row)
        return std::nullopt;
    ZstdDecompressor own; // the payload that refers to this body still lies in the shared one's output
    const std::optional<QByteArrayView> bytes = own.decompress(query->bytes(0), 0, kMaxBodyBytes);
    return bytes ? std::optional(bytes->toByteArray()) : std::nullopt;
}

AnswerState CaptureReader::Private::state(qint64 value, DropReason &reason) const
{
    const AnswerState state = toEnum(value, AnswerState::Dropped);
    if (state != AnswerState::Pending || !arePendingInterrupted)
        return state;
    reason = DropReason::Interrupted;
    return AnswerState::Dropped;
}

Reply CaptureReader::Private::mirrorReply(const sqlite::Statement &row) const
{
    Reply reply;
    const Names &names = respondent(row.integer(MRespondent));
    reply.name = names.name;
    reply.deployment = names.deployment;
    reply.branch = names.branch;
    reply.version = names.version;
    reply.role = Role::Mirror;
    reply.dropReason = toEnum(row.integer(MReason), DropReason::Interrupted);
    reply.outcome = toEnum(row.integer(MOutcome), Outcome::NotComparable);
    const bool wasPending = row.integer(MState) == 0;
    reply.state = state(row.integer(MState), reply.dropReason);
    if (wasPending && reply.state == AnswerState::Dropped)
        reply.outcome = Outcome::Dropped;
    reply.differences = static_cast<int>(row.integer(MDifferences));
    reply.status = static_cast<int>(row.integer(MStatus));
    reply.timings.done = Nanoseconds(row.integer(MDone));
    return reply;
}

Exchange CaptureReader::Private::exchangeColumns(const sqlite::Statement &row) const
{
    Exchange exchange;
    exchange.id = {static_cast<quint64>(row.integer(Id))};
    if (!row.isNull(Arrival))
        exchange.arrival = WallTime(Nanoseconds(row.integer(Arrival)));
    const Route &named = route(row.integer(RouteId));
    exchange.endpoint = named.endpoint;
    exchange.method = named.method;
    exchange.target = named.target;
    Reply &primary = exchange.primary;
    const Names &names = respondent(row.integer(Respondent));
    primary.name = names.name;
    primary.deployment = names.deployment;
    primary.branch = names.branch;
    primary.version = names.version;
    primary.state = toEnum(row.integer(State), AnswerState::Dropped);
    primary.dropReason = toEnum(row.integer(Reason), DropReason::Interrupted);
    primary.status = static_cast<int>(row.integer(Status_));
    primary.timings.done = Nanoseconds(row.integer(Done));
    const qint64 flags = row.integer(Flags);
    exchange.isClientAborted = (flags & 1) != 0;
    exchange.isWarmup = (flags & 2) != 0;
    exchange.tags = splitTags(row.text(Tags));
    exchange.note = row.text(Note);
    exchange.requestId = row.text(RequestId);
    exchange.session = row.text(Session);
    return exchange;
}

ExchangeRow CaptureReader::Private::rowColumns(const sqlite::Statement &row) const
{
    ExchangeRow out;
    out.id = {static_cast<quint64>(row.integer(Id))};
    if (!row.isNull(Arrival))
        out.arrival = WallTime(Nanoseconds(row.integer(Arrival)));
    const Route &named = route(row.integer(RouteId));
    out.endpoint = named.endpoint;
    out.method = named.method;
    out.target = named.target;
    out.requestBytes = row.integer(RequestBytes);
    out.primary = respondent(row.integer(Respondent)).name;
    out.state = toEnum(row.integer(State), AnswerState::Dropped);
    out.status = static_cast<int>(row.integer(Status_));
    out.replyBytes = row.integer(ReplyBytes);
    out.done = Nanoseconds(row.integer(Done));
    const qint64 flags = row.integer(Flags);
    out.isClientAborted = (flags & 1) != 0;
    out.isWarmup = (flags & 2) != 0;
    out.hasRecorded = (flags & 4) != 0;
    out.tags = splitTags(row.text(Tags));
    out.note = row.text(Note);
    return out;
}

Status CaptureReader::Private::addMirrors(std::vector<ExchangeRow> &rows) const
{
    if (rows.empty())
        return {};
    Result<sqlite::Statement> query = database.prepare(kMirrorColumns);
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, schema::mirrorRow(rows.front().id, 0));
    query->bind(2, schema::mirrorRow({rows.back().id.value + 1}, 0));
    std::size_t at = 0;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = query->step()) == sqlite::Step::Row) {
        const auto id = static_cast<quint64>(query->integer(MId)) >> 8U;
        while (at < rows.size() && rows[at].id.value < id)
            ++at;
        if (at == rows.size() || rows[at].id.value != id)
            continue;
        const Reply reply = mirrorReply(*query);
        rows[at].mirrors.push_back({reply.name, reply.state, reply.dropReason, reply.outcome, reply.differences,
                                    reply.status, query->integer(MReplyBytes), reply.timings.done});
    }
    if (step == sqlite::Step::Failed)
        return fail(error());
    return {};
}

Result<std::vector<ExchangeRow>> CaptureReader::Private::rows(std::string_view rest, qint64 bound, int limit) const
{
    Result<sqlite::Statement> query = database.prepare(sql(kExchangeColumns, rest));
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, bound);
    query->bind(2, static_cast<qint64>(limit));
    std::vector<ExchangeRow> found;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = query->step()) == sqlite::Step::Row)
        found.push_back(rowColumns(*query));
    if (step == sqlite::Step::Failed)
        return fail(error());
    if (found.size() > 1 && found.front().id > found.back().id)
        std::reverse(found.begin(), found.end());
    if (Status added = addMirrors(found); !added)
        return tl::unexpected(added.error());
    return found;
}

/// A page of whole exchanges. Mirrors first, because payloads are decoded into them.
Result<std::vector<Exchange>> CaptureReader::Private::exchanges(ExchangeId after, int limit) const
{
    Result<sqlite::Statement> query = database.prepare(sql(kExchangeColumns, "WHERE id > ?1 ORDER BY id LIMIT ?2"));
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, static_cast<qint64>(after.value));
    query->bind(2, static_cast<qint64>(limit));
    std::vector<Exchange> page;
    std::vector<QByteArray> payloads;
    qint64 bytes = 0;
    sqlite::Step step = sqlite::Step::Row;
    // A page ends early when its exchanges are large: what is in memory at once stays small.
    while (bytes < 16 * 1024 * 1024 && (step = query->step()) == sqlite::Step::Row) {
        page.push_back(exchangeColumns(*query));
        const std::optional<QByteArrayView> payload = unpacked(query->bytes(Payload), query->integer(Dictionary));
        if (!payload)
            return fail(corrupt(u"exchange %1"_s.arg(page.back().id.value)));
        payloads.push_back(payload->toByteArray());
        bytes += payload->size() + query->integer(RequestBytes) + query->integer(ReplyBytes);
    }
    if (step == sqlite::Step::Failed)
        return fail(error());
    if (Status added = addLateReplies(page, payloads); !added)
        return tl::unexpected(added.error());
    return page;
}

Status CaptureReader::Private::addLateReplies(std::vector<Exchange> &page, std::vector<QByteArray> &payloads) const
{
    if (page.empty())
        return {};
    Result<sqlite::Statement> query = database.prepare(kMirrorColumns);
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, schema::mirrorRow(page.front().id, 0));
    query->bind(2, schema::mirrorRow({page.back().id.value + 1}, 0));
    struct Late
    {
        std::size_t exchange;
        std::size_t mirror;
        QByteArray payload;
    };
    std::vector<Late> late;
    std::size_t at = 0;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = query->step()) == sqlite::Step::Row) {
        const auto id = static_cast<quint64>(query->integer(MId)) >> 8U;
        while (at < page.size() && page[at].id.value < id)
            ++at;
        if (at == page.size() || page[at].id.value != id)
            continue;
        page[at].mirrors.push_back(mirrorReply(*query));
        if (query->isNull(MPayload))
            continue;
        const std::optional<QByteArrayView> payload = unpacked(query->bytes(MPayload), query->integer(MDictionary));
        if (!payload)
            return fail(corrupt(u"a mirror of exchange %1"_s.arg(id)));
        late.push_back({at, page[at].mirrors.size() - 1, payload->toByteArray()});
    }
    if (step == sqlite::Step::Failed)
        return fail(error());
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (!decodeExchange(payloads[i], page[i], fetch))
            return fail(corrupt(u"exchange %1"_s.arg(page[i].id.value)));
    }
    for (const Late &one : late) {
        if (!decodeReply(one.payload, page[one.exchange].mirrors[one.mirror], fetch))
            return fail(corrupt(u"a mirror of exchange %1"_s.arg(page[one.exchange].id.value)));
    }
    return {};
}

} // namespace parallax::traffic
