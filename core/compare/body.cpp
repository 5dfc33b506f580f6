// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/body.h"

#include "base/text.h"
#include "compare/errors.h"
#include "compare/jsontext.h"
#include "traffic/contentcoding.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

DecodedBody failed(Error problem)
{
    DecodedBody body;
    body.kind = DecodedBody::Kind::Failed;
    body.problem = std::move(problem);
    return body;
}

QByteArray mediaType(const http::Headers &headers)
{
    const QByteArray value = headers.value("content-type").toByteArray().toLower();
    const qsizetype end = value.indexOf(';');
    return (end < 0 ? value : value.left(end)).trimmed();
}

QByteArray charset(const http::Headers &headers)
{
    const QByteArray value = headers.value("content-type").toByteArray().toLower();
    const qsizetype at = value.indexOf("charset=");
    if (at < 0)
        return {};
    QByteArray name = value.mid(at + 8);
    const qsizetype end = name.indexOf(';');
    name = (end < 0 ? name : name.left(end)).trimmed();
    return name.startsWith('"') && name.endsWith('"') && name.size() > 1 ? name.sliced(1).chopped(1) : name;
}

QByteArray toUtf8(const QByteArray &bytes, const QByteArray &name)
{
    if (name.isEmpty() || name == "utf-8" || name == "utf8" || name == "us-ascii")
        return bytes;
    QStringDecoder decoder(name.constData());
    if (!decoder.isValid())
        return bytes;
    const QString text = decoder.decode(bytes);
    return decoder.hasError() ? bytes : text.toUtf8();
}

// One JSON value a line (NDJSON, JSON Lines) as an array. None when a line is none, or there is only one.
std::optional<QByteArray> linesAsArray(const QByteArray &bytes, const JsonLimits &limits)
{
    if (!bytes.contains('\n'))
        return std::nullopt;
    QByteArray out = "[";
    int lines = 0;
    for (const QByteArray &line : bytes.split('\n')) {
        const QByteArray value = line.trimmed();
        if (value.isEmpty())
            continue;
        if (!JsonTree::parse(value, limits))
            return std::nullopt;
        if (lines++ > 0)
            out += ",\n";
        out += value;
    }
    out += ']';
    return lines < 2 ? std::nullopt : std::optional(out);
}

/// Splits a stream of server-sent events after the HTML standard, 9.2.6.
class EventReader
{
public:
    QByteArray run(const QByteArray &bytes)
    {
        QByteArray text = bytes;
        text.replace("\r\n", "\n");
        text.replace('\r', '\n');
        if (text.startsWith("\xef\xbb\xbf"))
            text.remove(0, 3);
        m_out = "[";
        for (const QByteArray &line : text.split('\n')) {
            if (line.isEmpty())
                dispatch();
            else
                field(line);
        }
        // The standard throws an event away that no blank line ends; a comparison should see it.
        dispatch();
        return m_out + ']';
    }

private:
    void field(const QByteArray &line)
    {
        if (line.startsWith(':'))
            return;
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = colon < 0 ? line : line.left(colon);
        QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
        if (value.startsWith(' '))
            value.remove(0, 1);
        if (name == "data") {
            m_data += m_hasData ? "\n" + value : value;
            m_hasData = true;
        } else if (name == "event") {
            m_event = value;
        } else if (name == "id") {
            m_id = value;
        }
    }

    void dispatch()
    {
        if (m_hasData) {
            if (m_out.size() > 1)
                m_out += ",\n";
            m_out += '{';
            if (!m_event.isEmpty())
                m_out += "\"event\": " + quotedJson(m_event) + ", ";
            if (!m_id.isEmpty())
                m_out += "\"id\": " + quotedJson(m_id) + ", ";
            m_out += "\"data\": " + (JsonTree::parse(m_data) ? m_data : quotedJson(m_data)) + '}';
        }
        m_data.clear();
        m_event.clear();
        m_id.clear();
        m_hasData = false;
    }

    QByteArray m_out;
    QByteArray m_data;
    QByteArray m_event;
    QByteArray m_id;
    bool m_hasData = false;
};

DecodedBody decoded(const QByteArray &bytes, const QByteArray &type, const JsonLimits &limits)
{
    DecodedBody body;
    body.bytes = bytes;
    if (type == "text/event-stream" && base::isUtf8(bytes)) {
        body.bytes = EventReader().run(bytes);
        body.isEvents = true;
    }
    Result<JsonTree> tree = JsonTree::parse(body.bytes, limits);
    if (!tree && tree.error().code == kJsonInvalid) {
        if (const std::optional<QByteArray> lines = linesAsArray(body.bytes, limits)) {
            body.bytes = *lines;
            body.isEvents = true;
            tree = JsonTree::parse(body.bytes, limits);
        }
    }
    if (tree) {
        body.kind = DecodedBody::Kind::Json;
        body.tree = std::make_shared<const JsonTree>(std::move(*tree));
    } else if (tree.error().code != kJsonInvalid) {
        body.kind = DecodedBody::Kind::Failed;
        body.problem = tree.error();
    } else {
        const bool isText = !body.bytes.contains('\0') && base::isUtf8(body.bytes);
        body.kind = isText ? DecodedBody::Kind::Text : DecodedBody::Kind::Binary;
    }
    return body;
}

} // namespace

DecodedBody decodeBody(const http::Headers &headers, const traffic::Body &body, const JsonLimits &limits)
{
    if (body.isTruncated) {
        DecodedBody cut;
        cut.kind = DecodedBody::Kind::Cut;
        cut.bytes = body.bytes;
        return cut;
    }
    QByteArray content = body.bytes;
    // The coding named last was applied last.
    QList<QByteArray> codings = headers.value("content-encoding").toByteArray().toLower().split(',');
    while (!codings.isEmpty() && !content.isEmpty()) {
        const QByteArray coding = codings.takeLast().trimmed();
        if (coding.isEmpty() || coding == "identity")
            continue;
        Result<QByteArray> plain = traffic::decodeContent(content, coding);
        if (!plain)
            return failed({kBodyCoding, {{u"coding"_s, QString::fromLatin1(coding)}}, {}, plain.error().detail});
        content = std::move(*plain);
    }
    return decoded(toUtf8(content, charset(headers)), mediaType(headers), limits);
}

DecodedBody decodeBody(const QByteArray &bytes, const JsonLimits &limits)
{
    return decoded(bytes, {}, limits);
}

} // namespace parallax::compare
