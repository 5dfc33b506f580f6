// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "repository/catalogue.h"
#include "ui/edit/editmodels.h"
#include "ui/widgets/popupframe.h"

#include <functional>
#include <memory>

class QComboBox;
class QListView;
class QPushButton;

namespace parallax::widgets {
class FilterField;
class Label;
} // namespace parallax::widgets

namespace parallax::ui {

/// What a picker is opened for, and what it shows first.
struct PickerPurpose
{
    enum class Kind { AddMirror, AddBackend, Change };
    Kind kind = Kind::AddMirror;
    QString name;                                ///< of the mirror or backend that is changed
    std::optional<endpoints::DeploymentRef> now; ///< where it points at present
};

/// Picks deployment, version and branch: the `+` of Request Mirroring, another backend, or another target for one that
/// is there. Two lists and a search field that never leaves the keyboard: typing selects the best match (letters may
/// stand apart), Right goes to the versions, Enter takes it, Ctrl+Enter takes it and stays. A typed name that nothing
/// matches is offered as it is, and so is a version typed behind a colon.
/// Emits chosen() once for each; the page makes it one undo step. GUI thread.
class DeploymentPicker final : public widgets::PopupDialog
{
    Q_OBJECT

public:
    DeploymentPicker(const theme::Theme &theme, std::shared_ptr<const repository::Catalogue> catalogue,
                     const endpoints::Endpoint &endpoint, const QString &branch, QWidget *parent,
                     const PickerPurpose &purpose = {});

    void setEndpoint(const endpoints::Endpoint &endpoint);

Q_SIGNALS:
    void chosen(const parallax::endpoints::DeploymentRef &deployment);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void updateDeployments();
    void updateVersions();
    /// Says before it is taken that the selected version takes other arguments than the primary.
    void updateWarning();
    void choose(bool keepOpen);
    void showPresent();
    [[nodiscard]] QString currentDeployment() const;
    [[nodiscard]] endpoints::DeploymentRef selected() const;
    [[nodiscard]] QString verb() const;
    /// What uses a deployment, or one version of it; empty when nothing does.
    [[nodiscard]] QString reasonFor(const QString &deployment, const std::optional<endpoints::Version> &version,
                                    int &identity) const;
    /// The search text holds NAME or NAME:VERSION.
    [[nodiscard]] QString typedName() const;
    [[nodiscard]] QString typedVersion() const;
    void addTyped(QList<NameListModel::Row> &rows) const;

    const theme::Theme &m_theme;
    std::shared_ptr<const repository::Catalogue> m_catalogue;
    endpoints::Endpoint m_endpoint;
    PickerPurpose m_purpose;
    NameListModel m_deployments;
    NameListModel m_versions;
    widgets::FilterField *m_search = nullptr;
    QComboBox *m_branch = nullptr;
    QListView *m_deploymentList = nullptr;
    QListView *m_versionList = nullptr;
    widgets::Label *m_versionsTitle = nullptr;
    widgets::Label *m_warning = nullptr;
    QPushButton *m_add = nullptr;
};

} // namespace parallax::ui
