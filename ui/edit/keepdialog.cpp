// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/keepdialog.h"

#include "ui/edit/namedelegate.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

KeepDialog::KeepDialog(const theme::Theme &theme, const endpoints::Endpoint &endpoint, QWidget *parent)
    : PopupDialog(theme, theme::metrics::kRadiusPopover, parent)
{
    setObjectName(u"keepBackendDialog"_s);
    setAccessibleName(tr("Keep one backend"));
    setWindowTitle(tr("Keep one backend"));
    body()->setContentsMargins(16, 14, 16, 14);
    body()->setSpacing(8);
    body()->addWidget(new widgets::Label(theme, tr("Keep one backend"), TextStyle::Section));
    auto *says = new widgets::Label(
        theme, tr("An aliasing endpoint has one backend. The others are removed from the file; Undo brings them back."),
        TextStyle::Caption, Role::Muted);
    says->setWordWrap(true);
    body()->addWidget(says);
    int total = 0;
    int heaviest = 0;
    QList<NameListModel::Row> rows;
    for (const endpoints::Backend &backend : endpoint.backends)
        total += backend.effectiveWeight();
    for (const endpoints::Backend &backend : endpoint.backends) {
        NameListModel::Row row;
        row.name = backend.label;
        row.text = u"%1    %2"_s.arg(backend.label, backend.deployment.toString());
        row.icon = u"endpoint"_s;
        row.end = shareText(backend.effectiveWeight(), total);
        if (backend.effectiveWeight() > endpoint.backends[heaviest].effectiveWeight())
            heaviest = static_cast<int>(rows.size());
        rows.append(row);
    }
    m_model.setRows(rows);
    m_list = makeRowList(m_model, new NameDelegate(theme), u"keepBackends"_s, tr("Backends to keep"));
    m_list->setCurrentIndex(m_model.index(heaviest));
    connect(m_list, &QListView::activated, this, &KeepDialog::finish);
    body()->addWidget(m_list, 1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    theme::setNames(cancel, u"keepCancel"_s, tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *keep = new QPushButton(tr("Keep it, remove the others"));
    keep->setAutoDefault(false);
    theme::setKind(keep, theme::ButtonKind::Primary);
    theme::setNames(keep, u"keepChosen"_s, tr("Keep it, remove the others"));
    connect(keep, &QPushButton::clicked, this, &KeepDialog::finish);
    row->addWidget(cancel);
    row->addWidget(keep);
    body()->addLayout(row);
    m_list->setFocus();
}

void KeepDialog::finish()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || result() == QDialog::Accepted)
        return;
    Q_EMIT chosen(m_model.row(index.row()).name);
    accept();
}

} // namespace parallax::ui
