// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

#include <functional>

namespace parallax::widgets {

/// A splitter with places of the design's own: until the user moves it, its panes follow the size of the window by
/// that rule; from then on they keep their places. Its object name keys what the session keeps of it.
class PaneSplitter : public QSplitter
{
    Q_OBJECT

public:
    /// The sizes of the panes for this length.
    using Rule = std::function<QList<int>(int length)>;

    PaneSplitter(Qt::Orientation orientation, const QString &objectName, Rule rule, QWidget *parent = nullptr);

    [[nodiscard]] bool isMoved() const { return m_isMoved; }
    /// As if the user had moved it there.
    void moveTo(const QList<int> &sizes);
    /// Back to the rule.
    void reset();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    Rule m_rule;
    bool m_isMoved = false;
};

} // namespace parallax::widgets
