// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panesplitter.h"

#include <algorithm>

namespace parallax::widgets {

PaneSplitter::PaneSplitter(Qt::Orientation orientation, const QString &objectName, Rule rule, QWidget *parent)
    : QSplitter(orientation, parent)
    , m_rule(std::move(rule))
{
    setObjectName(objectName);
    setHandleWidth(1);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        QList<int> now = sizes();
        for (int i = 0; i < count(); ++i) {
            if (widget(i)->isHidden())
                now[i] = m_kept.value(i, m_rule(length()).value(i));
        }
        m_kept = now;
    });
}

void PaneSplitter::moveTo(const QList<int> &sizes)
{
    m_kept = sizes;
    settle();
}

void PaneSplitter::reset()
{
    m_kept.clear();
    settle();
}

void PaneSplitter::settle()
{
    if (m_kept.size() != count())
        return setSizes(m_rule(length()));
    QList<int> sizes = m_kept;
    int rest = length() - handleWidth() * (count() - 1);
    int stretching = -1;
    for (int i = 0; i < count(); ++i) {
        const QSizePolicy policy = widget(i)->sizePolicy();
        if ((orientation() == Qt::Horizontal ? policy.horizontalStretch() : policy.verticalStretch()) > 0)
            stretching = i;
        else
            rest -= sizes[i];
    }
    if (stretching >= 0)
        sizes[stretching] = std::max(1, rest);
    setSizes(sizes);
}

void PaneSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    settle();
}

} // namespace parallax::widgets
