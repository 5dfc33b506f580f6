// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QPushButton;
class QStandardItemModel;
class QTableView;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
class MessageBar;
} // namespace parallax::widgets

namespace parallax::ui {

class ComparePresenter;
class RulesEditor;

/// The rules of the compared endpoint in their order, with what each of them decides and hides for one mirror; there
/// they are removed, and switched off to see what they hide. Follows the comparison. Window modal, opened with open(),
/// deletes itself. GUI thread.
class RulesDialog final : public QDialog
{
    Q_OBJECT

public:
    RulesDialog(const theme::Theme &theme, ComparePresenter &presenter, RulesEditor &editor, int mirror,
                QWidget *parent);

Q_SIGNALS:
    /// The file shall be edited as text.
    void textAsked(const QString &endpoint);

private:
    void build();
    void showRules();
    void removeSelected();
    void updateButtons();

    const theme::Theme &m_theme;
    ComparePresenter &m_presenter;
    RulesEditor &m_editor;
    const int m_mirror;
    QStandardItemModel *m_model = nullptr;
    QTableView *m_table = nullptr;
    widgets::MessageBar *m_bar = nullptr;
    widgets::Label *m_says = nullptr;
    QCheckBox *m_applies = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_text = nullptr;
};

} // namespace parallax::ui
