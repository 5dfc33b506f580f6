// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/requestlist.h"

#include "replay/errors.h"

#include <QDataStream>
#include <QDir>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

qint64 bytesOf(const http::Headers &headers)
{
    qint64 bytes = 0;
    for (const http::Header &header : headers)
        bytes += 64 + header.name.size() + header.value.size();
    return bytes;
}

/// What a request takes in memory, roughly: its own size, its texts and the allocator's overhead.
qint64 bytesOf(const traffic::Exchange &request)
{
    qint64 bytes = static_cast<qint64>(sizeof(traffic::Exchange)) + 128 + request.target.size() +
                   request.body.bytes.size() + bytesOf(request.headers);
    if (request.recorded)
        bytes += request.recorded->body.bytes.size() + bytesOf(request.recorded->headers);
    return bytes;
}

void write(QDataStream &out, const http::Headers &headers)
{
    out << static_cast<quint32>(headers.size());
    for (const http::Header &header : headers)
        out << header.name << header.value;
}

void read(QDataStream &in, http::Headers &headers)
{
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        QByteArray name;
        QByteArray value;
        in >> name >> value;
        headers.append(std::move(name), std::move(value));
    }
}

void write(QDataStream &out, const traffic::Body &body)
{
    out << body.bytes << body.length << body.isTruncated << body.sha256;
}

void read(QDataStream &in, traffic::Body &body)
{
    in >> body.bytes >> body.length >> body.isTruncated >> body.sha256;
}

void write(QDataStream &out, const traffic::Reply &reply)
{
    out << reply.name << static_cast<qint32>(reply.role) << reply.deployment << reply.branch << reply.version
        << reply.url << static_cast<qint32>(reply.state) << static_cast<qint32>(reply.dropReason) << reply.failure
        << reply.status;
    write(out, reply.headers);
    write(out, reply.body);
    const traffic::Timings &t = reply.timings;
    out << qint64(t.queued.count()) << qint64(t.sent.count()) << qint64(t.firstByte.count()) << qint64(t.done.count());
}

void read(QDataStream &in, traffic::Reply &reply)
{
    qint32 role = 0;
    qint32 state = 0;
    qint32 reason = 0;
    in >> reply.name >> role >> reply.deployment >> reply.branch >> reply.version >> reply.url >> state >> reason >>
        reply.failure >> reply.status;
    reply.role = static_cast<traffic::Role>(role);
    reply.state = static_cast<traffic::AnswerState>(state);
    reply.dropReason = static_cast<traffic::DropReason>(reason);
    read(in, reply.headers);
    read(in, reply.body);
    for (Nanoseconds *moment :
         {&reply.timings.queued, &reply.timings.sent, &reply.timings.firstByte, &reply.timings.done}) {
        qint64 nanos = -1;
        in >> nanos;
        *moment = Nanoseconds(nanos);
    }
}

} // namespace

RequestList::RequestList(qint64 memoryBudget)
    : m_memoryLeft(memoryBudget)
{}

RequestList::~RequestList() = default;

Status RequestList::append(const traffic::ExchangePtr &request)
{
    if (m_offsets.empty()) {
        m_memoryLeft -= bytesOf(*request);
        if (m_memoryLeft >= 0) {
            m_inMemory.push_back(request);
            return {};
        }
    }
    return spool(*request);
}

Status RequestList::spool(const traffic::Exchange &request)
{
    if (!m_file) {
        m_file = std::make_unique<QTemporaryFile>(QDir::tempPath() + u"/parallax-replay-XXXXXX"_s);
        if (!m_file->open())
            return fail(kSpoolFailed, {}, m_file->errorString());
    }
    QByteArray record;
    QDataStream out(&record, QIODevice::WriteOnly);
    out << quint64(request.id.value) << request.endpoint << request.method << request.target << request.session
        << request.tags << request.note;
    write(out, request.headers);
    write(out, request.body);
    out << request.recorded.has_value();
    if (request.recorded)
        write(out, *request.recorded);
    const auto length = static_cast<quint32>(record.size());
    if (m_file->write(reinterpret_cast<const char *>(&length), sizeof length) != sizeof length ||
        m_file->write(record) != record.size())
        return fail(kSpoolFailed, {}, m_file->errorString());
    m_offsets.push_back(m_end);
    m_end += sizeof length + length;
    return {};
}

traffic::ExchangePtr RequestList::at(qint64 index)
{
    if (index < 0 || index >= size())
        return {};
    const std::size_t place =
        m_order.empty() ? static_cast<std::size_t>(index) : m_order[static_cast<std::size_t>(index)];
    if (place < m_inMemory.size())
        return m_inMemory[place];
    return readBack(m_offsets[place - m_inMemory.size()]);
}

traffic::ExchangePtr RequestList::readBack(quint64 offset)
{
    quint32 length = 0;
    if (m_file->pos() != static_cast<qint64>(offset) && !m_file->seek(static_cast<qint64>(offset)))
        return {};
    if (m_file->read(reinterpret_cast<char *>(&length), sizeof length) != sizeof length || length > m_end)
        return {};
    const QByteArray record = m_file->read(length);
    QDataStream in(record);
    auto request = std::make_shared<traffic::Exchange>();
    quint64 id = 0;
    in >> id >> request->endpoint >> request->method >> request->target >> request->session >> request->tags >>
        request->note;
    request->id.value = id;
    read(in, request->headers);
    read(in, request->body);
    bool hasRecorded = false;
    in >> hasRecorded;
    if (hasRecorded)
        read(in, request->recorded.emplace());
    return in.status() == QDataStream::Ok ? request : nullptr;
}

} // namespace parallax::replay
