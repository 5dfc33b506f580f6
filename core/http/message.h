// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP messages as values. Bytes are kept as they were sent; nothing is decoded. Semantics: RFC 9110, framing: RFC
// 9112.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace parallax::http {

struct Header
{
    QByteArray name; ///< in the spelling it was sent with; compared without case
    QByteArray value;
    friend bool operator==(const Header &, const Header &) = default;
};

} // namespace parallax::http

Q_DECLARE_TYPEINFO(parallax::http::Header, Q_RELOCATABLE_TYPE);

namespace parallax::http {

/// Header fields in the order sent; a name may come more than once. Implicitly shared: exchanges are copied often.
class Headers
{
public:
    Headers() = default;
    Headers(std::initializer_list<Header> fields)
        : m_fields(fields)
    {}

    /// The first value of `name`, or an empty view with a null pointer when there is none.
    [[nodiscard]] QByteArrayView value(QByteArrayView name) const;
    [[nodiscard]] bool contains(QByteArrayView name) const;
    void append(QByteArray name, QByteArray value) { m_fields.push_back({std::move(name), std::move(value)}); }
    /// Replaces the first field of that name, removes any other, appends when there was none.
    void set(QByteArrayView name, QByteArray value);
    /// How many were removed.
    qsizetype remove(QByteArrayView name);

    [[nodiscard]] auto begin() const { return m_fields.cbegin(); }
    [[nodiscard]] auto end() const { return m_fields.cend(); }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(m_fields.size()); }
    [[nodiscard]] bool isEmpty() const { return m_fields.isEmpty(); }
    void reserve(std::size_t n) { m_fields.reserve(static_cast<qsizetype>(n)); }
    void clear() { m_fields.clear(); }

    friend bool operator==(const Headers &, const Headers &) = default;

private:
    QList<Header> m_fields;
};

struct Request
{
    QByteArray method;
    QByteArray target; ///< as on the request line: origin-form, with the query
    int minorVersion = 1;
    Headers headers;
    QByteArray body;
    friend bool operator==(const Request &, const Request &) = default;
};

struct Response
{
    int status = 0;
    QByteArray reason;
    int minorVersion = 1;
    Headers headers;
    QByteArray body;
    friend bool operator==(const Response &, const Response &) = default;
};

} // namespace parallax::http
