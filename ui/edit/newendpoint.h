// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "repository/catalogue.h"
#include "ui/widgets/popupframe.h"

#include <memory>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// Asks for the name of a new endpoint and the deployment that answers it, and says while one types why a name cannot
/// be taken. Emits wanted() once. GUI thread; opened with openAt().
class NewEndpointDialog final : public widgets::PopupDialog
{
    Q_OBJECT

public:
    NewEndpointDialog(const theme::Theme &theme, const repository::Catalogue *catalogue, const QString &branch,
                      const QStringList &taken, QWidget *parent);

Q_SIGNALS:
    void wanted(const QString &name, const parallax::endpoints::DeploymentRef &deployment);

private:
    void build(const repository::Catalogue *catalogue);
    void check();
    void finish();

    const theme::Theme &m_theme;
    QString m_branch;
    QStringList m_taken;
    QLineEdit *m_name = nullptr;
    QComboBox *m_deployment = nullptr;
    widgets::Label *m_problem = nullptr;
    QPushButton *m_create = nullptr;
};

} // namespace parallax::ui
