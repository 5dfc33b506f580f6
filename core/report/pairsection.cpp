// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/pairsection.h"

#include "compare/outcome.h"
#include "compare/requestsummary.h"
#include "compare/sidebyside.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::report {

namespace {

constexpr int kMostLines = 400;
constexpr int kContext = 3;

PairLine toLine(const compare::SideLine &line)
{
    using From = compare::SideLine::Kind;
    PairLine out;
    switch (line.kind) {
    case From::Same:
        out.kind = PairLine::Kind::Same;
        break;
    case From::Changed:
        out.kind = PairLine::Kind::Changed;
        break;
    case From::Only:
        out.kind = PairLine::Kind::Only;
        break;
    case From::Moved:
        out.kind = PairLine::Kind::Moved;
        break;
    case From::Hidden:
        out.kind = PairLine::Kind::Hidden;
        break;
    case From::Void:
        out.kind = PairLine::Kind::Void;
        break;
    }
    out.number = line.number;
    if (!line.sign().isNull())
        out.sign = line.sign();
    out.text = line.text;
    for (const compare::TextSpan &span : line.spans)
        out.spans.emplace_back(span.begin, span.end);
    return out;
}

QString statusOf(const traffic::Reply &reply)
{
    return reply.state == traffic::AnswerState::Complete ? QString::number(reply.status) : toString(reply.state);
}

PairSide toSide(const traffic::Reply &reply)
{
    PairSide side;
    side.name = reply.name;
    side.what = QStringList{reply.deployment, reply.branch, reply.version}.join(u", "_s);
    side.status = statusOf(reply);
    side.milliseconds = compare::latencyMs(reply);
    return side;
}

void fillLines(PairSection &section, const compare::SideBySide &sides)
{
    section.isCut = sides.isCut;
    const auto add = [&](int from, int to) {
        for (int i = from; i < to; ++i) {
            section.left.lines.push_back(toLine(sides.left[static_cast<std::size_t>(i)]));
            section.right.lines.push_back(toLine(sides.right[static_cast<std::size_t>(i)]));
        }
    };
    if (sides.lines() <= kMostLines)
        return add(0, sides.lines());
    for (const compare::LineRange &range : compare::linesAround(sides, kContext)) {
        const int room = kMostLines - static_cast<int>(section.left.lines.size());
        add(range.begin, std::min(range.end, range.begin + room));
        if (room <= range.end - range.begin)
            break;
    }
    section.isCut = true;
}

/// An answer that is none: its reason stands in the place of the body.
traffic::Body bodyOf(const traffic::Reply &reply)
{
    return reply.state == traffic::AnswerState::Complete ? reply.body : traffic::Body::whole(reply.failure.toUtf8());
}

} // namespace

std::optional<PairSection> makePairSection(const traffic::Exchange &exchange, const QString &mirror,
                                           const compare::Rules &rules, compare::Baseline baseline)
{
    const traffic::Reply *left = compare::baselineReply(exchange, baseline);
    const std::vector<const traffic::Reply *> candidates = compare::candidates(exchange, baseline);
    const auto right = std::find_if(candidates.begin(), candidates.end(),
                                    [&mirror](const traffic::Reply *reply) { return reply->name == mirror; });
    if (left == nullptr || right == candidates.end())
        return std::nullopt;
    PairSection section;
    section.mirror = mirror;
    section.id = exchange.id;
    section.outcome = (*right)->outcome;
    section.differences = (*right)->differences;
    section.summary = compare::requestSummary(exchange.body.bytes);
    section.left = toSide(*left);
    section.right = toSide(**right);
    for (const compare::PairResult &result : compare::judge(exchange, rules, baseline)) {
        if (result.mirror == mirror) {
            section.outcome = result.outcome;
            section.differences = result.diff.real;
        }
    }
    fillLines(section, compare::sideBySide(compare::decodeBody(left->headers, bodyOf(*left)),
                                           compare::decodeBody((*right)->headers, bodyOf(**right)), rules));
    return section;
}

} // namespace parallax::report
