// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/literalsecrets.h"

#include "replay/errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

/// How a masked value looks, which the redactor leaves alone; it begins with what is masked in URLs, too.
constexpr auto kFilledIn = "redacted.in-time"_L1;

/// The value with what stands for itself in place of what is filled in. Beside a literal part of one word it vanishes
/// instead: `${secret:A}tail` is as secret as `tail`.
QString withoutFilledIn(QString value)
{
    static const QRegularExpression whole(
        uR"((?<![^\s"'=:,;&?/])(?:\{\{[^{}]*\}\}|\$\{secret:[^}]*\})+(?![^\s"',;&#}\]]))"_s);
    static const QRegularExpression part(uR"(\{\{[^{}]*\}\}|\$\{secret:[^}]*\})"_s);
    return value.replace(whole, kFilledIn).remove(part);
}

/// `sid={{sid}}; theme=dark` without the pairs whose value is filled in.
QString literalCookies(const QString &value)
{
    QStringList pairs = value.split(u';');
    pairs.removeIf([](const QString &pair) { return pair.section(u'=', 1).trimmed() == kFilledIn; });
    return pairs.join(u';');
}

/// The smallest document that has `value` at the pointer.
QJsonDocument documentWith(const QString &pointer, const QString &value)
{
    QJsonParseError error;
    const QJsonDocument read = QJsonDocument::fromJson('[' + value.toUtf8() + ']', &error);
    QJsonValue nested = error.error == QJsonParseError::NoError ? read.array().at(0) : QJsonValue(value);
    const QStringList steps = pointer.split(u'/', Qt::SkipEmptyParts);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        nested = QJsonObject{{QString(*step).replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s), nested}};
    return nested.isArray() ? QJsonDocument(nested.toArray()) : QJsonDocument(nested.toObject());
}

traffic::Exchange probeOf(const RewriteRule &rule)
{
    traffic::Exchange probe;
    const QString value = withoutFilledIn(rule.value);
    if (rule.kind == RewriteRule::Kind::SetHeader) {
        const bool isCookie = rule.name.compare("cookie"_L1, Qt::CaseInsensitive) == 0;
        probe.headers = {{rule.name.toUtf8(), (isCookie ? literalCookies(value) : value).toUtf8()}};
    } else if (rule.kind == RewriteRule::Kind::SetJson) {
        probe.body = traffic::Body::whole(documentWith(rule.name, value).toJson(QJsonDocument::Compact));
    } else if (rule.kind == RewriteRule::Kind::ReplaceUrl) {
        probe.target = (value.contains(u'?') ? value : u"/?"_s + value).toUtf8();
    }
    return probe;
}

} // namespace

Status checkNoLiteralSecret(const std::vector<RewriteRule> &rewrites, const traffic::RedactionRules &rules)
{
    traffic::Redactor redactor(rules, "of no use outside");
    for (const RewriteRule &rule : rewrites) {
        if (redactor.redacted(probeOf(rule)))
            return fail(kLiteralSecret, {{u"name"_s, rule.name}});
    }
    return {};
}

} // namespace parallax::replay
