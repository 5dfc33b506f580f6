// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/modelbitlogs.h"

#include "traffic/errors.h"
#include "traffic/jsonitems.h"
#include "traffic/jsontext.h"
#include "traffic/linereader.h"

#include <QBuffer>
#include <QCryptographicHash>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

namespace od = simdjson::ondemand;

constexpr qint64 kJoinMs = 10'000;            // logs of one request with the same inputs begin within this
constexpr qint64 kJoinBlindMs = 2'000;        // without inputs to go by
constexpr qint64 kSettledMs = 60'000;         // later logs do not belong to a request any more
constexpr qint64 kMostMs = 4'000'000'000'000; // the year 2096; no sum of two leaves 64 bits of nanoseconds
constexpr std::size_t kMostOpen = 10'000;
constexpr int kMostCandidates = 2'000;
constexpr qint64 kOpenBytes = 32 * 1024 * 1024;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The text of any value, whatever it is.
bool rawOf(od::value value, QByteArray &out)
{
    od::json_type type{};
    std::string_view text;
    if (value.type().get(type) != simdjson::SUCCESS)
        return false;
    if (type == od::json_type::object) {
        od::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS || object.raw_json().get(text) != simdjson::SUCCESS)
            return false;
    } else if (type == od::json_type::array) {
        od::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS || array.raw_json().get(text) != simdjson::SUCCESS)
            return false;
    } else {
        text = value.raw_json_token();
    }
    out = QByteArray(text.data(), static_cast<qsizetype>(text.size())).trimmed();
    return firstJsonError(out) < 0;
}

/// A string, or a number as its digits; null and the rest leave it empty.
QString looseText(od::value value)
{
    QByteArray raw;
    if (!rawOf(value, raw) || raw == "null")
        return {};
    if (raw.startsWith('"'))
        return QString::fromUtf8(unescapedJson(QByteArrayView(raw).sliced(1, raw.size() - 2)));
    return QString::fromUtf8(raw);
}

qint64 looseNumber(od::value value, qint64 fallback)
{
    double number = 0;
    return value.get_double().get(number) == simdjson::SUCCESS && std::abs(number) < 9e15 ? static_cast<qint64>(number)
                                                                                          : fallback;
}

bool readRows(od::value value, std::vector<ModelbitLog::Row> &rows)
{
    od::array results;
    if (value.get_array().get(results) != simdjson::SUCCESS)
        return true; // null, or not there
    for (auto result : results) {
        od::object object;
        if (result.get_object().get(object) != simdjson::SUCCESS)
            return false;
        ModelbitLog::Row row;
        for (auto item : object) {
            od::field field;
            std::string_view key;
            if (std::move(item).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            QByteArray *wanted = key == "id"       ? &row.id
                                 : key == "inputs" ? &row.inputs
                                 : key == "output" ? &row.output
                                                   : nullptr;
            if (wanted != nullptr && !rawOf(field.value(), *wanted))
                return false;
        }
        rows.push_back(std::move(row));
    }
    return true;
}

bool readField(std::string_view key, od::value value, ModelbitLog &log, qint64 &endMs)
{
    if (key == "deploymentName")
        log.deployment = looseText(value);
    else if (key == "deploymentVersion")
        log.version = looseText(value);
    else if (key == "branch")
        log.branch = looseText(value);
    else if (key == "endpoint")
        log.endpoint = looseText(value);
    else if (key == "backend")
        log.backend = looseText(value);
    else if (key == "batchId")
        log.batchId = looseText(value);
    else if (key == "error")
        log.error = looseText(value);
    else if (key == "batchStartTs")
        log.startMs = std::clamp<qint64>(looseNumber(value, 0), 0, kMostMs);
    else if (key == "batchEndTs")
        endMs = std::clamp<qint64>(looseNumber(value, -1), -1, kMostMs);
    else if (key == "batchDurationMs")
        log.durationMs = std::clamp<qint64>(looseNumber(value, -1), -1, kMostMs / 2);
    else if (key == "results")
        return readRows(value, log.rows);
    return true;
}

Result<ModelbitLog> parseLog(od::parser &parser, QByteArrayView text)
{
    const auto size = static_cast<std::size_t>(text.size());
    od::document document;
    od::object object;
    const auto bad = [&](simdjson::error_code code) {
        return fail(kBadJson, {}, QString::fromUtf8(simdjson::error_message(code)));
    };
    if (const auto code = parser.iterate(text.data(), size, size + simdjson::SIMDJSON_PADDING).get(document))
        return bad(code);
    if (const auto code = document.get_object().get(object))
        return bad(code);
    ModelbitLog log;
    qint64 endMs = -1;
    for (auto item : object) {
        od::field field;
        std::string_view key;
        if (const auto code = std::move(item).get(field))
            return bad(code);
        if (const auto code = field.unescaped_key().get(key))
            return bad(code);
        if (!readField(key, field.value(), log, endMs))
            return fail(kBadField, {{u"field"_s, toText(key)}, {u"expected"_s, u"list of results"_s}});
    }
    if (log.deployment.isEmpty())
        return fail(kMissingField, {{u"field"_s, u"deploymentName"_s}});
    if (log.durationMs < 0 && endMs >= log.startMs)
        log.durationMs = endMs - log.startMs;
    return log;
}

bool isMirror(const ModelbitLog &log)
{
    return log.backend.startsWith(u"mirror");
}

/// One argument that is no list stands alone; several are a list; anything else needs the batch form.
bool isSingle(const std::vector<ModelbitLog::Row> &rows)
{
    if (rows.size() != 1 || rows[0].id != "0")
        return false;
    const QByteArray inner = rows[0].inputs.mid(1).trimmed();
    return !inner.startsWith('[') && !inner.startsWith(']');
}

/// How many items the top level of a JSON list has, up to 2.
int itemsUpTo2(const QByteArray &list)
{
    int depth = 0;
    bool isString = false;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const char c = list[i];
        if (isString) {
            i += c == '\\' ? 1 : 0;
            isString = c != '"';
        } else if (c == '"') {
            isString = true;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && depth == 1) {
            return 2;
        }
    }
    return 1;
}

