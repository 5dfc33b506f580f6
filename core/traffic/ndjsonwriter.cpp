// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/formats.h"
#include "traffic/jsontext.h"
#include "traffic/ndjson.h"
#include "traffic/timetext.h"

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kWriteBytes = 256 * 1024;

void appendText(QByteArray &out, const char *key, const QString &value)
{
    if (value.isEmpty())
        return;
    out += key;
    appendJsonString(out, value.toUtf8());
}

void appendHeaders(QByteArray &out, const http::Headers &headers)
{
    out += "\"headers\":[";
    bool isFirst = true;
    for (const http::Header &field : headers) {
        out += isFirst ? "[" : ",[";
        isFirst = false;
        appendJsonString(out, field.name);
        out += ',';
        appendJsonString(out, field.value);
        out += ']';
    }
    out += ']';
}

void appendBody(QByteArray &out, const Body &body)
{
    if (base::isUtf8(body.bytes)) {
        out += ",\"body\":";
        appendJsonString(out, body.bytes);
    } else {
        out += ",\"bodyBase64\":\"" + body.bytes.toBase64() + '"';
    }
    if (body.isTruncated)
        out += ",\"truncated\":{\"length\":" + QByteArray::number(body.length) + ",\"sha256\":\"" +
               body.sha256.toHex() + "\"}";
}

void appendTimings(QByteArray &out, const Timings &timings)
{
    const std::initializer_list<std::pair<const char *, Nanoseconds>> moments{
        {"queued", timings.queued}, {"sent", timings.sent}, {"firstByte", timings.firstByte}, {"done", timings.done}};
    bool isFirst = true;
    for (const auto &[name, moment] : moments) {
        if (moment.count() < 0)
            continue;
        out += isFirst ? ",\"ms\":{\"" : ",\"";
        isFirst = false;
        out += name;
        out += "\":";
        appendMilliseconds(out, moment.count());
    }
    if (!isFirst)
        out += '}';
}

/// Whether a reader takes the answer for complete without being told so.
bool isImplied(const Reply &reply)
{
    return reply.state == AnswerState::Complete && reply.failure.isEmpty() && reply.outcome != Outcome::Timeout &&
           reply.outcome != Outcome::Dropped;
}

void appendReply(QByteArray &out, const Reply &reply)
{
    out += reply.role == Role::Primary ? "{\"role\":\"primary\"" : "{\"role\":\"mirror\"";
    appendText(out, ",\"deployment\":", reply.deployment);
    appendText(out, ",\"branch\":", reply.branch);
    appendText(out, ",\"version\":", reply.version);
    appendText(out, ",\"url\":", reply.url);
    if (!isImplied(reply))
        appendText(out, ",\"state\":", toString(reply.state));
    appendText(out, ",\"reason\":", toString(reply.dropReason));
    appendText(out, ",\"failure\":", reply.failure);
    if (reply.role == Role::Mirror && reply.outcome != Outcome::Pending)
        appendText(out, ",\"outcome\":", toString(reply.outcome));
    if (reply.differences > 0)
        out += ",\"differences\":" + QByteArray::number(reply.differences);
    if (reply.credentialsRemoved)
        out += ",\"credentialsRemoved\":true";
    if (reply.state == AnswerState::Complete || reply.status != 0 || !reply.headers.isEmpty()) {
        out += ",\"status\":" + QByteArray::number(reply.status) + ',';
        appendHeaders(out, reply.headers);
    }
    if (reply.state == AnswerState::Complete || !reply.body.bytes.isEmpty() || reply.body.isTruncated)
        appendBody(out, reply.body);
    appendTimings(out, reply.timings);
    out += '}';
}

bool isKnown(const Reply &reply)
{
    return reply.state != AnswerState::Pending || !reply.name.isEmpty();
}

void appendReplies(QByteArray &out, const Exchange &exchange)
{
    const char *separator = ",\"res\":{";
    const auto append = [&](const Reply &reply) {
        out += separator;
        separator = ",";
        appendJsonString(out, reply.name.toUtf8());
        out += ':';
        appendReply(out, reply);
    };
    if (isKnown(exchange.primary))
        append(exchange.primary);
    for (const Reply &mirror : exchange.mirrors)
        append(mirror);
    if (*separator == ',' && separator[1] == '\0')
        out += '}';
    if (exchange.recorded) {
        out += ",\"recorded\":{\"name\":";
        appendJsonString(out, exchange.recorded->name.toUtf8());
        out += ",\"reply\":";
        appendReply(out, *exchange.recorded);
        out += '}';
    }
}

void appendExtras(QByteArray &out, const Exchange &exchange)
{
    appendText(out, ",\"requestId\":", exchange.requestId);
    appendText(out, ",\"session\":", exchange.session);
    appendText(out, ",\"note\":", exchange.note);
    for (qsizetype i = 0; i < exchange.tags.size(); ++i) {
        out += i == 0 ? ",\"tags\":[" : ",";
        appendJsonString(out, exchange.tags[i].toUtf8());
        out += i + 1 == exchange.tags.size() ? "]" : "";
    }
    if (exchange.isClientAborted)
        out += ",\"clientAborted\":true";
    if (exchange.isWarmup)
        out += ",\"warmup\":true";
    if (exchange.intended.count() >= 0) {
        out += ",\"intendedMs\":";
        appendMilliseconds(out, exchange.intended.count());
    }
    if (exchange.started.count() >= 0) {
        out += ",\"startedMs\":";
        appendMilliseconds(out, exchange.started.count());
    }
}

class NdjsonWriter final : public ExportWriter
{
public:
    explicit NdjsonWriter(QIODevice &device)
        : m_device(device)
    {}

    Status write(const Exchange &exchange) override
    {
        appendNdjson(m_out, exchange);
        return m_out.size() < kWriteBytes ? Status() : finish();
    }

    Status finish() override
    {
        const Status done = writeAll(m_device, m_out);
        m_out.clear();
        return done;
    }

private:
    QIODevice &m_device;
    QByteArray m_out;
};

} // namespace

void appendNdjson(QByteArray &out, const Exchange &exchange)
{
    out += "{\"v\":1";
    if (exchange.id.value != 0)
        out += ",\"id\":" + QByteArray::number(exchange.id.value);
    if (exchange.arrival) {
        out += ",\"time\":\"";
        appendTime(out, *exchange.arrival);
        out += '"';
    }
    appendText(out, ",\"endpoint\":", exchange.endpoint);
    out += ",\"req\":{\"method\":";
    appendJsonString(out, exchange.method);
    out += ",\"target\":";
    appendJsonString(out, exchange.target);
    out += ',';
    appendHeaders(out, exchange.headers);
    appendBody(out, exchange.body);
    out += '}';
    appendReplies(out, exchange);
    appendExtras(out, exchange);
    out += "}\n";
}

QByteArray toNdjson(const Exchange &exchange)
{
    QByteArray out;
    appendNdjson(out, exchange);
    return out;
}

std::unique_ptr<ExportWriter> makeNdjsonWriter(QIODevice &device, const ExportOptions &)
{
    return std::make_unique<NdjsonWriter>(device);
}

} // namespace parallax::traffic
