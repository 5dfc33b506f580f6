// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/commitdialog.h"

#include "endpoints/names.h"
#include "ui/edit/codediff.h"
#include "ui/theme/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/wording/wording.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

constexpr qsizetype kShownId = 8;

QString stateName(repository::FileState state)
{
    switch (state) {
    case repository::FileState::Untracked:
    case repository::FileState::Added:
        return CommitDialog::tr("new");
    case repository::FileState::Deleted:
        return CommitDialog::tr("deleted");
    case repository::FileState::Conflicted:
        return CommitDialog::tr("in conflict");
    default:
        return CommitDialog::tr("changed");
    }
}

bool looksLikeMail(const QString &text)
{
    const qsizetype at = text.indexOf(u'@');
    return at > 0 && at < text.size() - 1 && !text.contains(u' ') && !text.contains(u'<') && !text.contains(u'>');
}

} // namespace

CommitDialog::CommitDialog(const theme::Theme &theme, const repository::Repository &repository, int unsaved,
                           QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_presenter(repository)
{
    setObjectName(u"commitDialog"_s);
    setWindowTitle(tr("Commit"));
    setAttribute(Qt::WA_DeleteOnClose);
    build(unsaved);
    connect(&m_presenter, &CommitPresenter::changesRead, this, &CommitDialog::onChangesRead);
    connect(&m_presenter, &CommitPresenter::protectionChanged, this, &CommitDialog::updateBranch);
    connect(&m_presenter, &CommitPresenter::branchStarted, m_newBranch, &QLineEdit::clear);
    connect(&m_presenter, &CommitPresenter::branchStarted, this, &CommitDialog::updateBranch);
    connect(&m_presenter, &CommitPresenter::busyChanged, this, &CommitDialog::updateButton);
    connect(&m_presenter, &CommitPresenter::failed, this, [this](const Error &error) {
        const QString advice = wording::advice(error);
        m_bar->showMessage(widgets::MessageBar::Kind::Error,
                           advice.isEmpty() ? wording::text(error) : wording::text(error) + u". "_s + advice);
    });
    connect(&m_presenter, &CommitPresenter::committed, this, [this](const QString &commit) {
        const QString wanted = m_newBranch->text().trimmed();
        const QString branch = wanted.isEmpty() && !m_presenter.startedFrom().isEmpty() ? m_presenter.branch() : wanted;
        const QString onto = branch.isEmpty() ? m_presenter.branch() : branch;
        const QString text = onto.isEmpty() ? tr("Committed %1").arg(commit.left(kShownId))
                                            : tr("Committed %1 to %2").arg(commit.left(kShownId), onto);
        if (branch.isEmpty())
            Q_EMIT committed(text, {});
        else
            Q_EMIT committed(text + tr(". Push the branch and open a pull request"),
                             m_presenter.pullRequestUrl(branch));
        accept();
    });
    m_presenter.read();
}

void CommitDialog::build(int unsaved)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    m_bar = new widgets::MessageBar(m_theme, u"commitMessageBar"_s);
    column->addWidget(m_bar);
    m_bar->clear();
    if (unsaved > 0)
        m_bar->showMessage(
            widgets::MessageBar::Kind::Info,
            tr("%n endpoint(s) have changes that are not saved; they are not part of the commit", nullptr, unsaved));
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    m_files = new QListWidget;
    theme::setNames(m_files, u"commitFiles"_s, tr("Files to commit"));
    m_files->setMinimumWidth(220);
    connect(m_files, &QListWidget::itemChanged, this, [this] {
        updateMessage();
        updateButton();
    });
    connect(m_files, &QListWidget::currentRowChanged, this, &CommitDialog::showDifference);
    splitter->addWidget(m_files);
    m_difference = widgets::makeCodeView(m_theme, u"commitDifference"_s, tr("Difference"));
    m_difference->setLanguage(widgets::Language::Yaml);
    m_difference->setReadOnly(true);
    splitter->addWidget(m_difference);
    splitter->setStretchFactor(1, 1);
    column->addWidget(splitter, 1);
    column->addWidget(new widgets::Label(m_theme, tr("Message"), TextStyle::CaptionStrong, Role::Text2));
    m_message = new QPlainTextEdit;
    theme::setNames(m_message, u"commitText"_s, tr("Commit message"));
    m_message->setTabChangesFocus(true);
    m_message->setFixedHeight(64);
    connect(m_message, &QPlainTextEdit::textChanged, this, &CommitDialog::updateButton);
    column->addWidget(m_message);
    buildBranch(*column);
    m_identity = new QWidget;
    buildIdentity(m_identity);
    m_identity->hide();
    column->addWidget(m_identity);
    m_author = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    column->addWidget(m_author);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    theme::setNames(buttons->button(QDialogButtonBox::Cancel), u"commitCancel"_s, tr("Cancel"));
    m_commit = buttons->addButton(tr("Commit"), QDialogButtonBox::AcceptRole);
    theme::setNames(m_commit, u"commitRun"_s, tr("Commit"));
    theme::setKind(m_commit, theme::ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_commit, &QPushButton::clicked, this, &CommitDialog::run);
    column->addWidget(buttons);
    resize(860, 560);
    updateButton();
}

