// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpoint.h"

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

Version Version::number(int n)
{
    Version version;
    version.m_kind = Kind::Number;
    version.m_number = n;
    return version;
}

Version Version::alias(QString name)
{
    Version version;
    version.m_kind = Kind::Alias;
    version.m_alias = std::move(name);
    return version;
}

Version Version::workTree()
{
    Version version;
    version.m_kind = Kind::WorkTree;
    return version;
}

Version Version::fromString(const QString &text)
{
    if (text == "latest"_L1)
        return latest();
    if (text == "worktree"_L1)
        return workTree();
    bool isNumber = false;
    const int n = text.toInt(&isNumber);
    if (isNumber && n >= 1 && text == QString::number(n))
        return number(n);
    return alias(text);
}

QString Version::toString() const
{
    switch (m_kind) {
    case Kind::Latest:
        return u"latest"_s;
    case Kind::Number:
        return QString::number(m_number);
    case Kind::Alias:
        return m_alias;
    case Kind::WorkTree:
        return u"worktree"_s;
    }
    Q_UNREACHABLE();
}

QString DeploymentRef::toString() const
{
    return name + u'@' + branch + u':' + version.toString();
}

DeploymentRef DeploymentRef::fromString(const QString &text)
{
    DeploymentRef ref;
    QString rest = text;
    if (const qsizetype colon = rest.indexOf(u':'); colon >= 0) {
        const QString version = rest.mid(colon + 1);
        if (version.isEmpty())
            return {};
        ref.version = Version::fromString(version);
        rest.truncate(colon);
    }
    if (const qsizetype at = rest.indexOf(u'@'); at >= 0) {
        ref.branch = rest.mid(at + 1);
        if (ref.branch.isEmpty())
            return {};
        rest.truncate(at);
    }
    ref.name = rest;
    return ref;
}

} // namespace parallax::endpoints
