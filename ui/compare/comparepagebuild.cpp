// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Compare mode's widgets.
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/compare/comparedelegates.h"
#include "ui/compare/comparepage.h"
#include "ui/compare/comparerules.h"
#include "ui/compare/sidehead.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/intervalbar.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/delegates/rowcopy.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

QWidget *ComparePage::buildTools()
{
    auto *tools = new widgets::ToolRow(m_theme);
    m_file = new QPushButton;
    m_file->setIcon(m_theme.icon(u"capture"_s));
    m_file->setToolTip(tr("Opens another capture"));
    theme::setNames(m_file, u"openCapture"_s, tr("Open capture"));
    connect(m_file, &QPushButton::clicked, this, [this] { m_registry.run(ids::kImportTraffic); });
    tools->row()->addWidget(m_file);
    m_endpoint = new QToolButton;
    m_endpoint->setPopupMode(QToolButton::InstantPopup);
    m_endpoint->setMenu(new QMenu(m_endpoint));
    m_endpoint->setToolTip(tr("Which endpoint of the capture is compared"));
    theme::setNames(m_endpoint, u"compareEndpoint"_s, tr("Endpoint"));
    tools->row()->addWidget(m_endpoint);
    m_source = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    tools->row()->addWidget(m_source);
    tools->row()->addSpacing(12);
    tools->row()->addWidget(new widgets::Label(m_theme, tr("Baseline"), TextStyle::Body, Role::Text2));
    auto *shape = new widgets::IconLabel(m_theme, {}, Role::Muted, metrics::kSmallIconSize);
    shape->setIdentity(widgets::kPrimary);
    tools->row()->addWidget(shape);
    m_baseline = new widgets::Label(m_theme, {}, TextStyle::Name);
    tools->row()->addWidget(m_baseline);
    tools->row()->addWidget(new widgets::Label(m_theme, tr("and"), TextStyle::Body, Role::Text2));
    m_mirrors = new widgets::SegmentedControl(m_theme, u"compareMirror"_s, tr("Mirror"));
    connect(m_mirrors, &widgets::SegmentedControl::chosen, this, &ComparePage::showMirror);
    tools->row()->addWidget(m_mirrors);
    tools->row()->addStretch(1);
    const auto ghost = [&](QLatin1StringView id, const QString &icon, const QString &objectName, const QString &text) {
        auto *button = new QPushButton(text);
        button->setIcon(m_theme.icon(icon));
        theme::setKind(button, theme::ButtonKind::Ghost);
        theme::setNames(button, objectName, text);
        connect(button, &QPushButton::clicked, this, [this, id] { m_registry.run(id); });
        tools->row()->addWidget(button);
        return button;
    };
    m_rules = ghost(ids::kShowRules, u"rule"_s, u"showRules"_s, tr("Rules"));
    m_rules->setToolTip(tr("Lists the rules and what each of them hides"));
    m_again = ghost(ids::kReplayAgain, u"retry"_s, u"replayAgain"_s, tr("Replay again"));
    auto *button = new QPushButton(tr("Export report"));
    button->setIcon(m_theme.icon(u"export"_s));
    theme::setKind(button, theme::ButtonKind::Primary);
    theme::setNames(button, u"exportReport"_s, tr("Export report"));
    connect(button, &QPushButton::clicked, this, &ComparePage::chooseReport);
    tools->row()->addWidget(button);
    return tools;
}