void CommitDialog::buildBranch(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    m_branch = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Text2);
    row->addWidget(m_branch);
    m_newBranch = new QLineEdit;
    m_newBranch->setPlaceholderText(tr("A new branch for this change"));
    theme::setNames(m_newBranch, u"commitBranch"_s, tr("New branch"));
    connect(m_newBranch, &QLineEdit::textChanged, this, &CommitDialog::updateBranch);
    row->addWidget(m_newBranch, 1);
    m_protected = new QCheckBox;
    theme::setNames(m_protected, u"commitProtected"_s, tr("Protected branch"));
    m_protected->setToolTip(tr("Kept in this clone: changes go to a branch of their own and a pull request"));
    connect(m_protected, &QCheckBox::clicked, this, [this](bool isOn) { m_presenter.setProtected(isOn); });
    row->addWidget(m_protected);
    column.addLayout(row);
    m_branchSays = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_branchSays->setObjectName(u"commitBranchSays"_s);
    m_branchSays->setWordWrap(true);
    column.addWidget(m_branchSays);
}

void CommitDialog::updateBranch()
{
    const QString &branch = m_presenter.branch();
    m_branch->setText(branch.isEmpty() ? tr("No branch is checked out") : tr("On %1, or on").arg(branch));
    m_protected->setText(branch.isEmpty() ? tr("Protected") : tr("%1 is protected").arg(branch));
    m_protected->setEnabled(!branch.isEmpty());
    m_protected->setChecked(m_presenter.isProtected());
    const QString wanted = m_newBranch->text().trimmed();
    const bool isBad = !wanted.isEmpty() && !endpoints::isBranchName(wanted);
    theme::setInvalid(m_newBranch, isBad);
    if (isBad)
        m_branchSays->setText(tr("\u201c%1\u201d cannot be the name of a branch.").arg(wanted));
    else if (!wanted.isEmpty())
        m_branchSays->setText(tr("%1 is made and checked out. Push it and open a pull request into %2.")
                                  .arg(wanted, branch.isEmpty() ? u"main"_s : branch));
    else if (m_presenter.isProtected())
        m_branchSays->setText(tr("%1 takes changes by pull request only. Name a branch for this one.").arg(branch));
    else if (!m_presenter.startedFrom().isEmpty())
        m_branchSays->setText(tr("%1 was made and is checked out; nothing is committed to it yet.").arg(branch));
    else
        m_branchSays->clear();
    m_branchSays->setRole(isBad ? Role::Error : Role::Muted);
    m_branchSays->setVisible(!m_branchSays->text().isEmpty());
    updateButton();
}

