// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fieldnames.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace parallax::http {

namespace {

bool isSame(const QByteArray &a, QByteArrayView b)
{
    return a.size() == b.size() && std::memcmp(a.constData(), b.data(), static_cast<std::size_t>(b.size())) == 0;
}

class NameTable
{
public:
    explicit NameTable(std::initializer_list<const char *> names)
    {
        for (const char *name : names) {
            const QByteArray text(name);
            m_byLength.at(static_cast<std::size_t>(text.size())).push_back(text);
        }
    }
    [[nodiscard]] QByteArray find(QByteArrayView name) const
    {
        if (name.size() < static_cast<qsizetype>(m_byLength.size())) {
            for (const QByteArray &candidate : m_byLength[static_cast<std::size_t>(name.size())]) {
                if (isSame(candidate, name))
                    return candidate;
            }
        }
        return name.toByteArray();
    }

private:
    std::array<std::vector<QByteArray>, 28> m_byLength;
};

} // namespace

QByteArray fieldName(QByteArrayView name)
{
    static const NameTable table{"Host",
                                 "host",
                                 "User-Agent",
                                 "user-agent",
                                 "Accept",
                                 "accept",
                                 "Accept-Encoding",
                                 "accept-encoding",
                                 "Content-Type",
                                 "content-type",
                                 "Content-Length",
                                 "content-length",
                                 "Connection",
                                 "connection",
                                 "Authorization",
                                 "authorization",
                                 "Date",
                                 "date",
                                 "Server",
                                 "server",
                                 "Cache-Control",
                                 "Transfer-Encoding",
                                 "transfer-encoding",
                                 "Accept-Language",
                                 "Cookie",
                                 "Set-Cookie",
                                 "Keep-Alive",
                                 "Vary",
                                 "ETag",
                                 "Last-Modified",
                                 "X-Request-Id",
                                 "x-request-id",
                                 "Via",
                                 "x-mb-batch-id",
                                 "Content-Encoding",
                                 "Expect"};
    return table.find(name);
}

QByteArray fieldValue(QByteArrayView value)
{
    constexpr qsizetype kLongest = 64;
    constexpr int kSlotBits = 6;
    if (value.isEmpty() || value.size() > kLongest)
        return value.toByteArray();
    quint64 first = 0;
    quint64 last = 0;
    const auto size = static_cast<std::size_t>(qMin<qsizetype>(value.size(), 8));
    std::memcpy(&first, value.data(), size);
    std::memcpy(&last, value.data() + (value.size() - static_cast<qsizetype>(size)), size);
    const quint64 mixed = (first ^ (last << 7) ^ static_cast<quint64>(value.size())) * 0x9e3779b97f4a7c15U;
    thread_local std::array<QByteArray, 1U << kSlotBits> recent;
    QByteArray &slot = recent.at(mixed >> (64 - kSlotBits));
    if (!isSame(slot, value))
        slot = value.toByteArray();
    return slot;
}

QByteArray methodName(QByteArrayView method)
{
    static const NameTable table{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    return table.find(method);
}

QByteArray reasonPhrase(int status)
{
    static constexpr std::array<std::pair<int, const char *>, 46> kPhrases{{
        {200, "OK"},
        {100, "Continue"},
        {201, "Created"},
        {202, "Accepted"},
        {203, "Non-Authoritative Information"},
        {204, "No Content"},
        {205, "Reset Content"},
        {206, "Partial Content"},
        {300, "Multiple Choices"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {426, "Upgrade Required"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {508, "Loop Detected"},
    }};
    static const auto table = [] {
        std::array<QByteArray, 600> out;
        for (const auto &[code, phrase] : kPhrases)
            out.at(static_cast<std::size_t>(code)) = phrase;
        return out;
    }();
    return status >= 0 && status < 600 ? table.at(static_cast<std::size_t>(status)) : QByteArray();
}

} // namespace parallax::http
