// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panesplitter.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QPointer>
#include <QStyleOption>

#include <algorithm>

namespace parallax::widgets {

namespace {

constexpr int kStep = 16;

/// One divider. A hairline that the pointer can grab; three times as wide while the keyboard moves it.
class Divider final : public QSplitterHandle
{
public:
    Divider(Qt::Orientation orientation, PaneSplitter *parent)
        : QSplitterHandle(orientation, parent)
        , m_splitter(parent)
    {}

    void begin()
    {
        QWidget *now = QApplication::focusWidget();
        if (now == this)
            return;
        if (const auto *other = dynamic_cast<Divider *>(now))
            m_before = other->m_before;
        else
            m_before = now;
        m_sizes = m_splitter->sizes();
        setFocus(Qt::ShortcutFocusReason);
    }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool isHorizontal = orientation() == Qt::Horizontal;
        const int least = isHorizontal ? Qt::Key_Left : Qt::Key_Up;
        const int most = isHorizontal ? Qt::Key_Right : Qt::Key_Down;
        const QPoint line = pos() + contentsRect().topLeft();
        const int place = isHorizontal ? line.x() : line.y();
        const int key = event->key();
        if (key == least || key == most)
            moveSplitter(closestLegalPosition(key == least ? place - kStep : place + kStep));
        else if (key == Qt::Key_Home)
            moveSplitter(closestLegalPosition(0));
        else if (key == Qt::Key_End)
            moveSplitter(closestLegalPosition(isHorizontal ? m_splitter->width() : m_splitter->height()));
        else if (key == Qt::Key_Return || key == Qt::Key_Enter)
            end();
        else if (key == Qt::Key_Escape)
            putBack();
        else
            event->ignore();
    }

    void focusInEvent(QFocusEvent *) override { showFocus(); }
    void focusOutEvent(QFocusEvent *) override { showFocus(); }

    void resizeEvent(QResizeEvent *event) override
    {
        QSplitterHandle::resizeEvent(event); // masks all but the line
        if (hasFocus())
            clearMask();
    }

    void paintEvent(QPaintEvent *event) override
    {
        if (!hasFocus())
            return QSplitterHandle::paintEvent(event);
        QPainter painter(this);
        QStyleOption option;
        option.initFrom(this);
        option.rect = orientation() == Qt::Horizontal ? contentsRect().adjusted(-1, 0, 1, 0)
                                                      : contentsRect().adjusted(0, -1, 0, 1);
        style()->drawControl(QStyle::CE_Splitter, &option, &painter, m_splitter);
    }

private:
    void showFocus()
    {
        if (hasFocus())
            clearMask();
        else
            setMask(QRegion(contentsRect()));
        m_splitter->update(geometry()); // what lay under it too
    }

    void end()
    {
        if (m_before)
            m_before->setFocus(Qt::OtherFocusReason);
        else
            clearFocus();
    }

    void putBack()
    {
        if (m_sizes != m_splitter->sizes())
            m_splitter->moveTo(m_sizes);
        end();
    }

    PaneSplitter *m_splitter;
    QPointer<QWidget> m_before;
    QList<int> m_sizes;
};

} // namespace

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
    QList<int> sizes = m_kept.size() == count() ? m_kept : m_rule(length());
    const bool isHorizontal = orientation() == Qt::Horizontal;
    int rest = length() - handleWidth() * (count() - 1);
    int stretching = -1;
    for (int i = 0; i < count() && i < sizes.size(); ++i) {
        const QSizePolicy policy = widget(i)->sizePolicy();
        if ((isHorizontal ? policy.horizontalStretch() : policy.verticalStretch()) > 0) {
            stretching = i;
            continue;
        }
        // A splitter knows no upper bounds.
        sizes[i] = std::min(sizes.at(i), isHorizontal ? widget(i)->maximumWidth() : widget(i)->maximumHeight());
        rest -= sizes.at(i);
    }
    if (stretching >= 0)
        sizes[stretching] = std::max(1, rest);
    setSizes(sizes);
}

QSplitterHandle *PaneSplitter::createHandle()
{
    auto *divider = new Divider(orientation(), this);
    divider->setFocusPolicy(Qt::NoFocus);
    divider->setAccessibleDescription(tr("Arrow keys move it, Return leaves it there, Escape puts it back"));
    return divider;
}

QList<int> PaneSplitter::movableDividers() const
{
    QList<int> dividers;
    for (int i = 1; i < count(); ++i) {
        int least = 0;
        int most = 0;
        getRange(i, &least, &most);
        if (handle(i)->isVisible() && most > least)
            dividers += i;
    }
    return dividers;
}

void PaneSplitter::beginMoving(int divider)
{
    if (auto *moved = dynamic_cast<Divider *>(handle(divider)))
        moved->begin();
}

void PaneSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    settle();
}

} // namespace parallax::widgets
