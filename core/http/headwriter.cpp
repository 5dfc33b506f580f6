// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/headwriter.h"

#include "http/fieldnames.h"
#include "http/tokens.h"

#include <QDateTime>
#include <QLocale>

#include <ctime>

using namespace Qt::StringLiterals;

namespace parallax::http {

namespace {

constexpr qsizetype kUsualHead = 512;

void appendValue(QByteArray &out, QByteArrayView value)
{
    const qsizetype start = out.size();
    out.append(value);
    if (isFieldValue(value))
        return;
    for (qsizetype i = start; i < out.size(); ++i) {
        if (!isValueChar(out.at(i)))
            out[i] = ' ';
    }
}

} // namespace

HeadWriter::HeadWriter(QByteArrayView method, QByteArrayView target, qsizetype room)
{
    m_out.reserve(kUsualHead + target.size() + room);
    m_out.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
}

HeadWriter::HeadWriter(int status, QByteArrayView reason)
{
    m_out.reserve(kUsualHead);
    m_out.append("HTTP/1.1 ").append(QByteArray::number(status)).append(' ');
    if (reason.isEmpty())
        m_out.append(reasonPhrase(status));
    else
        appendValue(m_out, reason);
    m_out.append("\r\n");
}

HeadWriter &HeadWriter::field(QByteArrayView name, QByteArrayView value)
{
    if (!isToken(name))
        return *this;
    m_out.append(name).append(": ");
    appendValue(m_out, value);
    m_out.append("\r\n");
    return *this;
}

HeadWriter &HeadWriter::field(QByteArrayView name, qint64 number)
{
    return field(name, QByteArray::number(number));
}

QByteArray HeadWriter::finish(QByteArrayView body)
{
    m_out.append("\r\n");
    m_out.append(body);
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
