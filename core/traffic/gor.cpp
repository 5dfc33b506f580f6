// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// GoReplay's recordings, after its protocol.go, input_file.go and output_file.go: a line `type id time latency`, the
// message as it was on the wire, a separator. Type 1 is a request, 2 its answer, 3 the answer of a replay.
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/linereader.h"
#include "traffic/messagetext.h"
#include "traffic/timesorter.h"

#include <QCryptographicHash>

#include <list>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr const char *kSeparator = "\n\xf0\x9f\x90\xb5\xf0\x9f\x99\x88\xf0\x9f\x99\x89\n";
constexpr QByteArrayView kMonkeys = "\xf0\x9f\x90\xb5\xf0\x9f\x99\x88\xf0\x9f\x99\x89";
constexpr std::size_t kMostOpen = 10'000;
constexpr qint64 kOpenBytes = 32 * 1024 * 1024;
constexpr qint64 kBufferBytes = 256 * 1024;

struct RecordHead
{
    int type = 0;
    QByteArray id;
    qint64 time = 0;
    qint64 latency = -1; ///< old files have none
};

bool parseHead(QByteArrayView line, RecordHead &head)
{
    const QByteArrayList fields = line.toByteArray().trimmed().split(' ');
    if (fields.size() < 3 || fields[0].size() != 1)
        return false;
    head.type = fields[0][0] - '0';
    head.id = fields[1];
    bool ok = false;
    head.time = fields[2].toLongLong(&ok);
    ok = ok && head.time >= 0;
    if (fields.size() > 3)
        head.latency = fields[3].toLongLong();
    return ok && head.type >= 1 && head.type <= 3 && !head.id.isEmpty();
}

