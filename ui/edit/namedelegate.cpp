// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/namedelegate.h"

#include "endpoints/grammar.h"
#include "ui/theme/controls.h"

#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace parallax::ui {

widgets::RowContent NameDelegate::content(const QModelIndex &index) const
{
    widgets::RowContent content;
    const auto *model = qobject_cast<const NameListModel *>(index.model());
    if (model == nullptr)
        return content;
    const NameListModel::Row &row = model->row(index.row());
    content.icon = row.icon;
    content.text = row.text.isEmpty() ? row.name : row.text;
    content.end = row.end;
    content.isEndStrong = row.isStrong && !row.end.isEmpty() && row.end.size() == 1;
    content.endRole = content.isEndStrong ? theme::Role::Accent : theme::Role::Muted;
    content.endIcon = row.isError ? u"error"_s : row.endIcon;
    content.endIconRole = row.isError ? theme::Role::Error : theme::Role::Ok;
    if (row.endIdentity > -2)
        content.endIdentity = row.endIdentity;
    content.pattern = row.pattern;
    content.matchStart = row.matchStart;
    content.isMuted = row.isMuted;
    return content;
}

widgets::CellContent TargetDelegate::content(const QModelIndex &index) const
{
    widgets::CellContent content;
    const auto *model = qobject_cast<const TargetsModel *>(index.model());
    if (model == nullptr)
        return content;
    const TargetsModel::Row &row = model->row(index.row());
    content.text = index.data(Qt::DisplayRole).toString();
    switch (index.column()) {
    case TargetsModel::NameColumn:
        content.style = theme::TextStyle::Name;
        break;
    case TargetsModel::DeploymentColumn:
        content.hasChooser = true;
        break;
    case TargetsModel::BranchColumn:
        content.icon = u"branch"_s;
        content.hasChooser = true;
        break;
    case TargetsModel::VersionColumn:
        if (row.hasWarning) {
            content.icon = u"warning"_s;
            content.iconRole = theme::Role::Warning;
        }
        if (row.deployment.version.isLatest() && row.newest > 0)
            content.suffix = u"= %1"_s.arg(row.newest);
        content.hasChooser = true;
        break;
    case TargetsModel::RemoveColumn:
        if (row.canRemove) {
            content.icon = u"close"_s;
            content.isAction = true;
        }
        break;
    default:
        break;
    }
    return content;
}

QWidget *TargetDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                      const QModelIndex &index) const
{
    if (index.column() != TargetsModel::WeightColumn) {
        QWidget *editor = CellDelegate::createEditor(parent, option, index);
        theme::setNames(editor, u"targetNameField"_s, TargetsModel::tr("Name"));
        return editor;
    }
    auto *editor = new QSpinBox(parent);
    editor->setRange(0, static_cast<int>(endpoints::kMaxWeight));
    editor->setFrame(false);
    theme::setNames(editor, u"targetWeightField"_s, TargetsModel::tr("Weight"));
    return editor;
}

} // namespace parallax::ui
