// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code/diffpane.h"
#include "ui/widgets/code/findbar.h"

#include <QWidget>

namespace parallax::widgets {

class OverviewStrip;

/// Two panes on one vertical position with an overview strip: the side by side view of Compare and Live. Next and
/// previous go from difference to difference and say which one of how many. GUI thread.
class DiffView : public QWidget
{
    Q_OBJECT

public:
    /// Names of the panes as an outside driver knows them: "Primary response", "Mirror response".
    DiffView(const theme::Theme &theme, const QString &objectName, const QString &leftName, const QString &rightName,
             QWidget *parent = nullptr);

    /// Null empties it. The first difference becomes the current one.
    void setDocument(const DiffDocumentPtr &document);
    [[nodiscard]] DiffDocumentPtr document() const { return m_document; }

    [[nodiscard]] int differenceCount() const { return static_cast<int>(m_stops.size()); }
    /// From 0, or -1.
    [[nodiscard]] int currentDifference() const { return m_current; }
    void setCurrentDifference(int difference);
    /// False at the end, where it stays.
    bool nextDifference();
    bool previousDifference();

    void setWrapped(bool isWrapped);
    [[nodiscard]] bool isWrapped() const { return m_isWrapped; }
    /// Marks every place of the text on both sides and selects the one that the step goes to; row by row, the left side
    /// first.
    FindAnswer find(const FindQuery &query, FindStep step);

    [[nodiscard]] DiffPane *left() const { return m_left; }
    [[nodiscard]] DiffPane *right() const { return m_right; }
    /// A widget for the top of a pane: identity, name, status and time.
    void setHeaders(QWidget *left, QWidget *right);

Q_SIGNALS:
    void currentDifferenceChanged(int difference);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addFindBar(const QString &objectName, const QString &name);
    void layOut();
    void updateRange();
    void reveal(int row, bool isCentred);
    void onScrolled();

    const theme::Theme &m_theme;
    DiffDocumentPtr m_document;
    std::shared_ptr<const std::vector<int>> m_tops;
    std::vector<int> m_stops;
    DiffPane *m_left = nullptr;
    DiffPane *m_right = nullptr;
    OverviewStrip *m_strip = nullptr;
    QWidget *m_leftHeader = nullptr;
    QWidget *m_rightHeader = nullptr;
    QWidget *m_line = nullptr;
    FindBar *m_find = nullptr;
    DiffPane *m_lastFocus = nullptr;
    int m_current = -1;
    int m_contentHeight = 0;
    bool m_isWrapped = false;
};

/// The strip at the right: a mark for each difference, the part that shows, and a click that goes there. It is the
/// vertical scroll bar of the two panes.
class OverviewStrip : public QWidget
{
    Q_OBJECT

public:
    struct Mark
    {
        int top = 0; ///< in the document, px
        theme::Role role = theme::Role::ChartDiff;
        bool isHidden = false;
    };

    OverviewStrip(const theme::Theme &theme, QWidget *parent);

    void setMarks(QList<Mark> marks, int contentHeight);
    void setView(int top, int height);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The document's pixel to be in the middle.
    void asked(int y);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] double scale() const;

    const theme::Theme &m_theme;
    QList<Mark> m_marks;
    int m_contentHeight = 0;
    int m_viewTop = 0;
    int m_viewHeight = 0;
};

} // namespace parallax::widgets
