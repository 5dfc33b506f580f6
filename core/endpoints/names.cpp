// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/names.h"

#include "endpoints/errors.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

namespace {

bool isLower(QChar c)
{
    return c >= u'a' && c <= u'z';
}

bool isUpper(QChar c)
{
    return c >= u'A' && c <= u'Z';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

template<class Predicate>
bool consistsOf(QStringView name, Predicate allowed)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), allowed);
}

} // namespace

bool isEndpointName(QStringView name)
{
    return consistsOf(name, [](QChar c) { return isLower(c) || isDigit(c) || c == u'_'; });
}

bool isWindowsDevice(QStringView name)
{
    const QString lower = name.toString().toLower();
    if (lower == "con"_L1 || lower == "prn"_L1 || lower == "aux"_L1 || lower == "nul"_L1)
        return true;
    return lower.size() == 4 && (lower.startsWith("com"_L1) || lower.startsWith("lpt"_L1)) && isDigit(lower[3]) &&
           lower[3] != u'0';
}

bool isDeploymentName(QStringView name)
{
    return consistsOf(name, [](QChar c) { return isLower(c) || isUpper(c) || isDigit(c) || c == u'_'; });
}

bool isBranchName(QStringView name)
{
    const bool hasForbidden = std::any_of(name.begin(), name.end(), [](QChar c) {
        return c.unicode() <= 0x20 || c.unicode() == 0x7f || QStringView(u"~^:?*[\\").contains(c);
    });
    if (name.isEmpty() || hasForbidden || name.startsWith(u'-') || name.endsWith(u'.') || name == u"@" ||
        name == u"HEAD" || name.contains(u"..") || name.contains(u"@{"))
        return false;
    for (const QStringView part : name.split(u'/')) {
        if (part.isEmpty() || part.startsWith(u'.') || part.endsWith(u".lock"))
            return false;
    }
    return true;
}

bool isVersionAlias(QStringView name)
{
    const bool isWritable = consistsOf(
        name, [](QChar c) { return isLower(c) || isUpper(c) || isDigit(c) || QStringView(u"._:+=-").contains(c); });
    return isWritable && !consistsOf(name, isDigit);
}

std::optional<Error> newNameError(const QString &name)
{
    if (!isEndpointName(name))
        return Error{kNameInvalid, {{u"name"_s, name}}, {}, {}};
    if (name.size() > kMaxEndpointName)
        return Error{kNameTooLong, {{u"name"_s, name}, {u"limit"_s, kMaxEndpointName}}, {}, {}};
    if (isWindowsDevice(name))
        return Error{kNameReserved, {{u"name"_s, name}}, {}, {}};
    return std::nullopt;
}

QList<Finding> nameClashes(const QStringList &fileNames)
{
    QList<Finding> findings;
    QHash<QString, QString> seen;
    for (const QString &name : fileNames) {
        const QString folded = name.toCaseFolded();
        if (const auto other = seen.constFind(folded); other != seen.constEnd())
            findings.append(
                {Severity::Error, {kNamesClash, {{u"name"_s, name}, {u"other"_s, *other}}, {name, 1, 1}, {}}});
        else
            seen.insert(folded, name);
    }
    return findings;
}

QString nextFreeName(const QString &prefix, const QStringList &used)
{
    qsizetype number = 1;
    while (used.contains(prefix + QString::number(number)))
        ++number;
    return prefix + QString::number(number);
}

} // namespace parallax::endpoints