QWidget *ComparePage::buildPanels()
{
    auto *panels = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panels);
    row->setContentsMargins(0, 0, 0, 1);
    row->setSpacing(0);
    const auto panel = [&](int stretch) {
        auto *column = new QVBoxLayout;
        column->setContentsMargins(metrics::kPaneInset, 12, metrics::kPaneInset, 12);
        column->setSpacing(4);
        row->addLayout(column, stretch);
        return column;
    };
    QVBoxLayout *verdict = panel(4);
    auto *first = new QHBoxLayout;
    m_rate = new widgets::Label(m_theme, {}, TextStyle::Display);
    m_verdict = new widgets::Pill(m_theme);
    first->addWidget(m_rate);
    first->addWidget(new widgets::Label(m_theme, tr("agree"), TextStyle::SectionLead), 0, Qt::AlignBottom);
    first->addStretch(1);
    first->addWidget(m_verdict);
    verdict->addLayout(first);
    auto *second = new QHBoxLayout;
    m_range = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Text2);
    m_target = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_range->setElideMode(Qt::ElideRight);
    second->addWidget(m_range, 1);
    second->addWidget(m_target);
    m_interval = new widgets::IntervalBar(m_theme, tr("Share that agrees, with its interval"));
    m_reason = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_reason->setWordWrap(true);
    verdict->addLayout(second);
    verdict->addWidget(m_interval);
    verdict->addWidget(m_reason);
    verdict->addStretch(1);
    row->addWidget(widgets::hairline(m_theme, Qt::Vertical));

    QVBoxLayout *outcomes = panel(3);
    auto *head = new QHBoxLayout;
    head->addWidget(new widgets::Label(m_theme, tr("Outcome of every pair"), TextStyle::Caption, Role::Muted));
    head->addStretch(1);
    m_total = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    head->addWidget(m_total);
    outcomes->addLayout(head);
    m_bar = new widgets::OutcomeBar(m_theme);
    outcomes->addWidget(m_bar);
    m_outcomes = new QGridLayout;
    m_outcomes->setHorizontalSpacing(8);
    m_outcomes->setVerticalSpacing(3);
    m_outcomes->setContentsMargins(0, 4, 0, 0);
    outcomes->addLayout(m_outcomes);
    outcomes->addStretch(1);
    row->addWidget(widgets::hairline(m_theme, Qt::Vertical));

    QVBoxLayout *latency = panel(5);
    auto *both = new QHBoxLayout;
    both->setSpacing(16);
    auto *figures = new QVBoxLayout;
    m_latency = new QGridLayout;
    m_latency->setHorizontalSpacing(8);
    m_latency->setVerticalSpacing(5);
    figures->addLayout(m_latency);
    figures->addStretch(1);
    both->addLayout(figures);
    m_chart = new widgets::LineChart(m_theme, u"latencyChart"_s, tr("Latency distribution"));
    both->addWidget(m_chart, 1);
    latency->addLayout(both);
    panels->setMinimumHeight(152);
    return panels;
}

QTableView *ComparePage::makeTable(QAbstractItemModel &model, const QString &objectName, const QString &name,
                                   widgets::CellDelegate *delegate)
{
    auto *table = new QTableView;
    theme::setNames(table, objectName, name);
    table->setModel(&model);
    delegate->setDesignHeight(metrics::kFieldTableRowHeight);
    table->setItemDelegate(delegate);
    theme::setOuterPadding(table, metrics::kPaneInset);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->setTabKeyNavigation(false); // Tab goes on to the next control
    theme::follow(m_theme, table, [this, table] {
        table->verticalHeader()->setDefaultSectionSize(m_theme.height(metrics::kFieldTableRowHeight));
    });
    table->horizontalHeader()->setHighlightSections(false);
    shell::markPane(table);
    widgets::copyRowsOnRequest(table);
    return table;
}