class GorReader
{
public:
    GorReader(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
        : m_device(device)
        , m_options(options)
        , m_consumer(consumer)
        , m_sorter(m_counting)
        , m_records(device, kMaxRecordBytes, kSeparator)
    {
        m_summary.format = u"gor"_s;
    }

    Result<ImportSummary> run()
    {
        for (LineReader::Next next = m_records.next(); next != LineReader::Next::End; next = m_records.next()) {
            if (m_options.stop.stop_requested()) {
                m_summary.wasStopped = true;
                return m_summary;
            }
            if (m_records.number() % 256 == 0)
                reportProgress(m_device, m_options);
            if (next == LineReader::Next::TooLong)
                skip({kRecordTooLarge, {{u"limit"_s, kMaxRecordBytes}}, {}, {}});
            else if (!take(m_records.line()))
                return m_summary;
            m_line += static_cast<int>(std::count(m_records.line().begin(), m_records.line().end(), '\n')) + 2;
        }
        while (!m_open.empty()) {
            if (!settleOldest())
                return m_summary;
        }
        if (m_sorter.flush()) {
            noteEndOf(m_device, m_options, m_summary);
            reportProgress(m_device, m_options);
        }
        return m_summary;
    }

private:
    /// One id: its request and the answers, in whatever order they come.
    struct Open
    {
        QByteArray id;
        std::optional<Exchange> request;
        std::vector<Reply> answers;
        int line = 0;
        qint64 bytes = 0;
    };
    using OpenList = std::list<Open>;

    void skip(Error reason)
    {
        reason.where = {m_options.file, m_line, 0};
        m_summary.skip(std::move(reason));
    }

    void skipBadRecord(const QString &what) { skip({kBadMessage, {{u"what"_s, what}}, {}, {}}); }

    bool take(QByteArrayView record)
    {
        if (record.trimmed().isEmpty())
            return true;
        const qsizetype end = record.indexOf('\n');
        RecordHead head;
        if (end < 0 || !parseHead(record.first(end), head)) {
            skipBadRecord(QString::fromUtf8(record.first(std::min<qsizetype>(std::max<qsizetype>(end, 0), 60))));
            return true;
        }
        Result<RecordedMessage> message = parseRecordedMessage(record.sliced(end + 1));
        if (!message || (head.type == 1) != (message->status == 0)) {
            if (!message)
                skip(message.error());
            else
                skipBadRecord(u"type %1"_s.arg(head.type));
            return true;
        }
        Open &open = find(head);
        open.bytes += record.size();
        m_openBytes += record.size();
        if (head.type == 1)
            open.request = request(head, *std::move(message));
        else
            open.answers.push_back(answer(head, *std::move(message)));
        while (m_open.size() > kMostOpen || m_openBytes > kOpenBytes) {
            if (!settleOldest())
                return false;
        }
        return true;
    }

    /// A second request with the same id is another exchange.
    Open &find(const RecordHead &head)
    {
        const auto known = m_byId.constFind(head.id);
        if (known != m_byId.constEnd() && (head.type != 1 || !known.value()->request))
            return *known.value();
        m_open.push_back({head.id, {}, {}, m_line, 0});
        m_byId.insert(head.id, std::prev(m_open.end()));
        return m_open.back();
    }

    Exchange request(const RecordHead &head, RecordedMessage message) const
    {
        Exchange exchange;
        exchange.arrival = WallTime(Nanoseconds(head.time));
        exchange.endpoint = m_options.endpoint;
        exchange.method = std::move(message.method);
        const SplitUrl url = splitUrl(message.target);
        exchange.target = url.target;
        exchange.headers = std::move(message.headers);
        if (!url.authority.isEmpty() && !exchange.headers.contains("host"))
            exchange.headers.append("Host", url.authority);
        exchange.body = Body::whole(std::move(message.body));
        return exchange;
    }

    static Reply answer(const RecordHead &head, RecordedMessage message)
    {
        Reply reply;
        reply.role = head.type == 2 ? Role::Primary : Role::Mirror;
        reply.name = head.type == 2 ? u"primary"_s : u"replay"_s;
        reply.state = AnswerState::Complete;
        reply.status = message.status;
        reply.headers = std::move(message.headers);
        reply.body = Body::whole(std::move(message.body));
        if (head.latency > 0)
            reply.timings = {Nanoseconds(0), Nanoseconds(0), Nanoseconds(-1), Nanoseconds(head.latency)};
        reply.timings.firstByte = Nanoseconds(head.time); // of the day; made relative when its request is known
        return reply;
    }

    bool settleOldest()
    {
        Open open = std::move(m_open.front());
        const auto known = m_byId.constFind(open.id);
        if (known != m_byId.constEnd() && known.value() == m_open.begin())
            m_byId.erase(known);
        m_open.pop_front();
        m_openBytes -= open.bytes;
        if (!open.request) {
            Error reason{kNoRequest, {{u"what"_s, QString::fromLatin1(open.id)}}, {m_options.file, open.line, 0}, {}};
            m_summary.skip(std::move(reason));
            return true;
        }
        Exchange exchange = *std::move(open.request);
        for (Reply &reply : open.answers) {
            const Nanoseconds started = reply.timings.firstByte - exchange.arrival->time_since_epoch();
            reply.timings.firstByte = Nanoseconds(-1);
            if (started.count() >= 0 && reply.timings.done.count() < 0)
                reply.timings.done = started; // old files: the answer's own time is all there is
            if (reply.role == Role::Primary && exchange.primary.state == AnswerState::Pending)
                exchange.primary = std::move(reply);
            else if (reply.role == Role::Mirror)
                exchange.mirrors.push_back(std::move(reply));
        }
        return m_sorter.push(std::move(exchange));
    }

    QIODevice &m_device;
    const ImportOptions &m_options;
    const ExchangeConsumer &m_consumer;
    ImportSummary m_summary;
    ExchangeConsumer m_counting = [this](Exchange &&exchange) {
        ++m_summary.read;
        m_summary.wasStopped = !m_consumer(std::move(exchange));
        return !m_summary.wasStopped;
    };
    TimeSorter m_sorter;
    LineReader m_records;
    OpenList m_open;
    QHash<QByteArray, OpenList::iterator> m_byId;
    qint64 m_openBytes = 0;
    int m_line = 1;
};

class GorWriter final : public ExportWriter
{
public:
    explicit GorWriter(QIODevice &device)
        : m_device(device)
    {}

