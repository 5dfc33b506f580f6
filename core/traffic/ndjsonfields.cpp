// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/ndjsonfields.h"

#include "traffic/errors.h"
#include "traffic/jsontext.h"
#include "traffic/timetext.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::traffic::ndjson {

namespace {

namespace od = simdjson::ondemand;
using Code = simdjson::error_code;

QByteArray toBytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void readText(od::value value, QString &out, const char *name, Trouble &trouble)
{
    std::string_view text;
    if (value.get_string().get(text) != Code::SUCCESS)
        trouble.field(name, "string");
    else
        out = toText(text);
}

void readFlag(od::value value, bool &out, const char *name, Trouble &trouble)
{
    if (value.get_bool().get(out) != Code::SUCCESS)
        trouble.field(name, "true or false");
}

void readMilliseconds(od::value value, Nanoseconds &out, const char *name, Trouble &trouble)
{
    double ms = 0;
    if (value.get_double().get(ms) != Code::SUCCESS || !(std::abs(ms) < 9e12))
        trouble.field(name, "milliseconds");
    else
        out = Nanoseconds(std::llround(ms * 1e6));
}

void readInteger(od::value value, int &out, const char *name, Trouble &trouble)
{
    int64_t number = 0;
    if (value.get_int64().get(number) != Code::SUCCESS || number < 0 || number > 1'000'000'000)
        trouble.field(name, "integer");
    else
        out = static_cast<int>(number);
}

/// `[["k", "v"], ...]`; `{"k": "v"}` and `[{"name": "k", "value": "v"}]` are taken as well.
class HeadersReader
{
public:
    HeadersReader(http::Headers &out, Trouble &trouble)
        : m_out(out)
        , m_trouble(trouble)
    {}

    void read(od::value value)
    {
        od::json_type type{};
        if (value.type().get(type) != Code::SUCCESS ||
            (type != od::json_type::array && type != od::json_type::object)) {
            bad();
            return;
        }
        if (type == od::json_type::object)
            readObject(value);
        else
            readArray(value);
    }

private:
    void bad() { m_trouble.field("headers", "list of pairs"); }

    void readArray(od::value value)
    {
        od::array fields;
        if (value.get_array().get(fields) != Code::SUCCESS)
            return bad();
        for (auto item : fields) {
            od::value field;
            od::json_type type{};
            if (std::move(item).get(field) != Code::SUCCESS || field.type().get(type) != Code::SUCCESS)
                return bad();
            if (type == od::json_type::array)
                readPair(field);
            else if (type == od::json_type::object)
                readNamed(field);
            else
                bad();
            if (m_trouble.error)
                return;
        }
    }

    void readPair(od::value value)
    {
        od::array pair;
        std::string_view texts[2];
        std::size_t count = 0;
        if (value.get_array().get(pair) != Code::SUCCESS)
            return bad();
        for (auto item : pair) {
            if (count == 2 || item.get_string().get(texts[count]) != Code::SUCCESS)
                return bad();
            ++count;
        }
        if (count != 2)
            return bad();
        m_out.append(toBytes(texts[0]), toBytes(texts[1]));
    }

    void readNamed(od::value value)
    {
        od::object object;
        QByteArray name;
        QByteArray text;
        if (value.get_object().get(object) != Code::SUCCESS)
            return bad();
        for (auto item : object) {
            od::field field;
            if (std::move(item).get(field) != Code::SUCCESS)
                return bad();
            const QByteArray key = toBytes(keyOf(field));
            std::string_view content;
            if (key != "name" && key != "value")
                continue;
            if (field.value().get_string().get(content) != Code::SUCCESS)
                return bad();
            (key == "name" ? name : text) = toBytes(content);
        }
        if (name.isEmpty())
            return bad();
        m_out.append(std::move(name), std::move(text));
    }

    void readObject(od::value value)
    {
        od::object object;
        if (value.get_object().get(object) != Code::SUCCESS)
            return bad();
        for (auto item : object) {
            od::field field;
            if (std::move(item).get(field) != Code::SUCCESS)
                return bad();
            QByteArray name = toBytes(keyOf(field));
            std::string_view content;
            if (field.value().get_string().get(content) != Code::SUCCESS)
                return bad();
            m_out.append(std::move(name), toBytes(content));
        }
    }

    http::Headers &m_out;
    Trouble &m_trouble;
};

void readTruncated(od::value value, Body &body, Trouble &trouble)
{
    od::object object;
    if (value.get_object().get(object) != Code::SUCCESS)
        return trouble.field("truncated", "object");
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return trouble.field("truncated", "object");
        const std::string_view key = keyOf(field);
        if (key == "length") {
            int64_t length = 0;
            if (field.value().get_int64().get(length) != Code::SUCCESS || length < 0)
                return trouble.field("truncated.length", "integer");
            body.length = length;
        } else if (key == "sha256") {
            std::string_view hash;
            if (field.value().get_string().get(hash) != Code::SUCCESS || hash.size() != 64)
                return trouble.field("truncated.sha256", "64 hexadecimal digits");
            body.sha256 = QByteArray::fromHex(toBytes(hash));
        }
    }
    body.isTruncated = true;
}

/// `body` as a string; an object or list written by hand is taken as its own text.
void readBody(od::value value, Body &body, Trouble &trouble)
{
    od::json_type type{};
    if (value.type().get(type) != Code::SUCCESS)
        return trouble.field("body", "string");
    std::string_view text;
    Code code = Code::SUCCESS;
    switch (type) {
    case od::json_type::string:
        code = value.get_string().get(text);
        break;
    case od::json_type::object: {
        od::object object;
        code = value.get_object().get(object);
        if (code == Code::SUCCESS)
            code = object.raw_json().get(text);
        break;
    }
    case od::json_type::array: {
        od::array array;
        code = value.get_array().get(array);
        if (code == Code::SUCCESS)
            code = array.raw_json().get(text);
        break;
    }
    case od::json_type::null:
        break;
    default:
        text = value.raw_json_token();
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
            text.remove_suffix(1);
    }
    const bool isRaw = type != od::json_type::string && type != od::json_type::null;
    if (code != Code::SUCCESS || (isRaw && firstJsonError({text.data(), static_cast<qsizetype>(text.size())}) >= 0))
        return trouble.field("body", "string");
    body.bytes = toBytes(text);
}

void readBase64(od::value value, Body &body, Trouble &trouble)
{
    std::string_view text;
    if (value.get_string().get(text) != Code::SUCCESS)
        return trouble.field("bodyBase64", "base64");
    auto decoded = QByteArray::fromBase64Encoding(toBytes(text), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return trouble.field("bodyBase64", "base64");
    body.bytes = *decoded;
}

void readRequest(od::value value, Exchange &exchange, Trouble &trouble)
{
    od::object object;
    if (value.get_object().get(object) != Code::SUCCESS)
        return trouble.field("req", "object");
    bool hasHeaders = false;
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return trouble.field("req", "object");
        const std::string_view key = keyOf(field);
        std::string_view text;
        if (key == "method" || key == "target") {
            if (field.value().get_string().get(text) != Code::SUCCESS)
                return trouble.field(key == "method" ? "req.method" : "req.target", "string");
            (key == "method" ? exchange.method : exchange.target) = toBytes(text);
        } else if (key == "headers") {
            hasHeaders = true;
            HeadersReader(exchange.headers, trouble).read(field.value());
        } else if (key == "body") {
            readBody(field.value(), exchange.body, trouble);
        } else if (key == "bodyBase64") {
            readBase64(field.value(), exchange.body, trouble);
        } else if (key == "truncated") {
            readTruncated(field.value(), exchange.body, trouble);
        }
        if (trouble.error)
            return;
    }
    if (!exchange.body.isTruncated)
        exchange.body.length = exchange.body.bytes.size();
    if (!hasHeaders && firstJsonError(exchange.body.bytes) < 0)
        exchange.headers.append("content-type", "application/json");
}

void readTimings(od::value value, Timings &timings, Trouble &trouble)
{
    od::object object;
    if (value.get_object().get(object) != Code::SUCCESS)
        return trouble.field("ms", "object");
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return trouble.field("ms", "object");
        const std::string_view key = keyOf(field);
        if (key == "queued")
            readMilliseconds(field.value(), timings.queued, "ms.queued", trouble);
        else if (key == "sent")
            readMilliseconds(field.value(), timings.sent, "ms.sent", trouble);
        else if (key == "firstByte")
            readMilliseconds(field.value(), timings.firstByte, "ms.firstByte", trouble);
        else if (key == "done")
            readMilliseconds(field.value(), timings.done, "ms.done", trouble);
    }
}

