// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/branchdialog.h"

#include "ui/commands/fuzzy.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/namedelegate.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/spinner.h"
#include "ui/wording/wording.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

BranchDialog::BranchDialog(const theme::Theme &theme, EditPresenter &presenter, QWidget *parent)
    : PopupDialog(theme, theme::metrics::kRadiusPopover, parent)
    , m_theme(theme)
    , m_presenter(&presenter)
{
    setObjectName(u"branchDialog"_s);
    setAccessibleName(tr("Switch branch"));
    setWindowTitle(tr("Switch branch"));
    build();
    connect(&presenter, &QObject::destroyed, this, &QDialog::reject);
    presenter.readBranches(this, [this](const Result<QList<repository::Branch>> &branches) {
        m_isBusy = false;
        m_spinner->stop();
        if (!branches)
            return say(wording::text(branches.error()), Role::Error);
        m_branches = *branches;
        say({}, Role::Muted);
        updateRows();
    });
}

void BranchDialog::build()
{
    body()->setContentsMargins(12, 10, 12, 10);
    body()->setSpacing(8);
    auto *top = new QHBoxLayout;
    m_search = new widgets::FilterField(m_theme, u"branchSearch"_s, tr("Find a branch"));
    m_search->setIconName(u"search"_s);
    m_search->setDesignHeight(theme::metrics::kFieldHeight);
    m_search->setTextStyle(TextStyle::Body);
    m_search->setPlaceholderText(tr("Branch"));
    connect(m_search, &QLineEdit::textChanged, this, &BranchDialog::updateRows);
    m_search->installEventFilter(this);
    top->addWidget(m_search, 1);
    m_spinner = new widgets::Spinner(m_theme, tr("Asking git"));
    m_spinner->start();
    top->addWidget(m_spinner);
    body()->addLayout(top);
    m_list = makeRowList(m_model, new NameDelegate(m_theme), u"branchList"_s, tr("Branches"));
    connect(m_list, &QListView::activated, this, &BranchDialog::finish);
    body()->addWidget(m_list, 1);
    m_says = new widgets::Label(m_theme, tr("Asking git for the branches"), TextStyle::Caption, Role::Muted);
    m_says->setObjectName(u"branchSays"_s);
    m_says->setWordWrap(true);
    body()->addWidget(m_says);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    theme::setNames(cancel, u"branchCancel"_s, tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_switch = new QPushButton(tr("Switch"));
    m_switch->setAutoDefault(false);
    theme::setKind(m_switch, theme::ButtonKind::Primary);
    theme::setNames(m_switch, u"branchSwitch"_s, tr("Switch to this branch"));
    connect(m_switch, &QPushButton::clicked, this, &BranchDialog::finish);
    row->addWidget(cancel);
    row->addWidget(m_switch);
    body()->addLayout(row);
    m_switch->setEnabled(false);
    m_search->setFocus();
}

void BranchDialog::say(const QString &text, Role role)
{
    m_says->setText(text);
    m_says->setRole(role);
    m_says->setVisible(!text.isEmpty());
}

void BranchDialog::updateRows()
{
    QList<NameListModel::Row> rows;
    const QString typed = m_search->text().trimmed();
    for (const repository::Branch &branch : std::as_const(m_branches)) {
        const std::optional<commands::FuzzyMatch> fit = commands::fuzzyMatch(typed, branch.name);
        if (!fit)
            continue;
        NameListModel::Row row;
        row.name = branch.name;
        row.icon = u"branch"_s;
        row.end = branch.isCurrent ? tr("checked out") : branch.isRemote ? tr("on a remote") : QString();
        for (const commands::TextRange &range : fit->ranges)
            row.matches.append({range.start, range.length});
        rows.append(row);
    }
    m_model.setRows(rows);
    m_list->setCurrentIndex(m_model.index(0));
    m_switch->setEnabled(!m_isBusy && !rows.isEmpty());
}

void BranchDialog::finish()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || m_isBusy || !m_presenter)
        return;
    const QString branch = m_model.row(index.row()).name;
    m_isBusy = true;
    m_switch->setEnabled(false);
    m_spinner->start();
    m_presenter->switchBranch(branch, this, [this, branch](const Status &status) {
        m_isBusy = false;
        m_spinner->stop();
        m_switch->setEnabled(true);
        if (!status)
            return say(wording::text(status.error()) + u' ' + status.error().detail, Role::Error);
        Q_EMIT switched(branch);
        accept();
    });
}

bool BranchDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return PopupDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        finish();
        return true;
    }
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        const int row =
            qBound(0, m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1), m_model.rowCount() - 1);
        m_list->setCurrentIndex(m_model.index(row));
        return true;
    }
    return PopupDialog::eventFilter(watched, event);
}

} // namespace parallax::ui
