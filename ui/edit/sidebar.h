// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/editmodels.h"
#include "ui/edit/endpointlistmodel.h"
#include "ui/edit/targetcheck.h"
#include "ui/widgets/surface.h"

#include <QListView>
#include <QPointer>

class QStackedWidget;
class QToolButton;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::widgets {
class EmptyState;
class FilterField;
class Label;
} // namespace parallax::widgets

namespace parallax::ui {

class NameDialog;
class NewEndpointDialog;
class SideStrip;

/// The side bar of the Edit mode: the endpoints with their marks, filtered, several selectable, and what can be done to
/// them; below them the deployments of the branch with the state of their targets. Folds to a strip where the window is
/// narrow, or where the user folds it. GUI thread.
class SideBar final : public widgets::Surface
{
    Q_OBJECT
    /// What the session keeps: whether it is folded in a wide window, and unfolded in a narrow one.
    Q_PROPERTY(int viewState READ viewState WRITE setViewState RESET resetViewState)

public:
    SideBar(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
            QWidget *parent = nullptr);

    /// Shows it as selected, without telling.
    void setCurrent(const QString &name);
    [[nodiscard]] const QString &current() const { return m_current; }
    /// In order; the current one when nothing else is.
    [[nodiscard]] QStringList selection() const;
    /// The endpoint that stands first; empty when there is none.
    [[nodiscard]] QString first() const;
    void focusFilter();
    void focusList() { shownList()->setFocus(Qt::OtherFocusReason); }
    /// The window has no room for it.
    void setNarrow(bool isNarrow);
    [[nodiscard]] bool isFolded() const { return m_isNarrow ? !m_unfoldsNarrow : m_foldsWide; }
    void setFolded(bool isFolded);
    [[nodiscard]] int viewState() const;
    void setViewState(int state);
    void resetViewState() { setViewState(0); }
    /// Asks every deployment's target again, those beyond this machine too.
    void checkTargets();

Q_SIGNALS:
    void chosen(const QString &name);
    void foldChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildEndpoints(QVBoxLayout &column);
    void buildDeployments(QVBoxLayout &column);
    void bindCommands();
    void showFold();
    [[nodiscard]] QListView *shownList() const;
    void refresh();
    void updateEmpty();
    void updateDeployments(bool beyond);
    void showHealth();
    void openNew();
    void openRename();
    void openDuplicate();
    void openName(NameDialog *dialog);

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    EditPresenter &m_presenter;
    QString m_current;
    EndpointListModel m_model;
    NameListModel m_deploymentModel;
    TargetCheck m_health;
    widgets::FilterField *m_filter = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_endpoints = nullptr;
    widgets::EmptyState *m_noMatch = nullptr;
    widgets::EmptyState *m_noEndpoints = nullptr;
    QListView *m_deployments = nullptr;
    QWidget *m_lists = nullptr;
    SideStrip *m_strip = nullptr;
    QToolButton *m_fold = nullptr;
    bool m_isNarrow = false;
    bool m_foldsWide = false;
    bool m_unfoldsNarrow = false;
    QPointer<NewEndpointDialog> m_new;
    QPointer<NameDialog> m_name;
};

} // namespace parallax::ui