QByteArray inner(const QByteArray &list)
{
    return list.mid(1, list.size() - 2).trimmed();
}

QByteArray requestBody(const std::vector<ModelbitLog::Row> &rows)
{
    if (isSingle(rows))
        return "{\"data\": " + (itemsUpTo2(rows[0].inputs) == 1 ? inner(rows[0].inputs) : rows[0].inputs) + '}';
    QByteArray out = "{\"data\": [";
    for (const ModelbitLog::Row &row : rows) {
        const QByteArray arguments = inner(row.inputs);
        out += (out.endsWith('[') ? "[" : ", [") + row.id + (arguments.isEmpty() ? "" : ", ") + arguments + ']';
    }
    return out + "]}";
}

QByteArray answerBody(const ModelbitLog &log)
{
    if (!log.error.isEmpty()) {
        QByteArray out = "{\"error\": ";
        appendJsonString(out, log.error.toUtf8());
        return out + '}';
    }
    if (isSingle(log.rows))
        return "{\"data\": " + log.rows[0].output + '}';
    QByteArray out = "{\"data\": [";
    for (const ModelbitLog::Row &row : log.rows)
        out += (out.endsWith('[') ? "[" : ", [") + row.id + ", " + row.output + ']';
    return out + "]}";
}

bool hasInputs(const ModelbitLog &log)
{
    return !log.rows.empty() && std::all_of(log.rows.begin(), log.rows.end(),
                                            [](const ModelbitLog::Row &row) { return row.inputs.startsWith('['); });
}

QByteArray inputsKey(const ModelbitLog &log)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(log.endpoint.toUtf8());
    for (const ModelbitLog::Row &row : log.rows) {
        hash.addData(QByteArrayView("\0", 1));
        hash.addData(row.id);
        hash.addData(row.inputs);
    }
    return hash.result();
}

QString deploymentKey(const ModelbitLog &log)
{
    return log.deployment + u'\n' + log.branch + u'\n' + log.version;
}

