// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The strict, incremental parser for the heads of HTTP/1.1 messages (RFC 9112). What it lets through can be written
// again as it is; what is doubtful it refuses (docs/http-conformance.md).
#pragma once

#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"

namespace parallax::http {

/// How the body of a message is delimited.
enum class Framing {
    None,      ///< there is none
    Length,    ///< Content-Length
    Chunked,   ///< Transfer-Encoding: chunked
    UntilClose ///< answers only
};

struct RequestHead
{
    Request message; ///< without body; an absolute target was made origin-form
    QByteArray
        authority; ///< whom the request is for: of the absolute target, else `Host`; empty in HTTP/1.0 without one
    Framing framing = Framing::None;
    qint64 length = 0;
    bool keepAlive = true;
    bool expectsContinue = false;
    bool isAsterisk = false;      ///< OPTIONS *
    bool isAuthorityForm = false; ///< CONNECT host:port
};

struct ResponseHead
{
    Response message; ///< without body
    Framing framing = Framing::None;
    qint64 length = 0;
    bool keepAlive = true;
};

/// Reads a head line by line. parse() is given everything from the message's first byte on and again, longer, when it
/// was incomplete; it never looks at a byte twice. A value without sockets or clocks.
class HeadParser
{
public:
    enum class State { Incomplete, Complete, Failed };

    State parse(QByteArrayView buffer);
    /// Bytes of the head with its empty line, once complete.
    [[nodiscard]] qsizetype length() const { return m_lineStart; }
    [[nodiscard]] Problem problem() const { return m_problem; }
    /// Nothing of the next head has been looked at.
    [[nodiscard]] bool isUntouched() const { return m_scanned == 0 && m_state == State::Incomplete; }

protected:
    explicit HeadParser(const Limits &limits)
        : m_limits(&limits)
    {}
    ~HeadParser() = default;
    HeadParser(const HeadParser &) = default;
    HeadParser &operator=(const HeadParser &) = default;

    void restart();
    [[nodiscard]] const Limits &limits() const { return *m_limits; }
    Headers m_fields;

private:
    [[nodiscard]] virtual Problem firstLine(QByteArrayView line) = 0;
    /// What a first line that has not ended yet already shows.
    [[nodiscard]] virtual Problem firstLineSoFar(QByteArrayView line) const = 0;
    [[nodiscard]] virtual Problem finish() = 0;
    [[nodiscard]] Problem fieldLine(QByteArrayView line);
    [[nodiscard]] Problem partialLine(QByteArrayView line) const;
    State failed(Problem problem);

    const Limits *m_limits;
    qsizetype m_scanned = 0;
    qsizetype m_lineStart = 0;
    qsizetype m_fieldsStart = 0;
    bool m_hasFirstLine = false;
    bool m_skippedEmptyLine = false;
    State m_state = State::Incomplete;
    Problem m_problem = Problem::None;
};

class RequestParser final : public HeadParser
{
public:
    /// `limits` outlives the parser.
    explicit RequestParser(const Limits &limits)
        : HeadParser(limits)
    {}
    void reset();
    /// Once complete; the parser is empty afterwards.
    [[nodiscard]] RequestHead take();

private:
    Problem firstLine(QByteArrayView line) override;
    Problem firstLineSoFar(QByteArrayView line) const override;
    Problem finish() override;
    [[nodiscard]] Problem readTarget(QByteArrayView target);
    [[nodiscard]] Problem readAbsoluteTarget(QByteArrayView target);
    [[nodiscard]] Problem readFraming();
    [[nodiscard]] Problem readHost();

    RequestHead m_head;
    bool m_isVersionUnknown = false;
};

class ResponseParser final : public HeadParser
{
public:
    explicit ResponseParser(const Limits &limits)
        : HeadParser(limits)
    {}
    /// `method` of the request that is answered: HEAD has no body.
    void reset(QByteArrayView method);
    [[nodiscard]] ResponseHead take();

private:
    Problem firstLine(QByteArrayView line) override;
    Problem firstLineSoFar(QByteArrayView line) const override;
    Problem finish() override;

    ResponseHead m_head;
    bool m_isHeadRequest = false;
};

} // namespace parallax::http
