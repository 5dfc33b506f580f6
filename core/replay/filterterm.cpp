// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/filterterm.h"

#include "base/duration.h"
#include "compare/outcome.h"
#include "replay/errors.h"
#include "replay/filter.h"
#include "replay/jsonspot.h"
#include "replay/pace.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

struct FieldName
{
    QLatin1StringView text;
    FilterField field;
};
constexpr std::array<FieldName, 14> kFields{{{"method"_L1, FilterField::Method},
                                             {"endpoint"_L1, FilterField::Endpoint},
                                             {"target"_L1, FilterField::Target},
                                             {"status"_L1, FilterField::Status},
                                             {"latency"_L1, FilterField::Latency},
                                             {"time"_L1, FilterField::Time},
                                             {"outcome"_L1, FilterField::Outcome},
                                             {"failed"_L1, FilterField::Failed},
                                             {"tag"_L1, FilterField::Tag},
                                             {"note"_L1, FilterField::Note},
                                             {"session"_L1, FilterField::Session},
                                             {"id"_L1, FilterField::Id},
                                             {"body"_L1, FilterField::Body},
                                             {"answer"_L1, FilterField::Answer}}};

Error at(ErrorCode code, int column, QVariantMap args)
{
    args.insert(u"column"_s, column);
    return Error{code, std::move(args), {{}, 1, column}, {}};
}

/// The field of a word, with the header's name, the mirror's name or the pointer that is part of it.
bool readWord(const QString &word, FilterTerm &term)
{
    const auto named = [&](QLatin1StringView prefix, FilterField field) {
        if (!word.startsWith(prefix) || word.size() == prefix.size())
            return false;
        term.field = field;
        term.name = word.sliced(prefix.size()).toUtf8();
        return true;
    };
    if (named("header."_L1, FilterField::Header) || named("answer-header."_L1, FilterField::AnswerHeader) ||
        named("outcome."_L1, FilterField::Outcome))
        return true;
    const qsizetype slash = word.indexOf(u'/');
    const QString name = slash < 0 ? word : word.first(slash);
    const auto found =
        std::find_if(kFields.begin(), kFields.end(), [&](const FieldName &each) { return each.text == name; });
    if (found == kFields.end())
        return false;
    term.field = found->field;
    if (slash < 0)
        return true;
    term.pointer = word.sliced(slash).toUtf8();
    return (term.field == FilterField::Body || term.field == FilterField::Answer) && isJsonPointer(term.pointer);
}

enum class Type { Text, Number, Time, Outcome, Flag };

Type typeOf(const FilterTerm &term)
{
    switch (term.field) {
    case FilterField::Status:
    case FilterField::Latency:
    case FilterField::Id:
        return Type::Number;
    case FilterField::Time:
        return Type::Time;
    case FilterField::Outcome:
        return Type::Outcome;
    case FilterField::Failed:
        return Type::Flag;
    default:
        return Type::Text;
    }
}

bool isOrdering(FilterOperator op)
{
    return op == FilterOperator::Less || op == FilterOperator::LessEqual || op == FilterOperator::Greater ||
           op == FilterOperator::GreaterEqual;
}

bool isTextual(FilterOperator op)
{
    return op == FilterOperator::Contains || op == FilterOperator::Lacks || op == FilterOperator::Matches;
}

bool fits(const FilterTerm &term)
{
    if (term.op == FilterOperator::Present)
        return true;
    switch (typeOf(term)) {
    case Type::Number:
    case Type::Time:
        return !isTextual(term.op);
    case Type::Outcome:
        return term.op == FilterOperator::Equal || term.op == FilterOperator::NotEqual;
    case Type::Flag:
        return false;
    case Type::Text:
        return !isOrdering(term.op) || !term.pointer.isNull() || term.field == FilterField::Header ||
               term.field == FilterField::AnswerHeader;
    }
    return false;
}

bool readNumber(FilterTerm &term)
{
    term.number = term.value.toDouble(&term.isNumber);
    if (!term.isNumber && term.field == FilterField::Latency) {
        const Result<Nanoseconds> duration = base::parseDuration(term.value);
        term.isNumber = duration.has_value();
        term.number = duration ? toMilliseconds(*duration) : 0.0;
    }
    return term.isNumber;
}

