// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "compare/json.h"
#include "http/message.h"
#include "traffic/exchange.h"

#include <memory>
#include <optional>

namespace parallax::compare {

/// A body made comparable. A value; the tree is shared.
struct DecodedBody
{
    enum class Kind {
        Json,   ///< `tree` is there
        Text,   ///< UTF-8 without NUL
        Binary, ///< anything else
        Cut,    ///< recorded beyond the cap: beginning, length and SHA-256 only
        Failed, ///< could not be decoded, or passed a cap: not comparable, unless the bytes as sent are equal
    };
    Kind kind = Kind::Text;
    QByteArray bytes; ///< after content coding and charset; of events their JSON, see isEvents
    std::shared_ptr<const JsonTree> tree;
    bool isEvents = false; ///< NDJSON or server-sent events, as a JSON array of them
    std::optional<Error> problem;
};

/// Undoes the content codings that traffic/ knows (gzip, deflate, zstd), turns a charset that is named into UTF-8, and
/// reads JSON when it is JSON, whatever its content type says. NDJSON and server-sent events (text/event-stream, HTML
/// standard 9.2) become arrays. Pure, any thread.
[[nodiscard]] DecodedBody decodeBody(const http::Headers &headers, const traffic::Body &body,
                                     const JsonLimits &limits = {});
[[nodiscard]] DecodedBody decodeBody(const QByteArray &bytes, const JsonLimits &limits = {});

} // namespace parallax::compare
