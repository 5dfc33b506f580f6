// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

#include <functional>

class QKeyEvent;

namespace parallax::widgets {

/// A splitter with places of the design's own: until the user moves it, its panes follow the size of the window by
/// that rule; from then on those without a stretch factor keep their sizes. Its object name keys what the session keeps
/// of it. A divider takes the focus by beginMoving() only, so that Tab does not stop at each: arrow keys move it then,
/// Return leaves it there, Escape puts it back.
class PaneSplitter : public QSplitter
{
    Q_OBJECT

public:
    /// The sizes of the panes for this length.
    using Rule = std::function<QList<int>(int length)>;

    PaneSplitter(Qt::Orientation orientation, const QString &objectName, Rule rule, QWidget *parent = nullptr);

    [[nodiscard]] bool isMoved() const { return !m_kept.isEmpty(); }
    /// As the user left them, those of hidden panes too; empty when the rule holds.
    [[nodiscard]] const QList<int> &keptSizes() const { return m_kept; }
    /// As if the user had moved it there.
    void moveTo(const QList<int> &sizes);
    /// Back to the rule.
    void reset();
    /// Where they belong, after one came or went.
    void settle();

    /// The dividers that can be moved at present, as handle() numbers them.
    [[nodiscard]] QList<int> movableDividers() const;
    /// Gives the keyboard to that divider; whoever has it now gets it back at the end.
    void beginMoving(int divider);

protected:
    [[nodiscard]] QSplitterHandle *createHandle() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int length() const { return orientation() == Qt::Horizontal ? width() : height(); }

    Rule m_rule;
    QList<int> m_kept;
};

} // namespace parallax::widgets
