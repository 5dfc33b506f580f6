// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/requestlist.h"

#include "http/fieldnames.h"
#include "replay/errors.h"
#include "traffic/payload.h"

#include <QDir>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr qsizetype kChunk = 1024 * 1024;

constexpr std::size_t kHeaderSets = 8;

using Length = quint32;

void put(std::string &out, Length number)
{
    out.append(reinterpret_cast<const char *>(&number), sizeof number);
}

void put(std::string &out, QByteArrayView bytes)
{
    put(out, static_cast<Length>(bytes.size()));
    out.append(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

void putText(std::string &out, const QString &text)
{
    put(out, text.isEmpty() ? QByteArrayView() : QByteArrayView(text.toUtf8()));
}

/// Reads what was put; nothing but this list writes it.
class Taker
{
public:
    explicit Taker(QByteArrayView in)
        : m_in(in)
    {}
    Length number()
    {
        Length value = 0;
        if (m_in.size() < static_cast<qsizetype>(sizeof value)) {
            m_isDamaged = true;
            return 0;
        }
        std::memcpy(&value, m_in.data(), sizeof value);
        m_in = m_in.sliced(sizeof value);
        return value;
    }
    QByteArrayView bytes()
    {
        const auto size = static_cast<qsizetype>(number());
        if (m_in.size() < size) {
            m_isDamaged = true;
            return {};
        }
        const QByteArrayView value = m_in.first(size);
        m_in = m_in.sliced(size);
        return value;
    }
    [[nodiscard]] QByteArrayView rest() const { return m_in; }
    [[nodiscard]] bool isDamaged() const { return m_isDamaged; }

private:
    QByteArrayView m_in;
    bool m_isDamaged = false;
};

} // namespace

RequestList::RequestList(qint64 memoryBudget)
    : m_memoryLeft(memoryBudget)
{}

RequestList::~RequestList() = default;

/// The number of a set that is kept, or kHeaderSets.
std::size_t RequestList::headerSet(const http::Headers &headers)
{
    const auto known = std::ranges::find(m_headerSets, headers);
    const auto number = static_cast<std::size_t>(known - m_headerSets.begin());
    if (known == m_headerSets.end() && number < kHeaderSets)
        m_headerSets.push_back(headers);
    return number;
}

/// What a replay needs of a request: names, texts, headers, body, and as a capture's payload its recorded answer.
void RequestList::encode(const traffic::Exchange &request)
{
    m_record.clear();
    put(m_record, static_cast<Length>(request.id.value));
    put(m_record, static_cast<Length>(request.id.value >> 32U));
    if (m_lastText != request.endpoint) {
        m_lastText = request.endpoint;
        m_lastUtf8 = m_lastText.toUtf8();
    }
    put(m_record, m_lastUtf8);
    put(m_record, request.method);
    put(m_record, request.target);
    putText(m_record, request.session);
    putText(m_record, request.note);
    put(m_record, static_cast<Length>(request.tags.size()));
    for (const QString &tag : request.tags)
        putText(m_record, tag);
    const std::size_t set = headerSet(request.headers);
    put(m_record, static_cast<Length>(set));
    if (set == kHeaderSets) {
        put(m_record, static_cast<Length>(request.headers.size()));
        for (const http::Header &field : request.headers) {
            put(m_record, field.name);
            put(m_record, field.value);
        }
    }
    put(m_record, request.body.bytes);
    if (!request.recorded)
        return;
    traffic::Exchange bare;
    bare.recorded = request.recorded;
    traffic::encodeExchange(bare, m_record, {});
}

bool RequestList::decode(QByteArrayView record, traffic::Exchange &request)
{
    Taker in(record);
    request.id.value = in.number();
    request.id.value |= static_cast<quint64>(in.number()) << 32U;
    request.endpoint = text(in.bytes());
    request.method = http::methodName(in.bytes());
    request.target = http::fieldValue(in.bytes()); // shared while it stays the same
    request.session = QString::fromUtf8(in.bytes());
    request.note = QString::fromUtf8(in.bytes());
    request.tags.clear();
    for (Length tags = in.number(); tags > 0 && !in.isDamaged(); --tags)
        request.tags.append(QString::fromUtf8(in.bytes()));
    if (const Length set = in.number(); set < m_headerSets.size()) {
        request.headers = m_headerSets[set];
    } else {
        request.headers = {};
        for (Length fields = in.number(); fields > 0 && !in.isDamaged(); --fields) {
            QByteArray name = http::fieldName(in.bytes());
            request.headers.append(std::move(name), http::fieldValue(in.bytes()));
        }
    }
    request.body = traffic::Body::whole(in.bytes().toByteArray());
    request.recorded.reset();
    if (in.rest().isEmpty() || in.isDamaged())
        return !in.isDamaged();
    traffic::Exchange bare;
    if (!traffic::decodeExchange(in.rest(), bare, {}))
        return false;
    request.recorded = std::move(bare.recorded);
    return true;
}

Status RequestList::append(const traffic::Exchange &request)
{
    encode(request);
    const QByteArrayView record(m_record.data(), static_cast<qsizetype>(m_record.size()));
    if (m_offsets.empty()) {
        m_memoryLeft -= record.size() + static_cast<qint64>(sizeof(Length) + sizeof(Place));
        if (m_memoryLeft >= 0) {
            m_inMemory.push_back(keep(record));
            return {};
        }
    }
    return spool(record);
}

RequestList::Place RequestList::keep(QByteArrayView record)
{
    const auto length = static_cast<Length>(record.size());
    const qsizetype needed = record.size() + static_cast<qsizetype>(sizeof length);
    if (m_chunks.empty() || m_chunks.back().capacity() - m_chunks.back().size() < needed)
        m_chunks.emplace_back().reserve(qMax(kChunk, needed));
    QByteArray &chunk = m_chunks.back();
    const Place place{static_cast<quint32>(m_chunks.size() - 1), static_cast<quint32>(chunk.size())};
    chunk.append(reinterpret_cast<const char *>(&length), sizeof length);
    chunk.append(record);
    return place;
}

Status RequestList::spool(QByteArrayView record)
{
    if (!m_file) {
        m_file = std::make_unique<QTemporaryFile>(QDir::tempPath() + u"/parallax-replay-XXXXXX"_s);
        if (!m_file->open())
            return fail(kSpoolFailed, {}, m_file->errorString());
    }
    const auto length = static_cast<Length>(record.size());
    if (m_file->write(reinterpret_cast<const char *>(&length), sizeof length) != sizeof length ||
        m_file->write(record.data(), record.size()) != record.size())
        return fail(kSpoolFailed, {}, m_file->errorString());
    m_offsets.push_back(m_end);
    m_end += sizeof length + length;
    return {};
}

/// Null when it cannot be read.
QByteArrayView RequestList::readBack(quint64 offset)
{
    Length length = 0;
    if (m_file->pos() != static_cast<qint64>(offset) && !m_file->seek(static_cast<qint64>(offset)))
        return {};
    if (m_file->read(reinterpret_cast<char *>(&length), sizeof length) != sizeof length || length > m_end)
        return {};
    m_record.resize(length);
    if (m_file->read(m_record.data(), length) != static_cast<qint64>(length))
        return {};
    return {m_record.data(), static_cast<qsizetype>(length)};
}

/// Most requests of a list have the same endpoint.
QString RequestList::text(QByteArrayView utf8)
{
    if (utf8.isEmpty())
        return {};
    if (m_lastUtf8 != utf8) {
        m_lastUtf8 = utf8.toByteArray();
        m_lastText = QString::fromUtf8(utf8);
    }
    return m_lastText;
}

traffic::ExchangePtr RequestList::at(qint64 index)
{
    if (index < 0 || index >= size())
        return {};
    const std::size_t place =
        m_order.empty() ? static_cast<std::size_t>(index) : m_order[static_cast<std::size_t>(index)];
    QByteArrayView record;
    if (place < m_inMemory.size()) {
        const QByteArray &chunk = m_chunks[m_inMemory[place].chunk];
        record = Taker(QByteArrayView(chunk).sliced(m_inMemory[place].offset)).bytes();
    } else {
        record = readBack(m_offsets[place - m_inMemory.size()]);
    }
    if (!m_handedOut || m_handedOut.use_count() > 1)
        m_handedOut = std::make_shared<traffic::Exchange>();
    return decode(record, *m_handedOut) ? m_handedOut : nullptr;
}

} // namespace parallax::replay
