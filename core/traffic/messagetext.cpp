// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/messagetext.h"

#include "traffic/errors.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

QByteArrayView trimmedSpace(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t'))
        text = text.sliced(1);
    while (!text.isEmpty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text = text.chopped(1);
    return text;
}

/// Cuts the next line off `rest`.
QByteArrayView takeLine(QByteArrayView &rest)
{
    const qsizetype end = rest.indexOf('\n');
    QByteArrayView line = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    if (line.endsWith('\r'))
        line = line.chopped(1);
    return line;
}

tl::unexpected<Error> badMessage(const QString &what)
{
    return fail(kBadMessage, {{u"what"_s, what}});
}

bool parseStartLine(QByteArrayView line, RecordedMessage &message)
{
    if (line.startsWith("HTTP/")) {
        const qsizetype space = line.indexOf(' ');
        if (space < 0 || line.size() < space + 4)
            return false;
        bool ok = false;
        message.status = line.sliced(space + 1, 3).toByteArray().toInt(&ok);
        return ok && message.status >= 100;
    }
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 1 || last <= first + 1 || !line.sliced(last + 1).startsWith("HTTP/"))
        return false;
    message.method = line.first(first).toByteArray();
    message.target = line.sliced(first + 1, last - first - 1).toByteArray();
    return std::all_of(message.method.begin(), message.method.end(),
                       [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x7f; });
}

/// The content of a chunked body, or nothing when it is not in chunks (any more).
std::optional<QByteArray> dechunked(QByteArrayView rest)
{
    QByteArray out;
    while (!rest.isEmpty()) {
        const QByteArrayView line = takeLine(rest);
        const qsizetype semicolon = line.indexOf(';');
        const QByteArray digits = trimmedSpace(semicolon < 0 ? line : line.first(semicolon)).toByteArray();
        bool ok = false;
        const qulonglong size = digits.size() > 8 ? 0 : digits.toULongLong(&ok, 16);
        if (!ok)
            return std::nullopt;
        if (size == 0)
            return out;
        const auto wanted = static_cast<qsizetype>(size);
        out += rest.first(std::min(wanted, rest.size())); // a cut-off recording keeps what it has
        rest = wanted < rest.size() ? rest.sliced(wanted) : QByteArrayView();
        takeLine(rest);
    }
    return out.isEmpty() ? std::nullopt : std::optional(out);
}

} // namespace

Result<RecordedMessage> parseRecordedMessage(QByteArrayView bytes)
{
    RecordedMessage message;
    QByteArrayView rest = bytes;
    while (rest.startsWith('\r') || rest.startsWith('\n')) // RFC 9112 2.2
        rest = rest.sliced(1);
    const QByteArrayView start = takeLine(rest);
    if (!parseStartLine(start, message))
        return badMessage(QString::fromLatin1(start.first(std::min<qsizetype>(start.size(), 60))));
    QByteArray name;
    QByteArray value;
    const auto keep = [&] {
        if (!name.isEmpty())
            message.headers.append(std::exchange(name, {}), std::exchange(value, {}));
    };
    while (!rest.isEmpty()) {
        const QByteArrayView line = takeLine(rest);
        if (line.isEmpty())
            break;
        if (line.startsWith(' ') || line.startsWith('\t')) { // obs-fold
            value += ' ';
            value += trimmedSpace(line);
            continue;
        }
        keep();
        const qsizetype colon = line.indexOf(':');
        if (colon < 1)
            continue;
        name = trimmedSpace(line.first(colon)).toByteArray();
        value = trimmedSpace(line.sliced(colon + 1)).toByteArray();
    }
    keep();
    message.body = rest.toByteArray();
    if (message.headers.value("transfer-encoding").toByteArray().toLower().contains("chunked"))
        message.body = dechunked(rest).value_or(message.body);
    settleFraming(message.headers, message.body.size());
    return message;
}

void settleFraming(http::Headers &headers, qsizetype bodyBytes)
{
    http::Headers kept;
    kept.reserve(headers.size());
    bool hasLength = false;
    for (const http::Header &field : headers) {
        const QByteArray name = field.name.toLower();
        if (name.startsWith(':') || name.isEmpty() || name == "transfer-encoding")
            continue;
        if (name != "content-length")
            kept.append(field.name, field.value);
        else if (!std::exchange(hasLength, true))
            kept.append(field.name, QByteArray::number(bodyBytes));
    }
    headers = std::move(kept);
}

SplitUrl splitUrl(QByteArrayView url)
{
    SplitUrl out;
    if (const qsizetype fragment = url.indexOf('#'); fragment >= 0)
        url = url.first(fragment);
    const qsizetype scheme = url.indexOf("://");
    if (scheme > 0 && scheme < 32) {
        out.scheme = url.first(scheme).toByteArray().toLower();
        url = url.sliced(scheme + 3);
        qsizetype end = 0;
        while (end < url.size() && url[end] != '/' && url[end] != '?')
            ++end;
        out.authority = url.first(end).toByteArray();
        url = url.sliced(end);
        if (const qsizetype at = out.authority.lastIndexOf('@'); at >= 0) {
            out.userInfo = out.authority.left(at);
            out.authority = out.authority.mid(at + 1);
        }
    }
    if (!url.startsWith('/') && url != QByteArrayView("*"))
        out.target = "/";
    // A request line cannot hold spaces and controls; some tools write them into their files all the same.
    for (const char c : url) {
        const auto u = static_cast<unsigned char>(c);
        if (u <= 0x20 || u == 0x7f)
            out.target += '%' + QByteArray::number(u, 16).rightJustified(2, '0').toUpper();
        else
            out.target += c;
    }
    return out;
}

QByteArray formEncoded(const QByteArray &text)
{
    return text.toPercentEncoding(" ").replace(' ', '+');
}

QByteArray multipartBody(const std::vector<FormPart> &parts, const QByteArray &boundary)
{
    const auto quoted = [](QByteArray text) -> QByteArray {
        return '"' + text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") + '"';
    };
    QByteArray out;
    for (const FormPart &part : parts) {
        out += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(part.name);
        if (!part.fileName.isEmpty())
            out += "; filename=" + quoted(part.fileName);
        if (!part.type.isEmpty())
            out += "\r\nContent-Type: " + part.type;
        out += "\r\n\r\n" + part.content + "\r\n";
    }
    out += "--" + boundary + "--\r\n";
    return out;
}

} // namespace parallax::traffic
