// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/placeholders.h"

#include "targets/errors.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parallax::targets {

namespace {

const QRegularExpression &secretPattern()
{
    static const QRegularExpression kPattern(u"\\$\\{([^}]*)\\}"_s);
    return kPattern;
}

/// Single braces, those of `${...}` left out.
const QRegularExpression &placeholderPattern()
{
    static const QRegularExpression kPattern(u"(?<!\\$)\\{([A-Za-z0-9_]*)\\}"_s);
    return kPattern;
}

/// Replaces every match by what `replacement` makes of its first group, in one pass: what is filled in is not looked at
/// again.
template<class Replacement>
QString replaced(const QString &text, const QRegularExpression &pattern, Replacement replacement)
{
    QString out;
    qsizetype at = 0;
    for (QRegularExpressionMatchIterator it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        out += QStringView(text).sliced(at, match.capturedStart() - at);
        out += replacement(match);
        at = match.capturedEnd();
    }
    return out + QStringView(text).sliced(at);
}

bool isName(QStringView name)
{
    static const QRegularExpression kPattern(u"\\A[A-Za-z0-9_.-]+\\z"_s);
    return kPattern.match(name.toString()).hasMatch();
}

} // namespace

QString filled(const QString &text, const QHash<QString, QString> &values)
{
    return replaced(text, placeholderPattern(), [&values](const QRegularExpressionMatch &match) {
        return values.value(match.captured(1), match.captured(0));
    });
}

QHash<QString, QString> urlValues(const endpoints::DeploymentRef &ref)
{
    const auto encoded = [](const QString &part) { return QString::fromLatin1(QUrl::toPercentEncoding(part, "~:+=")); };
    QString branch = ref.branch;
    branch.replace(u'/', u'~');
    return {{u"deployment"_s, encoded(ref.name)},
            {u"branch"_s, encoded(branch)},
            {u"version"_s, encoded(ref.version.toString())}};
}

QHash<QString, QString> plainValues(const endpoints::DeploymentRef &ref)
{
    return {{u"deployment"_s, ref.name}, {u"branch"_s, ref.branch}, {u"version"_s, ref.version.toString()}};
}

QStringList unknownPlaceholders(const QString &text, const QStringList &known)
{
    QStringList unknown;
    for (QRegularExpressionMatchIterator it = placeholderPattern().globalMatch(text); it.hasNext();) {
        const QString name = it.next().captured(1);
        if (!known.contains(name))
            unknown.append(name);
    }
    return unknown;
}

bool hasSecret(const QString &text)
{
    return secretPattern().match(text).hasMatch();
}

QString unknownSecret(const QString &text)
{
    for (QRegularExpressionMatchIterator it = secretPattern().globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString inner = match.captured(1);
        const qsizetype colon = inner.indexOf(u':');
        const QString scheme = inner.left(colon);
        if (colon < 0 || (scheme != "secret"_L1 && scheme != "env"_L1) || !isName(QStringView(inner).sliced(colon + 1)))
            return match.captured(0);
    }
    return {};
}

Result<QString> withSecrets(const QString &text, const SecretStore &secrets)
{
    std::optional<Error> missing;
    const QString out = replaced(text, secretPattern(), [&](const QRegularExpressionMatch &match) {
        const QString scheme = match.captured(1).section(u':', 0, 0);
        const QString name = match.captured(1).section(u':', 1);
        const bool isSecret = scheme == "secret"_L1;
        const QByteArray key = name.toUtf8();
        std::optional<QString> value;
        if (isSecret)
            value = secrets.secret(name);
        else if (qEnvironmentVariableIsSet(key.constData()))
            value = qEnvironmentVariable(key.constData());
        if (!value && !missing) {
            missing = Error{isSecret ? kSecretMissing : kEnvironmentMissing,
                            {{u"name"_s, name}, {u"variable"_s, EnvironmentSecretStore::variable(name)}},
                            {},
                            {}};
        }
        return value.value_or(QString());
    });
    if (missing)
        return fail(*std::move(missing));
    return out;
}

} // namespace parallax::targets
