// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How this project reaches a deployment, as `.parallax/targets.yaml` says it: values, with placeholders and secrets not
// yet filled in, so that they may be shown and compared.
#pragma once

#include "base/error.h"
#include "endpoints/endpoint.h"
#include "http/message.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace parallax::targets {

/// Which deployments a target answers for; what is not said matches anything.
struct TargetMatch
{
    std::optional<QString> deployment;
    std::optional<QString> branch;
    std::optional<endpoints::Version> version;

    [[nodiscard]] bool matches(const endpoints::DeploymentRef &ref) const
    {
        return (!deployment || *deployment == ref.name) && (!branch || *branch == ref.branch) &&
               (!version || *version == ref.version);
    }
    /// Whether everything that `other` matches is matched here too.
    [[nodiscard]] bool covers(const TargetMatch &other) const
    {
        return (!deployment || deployment == other.deployment) && (!branch || branch == other.branch) &&
               (!version || version == other.version);
    }
    friend bool operator==(const TargetMatch &, const TargetMatch &) = default;
};

/// A server that runs already. `{deployment}`, `{branch}` and `{version}` are filled in.
struct UrlTarget
{
    QString url;
    friend bool operator==(const UrlTarget &, const UrlTarget &) = default;
};

/// A server that we start: `{port}` (also in the variable PORT) is a free port of this machine.
struct ProcessTarget
{
    QStringList command;
    QString workingDirectory; ///< seen from the repository's root; empty is the root
    QString readyPath;        ///< ready when GET of it gives 2xx; empty: when the port takes a connection
    std::chrono::milliseconds readyTimeout{20'000};
    friend bool operator==(const ProcessTarget &, const ProcessTarget &) = default;
};

/// The deployment's own source.py, at its branch and version, run by our runner.
struct SourceTarget
{
    QString python = QStringLiteral("python3");
    friend bool operator==(const SourceTarget &, const SourceTarget &) = default;
};

/// An answer that is always the same; nothing is run or asked.
struct StaticTarget
{
    int status = 200;
    http::Headers headers;
    QByteArray body;
    friend bool operator==(const StaticTarget &, const StaticTarget &) = default;
};

/// The service itself (modelbit-endpoints.md 3.1).
struct ModelbitTarget
{
    QString workspace;
    QString region;
    QString apiKey; ///< `${secret:NAME}`; sent as it is in `Authorization`
    friend bool operator==(const ModelbitTarget &, const ModelbitTarget &) = default;
};

struct TlsSettings
{
    bool verify = true;
    QString ca; ///< paths seen from the repository's root
    QString certificate;
    QString key;
    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

struct Target
{
    TargetMatch match;
    std::variant<UrlTarget, ProcessTarget, SourceTarget, StaticTarget, ModelbitTarget> kind;
    QList<std::pair<QString, QString>> headers; ///< values with `${...}` as written
    std::chrono::milliseconds timeout{300'000}; ///< the service's default
    TlsSettings tls;
    bool keepHost = false;
    bool forwardCredentials = false;
    SourceLocation where;

    /// Whether something has to be started for it.
    [[nodiscard]] bool isStarted() const
    {
        return std::holds_alternative<ProcessTarget>(kind) || std::holds_alternative<SourceTarget>(kind);
    }
    /// Equal but for the place in the file.
    [[nodiscard]] bool isSameAs(const Target &other) const
    {
        Target moved = other;
        moved.where = where;
        return *this == moved;
    }
    friend bool operator==(const Target &, const Target &) = default;
};

} // namespace parallax::targets
