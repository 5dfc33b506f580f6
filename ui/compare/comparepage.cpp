// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparepage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/models/displaytext.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/intervalbar.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"
#include "ui/wording/wording.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QPushButton>
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

Role chartRole(traffic::Outcome outcome)
{
    using traffic::Outcome;
    switch (outcome) {
    case Outcome::Equal:
    case Outcome::BothErrorSame:
        return Role::ChartEqual;
    case Outcome::EqualByRule:
        return Role::ChartRule;
    case Outcome::Different:
    case Outcome::BothErrorDifferent:
        return Role::ChartDiff;
    case Outcome::PrimaryError:
    case Outcome::MirrorError:
    case Outcome::Timeout:
        return Role::ChartError;
    case Outcome::Dropped:
    case Outcome::NotComparable:
    case Outcome::Pending:
        return Role::ChartDropped;
    }
    Q_UNREACHABLE();
}

void clearLayout(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (item->layout() != nullptr)
            clearLayout(*item->layout());
        delete item->widget();
        delete item;
    }
}

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
    m_source = new widgets::Label(m_theme, {}, TextStyle::Name);
    tools->row()->addWidget(m_source);
    tools->addSeparator();
    m_mirrors = new widgets::SegmentedControl(m_theme, u"compareMirror"_s, tr("Mirror"));
    connect(m_mirrors, &widgets::SegmentedControl::chosen, this, &ComparePage::showMirror);
    tools->row()->addWidget(m_mirrors);
    tools->row()->addStretch(1);
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
    m_range = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Text2);
    m_interval = new widgets::IntervalBar(m_theme, tr("Share that agrees, with its interval"));
    m_reason = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_reason->setWordWrap(true);
    verdict->addWidget(m_range);
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
    m_outcomes = new QVBoxLayout;
    m_outcomes->setSpacing(2);
    outcomes->addLayout(m_outcomes);
    outcomes->addStretch(1);
    row->addWidget(widgets::hairline(m_theme, Qt::Vertical));

    QVBoxLayout *latency = panel(5);
    auto *both = new QHBoxLayout;
    both->setSpacing(16);
    m_latency = new QVBoxLayout;
    m_latency->setSpacing(2);
    both->addLayout(m_latency);
    m_chart = new widgets::LineChart(m_theme, u"latencyChart"_s, tr("Latency distribution"));
    both->addWidget(m_chart, 1);
    latency->addLayout(both);
    panels->setFixedHeight(152);
    return panels;
}

QTableView *ComparePage::makeTable(QAbstractItemModel &model, const QString &objectName, const QString &name)
{
    auto *table = new QTableView;
    theme::setNames(table, objectName, name);
    table->setModel(&model);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(metrics::kFieldTableRowHeight);
    table->horizontalHeader()->setHighlightSections(false);
    shell::markPane(table);
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
    column->addWidget(fields);
    m_fieldTable = makeTable(m_fields, u"fieldTable"_s, tr("Differences"));
    QHeaderView *header = m_fieldTable->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(FieldsModel::PathColumn, QHeaderView::Stretch);
    header->resizeSection(FieldsModel::KindColumn, 92);
    header->resizeSection(FieldsModel::PairsColumn, 96);
    header->resizeSection(FieldsModel::WorstColumn, 84);
    connect(m_fieldTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ComparePage::filterPairs);
    column->addWidget(m_fieldTable, 2);
    auto *pairs = new widgets::PaneHeader(m_theme, nullptr, Role::Window, Qt::TopEdge | Qt::BottomEdge);
    m_pairTitle = new widgets::Label(m_theme, tr("Pairs"), TextStyle::CaptionStrong);
    pairs->row()->addWidget(m_pairTitle);
    pairs->row()->addStretch(1);
    m_show = new widgets::SegmentedControl(m_theme, u"pairFilter"_s, tr("Which pairs"));
    for (const QString &text : {tr("Different"), tr("Errors"), tr("All")})
        m_show->addSegment(text);
    connect(m_show, &widgets::SegmentedControl::chosen, this, &ComparePage::filterPairs);
    pairs->row()->addWidget(m_show);
    column->addWidget(pairs);
    m_pairTable = makeTable(m_pairs, u"pairTable"_s, tr("Pairs"));
    m_pairTable->horizontalHeader()->hide();
    QHeaderView *pairHeader = m_pairTable->horizontalHeader();
    pairHeader->setSectionResizeMode(QHeaderView::Fixed);
    pairHeader->setSectionResizeMode(PairsModel::RequestColumn, QHeaderView::Stretch);
    pairHeader->resizeSection(PairsModel::IdColumn, 64);
    pairHeader->resizeSection(PairsModel::WorstColumn, 84);
    pairHeader->resizeSection(PairsModel::DifferencesColumn, 44);
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
    m_pairHead->setElideMode(Qt::ElideRight);
    head->row()->addWidget(m_pairHead, 1);
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
    column->addWidget(head);
    m_diff = new widgets::DiffView(m_theme, u"pairView"_s, tr("Primary response"), tr("Mirror response"));
    m_leftHead = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    m_rightHead = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    for (widgets::Label *label : {m_leftHead, m_rightHead}) {
        label->setContentsMargins(12, 6, 12, 6);
        label->setElideMode(Qt::ElideRight);
    }
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
    m_source->setText(tr("%1  %2, %3 requests")
                          .arg(QFileInfo(view->path).fileName(), view->comparison.endpoint,
                               display::count(view->comparison.requests)));
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
    showLatency(mirror);
    m_fields.setFields(mirror.fields);
    m_pairs.setPairs(view->pairs[static_cast<std::size_t>(index)]);
    filterPairs();
    if (m_pairs.rowCount() > 0)
        m_pairTable->selectRow(0);
}

