// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Short hands for tests of the comparison: rules from their text, replies and exchanges from their bodies.
#pragma once

#include "compare/diff.h"
#include "compare/rules.h"
#include "support/testenvironment.h"
#include "traffic/exchange.h"

namespace parallax::test {

/// `lines` follow `rules:`, one rule a line.
inline compare::Rules rules(const QByteArray &lines, const QByteArray &head = {})
{
    const compare::RulesFile file =
        compare::readRules("schemaVersion: 1\n" + head + "rules:\n" + lines, QStringLiteral("rules.yaml"));
    for (const Finding &finding : file.findings)
        qInfo().noquote() << wording::line(finding.error, finding.severity);
    Q_ASSERT(!file.hasErrors());
    return file.rules;
}

inline traffic::Reply reply(const QString &name, const QByteArray &body, int status = 200)
{
    traffic::Reply out;
    out.name = name;
    out.state = traffic::AnswerState::Complete;
    out.status = status;
    out.body = traffic::Body::whole(body);
    return out;
}

inline traffic::Exchange exchange(quint64 id, const QByteArray &request, const traffic::Reply &primary,
                                  const traffic::Reply &mirror)
{
    traffic::Exchange out;
    out.id = {id};
    out.endpoint = QStringLiteral("pricing");
    out.method = "POST";
    out.target = "/v1/endpoint/pricing";
    out.body = traffic::Body::whole(request);
    out.primary = primary;
    out.mirrors = {mirror};
    out.mirrors.back().role = traffic::Role::Mirror;
    return out;
}

/// One line a difference: `PATH kind LEFT -> RIGHT`, `(rule N)` behind one that a rule hides.
inline QStringList lines(const compare::Diff &diff)
{
    QStringList out;
    for (const compare::Difference &each : diff.differences) {
        QString line = each.path + QStringLiteral(" ") + compare::toString(each.kind);
        if (!each.rightPath.isEmpty())
            line += QStringLiteral(" (") + each.rightPath + QStringLiteral(")");
        line += QStringLiteral(" ") + each.left + QStringLiteral(" -> ") + each.right;
        if (each.isHidden())
            line += QStringLiteral(" (rule %1)").arg(each.rule);
        out.append(line);
    }
    return out;
}

} // namespace parallax::test
