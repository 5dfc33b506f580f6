// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/codediff.h"

#include "endpoints/errors.h"
#include "ui/wording/wording.h"

#include <algorithm>
#include <array>

namespace parallax::ui {

widgets::CodeDiff toCodeDiff(const base::LineDiff &diff)
{
    widgets::CodeDiff shown;
    for (const base::DiffLine &line : diff.lines) {
        if (line.kind != base::DiffLine::Kind::Removed) {
            shown.oldNumbers.append(line.oldNumber);
            continue;
        }
        const int after = static_cast<int>(shown.oldNumbers.size()) - 1;
        if (shown.removed.isEmpty() || shown.removed.last().afterLine != after)
            shown.removed.append(widgets::CodeDiff::Removed{after, {}});
        shown.removed.last().lines.append(QString::fromUtf8(line.text).remove(u'\n').remove(u'\r'));
    }
    return shown;
}

QString newerText(const base::LineDiff &diff)
{
    QByteArray text;
    for (const base::DiffLine &line : diff.lines) {
        if (line.kind != base::DiffLine::Kind::Removed)
            text += line.text;
    }
    return QString::fromUtf8(text);
}

QList<widgets::CodeProblem> toCodeProblems(const QList<Finding> &findings)
{
    constexpr int kToTheEnd = 200;
    constexpr std::array kOfNames{endpoints::kFileSuffix, endpoints::kNameInvalid, endpoints::kNameTooLong,
                                  endpoints::kNameReserved};
    QList<widgets::CodeProblem> marks;
    for (const Finding &finding : findings) {
        const SourceLocation &where = finding.error.where;
        const bool isOfName = std::find(kOfNames.begin(), kOfNames.end(), finding.error.code) != kOfNames.end();
        if (finding.severity != Severity::Info && where.line > 0 && !isOfName)
            marks.append({where.line - 1, where.column - 1, where.line - 1, where.column + kToTheEnd,
                          finding.severity == Severity::Error, wording::text(finding.error)});
    }
    return marks;
}

} // namespace parallax::ui
