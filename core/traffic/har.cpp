// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/, and what browsers and proxies make of it. Exported mirrors
// are entries of their own, tied to their primary's by `_pairId`.
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/jsonitems.h"
#include "traffic/linereader.h"
#include "traffic/messagetext.h"
#include "traffic/timesorter.h"
#include "traffic/timetext.h"

#include <simdjson.h>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

namespace dom = simdjson::dom;

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// A string member, or nothing.
QByteArray textOf(const dom::element &object, std::string_view key)
{
    std::string_view text;
    return object[key].get_string().get(text) == simdjson::SUCCESS ? bytesOf(text) : QByteArray();
}

double numberOf(const dom::element &object, std::string_view key, double fallback)
{
    double number = 0;
    return object[key].get_double().get(number) == simdjson::SUCCESS ? number : fallback;
}

/// `{"name", "value"}` as the format says, or `["name", "value"]` as one exporter writes them.
http::Headers headersOf(const dom::element &message)
{
    http::Headers out;
    dom::array fields;
    if (message["headers"].get_array().get(fields) != simdjson::SUCCESS)
        return out;
    for (const dom::element field : fields) {
        if (field.is_array()) {
            std::string_view name;
            std::string_view value;
            if (field.at(0).get_string().get(name) == simdjson::SUCCESS &&
                field.at(1).get_string().get(value) == simdjson::SUCCESS)
                out.append(bytesOf(name), bytesOf(value));
        } else if (QByteArray name = textOf(field, "name"); !name.isEmpty()) {
            out.append(std::move(name), textOf(field, "value"));
        }
    }
    return out;
}

QByteArray boundaryOf(const QByteArray &mimeType)
{
    const qsizetype at = mimeType.toLower().indexOf("boundary=");
    QByteArray boundary = at < 0 ? QByteArray() : mimeType.mid(at + 9);
    boundary = boundary.left(boundary.indexOf(';') < 0 ? boundary.size() : boundary.indexOf(';')).trimmed();
    if (boundary.startsWith('"') && boundary.endsWith('"') && boundary.size() > 1)
        boundary = boundary.mid(1, boundary.size() - 2);
    return boundary;
}

/// `params` as the form they were.
QByteArray formOf(const dom::array &params, const QByteArray &mimeType)
{
    std::vector<FormPart> parts;
    for (const dom::element param : params)
        parts.push_back(
            {textOf(param, "name"), textOf(param, "fileName"), textOf(param, "contentType"), textOf(param, "value")});
    if (mimeType.startsWith("multipart/"))
        return multipartBody(parts, boundaryOf(mimeType).isEmpty() ? "parallax" : boundaryOf(mimeType));
    QByteArray out;
    for (const FormPart &part : parts)
        out += (out.isEmpty() ? "" : "&") + formEncoded(part.name) + '=' + formEncoded(part.content);
    return out;
}

QByteArray postedBody(const dom::element &request, http::Headers &headers)
{
    dom::element data;
    if (request["postData"].get(data) != simdjson::SUCCESS || !data.is_object())
        return {};
    const QByteArray mimeType = textOf(data, "mimeType");
    if (!mimeType.isEmpty() && !headers.contains("content-type"))
        headers.append("content-type", mimeType);
    QByteArray body = textOf(data, "text");
    if (textOf(data, "encoding") == "base64")
        return QByteArray::fromBase64(body);
    dom::array params;
    if (body.isEmpty() && data["params"].get_array().get(params) == simdjson::SUCCESS)
        body = formOf(params, mimeType);
    return body;
}

/// Phases that are not known (-1) took no time; `ssl` is part of `connect`.
Timings timingsOf(const dom::element &entry)
{
    Timings out;
    const auto toTime = [](double ms) { return Nanoseconds(std::llround(std::clamp(ms, 0.0, 1e10) * 1e6)); };
    dom::element phases;
    const double whole = numberOf(entry, "time", -1);
    if (entry["timings"].get(phases) == simdjson::SUCCESS && phases.is_object()) {
        const auto phase = [&](const char *name) { return std::max(0.0, numberOf(phases, name, -1)); };
        const double sent = phase("blocked") + phase("dns") + phase("connect") + phase("send");
        const double first = sent + phase("wait");
        const double done = first + phase("receive");
        if (done > 0) {
            out = {Nanoseconds(0), toTime(sent), toTime(first), toTime(done)};
            return out;
        }
    }
    if (whole >= 0)
        out.done = toTime(whole);
    return out;
}

