// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/sampling.h"

#include "replay/errors.h"
#include "replay/hash.h"
#include "replay/jsonspot.h"

#include <array>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr std::array<std::pair<RequestKey::Kind, QLatin1StringView>, 6> kKinds{{
    {RequestKey::Kind::Id, "id"_L1},
    {RequestKey::Kind::Content, "content"_L1},
    {RequestKey::Kind::Header, "header"_L1},
    {RequestKey::Kind::Cookie, "cookie"_L1},
    {RequestKey::Kind::Body, "body"_L1},
    {RequestKey::Kind::Session, "session"_L1},
}};

bool hasName(RequestKey::Kind kind)
{
    return kind == RequestKey::Kind::Header || kind == RequestKey::Kind::Cookie || kind == RequestKey::Kind::Body;
}

QByteArray cookie(const http::Headers &headers, const QByteArray &name)
{
    for (const http::Header &header : headers) {
        if (header.name.compare("Cookie", Qt::CaseInsensitive) != 0)
            continue;
        for (const QByteArray &pair : header.value.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            if (equals > 0 && pair.left(equals).trimmed() == name)
                return pair.mid(equals + 1).trimmed();
        }
    }
    return {};
}

quint64 contentHash(const traffic::Exchange &exchange, quint64 seed)
{
    quint64 hash = hashOf(exchange.endpoint.toUtf8(), seed);
    hash = hashOf(exchange.method, hash);
    hash = hashOf(exchange.target, hash);
    // A truncated body is known by its whole length and hash only.
    return hashOf(exchange.body.isTruncated ? exchange.body.sha256 : exchange.body.bytes, hash);
}

} // namespace

std::optional<RequestKey> RequestKey::parse(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const QString word = colon < 0 ? text : text.first(colon);
    for (const auto &[kind, name] : kKinds) {
        if (word != name || hasName(kind) != (colon >= 0))
            continue;
        RequestKey key{kind, colon < 0 ? QByteArray() : text.sliced(colon + 1).toUtf8()};
        if (hasName(kind) && key.name.isEmpty())
            return std::nullopt;
        if (kind == Kind::Body && !isJsonPointer(key.name))
            return std::nullopt;
        return key;
    }
    return std::nullopt;
}

QString RequestKey::toString() const
{
    for (const auto &[value, text] : kKinds) {
        if (value == kind)
            return hasName(kind) ? text + u':' + QString::fromUtf8(name) : QString(text);
    }
    return {};
}

QByteArray RequestKey::of(const traffic::Exchange &exchange, quint64 ordinal) const
{
    switch (kind) {
    case Kind::Id:
        return QByteArray::number(ordinal);
    case Kind::Content:
        return QByteArray::number(contentHash(exchange, 0));
    case Kind::Header:
        return exchange.headers.value(name).toByteArray();
    case Kind::Cookie:
        return cookie(exchange.headers, name);
    case Kind::Body: {
        const std::optional<JsonSpot> spot = jsonAt(exchange.body.bytes, name);
        return spot ? spot->text.toUtf8() : QByteArray();
    }
    case Kind::Session:
        return exchange.session.toUtf8();
    }
    return {};
}

QJsonObject Sampling::toJson() const
{
    QJsonObject object{{u"share"_s, share}, {u"key"_s, key.toString()}, {u"seed"_s, QString::number(seed)}};
    if (everyNth > 1)
        object[u"everyNth"_s] = everyNth;
    if (isDistinct)
        object[u"distinct"_s] = true;
    return object;
}

Result<Sampling> Sampling::fromJson(const QJsonObject &object)
{
    Sampling sampling;
    sampling.share = object[u"share"_s].toDouble(1.0);
    sampling.everyNth = object[u"everyNth"_s].toInteger(1);
    sampling.seed = object[u"seed"_s].toString().toULongLong();
    sampling.isDistinct = object[u"distinct"_s].toBool();
    const std::optional<RequestKey> key = RequestKey::parse(object[u"key"_s].toString(u"id"_s));
    if (!(sampling.share > 0.0 && sampling.share <= 1.0) || sampling.everyNth < 1 || !key)
        return fail(kBadPlan, {{u"key"_s, u"sample"_s}});
    sampling.key = *key;
    return sampling;
}

Result<Sampling> parseSample(const QString &text)
{
    Sampling sampling;
    QStringView digits = QStringView(text).trimmed();
    bool isOk = false;
    if (digits.startsWith(u"1/")) {
        sampling.everyNth = digits.sliced(2).toLongLong(&isOk);
        isOk = isOk && sampling.everyNth >= 1;
    } else {
        const bool isPercent = digits.endsWith(u'%');
        if (isPercent)
            digits.chop(1);
        sampling.share = digits.toDouble(&isOk) / (isPercent ? 100.0 : 1.0);
        isOk = isOk && sampling.share > 0.0 && sampling.share <= 1.0;
    }
    if (!isOk)
        return fail(kBadSample, {{u"text"_s, text}});
    return sampling;
}

Result<RequestKey> parseSessionKey(const QString &text)
{
    const std::optional<RequestKey> key = RequestKey::parse(text.trimmed());
    if (!key || key->kind == RequestKey::Kind::Id)
        return fail(kBadSessionKey, {{u"text"_s, text}});
    return *key;
}

Sampler::Sampler(Sampling sampling)
    : m_sampling(std::move(sampling))
    , m_limit(m_sampling.share >= 1.0 ? std::numeric_limits<quint64>::max()
                                      : static_cast<quint64>(std::ldexp(m_sampling.share, 64)))
{}

bool Sampler::takes(const traffic::Exchange &exchange, quint64 ordinal)
{
    if (m_sampling.isAll())
        return true;
    if (m_sampling.share < 1.0) {
        const QByteArray key = m_sampling.key.of(exchange, ordinal);
        const quint64 hash = key.isEmpty() ? contentHash(exchange, m_sampling.seed) : hashOf(key, m_sampling.seed);
        if (hash >= m_limit)
            return false;
    }
    if (m_sampling.isDistinct) {
        const quint64 hash = contentHash(exchange, 0);
        if (m_seen.contains(hash))
            return false;
        m_seen.insert(hash);
    }
    return m_inShare++ % m_sampling.everyNth == 0;
}

} // namespace parallax::replay
