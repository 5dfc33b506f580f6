// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repository/repository.h"
#include "ui/edit/editmodels.h"
#include "ui/widgets/popupframe.h"

#include <QPointer>

class QListView;
class QPushButton;

namespace parallax::widgets {
class FilterField;
class Label;
class Spinner;
} // namespace parallax::widgets

namespace parallax::ui {

class EditPresenter;

/// Another branch to work on: those of the clone and of its remotes, found by typing. Says why git refuses and stays
/// open then; closes with its folder. GUI thread; opened with openAt().
class BranchDialog final : public widgets::PopupDialog
{
    Q_OBJECT

public:
    BranchDialog(const theme::Theme &theme, EditPresenter &presenter, QWidget *parent);

Q_SIGNALS:
    void switched(const QString &branch);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void updateRows();
    void finish();
    void say(const QString &text, theme::Role role);

    const theme::Theme &m_theme;
    QPointer<EditPresenter> m_presenter;
    QList<repository::Branch> m_branches;
    NameListModel m_model;
    widgets::FilterField *m_search = nullptr;
    QListView *m_list = nullptr;
    widgets::Label *m_says = nullptr;
    widgets::Spinner *m_spinner = nullptr;
    QPushButton *m_switch = nullptr;
    bool m_isBusy = true;
};

} // namespace parallax::ui
