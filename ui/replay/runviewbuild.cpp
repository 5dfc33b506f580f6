// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What RunView is made of.
#include "ui/replay/replayparts.h"
#include "ui/replay/runview.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/delegates/celldelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/surface.h"

#include <QHeaderView>
#include <QPushButton>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kHeadHeight = 56;
constexpr int kRowHeight = 30;
constexpr int kChartsHeight = 204;
constexpr int kLowChartsHeight = 148;
constexpr int kTallEnough = 720;
constexpr int kWideEnough = 800;

/// The cells of Not answered.
class FailureDelegate final : public widgets::CellDelegate
{
public:
    using CellDelegate::CellDelegate;

    [[nodiscard]] widgets::CellContent content(const QModelIndex &index) const override
    {
        const auto *model = static_cast<const FailuresModel *>(index.model());
        const FailureRow &row = model->row(index.row());
        widgets::CellContent cell;
        cell.text = index.data().toString();
        switch (index.column()) {
        case FailuresModel::ReasonColumn:
            cell.outcome = row.kind == FailureRow::Kind::Timeout   ? widgets::OutcomeGlyph::Timeout
                           : row.kind == FailureRow::Kind::Dropped ? widgets::OutcomeGlyph::Dropped
                                                                   : widgets::OutcomeGlyph::Error;
            cell.suffix = FailuresModel::detail(row);
            break;
        case FailuresModel::WhereColumn:
            cell.identity = row.identity;
            break;
        case FailuresModel::RequestsColumn:
            cell.isNumber = true;
            cell.style = TextStyle::Name;
            break;
        case FailuresModel::FirstColumn:
            cell.role = Role::Muted;
            break;
        default:
            cell.text.clear();
            cell.trailing = index.data().toString();
            cell.trailingRole = Role::Accent;
        }
        return cell;
    }
};

} // namespace

void RunView::buildAll()
{
    m_stack = new QStackedWidget;
    m_empty = new widgets::EmptyState(m_theme, u"replayEmpty"_s,
                                      tr("Replay sends recorded requests to a primary and its mirrors."));
    QPushButton *choose = m_empty->addButton(tr("Choose traffic…"), u"replayChooseTraffic"_s, u"capture"_s);
    connect(choose, &QPushButton::clicked, this, &RunView::chooseSourceAsked);
    auto *content = new widgets::Surface(m_theme, Role::Base);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(buildMessages());
    column->addWidget(buildFigures());
    column->addWidget(buildCharts());
    column->addWidget(buildFailures(), 1);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(metrics::kFormGutter, 8, metrics::kFormGutter, 20);
    m_agreement = new AgreementBar(m_theme);
    connect(m_agreement->button(), &QPushButton::clicked, this,
            [this] { Q_EMIT compareAsked(m_presenter.view().capture); });
    foot->addWidget(m_agreement);
    column->addLayout(foot);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto *pane = new widgets::Surface(m_theme, Role::Base);
    auto *inner = new QVBoxLayout(pane);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(m_stack);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pane);
}

void RunView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isCompact = event->size().width() < kWideEnough;
    m_planned->setCompact(isCompact);
    m_sent->setCompact(isCompact);
    m_sums->setSpacing(isCompact ? 10 : 28);
    layOutSums();
    layOutFailures(isCompact);
    m_charts->setFixedHeight(event->size().height() >= kTallEnough ? kChartsHeight : kLowChartsHeight);
}

// With a wide font the two sums stand below each other.
void RunView::layOutSums()
{
    const int room = width() - 2 * metrics::kFormGutter;
    const bool fits = m_planned->sizeHint().width() + m_sent->sizeHint().width() + 3 * m_sums->spacing() + 1 <= room;
    m_sums->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_sumsLine->setVisible(fits);
}

void RunView::layOutFailures(bool isCompact)
{
    QHeaderView *header = m_table->horizontalHeader();
    const auto set = [&](int column, int wide, int narrow) {
        header->resizeSection(column, m_theme.width(isCompact ? narrow : wide));
    };
    set(FailuresModel::WhereColumn, 150, 110);
    set(FailuresModel::RequestsColumn, 100, 80);
    set(FailuresModel::FirstColumn, 120, 90);
    set(FailuresModel::ActionColumn, 150, 130);
}

QPushButton *RunView::addButton(QHBoxLayout &row, const QString &text, const QString &icon, const QString &objectName)
{
    auto *button = new QPushButton(text);
    button->setIcon(m_theme.icon(icon, theme::IconTint::fixed(Role::Text)));
    theme::setNames(button, objectName, text);
    row.addWidget(button);
    return button;
}

