// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/payload.h"

#include "http/fieldnames.h"

#include <QtEndian>

namespace parallax::traffic {

namespace {

constexpr char kVersion = 1;
constexpr quint8 kPrimarySlot = 0;
constexpr quint8 kRecordedSlot = 255;
constexpr std::size_t kMostMirrors = 254;
constexpr qsizetype kHashSize = 32;

enum BodyKind : quint8 {
    Inline = 0,          // bytes
    Stored = 1,          // row of table body
    TruncatedInline = 2, // whole length, SHA-256, bytes
    TruncatedStored = 3, // whole length, SHA-256, row
};

enum ReplyFlag : quint8 { CredentialsRemoved = 1 };

class Writer
{
public:
    Writer(std::string &out, const BodyStore &store)
        : m_out(out)
        , m_store(store)
    {}

    void byte(quint8 value) { m_out.push_back(static_cast<char>(value)); }

    void number(quint64 value)
    {
        while (value >= 0x80) {
            byte(static_cast<quint8>(value | 0x80U));
            value >>= 7U;
        }
        byte(static_cast<quint8>(value));
    }

    void time(Nanoseconds moment) // zigzag, so that -1 = not reached takes one byte
    {
        const auto value = static_cast<qint64>(moment.count());
        number((static_cast<quint64>(value) << 1U) ^ static_cast<quint64>(value >> 63));
    }

    void bytes(QByteArrayView value)
    {
        number(static_cast<quint64>(value.size()));
        m_out.append(value.data(), static_cast<std::size_t>(value.size()));
    }

    void text(const QString &value)
    {
        const auto size = static_cast<std::size_t>(value.size());
        const QChar *units = value.constData();
        unsigned any = 0;
        for (std::size_t i = 0; i < size; ++i)
            any |= units[i].unicode();
        if (any >= 0x80)
            return bytes(value.toUtf8());
        number(size);
        const std::size_t start = m_out.size();
        m_out.resize(start + size);
        char *place = m_out.data() + start;
        for (std::size_t i = 0; i < size; ++i)
            place[i] = static_cast<char>(units[i].unicode());
    }

    void headers(const http::Headers &headers)
    {
        number(headers.size());
        for (const http::Header &field : headers) {
            bytes(field.name);
            bytes(field.value);
        }
    }

    void body(const Body &body)
    {
        const std::optional<qint64> row = m_store ? m_store(body.bytes) : std::nullopt;
        byte(static_cast<quint8>((row ? Stored : Inline) + (body.isTruncated ? TruncatedInline : Inline)));
        if (body.isTruncated) {
            number(static_cast<quint64>(body.length));
            const QByteArray hash = body.sha256.leftJustified(kHashSize, '\0', true);
            m_out.append(hash.constData(), static_cast<std::size_t>(kHashSize));
        }
        if (row)
            number(static_cast<quint64>(*row));
        else
            bytes(body.bytes);
    }

    void reply(const Reply &reply)
    {
        text(reply.url);
        text(reply.failure);
        byte(reply.credentialsRemoved ? CredentialsRemoved : 0);
        time(reply.timings.queued);
        time(reply.timings.sent);
        time(reply.timings.firstByte);
        headers(reply.headers);
        body(reply.body);
    }

    /// What columns have for the other answers.
    void recordedColumns(const Reply &reply)
    {
        text(reply.name);
        text(reply.deployment);
        text(reply.branch);
        text(reply.version);
        byte(static_cast<quint8>(reply.state));
        byte(static_cast<quint8>(reply.dropReason));
        number(static_cast<quint64>(reply.status));
        time(reply.timings.done);
    }

private:
    std::string &m_out;
    const BodyStore &m_store;
};

/// Reads what Writer wrote. After the first damage everything is empty and isDamaged() holds: callers check once.
class Reader
{
public:
    Reader(QByteArrayView in, const BodyFetch &fetch, std::vector<qint64> *rows = nullptr)
        : m_in(in)
        , m_fetch(fetch)
        , m_rows(rows)
    {}

    [[nodiscard]] bool isDamaged() const { return m_isDamaged; }
    [[nodiscard]] bool isAtEnd() const { return m_in.isEmpty(); }

    quint8 byte()
    {
        if (m_in.isEmpty()) {
            damaged();
            return 0;
        }
        const auto value = static_cast<quint8>(m_in.front());
        m_in = m_in.sliced(1);
        return value;
    }

    quint64 number()
    {
        quint64 value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const quint8 next = byte();
            value |= static_cast<quint64>(next & 0x7fU) << shift;
            if ((next & 0x80U) == 0)
                return value;
        }
        damaged();
        return 0;
    }

    Nanoseconds time()
    {
        const quint64 value = number();
        return Nanoseconds(static_cast<qint64>(value >> 1U) ^ -static_cast<qint64>(value & 1U));
    }

    QByteArrayView view()
    {
        const quint64 size = number();
        if (size > static_cast<quint64>(m_in.size())) {
            damaged();
            return {};
        }
        const QByteArrayView value = m_in.first(static_cast<qsizetype>(size));
        m_in = m_in.sliced(static_cast<qsizetype>(size));
        return value;
    }

    QByteArray bytes() { return view().toByteArray(); }
    QString text() { return QString::fromUtf8(view()); }

