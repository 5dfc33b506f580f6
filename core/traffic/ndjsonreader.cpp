// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/jsontext.h"
#include "traffic/linereader.h"
#include "traffic/ndjson.h"
#include "traffic/ndjsonfields.h"

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

namespace od = simdjson::ondemand;
using Code = simdjson::error_code;

static_assert(LineReader::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::size_t kQuicklyChecked = 1024 * 1024; // simdjson takes many times a text's size

/// Columns count characters: continuation bytes of UTF-8 are none.
int columnAt(QByteArrayView line, qsizetype offset)
{
    int column = 1;
    for (qsizetype i = 0; i < std::min(offset, line.size()); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xc0U) != 0x80U)
            ++column;
    }
    return column;
}

/// Looks for `"req"` by its rarest letter.
bool mentionsRequest(QByteArrayView line)
{
    for (qsizetype at = line.indexOf('q'); at >= 0; at = line.indexOf('q', at + 1)) {
        if (line.first(at).endsWith("\"re") && line.sliced(at).startsWith("q\""))
            return true;
    }
    return false;
}

QByteArrayView trimmed(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r'))
        text = text.sliced(1);
    while (!text.isEmpty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text = text.chopped(1);
    return text;
}

Error badJson(QByteArrayView line, qsizetype offset, const char *why)
{
    return {kBadJson, {}, {QString(), 0, columnAt(line, offset)}, QString::fromLatin1(why)};
}

} // namespace

struct NdjsonParser::Private
{
    od::parser parser;
    simdjson::dom::parser checker;

    Result<Exchange> whole(QByteArrayView line, const ImportOptions &options, bool &hasRequest);
    bool hasRequestField(QByteArrayView line);
    Result<Exchange> plain(QByteArrayView line, const ImportOptions &options);
};

Result<Exchange> NdjsonParser::Private::whole(QByteArrayView line, const ImportOptions &options, bool &hasRequest)
{
    const auto size = static_cast<std::size_t>(line.size());
    od::document document;
    Code code = parser.iterate(line.data(), size, size + simdjson::SIMDJSON_PADDING).get(document);
    const auto failed = [&](Code why) { // simdjson says what, the slower reader says where
        return fail(badJson(line, std::max<qsizetype>(firstJsonError(line), 0), simdjson::error_message(why)));
    };
    if (code != Code::SUCCESS)
        return failed(code);
    od::object object;
    if (code = document.get_object().get(object); code != Code::SUCCESS)
        return failed(code);
    Exchange exchange;
    exchange.method = "POST";
    ndjson::Trouble trouble;
    for (auto item : object) {
        od::field field;
        if (code = std::move(item).get(field); code != Code::SUCCESS)
            return failed(code);
        const std::string_view key = ndjson::keyOf(field);
        ndjson::readField(key, field.value(), exchange, hasRequest, trouble);
        if (trouble.error)
            break;
    }
    if (trouble.error) {
        const char *at = nullptr;
        if (document.current_location().get(at) == Code::SUCCESS && at >= line.data())
            trouble.error->where.column = columnAt(line, at - line.data());
        return fail(*trouble.error);
    }
    if (const char *rest = nullptr; document.current_location().get(rest) == Code::SUCCESS)
        return failed(Code::TRAILING_CONTENT);
    if (exchange.target.isEmpty())
        exchange.target = options.defaultTarget();
    if (exchange.endpoint.isEmpty())
        exchange.endpoint = options.endpoint;
    return exchange;
}

bool NdjsonParser::Private::hasRequestField(QByteArrayView line)
{
    const auto size = static_cast<std::size_t>(line.size());
    od::document document;
    od::object object;
    if (parser.iterate(line.data(), size, size + simdjson::SIMDJSON_PADDING).get(document) != Code::SUCCESS ||
        document.get_object().get(object) != Code::SUCCESS)
        return false;
    for (auto item : object) {
        od::field field;
        if (std::move(item).get(field) != Code::SUCCESS)
            return false;
        if (ndjson::keyOf(field) == "req")
            return true;
    }
    return false;
}