QWidget *RunView::buildHead()
{
    auto *head = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    theme::follow(m_theme, head, [this, head] { head->setFixedHeight(m_theme.height(kHeadHeight)); });
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kFormGutter, 0, metrics::kFormGutter, 1);
    row->setSpacing(8);
    m_title = new widgets::Label(m_theme, {}, TextStyle::Section);
    m_title->setObjectName(u"replayTitle"_s);
    m_title->setElideMode(Qt::ElideMiddle);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred); // whole as long as there is room
    row->addWidget(m_title);
    row->addSpacing(4);
    m_spinner = new widgets::Spinner(m_theme, tr("The replay is being prepared"));
    QSizePolicy policy = m_spinner->sizePolicy();
    policy.setRetainSizeWhenHidden(false); // the words move up to the title
    m_spinner->setSizePolicy(policy);
    row->addWidget(m_spinner);
    m_started = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_started->setObjectName(u"replayState"_s);
    m_started->setElideMode(Qt::ElideRight);
    row->addWidget(m_started, 1);
    m_different = addButton(*row, tr("Replay what differed"), u"mode-replay"_s, u"replayDifferent"_s);
    m_step = addButton(*row, tr("Send next"), u"arrow-right"_s, u"stepReplay"_s);
    m_pause = addButton(*row, tr("Pause"), u"pause"_s, u"pauseReplay"_s);
    m_resume = addButton(*row, tr("Resume"), u"play"_s, u"resumeReplay"_s);
    m_stop = addButton(*row, tr("Stop replay"), u"stop"_s, u"stopReplay"_s);
    connect(m_different, &QPushButton::clicked, &m_presenter, &ReplayPresenter::retryDifferent);
    connect(m_step, &QPushButton::clicked, &m_presenter, &ReplayPresenter::step);
    connect(m_pause, &QPushButton::clicked, &m_presenter, &ReplayPresenter::pause);
    connect(m_resume, &QPushButton::clicked, &m_presenter, &ReplayPresenter::resume);
    connect(m_stop, &QPushButton::clicked, &m_presenter, &ReplayPresenter::stop);
    return head;
}

QWidget *RunView::buildMessages()
{
    m_messageArea = new QWidget;
    m_messages = new QVBoxLayout(m_messageArea);
    m_messages->setContentsMargins(metrics::kFormGutter, 12, metrics::kFormGutter, 0);
    m_messages->setSpacing(8);
    m_messageArea->hide();
    return m_messageArea;
}

QWidget *RunView::buildFigures()
{
    auto *block = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    auto *column = new QVBoxLayout(block);
    column->setContentsMargins(metrics::kFormGutter, 16, metrics::kFormGutter, 20);
    column->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setSpacing(14);
    m_percent = new widgets::Label(m_theme, u"0%"_s, TextStyle::Display);
    m_percent->setObjectName(u"replayPercent"_s);
    m_rate = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Text2);
    m_rate->setObjectName(u"replayRate"_s);
    m_lateness = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_lateness->setObjectName(u"replayLateness"_s);
    line->addWidget(m_percent);
    line->addWidget(m_rate);
    line->addStretch(1);
    line->addWidget(m_lateness);
    column->addLayout(line);
    column->addSpacing(8);
    m_progress = new widgets::PartsProgress(m_theme, u"replayProgress"_s, tr("Replay progress"));
    column->addWidget(m_progress);
    column->addSpacing(18);
    m_sums = new QHBoxLayout;
    m_planned = new SumRow(m_theme, u"replayPlannedSum"_s);
    m_planned->addTerm(u"replayPlanned"_s, tr("planned"));
    m_planned->addTerm(u"replaySent"_s, tr("sent"));
    m_planned->addTerm(u"replayDropped"_s, tr("dropped"), Role::ChartDropped);
    m_planned->addTerm(u"replayWaiting"_s, tr("waiting"), Role::Pressed);
    m_sent = new SumRow(m_theme, u"replaySentSum"_s);
    m_sent->addTerm(u"replaySentAgain"_s, tr("sent"));
    m_sent->addTerm(u"replayAnswered"_s, tr("answered"), Role::AccentFill);
    m_sent->addTerm(u"replayFailed"_s, tr("failed"), Role::ChartError);
    m_sent->addTerm(u"replayInFlight"_s, tr("in flight"));
    m_sums->addWidget(m_planned);
    m_sumsLine = widgets::hairline(m_theme, Qt::Vertical);
    m_sums->addWidget(m_sumsLine);
    m_sums->addWidget(m_sent);
    m_sums->addStretch(1);
    column->addLayout(m_sums);
    return block;
}