    http::Headers headers()
    {
        http::Headers headers;
        const quint64 count = number();
        headers.reserve(static_cast<std::size_t>(std::min<quint64>(count, 256)));
        for (quint64 i = 0; i < count && !m_isDamaged; ++i) {
            QByteArray name = http::fieldName(view());
            headers.append(std::move(name), http::fieldValue(view()));
        }
        return headers;
    }

    Body body()
    {
        Body body;
        const quint8 kind = byte();
        body.isTruncated = kind >= TruncatedInline;
        if (body.isTruncated) {
            body.length = static_cast<qint64>(number());
            if (m_in.size() < kHashSize)
                damaged();
            else {
                body.sha256 = m_in.first(kHashSize).toByteArray();
                m_in = m_in.sliced(kHashSize);
            }
        }
        if (kind == Stored || kind == TruncatedStored)
            fetch(static_cast<qint64>(number()), body);
        else
            body.bytes = bytes();
        if (!body.isTruncated)
            body.length = body.bytes.size();
        return body;
    }

    void reply(Reply &reply)
    {
        reply.url = text();
        reply.failure = text();
        reply.credentialsRemoved = (byte() & CredentialsRemoved) != 0;
        reply.timings.queued = time();
        reply.timings.sent = time();
        reply.timings.firstByte = time();
        reply.headers = headers();
        reply.body = body();
    }

    void recordedColumns(Reply &reply)
    {
        reply.name = text();
        reply.deployment = text();
        reply.branch = text();
        reply.version = text();
        reply.state = static_cast<AnswerState>(std::min<quint8>(byte(), static_cast<quint8>(AnswerState::Dropped)));
        reply.dropReason =
            static_cast<DropReason>(std::min<quint8>(byte(), static_cast<quint8>(DropReason::Interrupted)));
        reply.status = static_cast<int>(number());
        reply.timings.done = time();
    }

private:
    void damaged()
    {
        m_isDamaged = true;
        m_in = {};
    }

    void fetch(qint64 row, Body &body)
    {
        if (m_rows != nullptr) {
            m_rows->push_back(row);
            return;
        }
        std::optional<QByteArray> found = m_fetch ? m_fetch(row) : std::nullopt;
        if (found)
            body.bytes = std::move(*found);
        else
            damaged();
    }

    QByteArrayView m_in;
    const BodyFetch &m_fetch;
    std::vector<qint64> *m_rows;
    bool m_isDamaged = false;
};

bool readExchange(Reader &in, Exchange &exchange)
{
    if (in.byte() != static_cast<quint8>(kVersion))
        return false;
    exchange.intended = in.time();
    exchange.started = in.time();
    exchange.headers = in.headers();
    exchange.body = in.body();
    while (!in.isAtEnd() && !in.isDamaged()) {
        const quint8 slot = in.byte();
        if (slot == kPrimarySlot) {
            in.reply(exchange.primary);
        } else if (slot == kRecordedSlot) {
            Reply recorded;
            in.recordedColumns(recorded);
            in.reply(recorded);
            exchange.recorded = std::move(recorded);
        } else if (slot <= exchange.mirrors.size()) {
            in.reply(exchange.mirrors[slot - 1U]);
        } else {
            Reply unknown; // its row is gone; what is left is still worth reading
            in.reply(unknown);
        }
    }
    return !in.isDamaged();
}

} // namespace

void encodeExchange(const Exchange &exchange, std::string &out, const BodyStore &store)
{
    Writer writer(out, store);
    writer.byte(static_cast<quint8>(kVersion));
    writer.time(exchange.intended);
    writer.time(exchange.started);
    writer.headers(exchange.headers);
    writer.body(exchange.body);
    writer.byte(kPrimarySlot);
    writer.reply(exchange.primary);
    for (std::size_t i = 0; i < std::min(exchange.mirrors.size(), kMostMirrors); ++i) {
        if (exchange.mirrors[i].state == AnswerState::Pending)
            continue;
        writer.byte(static_cast<quint8>(i + 1));
        writer.reply(exchange.mirrors[i]);
    }
    if (exchange.recorded) {
        writer.byte(kRecordedSlot);
        writer.recordedColumns(*exchange.recorded);
        writer.reply(*exchange.recorded);
    }
}

void encodeReply(const Reply &reply, std::string &out, const BodyStore &store)
{
    Writer writer(out, store);
    writer.byte(static_cast<quint8>(kVersion));
    writer.reply(reply);
}

bool decodeExchange(QByteArrayView payload, Exchange &exchange, const BodyFetch &fetch)
{
    Reader in(payload, fetch);
    return readExchange(in, exchange);
}

bool decodeReply(QByteArrayView payload, Reply &reply, const BodyFetch &fetch)
{
    Reader in(payload, fetch);
    if (in.byte() != static_cast<quint8>(kVersion))
        return false;
    in.reply(reply);
    return !in.isDamaged();
}

bool bodiesOf(QByteArrayView payload, bool isWholeExchange, std::vector<qint64> &rows)
{
    const BodyFetch none;
    Reader in(payload, none, &rows);
    if (isWholeExchange) {
        Exchange ignored;
        return readExchange(in, ignored);
    }
    if (in.byte() != static_cast<quint8>(kVersion))
        return false;
    Reply ignored;
    in.reply(ignored);
    return !in.isDamaged();
}

} // namespace parallax::traffic
