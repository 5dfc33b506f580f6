// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of Modelbit logs: a webhook's body, a list of logs, or either of them line by line.
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/jsonitems.h"
#include "traffic/jsontext.h"
#include "traffic/linereader.h"
#include "traffic/modelbitlogs.h"
#include "traffic/timesorter.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

class ModelbitReader
{
public:
    ModelbitReader(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
        : m_device(device)
        , m_consumer(consumer)
        , m_options(options)
        , m_sorter(m_counting)
        , m_joiner(options)
    {
        m_summary.format = u"modelbit"_s;
    }

    Result<ImportSummary> run()
    {
        const bool goesOn = hasLines(m_device.peek(kDetectBytes)) ? readLines() : readDocument();
        if (m_error)
            return fail(*m_error);
        if (goesOn && drain(true) && m_sorter.flush()) {
            noteEndOf(m_device, m_options, m_summary);
            reportProgress(m_device, m_options);
        }
        return m_summary;
    }

private:
    /// One log, or one webhook body, a line.
    static bool hasLines(const QByteArray &head)
    {
        const qsizetype end = head.indexOf('\n');
        return head.startsWith('{') && (end < 0 || firstJsonError(QByteArrayView(head).first(end)) < 0);
    }

    void skip(Error reason, int line)
    {
        reason.where = {m_options.file, line, 0};
        m_summary.skip(std::move(reason));
    }

    bool drain(bool isEnd)
    {
        while (std::optional<Exchange> exchange = m_joiner.take(isEnd, m_summary)) {
            if (!m_sorter.push(*std::move(exchange)))
                return false;
        }
        if (++m_seen % 256 == 0)
            reportProgress(m_device, m_options);
        if (m_options.stop.stop_requested())
            m_summary.wasStopped = true;
        return !m_summary.wasStopped;
    }

    bool readLines()
    {
        LineReader lines(m_device);
        for (LineReader::Next next = lines.next(); next != LineReader::Next::End; next = lines.next()) {
            const QByteArrayView line = lines.line();
            if (line.trimmed().isEmpty() && next == LineReader::Next::Line)
                continue;
            if (next == LineReader::Next::TooLong)
                skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}}, lines.number());
            else if (Status added = addLine(line); !added)
                skip(added.error(), lines.number());
            if (!drain(false))
                return false;
        }
        return true;
    }

    Status addLine(QByteArrayView line)
    {
        if (line.indexOf("\"deploymentName\"") >= 0 && !line.trimmed().startsWith("{\"data\""))
            return m_joiner.add(line);
        const Result<int> taken = m_joiner.addWebhook(line.toByteArray(), m_summary);
        return taken ? Status() : tl::unexpected(taken.error());
    }

    bool readDocument()
    {
        const bool isList = m_device.peek(64).trimmed().startsWith('[');
        JsonItems items(m_device, isList ? QByteArrayList() : QByteArrayList{"data"});
        for (;;) {
            const JsonItems::Next next = items.next();
            if (next == JsonItems::Next::End)
                return true;
            if (next == JsonItems::Next::Missing) {
                m_error =
                    Error{kWrongFormat, {{u"format"_s, u"Modelbit"_s}, {u"what"_s, u"data"_s}}, {m_options.file}, {}};
                return false;
            }
            if (next == JsonItems::Next::Broken) {
                skip({kTruncatedInput, {}, {}, {}}, items.line());
                return true;
            }
            if (next == JsonItems::Next::TooLarge)
                skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}}, items.line());
            else if (Status added = m_joiner.add(items.item()); !added)
                skip(added.error(), items.line());
            if (!drain(false))
                return false;
        }
    }

    QIODevice &m_device;
    const ExchangeConsumer &m_consumer;
    const ImportOptions &m_options;
    ImportSummary m_summary;
    ExchangeConsumer m_counting = [this](Exchange &&exchange) {
        ++m_summary.read;
        m_summary.hasTimes = m_summary.hasTimes && exchange.arrival.has_value();
        m_summary.wasStopped = !m_consumer(std::move(exchange));
        return !m_summary.wasStopped;
    };
    TimeSorter m_sorter;
    ModelbitJoiner m_joiner;
    std::optional<Error> m_error;
    qint64 m_seen = 0;
};

} // namespace

int detectModelbit(QByteArrayView head, const QString &)
{
    const QByteArray start = head.first(std::min<qsizetype>(head.size(), 16)).toByteArray().trimmed();
    if (!start.startsWith('{') && !start.startsWith('['))
        return 0;
    if (head.indexOf("\"deploymentName\"") < 0)
        return 0;
    return head.indexOf("\"batchStartTs\"") >= 0 || head.indexOf("\"results\"") >= 0 ? 92 : 40;
}

Result<ImportSummary> readModelbit(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    return ModelbitReader(device, consumer, options).run();
}

} // namespace parallax::traffic
