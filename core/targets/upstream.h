// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QJsonValue>
#include <QString>

#include <chrono>
#include <optional>

namespace parallax::targets {

struct TlsOptions
{
    bool isEnabled = false;
    bool verify = true; ///< chain and name; false is a warning everywhere it shows
    QString caFile;     ///< PEM; empty = the system's
    QString certificateFile;
    QString keyFile;
    friend bool operator==(const TlsOptions &, const TlsOptions &) = default;
};

/// Where a deployment answers, ready to be dialled: every placeholder filled in, every secret resolved. A value, given
/// to the router inside its snapshot. Never written anywhere: `headers` may hold secrets.
struct Upstream
{
    QString host;
    quint16 port = 0;
    TlsOptions tls;
    QByteArray authority;  ///< for `Host`: host, with the port unless it is the scheme's own
    QByteArray path;       ///< path and query of the target's URL, at least "/"
    http::Headers headers; ///< what the target sets on every request
    std::chrono::milliseconds timeout{300'000};
    bool keepHost = false;           ///< the caller's Host is passed on
    bool forwardCredentials = false; ///< a mirror gets the caller's Authorization and Cookie
    /// Answered here, nothing is dialled (targets of kind `static`).
    struct StaticAnswer
    {
        int status = 200;
        http::Headers headers;
        QByteArray body;
        friend bool operator==(const StaticAnswer &, const StaticAnswer &) = default;
    };
    std::optional<StaticAnswer> staticAnswer;
    QString displayUrl; ///< without user info and secrets

    friend bool operator==(const Upstream &, const Upstream &) = default;
};

} // namespace parallax::targets
