// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the Live page is put together; what it does stands in livepage.cpp.
#include "ui/live/livepage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/detailpane.h"
#include "ui/live/livepresenter.h"
#include "ui/live/trafficdelegate.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/surface.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
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

namespace {

QHBoxLayout *bareRow(QWidget *widget, int spacing)
{
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing);
    return row;
}

} // namespace

QToolButton *LivePage::commandButton(QLatin1StringView id, const QString &objectName, const QString &name)
{
    auto *button = new QToolButton;
    button->setDefaultAction(m_registry.action(id));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setNames(button, objectName, name);
    return button;
}

QWidget *LivePage::buildTools()
{
    auto *tools = new widgets::ToolRow(m_theme);
    m_run = new QPushButton;
    m_run->setObjectName(u"toggleRouter"_s);
    connect(m_run, &QPushButton::clicked, this, [this] { m_registry.run(ids::kToggleRouter); });
    tools->row()->addWidget(m_run);
    m_spinner = new widgets::Spinner(m_theme, tr("The router is starting"));
    tools->row()->addWidget(m_spinner);
    m_spinner->hide();
    buildStoppedTools(*tools);
    buildRunningTools(*tools);
    tools->row()->addStretch(1);
    buildCaptureTools(*tools);
    return tools;
}

void LivePage::buildStoppedTools(widgets::ToolRow &tools)
{
    m_stoppedTools = new QWidget;
    QHBoxLayout *row = bareRow(m_stoppedTools, 8);
    auto *label = new widgets::Label(m_theme, tr("Listen on"), TextStyle::Body, Role::Muted);
    m_listen = new QLineEdit;
    theme::setNames(m_listen, u"listenAddress"_s, tr("Listen on"));
    theme::follow(m_theme, m_listen, [this] {
        m_listen->setFont(m_theme.font(TextStyle::Code));
        m_listen->setFixedWidth(m_theme.metrics(TextStyle::Code).horizontalAdvance(u"127.0.0.1:65535"_s) + 28);
    });
    m_listen->setToolTip(tr("Address and port; port 0 takes a free one"));
    label->setBuddy(m_listen);
    connect(m_listen, &QLineEdit::editingFinished, this, &LivePage::applyListen);
    row->addSpacing(4);
    row->addWidget(label);
    row->addWidget(m_listen);
    tools.row()->addWidget(m_stoppedTools);
}

void LivePage::buildRunningTools(widgets::ToolRow &tools)
{
    m_runningTools = new QWidget;
    QHBoxLayout *row = bareRow(m_runningTools, 8);
    row->addSpacing(4);
    m_pulse = new widgets::IconLabel(m_theme, u"mode-live"_s, Role::Ok);
    m_listening = new widgets::Label(m_theme, tr("Listening on"));
    m_address = new widgets::Label(m_theme, {}, TextStyle::CodeMedium);
    m_address->setSelectable(true);
    m_address->setObjectName(u"routerAddress"_s); // what it says is its name
    m_uptime = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    row->addWidget(m_pulse);
    row->addWidget(m_listening);
    row->addWidget(m_address);
    row->addSpacing(4);
    row->addWidget(m_uptime);
    tools.row()->addWidget(m_runningTools);
    QWidget *line = widgets::hairline(m_theme, Qt::Vertical, m_runningTools);
    line->setFixedHeight(18);
    row->addSpacing(4);
    row->addWidget(line);
    row->addSpacing(4);
    m_copyUrl = commandButton(ids::kCopyUrl, u"liveCopyUrl"_s, tr("Copy URL"));
    m_copyCurl = commandButton(ids::kCopyCurl, u"liveCopyCurl"_s, tr("Copy as curl"));
    row->addWidget(m_copyUrl);
    row->addWidget(m_copyCurl);
}

void LivePage::buildCaptureTools(widgets::ToolRow &tools)
{
    m_compare = new QPushButton(tr("Open capture in Compare"));
    m_compare->setIcon(m_theme.icon(u"mode-compare"_s));
    theme::setKind(m_compare, theme::ButtonKind::Ghost);
    theme::setNames(m_compare, u"compareCapture"_s, tr("Open capture in Compare"));
    connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareRequested(m_presenter.lastCapture()); });
    m_capture = new QCheckBox(tr("Capture"));
    theme::setNames(m_capture, u"captureSwitch"_s, tr("Capture"));
    connect(m_capture, &QCheckBox::clicked, this, [this](bool isOn) { m_presenter.setCapturing(isOn); });
    m_chooseCapture = commandButton(ids::kChooseCapture, u"chooseCapture"_s, tr("Record to"));
    m_clear = commandButton(ids::kClearTraffic, u"clearTraffic"_s, tr("Clear traffic"));
    tools.row()->addWidget(m_compare);
    tools.row()->addWidget(m_capture);
    tools.row()->addWidget(m_chooseCapture);
    tools.row()->addWidget(m_clear);
}

