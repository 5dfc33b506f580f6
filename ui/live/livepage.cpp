// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livepage.h"

#include "replay/filter.h"
#include "router/errors.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/detailpane.h"
#include "ui/live/figuresrow.h"
#include "ui/live/livepresenter.h"
#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/surface.h"
#include "ui/wording/wording.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QResizeEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
using parallax::widgets::MessageBar;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr qsizetype kMostNoticeBars = 3;
constexpr int kDetailHeight = 300;
constexpr qsizetype kMostNotice = 420; ///< characters: beginning and end of what a target wrote

QString shortened(const QString &text)
{
    return text.size() <= kMostNotice ? text : text.left(160) + u" \u2026 "_s + text.right(kMostNotice - 160);
}

/// Conditions as `replay --filter` takes them; nothing for mere words, and for what only looks like conditions.
TrafficModel::Matcher filterOf(const QString &text, QString &problem)
{
    static const QRegularExpression kSign(u"[=<>~]"_s);
    static const QRegularExpression kBegin(u"^[(\\s]*(not\\b|!)?[(\\s]*(method|endpoint|target|status|latency|time|"
                                           u"outcome|failed|tag|note|session|id|header|"
                                           "answer-header|body|answer)\\b"_s);
    if (!text.contains(kSign))
        return {};
    const Result<replay::Filter> filter = replay::Filter::parse(text);
    if (!filter) {
        if (text.contains(kBegin))
            problem = wording::text(filter.error());
        return {};
    }
    return [filter = *filter](const traffic::Exchange &exchange) { return filter.matches(exchange); };
}

} // namespace

