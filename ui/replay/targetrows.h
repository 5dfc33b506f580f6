// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/replay/replaypresenter.h"

#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}

namespace parallax::ui {

/// Where the next run sends: the endpoints of the folder in a list, the primary and the mirrors of the chosen one with
/// a check each, or, for versions that are compared without an endpoint file, a deployment and a version in each row.
class TargetRows final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kMostVersions = 7; ///< the primary and six mirrors, as many as there are shapes

    TargetRows(const theme::Theme &theme, ReplayPresenter &presenter, QWidget *parent = nullptr);

private:
    void showAll();
    void showEndpoints();
    void showTargets(const QList<RunTarget> &targets);
    void showVersions(const QList<RunTarget> &targets);
    void fillDeployments(QComboBox &list, const endpoints::DeploymentRef &chosen) const;
    void fillVersions(QComboBox &list, const endpoints::DeploymentRef &chosen) const;
    void chooseEndpoint(int index);
    void setVersions(const QList<endpoints::DeploymentRef> &refs);
    [[nodiscard]] QList<endpoints::DeploymentRef> versions() const;

    const theme::Theme &m_theme;
    ReplayPresenter &m_presenter;
    QComboBox *m_endpoint = nullptr;
    QWidget *m_rows = nullptr;
    QVBoxLayout *m_column = nullptr;
    QList<RunTarget> m_shown;
    bool m_shownAdHoc = false;
    const void *m_shownWorkspace = nullptr; ///< told apart only, never looked into
};

/// `latest`, `7`, `work tree`; with the branch in front where it is not `main`.
[[nodiscard]] QString versionText(const endpoints::DeploymentRef &ref);

} // namespace parallax::ui
