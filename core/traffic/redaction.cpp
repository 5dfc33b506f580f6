// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/redaction.h"

#include "base/files.h"
#include "traffic/redactiontext.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kKeyBytes = 32;

QByteArray randomKey()
{
    std::array<quint32, kKeyBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return {reinterpret_cast<const char *>(words.data()), kKeyBytes};
}

} // namespace

RedactionRules RedactionRules::defaults()
{
    RedactionRules rules;
    rules.headers = {u"authorization"_s, u"proxy-authorization"_s,
                     u"cookie"_s,        u"set-cookie"_s,
                     u"*api-key*"_s,     u"*apikey*"_s,
                     u"*token*"_s,       u"*secret*"_s,
                     u"*password*"_s,    u"*credential*"_s,
                     u"*signature*"_s};
    rules.fields = {u"authorization"_s, u"cookie"_s,       u"set-cookie"_s,   u"*api-key*"_s,   u"*apikey*"_s,
                    u"*token*"_s,       u"*secret*"_s,     u"*password*"_s,   u"passwd"_s,      u"*passphrase*"_s,
                    u"*private-key*"_s, u"*access-key*"_s, u"*credential*"_s, u"*accesskey*"_s, u"*privatekey*"_s};
    rules.queryKeys = {u"key"_s, u"sig"_s, u"*signature*"_s, u"auth"_s};
    // What language models call tokens and is no secret.
    rules.keep = {u"tokens"_s,       u"max-tokens"_s,   u"max-new-tokens"_s, u"prompt-tokens"_s, u"completion-tokens"_s,
                  u"total-tokens"_s, u"input-tokens"_s, u"output-tokens"_s,  u"stop-tokens"_s,   u"special-tokens"_s,
                  u"tokenizer*"_s,   u"token-ids"_s,    u"token-type-ids"_s, u"token-count"_s};
    return rules;
}

RedactionRules RedactionRules::none()
{
    RedactionRules rules;
    rules.isEnabled = false;
    return rules;
}

struct Redactor::Private
{
    RedactionRules rules;
    QByteArray key;
    TextRedactor common;
    QHash<QString, std::shared_ptr<TextRedactor>> perEndpoint;

    Private(RedactionRules given, QByteArray givenKey)
        : rules(std::move(given))
        , key(std::move(givenKey))
        , common(rules, key)
    {
        for (auto it = rules.perEndpoint.begin(); it != rules.perEndpoint.end(); ++it)
            perEndpoint.insert(it.key(), std::make_shared<TextRedactor>(*it.value(), key));
    }

    /// Null when nothing is to be replaced for this endpoint.
    TextRedactor *forEndpoint(const QString &endpoint)
    {
        if (!perEndpoint.isEmpty()) {
            const auto own = perEndpoint.constFind(endpoint);
            if (own != perEndpoint.constEnd())
                return own.value()->isEnabled() ? own.value().get() : nullptr;
        }
        return common.isEnabled() ? &common : nullptr;
    }
};