LivePage::LivePage(const theme::Theme &theme, commands::CommandRegistry &registry, LivePresenter &presenter,
                   QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
    , m_filterDelay(this)
{
    setObjectName(u"livePage"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTools());
    m_messages = new widgets::Surface(theme, Role::Base);
    auto *messages = new QVBoxLayout(m_messages);
    messages->setContentsMargins(12, 8, 12, 8);
    messages->setSpacing(6);
    m_approval = new MessageBar(theme, u"approvalBar"_s);
    m_failure = new MessageBar(theme, u"failureBar"_s);
    m_limit = new MessageBar(theme, u"limitBar"_s);
    for (MessageBar *bar : {m_approval, m_failure, m_limit})
        messages->addWidget(bar);
    column->addWidget(m_messages);
    m_figures = new FiguresRow(theme);
    column->addWidget(m_figures);
    m_filterRow = buildFilterRow();
    column->addWidget(m_filterRow);
    m_splitter = new widgets::PaneSplitter(Qt::Vertical, u"liveSplitter"_s, [](int height) {
        const int detail = std::min(kDetailHeight, height * 45 / 100);
        return QList<int>{height - detail, detail};
    });
    m_splitter->addWidget(buildTable());
    m_detail = new DetailPane(theme, registry, presenter);
    m_detail->addCommand(ids::kReplaySelected, u"liveReplay"_s, tr("Replay selected requests"));
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    theme::setNames(m_splitter->handle(1), u"liveDivider"_s, tr("Divider between traffic and details"));
    m_detail->setMinimumHeight(120);
    m_table->setMinimumHeight(100);
    buildEmptyStates();
    m_stack = new QStackedWidget;
    for (QWidget *view : {static_cast<QWidget *>(m_splitter), static_cast<QWidget *>(m_stopped),
                          static_cast<QWidget *>(m_loading), m_waiting})
        m_stack->addWidget(view);
    auto *area = new widgets::Surface(theme, Role::Base);
    auto *areaColumn = new QVBoxLayout(area);
    areaColumn->setContentsMargins(0, 0, 0, 0);
    areaColumn->addWidget(m_stack);
    column->addWidget(area, 1);
    connectPresenter();
    bindCommands();
    onState();
    if (presenter.failure()) // it failed while another mode showed
        onFailed(*presenter.failure());
    showNotices();
    showCounts();
}

void LivePage::connectPresenter()
{
    connect(&m_presenter, &LivePresenter::stateChanged, this, &LivePage::onState);
    connect(&m_presenter, &LivePresenter::failed, this, &LivePage::onFailed);
    connect(&m_presenter, &LivePresenter::approvalNeeded, this, &LivePage::showApproval);
    connect(&m_presenter, &LivePresenter::noticesChanged, this, &LivePage::showNotices);
    connect(&m_presenter, &LivePresenter::trafficArrived, this, &LivePage::onTraffic);
    connect(&m_presenter, &LivePresenter::figuresChanged, this, &LivePage::showFigures);
    connect(&m_presenter, &LivePresenter::captureChanged, this, &LivePage::showCapture);
    connect(&m_presenter, &LivePresenter::endpointsChanged, this, [this] {
        m_curl->setText(m_presenter.curlOf());
        m_registry.refresh();
    });
    connect(&m_presenter, &LivePresenter::listenChanged, this, [this] { m_listen->setText(m_presenter.listen()); });
    connect(&m_presenter.traffic(), &TrafficModel::scanned, this, [this] {
        showCounts();
        showStack();
    });
    connect(&m_presenter.traffic(), &QAbstractItemModel::columnsInserted, this, &LivePage::layOutColumns);
    connect(&m_presenter.traffic(), &QAbstractItemModel::modelReset, this, [this] {
        layOutColumns();
        leaveTwo();
        onSelected();
    });
}

void LivePage::bindCommands()
{
    using commands::Availability;
    const auto hasUrl = [this] {
        return Availability::when(!m_presenter.urlOf().isEmpty(), tr("The router is not running"));
    };
    m_registry.bind(
        ids::kCopyUrl, this, [this] { QGuiApplication::clipboard()->setText(m_presenter.urlOf(endpointInView())); },
        hasUrl);
    m_registry.bind(ids::kFollowTraffic, this, [this] { setFollowing(!m_isFollowing); });
    m_registry.bind(
        ids::kFilter, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); },
        [this] { return Availability::when(hasContent(), tr("There is no traffic")); });
    m_registry.bind(ids::kWrapLines, this, [this] {
        m_detail->setWrapped(!m_detail->isWrapped());
        m_registry.setChecked(ids::kWrapLines, m_detail->isWrapped());
    });
    const auto hasDifference = [this] {
        return Availability::when(m_detail->differenceCount() > 0, tr("No differences are shown"));
    };
    m_registry.bind(
        ids::kNextDifference, this, [this] { m_detail->nextDifference(); }, hasDifference);
    m_registry.bind(
        ids::kPreviousDifference, this, [this] { m_detail->previousDifference(); }, hasDifference);
    m_registry.bind(
        ids::kChooseCapture, this, [this] { chooseCapture(); },
        [this] { return Availability::when(m_presenter.state() == LiveState::Stopped, tr("Stop the router first")); });
    m_registry.bind(
        ids::kCheckTargets, this, [this] { m_presenter.retryTargets(); },
        [this] { return Availability::when(m_presenter.isRunning(), tr("The router is not running")); });
    m_registry.bind(
        ids::kCompareCapture, this, [this] { Q_EMIT compareRequested(m_presenter.lastCapture()); },
        [this] { return Availability::when(!m_presenter.lastCapture().isEmpty(), tr("Nothing was recorded yet")); });
    bindSelectionCommands();
    m_registry.setChecked(ids::kFollowTraffic, m_isFollowing);
    m_registry.refresh();
}

bool LivePage::hasContent() const
{
    return m_presenter.traffic().total() > 0;
}

void LivePage::onState()
{
    const LiveState state = m_presenter.state();
    const bool isStopped = state == LiveState::Stopped;
    const bool isBusy = state == LiveState::Starting || state == LiveState::Stopping;
    const QString text = isStopped ? tr("Start router") : tr("Stop router");
    m_run->setText(text);
    m_run->setAccessibleName(text);
    m_run->setIcon(m_theme.icon(isStopped ? u"play"_s : u"stop"_s));
    m_run->setEnabled(state != LiveState::Stopping);
    theme::setKind(m_run, isStopped ? theme::ButtonKind::Primary : theme::ButtonKind::Secondary);
    m_spinner->setVisible(isBusy);
    isBusy ? m_spinner->start() : m_spinner->stop();
    m_stoppedTools->setVisible(isStopped);
    m_runningTools->setVisible(state == LiveState::Running);
    m_listen->setText(m_presenter.listen());
    m_startHere->setText(tr("Start on %1").arg(m_presenter.listen()));
    m_startHere->setAccessibleName(m_startHere->text());
    m_loading->setSentence(state == LiveState::Stopping ? tr("Answering the last requests")
                           : state == LiveState::Asking ? tr("Waiting for your answer above")
                                                        : tr("Starting the deployments that answer"));
    m_address->setText(m_presenter.url());
    m_address->setAccessibleName(tr("Address %1").arg(m_presenter.url())); // a label is read by its name
    m_curl->setText(m_presenter.curlOf());
    if (!isStopped)
        m_failure->clear();
    showApproval();
    showFigures();
    showCapture();
    showStack();
    m_registry.refresh();
}

