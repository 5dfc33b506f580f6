// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/deploymentpicker.h"
#include "ui/edit/editmodels.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/targetcheck.h"

#include <QPointer>
#include <QWidget>

class QPushButton;
class QScrollArea;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class EmptyState;
class Label;
class MessageBar;
class PaneSplitter;
class Pill;
class RouteGutter;
class SegmentedControl;
class Surface;
} // namespace parallax::widgets

namespace parallax::ui {

class DocumentBar;
class KeepDialog;
class LocalSection;
class SideBar;
class TargetList;
class TryPane;
class TryPresenter;
class YamlPane;
struct Fix;

/// The Edit mode: endpoint and deployment lists, the form of the selected endpoint with the route line, its YAML beside
/// it with the difference to the last commit, and what is wrong with it. Binds the commands of its menu; decides
/// nothing itself.
class EditPage final : public QWidget
{
    Q_OBJECT

public:
    EditPage(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
             QWidget *parent = nullptr);

    /// `http://127.0.0.1:8080`, for the URL line.
    void setRouterUrl(const QString &url);
    void selectEndpoint(const QString &name);
    /// What single requests are tried with; before that there is no Try it. It outlives the page.
    void setTryPresenter(TryPresenter &presenter);
    [[nodiscard]] const QString &currentEndpoint() const { return m_current; }
    /// The comparison rules of an endpoint as text.
    void editRules(const QString &endpoint);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildPanes();
    void buildForm(QWidget *form);
    void buildHeader(QVBoxLayout &column);
    void buildSections(QVBoxLayout &column);
    void bindCommands();
    void buildTargets(QVBoxLayout &column);
    QTableView *makeTable(TargetsModel &model, const QString &objectName, const QString &name);

    void onLoaded();
    void updateForm();
    void showWhetherReadOnly(const QString &why);
    /// Why the form cannot change the endpoint; empty when it can.
    [[nodiscard]] QString whyReadOnly() const;
    void mend(const Fix &fix);
    void chooseType(int index);
    void move(const TargetsModel &model, int step);
    void openTry();
    void closeTry();
    void editTargets();
    void editLocal();
    void addDetails(TargetsModel::Row &row, const QList<Finding> &findings, const endpoints::Endpoint &endpoint) const;
    void openCommit();
    void openBranches();
    void updateTargets(bool beyond);
    void updateLayout();
    void showFold();
    void showYaml();
    void updateNoForm();
    void showProblem();
    void openPicker(const PickerPurpose &purpose);
    void take(const QString &endpoint, const PickerPurpose &purpose, const endpoints::DeploymentRef &deployment);
    void onCell(const TargetsModel &model, const QModelIndex &index);
    void changeTarget(const QString &name);
    void removeRow(const TargetsModel &model, int row);
    void onListChanged(const ListChange &change);
    void copyUrl();
    void copyCurl();
    [[nodiscard]] QList<TargetsModel::Row> mirrorRows(const endpoints::Endpoint &endpoint,
                                                      const QList<Finding> &findings) const;
    [[nodiscard]] QList<TargetsModel::Row> backendRows(const endpoints::Endpoint &endpoint,
                                                       const QList<Finding> &findings) const;
    [[nodiscard]] QString url() const;

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    EditPresenter &m_presenter;
    QString m_current;
    quint64 m_offeredStep = 0; ///< that the toast takes back
    QString m_routerUrl;

    TargetsModel m_backendModel{false};
    TargetsModel m_mirrorModel{true};

    widgets::PaneSplitter *m_sideSplitter = nullptr;
    widgets::PaneSplitter *m_yamlSplitter = nullptr;
    QWidget *m_yamlPlace = nullptr; ///< of the YAML pane where there is room for it beside the form
    SideBar *m_side = nullptr;
    YamlPane *m_yamlPane = nullptr;
    widgets::MessageBar *m_message = nullptr;
    DocumentBar *m_documentBar = nullptr;
    widgets::Label *m_title = nullptr;
    widgets::Pill *m_modified = nullptr;
    widgets::Pill *m_readOnly = nullptr;
    widgets::Label *m_whyReadOnly = nullptr;
    QPushButton *m_revert = nullptr;
    QPushButton *m_save = nullptr;
    widgets::Label *m_url = nullptr;
    widgets::SegmentedControl *m_type = nullptr;
    widgets::Label *m_aliasTitle = nullptr;
    widgets::Label *m_aliasHelp = nullptr;
    QTableView *m_backends = nullptr;
    QTableView *m_mirrors = nullptr;
    widgets::Label *m_noMirrors = nullptr;
    QWidget *m_mirroringHead = nullptr;
    QToolButton *m_plus = nullptr;
    widgets::RouteGutter *m_gutter = nullptr;
    QWidget *m_sections = nullptr;
    TargetCheck m_check;
    TargetList *m_targets = nullptr;
    LocalSection *m_local = nullptr;
    TryPresenter *m_tryPresenter = nullptr;
    TryPane *m_try = nullptr; ///< made when it is first wanted
    bool m_isTrying = false;
    bool m_wasShown = false;
    QToolButton *m_addBackend = nullptr;
    QWidget *m_form = nullptr;
    QVBoxLayout *m_formColumn = nullptr;
    QScrollArea *m_scroll = nullptr;
    widgets::EmptyState *m_noForm = nullptr; ///< in its place where there is nothing to fill it
    QPushButton *m_firstEndpoint = nullptr;
    QPushButton *m_showProblem = nullptr;
    bool m_hasForm = true;
    bool m_isNarrow = false;
    widgets::SegmentedControl *m_pane = nullptr; ///< form or YAML, where there is no room for both
    QPointer<DeploymentPicker> m_picker;
    QPointer<KeepDialog> m_keep;
};

} // namespace parallax::ui
