// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/namedialog.h"

#include "endpoints/names.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"
#include "ui/wording/wording.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

NameDialog::NameDialog(const theme::Theme &theme, Purpose purpose, const QString &name, const QStringList &taken,
                       QWidget *parent)
    : PopupDialog(theme, theme::metrics::kRadiusPopover, parent)
    , m_purpose(purpose)
    , m_old(name)
    , m_taken(taken)
{
    const bool isRename = purpose == Purpose::Rename;
    setObjectName(u"nameDialog"_s);
    const QString title = isRename ? tr("Rename %1").arg(name) : tr("Duplicate %1").arg(name);
    setAccessibleName(title);
    setWindowTitle(title);
    body()->setContentsMargins(16, 14, 16, 14);
    body()->setSpacing(10);
    auto *head = new widgets::Label(theme, title, TextStyle::Section);
    head->setElideMode(Qt::ElideMiddle);
    body()->addWidget(head);
    m_name = new QLineEdit;
    theme::setNames(m_name, u"endpointNameField"_s, isRename ? tr("New name") : tr("Name of the duplicate"));
    body()->addWidget(m_name);
    m_says = new widgets::Label(theme, {}, TextStyle::Caption, Role::Muted);
    m_says->setWordWrap(true);
    m_says->setMinimumHeight(34);
    m_says->setAlignment(Qt::AlignTop);
    body()->addWidget(m_says, 1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    theme::setNames(cancel, u"endpointNameCancel"_s, tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_done = new QPushButton(isRename ? tr("Rename") : tr("Duplicate"));
    m_done->setAutoDefault(false);
    theme::setKind(m_done, theme::ButtonKind::Primary);
    theme::setNames(m_done, u"endpointNameDone"_s, m_done->text());
    connect(m_done, &QPushButton::clicked, this, &NameDialog::finish);
    row->addWidget(cancel);
    row->addWidget(m_done);
    body()->addLayout(row);
    connect(m_name, &QLineEdit::textChanged, this, &NameDialog::check);
    connect(m_name, &QLineEdit::returnPressed, this, &NameDialog::finish);
    m_name->setText(isRename ? name
                             : endpoints::nextFreeName(name.left(endpoints::kMaxEndpointName - 4) + u'_', taken));
    m_name->selectAll();
    check();
    m_name->setFocus();
}

void NameDialog::check()
{
    const QString name = m_name->text();
    QString problem;
    if (!name.isEmpty()) {
        if (const std::optional<Error> error = endpoints::newNameError(name))
            problem = wording::text(*error);
        else if (name != m_old && m_taken.contains(name, Qt::CaseInsensitive))
            problem = tr("There is an endpoint of this name.");
    }
    const bool isGood = problem.isEmpty() && !name.isEmpty() && name != m_old;
    if (!problem.isEmpty())
        m_says->setText(problem);
    else if (m_purpose == Purpose::Rename)
        m_says->setText(tr("Moves the file at once. Callers of the old URL get 404."));
    else
        m_says->setText(tr("Writes endpoints/%1.yaml when you save.").arg(name.isEmpty() ? u"NAME"_s : name));
    m_says->setRole(problem.isEmpty() ? Role::Muted : Role::Error);
    theme::setInvalid(m_name, !problem.isEmpty());
    m_done->setEnabled(isGood);
}

void NameDialog::finish()
{
    if (!m_done->isEnabled())
        return;
    Q_EMIT wanted(m_name->text());
    accept();
}

} // namespace parallax::ui