void CommitDialog::buildIdentity(QWidget *identity)
{
    auto *form = new QFormLayout(identity);
    form->setContentsMargins(0, 0, 0, 0);
    auto *why =
        new widgets::Label(m_theme, tr("git does not know you yet. A commit carries your name and mail address."),
                           TextStyle::Body, Role::Text2);
    why->setWordWrap(true);
    form->addRow(why);
    m_name = new QLineEdit;
    theme::setNames(m_name, u"commitName"_s, tr("Name"));
    m_mail = new QLineEdit;
    theme::setNames(m_mail, u"commitMail"_s, tr("Mail address"));
    m_keeps = new QCheckBox(tr("Remember for this repository"));
    theme::setNames(m_keeps, u"commitKeep"_s, tr("Remember for this repository"));
    m_keeps->setChecked(true);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Mail address"), m_mail);
    form->addRow(QString(), m_keeps);
    for (QLineEdit *field : {m_name, m_mail})
        connect(field, &QLineEdit::textChanged, this, &CommitDialog::updateButton);
}

void CommitDialog::onChangesRead()
{
    const QSignalBlocker blocker(m_files);
    m_files->clear();
    for (const CommitPresenter::Change &change : m_presenter.changes()) {
        auto *item = new QListWidgetItem(tr("%1  (%2)").arg(change.path, stateName(change.state)), m_files);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool isClean = change.state != repository::FileState::Conflicted;
        item->setCheckState(isClean ? Qt::Checked : Qt::Unchecked);
    }
    if (m_presenter.changes().isEmpty())
        m_bar->showMessage(widgets::MessageBar::Kind::Info, tr("Nothing has changed since the last commit"));
    const std::optional<repository::Identity> &identity = m_presenter.identity();
    m_identity->setVisible(needsIdentity());
    m_author->setText(identity ? tr("As %1 <%2>").arg(identity->name, identity->email) : QString());
    updateBranch();
    updateMessage();
    m_files->setCurrentRow(0);
    showDifference(0);
    updateButton();
}

QStringList CommitDialog::chosen() const
{
    QStringList paths;
    for (int i = 0; i < m_files->count() && i < m_presenter.changes().size(); ++i) {
        if (m_files->item(i)->checkState() == Qt::Checked)
            paths += m_presenter.changes().at(i).path;
    }
    return paths;
}

void CommitDialog::updateMessage()
{
    // What the user wrote is his.
    if (m_message->toPlainText() != m_proposed)
        return;
    m_proposed = chosen().isEmpty() ? QString() : m_presenter.proposedMessage(chosen());
    m_message->setPlainText(m_proposed);
}

void CommitDialog::updateButton()
{
    const bool isKnown =
        !needsIdentity() || (!m_name->text().trimmed().isEmpty() && looksLikeMail(m_mail->text().trimmed()));
    const QString wanted = m_newBranch->text().trimmed();
    const bool hasBranch = wanted.isEmpty() ? !m_presenter.isProtected() : endpoints::isBranchName(wanted);
    m_commit->setEnabled(!m_presenter.isBusy() && isKnown && hasBranch && !chosen().isEmpty() &&
                         !m_message->toPlainText().trimmed().isEmpty());
}

void CommitDialog::showDifference(int row)
{
    if (row < 0 || row >= m_presenter.changes().size()) {
        m_difference->clearDiff();
        m_difference->setText({});
        return;
    }
    const base::LineDiff &diff = m_presenter.changes().at(row).diff;
    m_difference->setText(newerText(diff));
    m_difference->setDiff(toCodeDiff(diff));
}

void CommitDialog::run()
{
    std::optional<repository::Identity> identity;
    if (needsIdentity())
        identity = repository::Identity{m_name->text().trimmed(), m_mail->text().trimmed()};
    m_bar->clear();
    m_presenter.commit(chosen(), m_message->toPlainText().trimmed(), identity, m_keeps->isChecked(),
                       m_newBranch->text().trimmed());
}

} // namespace parallax::ui
