// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which requests of a source belong to a sample, and which belong together.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QJsonObject>
#include <QSet>
#include <QString>

#include <optional>

namespace parallax::replay {

/// Names a value of a request: `id` (its place in the source), `content` (endpoint, method, target and body),
/// `header:NAME`, `cookie:NAME`, `body:/JSON/POINTER`, `session` (as recorded: the connection, or what the importer
/// knew).
struct RequestKey
{
    enum class Kind { Id, Content, Header, Cookie, Body, Session };
    Kind kind = Kind::Id;
    QByteArray name;

    [[nodiscard]] static std::optional<RequestKey> parse(const QString &text);
    [[nodiscard]] QString toString() const;
    /// Empty when the request has no such value. `ordinal` counts the source's requests from 1.
    [[nodiscard]] QByteArray of(const traffic::Exchange &exchange, quint64 ordinal) const;
    friend bool operator==(const RequestKey &, const RequestKey &) = default;
};

/// Keeps a share of the requests, the same ones in every run and on every machine: those whose key's hash (FNV-1a and
/// SplitMix64 with the seed) lies in the first `share` of all hashes. A smaller share is therefore part of a larger
/// one, and requests of one key stay together. A request without the key is taken by its content.
struct Sampling
{
    double share = 1.0;
    qint64 everyNth = 1; ///< of those in the share, the first of each n
    RequestKey key;
    quint64 seed = 0;
    bool isDistinct = false; ///< of requests with the same content, the first only

    [[nodiscard]] bool isAll() const { return share >= 1.0 && everyNth <= 1 && !isDistinct; }
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<Sampling> fromJson(const QJsonObject &object);
    friend bool operator==(const Sampling &, const Sampling &) = default;
};

/// `5%`, `0.05`, `1/20` (every 20th); above 0, at most all.
[[nodiscard]] Result<Sampling> parseSample(const QString &text);
[[nodiscard]] Result<RequestKey> parseSessionKey(const QString &text);

/// Applies a Sampling to a source from its first request to its last. Remembers 8 bytes a distinct request when only
/// distinct ones are wanted, else nothing.
class Sampler
{
public:
    explicit Sampler(Sampling sampling);
    [[nodiscard]] bool takes(const traffic::Exchange &exchange, quint64 ordinal);

private:
    Sampling m_sampling;
    quint64 m_limit;
    qint64 m_inShare = 0;
    QSet<quint64> m_seen;
};

} // namespace parallax::replay
