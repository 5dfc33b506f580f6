// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/diffpaneaccessible.h"

#include "ui/widgets/code/diffpane.h"

#include <QAccessibleWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

namespace {

/// The text interface of a pane: the lines of its side, without those that only keep the other side level.
class DiffPaneAccessible : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit DiffPaneAccessible(DiffPane *pane)
        : QAccessibleWidget(pane, QAccessible::EditableText)
    {}

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? content() : QAccessibleWidget::text(kind);
    }

    void selection(int, int *start, int *end) const override { *start = *end = 0; }
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    int cursorPosition() const override { return m_cursor; }
    void setCursorPosition(int position) override { m_cursor = std::clamp(position, 0, characterCount()); }
    QString text(int start, int end) const override
    {
        const QString all = content();
        return all.mid(start, end < 0 ? -1 : end - start);
    }
    int characterCount() const override { return static_cast<int>(content().size()); }
    QRect characterRect(int) const override { return rect(); }
    int offsetAtPoint(const QPoint &) const override { return 0; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int, int *start, int *end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

private:
    [[nodiscard]] QString content() const { return static_cast<const DiffPane *>(widget())->plainText(); }

    int m_cursor = 0;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *pane = qobject_cast<DiffPane *>(object);
    return pane != nullptr ? new DiffPaneAccessible(pane) : nullptr;
}

} // namespace

void installDiffPaneAccessible()
{
    // Qt keeps a factory once, however often it is installed.
    QAccessible::installFactory(make);
}

} // namespace parallax::widgets
