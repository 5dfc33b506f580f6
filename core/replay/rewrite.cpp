// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/rewrite.h"

#include "replay/errors.h"
#include "replay/jsonspot.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr std::array<std::pair<RewriteRule::Kind, QLatin1StringView>, 7> kKinds{{
    {RewriteRule::Kind::SetHeader, "set-header"_L1},
    {RewriteRule::Kind::RemoveHeader, "remove-header"_L1},
    {RewriteRule::Kind::RenameHeader, "rename-header"_L1},
    {RewriteRule::Kind::ReplaceUrl, "replace-url"_L1},
    {RewriteRule::Kind::SetJson, "set-json"_L1},
    {RewriteRule::Kind::RemoveJson, "remove-json"_L1},
    {RewriteRule::Kind::SetMethod, "set-method"_L1},
}};

constexpr QByteArrayView kRedacted = "<redacted:";

bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView extra = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || extra.contains(c);
    });
}

bool hasLineBreak(QByteArrayView text)
{
    return text.contains('\r') || text.contains('\n') || text.contains('\0');
}

bool isSafeTarget(QByteArrayView target)
{
    return target.startsWith('/') &&
           std::ranges::all_of(target, [](char c) { return static_cast<quint8>(c) > 0x20 && c != 0x7F; });
}

/// Replaces `PREFIX name SUFFIX` by what `lookup` knows; unknown names stay as they are.
template<class Lookup>
QByteArray filled(const QByteArray &text, QByteArrayView prefix, QByteArrayView suffix, const Lookup &lookup)
{
    QByteArray out;
    qsizetype from = 0;
    for (;;) {
        const qsizetype open = text.indexOf(prefix, from);
        const qsizetype close = open < 0 ? -1 : text.indexOf(suffix, open + prefix.size());
        if (close < 0)
            return out + text.mid(from);
        const QByteArray name = text.mid(open + prefix.size(), close - open - prefix.size()).trimmed();
        const std::optional<QByteArray> value = lookup(name);
        const qsizetype end = close + suffix.size();
        out += text.mid(from, open - from) + (value ? *value : text.mid(open, end - open));
        from = end;
    }
}

QByteArray withTemplates(const QByteArray &text, const SessionState &session)
{
    return filled(text, "{{", "}}", [&session](const QByteArray &name) -> std::optional<QByteArray> {
        if (name == "now")
            return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8();
        if (name == "uuid")
            return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
        if (name.startsWith("env."))
            return qgetenv(name.mid(4).constData());
        const auto found = session.variables.constFind(QString::fromUtf8(name));
        return found == session.variables.constEnd() ? std::nullopt : std::optional(*found);
    });
}

