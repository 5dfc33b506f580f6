// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of model inputs: CSV with a header line, or one JSON object a line (`--from inputs`; without it such lines are
// request bodies as they stand, see ndjsonreader.cpp). An InputMapping says which columns go where.
#include "traffic/csvtext.h"
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/jsontext.h"
#include "traffic/linereader.h"

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

namespace od = simdjson::ondemand;

constexpr qint64 kMaxRowBytes = 16 * 1024 * 1024;

/// A cell or a member: its name and its value as JSON text.
struct Value
{
    QByteArray name;
    QByteArray json;
};

class BodyMaker
{
public:
    explicit BodyMaker(const InputMapping &mapping)
        : m_mapping(mapping)
    {}

    /// The request body of a row; the name of a column that is missing otherwise.
    [[nodiscard]] tl::expected<QByteArray, QString> body(const std::vector<Value> &row) const
    {
        std::vector<Value> chosen;
        if (m_mapping.columns.isEmpty()) {
            chosen = row;
        } else {
            for (const QString &column : m_mapping.columns) {
                const QByteArray name = column.toUtf8();
                const auto found =
                    std::find_if(row.begin(), row.end(), [&](const Value &value) { return value.name == name; });
                if (found == row.end())
                    return tl::unexpected(column);
                chosen.push_back(*found);
            }
        }
        QByteArray out;
        if (!m_mapping.wrap.isEmpty()) {
            out += '{';
            appendJsonString(out, m_mapping.wrap.toUtf8());
            out += ": ";
        }
        out += m_mapping.asList ? '[' : '{';
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            out += i == 0 ? "" : ", ";
            if (!m_mapping.asList) {
                appendJsonString(out, renamed(chosen[i].name));
                out += ": ";
            }
            out += chosen[i].json;
        }
        out += m_mapping.asList ? ']' : '}';
        out += m_mapping.wrap.isEmpty() ? "" : "}";
        return out;
    }

    /// A cell of text as JSON: by its column's type, else by what it looks like.
    [[nodiscard]] QByteArray cell(const QByteArray &column, const QByteArray &text, bool wasQuoted) const
    {
        const QString type = m_mapping.types.value(QString::fromUtf8(column));
        const QByteArray plain = text.trimmed();
        const bool isNumber =
            !plain.isEmpty() && (plain[0] == '-' || (plain[0] >= '0' && plain[0] <= '9')) && firstJsonError(plain) < 0;
        if (isNumber && (type == u"number" || (type.isEmpty() && !wasQuoted)))
            return plain;
        const QByteArray lower = plain.toLower();
        const bool isTruth = lower == "true" || lower == "false";
        if (isTruth && (type == u"boolean" || (type.isEmpty() && !wasQuoted)))
            return lower;
        if (text.isEmpty() && !wasQuoted && type != u"string")
            return "null";
        QByteArray out;
        appendJsonString(out, text);
        return out;
    }

private:
    [[nodiscard]] QByteArray renamed(const QByteArray &name) const
    {
        const auto found = m_mapping.rename.constFind(QString::fromUtf8(name));
        return found == m_mapping.rename.constEnd() ? name : found.value().toUtf8();
    }

    const InputMapping &m_mapping;
};

/// What both forms share: from a row to an exchange, and the counting.
class RowSink
{
public:
    RowSink(const ExchangeConsumer &consumer, const ImportOptions &options, const QString &format)
        : m_consumer(consumer)
        , m_options(options)
        , m_maker(options.mapping)
    {
        summary.format = format;
        summary.hasTimes = false;
    }

    /// False when the consumer has had enough.
    bool take(const std::vector<Value> &row, int line)
    {
        const auto body = m_maker.body(row);
        if (!body) {
            skip({kMissingField, {{u"field"_s, body.error()}}, {}, {}}, line);
            return true;
        }
        Exchange exchange;
        exchange.endpoint = m_options.endpoint;
        exchange.method = "POST";
        exchange.target = m_options.defaultTarget();
        exchange.headers = {{"content-type", "application/json"}};
        exchange.body = Body::whole(*body);
        ++summary.read;
        summary.wasStopped = m_options.stop.stop_requested() || !m_consumer(std::move(exchange));
        return !summary.wasStopped;
    }

    void skip(Error reason, int line)
    {
        reason.where = {m_options.file, line, 0};
        summary.skip(std::move(reason));
    }

    [[nodiscard]] const BodyMaker &maker() const { return m_maker; }

    ImportSummary summary;

private:
    const ExchangeConsumer &m_consumer;
    const ImportOptions &m_options;
    BodyMaker m_maker;
};

