// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/outcome.h"

#include "compare/errors.h"

#include <QByteArrayMatcher>

#include <cmath>

using namespace Qt::StringLiterals;
using parallax::traffic::AnswerState;
using parallax::traffic::Outcome;
using parallax::traffic::Reply;

namespace parallax::compare {

namespace {

constexpr int kFirstErrorStatus = 400;

// A member of the body when that is an object.
std::optional<JsonTree::Index> member(const DecodedBody &body, QByteArrayView key)
{
    if (!body.tree || body.tree->node(JsonTree::root()).type != JsonType::Object)
        return std::nullopt;
    const JsonTree &tree = *body.tree;
    for (JsonTree::Index i = 1; i != tree.size(); i = tree.node(i).after) {
        if (tree.rawKey(i) == key)
            return i;
    }
    return std::nullopt;
}

bool isTrivial(const Reply &reply)
{
    return reply.state == AnswerState::Pending || reply.state == AnswerState::Dropped;
}

bool hasSameCoding(const Reply &a, const Reply &b)
{
    return a.headers.value("content-encoding") == b.headers.value("content-encoding") &&
           a.headers.value("content-type") == b.headers.value("content-type");
}

void nameSides(std::vector<Difference> &differences, const Reply &left, const Reply &right)
{
    for (Difference &difference : differences) {
        if (difference.kind == DifferenceKind::Status) {
            difference.left = QString::number(left.status);
            difference.right = QString::number(right.status);
        } else if (difference.kind == DifferenceKind::Header) {
            const QByteArray name = difference.path.toLatin1();
            difference.left = QString::fromLatin1(left.headers.value(name));
            difference.right = QString::fromLatin1(right.headers.value(name));
        }
    }
}

} // namespace

std::vector<const Reply *> candidates(const traffic::Exchange &exchange, Baseline baseline)
{
    std::vector<const Reply *> out;
    for (const Reply &mirror : exchange.mirrors)
        out.push_back(&mirror);
    if (out.empty() && baseline == Baseline::Recorded)
        out.push_back(&exchange.primary);
    return out;
}

const Reply *baselineReply(const traffic::Exchange &exchange, Baseline baseline)
{
    if (baseline == Baseline::Primary)
        return &exchange.primary;
    return exchange.recorded ? &*exchange.recorded : nullptr;
}

double latencyMs(const Reply &reply)
{
    Nanoseconds took = reply.timings.serviceTime();
    if (took.count() < 0 && reply.timings.done.count() >= 0)
        took = reply.timings.done - std::max(reply.timings.queued, Nanoseconds{0});
    return took.count() < 0 ? kNoFigure : toMilliseconds(took);
}

bool isErrorAnswer(const Reply &reply, const DecodedBody &body)
{
    return reply.state != AnswerState::Complete || reply.status >= kFirstErrorStatus ||
           (member(body, "error") && !member(body, "data"));
}

QString errorClass(const DecodedBody &body)
{
    const std::optional<JsonTree::Index> error = member(body, "error");
    if (!error)
        return {};
    const JsonTree &tree = *body.tree;
    const bool isString = tree.node(*error).type == JsonType::String;
    QString text = QString::fromUtf8(isString ? tree.string(*error) : tree.text(*error).toByteArray()).trimmed();
    text = text.mid(text.lastIndexOf(u'\n') + 1);
    const qsizetype colon = text.indexOf(u':');
    return (colon < 0 ? text : text.left(colon)).trimmed();
}

PairJudge::PairJudge(const Rules &rules, Baseline baseline, qsizetype limit)
    : m_rules(rules)
    , m_limit(limit)
    , m_baseline(baseline)
{
    m_none.clear(rules.rules.size());
}

Differ &PairJudge::differ()
{
    if (!m_differ) {
        m_differ = std::make_unique<Differ>(m_rules, m_limit);
        m_differ->begin();
    }
    return *m_differ;
}

void PairJudge::begin(const traffic::Exchange &exchange)
{
    m_baselineReply = compare::baselineReply(exchange, m_baseline);
    m_left.reset();
}

Outcome PairJudge::judge(const Reply &candidate, ValueVisitor *visitor)
{
    if (m_differ)
        m_differ->begin();
    m_none.hasOtherSpelling = false;
    m_problem.reset();
    m_isSameBody = false;
    m_right = {};
    if (candidate.state == AnswerState::Pending)
        return Outcome::Pending;
    if (candidate.state == AnswerState::Dropped)
        return Outcome::Dropped;
    if (m_baselineReply == nullptr) {
        m_problem = Error{kNothingRecorded, {}, {}, {}};
        return Outcome::NotComparable;
    }
    const Reply &baseline = *m_baselineReply;
    if (isTrivial(baseline))
        return baseline.state == AnswerState::Pending ? Outcome::Pending : Outcome::Dropped;
    if (baseline.state == AnswerState::Timeout)
        return Outcome::PrimaryError;
    if (candidate.state == AnswerState::Timeout)
        return Outcome::Timeout;

    m_isSameBody = baseline.body == candidate.body && hasSameCoding(baseline, candidate);
    if (visitor == nullptr && isPlainlyEqual(candidate))
        return Outcome::Equal;
    if (!m_left)
        m_left = decodeBody(baseline.headers, baseline.body);
    if (!m_isSameBody)
        m_right = decodeBody(candidate.headers, candidate.body);
    const bool isPrimaryError = isErrorAnswer(baseline, left());
    const bool isMirrorError = isErrorAnswer(candidate, right());
    if (!isPrimaryError && !isMirrorError)
        return compareAnswers(candidate, visitor);
    // The fields of a report list a changed status wherever it was seen, or nobody would see 404 against 200.
    const bool haveStatus = baseline.state == AnswerState::Complete && candidate.state == AnswerState::Complete;
    if (haveStatus && baseline.status != candidate.status)
        differ().addNamed(DifferenceKind::Status, u"status"_s);
    if (isPrimaryError && isMirrorError) {
        const bool isSame =
            haveStatus && baseline.status == candidate.status && errorClass(left()) == errorClass(right());
        return isSame ? Outcome::BothErrorSame : Outcome::BothErrorDifferent;
    }
    return isPrimaryError ? Outcome::PrimaryError : Outcome::MirrorError;
}

bool PairJudge::isPlainlyEqual(const Reply &candidate)
{
    static const QByteArrayMatcher kError("\"error\"");
    const Reply &baseline = *m_baselineReply;
    // A body that never says "error" is no error by its body.
    return m_isSameBody && m_rules.rules.empty() && baseline.state == AnswerState::Complete &&
           candidate.state == AnswerState::Complete && baseline.status == candidate.status &&
           baseline.status < kFirstErrorStatus && !baseline.headers.contains("content-encoding") &&
           kError.indexIn(baseline.body.bytes) < 0;
}

bool PairJudge::isSameJson()
{
    if (!m_rules.rules.empty() || !left().tree || !right().tree)
        return false;
    qint64 steps = qint64(left().tree->size()) + right().tree->size();
    bool hasOtherSpelling = false;
    const bool isSame =
        isSameValue(*left().tree, JsonTree::root(), *right().tree, JsonTree::root(), steps, hasOtherSpelling);
    m_none.hasOtherSpelling = isSame && hasOtherSpelling;
    if (m_differ && m_none.hasOtherSpelling)
        m_differ->markOtherSpelling();
    return isSame;
}

Outcome PairJudge::compareAnswers(const Reply &candidate, ValueVisitor *visitor)
{
    const Reply &baseline = *m_baselineReply;
    if (baseline.status != candidate.status)
        differ().addNamed(DifferenceKind::Status, u"status"_s);
    compareHeaders(candidate);
    const DecodedBody &l = left();
    const DecodedBody &r = right();
    using Kind = DecodedBody::Kind;
    if (m_isSameBody) {
        // Rules are hit and figures collected all the same.
        if (l.tree && (visitor != nullptr || !m_rules.rules.empty()))
            differ().compare(*l.tree, *l.tree, visitor);
    } else if (l.kind == Kind::Failed || r.kind == Kind::Failed) {
        m_problem = l.kind == Kind::Failed ? l.problem : r.problem;
        return Outcome::NotComparable;
    } else if (l.kind == Kind::Cut || r.kind == Kind::Cut) {
        differ().addNamed(DifferenceKind::Bytes, {}); // the bodies, lengths and hashes were found unequal above
    } else if (visitor != nullptr || !isSameJson()) {
        compareBodies(differ(), l, r, visitor);
    }
    if (differences().real > 0)
        return Outcome::Different;
    return differences().hidden > 0 ? Outcome::EqualByRule : Outcome::Equal;
}

void PairJudge::compareHeaders(const Reply &candidate)
{
    const std::vector<Rule> &rules = m_rules.rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].kind != RuleKind::Header)
            continue;
        const QByteArray &name = rules[i].header;
        const bool isThere = m_baselineReply->headers.contains(name);
        if (isThere || candidate.headers.contains(name))
            differ().markRule(static_cast<int>(i));
        if (isThere != candidate.headers.contains(name) ||
            m_baselineReply->headers.value(name) != candidate.headers.value(name))
            differ().addNamed(DifferenceKind::Header, QString::fromLatin1(name));
    }
}

