// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// HAR 1.2, written. A request and its primary's answer are an entry; each mirror is a further one with the same
// `_pairId`, `_role` and `_outcome`.
#include "traffic/contentcoding.h"
#include "traffic/formats.h"
#include "traffic/jsontext.h"
#include "traffic/timetext.h"

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kBufferBytes = 256 * 1024;

void appendHeaders(QByteArray &out, const http::Headers &headers)
{
    out += "\"headers\":[";
    bool isFirst = true;
    for (const http::Header &field : headers) {
        out += isFirst ? "{\"name\":" : ",{\"name\":";
        isFirst = false;
        appendJsonString(out, field.name);
        out += ",\"value\":";
        appendJsonString(out, field.value);
        out += '}';
    }
    out += ']';
}

void appendQuery(QByteArray &out, const QByteArray &target)
{
    out += "\"queryString\":[";
    const qsizetype mark = target.indexOf('?');
    bool isFirst = true;
    for (const QByteArray &part : mark < 0 ? QByteArrayList() : target.mid(mark + 1).split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        out += isFirst ? "{\"name\":" : ",{\"name\":";
        isFirst = false;
        appendJsonString(out, QByteArray::fromPercentEncoding(equals < 0 ? part : part.left(equals)));
        out += ",\"value\":";
        appendJsonString(out, equals < 0 ? QByteArray() : QByteArray::fromPercentEncoding(part.mid(equals + 1)));
        out += '}';
    }
    out += ']';
}

void appendText(QByteArray &out, const QByteArray &bytes)
{
    out += ",\"text\":";
    if (base::isUtf8(bytes)) {
        appendJsonString(out, bytes);
    } else {
        out += '"' + bytes.toBase64() + "\",\"encoding\":\"base64\"";
    }
}

QByteArray typeOf(const http::Headers &headers)
{
    const QByteArrayView type = headers.value("content-type");
    return type.isEmpty() ? QByteArray("application/octet-stream") : type.toByteArray();
}

void appendRequest(QByteArray &out, const Exchange &exchange, const QByteArray &origin)
{
    out += "\"request\":{\"method\":";
    appendJsonString(out, exchange.method);
    out += ",\"url\":";
    const QByteArray url = origin + exchange.target;
    appendJsonString(out, url);
    out += ",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],";
    appendHeaders(out, exchange.headers);
    out += ',';
    appendQuery(out, exchange.target);
    if (!exchange.body.bytes.isEmpty()) {
        out += ",\"postData\":{\"mimeType\":";
        appendJsonString(out, typeOf(exchange.headers));
        appendText(out, exchange.body.bytes);
        out += '}';
    }
    out += ",\"headersSize\":-1,\"bodySize\":" + QByteArray::number(exchange.body.length) + '}';
}

/// The format's `content` is what the codings hold; what cannot be decoded stands as it is, in base64.
void appendResponse(QByteArray &out, const Reply &reply)
{
    const QByteArray coding = reply.headers.value("content-encoding").toByteArray();
    QByteArray text = reply.body.bytes;
    if (!coding.isEmpty() && !reply.body.isTruncated)
        text = decodeContent(text, coding).value_or(text);
    out += "\"response\":{\"status\":" + QByteArray::number(reply.state == AnswerState::Complete ? reply.status : 0) +
           ",\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],";
    appendHeaders(out, reply.headers);
    out += ",\"content\":{\"size\":" + QByteArray::number(text.size()) + ",\"mimeType\":";
    appendJsonString(out, typeOf(reply.headers));
    if (!text.isEmpty())
        appendText(out, text);
    out += "},\"redirectURL\":";
    appendJsonString(out, reply.headers.value("location"));
    out += ",\"headersSize\":-1,\"bodySize\":" + QByteArray::number(reply.body.length);
    if (reply.state != AnswerState::Complete) {
        out += ",\"_error\":";
        appendJsonString(out, (reply.failure.isEmpty() ? toString(reply.state) : reply.failure).toUtf8());
    }
    out += '}';
}

/// send + wait + receive = time, as the format asks; moments that were not kept count as none.
void appendTimings(QByteArray &out, const Timings &timings)
{
    const qint64 done = std::max<qint64>(timings.done.count(), 0);
    const qint64 sent = std::clamp<qint64>(timings.sent.count(), 0, done);
    const qint64 first =
        timings.firstByte.count() < 0 ? done : std::clamp<qint64>(timings.firstByte.count(), sent, done);
    out += "\"time\":";
    appendMilliseconds(out, done);
    out += ",\"timings\":{\"send\":";
    appendMilliseconds(out, sent);
    out += ",\"wait\":";
    appendMilliseconds(out, first - sent);
    out += ",\"receive\":";
    appendMilliseconds(out, done - first);
    out += '}';
}

class HarWriter final : public ExportWriter
{
public:
    HarWriter(QIODevice &device, QByteArray origin)
        : m_device(device)
        , m_origin(std::move(origin))
        , m_out("{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Parallax\",\"version\":\"" PARALLAX_VERSION
                "\"},\"entries\":[")
    {}

    Status write(const Exchange &exchange) override
    {
        ++m_count;
        appendEntry(exchange, exchange.primary, "primary");
        for (const Reply &mirror : exchange.mirrors)
            appendEntry(exchange, mirror, "mirror:" + mirror.name.toUtf8());
        return m_out.size() < kBufferBytes ? Status() : flush();
    }

    Status finish() override
    {
        m_out += "\n]}}\n";
        return flush();
    }

private:
    Status flush()
    {
        const Status done = writeAll(m_device, m_out);
        m_out.clear();
        return done;
    }

    void appendEntry(const Exchange &exchange, const Reply &reply, const QByteArray &role)
    {
        m_out += std::exchange(m_isFirst, false) ? "\n{" : ",\n{";
        m_out += "\"startedDateTime\":\"";
        appendTime(m_out, exchange.arrival.value_or(WallTime()));
        m_out += "\",";
        appendRequest(m_out, exchange, m_origin);
        m_out += ',';
        appendResponse(m_out, reply);
        m_out += ",\"cache\":{},";
        appendTimings(m_out, reply.timings);
        m_out += ",\"_pairId\":\"" + QByteArray::number(exchange.id.value != 0 ? exchange.id.value : m_count) +
                 "\",\"_role\":";
        appendJsonString(m_out, role);
        if (reply.role == Role::Mirror)
            m_out += ",\"_outcome\":\"" + toString(reply.outcome).toUtf8() + '"';
        if (!exchange.note.isEmpty() && reply.role == Role::Primary) {
            m_out += ",\"comment\":";
            appendJsonString(m_out, exchange.note.toUtf8());
        }
        m_out += '}';
    }

    QIODevice &m_device;
    QByteArray m_origin;
    QByteArray m_out;
    quint64 m_count = 0;
    bool m_isFirst = true;
};

} // namespace

std::unique_ptr<ExportWriter> makeHarWriter(QIODevice &device, const ExportOptions &options)
{
    return std::make_unique<HarWriter>(device, options.origin);
}

} // namespace parallax::traffic
