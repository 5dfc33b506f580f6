// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Amazon SageMaker Data Capture, one JSON object a line:
// https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/linereader.h"
#include "traffic/timetext.h"

#include <QRegularExpression>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMostInASecond = 100'000;

struct Payload
{
    QByteArray bytes;
    QByteArray contentType;
};

QByteArray textOf(const dom::element &object, std::string_view key)
{
    std::string_view text;
    return object[key].get_string().get(text) == simdjson::SUCCESS
               ? QByteArray(text.data(), static_cast<qsizetype>(text.size()))
               : QByteArray();
}

std::optional<Payload> payloadOf(const dom::element &capture, std::string_view key)
{
    dom::element side;
    if (capture[key].get(side) != simdjson::SUCCESS || !side.is_object())
        return std::nullopt;
    std::string_view data;
    if (side["data"].get_string().get(data) != simdjson::SUCCESS)
        return std::nullopt;
    Payload payload{QByteArray(data.data(), static_cast<qsizetype>(data.size())), textOf(side, "observedContentType")};
    if (textOf(side, "encoding") == "BASE64") {
        const auto decoded = QByteArray::fromBase64Encoding(payload.bytes, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return std::nullopt;
        payload.bytes = *decoded;
    }
    return payload;
}

/// `.../{endpoint}/{variant}/yyyy/mm/dd/hh/name.jsonl`, as the capture is laid down.
struct Place
{
    QString endpoint;
    QString variant;
};

Place placeOf(const QString &path)
{
    static const QRegularExpression pattern(u"([^/]+)/([^/]+)/\\d{4}/\\d{2}/\\d{2}/\\d{2}/[^/]+$"_s);
    const QRegularExpressionMatch match = pattern.match(path);
    return {match.captured(1), match.captured(2)};
}

class SagemakerReader
{
public:
    SagemakerReader(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
        : m_device(device)
        , m_consumer(consumer)
        , m_options(options)
        , m_place(placeOf(options.file))
        , m_lines(device)
    {
        m_summary.format = u"sagemaker"_s;
    }

    Result<ImportSummary> run()
    {
        for (LineReader::Next next = m_lines.next(); next != LineReader::Next::End; next = m_lines.next()) {
            if (m_options.stop.stop_requested()) {
                m_summary.wasStopped = true;
                return m_summary;
            }
            if (m_lines.number() % 256 == 0)
                reportProgress(m_device, m_options);
            if (next == LineReader::Next::TooLong) {
                skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}});
                continue;
            }
            if (m_lines.line().trimmed().isEmpty())
                continue;
            Result<Exchange> exchange = parse(m_lines.line());
            if (!exchange)
                skip(exchange.error());
            else if (!take(*std::move(exchange)))
                return m_summary;
        }
        if (flush()) {
            noteEndOf(m_device, m_options, m_summary);
            reportProgress(m_device, m_options);
        }
        return m_summary;
    }

private:
    void skip(Error reason)
    {
        if (reason.code == kBadJson && !m_lines.isTerminated())
            reason.code = kTruncatedInput;
        reason.where = {m_options.file, m_lines.number(), 0};
        m_summary.skip(std::move(reason));
    }

    Result<Exchange> parse(QByteArrayView line)
    {
        dom::element record;
        const auto code = m_parser.parse(line.data(), static_cast<std::size_t>(line.size()), false).get(record);
        if (code != simdjson::SUCCESS)
            return fail(kBadJson, {}, QString::fromUtf8(simdjson::error_message(code)));
        dom::element capture;
        if (record["captureData"].get(capture) != simdjson::SUCCESS)
            return fail(kMissingField, {{u"field"_s, u"captureData"_s}});
        std::optional<Payload> input = payloadOf(capture, "endpointInput");
        if (!input)
            return fail(kNoRequest, {{u"what"_s, u"endpointInput"_s}});
        Exchange exchange;
        exchange.endpoint = m_options.endpoint.isEmpty() ? m_place.endpoint : m_options.endpoint;
        exchange.method = "POST";
        exchange.target = m_options.target.isEmpty() ? QByteArray("/invocations") : m_options.target;
        if (!input->contentType.isEmpty())
            exchange.headers.append("content-type", input->contentType);
        exchange.body = Body::whole(std::move(input->bytes));
        dom::element meta;
        if (record["eventMetadata"].get(meta) == simdjson::SUCCESS && meta.is_object()) {
            exchange.requestId = QString::fromUtf8(textOf(meta, "eventId"));
            exchange.arrival = parseTime(textOf(meta, "inferenceTime"));
        }
        if (std::optional<Payload> output = payloadOf(capture, "endpointOutput")) {
            Reply &primary = exchange.primary;
            primary.name = m_place.variant.isEmpty() ? u"primary"_s : m_place.variant;
            primary.state = AnswerState::Complete;
            primary.status = 200; // only answers of the model are captured
            if (!output->contentType.isEmpty())
                primary.headers.append("content-type", output->contentType);
            primary.body = Body::whole(std::move(output->bytes));
        }
        return exchange;
    }

    /// Times have whole seconds: what shares one is spread over it, in the order of the file.
    bool take(Exchange &&exchange)
    {
        const bool isWhole = exchange.arrival && exchange.arrival->time_since_epoch().count() % 1'000'000'000 == 0;
        const bool belongs = isWhole && !m_second.empty() && m_second.front().arrival == exchange.arrival;
        if (!belongs || m_second.size() >= kMostInASecond) {
            if (!flush())
                return false;
        }
        if (isWhole) {
            m_second.push_back(std::move(exchange));
            return true;
        }
        return give(std::move(exchange));
    }

    bool flush()
    {
        const auto count = static_cast<qint64>(m_second.size());
        qint64 number = 0;
        for (Exchange &exchange : m_second) {
            *exchange.arrival += Nanoseconds(number++ * 1'000'000'000 / count);
            if (!give(std::move(exchange)))
                return false;
        }
        m_second.clear();
        return true;
    }

    bool give(Exchange &&exchange)
    {
        ++m_summary.read;
        m_summary.hasTimes = m_summary.hasTimes && exchange.arrival.has_value();
        m_summary.wasStopped = !m_consumer(std::move(exchange));
        return !m_summary.wasStopped;
    }

    QIODevice &m_device;
    const ExchangeConsumer &m_consumer;
    const ImportOptions &m_options;
    Place m_place;
    ImportSummary m_summary;
    LineReader m_lines;
    dom::parser m_parser;
    std::vector<Exchange> m_second;
};

} // namespace

int detectSagemaker(QByteArrayView head, const QString &)
{
    const QByteArrayView start = head.first(std::min<qsizetype>(head.size(), 4096));
    return start.trimmed().startsWith('{') && start.indexOf("\"captureData\"") >= 0 ? 93 : 0;
}

Result<ImportSummary> readSagemaker(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    return SagemakerReader(device, consumer, options).run();
}

} // namespace parallax::traffic
