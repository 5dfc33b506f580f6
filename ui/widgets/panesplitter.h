// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

#include <functional>

namespace parallax::widgets {

/// A splitter with places of the design's own: until the user moves it, its panes follow the size of the window by
/// that rule; from then on those without a stretch factor keep their sizes. Its object name keys what the session keeps
/// of it.
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

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int length() const { return orientation() == Qt::Horizontal ? width() : height(); }

    Rule m_rule;
    QList<int> m_kept;
};

} // namespace parallax::widgets