template<class Enum>
std::optional<Enum> readName(od::value value, std::optional<Enum> (*fromString)(QStringView), const char *name,
                             Trouble &trouble)
{
    QString text;
    readText(value, text, name, trouble);
    const std::optional<Enum> found = fromString(text);
    if (!found)
        trouble.field(name, "a known name");
    return found;
}

AnswerState stateWithout(const Reply &reply)
{
    if (reply.outcome == Outcome::Timeout)
        return AnswerState::Timeout;
    if (reply.outcome == Outcome::Dropped)
        return AnswerState::Dropped;
    return reply.failure.isEmpty() ? AnswerState::Complete : AnswerState::Failed;
}

/// One field of an answer; unknown ones are left alone.
void readReplyField(std::string_view key, od::value value, Reply &reply, std::optional<AnswerState> &state,
                    Trouble &trouble)
{
    if (key == "role") {
        QString role;
        readText(value, role, "role", trouble);
        reply.role = role == u"primary" ? Role::Primary : Role::Mirror;
    } else if (key == "deployment")
        readText(value, reply.deployment, "deployment", trouble);
    else if (key == "branch")
        readText(value, reply.branch, "branch", trouble);
    else if (key == "version")
        readText(value, reply.version, "version", trouble);
    else if (key == "url")
        readText(value, reply.url, "url", trouble);
    else if (key == "state")
        state = readName(value, answerStateFromString, "state", trouble);
    else if (key == "reason")
        reply.dropReason = readName(value, dropReasonFromString, "reason", trouble).value_or(DropReason::None);
    else if (key == "failure")
        readText(value, reply.failure, "failure", trouble);
    else if (key == "outcome")
        reply.outcome = readName(value, outcomeFromString, "outcome", trouble).value_or(Outcome::Pending);
    else if (key == "differences")
        readInteger(value, reply.differences, "differences", trouble);
    else if (key == "credentialsRemoved")
        readFlag(value, reply.credentialsRemoved, "credentialsRemoved", trouble);
    else if (key == "status")
        readInteger(value, reply.status, "status", trouble);
    else if (key == "headers")
        HeadersReader(reply.headers, trouble).read(value);
    else if (key == "body")
        readBody(value, reply.body, trouble);
    else if (key == "bodyBase64")
        readBase64(value, reply.body, trouble);
    else if (key == "truncated")
        readTruncated(value, reply.body, trouble);
    else if (key == "ms")
        readTimings(value, reply.timings, trouble);
}

