// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the head of a request or an answer. What must hold is checked with traps: how the bytes are cut makes no
// difference, no more is used than there is, and what got through can be written and is then read as the same.
#include "http/headparser.h"
#include "http/headwriter.h"
#include "http/tokens.h"

#include <cstdio>
#include <cstdlib>

using namespace parallax;
using http::HeadParser;

namespace {

void require(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

/// The state after the bytes came in pieces of `step`.
HeadParser::State feed(HeadParser &parser, QByteArrayView bytes, qsizetype step)
{
    HeadParser::State state = HeadParser::State::Incomplete;
    for (qsizetype end = 0; state == HeadParser::State::Incomplete && end < bytes.size();) {
        end = qMin(end + step, bytes.size());
        state = parser.parse(bytes.first(end));
    }
    return state;
}

void checkFields(const http::Headers &fields)
{
    for (const http::Header &field : fields) {
        require(http::isToken(field.name), "field name");
        require(http::isFieldValue(field.value), "field value");
        require(http::trimmed(field.value) == field.value, "field value trimmed");
    }
}

template<class Parser, class Reset>
std::optional<decltype(std::declval<Parser>().take())> parsed(QByteArrayView bytes, qsizetype step, Reset reset)
{
    static const http::Limits limits;
    Parser whole(limits);
    Parser pieces(limits);
    reset(whole);
    reset(pieces);
    const HeadParser::State state = feed(whole, bytes, qMax<qsizetype>(bytes.size(), 1));
    const HeadParser::State other = feed(pieces, bytes, step);
    // In pieces a refusal may come earlier, never later, and never for what is complete.
    if (state == HeadParser::State::Complete) {
        require(other == state, "pieces make a difference");
        require(whole.length() == pieces.length() && whole.length() <= bytes.size(), "length");
        return whole.take();
    }
    require(other != HeadParser::State::Complete, "complete in pieces only");
    return std::nullopt;
}

void checkRequest(QByteArrayView bytes, qsizetype step)
{
    const auto head = parsed<http::RequestParser>(bytes, step, [](http::RequestParser &) {});
    if (!head)
        return;
    const http::Request &message = head->message;
    require(http::isToken(message.method), "method");
    require(head->isAsterisk || head->isAuthorityForm || http::isOriginForm(message.target), "target");
    checkFields(message.headers);
    http::HeadWriter writer(message.method, message.target);
    for (const http::Header &field : message.headers)
        writer.field(field.name, field.value);
    const QByteArray written = writer.finish();
    if (message.minorVersion != 1)
        return; // what was framed for another version need not be right for this one
    const auto again = parsed<http::RequestParser>(written, written.size(), [](http::RequestParser &) {});
    require(again.has_value(), "written head is read");
    require(again->message.headers == message.headers && again->message.target == message.target &&
                again->framing == head->framing && again->length == head->length,
            "written head is the same");
}

void checkAnswer(QByteArrayView bytes, qsizetype step)
{
    const auto reset = [](http::ResponseParser &parser) { parser.reset("GET"); };
    const auto head = parsed<http::ResponseParser>(bytes, step, reset);
    if (!head)
        return;
    checkFields(head->message.headers);
    require(head->message.status >= 100 && head->message.status <= 999, "status");
    http::HeadWriter writer(head->message.status, head->message.reason);
    for (const http::Header &field : head->message.headers)
        writer.field(field.name, field.value);
    const QByteArray written = writer.finish();
    const auto again = parsed<http::ResponseParser>(written, written.size(), reset);
    if (head->message.minorVersion == 1)
        require(again && again->framing == head->framing && again->length == head->length,
                "written answer is the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView bytes(data + 2, static_cast<qsizetype>(size - 2));
    const qsizetype step = 1 + data[1] % 16;
    if (data[0] % 2 == 0)
        checkRequest(bytes, step);
    else
        checkAnswer(bytes, step);
    return 0;
}
