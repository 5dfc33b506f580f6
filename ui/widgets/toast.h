// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/popupframe.h"

#include <QTimer>

#include <functional>

class QPushButton;

namespace parallax::widgets {

class Label;

/// What was just done and can be undone, at the lower right of the window. Stays for 8 s and until release() says that
/// the next edit happened, whichever is later. Announced to screen readers; takes the focus from nobody.
class Toast : public PopupFrame
{
    Q_OBJECT

public:
    Toast(const theme::Theme &theme, QWidget *window);

    /// `button` stands for Undo, where what was done is an undo itself.
    void showMessage(const QString &text, std::function<void()> undo, const QString &button = {});
    /// The next edit happened: it may leave when its time is over.
    void release();
    [[nodiscard]] QString text() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void leave();

    Label *m_text = nullptr;
    QPushButton *m_undo = nullptr;
    std::function<void()> m_run;
    QTimer m_timer;
    bool m_isReleased = false;
};

} // namespace parallax::widgets