Reply answerOf(const ModelbitLog &log, Role role, qint64 requestMs)
{
    constexpr qint64 kMs = 1'000'000;
    Reply reply;
    reply.role = role;
    reply.name = !log.backend.isEmpty() ? log.backend : role == Role::Primary ? u"primary"_s : log.deployment;
    reply.deployment = log.deployment;
    reply.branch = log.branch;
    reply.version = log.version;
    reply.state = AnswerState::Complete;
    reply.status = log.error.isEmpty() ? 200 : 400; // logs do not say; the client goes by `error` as well
    reply.headers = {{"content-type", "application/json"}};
    if (!log.batchId.isEmpty())
        reply.headers.append("x-mb-batch-id", log.batchId.toUtf8());
    reply.body = Body::whole(answerBody(log));
    const qint64 sent = std::max<qint64>(0, log.startMs - requestMs);
    reply.timings.sent = Nanoseconds(sent * kMs);
    if (log.durationMs >= 0)
        reply.timings.done = Nanoseconds((sent + log.durationMs) * kMs);
    return reply;
}

} // namespace

struct ModelbitJoiner::Private
{
    struct Group
    {
        std::optional<ModelbitLog> primary;
        std::vector<ModelbitLog> mirrors;
        QString endpoint;
        QByteArray key; ///< of the inputs; empty while nobody had any
        qint64 startMs = 0;
        qint64 bytes = 0;
    };
    using Groups = std::list<Group>;

    ImportOptions options;
    od::parser parser;
    Groups groups;
    QMultiHash<QByteArray, Groups::iterator> byKey;
    qint64 newestMs = 0;
    qint64 bytes = 0;

    static bool fits(const Group &group, const ModelbitLog &log);
    static qint64 distance(const Group &group, const ModelbitLog &log) { return std::abs(group.startMs - log.startMs); }
    Groups::iterator find(const ModelbitLog &log, const QByteArray &key);
    void add(ModelbitLog log, qint64 size);
    Group extract(Groups::iterator group);
    std::optional<Exchange> exchangeOf(Group group) const;
};

/// Whether the group has room for this log: one primary, each mirror once.
bool ModelbitJoiner::Private::fits(const Group &group, const ModelbitLog &log)
{
    if (group.endpoint != log.endpoint)
        return false;
    const auto same = [&](const ModelbitLog &other) {
        return other.backend.isEmpty() || log.backend.isEmpty() ? deploymentKey(other) == deploymentKey(log)
                                                                : other.backend == log.backend;
    };
    if (std::any_of(group.mirrors.begin(), group.mirrors.end(), same) || (group.primary && same(*group.primary)))
        return false;
    const bool mustBePrimary = !log.backend.isEmpty() && !isMirror(log);
    return !mustBePrimary || !group.primary;
}

ModelbitJoiner::Private::Groups::iterator ModelbitJoiner::Private::find(const ModelbitLog &log, const QByteArray &key)
{
    auto best = groups.end();
    qint64 nearest = key.isEmpty() ? kJoinBlindMs : kJoinMs;
    const auto consider = [&](Groups::iterator group) {
        if (distance(*group, log) <= nearest && fits(*group, log)) {
            nearest = distance(*group, log);
            best = group;
        }
    };
    if (!key.isEmpty()) {
        const auto [begin, end] = byKey.equal_range(key);
        for (auto it = begin; it != end; ++it)
            consider(it.value());
        if (best != groups.end())
            return best;
        nearest = kJoinBlindMs;
    }
    // One side has no inputs: it failed. Only groups without inputs can take a log that has some.
    int looked = 0;
    for (auto group = groups.end(); group != groups.begin() && looked < kMostCandidates; ++looked) {
        --group;
        if ((key.isEmpty() || group->key.isEmpty()) && !log.backend.isEmpty())
            consider(group);
    }
    return best;
}

void ModelbitJoiner::Private::add(ModelbitLog log, qint64 size)
{
    const QByteArray key = hasInputs(log) ? inputsKey(log) : QByteArray();
    newestMs = std::max(newestMs, log.startMs);
    auto group = find(log, key);
    if (group == groups.end()) {
        groups.push_back({});
        group = std::prev(groups.end());
        group->endpoint = log.endpoint;
        group->startMs = log.startMs;
    }
    if (group->key.isEmpty() && !key.isEmpty()) {
        group->key = key;
        byKey.insert(key, group);
    }
    group->bytes += size;
    bytes += size;
    if (isMirror(log) || group->primary)
        group->mirrors.push_back(std::move(log));
    else
        group->primary = std::move(log);
}

