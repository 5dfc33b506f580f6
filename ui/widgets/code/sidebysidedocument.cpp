// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/sidebysidedocument.h"

#include <algorithm>

namespace parallax::widgets {

namespace {

DiffKind kindOf(const compare::SideLine &line)
{
    switch (line.kind) {
    case compare::SideLine::Kind::Changed:
        return line.difference == compare::DifferenceKind::Type ? DiffKind::Type : DiffKind::Changed;
    case compare::SideLine::Kind::Only:
        return DiffKind::OnlyHere;
    case compare::SideLine::Kind::Moved:
        return DiffKind::Moved;
    case compare::SideLine::Kind::Hidden:
        return DiffKind::Hidden;
    case compare::SideLine::Kind::Void:
        return DiffKind::Void;
    case compare::SideLine::Kind::Same:
        break;
    }
    return DiffKind::Same;
}

bool differs(DiffKind left, DiffKind right)
{
    const auto counts = [](DiffKind kind) {
        return kind != DiffKind::Same && kind != DiffKind::Hidden && kind != DiffKind::Void;
    };
    return counts(left) || counts(right);
}

DiffLine converted(const compare::SideLine &line, int difference)
{
    DiffLine made{kindOf(line), line.number, line.text, {}, difference};
    for (const compare::TextSpan &span : line.spans)
        made.changed.append({span.begin, span.end - span.begin});
    return made;
}

} // namespace

DiffDocumentPtr diffDocument(const compare::SideBySide &sides)
{
    auto document = std::make_shared<DiffDocument>();
    const auto rows = static_cast<std::size_t>(sides.lines());
    document->left.reserve(rows);
    document->right.reserve(rows);
    document->differences = static_cast<int>(sides.differences.size());
    bool isJson = false;
    for (std::size_t row = 0; row < rows; ++row) {
        const compare::SideLine &left = sides.left[row];
        const compare::SideLine &right = sides.right[row];
        // The run a row belongs to is the last that began at or before it.
        int difference = -1;
        if (differs(kindOf(left), kindOf(right))) {
            const auto after =
                std::upper_bound(sides.differences.begin(), sides.differences.end(), static_cast<int>(row));
            difference = static_cast<int>(after - sides.differences.begin()) - 1;
        }
        document->left.push_back(converted(left, difference));
        document->right.push_back(converted(right, difference));
        isJson = isJson || !left.tokens.empty() || !right.tokens.empty();
    }
    document->language = isJson ? Language::Json : Language::Plain;
    return document;
}

} // namespace parallax::widgets