void LivePage::showStack()
{
    const LiveState state = m_presenter.state();
    const bool isFull = hasContent();
    m_figures->setVisible(isFull || state == LiveState::Running);
    m_filterRow->setVisible(isFull);
    if (isFull)
        m_stack->setCurrentWidget(m_splitter);
    else if (state == LiveState::Stopped)
        m_stack->setCurrentWidget(m_stopped);
    else if (state == LiveState::Running)
        m_stack->setCurrentWidget(m_waiting);
    else
        m_stack->setCurrentWidget(m_loading);
    const TrafficModel &traffic = m_presenter.traffic();
    const bool isFiltered = isFull && traffic.rowCount() == 0 && !traffic.isScanning();
    if (isFiltered)
        m_filtered->setSentence(tr("The filter hides all %n request(s).", nullptr, static_cast<int>(traffic.total())));
    m_tableStack->setCurrentWidget(isFiltered ? static_cast<QWidget *>(m_filtered) : m_table);
}

void LivePage::onFailed(const Error &error)
{
    m_failure->showMessage(MessageBar::Kind::Error, wording::text(error));
    if (error.code == router::kPortInUse || error.code == router::kPortInUseUnknown) {
        const int free = error.args.value(u"free"_s).toInt(); // 0 takes any
        QPushButton *use =
            m_failure->addButton(free > 0 ? tr("Use %1").arg(free) : tr("Use a free port"), u"useFreePort"_s, true);
        connect(use, &QPushButton::clicked, this, [this, free] {
            m_presenter.setListen(QString::number(free));
            m_presenter.start();
        });
        QPushButton *choose = m_failure->addButton(tr("Choose…"), u"choosePort"_s);
        choose->setAccessibleName(tr("Choose another port"));
        connect(choose, &QPushButton::clicked, this, [this] {
            m_listen->setFocus(Qt::OtherFocusReason);
            m_listen->selectAll();
        });
    }
    showNotices();
}

void LivePage::showApproval()
{
    const LiveApproval &wanted = m_presenter.unapproved();
    if (wanted.isEmpty()) {
        m_approval->clear();
        showNotices();
        return;
    }
    QStringList text;
    if (!wanted.commands.isEmpty())
        text << tr("To answer for its deployments, this repository wants to run on your machine:") << wanted.commands;
    if (!wanted.hosts.isEmpty())
        text << tr("Requests that come to the router would be sent beyond this machine, to:") << wanted.hosts;
    m_approval->showMessage(MessageBar::Kind::Warning, text.join(u'\n'));
    const bool isRunning = m_presenter.isRunning();
    QString accept = isRunning ? tr("Run them") : tr("Run and start");
    QString decline = tr("Do not run");
    if (wanted.commands.isEmpty()) {
        accept = isRunning ? tr("Send there") : tr("Send there and start");
        decline = tr("Do not send");
    }
    QPushButton *yes = m_approval->addButton(accept, u"approveCommands"_s, true);
    QPushButton *no = m_approval->addButton(decline, u"declineCommands"_s);
    connect(yes, &QPushButton::clicked, this, [this] { m_presenter.approve(); });
    connect(no, &QPushButton::clicked, this, [this] { m_presenter.decline(); });
    showNotices();
}

