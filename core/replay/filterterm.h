// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The leaves of a filter expression: one field of an exchange against one value.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "traffic/exchange.h"

#include <QRegularExpression>
#include <QString>

#include <optional>

namespace parallax::replay {

enum class FilterField {
    Method,
    Endpoint,
    Target,
    Status,
    Latency,
    Time,
    Outcome,
    Failed,
    Tag,
    Note,
    Session,
    Id,
    Header,
    AnswerHeader,
    Body,
    Answer,
};

enum class FilterOperator {
    Present,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Contains,
    Lacks,
    Matches
};

/// One comparison. A value; made by the parser through makeTerm, which checks field, operator and value together.
struct FilterTerm
{
    FilterField field = FilterField::Method;
    QByteArray name;    ///< of the header, or of the mirror
    QByteArray pointer; ///< RFC 6901, for Body and Answer; a null array means the whole text
    FilterOperator op = FilterOperator::Present;
    QString value;
    double number = 0.0; ///< of `value` where it is one: status, id, milliseconds, JSON number
    bool isNumber = false;
    WallTime time;
    QRegularExpression pattern;

    [[nodiscard]] bool matches(const traffic::Exchange &exchange) const;
};

/// Where a term stands in the text, for its errors.
struct FilterPlace
{
    int fieldColumn = 1;
    int operatorColumn = 1;
    int valueColumn = 1;
};

[[nodiscard]] Result<FilterTerm> makeTerm(const QString &word, FilterOperator op, const QString &operatorText,
                                          const QString &value, const FilterPlace &place);

} // namespace parallax::replay
