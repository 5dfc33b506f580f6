// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparedelegates.h"

#include "ui/models/displaytext.h"
#include "ui/models/fieldsmodel.h"
#include "ui/models/pairsmodel.h"
#include "ui/widgets/pairoutcome.h"

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

constexpr int kCountWidth = 34; ///< `(71)`, so that the shares before it line up

Role kindRole(compare::DifferenceKind kind)
{
    using compare::DifferenceKind;
    switch (kind) {
    case DifferenceKind::Added:
        return Role::DiffRightMark;
    case DifferenceKind::Removed:
        return Role::DiffLeftMark;
    case DifferenceKind::Status:
        return Role::Error;
    default:
        return Role::Different;
    }
}

} // namespace

widgets::CellContent FieldDelegate::content(const QModelIndex &index) const
{
    widgets::CellContent content;
    content.text = index.data(Qt::DisplayRole).toString();
    switch (index.column()) {
    case FieldsModel::PathColumn:
        content.style = TextStyle::Code;
        content.elide = Qt::ElideMiddle; // paths differ at their ends
        break;
    case FieldsModel::KindColumn: {
        const auto kind = static_cast<compare::DifferenceKind>(index.data(FieldsModel::KindRole).toInt());
        content.sign = display::kindSign(kind);
        content.signRole = kindRole(kind);
        content.text = display::kindName(kind);
        content.role = Role::Text2;
        break;
    }
    case FieldsModel::PairsColumn:
        content.text = display::percent(index.data(FieldsModel::ShareRole).toDouble());
        content.style = TextStyle::Name;
        content.isNumber = true;
        content.trailing = u"(%1)"_s.arg(display::count(index.data(FieldsModel::CountRole).toLongLong()));
        content.trailingWidth = theme().width(kCountWidth);
        break;
    default:
        content.isNumber = true;
        content.role = Role::Text2;
        break;
    }
    return content;
}

widgets::CellContent PairDelegate::content(const QModelIndex &index) const
{
    widgets::CellContent content;
    content.text = index.data(Qt::DisplayRole).toString();
    switch (index.column()) {
    case PairsModel::IdColumn:
        content.role = Role::Muted;
        break;
    case PairsModel::WorstColumn:
        content.isNumber = true;
        content.role = Role::Text2;
        break;
    case PairsModel::DifferencesColumn: {
        const widgets::OutcomeGlyph glyph =
            widgets::glyphOf(static_cast<traffic::Outcome>(index.data(PairsModel::OutcomeRole).toInt()));
        content.outcome = glyph;
        content.role = widgets::outcomeRole(glyph);
        break;
    }
    default:
        break;
    }
    return content;
}

} // namespace parallax::ui
