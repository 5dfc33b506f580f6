// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/rulesdialog.h"

#include "compare/rulesedit.h"
#include "ui/compare/comparepresenter.h"
#include "ui/compare/ruleseditor.h"
#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/wording/wording.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

enum Column { RuleColumn, DecidesColumn, HidesColumn, ColumnCount };

QStandardItem *cell(const QString &text, bool isNumber = false)
{
    auto *item = new QStandardItem(text);
    item->setEditable(false);
    if (isNumber)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    else
        item->setToolTip(display::plainToolTip(text));
    return item;
}

} // namespace

RulesDialog::RulesDialog(const theme::Theme &theme, ComparePresenter &presenter, RulesEditor &editor, int mirror,
                         QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_presenter(presenter)
    , m_editor(editor)
    , m_mirror(mirror)
{
    setObjectName(u"rulesDialog"_s);
    setWindowTitle(tr("Rules"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(&presenter, &ComparePresenter::loaded, this, &RulesDialog::showRules);
    connect(&editor, &RulesEditor::failed, this,
            [this](const Error &error) { m_bar->showMessage(widgets::MessageBar::Kind::Error, wording::text(error)); });
    showRules();
}

void RulesDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    auto *explanation = new widgets::Label(
        m_theme, tr("The first rule that matches a path decides alone. One that hides many pairs may be too wide."),
        TextStyle::Body, Role::Text2);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    m_bar = new widgets::MessageBar(m_theme, u"rulesBar"_s);
    column->addWidget(m_bar);
    m_model = new QStandardItemModel(this);
    m_table = new QTableView;
    theme::setNames(m_table, u"rulesTable"_s, tr("Rules"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->setMinimumHeight(m_theme.height(200));
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RulesDialog::updateButtons);
    column->addWidget(m_table, 1);
    m_says = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_says->setObjectName(u"rulesSays"_s);
    m_says->setElideMode(Qt::ElideMiddle);
    column->addWidget(m_says);
    m_applies = new QCheckBox(tr("Apply the rules"));
    m_applies->setToolTip(tr("Without them the comparison shows what they hide"));
    theme::setNames(m_applies, u"applyRules"_s, tr("Apply the rules"));
    connect(m_applies, &QCheckBox::toggled, &m_presenter, &ComparePresenter::setRulesApplied);
    column->addWidget(m_applies);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_remove = buttons->addButton(tr("Remove rule"), QDialogButtonBox::ActionRole);
    theme::setNames(m_remove, u"removeRule"_s, tr("Remove rule"));
    connect(m_remove, &QPushButton::clicked, this, &RulesDialog::removeSelected);
    m_text = buttons->addButton(tr("Edit as text…"), QDialogButtonBox::ActionRole);
    theme::setNames(m_text, u"editRules"_s, tr("Edit as text"));
    connect(m_text, &QPushButton::clicked, this, [this] {
        if (!m_presenter.view())
            return;
        const QString endpoint = m_presenter.view()->comparison.endpoint;
        accept(); // one dialog at a time
        Q_EMIT textAsked(endpoint);
    });
    theme::setNames(buttons->button(QDialogButtonBox::Close), u"closeRules"_s, tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(m_theme.width(640), m_theme.height(420));
}

void RulesDialog::showRules()
{
    const ComparisonViewPtr &view = m_presenter.view();
    if (!view)
        return;
    m_bar->clear();
    if (view->rulesProblem)
        m_bar->showMessage(widgets::MessageBar::Kind::Error,
                           tr("No rule is applied: %1").arg(wording::text(*view->rulesProblem)));
    const std::vector<compare::MirrorSummary> &mirrors = view->comparison.mirrors;
    const std::size_t at = static_cast<std::size_t>(m_mirror);
    const QString mirror = at < mirrors.size() ? mirrors[at].name : QString();
    const int selected = m_table->currentIndex().row();
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Rule"), tr("Decides in"), tr("Hides")});
    for (std::size_t i = 0; i < view->fileRules.rules.size(); ++i) {
        const compare::RuleSummary *counted =
            at < mirrors.size() && i < mirrors[at].rules.size() ? &mirrors[at].rules[i] : nullptr;
        m_model->appendRow({cell(compare::ruleText(view->fileRules.rules[i])),
                            cell(counted ? display::count(counted->hits) : QString(), true),
                            cell(counted ? display::count(counted->hides) : QString(), true)});
    }
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(RuleColumn, QHeaderView::Stretch);
    for (const int column : {DecidesColumn, HidesColumn}) {
        header->resizeSection(column, m_theme.width(90));
        m_model->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    header->setHighlightSections(false);
    m_model->horizontalHeaderItem(RuleColumn)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    if (m_model->rowCount() > 0)
        m_table->selectRow(qBound(0, selected, m_model->rowCount() - 1));
    m_says->setText(m_model->rowCount() == 0
                        ? tr("%1 has no rules: what differs is different.").arg(view->comparison.endpoint)
                        : tr("Pairs of %1 with %2, in .parallax/compare").arg(view->comparison.endpoint, mirror));
    const QSignalBlocker blocker(m_applies);
    m_applies->setChecked(m_presenter.appliesRules());
    m_applies->setEnabled(m_model->rowCount() > 0);
    updateButtons();
}

void RulesDialog::updateButtons()
{
    const ComparisonViewPtr &view = m_presenter.view();
    const bool isEditable = view && m_editor.isFor(view->comparison.endpoint);
    const QString reason = m_editor.isReadOnly() ? tr("The folder is open read-only")
                                                 : tr("Rules belong to a folder; open the one of this endpoint");
    m_remove->setEnabled(isEditable && m_table->currentIndex().isValid());
    m_remove->setToolTip(isEditable ? QString() : reason);
    m_text->setEnabled(isEditable);
    m_text->setToolTip(isEditable ? QString() : reason);
}

void RulesDialog::removeSelected()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid() && m_presenter.view())
        m_editor.remove(m_presenter.view()->comparison.endpoint,
                        m_presenter.view()->fileRules.rules[static_cast<std::size_t>(current.row())]);
}

} // namespace parallax::ui