Body contentOf(const dom::element &response)
{
    dom::element content;
    if (response["content"].get(content) != simdjson::SUCCESS || !content.is_object())
        return {};
    QByteArray text = textOf(content, "text");
    if (textOf(content, "encoding") == "base64")
        text = QByteArray::fromBase64(text);
    return Body::whole(std::move(text));
}

Reply answerOf(const dom::element &entry)
{
    Reply reply;
    reply.name = u"primary"_s;
    dom::element response;
    if (entry["response"].get(response) != simdjson::SUCCESS || !response.is_object()) {
        reply.name.clear();
        return reply;
    }
    reply.status = static_cast<int>(std::clamp(numberOf(response, "status", 0), 0.0, 999.0));
    reply.timings = timingsOf(entry);
    if (reply.status == 0) { // blocked, aborted, or the connection failed
        reply.state = AnswerState::Failed;
        const QByteArray why = textOf(response, "_error");
        reply.failure = QString::fromUtf8(why.isEmpty() ? QByteArray("no answer") : why);
        return reply;
    }
    reply.state = AnswerState::Complete;
    reply.headers = headersOf(response);
    reply.body = contentOf(response);
    // The text is what the codings held.
    reply.headers.remove("content-encoding");
    settleFraming(reply.headers, reply.body.bytes.size());
    return reply;
}

/// What Parallax's own exports say beside the standard.
struct PairMarks
{
    QByteArray pair;
    QByteArray role;
    QByteArray outcome;
};

PairMarks marksOf(const dom::element &entry)
{
    return {textOf(entry, "_pairId"), textOf(entry, "_role"), textOf(entry, "_outcome")};
}

Result<Exchange> exchangeOf(const dom::element &entry, const ImportOptions &options)
{
    dom::element request;
    if (entry["request"].get(request) != simdjson::SUCCESS || !request.is_object())
        return fail(kMissingField, {{u"field"_s, u"request"_s}});
    const SplitUrl url = splitUrl(textOf(request, "url"));
    Exchange exchange;
    exchange.method = textOf(request, "method").toUpper();
    if (exchange.method.isEmpty())
        exchange.method = "GET";
    if (url.scheme != "http" && url.scheme != "https") {
        const bool isMissing = textOf(request, "url").isEmpty();
        return isMissing ? fail(kMissingField, {{u"field"_s, u"request.url"_s}})
                         : fail(kNoRequest, {{u"what"_s, QString::fromUtf8(textOf(request, "url").left(60))}});
    }
    if (exchange.method == "CONNECT")
        return fail(kNoRequest, {{u"what"_s, u"CONNECT"_s}});
    exchange.target = url.target;
    exchange.endpoint = options.endpoint;
    exchange.headers = headersOf(request);
    exchange.body = Body::whole(postedBody(request, exchange.headers));
    settleFraming(exchange.headers, exchange.body.bytes.size());
    if (!exchange.headers.contains("host"))
        exchange.headers.append("host", url.authority);
    const QByteArray started = textOf(entry, "startedDateTime");
    if (!started.isEmpty()) {
        exchange.arrival = parseTime(started);
        if (!exchange.arrival)
            return fail(kBadField, {{u"field"_s, u"startedDateTime"_s}, {u"expected"_s, u"ISO 8601"_s}});
    }
    exchange.primary = answerOf(entry);
    if (!exchange.primary.name.isEmpty())
        exchange.primary.url = QString::fromUtf8(url.scheme + "://" + url.authority + url.target);
    exchange.note = QString::fromUtf8(textOf(entry, "comment"));
    return exchange;
}

class HarReader
{
public:
    HarReader(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
        : m_device(device)
        , m_options(options)
        , m_consumer(consumer)
        , m_sorter(m_counting)
        , m_entries(device, {"log", "entries"})
    {
        m_summary.format = u"har"_s;
    }

    Result<ImportSummary> run()
    {
        for (;;) {
            if (m_options.stop.stop_requested()) {
                m_summary.wasStopped = true;
                return m_summary;
            }
            const JsonItems::Next next = m_entries.next();
            if (next == JsonItems::Next::Missing)
                return fail(wrongFormat());
            if (next == JsonItems::Next::End || next == JsonItems::Next::Broken) {
                if (next == JsonItems::Next::Broken)
                    skip({kTruncatedInput, {}, {}, {}});
                break;
            }
            if (next == JsonItems::Next::TooLarge)
                skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}});
            else if (!take())
                return m_summary;
            if (++m_seen % 256 == 0)
                reportProgress(m_device, m_options);
        }
        if (settlePair() && m_sorter.flush()) {
            noteEndOf(m_device, m_options, m_summary);
            reportProgress(m_device, m_options);
        }
        return m_summary;
    }