bool readValue(FilterTerm &term)
{
    if (term.op == FilterOperator::Present)
        return true;
    switch (typeOf(term)) {
    case Type::Number:
        return readNumber(term);
    case Type::Time:
        return fromRfc3339(term.value, term.time);
    case Type::Outcome:
        return traffic::outcomeFromString(term.value).has_value();
    case Type::Flag:
        return false;
    case Type::Text:
        break;
    }
    if (term.op == FilterOperator::Matches) {
        term.pattern = QRegularExpression(term.value);
        return term.pattern.isValid();
    }
    readNumber(term);
    return term.isNumber || !isOrdering(term.op);
}

template<class T>
bool ordered(FilterOperator op, const T &left, const T &right)
{
    switch (op) {
    case FilterOperator::Equal:
        return left == right;
    case FilterOperator::NotEqual:
        return left != right;
    case FilterOperator::Less:
        return left < right;
    case FilterOperator::LessEqual:
        return left <= right;
    case FilterOperator::Greater:
        return left > right;
    case FilterOperator::GreaterEqual:
        return left >= right;
    default:
        return false;
    }
}

bool textMatches(const FilterTerm &term, const QString &text, Qt::CaseSensitivity equality = Qt::CaseSensitive)
{
    switch (term.op) {
    case FilterOperator::Present:
        return !text.isEmpty();
    case FilterOperator::Equal:
        return text.compare(term.value, equality) == 0;
    case FilterOperator::NotEqual:
        return text.compare(term.value, equality) != 0;
    case FilterOperator::Contains:
        return text.contains(term.value, Qt::CaseInsensitive);
    case FilterOperator::Lacks:
        return !text.contains(term.value, Qt::CaseInsensitive);
    case FilterOperator::Matches:
        return term.pattern.match(text).hasMatch();
    default: {
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        return isNumber && ordered(term.op, number, term.number);
    }
    }
}

bool numberMatches(const FilterTerm &term, std::optional<double> number)
{
    if (term.op == FilterOperator::Present || !number)
        return number.has_value();
    return ordered(term.op, *number, term.number);
}

bool headersMatch(const FilterTerm &term, const http::Headers &headers)
{
    bool isThere = false;
    bool fitsAny = false;
    for (const http::Header &header : headers) {
        if (QByteArrayView(header.name).compare(QByteArrayView(term.name), Qt::CaseInsensitive) != 0)
            continue;
        isThere = true;
        FilterTerm positive = term;
        if (term.op == FilterOperator::NotEqual)
            positive.op = FilterOperator::Equal;
        if (term.op == FilterOperator::Lacks)
            positive.op = FilterOperator::Contains;
        fitsAny =
            fitsAny || (term.op != FilterOperator::Present && textMatches(positive, QString::fromUtf8(header.value)));
    }
    if (term.op == FilterOperator::Present)
        return isThere;
    // A header that is not there is not equal to anything and contains nothing.
    return term.op == FilterOperator::NotEqual || term.op == FilterOperator::Lacks ? !fitsAny : fitsAny;
}

bool bodyMatches(const FilterTerm &term, const traffic::Body &body)
{
    if (term.pointer.isNull()) {
        if (term.op == FilterOperator::Present)
            return body.length > 0;
        return textMatches(term, QString::fromUtf8(body.bytes));
    }
    const std::optional<JsonSpot> spot = jsonAt(body.bytes, term.pointer);
    if (term.op == FilterOperator::Present)
        return spot.has_value();
    if (!spot)
        return term.op == FilterOperator::NotEqual || term.op == FilterOperator::Lacks;
    if (spot->kind == JsonSpot::Kind::Number && term.isNumber && !isTextual(term.op))
        return ordered(term.op, spot->number, term.number);
    // "7" is not less than 8: only numbers are put in order.
    return !isOrdering(term.op) && textMatches(term, spot->text);
}

bool outcomeMatches(const FilterTerm &term, const traffic::Exchange &exchange)
{
    const std::optional<traffic::Outcome> wanted = traffic::outcomeFromString(term.value);
    bool fitsAny = false;
    for (const traffic::Reply &mirror : exchange.mirrors) {
        if (!term.name.isEmpty() && mirror.name.toUtf8() != term.name)
            continue;
        fitsAny = fitsAny || (term.op == FilterOperator::Present ? mirror.outcome != traffic::Outcome::Pending
                                                                 : mirror.outcome == wanted);
    }
    return term.op == FilterOperator::NotEqual ? !fitsAny : fitsAny;
}

