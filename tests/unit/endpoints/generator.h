// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "yaml/scalars.h"

#include <QRandomGenerator>

namespace parallax::test {

/// Random valid endpoints, written the many ways in which people write YAML: comments, blank lines, quotes, flow style,
/// other indentation, CRLF, BOM, key order, unknown keys, no final newline. Seeded, so that a failure comes back.
class EndpointGenerator
{
public:
    explicit EndpointGenerator(quint32 seed)
        : m_random(seed)
    {}

    endpoints::Endpoint endpoint()
    {
        endpoints::Endpoint out;
        out.name = QStringLiteral("e");
        const int backends = 1 + m_random.bounded(3);
        for (int i = 0; i < backends; ++i) {
            out.backends.append({label(QStringLiteral("split_"), i), deployment(), {}});
            if (chance(2))
                out.backends.last().weight = 1 + m_random.bounded(99);
        }
        const int mirrors = m_random.bounded(3);
        for (int i = 0; i < mirrors; ++i)
            out.mirrors.append({label(QStringLiteral("mirror_"), i), deployment()});
        return out;
    }

    endpoints::DeploymentRef deployment()
    {
        static const QStringList kNames{QStringLiteral("pricing"), QStringLiteral("A_1"), QStringLiteral("d"),
                                        QStringLiteral("yes"), QStringLiteral("007")};
        static const QStringList kBranches{QStringLiteral("main"), QStringLiteral("feat/x"), QStringLiteral("on"),
                                           QStringLiteral("1.0"), QStringLiteral("\u00fcber")};
        endpoints::DeploymentRef ref{pick(kNames), pick(kBranches), {}};
        if (const int kind = m_random.bounded(4); kind == 0)
            ref.version = endpoints::Version::number(1 + m_random.bounded(30));
        else if (kind == 1)
            ref.version = endpoints::Version::alias(chance(2) ? QStringLiteral("v1.2") : QStringLiteral("1.0"));
        return ref;
    }

    QByteArray text(const endpoints::Endpoint &endpoint)
    {
        m_step = 1 + m_random.bounded(4);
        m_commentChance = chance(2) ? 4 : 1000;
        m_flowChance = chance(3) ? 3 : 1000;
        QByteArrayList sections;
        QByteArrayList backends;
        for (const endpoints::Backend &backend : endpoint.backends)
            backends.append(target(backend.label, backend.deployment, backend.weight, 1));
        sections.append(key(QStringLiteral("backends"), 0) + behind() + backends.join());
        if (!endpoint.mirrors.isEmpty()) {
            QByteArrayList mirrors;
            for (const endpoints::Mirror &mirror : endpoint.mirrors)
                mirrors.append(target(mirror.name, mirror.deployment, {}, 1));
            sections.append(key(QStringLiteral("mirrors"), 0) + behind() + mirrors.join());
        }
        if (chance(4))
            sections.append("owner: {team: [a, b]}" + behind());
        sections.insert(chance(5) ? 0 : sections.size(), above(0) + "schemaVersion: 1" + behind());
        QByteArray out = sections.join(chance(3) ? "\n" : "");
        if (chance(4))
            out.prepend("# head\n\n");
        if (chance(8))
            out.prepend("---\n");
        if (chance(6))
            out.append("# foot\n");
        if (chance(4))
            out.chop(1);
        if (chance(4))
            out.replace("\n", "\r\n");
        if (chance(6))
            out.prepend("\xef\xbb\xbf");
        return out;
    }

    bool chance(int of) { return m_random.bounded(of) == 0; }
    int below(qsizetype bound) { return m_random.bounded(static_cast<int>(bound)); }

private:
    QString pick(const QStringList &list) { return list[m_random.bounded(static_cast<int>(list.size()))]; }

    QString label(const QString &prefix, int i)
    {
        static const QStringList kOdd{QStringLiteral("a: b"), QStringLiteral("on"), QStringLiteral("it's"),
                                      QStringLiteral("\u00e9t\u00e9")};
        return chance(4) ? kOdd[i % kOdd.size()] + QString::number(i) : prefix + QString::number(i + 1);
    }

    QByteArray pad(int level) const { return QByteArray(qsizetype{level} * m_step, ' '); }
    QByteArray behind()
    {
        return (chance(m_commentChance) ? "  # note\n" : "\n") +
               (chance(m_commentChance * 2) ? QByteArray("\n") : QByteArray());
    }
    QByteArray above(int level) { return chance(m_commentChance) ? pad(level) + "# above\n" : QByteArray(); }

    QByteArray scalar(const QString &text)
    {
        const int style = m_random.bounded(6);
        return yaml::scalarText(text, style == 0   ? yaml::ScalarStyle::SingleQuoted
                                      : style == 1 ? yaml::ScalarStyle::DoubleQuoted
                                                   : yaml::ScalarStyle::Plain);
    }

    QByteArray key(const QString &name, int level) { return above(level) + pad(level) + scalar(name) + ':'; }

    QByteArray version(const endpoints::Version &version)
    {
        return version.kind() == endpoints::Version::Kind::Number ? QByteArray::number(version.toNumber())
                                                                  : scalar(version.toString());
    }

    QByteArray target(const QString &name, const endpoints::DeploymentRef &ref, std::optional<int> weight, int level)
    {
        QByteArray deployment;
        if (chance(m_flowChance)) {
            deployment = key(QStringLiteral("deployment"), level + 1) + " {branch: " + scalar(ref.branch) +
                         ", name: " + scalar(ref.name) + (chance(3) ? ",\n" + pad(level + 3) : QByteArray(", ")) +
                         "version: " + version(ref.version) + '}' + behind();
        } else {
            deployment = key(QStringLiteral("deployment"), level + 1) + behind();
            QByteArrayList parts{key(QStringLiteral("branch"), level + 2) + ' ' + scalar(ref.branch) + behind(),
                                 key(QStringLiteral("name"), level + 2) + ' ' + scalar(ref.name) + behind(),
                                 key(QStringLiteral("version"), level + 2) + ' ' + version(ref.version) + behind()};
            if (chance(4))
                parts.swapItemsAt(0, 2);
            deployment += parts.join();
        }
        QByteArray share;
        if (weight)
            share = key(QStringLiteral("weight"), level + 1) + ' ' + QByteArray::number(*weight) + behind();
        return key(name, level) + behind() + (chance(4) ? share + deployment : deployment + share);
    }

    QRandomGenerator m_random;
    int m_step = 2;
    int m_commentChance = 4;
    int m_flowChance = 3;
};

} // namespace parallax::test