QWidget *ComparePage::buildLists()
{
    auto *pane = new widgets::Surface(m_theme, Role::Base, Qt::RightEdge);
    pane->setFixedWidth(metrics::kCompareColumnWidth);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    auto *fields = new widgets::PaneHeader(m_theme);
    fields->row()->addWidget(new widgets::Label(m_theme, tr("Differences by field"), TextStyle::CaptionStrong));
    fields->row()->addStretch(1);
    m_hiddenIcon = new widgets::IconLabel(m_theme, u"eye-off"_s, Role::Text2, metrics::kSmallIconSize);
    m_hidden = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    fields->row()->addWidget(m_hiddenIcon);
    fields->row()->addWidget(m_hidden);
    column->addWidget(fields);
    m_fieldTable = makeTable(m_fields, u"fieldTable"_s, tr("Differences"), new FieldDelegate(m_theme, this));
    QHeaderView *header = m_fieldTable->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(FieldsModel::PathColumn, QHeaderView::Stretch);
    header->resizeSection(FieldsModel::KindColumn, m_theme.width(82));
    header->resizeSection(FieldsModel::PairsColumn, m_theme.width(102));
    header->resizeSection(FieldsModel::WorstColumn, m_theme.width(78));
    connect(m_fieldTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        filterPairs();
        m_registry.refresh();
    });
    m_fieldTable->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_fieldTable, &QTableView::customContextMenuRequested, this, [this](const QPoint &place) {
        if (m_fieldTable->currentIndex().isValid())
            m_ruleCommands->showMenu(*m_fieldTable, place);
    });
    m_fieldStack = new QStackedWidget;
    m_noFields = new widgets::EmptyState(m_theme, u"noFields"_s, {});
    connect(m_noFields->addLink(tr("Show the rules"), u"noFieldsRules"_s), &QPushButton::clicked, this,
            [this] { m_registry.run(ids::kShowRules); });
    m_fieldStack->addWidget(m_fieldTable);
    m_fieldStack->addWidget(m_noFields);
    column->addWidget(m_fieldStack, 2);
    auto *pairs = new widgets::PaneHeader(m_theme, nullptr, Role::Window, Qt::TopEdge | Qt::BottomEdge);
    pairs->row()->addWidget(new widgets::Label(m_theme, tr("Pairs"), TextStyle::CaptionStrong));
    m_pairCount = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    m_pairField = new widgets::Label(m_theme, {}, TextStyle::Code, Role::Text2);
    m_pairField->setElideMode(Qt::ElideMiddle);
    pairs->row()->addWidget(m_pairCount);
    pairs->row()->addWidget(m_pairField, 1);
    m_anyField = new QToolButton;
    m_anyField->setIcon(m_theme.icon(u"clear"_s));
    m_anyField->setToolTip(tr("Pairs with a difference in any field"));
    theme::setNames(m_anyField, u"anyField"_s, tr("Any field"));
    connect(m_anyField, &QToolButton::clicked, this, [this] { m_fieldTable->setCurrentIndex({}); });
    pairs->row()->addWidget(m_anyField);
    m_show = new widgets::SegmentedControl(m_theme, u"pairFilter"_s, tr("Which pairs"));
    for (const QString &text : {tr("Different"), tr("Errors"), tr("All")})
        m_show->addSegment(text);
    connect(m_show, &widgets::SegmentedControl::chosen, this, &ComparePage::filterPairs);
    pairs->row()->addWidget(m_show);
    column->addWidget(pairs);
    m_pairTable = makeTable(m_pairs, u"pairTable"_s, tr("Pairs"), new PairDelegate(m_theme, this));
    m_pairTable->horizontalHeader()->hide();
    QHeaderView *pairHeader = m_pairTable->horizontalHeader();
    pairHeader->setSectionResizeMode(QHeaderView::Fixed);
    pairHeader->setSectionResizeMode(PairsModel::RequestColumn, QHeaderView::Stretch);
    pairHeader->resizeSection(PairsModel::IdColumn, m_theme.width(64));
    pairHeader->resizeSection(PairsModel::WorstColumn, m_theme.width(84));
    pairHeader->resizeSection(PairsModel::DifferencesColumn, m_theme.width(56));
    connect(
        m_pairTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
            if (index.isValid() && m_presenter.view())
                m_presenter.showPair(m_pairs.pairAt(index.row()).id,
                                     m_presenter.view()->comparison.mirrors[static_cast<std::size_t>(m_mirror)].name);
        });
    m_pairStack = new QStackedWidget;
    m_noPairs = new widgets::EmptyState(m_theme, u"noPairs"_s, {});
    m_showAll = m_noPairs->addLink(tr("Show all pairs"), u"showAllPairs"_s);
    connect(m_showAll, &QPushButton::clicked, this, [this] {
        m_show->setCurrent(static_cast<int>(PairsModel::Show::All));
        m_fieldTable->setCurrentIndex({});
        filterPairs();
    });
    m_pairStack->addWidget(m_pairTable);
    m_pairStack->addWidget(m_noPairs);
    column->addWidget(m_pairStack, 3);
    return pane;
}

QWidget *ComparePage::buildPair()
{
    auto *pane = new widgets::Surface(m_theme, Role::Base);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new widgets::PaneHeader(m_theme);
    m_pairHead = new widgets::Label(m_theme, tr("Select a pair"), TextStyle::CaptionStrong);
    m_pairSummary = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    m_pairSummary->setElideMode(Qt::ElideRight);
    head->row()->addWidget(m_pairHead);
    head->row()->addWidget(m_pairSummary, 1);
    const auto stepButton = [&](QLatin1StringView id, const QString &objectName, const QString &name) {
        auto *button = new QToolButton;
        button->setDefaultAction(m_registry.action(id));
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        theme::setNames(button, objectName, name);
        head->row()->addWidget(button);
    };
    stepButton(ids::kPreviousDifference, u"previousDifference"_s, tr("Previous difference"));
    stepButton(ids::kNextDifference, u"nextDifference"_s, tr("Next difference"));
    m_position = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    head->row()->addWidget(m_position);
    m_part = new widgets::SegmentedControl(m_theme, u"pairPart"_s, tr("What of the answers"));
    for (const QString &text : {tr("Body"), tr("Headers"), tr("Request")})
        m_part->addSegment(text);
    connect(m_part, &widgets::SegmentedControl::chosen, this, &ComparePage::showPart);
    head->row()->addWidget(m_part);
    column->addWidget(head);
    m_diff = new widgets::DiffView(m_theme, u"pairView"_s, tr("Primary response"), tr("Mirror response"));
    m_leftHead = new SideHead(m_theme);
    m_rightHead = new SideHead(m_theme);
    m_diff->setHeaders(m_leftHead, m_rightHead);
    connect(m_diff, &widgets::DiffView::currentDifferenceChanged, this, [this](int current) {
        m_position->setText(m_diff->differenceCount() == 0
                                ? QString()
                                : tr("%1 of %2").arg(current + 1).arg(m_diff->differenceCount()));
    });
    column->addWidget(m_diff, 1);
    return pane;
}

} // namespace parallax::ui