bool tagsMatch(const FilterTerm &term, const QStringList &tags)
{
    if (term.op == FilterOperator::Present)
        return !tags.isEmpty();
    const bool isNegative = term.op == FilterOperator::NotEqual || term.op == FilterOperator::Lacks;
    FilterTerm positive = term;
    if (isNegative)
        positive.op = term.op == FilterOperator::NotEqual ? FilterOperator::Equal : FilterOperator::Contains;
    const bool fitsAny = std::ranges::any_of(tags, [&](const QString &tag) { return textMatches(positive, tag); });
    return fitsAny != isNegative;
}

/// What the source knows of an answer: the primary's, or what production answered.
const traffic::Reply &answerOf(const traffic::Exchange &exchange)
{
    const bool hasPrimary = exchange.primary.state != traffic::AnswerState::Pending;
    return !hasPrimary && exchange.recorded ? *exchange.recorded : exchange.primary;
}

} // namespace

Result<FilterTerm> makeTerm(const QString &word, FilterOperator op, const QString &operatorText, const QString &value,
                            const FilterPlace &place)
{
    FilterTerm term;
    term.op = op;
    term.value = value;
    if (!readWord(word, term))
        return tl::unexpected(at(kFilterUnknownField, place.fieldColumn, {{u"field"_s, word}}));
    if (!fits(term)) {
        const QVariantMap args{{u"field"_s, word}, {u"operator"_s, operatorText}};
        return tl::unexpected(at(kFilterBadOperator, place.operatorColumn, args));
    }
    if (!readValue(term)) {
        const QVariantMap args{{u"field"_s, word}, {u"value"_s, value}};
        return tl::unexpected(at(kFilterBadValue, place.valueColumn, args));
    }
    return term;
}

bool FilterTerm::matches(const traffic::Exchange &exchange) const
{
    const traffic::Reply &answer = answerOf(exchange);
    switch (field) {
    case FilterField::Method:
        return textMatches(*this, QString::fromUtf8(exchange.method), Qt::CaseInsensitive);
    case FilterField::Endpoint:
        return textMatches(*this, exchange.endpoint);
    case FilterField::Target:
        return textMatches(*this, QString::fromUtf8(exchange.target));
    case FilterField::Status:
        return numberMatches(*this, answer.status > 0 ? std::optional<double>(answer.status) : std::nullopt);
    case FilterField::Latency: {
        const Nanoseconds service = answer.timings.serviceTime();
        return numberMatches(*this, service.count() < 0 ? std::nullopt : std::optional(toMilliseconds(service)));
    }
    case FilterField::Time:
        if (op == FilterOperator::Present || !exchange.arrival)
            return exchange.arrival.has_value();
        return ordered(op, *exchange.arrival, time);
    case FilterField::Outcome:
        return outcomeMatches(*this, exchange);
    case FilterField::Failed:
        return answer.state != traffic::AnswerState::Pending && !isGoodAnswer(answer);
    case FilterField::Tag:
        return tagsMatch(*this, exchange.tags);
    case FilterField::Note:
        return textMatches(*this, exchange.note);
    case FilterField::Session:
        return textMatches(*this, exchange.session);
    case FilterField::Id:
        return numberMatches(*this, static_cast<double>(exchange.id.value));
    case FilterField::Header:
        return headersMatch(*this, exchange.headers);
    case FilterField::AnswerHeader:
        return headersMatch(*this, answer.headers);
    case FilterField::Body:
        return bodyMatches(*this, exchange.body);
    case FilterField::Answer:
        return bodyMatches(*this, answer.body);
    }
    return false;
}

bool isGoodAnswer(const traffic::Reply &reply)
{
    if (reply.state != traffic::AnswerState::Complete || reply.status >= 400)
        return false;
    // Reading a body takes longer than all else a replay does with it; most can be told without.
    static constexpr std::string_view kError = "\"error\"";
    static const std::boyer_moore_horspool_searcher searcher(kError.begin(), kError.end());
    const QByteArray &body = reply.body.bytes;
    if (std::search(body.begin(), body.end(), searcher) == body.end() && !reply.headers.contains("Content-Encoding"))
        return true;
    return !compare::isErrorAnswer(reply, compare::decodeBody(reply.headers, reply.body));
}

} // namespace parallax::replay
