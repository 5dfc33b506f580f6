// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panesplitter.h"

namespace parallax::widgets {

PaneSplitter::PaneSplitter(Qt::Orientation orientation, const QString &objectName, Rule rule, QWidget *parent)
    : QSplitter(orientation, parent)
    , m_rule(std::move(rule))
{
    setObjectName(objectName);
    setHandleWidth(1);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] { m_isMoved = true; });
}

void PaneSplitter::moveTo(const QList<int> &sizes)
{
    m_isMoved = true;
    setSizes(sizes);
}

void PaneSplitter::reset()
{
    m_isMoved = false;
    setSizes(m_rule(orientation() == Qt::Horizontal ? width() : height()));
}

void PaneSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (!m_isMoved)
        reset();
}

} // namespace parallax::widgets
