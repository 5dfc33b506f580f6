// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/editmodels.h"
#include "ui/widgets/delegates/celldelegate.h"
#include "ui/widgets/delegates/rowdelegate.h"

namespace parallax::ui {

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
