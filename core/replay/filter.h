// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The filter expressions of `replay --filter`, the desktop's filter bar and stored plans.
//
//   method == POST and (status >= 500 or latency > 250ms) and not target ~ "/health"
//   outcome == different and body/data/0/region == eu and header.x-user ~ "test"
//
// Words: method, endpoint, target, status (the primary's), latency (its service time; 250ms, 1.5s, a bare number is
// ms), time (RFC 3339), outcome (of any mirror), outcome.NAME, failed (the primary gave no good answer), tag, note,
// session, id, header.NAME, answer-header.NAME, body, body/JSON/POINTER, answer, answer/JSON/POINTER. Operators: == (or
// =), !=, <, <=, >, >=, ~ (contains, without case), !~, =~ (regular expression). A word alone asks whether there is
// such a thing. `and`, `or`, `not`, brackets; && || ! do as well. Values with blanks are quoted.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"

#include <QString>

#include <memory>

namespace parallax::replay {

/// A parsed filter expression. An immutable value, cheap to copy; any thread. An empty one lets everything through.
class Filter
{
public:
    Filter() = default;

    /// Errors carry {column}, counted from 1 in characters.
    [[nodiscard]] static Result<Filter> parse(const QString &text);

    [[nodiscard]] bool matches(const traffic::Exchange &exchange) const;
    [[nodiscard]] bool isEmpty() const { return m_root == nullptr; }
    [[nodiscard]] QString text() const { return m_text; }

    struct Node;

private:
    QString m_text;
    std::shared_ptr<const Node> m_root;
};

/// An answer that never came complete, a status of 400 or more, or a body with `error` and without `data` (contract of
/// captures).
[[nodiscard]] bool isGoodAnswer(const traffic::Reply &reply);

} // namespace parallax::replay