private:
    Error wrongFormat() const
    {
        return {kWrongFormat, {{u"format"_s, u"HAR"_s}, {u"what"_s, u"log.entries"_s}}, {m_options.file}, {}};
    }

    void skip(Error reason)
    {
        reason.where = {m_options.file, m_entries.line(), 0};
        m_summary.skip(std::move(reason));
    }

    /// False when the consumer has had enough.
    bool take()
    {
        const QByteArrayView text = m_entries.item();
        dom::element entry;
        const auto code = m_parser.parse(text.data(), static_cast<std::size_t>(text.size()), false).get(entry);
        if (code != simdjson::SUCCESS || !entry.is_object()) {
            skip({kBadJson, {}, {}, QString::fromUtf8(simdjson::error_message(code))});
            return true;
        }
        dom::array messages;
        if (entry["_webSocketMessages"].get_array().get(messages) == simdjson::SUCCESS) {
            skip({kNoRequest, {{u"what"_s, u"WebSocket"_s}}, {}, {}});
            return true;
        }
        Result<Exchange> exchange = exchangeOf(entry, m_options);
        if (!exchange) {
            skip(exchange.error());
            return true;
        }
        return join(*std::move(exchange), marksOf(entry));
    }

    /// Mirrors follow their primary in our own files.
    bool join(Exchange exchange, const PairMarks &marks)
    {
        if (!marks.pair.isEmpty() && m_pair && m_pairId == marks.pair && marks.role.startsWith("mirror:")) {
            Reply mirror = std::move(exchange.primary);
            mirror.role = Role::Mirror;
            mirror.name = QString::fromUtf8(marks.role.mid(7));
            mirror.outcome = outcomeFromString(QString::fromUtf8(marks.outcome)).value_or(Outcome::Pending);
            if (mirror.outcome == Outcome::Timeout)
                mirror.state = AnswerState::Timeout;
            if (mirror.outcome == Outcome::Dropped)
                mirror.state = AnswerState::Dropped;
            m_pair->mirrors.push_back(std::move(mirror));
            return true;
        }
        if (!settlePair())
            return false;
        m_pair = std::move(exchange);
        m_pairId = marks.pair;
        return true;
    }

    bool settlePair()
    {
        if (!m_pair)
            return true;
        Exchange whole = std::move(*m_pair);
        m_pair.reset();
        return m_sorter.push(std::move(whole));
    }

    QIODevice &m_device;
    const ImportOptions &m_options;
    const ExchangeConsumer &m_consumer;
    ImportSummary m_summary;
    ExchangeConsumer m_counting = [this](Exchange &&exchange) {
        ++m_summary.read;
        m_summary.hasTimes = m_summary.hasTimes && exchange.arrival.has_value();
        m_summary.wasStopped = !m_consumer(std::move(exchange));
        return !m_summary.wasStopped;
    };
    TimeSorter m_sorter;
    JsonItems m_entries;
    dom::parser m_parser;
    std::optional<Exchange> m_pair;
    QByteArray m_pairId;
    qint64 m_seen = 0;
};

} // namespace

int detectHar(QByteArrayView head, const QString &fileName)
{
    const qsizetype log = head.indexOf("\"log\"");
    if (log < 0 || !QByteArrayView(head.first(std::min<qsizetype>(head.size(), 256))).contains('{'))
        return 0;
    QByteArray before = head.first(log).toByteArray().trimmed();
    if (before != "{")
        return 0;
    const bool saysMore = head.indexOf("\"entries\"") > log || head.indexOf("\"creator\"") > log;
    return saysMore ? 95 : fileName.endsWith(u".har") ? 80 : 40;
}

Result<ImportSummary> readHar(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    return HarReader(device, consumer, options).run();
}

} // namespace parallax::traffic
