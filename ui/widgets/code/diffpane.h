// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code/diffdocument.h"

#include <QAbstractScrollArea>

#include <functional>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// One side of a side by side comparison: number, sign and text of every row, tinted by what it is to the other side.
/// Paints only the rows that show, so the length of the document does not matter; a line longer than kLongLine is shown
/// in stretches. Text can be selected and copied, never edited. A screen reader reads it as a text. Scrolled and paired
/// by DiffView. GUI thread.
class DiffPane : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int kLongLine = 4000;

    DiffPane(const theme::Theme &theme, DiffSide side, const QString &objectName, const QString &accessibleName,
             QWidget *parent = nullptr);

    void setDocument(const DiffDocumentPtr &document);
    void setCurrentDifference(int difference);
    /// Shows one row at the top of each wrapped group; both panes get the same row tops from DiffView.
    void setRowTops(std::shared_ptr<const std::vector<int>> tops, bool isWrapped);

    [[nodiscard]] DiffSide side() const { return m_side; }
    [[nodiscard]] int lineHeight() const;
    /// How many lines a row takes when wrapped into the present width.
    [[nodiscard]] int wrappedLines(int row) const;
    [[nodiscard]] int rowAt(int y) const;

    [[nodiscard]] QString plainText() const;
    [[nodiscard]] QString selectedText() const;
    void selectAll();
    void clearSelection();

    /// A place of what is looked for, in the line of its row; `length` in UTF-16 units.
    struct Found
    {
        int row = 0;
        qsizetype column = 0;
        qsizetype length = 0;
        friend auto operator<=>(const Found &, const Found &) = default;
    };
    /// Marked until others come; in the order of the text.
    void setFound(std::vector<Found> found);
    /// Selects it and brings it into view.
    void select(const Found &found);
    /// Of the selection, or where the cursor stands, with the length 0.
    [[nodiscard]] Found selectionStart() const;

Q_SIGNALS:
    /// The user clicked a row; -1 where it belongs to no difference.
    void rowPressed(int row, int difference);
    void rowRevealed(int row);
    void copied();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Place
    {
        int row = 0;
        qsizetype column = 0;
        friend auto operator<=>(const Place &, const Place &) = default;
    };

    void paintRow(QPainter &painter, int row, int top, int height) const;
    void paintGutter(QPainter &painter, const DiffLine &line, int top) const;
    void paintText(QPainter &painter, int row, const DiffLine &line, int top) const;
    void paintVoid(QPainter &painter, const QRect &rect) const;
    void paintStretch(QPainter &painter, int row, const DiffLine &line, qsizetype from, qsizetype length, double x,
                      int top) const;
    void paintFound(QPainter &painter, int row, qsizetype from, qsizetype length,
                    const std::function<QRectF(qsizetype, qsizetype)> &box) const;
    void copy();
    void updateHorizontalBar();
    void applyFont();
    [[nodiscard]] Place placeAt(const QPoint &at) const;
    [[nodiscard]] std::pair<Place, Place> selection() const;
    [[nodiscard]] const DiffLine *line(int row) const;
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int wrapColumns() const;
    [[nodiscard]] int top(int row) const;

    const theme::Theme &m_theme;
    DiffSide m_side;
    DiffDocumentPtr m_document;
    std::shared_ptr<const std::vector<int>> m_tops;
    std::vector<Found> m_found;
    Place m_anchor;
    Place m_cursor;
    int m_current = -1;
    int m_longest = 0;
    double m_charWidth = 7;
    bool m_isWrapped = false;
};

} // namespace parallax::widgets
