// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/newendpoint.h"

#include "endpoints/edits.h"
#include "endpoints/names.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"
#include "ui/wording/wording.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

NewEndpointDialog::NewEndpointDialog(const theme::Theme &theme, const repository::Catalogue *catalogue,
                                     const QString &branch, const QStringList &taken, QWidget *parent)
    : PopupDialog(theme, theme::metrics::kRadiusPopover, parent)
    , m_theme(theme)
    , m_branch(branch)
    , m_taken(taken)
{
    setObjectName(u"newEndpointDialog"_s);
    setAccessibleName(tr("New endpoint"));
    setWindowTitle(tr("New endpoint"));
    build(catalogue);
    connect(m_name, &QLineEdit::textChanged, this, &NewEndpointDialog::check);
    connect(m_name, &QLineEdit::returnPressed, this, &NewEndpointDialog::finish);
    connect(m_deployment, &QComboBox::currentTextChanged, this, &NewEndpointDialog::check);
    check();
    m_name->setFocus();
}

void NewEndpointDialog::build(const repository::Catalogue *catalogue)
{
    body()->setContentsMargins(16, 14, 16, 14);
    body()->setSpacing(10);
    body()->addWidget(new widgets::Label(m_theme, tr("New endpoint"), TextStyle::Section));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    m_name = new QLineEdit;
    theme::setNames(m_name, u"newEndpointName"_s, tr("Endpoint name"));
    m_deployment = new QComboBox;
    m_deployment->setEditable(true);
    m_deployment->setInsertPolicy(QComboBox::NoInsert);
    theme::setNames(m_deployment, u"newEndpointDeployment"_s, tr("Deployment that answers"));
    theme::setNames(m_deployment->lineEdit(), u"newEndpointDeploymentField"_s, tr("Deployment name"));
    if (catalogue != nullptr) {
        for (const repository::Deployment &deployment : catalogue->deployments(m_branch)) {
            if (!deployment.archived)
                m_deployment->addItem(deployment.name);
        }
    }
    form->addRow(new widgets::Label(m_theme, tr("Name"), TextStyle::Body, Role::Text2), m_name);
    form->addRow(new widgets::Label(m_theme, tr("Answered by"), TextStyle::Body, Role::Text2), m_deployment);
    body()->addLayout(form);
    m_problem = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(32);
    m_problem->setAlignment(Qt::AlignTop);
    body()->addWidget(m_problem, 1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    theme::setNames(cancel, u"newEndpointCancel"_s, tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_create = new QPushButton(tr("Create"));
    m_create->setAutoDefault(false);
    theme::setKind(m_create, theme::ButtonKind::Primary);
    theme::setNames(m_create, u"newEndpointCreate"_s, tr("Create"));
    connect(m_create, &QPushButton::clicked, this, &NewEndpointDialog::finish);
    row->addWidget(cancel);
    row->addWidget(m_create);
    body()->addLayout(row);
}

void NewEndpointDialog::check()
{
    const QString name = m_name->text();
    const endpoints::DeploymentRef deployment{m_deployment->currentText().trimmed(), m_branch, {}};
    QString problem;
    bool isGood = !name.isEmpty() && !deployment.name.isEmpty();
    const auto forbid = [&](const QString &why) {
        problem = why;
        isGood = false;
    };
    if (name.isEmpty())
        problem = tr("Writes endpoints/NAME.yaml when you save.");
    else if (const std::optional<Error> error = endpoints::newNameError(name))
        forbid(wording::text(*error));
    else if (m_taken.contains(name, Qt::CaseInsensitive))
        forbid(tr("There is an endpoint of this name."));
    else if (const std::optional<Error> wrong =
                 deployment.name.isEmpty() ? std::nullopt : endpoints::targetError(deployment))
        forbid(wording::text(*wrong));
    else
        problem = tr("Writes endpoints/%1.yaml when you save.").arg(name);
    m_problem->setText(problem);
    m_problem->setRole(isGood || name.isEmpty() ? Role::Muted : Role::Error);
    theme::setInvalid(m_name, !isGood && !name.isEmpty());
    m_create->setEnabled(isGood);
}

void NewEndpointDialog::finish()
{
    if (!m_create->isEnabled())
        return;
    Q_EMIT wanted(m_name->text(), {m_deployment->currentText().trimmed(), m_branch, {}});
    accept();
}

} // namespace parallax::ui
