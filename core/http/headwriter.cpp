// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/headwriter.h"

#include "http/fieldnames.h"
#include "http/tokens.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>

using namespace Qt::StringLiterals;

namespace parallax::http {

namespace {

constexpr qsizetype kUsualHead = 512;

/// A number as text, without an allocation.
class Digits
{
public:
    explicit Digits(qint64 number)
        : m_end(std::to_chars(m_text.data(), m_text.data() + m_text.size(), number).ptr)
    {}
    [[nodiscard]] QByteArrayView text() const { return {m_text.data(), m_end - m_text.data()}; }

private:
    std::array<char, 20> m_text{};
    char *m_end;
};

} // namespace

HeadWriter::HeadWriter(QByteArrayView method, QByteArrayView target, qsizetype room)
    : m_out(kUsualHead + target.size() + room, Qt::Uninitialized)
{
    put(method);
    put(" ");
    put(target);
    put(" HTTP/1.1\r\n");
}

HeadWriter::HeadWriter(int status, QByteArrayView reason)
    : m_out(kUsualHead, Qt::Uninitialized)
{
    put("HTTP/1.1 ");
    put(Digits(status).text());
    put(" ");
    if (reason.isEmpty())
        put(reasonPhrase(status));
    else
        putValue(reason);
    put("\r\n");
}

HeadWriter::HeadWriter(qsizetype room)
    : m_out(room, Qt::Uninitialized)
{}

HeadWriter HeadWriter::continued(QByteArrayView start, qsizetype room)
{
    constexpr qsizetype kFraming = 64;
    HeadWriter writer(start.size() + kFraming + room);
    writer.put(start);
    return writer;
}

void HeadWriter::put(QByteArrayView text)
{
    if (text.isEmpty())
        return;
    if (m_out.size() - m_used < text.size())
        m_out.resize(qMax(2 * m_out.size(), m_used + text.size()));
    std::memcpy(m_out.data() + m_used, text.data(), static_cast<std::size_t>(text.size()));
    m_used += text.size();
}

void HeadWriter::putValue(QByteArrayView value)
{
    const qsizetype start = m_used;
    put(value);
    if (isFieldValue(value))
        return;
    std::replace_if(
        m_out.data() + start, m_out.data() + m_used, [](char c) { return !isValueChar(c); }, ' ');
}

HeadWriter &HeadWriter::field(QByteArrayView name, QByteArrayView value)
{
    if (!isToken(name))
        return *this;
    put(name);
    put(": ");
    putValue(value);
    put("\r\n");
    return *this;
}

HeadWriter &HeadWriter::field(QByteArrayView name, qint64 number)
{
    if (!isToken(name))
        return *this;
    put(name);
    put(": ");
    put(Digits(number).text());
    put("\r\n");
    return *this;
}

QByteArray HeadWriter::finish(QByteArrayView body)
{
    put("\r\n");
    put(body);
    return taken();
}

QByteArray HeadWriter::taken()
{
    m_out.resize(m_used);
    return std::move(m_out);
}

HopByHop::HopByHop(const Headers &headers)
{
    for (const Header &field : headers) {
        if (field.name.size() == 10 && equalsIgnoringCase(field.name, "connection")) {
            if (!m_named.isEmpty())
                m_named += ',';
            m_named += field.value;
        }
    }
}

bool HopByHop::contains(QByteArrayView name) const
{
    switch (name.size()) {
    case 2:
        return equalsIgnoringCase(name, "te");
    case 4: // a caller cannot have Host taken away
        return false;
    case 7:
        if (equalsIgnoringCase(name, "trailer") || equalsIgnoringCase(name, "upgrade"))
            return true;
        break;
    case 10:
        if (equalsIgnoringCase(name, "connection") || equalsIgnoringCase(name, "keep-alive"))
            return true;
        break;
    case 14:
        if (equalsIgnoringCase(name, "content-length"))
            return true;
        break;
    case 16:
        if (equalsIgnoringCase(name, "proxy-connection"))
            return true;
        break;
    case 17:
        if (equalsIgnoringCase(name, "transfer-encoding"))
            return true;
        break;
    case 18:
        if (equalsIgnoringCase(name, "proxy-authenticate"))
            return true;
        break;
    case 19:
        if (equalsIgnoringCase(name, "proxy-authorization"))
            return true;
        break;
    default:
        break;
    }
    return !m_named.isEmpty() && listContains(m_named, name);
}

QByteArray writtenStart(const Response &head)
{
    HeadWriter writer(head.status, head.reason);
    const HopByHop hopByHop(head.headers);
    for (const Header &field : head.headers) {
        if (!hopByHop.contains(field.name))
            writer.field(field.name, field.value);
    }
    return writer.taken();
}

QByteArray httpDate()
{
    thread_local std::time_t second = 0;
    thread_local QByteArray text;
    const std::time_t now = std::time(nullptr);
    if (now != second) {
        second = now;
        text = QLocale::c()
                   .toString(QDateTime::fromSecsSinceEpoch(now, Qt::UTC), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
                   .toLatin1();
    }
    return text;
}

QByteArray chunkStart(qint64 size)
{
    return QByteArray::number(size, 16) + "\r\n";
}

} // namespace parallax::http
