// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be wrong with a message, and the status a server answers it with.
#pragma once

#include "base/error.h"

namespace parallax::http {

enum class Problem {
    None,
    RequestLine,      ///< not METHOD SP TARGET SP HTTP/x.y
    Method,           ///< no token, or longer than any method
    Target,           ///< no origin-, absolute- or (for OPTIONS) asterisk-form, or characters that do not belong in it
    LineTooLong,      ///< 414
    LineEnd,          ///< a line that does not end with CR LF, or a CR elsewhere
    FieldName,        ///< no token, or none, or no colon, or a blank before it
    FieldValue,       ///< a control character
    Folding,          ///< a line that begins with a blank
    HeaderTooLarge,   ///< 431
    TooManyFields,    ///< 431
    DuplicateField,   ///< a field that may come once only
    Host,             ///< none, empty, or no host[:port]
    ContentLength,    ///< not digits only, or signed, listed, too large
    TransferEncoding, ///< not exactly `chunked`, or beside Content-Length, or in HTTP/1.0
    UnknownCoding,    ///< 501
    Version,          ///< 505
    Expectation,      ///< 417
    ChunkSize,        ///< not hexadecimal digits, too many, or trailing characters
    ChunkExtension,   ///< malformed or too long
    ChunkEnd,         ///< no CR LF where the chunk's data ends
    Trailer,          ///< a malformed field after the last chunk
    BodyTooLarge,     ///< 413
    HeadTimeout,      ///< 408
    BodyTimeout,      ///< 408
    TooManyConnections, ///< 503
    StatusLine,         ///< of an answer: not HTTP/1.x SP 3DIGIT SP reason
    Interim,            ///< of an answer: 101 though no upgrade was asked for, or too many 1xx
    CutShort,           ///< the connection ended before the message did
};

/// The status of the answer; 400 unless the list above says otherwise.
[[nodiscard]] int statusOf(Problem problem);
[[nodiscard]] ErrorCode codeOf(Problem problem);

} // namespace parallax::http
