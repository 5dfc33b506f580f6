// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/diffdocument.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;

std::vector<int> DiffDocument::firstRows() const
{
    std::vector<int> rows(static_cast<std::size_t>(std::max(differences, 0)), -1);
    for (std::size_t row = 0; row < left.size(); ++row) {
        for (const int difference : {left[row].difference, right[row].difference}) {
            const auto at = static_cast<std::size_t>(difference);
            if (difference >= 0 && at < rows.size() && rows[at] < 0)
                rows[at] = static_cast<int>(row);
        }
    }
    std::erase(rows, -1);
    return rows;
}

QString DiffDocument::plainText(DiffSide which) const
{
    QString text;
    for (const DiffLine &line : side(which)) {
        if (line.kind != DiffKind::Void)
            text += line.text + u'\n';
    }
    return text;
}

QString diffSign(DiffKind kind, DiffSide side)
{
    switch (kind) {
    case DiffKind::Changed:
        return u"~"_s;
    case DiffKind::OnlyHere:
        return side == DiffSide::Right ? u"+"_s : u"\u2212"_s;
    case DiffKind::Moved:
        return u"\u21C5"_s;
    case DiffKind::Type:
        return u"T"_s;
    case DiffKind::Hidden:
        return u"\u2248"_s;
    case DiffKind::Same:
    case DiffKind::Void:
        break;
    }
    return {};
}

Role diffSignRole(DiffKind kind, DiffSide side)
{
    if (kind == DiffKind::Moved)
        return Role::DiffMoveMark;
    if (kind == DiffKind::Hidden)
        return Role::Muted;
    return side == DiffSide::Left ? Role::DiffLeftMark : Role::DiffRightMark;
}

std::optional<Role> diffTint(DiffKind kind, DiffSide side)
{
    switch (kind) {
    case DiffKind::Changed:
    case DiffKind::OnlyHere:
    case DiffKind::Type:
        return side == DiffSide::Left ? Role::DiffLeft : Role::DiffRight;
    case DiffKind::Moved:
        return Role::DiffMove;
    case DiffKind::Same:
    case DiffKind::Hidden:
    case DiffKind::Void:
        break;
    }
    return std::nullopt;
}

} // namespace parallax::widgets
