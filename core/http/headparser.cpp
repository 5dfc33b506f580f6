// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/headparser.h"

#include "http/fieldnames.h"
#include "http/tokens.h"

#include <cstring>
#include <limits>

namespace parallax::http {

namespace {

enum class Leniency { Strict, LeadingZeros };

/// Digits only and no larger than what fits, else -1.
qint64 readContentLength(QByteArrayView text, Leniency leniency)
{
    if (text.isEmpty() || text.size() > 18)
        return -1;
    if (leniency == Leniency::Strict && text.size() > 1 && text.front() == '0')
        return -1;
    qint64 value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Reads `HTTP/d.d`. The minor version, or -1 when it is malformed; `isSupported` = major 1.
int readVersion(QByteArrayView text, bool &isSupported)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 8 || !text.startsWith("HTTP/") || !isDigit(text[5]) || text[6] != '.' || !isDigit(text[7]))
        return -1;
    isSupported = text[5] == '1';
    return text[7] - '0';
}

/// What of a message's fields decides its framing and its connection.
struct FramingFields
{
    QByteArrayView contentLength;
    QByteArrayView transferEncoding;
    bool hasContentLength = false;
    bool hasTransferEncoding = false;
    bool hasClose = false;
    bool hasKeepAlive = false;
    Problem problem = Problem::None;
};

FramingFields framingFields(const Headers &fields)
{
    FramingFields out;
    const auto once = [&out](bool &has, QByteArrayView &value, const QByteArray &field) {
        if (has)
            out.problem = Problem::DuplicateField;
        has = true;
        value = field;
    };
    for (const Header &field : fields) {
        switch (field.name.size()) {
        case 10:
            if (!equalsIgnoringCase(field.name, "connection"))
                break;
            out.hasClose = out.hasClose || listContains(field.value, "close");
            out.hasKeepAlive = out.hasKeepAlive || listContains(field.value, "keep-alive");
            break;
        case 14:
            if (equalsIgnoringCase(field.name, "content-length"))
                once(out.hasContentLength, out.contentLength, field.value);
            else if (equalsIgnoringCase(field.name, "content_length"))
                out.problem = Problem::FieldName;
            break;
        case 17:
            if (equalsIgnoringCase(field.name, "transfer-encoding"))
                once(out.hasTransferEncoding, out.transferEncoding, field.value);
            else if (equalsIgnoringCase(field.name, "transfer_encoding"))
                out.problem = Problem::FieldName;
            break;
        default:
            break;
        }
    }
    return out;
}

/// Nothing but `chunked` is understood. A single other coding is 501, anything else malformed.
Problem codingProblem(QByteArrayView value)
{
    if (equalsIgnoringCase(value, "chunked"))
        return Problem::None;
    return isToken(value) ? Problem::UnknownCoding : Problem::TransferEncoding;
}

} // namespace

void HeadParser::restart()
{
    m_fields.clear();
    m_scanned = 0;
    m_lineStart = 0;
    m_fieldsStart = 0;
    m_hasFirstLine = false;
    m_skippedEmptyLine = false;
    m_state = State::Incomplete;
    m_problem = Problem::None;
}

HeadParser::State HeadParser::failed(Problem problem)
{
    m_problem = problem;
    return m_state = State::Failed;
}

HeadParser::State HeadParser::parse(QByteArrayView buffer)
{
    while (m_state == State::Incomplete) {
        const auto *found = m_scanned >= buffer.size()
                                ? nullptr
                                : static_cast<const char *>(std::memchr(
                                      buffer.data() + m_scanned, '\n', static_cast<size_t>(buffer.size() - m_scanned)));
        if (found == nullptr) {
            m_scanned = buffer.size();
            const Problem problem = partialLine(buffer.sliced(m_lineStart));
            return problem == Problem::None ? State::Incomplete : failed(problem);
        }
        const qsizetype end = found - buffer.data();
        QByteArrayView line = buffer.sliced(m_lineStart, end - m_lineStart);
        if (line.isEmpty() || line.back() != '\r')
            return failed(Problem::LineEnd);
        if (const Problem problem = partialLine(line); problem != Problem::None)
            return failed(problem);
        line.chop(1);
        m_scanned = end + 1;
        m_lineStart = m_scanned;
        Problem problem = Problem::None;
        if (!m_hasFirstLine) {
            if (line.isEmpty() && !m_skippedEmptyLine) { // RFC 9112 2.2: one is to be ignored
                m_skippedEmptyLine = true;
                continue;
            }
            problem = firstLine(line);
            m_hasFirstLine = true;
            m_fieldsStart = m_scanned;
        } else if (line.isEmpty()) {
            problem = finish();
            if (problem == Problem::None)
                m_state = State::Complete;
        } else {
            problem = fieldLine(line);
        }
        if (problem != Problem::None)
            return failed(problem);
    }
    return m_state;
}