void LivePage::showNotices()
{
    const QList<LiveNotice> &notices = m_presenter.notices();
    const qsizetype shown = std::min(notices.size(), kMostNoticeBars);
    while (m_noticeBars.size() < shown) {
        auto *bar = new MessageBar(m_theme, u"noticeBar%1"_s.arg(m_noticeBars.size() + 1));
        m_messages->layout()->addWidget(bar);
        m_noticeBars.append(bar);
    }
    for (qsizetype i = 0; i < m_noticeBars.size(); ++i) {
        MessageBar *bar = m_noticeBars.at(i);
        if (i >= shown) {
            bar->clear();
            continue;
        }
        const LiveNotice &notice = notices.at(i);
        const QString whole = wording::text(notice.error);
        QString text = shortened(whole);
        if (i == shown - 1 && notices.size() > shown)
            text += u' ' + tr("And %n more problem(s).", nullptr, static_cast<int>(notices.size() - shown));
        if (bar->isVisibleTo(m_messages) && bar->text() == text)
            continue;
        bar->showMessage(notice.severity == Severity::Error ? MessageBar::Kind::Error : MessageBar::Kind::Warning,
                         text);
        bar->setToolTip(widgets::literalToolTip(whole));
        if (notice.isTarget && i == 0) {
            QPushButton *retry = bar->addButton(tr("Try again"), u"retryTargets"_s, true);
            connect(retry, &QPushButton::clicked, this, [this] { m_presenter.retryTargets(); });
        }
        QPushButton *hide = bar->addButton(tr("Hide"), u"hideNotice%1"_s.arg(i + 1));
        hide->setAccessibleName(tr("Hide message %1").arg(i + 1));
        connect(hide, &QPushButton::clicked, this, [this, key = notice.key] { m_presenter.dismissNotice(key); });
    }
    const auto isSaid = [this](const MessageBar *bar) { return bar->isVisibleTo(m_messages); };
    m_messages->setVisible(isSaid(m_approval) || isSaid(m_failure) || isSaid(m_limit) || shown > 0);
}

void LivePage::showCapture()
{
    const bool isStopped = m_presenter.state() == LiveState::Stopped;
    const bool isRunning = m_presenter.isRunning();
    m_capture->setChecked(m_presenter.isCapturing());
    m_capture->setEnabled(isStopped || isRunning);
    const QString file = isStopped ? m_presenter.captureFile() : m_presenter.lastCapture();
    m_capture->setToolTip(widgets::literalToolTip(
        file.isEmpty() ? tr("Records every request with its answers, to a new file") : tr("Records to %1").arg(file)));
    m_chooseCapture->setVisible(isStopped);
    m_compare->setVisible(isStopped && !m_presenter.lastCapture().isEmpty());
    m_clear->setVisible(hasContent());
    m_registry.refresh();
}

void LivePage::showFigures()
{
    const LiveFigures &figures = m_presenter.figures();
    m_figures->show(figures, m_presenter.agreement(), m_presenter.traffic().mirrorNames());
    m_uptime->setText(figures.seconds < 60
                          ? tr("for %1 s").arg(figures.seconds)
                          : tr("for %1").arg(display::duration(static_cast<double>(figures.seconds) * 1000.0)));
}

void LivePage::onTraffic()
{
    const bool wasEmpty = m_stack->currentWidget() != m_splitter;
    showCounts();
    showStack();
    if (wasEmpty) {
        m_clear->setVisible(hasContent());
        layOutColumns();
    }
    if (m_isFollowing) {
        const QScopedValueRollback<bool> moving(m_isMoving, true);
        m_table->scrollToBottom();
        m_lastScroll = m_table->verticalScrollBar()->value();
    }
    onSelected();
}

void LivePage::showCounts()
{
    const TrafficModel &traffic = m_presenter.traffic();
    QString count = traffic.rowCount() == traffic.total()
                        ? display::count(traffic.total())
                        : tr("%1 of %2").arg(display::count(traffic.rowCount()), display::count(traffic.total()));
    if (traffic.isScanning())
        count += u"  "_s + tr("searched %1%").arg(traffic.scannedPercent());
    m_filter->setCountText(count);
    m_show->setSegmentCount(1, traffic.differentCount());
    m_show->setSegmentCount(2, traffic.errorCount());
    QStringList facts;
    if (traffic.removed() > 0)
        facts +=
            tr("The table shows the last %1 requests; older ones have left it.").arg(display::count(traffic.total()));
    if (m_presenter.unshown() > 0)
        facts += tr("%1 came too fast to be shown.").arg(display::count(m_presenter.unshown()));
    if (!facts.isEmpty())
        facts += m_presenter.isCapturing() ? tr("What is captured is in the file.") : tr("Nothing records them.");
    const QString text = facts.join(u' ');
    if (text.isEmpty() == !m_limit->isVisibleTo(m_messages) && m_limit->text() == text)
        return;
    if (text.isEmpty())
        m_limit->clear();
    else
        m_limit->showMessage(MessageBar::Kind::Info, text);
    showNotices();
}

