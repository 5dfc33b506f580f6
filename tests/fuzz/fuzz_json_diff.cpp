// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two documents, divided by a byte 0xff, are compared both ways, without rules and with one of every kind. Beyond not
// crashing: a document equals itself, swapping the sides mirrors the counts, every path and span lies in its document,
// and the lines of both sides stay level.
#include "compare/diff.h"
#include "compare/sidebyside.h"

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

Rules everyRule()
{
    const RulesFile file = readRules(R"(schemaVersion: 1
margin: {abs: 0.5}
rules:
  - {path: /**/t, tolerance: {abs: 1, rel: 0.1, ulps32: 4}}
  - {path: /i/0, ignore: false}
  - {path: /i, ignore: true}
  - {path: /*/u, unordered: true}
  - {path: /k/**, keyedBy: id}
  - {path: /d, datetimeWithin: 5s}
  - {path: /n, normalize: {pattern: '[0-9]+', replace: '#'}}
  - {path: /p/*, presenceOnly: true}
)",
                                     u"rules.yaml"_s);
    require(!file.hasErrors());
    return file.rules;
}

void checkSpans(const std::vector<SideLine> &lines)
{
    for (const SideLine &line : lines) {
        int last = 0;
        for (const TextSpan &span : line.spans) {
            require(span.begin >= last && span.begin <= span.end && span.end <= line.text.size());
            last = span.end;
        }
        for (const LineToken &token : line.tokens)
            require(token.span.begin <= token.span.end && token.span.end <= line.text.size());
    }
}

void check(const DecodedBody &left, const DecodedBody &right, const Rules &rules)
{
    const Diff there = diff(left, right, rules);
    const Diff back = diff(right, left, rules);
    require(there.real == back.real && there.hidden == back.hidden && there.isClose == back.isClose);
    for (const Difference &each : there.differences) {
        require(each.leftSpan.end <= static_cast<quint32>(left.bytes.size()));
        require(each.rightSpan.end <= static_cast<quint32>(right.bytes.size()));
    }
    if (left.kind != DecodedBody::Kind::Failed)
        require(diff(left, left, rules).isEqual());
    SideBySideOptions options;
    options.mostLines = 500;
    const SideBySide sides = sideBySide(left, right, rules, options);
    require(sides.left.size() == sides.right.size());
    checkSpans(sides.left);
    checkSpans(sides.right);
    if (left.tree && right.tree && !sides.isCut && !there.isCut)
        require(sides.differences.empty() == there.isEqual());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Rules rules = everyRule();
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype middle = input.indexOf('\xff');
    constexpr JsonLimits kLimits{100'000, 64, 20'000};
    const DecodedBody left = decodeBody(middle < 0 ? input : input.left(middle), kLimits);
    const DecodedBody right = decodeBody(middle < 0 ? input : input.mid(middle + 1), kLimits);
    check(left, right, {});
    check(left, right, rules);
    http::Headers events{{"content-type", "text/event-stream"}};
    static_cast<void>(decodeBody(events, traffic::Body::whole(input), kLimits));
    return 0;
}