Problem HeadParser::partialLine(QByteArrayView line) const
{
    if (!m_hasFirstLine) {
        if (line.size() > m_limits->requestLine) {
            const Problem problem = firstLineSoFar(line);
            return problem == Problem::None ? Problem::LineTooLong : problem;
        }
        return line.isEmpty() || line == "\r" ? Problem::None : firstLineSoFar(line);
    }
    if (m_lineStart - m_fieldsStart + line.size() > m_limits->headerBytes)
        return Problem::HeaderTooLarge;
    return Problem::None;
}

Problem HeadParser::fieldLine(QByteArrayView line)
{
    if (line.front() == ' ' || line.front() == '\t')
        return Problem::Folding;
    qsizetype colon = 0;
    while (colon < line.size() && isTokenChar(line[colon]))
        ++colon;
    if (colon == 0 || colon == line.size() || line[colon] != ':')
        return Problem::FieldName;
    const QByteArrayView value = trimmed(line.sliced(colon + 1));
    if (!isFieldValue(value))
        return value.contains('\r') ? Problem::LineEnd : Problem::FieldValue;
    if (static_cast<int>(m_fields.size()) >= m_limits->headerFields)
        return Problem::TooManyFields;
    if (m_fields.isEmpty())
        m_fields.reserve(12);
    m_fields.append(fieldName(line.first(colon)), fieldValue(value));
    return Problem::None;
}

void RequestParser::reset()
{
    restart();
    m_head = {};
    m_isVersionUnknown = false;
}

RequestHead RequestParser::take()
{
    m_head.message.headers = std::move(m_fields);
    RequestHead head = std::move(m_head);
    reset();
    return head;
}

Problem RequestParser::firstLineSoFar(QByteArrayView line) const
{
    const qsizetype longest = qMin(line.size(), limits().methodLength + 1);
    for (qsizetype i = 0; i < longest; ++i) {
        if (line[i] == ' ')
            return i == 0 ? Problem::RequestLine : Problem::None;
        if (!isTokenChar(line[i]) && !(line[i] == '\r' && i + 1 == line.size()))
            return line[i] == '\r' ? Problem::LineEnd : Problem::Method;
    }
    return longest > limits().methodLength ? Problem::Method : Problem::None;
}

Problem RequestParser::firstLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0)
        return Problem::RequestLine;
    const QByteArrayView method = line.first(first);
    if (!isToken(method))
        return Problem::Method;
    bool isSupported = false;
    m_head.message.minorVersion = readVersion(line.sliced(second + 1), isSupported);
    if (m_head.message.minorVersion < 0)
        return line.contains('\r') ? Problem::LineEnd : Problem::RequestLine;
    m_isVersionUnknown = !isSupported;
    m_head.message.method = methodName(method);
    const Problem problem = readTarget(line.sliced(first + 1, second - first - 1));
    // Another version may have other rules for a target; that it is another one is the better answer.
    return m_isVersionUnknown && problem == Problem::Target ? Problem::Version : problem;
}

Problem RequestParser::readTarget(QByteArrayView target)
{
    const QByteArray &method = m_head.message.method;
    m_head.message.target = target.toByteArray();
    if (method == "CONNECT") {
        m_head.isAuthorityForm = true;
        return isAuthority(target) ? Problem::None : Problem::Target;
    }
    if (target.startsWith('/'))
        return isOriginForm(target) ? Problem::None : Problem::Target;
    if (target == "*") {
        m_head.isAsterisk = true;
        return method == "OPTIONS" ? Problem::None : Problem::Target;
    }
    return readAbsoluteTarget(target);
}

Problem RequestParser::readAbsoluteTarget(QByteArrayView target)
{
    constexpr QByteArrayView kScheme = "http://";
    if (target.size() <= kScheme.size() || !equalsIgnoringCase(target.first(kScheme.size()), kScheme))
        return Problem::Target;
    const QByteArrayView rest = target.sliced(kScheme.size());
    qsizetype end = 0;
    while (end < rest.size() && rest[end] != '/' && rest[end] != '?')
        ++end;
    if (!isAuthority(rest.first(end)))
        return Problem::Target;
    m_head.authority = rest.first(end).toByteArray();
    QByteArray origin = rest.sliced(end).toByteArray();
    if (!origin.startsWith('/'))
        origin.prepend('/');
    if (!isOriginForm(origin))
        return Problem::Target;
    m_head.isAsterisk = false;
    m_head.message.target = origin;
    return Problem::None;
}