QWidget *RunView::buildCharts()
{
    auto *block = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    auto *row = new QHBoxLayout(block);
    row->setContentsMargins(0, 0, 0, 1);
    row->setSpacing(0);
    const auto panel = [&](const QString &title, const QString &objectName, widgets::LineChart *&chart,
                           QHBoxLayout *&legend) {
        auto *column = new QVBoxLayout;
        column->setContentsMargins(metrics::kFormGutter, 14, metrics::kFormGutter, 8);
        column->setSpacing(6);
        auto *head = new QHBoxLayout;
        head->addWidget(new widgets::Label(m_theme, title, TextStyle::Strong));
        head->addStretch(1);
        legend = new QHBoxLayout;
        legend->setSpacing(16);
        head->addLayout(legend);
        column->addLayout(head);
        chart = new widgets::LineChart(m_theme, objectName, title);
        connect(chart, &widgets::LineChart::readOut, this, &RunView::readOut);
        column->addWidget(chart, 1);
        row->addLayout(column, 1);
    };
    panel(tr("Requests per second"), u"replayRateChart"_s, m_rateChart, m_rateLegend);
    row->addWidget(widgets::hairline(m_theme, Qt::Vertical));
    panel(tr("Latency p95, ms"), u"replayLatencyChart"_s, m_latencyChart, m_latencyLegend);
    m_charts = block;
    return block;
}

void RunView::showLegend(QHBoxLayout &legend, const widgets::LineChart &chart, QString &shown)
{
    QString text;
    for (const widgets::ChartSeries &series : chart.chart().series)
        text += series.name + u'\n';
    if (text == shown)
        return;
    shown = text;
    while (QLayoutItem *item = legend.takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const widgets::ChartSeries &series : chart.chart().series)
        legend.addWidget(new LegendKey(m_theme, series.name, series.identity, series.role, series.isDotted));
}

QWidget *RunView::buildFailures()
{
    auto *block = new QWidget;
    auto *column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    theme::follow(m_theme, head, [this, head] { head->setFixedHeight(m_theme.height(metrics::kToolBarHeight)); });
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kFormGutter, 0, metrics::kFormGutter - 6, 1);
    row->setSpacing(10);
    row->addWidget(new widgets::Label(m_theme, tr("Not answered"), TextStyle::Strong));
    m_failureCount = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Muted);
    m_failureCount->setObjectName(u"replayNotAnswered"_s);
    row->addWidget(m_failureCount);
    row->addStretch(1);
    m_retry = addButton(*row, tr("Retry failed"), u"retry"_s, u"retryFailed"_s);
    theme::setKind(m_retry, theme::ButtonKind::Ghost);
    connect(m_retry, &QPushButton::clicked, &m_presenter, &ReplayPresenter::retryFailed);
    column->addWidget(head);
    m_table = new QTableView;
    theme::setNames(m_table, u"failureTable"_s, tr("Not answered"));
    m_table->setModel(&m_failures);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    theme::follow(m_theme, m_table,
                  [this] { m_table->verticalHeader()->setDefaultSectionSize(m_theme.height(kRowHeight)); });
    auto *delegate = new FailureDelegate(m_theme, m_table);
    delegate->setDesignHeight(kRowHeight);
    m_table->setItemDelegate(delegate);
    theme::setOuterPadding(m_table, metrics::kFormGutter);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(FailuresModel::ReasonColumn, QHeaderView::Stretch);
    shell::markPane(m_table);
    const auto show = [this](const QModelIndex &) { Q_EMIT compareAsked(m_presenter.view().capture); };
    connect(m_table, &QTableView::activated, this, show);
    connect(m_table, &QTableView::clicked, this, [show](const QModelIndex &index) {
        if (index.column() == FailuresModel::ActionColumn)
            show(index);
    });
    column->addWidget(m_table, 1);
    m_noFailures = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Muted);
    m_noFailures->setObjectName(u"replayNoFailures"_s);
    m_noFailures->setContentsMargins(metrics::kFormGutter, 14, metrics::kFormGutter, 0);
    column->addWidget(m_noFailures, 0, Qt::AlignTop);
    column->addStretch(0);
    return block;
}

} // namespace parallax::ui
