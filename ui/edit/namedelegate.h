// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/editmodels.h"
#include "ui/edit/endpointlistmodel.h"
#include "ui/edit/targetcheck.h"
#include "ui/widgets/delegates/celldelegate.h"
#include "ui/widgets/delegates/rowdelegate.h"

class QListView;

namespace parallax::ui {

/// A flat list of rows of one height; it owns the delegate.
[[nodiscard]] QListView *makeRowList(QAbstractItemModel &model, widgets::RowDelegate *delegate,
                                     const QString &objectName, const QString &accessibleName);
/// The rows with the state of each deployment's target as a sign at the right; states stand in the order of the rows.
[[nodiscard]] QList<NameListModel::Row> withHealth(QList<NameListModel::Row> rows, const QList<TargetState> &states);

/// Paints the rows of an EndpointListModel: an M for modified, words for what needs the user.
class EndpointDelegate final : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    [[nodiscard]] widgets::RowContent content(const QModelIndex &index) const override;
};

/// Paints the rows of a NameListModel.
class NameDelegate final : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    [[nodiscard]] widgets::RowContent content(const QModelIndex &index) const override;
};

/// Paints the cells of a TargetsModel.
class TargetDelegate final : public widgets::CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    [[nodiscard]] widgets::CellContent content(const QModelIndex &index) const override;
    /// A field for the name, a number field within the grammar's bounds for the weight.
    [[nodiscard]] QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const override;
};

} // namespace parallax::ui