QByteArray jsonValue(const QByteArray &value)
{
    // What is no JSON is meant as a string: `eu` as well as `"eu"`.
    QJsonParseError error;
    QJsonDocument::fromJson('[' + value + ']', &error);
    if (error.error == QJsonParseError::NoError && !value.trimmed().isEmpty())
        return value;
    const QByteArray array = QJsonDocument(QJsonArray{QString::fromUtf8(value)}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

bool isNamed(const http::Header &header, QByteArrayView name)
{
    return header.name.size() == name.size() && header.name.compare(name, Qt::CaseInsensitive) == 0;
}

bool isCredential(const http::Header &header)
{
    return isNamed(header, "Authorization") || isNamed(header, "Cookie") || isNamed(header, "Proxy-Authorization");
}

/// Credentials that an answer of this session has given are its own and stay; those of the recording go.
void dropUnsendable(const http::Headers &source, http::Headers &headers, bool keepsCredentials)
{
    const auto isUnsendable = [&](const http::Header &header) {
        if (isNamed(header, "Expect") || (header.value.contains('<') && header.value.contains(kRedacted)))
            return true;
        return !keepsCredentials && isCredential(header) &&
               std::find(source.begin(), source.end(), header) != source.end();
    };
    if (std::none_of(headers.begin(), headers.end(), isUnsendable))
        return;
    http::Headers kept;
    kept.reserve(headers.size());
    for (const http::Header &header : std::as_const(headers)) {
        if (!isUnsendable(header))
            kept.append(header.name, header.value);
    }
    headers = std::move(kept);
}

/// The jar's cookies, and those of the recording that no answer has set.
void placeCookies(const SessionState &session, http::Headers &headers)
{
    if (session.cookies.isEmpty())
        return;
    QByteArrayList pairs;
    for (const QByteArray &pair : headers.value("Cookie").toByteArray().split(';')) {
        const QByteArray name = pair.left(pair.indexOf('=')).trimmed();
        if (!name.isEmpty() && !session.cookies.contains(name))
            pairs.append(pair.trimmed());
    }
    QByteArrayList names = session.cookies.keys();
    std::ranges::sort(names);
    for (const QByteArray &name : names)
        pairs.append(name + '=' + session.cookies[name]);
    headers.set("Cookie", pairs.join("; "));
}

void remap(const SessionState &session, http::Request &request)
{
    for (auto it = session.remapped.begin(); it != session.remapped.end(); ++it) {
        request.body.replace(it.key(), it.value());
        request.target.replace(it.key(), it.value());
        http::Headers headers;
        headers.reserve(request.headers.size());
        for (const http::Header &header : request.headers)
            headers.append(header.name, QByteArray(header.value).replace(it.key(), it.value()));
        request.headers = std::move(headers);
    }
}

} // namespace

QJsonObject RewriteRule::toJson() const
{
    QJsonObject object;
    for (const auto &[value_, text] : kKinds) {
        if (value_ == kind)
            object[u"do"_s] = text;
    }
    if (!name.isEmpty())
        object[u"name"_s] = name;
    if (!value.isEmpty())
        object[u"value"_s] = value;
    return object;
}

Result<RewriteRule> RewriteRule::fromJson(const QJsonObject &object)
{
    const QString kind = object[u"do"_s].toString();
    const auto found = std::ranges::find_if(kKinds, [&](const auto &each) { return each.second == kind; });
    if (found == kKinds.end())
        return fail(kBadPlan, {{u"key"_s, u"rewrite"_s}});
    return RewriteRule{found->first, object[u"name"_s].toString(), object[u"value"_s].toString()};
}

std::optional<QByteArray> Extraction::from(const http::Headers &headers, const QByteArray &body) const
{
    if (!header.isEmpty()) {
        const QByteArrayView value = headers.value(header);
        return value.isNull() ? std::nullopt : std::optional(value.toByteArray());
    }
    const std::optional<JsonSpot> spot = jsonAt(body, pointer);
    return spot ? std::optional(spot->text.toUtf8()) : std::nullopt;
}

QJsonObject Extraction::toJson() const
{
    QJsonObject object{{u"name"_s, name}};
    if (!header.isEmpty())
        object[u"header"_s] = QString::fromUtf8(header);
    else
        object[u"path"_s] = QString::fromUtf8(pointer);
    return object;
}

Result<Extraction> Extraction::fromJson(const QJsonObject &object)
{
    Extraction extraction{object[u"name"_s].toString(), object[u"header"_s].toString().toUtf8(),
                          object[u"path"_s].toString().toUtf8()};
    if (extraction.name.isEmpty() || !isJsonPointer(extraction.pointer))
        return fail(kBadPlan, {{u"key"_s, u"extract"_s}});
    return extraction;
}

Result<Rewriter> Rewriter::make(std::vector<RewriteRule> rules, std::vector<Extraction> extractions,
                                bool keepsCredentials, const SecretLookup &secrets)
{
    Rewriter rewriter;
    rewriter.m_keepsCredentials = keepsCredentials;
    rewriter.m_extractions = std::move(extractions);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        Step step{std::move(rules[i]), {}, {}, {}, false};
        step.name = step.rule.name.toUtf8();
        QString missing;
        step.value = filled(step.rule.value.toUtf8(), "${secret:", "}", [&](const QByteArray &name) {
            std::optional<QByteArray> secret = secrets ? secrets(QString::fromUtf8(name)) : std::nullopt;
            if (!secret)
                missing = QString::fromUtf8(name);
            return secret;
        });
        if (!missing.isEmpty())
            return fail(kSecretMissing, {{u"name"_s, missing}});
        step.hasTemplates = step.value.contains("{{");
        using Kind = RewriteRule::Kind;
        const Kind kind = step.rule.kind;
        bool isGood = true;
        if (kind == Kind::SetHeader || kind == Kind::RemoveHeader || kind == Kind::RenameHeader)
            isGood =
                isToken(step.name) && !hasLineBreak(step.value) && (kind != Kind::RenameHeader || isToken(step.value));
        if (kind == Kind::SetJson || kind == Kind::RemoveJson)
            isGood = isJsonPointer(step.name) && (kind == Kind::SetJson || !step.name.isEmpty());
        if (kind == Kind::SetMethod)
            isGood = isToken(step.value);
        if (kind == Kind::ReplaceUrl) {
            step.pattern = QRegularExpression(step.rule.name);
            isGood = !step.rule.name.isEmpty() && step.pattern.isValid();
        }
        if (!isGood)
            return fail(
                kBadRewrite,
                {{u"rule"_s, static_cast<int>(i) + 1},
                 {u"text"_s, QString::fromUtf8(QJsonDocument(step.rule.toJson()).toJson(QJsonDocument::Compact))}});
        rewriter.m_steps.push_back(std::move(step));
    }
    return rewriter;
}