Problem RequestParser::readHost()
{
    int hosts = 0;
    int contentTypes = 0;
    for (const Header &field : m_fields) {
        if (field.name.size() == 12 && equalsIgnoringCase(field.name, "content-type") && ++contentTypes > 1)
            return Problem::DuplicateField;
        if (field.name.size() != 4 || !equalsIgnoringCase(field.name, "host"))
            continue;
        if (++hosts > 1)
            return Problem::DuplicateField;
        if (!isAuthority(field.value))
            return Problem::Host;
        if (m_head.authority.isEmpty()) // else that of the absolute target stands: RFC 9112 3.2.2
            m_head.authority = field.value;
    }
    return hosts == 0 && m_head.message.minorVersion > 0 ? Problem::Host : Problem::None;
}

Problem RequestParser::readFraming()
{
    const FramingFields fields = framingFields(m_fields);
    if (fields.problem != Problem::None)
        return fields.problem;
    const bool isOld = m_head.message.minorVersion == 0;
    m_head.keepAlive = isOld ? fields.hasKeepAlive && !fields.hasClose : !fields.hasClose;
    if (fields.hasTransferEncoding) {
        if (fields.hasContentLength || isOld)
            return Problem::TransferEncoding;
        m_head.framing = Framing::Chunked;
        return codingProblem(fields.transferEncoding);
    }
    if (fields.hasContentLength) {
        m_head.length = readContentLength(fields.contentLength, Leniency::Strict);
        if (m_head.length < 0)
            return Problem::ContentLength;
        m_head.framing = m_head.length > 0 ? Framing::Length : Framing::None;
    }
    return Problem::None;
}

Problem RequestParser::finish()
{
    if (m_isVersionUnknown)
        return Problem::Version;
    if (const Problem problem = readHost(); problem != Problem::None)
        return problem;
    if (const Problem problem = readFraming(); problem != Problem::None)
        return problem;
    const QByteArrayView expect = m_fields.value("expect");
    if (expect.isNull() || m_head.message.minorVersion == 0)
        return Problem::None;
    if (!equalsIgnoringCase(expect, "100-continue"))
        return Problem::Expectation;
    m_head.expectsContinue = m_head.framing != Framing::None;
    return Problem::None;
}

void ResponseParser::reset(QByteArrayView method)
{
    restart();
    m_head = {};
    m_isHeadRequest = method == "HEAD";
}

ResponseHead ResponseParser::take()
{
    m_head.message.headers = std::move(m_fields);
    ResponseHead head = std::move(m_head);
    restart();
    m_head = {};
    return head;
}

Problem ResponseParser::firstLineSoFar(QByteArrayView line) const
{
    constexpr QByteArrayView kStart = "HTTP/1.";
    const qsizetype n = qMin(line.size(), kStart.size());
    return line.first(n) == kStart.first(n) ? Problem::None : Problem::StatusLine;
}

Problem ResponseParser::firstLine(QByteArrayView line)
{
    bool isSupported = false;
    if (line.size() < 12 || line[8] != ' ')
        return Problem::StatusLine;
    m_head.message.minorVersion = readVersion(line.first(8), isSupported);
    if (m_head.message.minorVersion < 0 || !isSupported)
        return Problem::StatusLine;
    int status = 0;
    for (qsizetype i = 9; i < 12; ++i) {
        if (line[i] < '0' || line[i] > '9')
            return Problem::StatusLine;
        status = status * 10 + (line[i] - '0');
    }
    if (status < 100 || (line.size() > 12 && line[12] != ' '))
        return Problem::StatusLine;
    m_head.message.status = status;
    const QByteArrayView reason = line.size() > 13 ? line.sliced(13) : QByteArrayView();
    if (!isFieldValue(reason))
        return Problem::StatusLine;
    m_head.message.reason = reasonPhrase(status) == reason ? reasonPhrase(status) : reason.toByteArray();
    return Problem::None;
}

Problem ResponseParser::finish()
{
    const FramingFields fields = framingFields(m_fields);
    if (fields.problem == Problem::DuplicateField)
        return fields.problem;
    const bool isOld = m_head.message.minorVersion == 0;
    m_head.keepAlive = isOld ? fields.hasKeepAlive && !fields.hasClose : !fields.hasClose;
    const int status = m_head.message.status;
    if (fields.hasTransferEncoding && (fields.hasContentLength || isOld))
        return Problem::TransferEncoding;
    if (fields.hasContentLength) {
        m_head.length = readContentLength(fields.contentLength, Leniency::LeadingZeros);
        if (m_head.length < 0)
            return Problem::ContentLength;
    }
    if (fields.hasTransferEncoding) {
        if (const Problem problem = codingProblem(fields.transferEncoding); problem != Problem::None)
            return problem;
    }
    if (m_isHeadRequest || status < 200 || status == 204 || status == 304)
        m_head.framing = Framing::None;
    else if (fields.hasTransferEncoding)
        m_head.framing = Framing::Chunked;
    else if (fields.hasContentLength)
        m_head.framing = m_head.length > 0 ? Framing::Length : Framing::None;
    else
        m_head.framing = Framing::UntilClose;
    return Problem::None;
}

} // namespace parallax::http
