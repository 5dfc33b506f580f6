// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparepage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/compare/comparedelegates.h"
#include "ui/compare/comparepanels.h"
#include "ui/compare/sidehead.h"
#include "ui/models/displaytext.h"
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
#include "ui/wording/wording.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

/// Below this width the latency panel shows its figures alone.
constexpr int kChartBreakpoint = 1060;

widgets::PillKind pillKind(compare::Verdict verdict)
{
    switch (verdict) {
    case compare::Verdict::Equivalent:
        return widgets::PillKind::Ok;
    case compare::Verdict::Different:
        return widgets::PillKind::Different;
    case compare::Verdict::Inconclusive:
        return widgets::PillKind::Warning;
    }
    Q_UNREACHABLE();
}

widgets::IntervalTone tone(compare::Verdict verdict)
{
    return verdict == compare::Verdict::Equivalent  ? widgets::IntervalTone::Holds
           : verdict == compare::Verdict::Different ? widgets::IntervalTone::Fails
                                                    : widgets::IntervalTone::Open;
}

} // namespace

ComparePage::ComparePage(const theme::Theme &theme, commands::CommandRegistry &registry, ComparePresenter &presenter,
                         QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
{
    setObjectName(u"comparePage"_s);
    m_stack = new QStackedWidget;
    m_empty = new widgets::EmptyState(theme, u"compareEmpty"_s,
                                      tr("Open a capture to compare the primary with its mirrors."));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTools());
    column->addWidget(buildPanels());
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(buildLists());
    row->addWidget(buildPair(), 1);
    column->addLayout(row, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    bindCommands();

    connect(&presenter, &ComparePresenter::loadingStarted, this, [this] {
        m_stack->setCurrentIndex(0);
        m_empty->setSentence(tr("Reading and comparing the capture"));
    });
    connect(&presenter, &ComparePresenter::loaded, this, &ComparePage::onLoaded);
    connect(&presenter, &ComparePresenter::pairReady, this, &ComparePage::showPair);
    connect(&presenter, &ComparePresenter::failed, this,
            [this](const Error &error) { m_empty->setSentence(wording::text(error)); });
    if (presenter.view())
        onLoaded();
}

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
    tools->row()->addWidget(new widgets::IconLabel(m_theme, u"rule"_s, Role::Text2, metrics::kSmallIconSize));
    m_rules = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Text2);
    tools->row()->addWidget(m_rules);
    tools->row()->addSpacing(8);
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
    connect(m_fieldTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ComparePage::filterPairs);
    column->addWidget(m_fieldTable, 2);
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
    column->addWidget(m_pairTable, 3);
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

void ComparePage::bindCommands()
{
    using commands::Availability;
    const auto hasPair = [this] {
        return Availability::when(m_diff->differenceCount() > 0, tr("No differences are shown"));
    };
    m_registry.bind(
        ids::kNextDifference, this, [this] { m_diff->nextDifference(); }, hasPair);
    m_registry.bind(
        ids::kPreviousDifference, this, [this] { m_diff->previousDifference(); }, hasPair);
    m_registry.bind(
        ids::kExportReport, this, [this] { chooseReport(); },
        [this] { return Availability::when(m_presenter.view() != nullptr, tr("No capture is open")); });
}

void ComparePage::showEndpoints(const ComparisonView &view)
{
    const QString requests = display::count(view.comparison.requests);
    const bool hasChoice = view.endpoints.size() > 1;
    m_source->setText(hasChoice ? tr("%1 requests").arg(requests)
                                : tr("%1, %2 requests").arg(view.comparison.endpoint, requests));
    m_endpoint->setVisible(hasChoice);
    m_endpoint->setText(display::withoutMnemonic(view.comparison.endpoint));
    QMenu *menu = m_endpoint->menu();
    menu->clear();
    for (const QString &endpoint : view.endpoints) {
        QAction *action = menu->addAction(display::withoutMnemonic(endpoint));
        action->setCheckable(true);
        action->setChecked(endpoint == view.comparison.endpoint);
        connect(action, &QAction::triggered, this, [this, endpoint] { m_presenter.showEndpoint(endpoint); });
    }
}