void LivePage::setFollowing(bool isFollowing)
{
    m_isFollowing = isFollowing;
    m_follow->setChecked(isFollowing);
    m_registry.setChecked(ids::kFollowTraffic, isFollowing);
    if (isFollowing) {
        const QScopedValueRollback<bool> moving(m_isMoving, true);
        m_table->scrollToBottom();
    }
    m_lastScroll = m_table->verticalScrollBar()->value();
}

// Scrolling up means reading: the table stays. Back at the end it follows again.
void LivePage::onScrolled(int value)
{
    const int before = std::exchange(m_lastScroll, value);
    if (m_isMoving)
        return;
    const int end = m_table->verticalScrollBar()->maximum();
    if (m_isFollowing && value < before && value < end)
        setFollowing(false);
    else if (!m_isFollowing && value > before && value == end)
        setFollowing(true);
}

void LivePage::applyFilter()
{
    m_filterDelay.stop();
    const QString text = m_filter->text().trimmed();
    QString problem;
    m_presenter.traffic().setFilter(text, static_cast<TrafficModel::Show>(m_show->current()), filterOf(text, problem));
    theme::setInvalid(m_filter, !problem.isEmpty());
    m_filter->setToolTip(problem.isEmpty() ? tr("Words, or conditions: status >= 500 and endpoint ~ pricing")
                                           : widgets::literalToolTip(problem));
    showCounts();
    showStack();
    setFollowing(m_isFollowing);
}

void LivePage::applyListen()
{
    const bool isFine = m_presenter.setListen(m_listen->text());
    theme::setInvalid(m_listen, !isFine);
    if (isFine) {
        m_startHere->setText(tr("Start on %1").arg(m_presenter.listen()));
        m_startHere->setAccessibleName(m_startHere->text());
    }
    m_run->setEnabled(isFine);
    m_startHere->setEnabled(isFine);
}

void LivePage::chooseCapture()
{
    auto *dialog = new QFileDialog(window(), tr("Record to"), m_presenter.captureFile(), tr("Captures (*.parallax)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"parallax"_s);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // a capture that is there is gone on with
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &LivePresenter::setCaptureFile);
    dialog->open();
}

QString LivePage::endpointInView() const
{
    return m_detail->exchange() ? m_detail->exchange()->endpoint : QString();
}

// Fixed columns keep their place while rows come; the first difference takes what is left.
void LivePage::layOutColumns()
{
    const TrafficModel &traffic = m_presenter.traffic();
    QHeaderView *header = m_table->horizontalHeader();
    const bool isNarrow = width() < 1150;
    const auto set = [&](int column, int wide, int narrow) { header->resizeSection(column, isNarrow ? narrow : wide); };
    set(TrafficModel::TimeColumn, m_theme.width(112), m_theme.width(112));
    set(TrafficModel::EndpointColumn, 146, 118);
    set(TrafficModel::RequestColumn, 236, 156);
    set(TrafficModel::PrimaryColumn, m_theme.width(108), m_theme.width(102));
    for (int column = TrafficModel::FirstMirrorColumn; column < traffic.differenceColumn(); ++column)
        set(column, m_theme.width(130), m_theme.width(122));
    set(traffic.sizeColumn(), 80, 72);
    int used = 0;
    for (int column = 0; column < header->count(); ++column)
        used += column == traffic.differenceColumn() ? 0 : header->sectionSize(column);
    header->resizeSection(traffic.differenceColumn(),
                          std::max(isNarrow ? 100 : 160, m_table->viewport()->width() - used));
}

bool LivePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        layOutColumns();
    return QWidget::eventFilter(watched, event);
}

void LivePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOutColumns();
    m_listening->setVisible(event->size().width() >= 1000);
}

} // namespace parallax::ui
