// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/endpointlistmodel.h"
#include "ui/widgets/delegates/rowdelegate.h"
#include "ui/widgets/surface.h"

class QItemSelectionModel;
class QListView;
class QToolButton;

namespace parallax::commands {
class CommandRegistry;
}

namespace parallax::ui {

/// Paints an endpoint as a tile: two letters of its name and the mark of its state.
class TileDelegate final : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    /// The first letters of the first two words; of one word its first two. The words that a neighbour in the list
    /// begins with too say nothing.
    [[nodiscard]] static QString letters(const QString &name, const QStringList &neighbours = {});

    [[nodiscard]] widgets::RowContent content(const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The side bar where there is no room for it: the same endpoints, chosen in the same selection, as tiles, and buttons
/// that lead to the lists. Decides nothing. GUI thread, owned by the side bar.
class SideStrip final : public widgets::Surface
{
    Q_OBJECT

public:
    static constexpr int kWidth = 52;

    SideStrip(const theme::Theme &theme, commands::CommandRegistry &registry, EndpointListModel &model,
              QItemSelectionModel *selection, QWidget *parent = nullptr);

    [[nodiscard]] QListView *list() const { return m_list; }
    /// How much of the list the filter lets through; empty when there is no filter.
    void setFiltered(const QString &says);

Q_SIGNALS:
    void unfoldWanted();
    void filterWanted();
    void deploymentsWanted();

private:
    QToolButton *addButton(const QString &icon, const QString &objectName, const QString &name);

    const theme::Theme &m_theme;
    QListView *m_list = nullptr;
    QToolButton *m_filter = nullptr;
};

} // namespace parallax::ui
