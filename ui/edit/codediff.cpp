// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/codediff.h"

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

} // namespace parallax::ui
