// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QStyledItemDelegate>

#include <optional>

namespace parallax::widgets {

/// What one row of a list shows.
struct RowContent
{
    QString icon;                ///< a name of resources/icons; accent while selected
    std::optional<int> identity; ///< instead of an icon
    QString text;
    QString end; ///< at the right, small and muted: a version, an age, "archived"
    theme::Role endRole = theme::Role::Muted;
    bool isEndStrong = false; ///< the M of modified
    QString endIcon;          ///< behind the end text: check, error
    theme::Role endIconRole = theme::Role::Ok;
    std::optional<int> endIdentity;                 ///< before the end text: which mirror uses it
    QString pattern;                                ///< characters at the start of a match, set in the accent colour
    qsizetype matchStart = -1;                      ///< where the match begins in the text
    QList<std::pair<qsizetype, qsizetype>> matches; ///< instead: start and length of each part that matches
    bool isMuted = false;                           ///< archived
    bool hasEndColumn = false;                      ///< keeps the place of the end icon free where there is none
};

/// Rows of the side bar and of pickers: icon, name, state at the right, on a rounded row. The content comes from
/// content(), which a list overrides to read its own model; the default knows display text and decoration.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RowDelegate(const theme::Theme &theme, QObject *parent = nullptr);

    /// 28 for lists, 30 in pickers.
    void setDesignHeight(int height) { m_height = height; }
    void setSideInset(int inset) { m_inset = inset; }

    [[nodiscard]] virtual RowContent content(const QModelIndex &index) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    [[nodiscard]] const theme::Theme &theme() const { return m_theme; }

private:
    double paintEnd(QPainter &painter, const QRectF &row, const RowContent &content) const;
    void paintName(QPainter &painter, const QRectF &rect, const RowContent &content, bool isSelected) const;

    const theme::Theme &m_theme;
    int m_height;
    int m_inset;
};

} // namespace parallax::widgets