void ComparePage::showPanels(const compare::MirrorSummary &mirror)
{
    m_rate->setText(display::percent(mirror.agreement.rate));
    m_verdict->setPill({display::verdictName(mirror.verdict), pillKind(mirror.verdict), {}, false});
    m_range->setText(tr("%1 to %2, from %3 distinct requests")
                         .arg(display::percent(mirror.agreement.low), display::percent(mirror.agreement.high),
                              display::count(mirror.distinctRequests)));
    if (std::isfinite(mirror.agreement.low))
        m_interval->setInterval({mirror.agreement.low, mirror.agreement.high, mirror.agreement.rate,
                                 m_presenter.view()->comparison.target, tone(mirror.verdict)});
    m_reason->setText(mirror.reasons.empty() ? QString() : wording::text(mirror.reasons.front()));
    m_total->setText(display::count(mirror.outcomes.total()));
    QList<widgets::BarPart> parts;
    clearLayout(*m_outcomes);
    for (const traffic::Outcome outcome : compare::kOutcomeOrder) {
        const qint64 n = mirror.outcomes[outcome];
        if (n == 0)
            continue;
        parts.append({display::outcomeName(outcome), n, chartRole(outcome)});
        auto *row = new QHBoxLayout;
        row->addWidget(new widgets::Label(m_theme, display::outcomeName(outcome)));
        row->addStretch(1);
        row->addWidget(new widgets::Label(m_theme, display::count(n), TextStyle::Strong));
        row->addSpacing(12);
        row->addWidget(new widgets::Label(
            m_theme, display::percent(static_cast<double>(n) / static_cast<double>(mirror.outcomes.total())),
            TextStyle::Body, Role::Muted));
        m_outcomes->addLayout(row);
    }
    m_bar->setParts(parts);
}

void ComparePage::showLatency(const compare::MirrorSummary &mirror)
{
    clearLayout(*m_latency);
    const auto line = [this](const QString &name, const QString &p50, const QString &p95, const QString &p99,
                             Role role) {
        auto *row = new QHBoxLayout;
        auto *label = new widgets::Label(m_theme, name, TextStyle::Body, role);
        label->setMinimumWidth(96);
        row->addWidget(label);
        for (const QString &figure : {p50, p95, p99}) {
            auto *cell = new widgets::Label(m_theme, figure, TextStyle::Body, role);
            cell->setMinimumWidth(52);
            cell->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            row->addWidget(cell);
        }
        m_latency->addLayout(row);
    };
    const auto ms = [](double value) {
        return std::isfinite(value) ? QLocale().toString(value, 'f', value < 10 ? 2 : 0) : u"\u2013"_s;
    };
    line(tr("Latency, ms"), tr("p50"), tr("p95"), tr("p99"), Role::Muted);
    const compare::LatencySummary &latency = mirror.latency;
    line(m_presenter.view()->comparison.primary, ms(latency.primary.p50), ms(latency.primary.p95),
         ms(latency.primary.p99), Role::Text);
    line(mirror.name, ms(latency.mirror.p50), ms(latency.mirror.p95), ms(latency.mirror.p99), Role::Text);
    m_latency->addStretch(1);

    widgets::Chart chart;
    const auto series = [](const QString &name, const std::vector<double> &percentiles, int identity) {
        widgets::ChartSeries one;
        one.name = name;
        one.identity = identity;
        for (std::size_t i = 0; i < percentiles.size(); ++i)
            one.points.emplace_back(std::max(percentiles[i], 0.01), static_cast<double>(i));
        return one;
    };
    if (!latency.primary.percentiles.empty() && !latency.mirror.percentiles.empty()) {
        const double from =
            std::max(0.01, std::min(latency.primary.percentiles.front(), latency.mirror.percentiles.front()));
        const double to = std::max({from * 2, latency.primary.percentiles.back(), latency.mirror.percentiles.back()});
        chart.x = {from, to, true, {}};
        // About five figures fit under the axis.
        const QList<double> ticks = widgets::doublingTicks(from, to);
        const qsizetype step = std::max<qsizetype>(1, (ticks.size() + 4) / 5);
        for (qsizetype i = 0; i < ticks.size(); i += step)
            chart.x.ticks.append({ticks[i], ms(ticks[i])});
        chart.y = {0, 100, false, {{0, u"0%"_s}, {50, u"50%"_s}, {100, u"100%"_s}}};
        chart.series = {series(m_presenter.view()->comparison.primary, latency.primary.percentiles, widgets::kPrimary),
                        series(mirror.name, latency.mirror.percentiles, m_mirror)};
        chart.description = tr("Share of answers within a time, of both sides");
    }
    m_chart->setChart(chart);
}

void ComparePage::filterPairs()
{
    const QModelIndex field = m_fieldTable->currentIndex();
    const QString pattern =
        field.isValid() ? field.siblingAtColumn(0).data(FieldsModel::PathRole).toString() : QString();
    const auto show = static_cast<PairsModel::Show>(m_show->current());
    m_pairs.setFilter(show, pattern);
    m_pairTitle->setText(pattern.isEmpty() ? tr("Pairs %1").arg(m_pairs.rowCount())
                                           : tr("Pairs %1 with %2").arg(m_pairs.rowCount()).arg(pattern));
}

void ComparePage::showPair(const PairViewPtr &pair)
{
    m_pairHead->setText(tr("Pair #%1  %2").arg(pair->id.value).arg(pair->summary));
    m_leftHead->setText(pair->left + u"    "_s + pair->leftStatus);
    m_rightHead->setText(pair->right + u"    "_s + pair->rightStatus);
    m_diff->setDocument(pair->document);
    m_registry.refresh();
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
