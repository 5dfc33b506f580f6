// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/delegates/celldelegate.h"

#include <QHeaderView>

namespace parallax::ui {

/// Cells of the traffic table. A row is never tinted by its outcome: the sign and the status carry it.
class TrafficDelegate final : public widgets::CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    [[nodiscard]] widgets::CellContent content(const QModelIndex &index) const override;
};

/// Its header: the shapes of the primary and the mirrors stand before their names.
class TrafficHeader final : public QHeaderView
{
    Q_OBJECT

public:
    TrafficHeader(const theme::Theme &theme, QWidget *parent);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override;

private:
    const theme::Theme &m_theme;
};

} // namespace parallax::ui