Result<Exchange> NdjsonParser::Private::plain(QByteArrayView line, const ImportOptions &options)
{
    const QByteArrayView body = trimmed(line);
    const auto size = static_cast<std::size_t>(body.size());
    // The line has simdjson's padding. What it refuses may still be right: it knows no numbers beyond 64 bits.
    if (size > kQuicklyChecked || checker.parse(body.data(), size, false).error() != Code::SUCCESS) {
        const qsizetype wrong = firstJsonError(body);
        if (wrong >= 0)
            return fail(badJson(line, body.data() - line.data() + wrong, "unexpected"));
        if (!simdjson::validate_utf8(body.data(), size))
            return fail(badJson(line, 0, "invalid UTF-8"));
    }
    Exchange exchange;
    exchange.method = "POST";
    exchange.target = options.defaultTarget();
    exchange.endpoint = options.endpoint;
    static const http::Headers kJson{{"content-type", "application/json"}}; // shared by all
    exchange.headers = kJson;
    exchange.body = Body::whole(body.toByteArray());
    return exchange;
}

NdjsonParser::NdjsonParser()
    : d(std::make_unique<Private>())
{}

NdjsonParser::~NdjsonParser() = default;

Result<Exchange> NdjsonParser::parse(QByteArrayView line, const ImportOptions &options)
{
    const QByteArrayView body = trimmed(line);
    if (body.startsWith('{') && mentionsRequest(body)) {
        bool hasRequest = false;
        Result<Exchange> exchange = d->whole(line, options, hasRequest);
        if (hasRequest || (!exchange && exchange.error().code == kBadJson))
            return exchange;
        // Either "req" comes after what went wrong, or it only stands somewhere inside a plain body.
        if (!exchange && d->hasRequestField(line))
            return exchange;
    }
    return d->plain(line, options);
}

Result<Exchange> exchangeFromNdjson(const QByteArray &line, const ImportOptions &options)
{
    const QByteArray padded = line + QByteArray(static_cast<qsizetype>(LineReader::kPadding), '\0');
    return NdjsonParser().parse(QByteArrayView(padded).first(line.size()), options);
}

int detectNdjson(QByteArrayView head, const QString &fileName)
{
    const qsizetype end = head.indexOf('\n');
    const bool hasWholeLine = end >= 0;
    const QByteArrayView first = trimmed(hasWholeLine ? head.first(end) : head);
    if (first.isEmpty() || (first.front() != '{' && first.front() != '['))
        return 0;
    if (first.startsWith("{\"v\":1") && first.indexOf("\"req\"") > 0)
        return 95;
    if (!hasWholeLine && head.size() >= kDetectBytes)
        return first.indexOf("\"req\"") > 0 ? 60 : 20;
    if (firstJsonError(first) >= 0)
        return fileName.endsWith(u".ndjson") || fileName.endsWith(u".jsonl") ? 15 : 0;
    return first.indexOf("\"req\"") > 0 ? 70 : 30;
}

Result<ImportSummary> readNdjson(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &given)
{
    ImportOptions options = given;
    options.target = given.defaultTarget(); // made once
    ImportSummary summary;
    summary.format = u"ndjson"_s;
    NdjsonParser parser;
    LineReader lines(device);
    for (LineReader::Next next = lines.next(); next != LineReader::Next::End; next = lines.next()) {
        if (options.stop.stop_requested()) {
            summary.wasStopped = true;
            return summary;
        }
        if (lines.number() % 512 == 0)
            reportProgress(device, options);
        const auto skip = [&](Error reason) {
            reason.where.file = options.file;
            reason.where.line = lines.number();
            summary.skip(std::move(reason));
        };
        if (next == LineReader::Next::TooLong) {
            skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}});
            continue;
        }
        if (trimmed(lines.line()).isEmpty())
            continue;
        Result<Exchange> exchange = parser.parse(lines.line(), options);
        if (!exchange) {
            Error reason = exchange.error();
            if (!lines.isTerminated() && reason.code == kBadJson)
                reason.code = kTruncatedInput;
            skip(std::move(reason));
            continue;
        }
        ++summary.read;
        summary.hasTimes = summary.hasTimes && exchange->arrival.has_value();
        if (!consumer(*std::move(exchange))) {
            summary.wasStopped = true;
            return summary;
        }
    }
    noteEndOf(device, options, summary);
    reportProgress(device, options);
    return summary;
}

} // namespace parallax::traffic
