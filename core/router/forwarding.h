// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a caller's request becomes the one that a target gets (contract.md 4).
#pragma once

#include "http/message.h"
#include "targets/upstream.h"
#include "traffic/exchange.h"

#include <QByteArray>

#include <optional>

namespace parallax::router {

struct ForwardedBody
{
    qint64 length = 0; ///< of a body sent whole or of known length
    bool isChunked = false;
    QByteArrayView attached; ///< a short body is put behind the head: one piece to send
};

struct ForwardedCopy
{
    traffic::Role role = traffic::Role::Primary;
    QByteArrayView mirrorName;
    bool passesCredentials = true; ///< Authorization and Cookie
};

/// The head of the copy up to the fields that tell its body's length. `via` is added to Via.
[[nodiscard]] QByteArray forwardedStart(const http::Request &request, const targets::Upstream &upstream,
                                        QByteArrayView path, const ForwardedCopy &copy, const QByteArray &via);
/// The whole head, with its empty line and what is attached.
[[nodiscard]] QByteArray forwardedHead(QByteArrayView start, const http::Request &request, const ForwardedBody &body);

/// The target's path with what follows a route's prefix, joined by exactly one '/'; both may have a query.
[[nodiscard]] QByteArray joinedPath(const QByteArray &path, const std::optional<QByteArray> &rest);

/// Whether the request has passed the router with this id, or so many routers that it must be going in a circle.
[[nodiscard]] bool isLooping(const http::Headers &headers, const QByteArray &instanceId);

/// Whether a mirror may see the caller's Authorization and Cookie.
[[nodiscard]] bool mayPassCredentials(const targets::Upstream &mirror, const targets::Upstream *primary);
[[nodiscard]] bool hasCredentials(const http::Headers &headers);

} // namespace parallax::router