void readReply(od::value value, Reply &reply, Trouble &trouble)
{
    od::object object;
    if (value.get_object().get(object) != Code::SUCCESS)
        return trouble.field("res", "object");
    std::optional<AnswerState> state;
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return trouble.field("res", "object");
        const std::string_view key = keyOf(field);
        readReplyField(key, field.value(), reply, state, trouble);
        if (trouble.error)
            return;
    }
    reply.state = state.value_or(stateWithout(reply));
    if (!reply.body.isTruncated)
        reply.body.length = reply.body.bytes.size();
}

void readReplies(od::value value, Exchange &exchange, Trouble &trouble)
{
    od::object object;
    if (value.get_object().get(object) != Code::SUCCESS)
        return trouble.field("res", "object");
    bool hasPrimary = false;
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return trouble.field("res", "object");
        Reply reply;
        reply.name = toText(keyOf(field));
        reply.role = hasPrimary ? Role::Mirror : Role::Primary; // unless it says otherwise
        readReply(field.value(), reply, trouble);
        if (trouble.error)
            return;
        if (reply.role == Role::Primary && !hasPrimary) {
            hasPrimary = true;
            exchange.primary = std::move(reply);
        } else {
            reply.role = Role::Mirror;
            exchange.mirrors.push_back(std::move(reply));
        }
    }
}

