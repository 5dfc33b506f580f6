// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/outcomeglyph.h"

#include <QStyledItemDelegate>

#include <optional>

namespace parallax::widgets {

/// What one cell of a table shows, from left to right: glyph or icon, text, suffix; trailing at the right.
struct CellContent
{
    std::optional<OutcomeGlyph> outcome;
    std::optional<int> identity;
    QString icon;
    theme::Role iconRole = theme::Role::Muted;
    QString sign; ///< of a difference, bold in the code font
    theme::Role signRole = theme::Role::Different;

    QString text;
    theme::TextStyle style = theme::TextStyle::Body;
    theme::Role role = theme::Role::Text;
    bool isNumber = false; ///< digits stand under each other; right-aligned unless isLeft
    bool isLeft = false;
    Qt::TextElideMode elide = Qt::ElideRight;
    int textWidth = 0; ///< a column of its own for the text (the status), or 0

    QString suffix;   ///< behind the text, muted: "= 7", "and 4 more"
    QString trailing; ///< at the right edge: the time of an answer
    theme::Role trailingRole = theme::Role::Text2;
    int trailingWidth = 0; ///< a column of its own, so that what stands before it lines up; or 0

    bool hasChooser = false; ///< the updown sign of a cell that opens a picker
    bool isAction = false;   ///< an icon alone, centred: the x that removes
};

/// Cells of the tables: one baseline for each row, selection over the whole width, no zebra, a hairline only in forms.
/// The content comes from content(), which a table overrides to read its own model.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// A table as the parent gets Ctrl+C for its rows.
    explicit CellDelegate(const theme::Theme &theme, QObject *parent = nullptr);

    /// 24 in Live, 27 in Compare, 36 in forms.
    void setDesignHeight(int height) { m_height = height; }
    /// A hairline under each row, and no fill under the pointer: a form.
    void setForm(bool isForm) { m_isForm = isForm; }

    [[nodiscard]] virtual CellContent content(const QModelIndex &index) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    [[nodiscard]] const theme::Theme &theme() const { return m_theme; }

private:
    void paintBackground(QPainter &painter, const QStyleOptionViewItem &option) const;
    double paintMarks(QPainter &painter, const QRectF &rect, const CellContent &content) const;
    [[nodiscard]] QRectF inner(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    [[nodiscard]] double neededWidth(const CellContent &content) const;

    const theme::Theme &m_theme;
    int m_height;
    bool m_isForm = false;
};

} // namespace parallax::widgets