ModelbitJoiner::Private::Group ModelbitJoiner::Private::extract(Groups::iterator group)
{
    for (auto it = byKey.find(group->key); it != byKey.end() && it.key() == group->key; ++it) {
        if (it.value() == group) {
            byKey.erase(it);
            break;
        }
    }
    bytes -= group->bytes;
    Group out = std::move(*group);
    groups.erase(group);
    return out;
}

std::optional<Exchange> ModelbitJoiner::Private::exchangeOf(Group group) const
{
    const ModelbitLog *asked = group.primary && hasInputs(*group.primary) ? &*group.primary : nullptr;
    for (const ModelbitLog &mirror : group.mirrors) {
        if (asked == nullptr && hasInputs(mirror))
            asked = &mirror;
    }
    if (asked == nullptr)
        return std::nullopt;
    const qint64 startMs = group.primary ? group.primary->startMs : group.startMs;
    Exchange exchange;
    if (startMs > 0)
        exchange.arrival = WallTime(std::chrono::milliseconds(startMs));
    exchange.endpoint = group.endpoint.isEmpty() ? options.endpoint : group.endpoint;
    exchange.method = "POST";
    if (exchange.endpoint.isEmpty())
        exchange.target = "/v1/" + asked->deployment.toUtf8() + "/latest";
    else
        exchange.target = "/v1/endpoint/" + exchange.endpoint.toUtf8();
    exchange.headers = {{"content-type", "application/json"}};
    exchange.body = Body::whole(requestBody(asked->rows));
    if (group.primary) {
        exchange.primary = answerOf(*group.primary, Role::Primary, startMs);
        exchange.requestId = group.primary->batchId;
    } else {
        exchange.primary.name = u"primary"_s;
        exchange.primary.state = AnswerState::Failed;
        exchange.primary.failure = u"not in the logs"_s;
    }
    for (const ModelbitLog &mirror : group.mirrors)
        exchange.mirrors.push_back(answerOf(mirror, Role::Mirror, startMs));
    std::sort(exchange.mirrors.begin(), exchange.mirrors.end(),
              [](const Reply &a, const Reply &b) { return a.name < b.name; });
    return exchange;
}

ModelbitJoiner::ModelbitJoiner(ImportOptions options)
    : d(std::make_unique<Private>())
{
    d->options = std::move(options);
}

ModelbitJoiner::~ModelbitJoiner() = default;

Status ModelbitJoiner::add(QByteArrayView log)
{
    Result<ModelbitLog> parsed = parseLog(d->parser, log);
    if (!parsed)
        return tl::unexpected(parsed.error());
    d->add(*std::move(parsed), log.size() + 512);
    return {};
}

Result<int> ModelbitJoiner::addWebhook(const QByteArray &body, ImportSummary &summary)
{
    QBuffer buffer;
    buffer.setData(body);
    buffer.open(QIODevice::ReadOnly);
    JsonItems items(buffer, {"data"});
    int taken = 0;
    for (;;) {
        const JsonItems::Next next = items.next();
        if (next == JsonItems::Next::End)
            return taken;
        if (next == JsonItems::Next::Missing || next == JsonItems::Next::Broken)
            return fail(kWrongFormat, {{u"format"_s, u"Modelbit"_s}, {u"what"_s, u"data"_s}});
        const Status added = add(items.item());
        if (added)
            ++taken;
        else
            summary.skip(added.error());
    }
}

std::optional<Exchange> ModelbitJoiner::take(bool isEnd, ImportSummary &summary)
{
    while (!d->groups.empty()) {
        const auto oldest = d->groups.begin();
        const bool isSettled = d->newestMs - oldest->startMs > kSettledMs;
        if (!isEnd && !isSettled && d->groups.size() <= kMostOpen && d->bytes <= kOpenBytes)
            return std::nullopt;
        if (std::optional<Exchange> exchange = d->exchangeOf(d->extract(oldest)))
            return exchange;
        summary.skip({kNoRequest, {{u"what"_s, u"no inputs"_s}}, {d->options.file}, {}});
    }
    return std::nullopt;
}

} // namespace parallax::traffic
