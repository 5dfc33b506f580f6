// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/delegates/celldelegate.h"

namespace parallax::ui {

/// Cells of a FieldsModel: the path in code, the kind with its sign, the share with its count behind it.
class FieldDelegate final : public widgets::CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    [[nodiscard]] widgets::CellContent content(const QModelIndex &index) const override;
};

/// Cells of a PairsModel: number, request, largest difference, outcome with the number of differences.
class PairDelegate final : public widgets::CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    [[nodiscard]] widgets::CellContent content(const QModelIndex &index) const override;
};

} // namespace parallax::ui
