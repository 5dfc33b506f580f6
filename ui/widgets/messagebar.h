// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

class QHBoxLayout;
class QPushButton;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

class Label;

/// One sentence at the place of a problem with what can be done about it. Pushes content aside, never floats; hidden
/// until something is said. A screen reader is told when it appears.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind {
        Info,
        Warning,
        Error,
    };
    Q_ENUM(Kind)

    MessageBar(const theme::Theme &theme, const QString &objectName, QWidget *parent = nullptr);

    void showMessage(Kind kind, const QString &text);
    /// Hides the bar and forgets its buttons.
    void clear();
    /// A button behind the text, in the order of the calls; the first may be the outlined one.
    QPushButton *addButton(const QString &text, const QString &objectName, bool isMain = false);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void removeButtons();

    const theme::Theme &m_theme;
    Kind m_kind = Kind::Info;
    Label *m_text = nullptr;
    QHBoxLayout *m_row = nullptr;
    QList<QPushButton *> m_buttons;
};

} // namespace parallax::widgets