namespace {

// Each takes the value as it is and gives it changed, or nothing; `note` hears of every place.
using Note = TextRedactor::Note;

std::optional<http::Headers> redactedHeaders(TextRedactor &text, const http::Headers &headers, const Note &note)
{
    std::optional<http::Headers> out;
    if (headers.isEmpty() || text.isKnownPlain(headers))
        return out;
    std::size_t index = 0;
    bool isKnown = true;
    for (const http::Header &field : headers) {
        if (text.isKnownPlain(field.name, field.value) && !out) {
            ++index;
            continue;
        }
        isKnown = false;
        std::optional<QByteArray> value = text.header(field.name, field.value, note);
        if (value && !out) {
            out.emplace();
            out->reserve(headers.size());
            for (std::size_t i = 0; i < index; ++i)
                out->append((headers.begin() + static_cast<std::ptrdiff_t>(i))->name,
                            (headers.begin() + static_cast<std::ptrdiff_t>(i))->value);
        }
        if (out)
            out->append(field.name, value ? *std::move(value) : field.value);
        ++index;
    }
    if (isKnown)
        text.rememberPlain(headers); // a shared head has shared fields
    return out;
}

std::optional<Body> redactedBody(TextRedactor &text, const Body &body, const http::Headers &headers, const Note &note)
{
    std::optional<QByteArray> bytes = text.body(body.bytes, headers, note);
    if (!bytes)
        return std::nullopt;
    Body out = body;
    out.bytes = *std::move(bytes);
    if (!out.isTruncated)
        out.length = out.bytes.size();
    return out;
}

/// Changes `reply` in place of a copy that is made at the first change.
std::optional<Reply> redactedReply(TextRedactor &text, const Reply &reply, const Note &note)
{
    std::optional<http::Headers> headers = redactedHeaders(text, reply.headers, note);
    std::optional<Body> body = redactedBody(text, reply.body, reply.headers, note);
    std::optional<QByteArray> url;
    if (reply.url.contains(u'@') || reply.url.contains(u'?'))
        url = text.url(reply.url.toUtf8(), note);
    std::optional<QByteArray> failure;
    if (reply.failure.contains(u"://"))
        failure = text.url(reply.failure.toUtf8(), note);
    if (!headers && !body && !url && !failure)
        return std::nullopt;
    Reply out = reply;
    if (headers)
        out.headers = *std::move(headers);
    if (body)
        out.body = *std::move(body);
    if (url)
        out.url = QString::fromUtf8(*url);
    if (failure)
        out.failure = QString::fromUtf8(*failure);
    return out;
}

struct Places
{
    std::set<QString> *found = nullptr;
    [[nodiscard]] Note within(const QString &where) const
    {
        if (found == nullptr)
            return {};
        return [set = found, where](const QString &place) { set->insert(where + u' ' + place); };
    }
};

std::optional<Exchange> redactedExchange(TextRedactor &text, const Exchange &exchange, const Places &places)
{
    std::optional<Exchange> out;
    const auto changed = [&]() -> Exchange & {
        if (!out)
            out = exchange;
        return *out;
    };
    const Note request = places.within(u"request"_s);
    if (auto target = text.url(exchange.target, request))
        changed().target = *std::move(target);
    if (auto headers = redactedHeaders(text, exchange.headers, request))
        changed().headers = *std::move(headers);
    if (auto body = redactedBody(text, exchange.body, exchange.headers, request))
        changed().body = *std::move(body);
    if (auto primary = redactedReply(text, exchange.primary, places.within(exchange.primary.name)))
        changed().primary = *std::move(primary);
    for (std::size_t i = 0; i < exchange.mirrors.size(); ++i) {
        if (auto mirror = redactedReply(text, exchange.mirrors[i], places.within(exchange.mirrors[i].name)))
            changed().mirrors[i] = *std::move(mirror);
    }
    if (exchange.recorded) {
        if (auto recorded = redactedReply(text, *exchange.recorded, places.within(u"recorded"_s)))
            changed().recorded = *std::move(recorded);
    }
    return out;
}

} // namespace

Redactor::Redactor(RedactionRules rules, QByteArray key)
    : d(std::make_unique<Private>(std::move(rules), std::move(key)))
{}

Redactor::~Redactor() = default;

std::optional<Exchange> Redactor::redacted(const Exchange &exchange)
{
    TextRedactor *text = d->forEndpoint(exchange.endpoint);
    return text == nullptr ? std::nullopt : redactedExchange(*text, exchange, {});
}

std::optional<Reply> Redactor::redacted(const Reply &reply, const QString &endpoint)
{
    TextRedactor *text = d->forEndpoint(endpoint);
    return text == nullptr ? std::nullopt : redactedReply(*text, reply, {});
}

std::set<QString> Redactor::wouldReplace(const Exchange &exchange)
{
    std::set<QString> places;
    if (TextRedactor *text = d->forEndpoint(exchange.endpoint))
        redactedExchange(*text, exchange, {&places});
    return places;
}

QByteArray redactionKey()
{
    const QString folder = base::stateFolder();
    const QString path = folder + u"/redaction.key"_s;
    if (const Result<QByteArray> kept = base::readFile(path, kKeyBytes); kept && kept->size() == kKeyBytes)
        return *kept;
    QByteArray key = randomKey();
    if (base::makePath(folder, base::Privacy::OwnerOnly))
        (void)base::saveFile(path, key, base::Privacy::OwnerOnly);
    return key;
}

} // namespace parallax::traffic
