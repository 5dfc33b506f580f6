// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

#define WORDS(text) QT_TRANSLATE_NOOP("parallax::wording", text)

std::span<const Sentence> httpSentences()
{
    static constexpr Sentence kSentences[] = {
        {"http-request-line", WORDS("The request line is malformed"), nullptr},
        {"http-method", WORDS("The method is not a valid token"), nullptr},
        {"http-target", WORDS("The request target is not a valid path"), nullptr},
        {"http-line-too-long", WORDS("The request line is too long"), nullptr},
        {"http-line-end", WORDS("A line of the head does not end with CR LF"), nullptr},
        {"http-field-name", WORDS("A header field has no valid name"), nullptr},
        {"http-field-value", WORDS("A header field has a control character in its value"), nullptr},
        {"http-folding", WORDS("A header field is folded over several lines"), nullptr},
        {"http-header-too-large", WORDS("The header is too large"), nullptr},
        {"http-too-many-fields", WORDS("The header has too many fields"), nullptr},
        {"http-duplicate-field", WORDS("A header field that may come once came twice"), nullptr},
        {"http-host", WORDS("The Host field is missing or malformed"), nullptr},
        {"http-content-length", WORDS("The Content-Length field is malformed"), nullptr},
        {"http-transfer-encoding", WORDS("The Transfer-Encoding field is malformed or contradicts another one"),
         nullptr},
        {"http-unknown-coding", WORDS("The transfer coding is not known"), nullptr},
        {"http-version", WORDS("This version of HTTP is not supported"), nullptr},
        {"http-expectation", WORDS("The expectation cannot be met"), nullptr},
        {"http-chunk-size", WORDS("The size of a chunk is malformed"), nullptr},
        {"http-chunk-extension", WORDS("The extension of a chunk is malformed or too long"), nullptr},
        {"http-chunk-end", WORDS("A chunk does not end where its size says"), nullptr},
        {"http-trailer", WORDS("A trailer field is malformed"), nullptr},
        {"http-body-too-large", WORDS("The body is too large"), nullptr},
        {"http-head-timeout", WORDS("The head of the request did not come in time"), nullptr},
        {"http-body-timeout", WORDS("The body of the request came too slowly"), nullptr},
        {"http-too-many-connections", WORDS("There are too many connections"), nullptr},
        {"http-status-line", WORDS("The status line is malformed"), nullptr},
        {"http-interim", WORDS("An interim answer came that was not asked for"), nullptr},
        {"http-cut-short", WORDS("The connection ended before the message did"), nullptr},
        {"http-connect-failed", WORDS("Cannot connect to {host}:{port}: {detail}"), nullptr},
        {"http-connect-timeout", WORDS("No connection to {host}:{port} within {seconds} seconds"), nullptr},
        {"http-tls-failed", WORDS("No secure connection to {host}: {detail}"), nullptr},
        {"http-connection-lost", WORDS("The connection to {host}:{port} was lost: {detail}"), nullptr},
    };
    return kSentences;
}

#undef WORDS

} // namespace parallax::wording
