// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The blob of a capture's rows: what is kept of an exchange but not searched by column. Format: docs/capture-format.md.
#pragma once

#include "traffic/exchange.h"

#include <QByteArrayView>

#include <functional>
#include <optional>
#include <string>

namespace parallax::traffic {

/// Where the payload's bodies go when they are stored once per content: gives the row of table `body`, or nothing to
/// have the bytes put into the payload itself.
using BodyStore = std::function<std::optional<qint64>(const QByteArray &)>;
/// The reverse; nothing when there is no such row.
using BodyFetch = std::function<std::optional<QByteArray>(qint64)>;

/// Appends the payload of a whole exchange: its request and every answer that is not Pending.
void encodeExchange(const Exchange &exchange, std::string &out, const BodyStore &store);
/// Appends the payload of one late mirror's answer.
void encodeReply(const Reply &reply, std::string &out, const BodyStore &store);

/// Fills in what the payload has; `exchange.mirrors` already stands there with what the columns have. False when the
/// bytes are damaged.
[[nodiscard]] bool decodeExchange(QByteArrayView payload, Exchange &exchange, const BodyFetch &fetch);
[[nodiscard]] bool decodeReply(QByteArrayView payload, Reply &reply, const BodyFetch &fetch);

/// The rows of table `body` that a payload refers to; false when it is damaged.
[[nodiscard]] bool bodiesOf(QByteArrayView payload, bool isWholeExchange, std::vector<qint64> &rows);

} // namespace parallax::traffic