void readRecorded(od::value value, Exchange &exchange, Trouble &trouble)
{
    od::object object;
    if (value.get_object().get(object) != Code::SUCCESS)
        return trouble.field("recorded", "object");
    Reply reply;
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return trouble.field("recorded", "object");
        const std::string_view key = keyOf(field);
        if (key == "name")
            readText(field.value(), reply.name, "recorded.name", trouble);
        else if (key == "reply")
            readReply(field.value(), reply, trouble);
        if (trouble.error)
            return;
    }
    exchange.recorded = std::move(reply);
}

void readTags(od::value value, QStringList &tags, Trouble &trouble)
{
    od::array array;
    if (value.get_array().get(array) != Code::SUCCESS)
        return trouble.field("tags", "list of strings");
    for (auto item : array) {
        std::string_view text;
        if (item.get_string().get(text) != Code::SUCCESS)
            return trouble.field("tags", "list of strings");
        tags.append(toText(text));
    }
}

void readTime(od::value value, Exchange &exchange, Trouble &trouble)
{
    std::string_view text;
    if (value.get_string().get(text) == Code::SUCCESS)
        exchange.arrival = parseTime({text.data(), static_cast<qsizetype>(text.size())});
    if (!exchange.arrival)
        trouble.field("time", "RFC 3339");
}

void readVersion(od::value value, Trouble &trouble)
{
    int64_t version = 0;
    if (value.get_int64().get(version) != Code::SUCCESS || version != 1)
        trouble.field("v", "1");
}

void readId(od::value value, Exchange &exchange, Trouble &trouble)
{
    uint64_t id = 0;
    if (value.get_uint64().get(id) != Code::SUCCESS)
        trouble.field("id", "integer");
    exchange.id.value = id;
}

} // namespace

void Trouble::field(const char *name, const char *expected)
{
    if (!error)
        error = Error{
            kBadField, {{u"field"_s, QLatin1StringView(name)}, {u"expected"_s, QLatin1StringView(expected)}}, {}, {}};
}

std::string_view keyOf(od::field &field)
{
    std::string_view key;
    return field.unescaped_key().get(key) == Code::SUCCESS ? key : std::string_view();
}

void readField(std::string_view key, od::value value, Exchange &exchange, bool &hasRequest, Trouble &trouble)
{
    if (key == "req") {
        hasRequest = true;
        readRequest(value, exchange, trouble);
    } else if (key == "res")
        readReplies(value, exchange, trouble);
    else if (key == "time")
        readTime(value, exchange, trouble);
    else if (key == "endpoint")
        readText(value, exchange.endpoint, "endpoint", trouble);
    else if (key == "v")
        readVersion(value, trouble);
    else if (key == "id")
        readId(value, exchange, trouble);
    else if (key == "recorded")
        readRecorded(value, exchange, trouble);
    else if (key == "requestId")
        readText(value, exchange.requestId, "requestId", trouble);
    else if (key == "session")
        readText(value, exchange.session, "session", trouble);
    else if (key == "note")
        readText(value, exchange.note, "note", trouble);
    else if (key == "tags")
        readTags(value, exchange.tags, trouble);
    else if (key == "clientAborted")
        readFlag(value, exchange.isClientAborted, "clientAborted", trouble);
    else if (key == "warmup")
        readFlag(value, exchange.isWarmup, "warmup", trouble);
    else if (key == "intendedMs")
        readMilliseconds(value, exchange.intended, "intendedMs", trouble);
    else if (key == "startedMs")
        readMilliseconds(value, exchange.started, "startedMs", trouble);
}

} // namespace parallax::traffic::ndjson
