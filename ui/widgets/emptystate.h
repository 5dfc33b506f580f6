// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

class Label;

/// What stands where a view has nothing to show: one sentence, at most one button and one link, centred at 40% of the
/// height and at most 470 px wide.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const theme::Theme &theme, const QString &objectName, const QString &sentence,
               QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    [[nodiscard]] QString sentence() const;
    QPushButton *addButton(const QString &text, const QString &objectName, const QString &icon = {});
    QPushButton *addLink(const QString &text, const QString &objectName);

private:
    const theme::Theme &m_theme;
    Label *m_sentence = nullptr;
    QVBoxLayout *m_column = nullptr;
};

} // namespace parallax::widgets