void ComparePage::onLoaded()
{
    const ComparisonViewPtr &view = m_presenter.view();
    if (!view)
        return;
    if (view->comparison.mirrors.empty()) {
        m_stack->setCurrentIndex(0);
        m_empty->setSentence(tr("No mirror answered any request of %1, so there is nothing to compare.")
                                 .arg(QFileInfo(view->path).fileName()));
        return;
    }
    m_stack->setCurrentIndex(1);
    m_file->setText(QFileInfo(view->path).completeBaseName());
    showEndpoints(*view);
    m_baseline->setText(view->comparison.primary);
    const qsizetype rules = static_cast<qsizetype>(view->comparison.mirrors.front().rules.size());
    m_rules->setText(rules == 0 ? tr("No rules") : rules == 1 ? tr("1 rule") : tr("%1 rules").arg(rules));
    m_mirrors->clear();
    for (std::size_t i = 0; i < view->comparison.mirrors.size(); ++i)
        m_mirrors->addSegment(view->comparison.mirrors[i].name, widgets::identityIcon(m_theme, static_cast<int>(i)));
    showMirror(0);
    m_registry.refresh();
}

void ComparePage::showMirror(int index)
{
    m_mirror = index;
    const ComparisonViewPtr &view = m_presenter.view();
    const compare::MirrorSummary &mirror = view->comparison.mirrors[static_cast<std::size_t>(index)];
    showPanels(mirror);
    fillLatency(*m_latency, m_theme, view->comparison.primary, mirror, index);
    m_chart->setChart(latencyChart(view->comparison.primary, mirror, index));
    qint64 hidden = 0;
    for (const compare::RuleSummary &rule : mirror.rules)
        hidden += rule.hides;
    m_hidden->setVisible(hidden > 0);
    m_hiddenIcon->setVisible(hidden > 0);
    m_hidden->setText(tr("%1 hidden by rules").arg(display::count(mirror.outcomes[traffic::Outcome::EqualByRule])));
    m_fields.setFields(mirror.fields);
    m_pairs.setPairs(view->pairs[static_cast<std::size_t>(index)]);
    filterPairs();
    if (m_pairs.rowCount() > 0)
        m_pairTable->selectRow(0);
}

void ComparePage::showPanels(const compare::MirrorSummary &mirror)
{
    m_rate->setText(display::percent(mirror.agreement.rate));
    const bool isDifferent = mirror.verdict == compare::Verdict::Different;
    m_verdict->setPill({display::verdictName(mirror.verdict), pillKind(mirror.verdict),
                        isDifferent ? u"out-different"_s : QString(), false});
    m_target->setText(tr("asked %1").arg(display::percent(m_presenter.view()->comparison.target)));
    m_range->setText(tr("%1 to %2, from %3 distinct requests")
                         .arg(display::percent(mirror.agreement.low), display::percent(mirror.agreement.high),
                              display::count(mirror.distinctRequests)));
    if (std::isfinite(mirror.agreement.low))
        m_interval->setInterval({mirror.agreement.low, mirror.agreement.high, mirror.agreement.rate,
                                 m_presenter.view()->comparison.target, tone(mirror.verdict)});
    m_reason->setText(mirror.reasons.empty() ? QString() : wording::text(mirror.reasons.front()));
    m_total->setText(display::count(mirror.outcomes.total()));
    fillOutcomes(*m_outcomes, *m_bar, m_theme, mirror);
}

void ComparePage::filterPairs()
{
    const QModelIndex field = m_fieldTable->currentIndex();
    const QString pattern =
        field.isValid() ? field.siblingAtColumn(0).data(FieldsModel::PathRole).toString() : QString();
    const auto show = static_cast<PairsModel::Show>(m_show->current());
    m_pairs.setFilter(show, pattern);
    m_pairCount->setText(pattern.isEmpty() ? display::count(m_pairs.rowCount())
                                           : tr("%1 with").arg(display::count(m_pairs.rowCount())));
    m_pairField->setText(pattern);
    m_anyField->setVisible(field.isValid());
    if (m_pairs.rowCount() > 0 && !m_pairTable->currentIndex().isValid())
        m_pairTable->selectRow(0);
}

void ComparePage::showPair(const PairViewPtr &pair)
{
    m_pair = pair;
    m_pairHead->setText(tr("Pair #%1").arg(pair->id.value));
    m_pairSummary->setText(QStringList{pair->summary, pair->time}.join(u"  "_s).trimmed());
    m_leftHead->setSide(pair->left, widgets::kPrimary);
    m_rightHead->setSide(pair->right, m_mirror);
    showPart();
}

void ComparePage::showPart()
{
    if (!m_pair)
        return;
    const std::array parts{m_pair->body, m_pair->headers, m_pair->request};
    m_diff->setDocument(parts[static_cast<std::size_t>(m_part->current())]);
    m_registry.refresh();
}

void ComparePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The figures come before the picture of them.
    m_chart->setVisible(event->size().width() >= m_theme.width(kChartBreakpoint));
}

void ComparePage::chooseReport()
{
    auto *dialog = new QFileDialog(window(), tr("Export report"), {}, tr("Reports (*.html *.md *.json *.xml)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &ComparePresenter::exportReport);
    dialog->open();
}

} // namespace parallax::ui