std::vector<PairResult> judge(const traffic::Exchange &exchange, const Rules &rules, Baseline baseline, qsizetype limit)
{
    std::vector<PairResult> out;
    PairJudge judge(rules, baseline, limit);
    judge.begin(exchange);
    for (const Reply *candidate : candidates(exchange, baseline)) {
        PairResult &result = out.emplace_back();
        result.mirror = candidate->name;
        result.outcome = judge.judge(*candidate);
        result.problem = judge.problem();
        const PairDifferences &found = judge.differences();
        if (!found.found.empty())
            result.diff.differences = describe(found, judge.differ().paths(), judge.left(), judge.right());
        if (judge.baselineReply() != nullptr)
            nameSides(result.diff.differences, *judge.baselineReply(), *candidate);
        result.diff.real = found.real;
        result.diff.hidden = found.hidden;
        result.diff.isCut = static_cast<qsizetype>(found.found.size()) < found.real + found.hidden;
        result.diff.isClose = found.isClose;
        result.diff.hasOtherSpelling = found.hasOtherSpelling;
        for (const DecodedBody *body : {&judge.left(), &judge.right()}) {
            if (body->tree) {
                result.diff.hasDuplicateKeys = result.diff.hasDuplicateKeys || body->tree->hasDuplicateKeys();
                result.diff.hasNotFinite = result.diff.hasNotFinite || body->tree->hasNotFinite();
            }
        }
    }
    return out;
}

} // namespace parallax::compare