bool readMembers(od::parser &parser, QByteArrayView line, std::vector<Value> &row)
{
    const auto size = static_cast<std::size_t>(line.size());
    od::document document;
    od::object object;
    if (firstJsonError(line) >= 0 ||
        parser.iterate(line.data(), size, size + simdjson::SIMDJSON_PADDING).get(document) != simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS)
        return false;
    for (auto item : object) {
        od::field field;
        std::string_view key;
        if (std::move(item).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
            return false;
        Value value{QByteArray(key.data(), static_cast<qsizetype>(key.size())), {}};
        od::value content = field.value();
        std::string_view text = content.raw_json_token();
        if (text.starts_with('{')) {
            od::object inner;
            if (content.get_object().get(inner) != simdjson::SUCCESS || inner.raw_json().get(text) != simdjson::SUCCESS)
                return false;
        } else if (text.starts_with('[')) {
            od::array inner;
            if (content.get_array().get(inner) != simdjson::SUCCESS || inner.raw_json().get(text) != simdjson::SUCCESS)
                return false;
        }
        value.json = QByteArray(text.data(), static_cast<qsizetype>(text.size())).trimmed();
        row.push_back(std::move(value));
    }
    return true;
}

} // namespace

int detectCsv(QByteArrayView head, const QString &fileName)
{
    const QByteArrayView first = head.first(std::min<qsizetype>(head.size(), 4096));
    if (first.isEmpty() || first.contains('\0') || first.startsWith('{') || first.startsWith('['))
        return 0;
    const bool isNamed =
        fileName.endsWith(u".csv", Qt::CaseInsensitive) || fileName.endsWith(u".tsv", Qt::CaseInsensitive);
    if (csvSeparatorOf(first) == 0)
        return isNamed ? 20 : 0;
    return isNamed ? 60 : head.contains('\n') ? 12 : 0;
}

Result<ImportSummary> readCsv(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    RowSink sink(consumer, options, u"csv"_s);
    const char separator = csvSeparatorOf(device.peek(4096));
    CsvReader reader(device, separator == 0 ? ',' : separator, kMaxRowBytes);
    QByteArrayList columns;
    int seen = 0;
    for (CsvReader::Next next = reader.next(); next != CsvReader::Next::End; next = reader.next()) {
        if (++seen % 512 == 0)
            reportProgress(device, options);
        const QByteArrayList &fields = reader.fields();
        if (fields.size() == 1 && fields.first().isEmpty())
            continue;
        if (next != CsvReader::Next::Record) {
            const bool isLarge = next == CsvReader::Next::TooLarge;
            sink.skip(isLarge ? Error{kRecordTooLarge, {{u"limit"_s, kMaxRowBytes}}, {}, {}}
                              : Error{kTruncatedInput, {}, {}, {}},
                      reader.line());
            continue;
        }
        if (columns.isEmpty()) {
            for (const QByteArray &field : fields)
                columns.append(field.trimmed());
            continue;
        }
        if (fields.size() != columns.size()) {
            sink.skip(
                {kBadField, {{u"field"_s, u"row"_s}, {u"expected"_s, u"%1 columns"_s.arg(columns.size())}}, {}, {}},
                reader.line());
            continue;
        }
        std::vector<Value> row;
        for (qsizetype i = 0; i < fields.size(); ++i)
            row.push_back({columns[i], sink.maker().cell(columns[i], fields[i], reader.wasQuoted(i))});
        if (!sink.take(row, reader.line()))
            return sink.summary;
    }
    noteEndOf(device, options, sink.summary);
    reportProgress(device, options);
    return sink.summary;
}

Result<ImportSummary> readInputs(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    RowSink sink(consumer, options, u"inputs"_s);
    od::parser parser;
    LineReader lines(device);
    for (LineReader::Next next = lines.next(); next != LineReader::Next::End; next = lines.next()) {
        if (lines.number() % 512 == 0)
            reportProgress(device, options);
        std::vector<Value> row;
        if (next == LineReader::Next::TooLong)
            sink.skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}}, lines.number());
        else if (lines.line().trimmed().isEmpty())
            continue;
        else if (!readMembers(parser, lines.line(), row))
            sink.skip({lines.isTerminated() ? kBadJson : kTruncatedInput, {}, {}, u"no object"_s}, lines.number());
        else if (!sink.take(row, lines.number()))
            return sink.summary;
    }
    noteEndOf(device, options, sink.summary);
    reportProgress(device, options);
    return sink.summary;
}

/// Never by content: a line of inputs looks like a request body, which is what it is taken for.
int detectInputs(QByteArrayView, const QString &)
{
    return 0;
}

} // namespace parallax::traffic
