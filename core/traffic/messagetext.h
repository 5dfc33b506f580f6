// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP as recordings have it. Lenient on purpose: what stands in a file was accepted by somebody, and nothing of it is
// forwarded before the router's own strict parser has seen it.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QByteArray>
#include <QByteArrayView>

namespace parallax::traffic {

struct RecordedMessage
{
    QByteArray method; ///< empty for an answer
    QByteArray target;
    int status = 0; ///< 0 for a request
    http::Headers headers;
    QByteArray body;
};

/// A whole HTTP/1 message: start line, fields, and everything after the empty line as its body. Chunks are joined where
/// the body is in chunks; other codings stay. kBadMessage when the start line is none.
[[nodiscard]] Result<RecordedMessage> parseRecordedMessage(QByteArrayView bytes);

/// Content-Length, Transfer-Encoding and HTTP/2 pseudo fields say how a body was framed then; they are dropped, and
/// Content-Length comes back where it stood, with the length there is.
void settleFraming(http::Headers &headers, qsizetype bodyBytes);

struct SplitUrl
{
    QByteArray scheme; ///< lower case; empty for an origin-form target
    QByteArray authority;
    QByteArray userInfo;
    QByteArray target; ///< path and query, at least "/"; never a fragment
};
[[nodiscard]] SplitUrl splitUrl(QByteArrayView url);

/// `application/x-www-form-urlencoded` for one text.
[[nodiscard]] QByteArray formEncoded(const QByteArray &text);

/// What a part of multipart/form-data holds (RFC 7578).
struct FormPart
{
    QByteArray name;
    QByteArray fileName; ///< empty for a plain field
    QByteArray type;
    QByteArray content;
};
[[nodiscard]] QByteArray multipartBody(const std::vector<FormPart> &parts, const QByteArray &boundary);

} // namespace parallax::traffic
