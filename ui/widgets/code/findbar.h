// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code/findquery.h"

#include <QFrame>
#include <QTimer>

#include <functional>

class QKeyEvent;
class QToolButton;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

class FilterField;
class Label;

/// The row below a pane of text in which one looks for something in it: Enter and F3 go on, Shift goes back, past the
/// end it begins again and says so, Esc gives the focus back. It is a direct child of its pane and made of widgets only
/// once it is opened. Knows nothing of the text: the pane looks and marks. GUI thread.
class FindBar : public QFrame
{
    Q_OBJECT

public:
    using Search = std::function<FindAnswer(const FindQuery &, FindStep)>;
    struct Pane
    {
        QString objectName;
        QString name; ///< as a screen reader says it: "YAML"
        Search search;
        std::function<bool()> hasText;
        std::function<QString()> selectedText;
        std::function<void()> takeFocus;
    };

    FindBar(const theme::Theme &theme, Pane pane, QWidget *parent);

    /// Whether the pane shows and there is something to look for in.
    [[nodiscard]] bool canFind() const;
    [[nodiscard]] bool isOpen() const { return !isHidden(); }
    void open();
    void close();
    /// Opens it when nothing is looked for yet.
    void step(FindStep step);
    /// The pane shows another text.
    void textChanged();
    /// Find, next, previous and, while it is open, Esc, where no window has these keys; true when it was one of them.
    bool takeKey(const QKeyEvent &event);

    /// Of the widget or of the nearest pane that it is in; null when there is none.
    [[nodiscard]] static FindBar *around(QWidget *widget);

Q_SIGNALS:
    /// It has come or gone.
    void toggled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void look(FindStep step);
    void say(const FindAnswer &answer, bool isAsked);
    [[nodiscard]] FindQuery query() const;

    const theme::Theme &m_theme;
    const Pane m_pane;
    QTimer m_delay;
    FilterField *m_field = nullptr;
    QToolButton *m_case = nullptr;
    Label *m_said = nullptr;
    QList<QToolButton *> m_steps;
};

} // namespace parallax::widgets