    Status write(const Exchange &exchange) override
    {
        const qsizetype before = m_out.size();
        const qint64 time = exchange.arrival ? exchange.arrival->time_since_epoch().count() : 0;
        // 24 hexadecimal digits, the same for a request and its answers
        const QByteArray seed = QByteArray::number(exchange.id.value) + '/' + QByteArray::number(++m_count);
        const QByteArray id = QCryptographicHash::hash(seed, QCryptographicHash::Sha1).toHex().left(24);
        append(1, id, time, 0, exchange.method + ' ' + exchange.target + " HTTP/1.1\r\n", exchange.headers,
               exchange.body);
        if (exchange.primary.state == AnswerState::Complete)
            appendAnswer(2, id, time, exchange.primary);
        for (const Reply &mirror : exchange.mirrors) {
            if (mirror.state == AnswerState::Complete)
                appendAnswer(3, id, time, mirror);
        }
        // GoReplay's reader would end the record at a body's own line of monkeys.
        if (m_hasSeparator || exchange.body.isTruncated) {
            m_out.truncate(before);
            const bool isCut = !std::exchange(m_hasSeparator, false);
            return fail(kNotExportable,
                        {{u"id"_s, exchange.id.value},
                         {u"what"_s, isCut ? u"its body was not recorded whole"_s : u"a body has the separator"_s}});
        }
        return m_out.size() < kBufferBytes ? Status() : finish();
    }

    Status finish() override
    {
        const Status done = writeAll(m_device, m_out);
        m_out.clear();
        return done;
    }

private:
    void appendAnswer(int type, const QByteArray &id, qint64 time, const Reply &reply)
    {
        const qint64 latency = std::max<qint64>(reply.timings.done.count(), 0);
        append(type, id, time + latency, latency, "HTTP/1.1 " + QByteArray::number(reply.status) + " \r\n",
               reply.headers, reply.body);
    }

    void append(int type, const QByteArray &id, qint64 time, qint64 latency, const QByteArray &start,
                const http::Headers &headers, const Body &body)
    {
        m_out += QByteArray::number(type) + ' ' + id + ' ' + QByteArray::number(time) + ' ' +
                 QByteArray::number(latency) + '\n' + start;
        bool hasLength = false;
        for (const http::Header &field : headers) {
            const QByteArray name = field.name.toLower();
            if (name == "transfer-encoding")
                continue;
            hasLength = hasLength || name == "content-length";
            m_out += field.name + ": " +
                     (name == "content-length" ? QByteArray::number(body.bytes.size()) : field.value) + "\r\n";
        }
        if (!hasLength && !body.bytes.isEmpty())
            m_out += "Content-Length: " + QByteArray::number(body.bytes.size()) + "\r\n";
        m_out += "\r\n" + body.bytes;
        m_hasSeparator = m_hasSeparator || body.bytes.contains(QByteArray(kSeparator).mid(1));
        m_out += kSeparator;
    }

    QIODevice &m_device;
    QByteArray m_out;
    quint64 m_count = 0;
    bool m_hasSeparator = false;
};

} // namespace

int detectGor(QByteArrayView head, const QString &)
{
    const qsizetype end = head.indexOf('\n');
    RecordHead record;
    if (end < 0 || end > 200 || !parseHead(head.first(end), record))
        return 0;
    return head.indexOf(kMonkeys) > 0 ? 98 : 70;
}

Result<ImportSummary> readGor(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    return GorReader(device, consumer, options).run();
}

std::unique_ptr<ExportWriter> makeGorWriter(QIODevice &device, const ExportOptions &)
{
    return std::make_unique<GorWriter>(device);
}

} // namespace parallax::traffic