http::Request Rewriter::request(const traffic::Exchange &source, const SessionState &session) const
{
    http::Request request;
    request.method = source.method.isEmpty() ? QByteArray("POST") : source.method;
    request.target = source.target;
    request.headers = source.headers;
    request.body = source.body.bytes;
    // Before the credentials go: a redacted value that an answer has given anew is not redacted any more.
    if (!session.isEmpty())
        remap(session, request);
    dropUnsendable(source.headers, request.headers, m_keepsCredentials);
    if (!session.isEmpty())
        placeCookies(session, request.headers);
    for (const Step &step : m_steps)
        apply(step, session, request);
    return request;
}

void Rewriter::apply(const Step &step, const SessionState &session, http::Request &request) const
{
    const QByteArray value = step.hasTemplates ? withTemplates(step.value, session) : step.value;
    switch (step.rule.kind) {
    case RewriteRule::Kind::SetHeader:
        if (!hasLineBreak(value))
            request.headers.set(step.name, value);
        break;
    case RewriteRule::Kind::RemoveHeader:
        request.headers.remove(step.name);
        break;
    case RewriteRule::Kind::RenameHeader: {
        http::Headers headers;
        for (const http::Header &header : request.headers) {
            const bool isIt = header.name.compare(step.name, Qt::CaseInsensitive) == 0;
            headers.append(isIt ? value : header.name, header.value);
        }
        request.headers = std::move(headers);
        break;
    }
    case RewriteRule::Kind::ReplaceUrl: {
        QString target = QString::fromUtf8(request.target);
        target.replace(step.pattern, QString::fromUtf8(value));
        if (const QByteArray bytes = target.toUtf8(); isSafeTarget(bytes))
            request.target = bytes;
        break;
    }
    case RewriteRule::Kind::SetJson:
        if (std::optional<QByteArray> body = withJsonAt(request.body, step.name, jsonValue(value)))
            request.body = std::move(*body);
        break;
    case RewriteRule::Kind::RemoveJson:
        if (std::optional<QByteArray> body = withoutJsonAt(request.body, step.name))
            request.body = std::move(*body);
        break;
    case RewriteRule::Kind::SetMethod:
        request.method = value;
        break;
    }
}

void Rewriter::learn(const traffic::Reply &answer, const traffic::Reply *recorded, SessionState &session) const
{
    for (const http::Header &header : answer.headers) {
        if (header.name.compare("Set-Cookie", Qt::CaseInsensitive) != 0)
            continue;
        const QByteArray pair =
            header.value.left(header.value.indexOf(';') < 0 ? header.value.size() : header.value.indexOf(';'));
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            session.cookies.insert(pair.left(equals).trimmed(), pair.mid(equals + 1).trimmed());
    }
    for (const Extraction &extraction : m_extractions) {
        const std::optional<QByteArray> value = extraction.from(answer.headers, answer.body.bytes);
        if (!value)
            continue;
        session.variables.insert(extraction.name, *value);
        const std::optional<QByteArray> before =
            recorded == nullptr ? std::nullopt : extraction.from(recorded->headers, recorded->body.bytes);
        // Very short values stand everywhere by chance; replacing them would change what they do not mean.
        if (before && before->size() >= 4 && *before != *value)
            session.remapped.insert(*before, *value);
    }
}

} // namespace parallax::replay
