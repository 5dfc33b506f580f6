// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sticky split by a supplied key (modelbit-endpoints.md Q2, Q3): which backend each row of a request goes to, the
// bodies for them, and one answer from theirs. Pure functions on JSON text; rows are passed on as they were written.
#pragma once

#include "base/result.h"
#include "router/routingtable.h"

#include <QByteArray>

#include <vector>

namespace parallax::router {

/// Rows of one backend.
struct AssignedPart
{
    std::size_t backend = 0; ///< index in the endpoint
    std::vector<std::size_t> rows;
    QByteArray body; ///< the request's with only these rows; the request's own when all rows go here
};

struct Assignment
{
    std::vector<AssignedPart> parts; ///< by the first row of each; at least one
    std::vector<QByteArray> ids;     ///< of a batch's rows, as written; empty for a single request
};

/// Errors: body-not-json, missing-key.
[[nodiscard]] Result<Assignment> assignRows(const QByteArray &body, const EndpointEntry &endpoint);

/// Which backend a key's value leads to: MD5 of `<endpoint>-<value>`, its first four bytes (big-endian) modulo 10,000
/// shards, laid over the weights in file order. The weights' sum is above 0.
[[nodiscard]] std::size_t backendForKey(const EndpointEntry &endpoint, const QString &value);

/// One body `{"data": [...]}` in the order of the request's rows from the bodies that the parts answered, rows found by
/// their ids, else by their place. Null when one of them is no such list of as many rows.
[[nodiscard]] QByteArray mergedAnswer(const Assignment &assignment, const std::vector<QByteArray> &answers);

} // namespace parallax::router
