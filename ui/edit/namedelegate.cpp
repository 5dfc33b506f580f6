// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/namedelegate.h"

#include "endpoints/grammar.h"
#include "ui/theme/controls.h"

#include <QListView>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace parallax::ui {

using theme::Role;

QListView *makeRowList(QAbstractItemModel &model, widgets::RowDelegate *delegate, const QString &objectName,
                       const QString &accessibleName)
{
    auto *list = new QListView;
    theme::setNames(list, objectName, accessibleName);
    list->setModel(&model);
    delegate->setParent(list);
    list->setItemDelegate(delegate);
    list->setFrameShape(QFrame::NoFrame);
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return list;
}

QList<NameListModel::Row> withHealth(QList<NameListModel::Row> rows, const QList<TargetState> &states)
{
    using Kind = TargetState::Kind;
    for (qsizetype i = 0; i < rows.size() && i < states.size(); ++i) {
        NameListModel::Row &row = rows[i];
        const auto says = [&row](const QString &icon, Role role, const QString &text) {
            row.endIcon = icon;
            row.endRole = role;
            row.says = text;
        };
        switch (states[i].kind) {
        case Kind::Missing:
            says({}, Role::Muted, TargetCheck::tr("no target"));
            break;
        case Kind::Invalid:
        case Kind::Unreachable:
            says(u"error"_s, Role::Error, TargetCheck::tr("its target does not answer: %1").arg(states[i].text));
            break;
        case Kind::Fixed:
            says(u"check"_s, Role::Ok, TargetCheck::tr("answered by the router"));
            break;
        case Kind::StartedByUs:
            says(u"clock"_s, Role::Muted, TargetCheck::tr("starts with the router"));
            break;
        case Kind::NotChecked:
            says(u"globe"_s, Role::Muted, TargetCheck::tr("beyond this machine, not tried"));
            break;
        case Kind::Checking:
            says(u"more"_s, Role::Muted, TargetCheck::tr("is being tried"));
            break;
        case Kind::Reachable:
            says(u"check"_s, Role::Ok, TargetCheck::tr("its target takes connections"));
            break;
        }
    }
    return rows;
}

widgets::RowContent EndpointDelegate::content(const QModelIndex &index) const
{
    widgets::RowContent content;
    const auto *model = qobject_cast<const EndpointListModel *>(index.model());
    if (model == nullptr)
        return content;
    const EndpointListModel::Row &row = model->row(index.row());
    content.icon = u"endpoint"_s;
    content.text = row.name;
    if (!model->filter().isEmpty()) {
        content.pattern = model->filter();
        content.matchStart = row.name.indexOf(model->filter(), 0, Qt::CaseInsensitive);
    }
    if (row.state.isUnsaved) {
        content.end = EndpointListModel::tr("not saved");
        content.endRole = Role::Accent;
    } else if (row.state.isModified) {
        content.end = EndpointListModel::tr("M", "modified");
        content.isEndStrong = true;
        content.endRole = Role::Accent;
    }
    if (row.state.hasErrors) {
        content.endIcon = u"error"_s;
        content.endIconRole = Role::Error;
    } else if (row.state.isReadOnly) {
        content.endIcon = u"lock"_s;
        content.endIconRole = Role::Muted;
    }
    return content;
}

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
    content.endIcon = row.endIcon;
    content.endIconRole = row.endRole;
    content.hasEndColumn = row.hasEndColumn;
    if (row.endIdentity > -2)
        content.endIdentity = row.endIdentity;
    content.matches = row.matches;
    content.isMuted = row.isMuted;
    return content;
}

static int columnOf(RowPart part)
{
    switch (part) {
    case RowPart::Deployment:
        return TargetsModel::DeploymentColumn;
    case RowPart::Branch:
        return TargetsModel::BranchColumn;
    case RowPart::Version:
        return TargetsModel::VersionColumn;
    case RowPart::Weight:
        return TargetsModel::WeightColumn;
    case RowPart::Whole:
    case RowPart::Name:
        break;
    }
    return TargetsModel::NameColumn;
}

widgets::CellContent TargetDelegate::content(const QModelIndex &index) const
{
    widgets::CellContent content;
    const auto *model = qobject_cast<const TargetsModel *>(index.model());
    if (model == nullptr)
        return content;
    const TargetsModel::Row &row = model->row(index.row());
    content.text = index.data(Qt::DisplayRole).toString();
    const bool isReadOnly = model->isReadOnly();
    if (isReadOnly)
        content.role = Role::Text2;
    if (!row.problem.isEmpty() && index.column() == columnOf(row.part)) {
        content.icon = row.isError ? u"error"_s : u"warning"_s;
        content.iconRole = row.isError ? Role::Error : Role::Warning;
    }
    switch (index.column()) {
    case TargetsModel::NameColumn:
        content.style = theme::TextStyle::Name;
        break;
    case TargetsModel::DeploymentColumn:
        content.hasChooser = !isReadOnly;
        break;
    case TargetsModel::BranchColumn:
        if (content.icon.isEmpty())
            content.icon = u"branch"_s;
        content.hasChooser = !isReadOnly;
        break;
    case TargetsModel::VersionColumn:
        if (row.deployment.version.isLatest() && row.newest > 0)
            content.suffix = u"= %1"_s.arg(row.newest);
        content.hasChooser = !isReadOnly;
        break;
    case TargetsModel::RemoveColumn:
        if (row.canRemove && !isReadOnly) {
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