QWidget *LivePage::buildFilterRow()
{
    auto *area = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    theme::follow(m_theme, area,
                  [this, area] { area->setFixedHeight(std::max(43, m_theme.height(metrics::kFilterHeight) + 17)); });
    auto *row = new QHBoxLayout(area);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(10);
    m_filter = new widgets::FilterField(m_theme, u"trafficFilter"_s, tr("Filter traffic"));
    m_filter->setIconName(u"filter"_s);
    m_filter->setDesignHeight(metrics::kFilterHeight);
    m_filter->setPlaceholderText(tr("Words, or conditions such as status >= 500"));
    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(150);
    connect(&m_filterDelay, &QTimer::timeout, this, &LivePage::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_filterDelay.start(); });
    m_show = new widgets::SegmentedControl(m_theme, u"trafficShow"_s, tr("Which requests"));
    m_show->addSegment(tr("All"), {}, tr("All requests"));
    m_show->addSegment(tr("Different"), {}, tr("Different requests"));
    m_show->addSegment(tr("Errors"), {}, tr("Requests with errors"));
    connect(m_show, &widgets::SegmentedControl::chosen, this, &LivePage::applyFilter);
    m_follow = new QCheckBox(tr("Follow new rows"));
    m_follow->setChecked(true);
    theme::setNames(m_follow, u"followTraffic"_s, tr("Follow new rows"));
    connect(m_follow, &QCheckBox::clicked, this, &LivePage::setFollowing);
    row->addWidget(m_filter, 1);
    row->addWidget(m_show);
    row->addWidget(m_follow);
    return area;
}

QWidget *LivePage::buildTable()
{
    m_table = new QTableView;
    theme::setNames(m_table, u"trafficTable"_s, tr("Traffic"));
    auto *header = new TrafficHeader(m_theme, m_table);
    m_table->setHorizontalHeader(header);
    m_table->setModel(&m_presenter.traffic());
    m_table->setItemDelegate(new TrafficDelegate(m_theme, m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_table->viewport()->installEventFilter(this);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    theme::follow(m_theme, m_table, [this] {
        const int rowHeight = m_theme.height(metrics::kTableRowHeight);
        m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
        m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    });
    theme::setOuterPadding(m_table, metrics::kPaneInset);
    theme::follow(m_theme, header, [this, header] {
        header->setFixedHeight(m_theme.height(metrics::kTableHeaderHeight, TextStyle::Header));
    });
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setMinimumSectionSize(40);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LivePage::onSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, &m_registry,
            &commands::CommandRegistry::refresh);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &LivePage::onScrolled);
    connect(m_table, &QTableView::activated, this, [this] { m_detail->takeFocus(); });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const QLatin1StringView id :
         {ids::kReplaySelected, ids::kCompareSelected, ids::kCopyCurl, ids::kExportSelection, ids::kClearTraffic})
        m_table->addAction(m_registry.action(id));
    shell::markPane(m_table);
    m_filtered = new widgets::EmptyState(m_theme, u"trafficFiltered"_s, {});
    QPushButton *clear = m_filtered->addButton(tr("Clear filter"), u"clearFilter"_s);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_filter->clear();
        m_show->setCurrent(0);
        applyFilter();
    });
    m_tableStack = new QStackedWidget;
    m_tableStack->addWidget(m_table);
    m_tableStack->addWidget(m_filtered);
    return m_tableStack;
}

void LivePage::buildEmptyStates()
{
    m_stopped =
        new widgets::EmptyState(m_theme, u"liveStopped"_s,
                                tr("The router is stopped. Once it runs, every request to an endpoint shows here "
                                   "with the answer of the primary and of each mirror."));
    m_startHere = m_stopped->addButton({}, u"startHere"_s, u"play"_s);
    connect(m_startHere, &QPushButton::clicked, this, [this] { m_registry.run(ids::kToggleRouter); });
    m_loading = new widgets::EmptyState(m_theme, u"liveLoading"_s, tr("Starting the deployments that answer"));

    m_waiting = new QWidget;
    auto *column = new QVBoxLayout(m_waiting);
    column->setContentsMargins(metrics::kFormGutter, 0, metrics::kFormGutter, 0);
    column->setSpacing(12);
    column->addStretch(4);
    column->addWidget(new widgets::Label(m_theme, tr("No requests yet. Point a caller at the router, or send one:"),
                                         TextStyle::Body, Role::Text2),
                      0, Qt::AlignHCenter);
    m_curl = new widgets::Label(m_theme, {}, TextStyle::Code, Role::Text);
    m_curl->setElideMode(Qt::ElideMiddle);
    m_curl->setAlignment(Qt::AlignCenter);
    m_curl->setObjectName(u"curlLine"_s);
    column->addWidget(m_curl);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    auto *copy = new QPushButton(tr("Copy the command")); // all of it: the line may be shown shortened
    copy->setIcon(m_theme.icon(u"copy"_s));
    theme::setNames(copy, u"copyCurlLine"_s, copy->text());
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_curl->text()); });
    buttons->addWidget(copy);
    const auto sampleButton = [&](QLatin1StringView id, const QString &objectName, const QString &text) {
        auto *button = new QPushButton(text);
        theme::setNames(button, objectName, text);
        connect(button, &QPushButton::clicked, this, [this, id] { m_registry.run(id); });
        buttons->addWidget(button);
    };
    sampleButton(ids::kSendSample, u"sendSample"_s, tr("Send a sample request"));
    sampleButton(ids::kSendSamples, u"sendSamples"_s, tr("Send 50 sample requests"));
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addStretch(6);
}

} // namespace parallax::ui
