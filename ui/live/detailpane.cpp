// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/detailpane.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/detailsource.h"
#include "ui/models/displaytext.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

using Kind = DetailView::Kind;

namespace {

QToolButton *commandButton(const commands::CommandRegistry &registry, QLatin1StringView id, const QString &objectName,
                           const QString &name)
{
    auto *button = new QToolButton;
    button->setDefaultAction(registry.action(id));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    theme::setKind(button, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(button, objectName, name);
    return button;
}

} // namespace

constexpr int kPatienceMs = 200;
constexpr int kToolsPlace = 3; // in the header: behind the tabs, the two requests and what stretches

DetailPane::DetailPane(const theme::Theme &theme, commands::CommandRegistry &registry, DetailSource &source,
                       QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_source(source)
    , m_late(this)
{
    setObjectName(u"liveDetail"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader();
    m_stack = new QStackedWidget;
    m_emptyText = tr("Select a request to see it with every answer.");
    m_empty = new widgets::EmptyState(theme, u"detailEmpty"_s, m_emptyText);
    m_text = widgets::makeCodeView(theme, u"messageText"_s, tr("Message"));
    m_text->setReadOnly(true);
    m_text->setLanguage(widgets::Language::Json);
    m_diff = new widgets::DiffView(theme, u"liveDiff"_s, tr("Primary response"), tr("Mirror response"));
    connect(m_diff, &widgets::DiffView::currentDifferenceChanged, this, &DetailPane::updateTools);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_diff);
    m_size = new widgets::MessageBar(theme, u"detailSize"_s);
    column->addWidget(m_size);
    column->addWidget(m_stack, 1);
    shell::markPane(this);
    bindBodyCommands();
    connect(&source, &DetailSource::detailReady, this, &DetailPane::show);
    m_late.setSingleShot(true);
    m_late.setInterval(kPatienceMs);
    connect(&m_late, &QTimer::timeout, this, [this] {
        m_empty->setSentence(tr("Preparing what is shown…"));
        m_stack->setCurrentWidget(m_empty);
    });
    rebuildTabs();
    updateTools();
}

void DetailPane::buildHeader()
{
    auto *header = new widgets::PaneHeader(m_theme, nullptr, Role::Window, Qt::BottomEdge);
    m_header = header;
    header->row()->setContentsMargins(4, 0, 12, 1);
    header->row()->setSpacing(2);
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    theme::setNames(m_tabs, u"detailTabs"_s, tr("Request and answers"));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (!m_exchange || tab < 0)
            return;
        const DetailView chosen = viewOfTab(tab);
        // The side-by-side view remembers its mirror.
        m_view.kind = chosen.kind;
        if (chosen.kind == Kind::Mirror)
            m_view.mirror = chosen.mirror;
        m_view.isWhole = false;
        ask();
    });
    header->row()->addWidget(m_tabs);
    buildTwo();
    header->row()->addWidget(m_two, 100);
    header->row()->addStretch(1);
    m_compareTools = new QWidget;
    auto *tools = new QHBoxLayout(m_compareTools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(2);
    m_baseline = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    tools->addWidget(m_baseline);
    tools->addSpacing(8);
    m_mirrors = new widgets::SegmentedControl(m_theme, u"detailMirror"_s, tr("Beside the primary"));
    connect(m_mirrors, &widgets::SegmentedControl::chosen, this, [this](int index) {
        m_view.mirror = mirrorNames().value(index);
        ask();
    });
    tools->addWidget(m_mirrors);
    tools->addSpacing(8);
    tools->addWidget(commandButton(m_registry, ids::kPreviousDifference, u"livePrevious"_s, tr("Previous difference")));
    tools->addWidget(commandButton(m_registry, ids::kNextDifference, u"liveNext"_s, tr("Next difference")));
    m_position = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_position->setMinimumWidth(m_theme.metrics(TextStyle::Caption).horizontalAdvance(u"10 of 10"_s));
    m_position->setAlignment(Qt::AlignCenter);
    tools->addSpacing(4);
    tools->addWidget(m_position);
    QWidget *line = widgets::hairline(m_theme, Qt::Vertical, m_compareTools);
    line->setFixedHeight(18);
    tools->addSpacing(4);
    tools->addWidget(line);
    tools->addSpacing(4);
    header->row()->addWidget(m_compareTools);
    m_tools = new QWidget;
    auto *always = new QHBoxLayout(m_tools);
    always->setContentsMargins(0, 0, 0, 0);
    always->setSpacing(2);
    m_raw = commandButton(m_registry, ids::kRawBody, u"liveRaw"_s, tr("Raw text"));
    m_raw->setToolButtonStyle(Qt::ToolButtonTextOnly);
    always->addWidget(m_raw);
    always->addWidget(commandButton(m_registry, ids::kWrapLines, u"liveWrap"_s, tr("Wrap lines")));
    auto *copy = new QToolButton;
    copy->setIcon(m_theme.icon(u"copy"_s));
    copy->setToolTip(tr("Copies what is shown"));
    theme::setKind(copy, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(copy, u"copyShown"_s, tr("Copy what is shown"));
    connect(copy, &QToolButton::clicked, this, &DetailPane::copyShown);
    always->addWidget(copy);
    always->addWidget(commandButton(m_registry, ids::kSaveBody, u"liveSave"_s, tr("Save body")));
    header->row()->addWidget(m_tools);
    m_count = new widgets::Pill(m_theme);
    layout()->addWidget(header);
    m_toolRow = new widgets::PaneHeader(m_theme, nullptr, Role::Window, Qt::BottomEdge);
    m_toolRow->row()->addStretch(1);
    m_toolRow->hide();
    layout()->addWidget(m_toolRow);
}

void DetailPane::buildTwo()
{
    m_two = new QWidget;
    auto *row = new QHBoxLayout(m_two);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(4);
    m_twoTitle = new widgets::Label(m_theme, {}, TextStyle::Name);
    m_twoTitle->setObjectName(u"twoTitle"_s);
    m_twoTitle->setElideMode(Qt::ElideMiddle);
    auto *close = new QToolButton;
    close->setIcon(m_theme.icon(u"close"_s));
    close->setToolTip(tr("Goes back to the selected request"));
    theme::setKind(close, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(close, u"closeTwo"_s, tr("Close the comparison"));
    connect(close, &QToolButton::clicked, this, &DetailPane::twoClosed);
    row->addWidget(close);
    row->addWidget(m_twoTitle, 1);
    m_two->hide();
}

namespace {

/// `12:04:09.120 pricing 200 41 ms`
QString briefly(const traffic::Exchange &exchange)
{
    const QString time = exchange.arrival ? display::timeOfDay(*exchange.arrival) : exchange.requestId;
    return QStringList{time, exchange.endpoint, display::answer(exchange.primary),
                       display::milliseconds(exchange.primary)}
        .join(u' ')
        .simplified();
}

} // namespace

void DetailPane::compareTwo(const traffic::ExchangePtr &left, const traffic::ExchangePtr &right)
{
    m_exchange = left;
    m_other = right;
    m_tabs->hide();
    m_two->show();
    m_twoTitle->setText(tr("%1  and  %2").arg(briefly(*left), briefly(*right)));
    nameSides();
    request({Kind::Two, {}, right});
    updateTools();
}

/// As an outside driver and a screen reader know them.
void DetailPane::nameSides()
{
    m_diff->left()->setAccessibleName(m_other ? tr("Response to the first request") : tr("Primary response"));
    m_diff->right()->setAccessibleName(m_other ? tr("Response to the second request") : tr("Mirror response"));
}

void DetailPane::takeFocus()
{
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void DetailPane::addCommand(QLatin1StringView id, const QString &objectName, const QString &name)
{
    static_cast<QHBoxLayout *>(m_tools->layout())->insertWidget(0, commandButton(m_registry, id, objectName, name));
}

QStringList DetailPane::mirrorNames() const
{
    QStringList names;
    if (m_exchange) {
        for (const traffic::Reply &mirror : m_exchange->mirrors)
            names += mirror.name;
    }
    return names;
}

/// Request, primary, every mirror, differences.
DetailView DetailPane::viewOfTab(int tab) const
{
    const QStringList mirrors = mirrorNames();
    if (tab <= 0)
        return {Kind::Request, {}};
    if (tab == 1)
        return {Kind::Primary, {}};
    if (tab - 2 < mirrors.size())
        return {Kind::Mirror, mirrors.at(tab - 2)};
    return {Kind::Differences, m_view.mirror};
}

void DetailPane::rebuildTabs()
{
    const QStringList mirrors = mirrorNames();
    QStringList wanted = mirrors;
    wanted.prepend(m_exchange ? m_exchange->primary.name : QString());
    if (m_tabs->count() > 0 && m_tabsOf == wanted)
        return;
    m_tabsOf = wanted;
    const QSignalBlocker blocker(m_tabs);
    // The pill belongs to a tab that goes; it is given to the new one.
    const int differences = m_tabs->count() - 1;
    if (differences >= 0)
        m_tabs->setTabButton(differences, QTabBar::RightSide, nullptr);
    m_count->setParent(this);
    m_count->hide();
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    m_tabs->addTab(tr("Request"));
    m_mirrors->clear();
    if (m_exchange) {
        m_tabs->addTab(widgets::identityIcon(m_theme, widgets::kPrimary), m_exchange->primary.name);
        const QStringList known = m_source.mirrorNames();
        for (const QString &mirror : mirrors) {
            const QIcon icon = widgets::identityIcon(m_theme, static_cast<int>(known.indexOf(mirror)));
            m_tabs->addTab(icon, mirror);
            m_mirrors->addSegment(mirror, icon, tr("%1 beside the primary").arg(mirror));
        }
        if (!mirrors.isEmpty()) {
            const int tab = m_tabs->addTab(tr("Differences"));
            m_tabs->setTabButton(tab, QTabBar::RightSide, m_count);
        }
    }
    m_tabs->setEnabled(m_exchange != nullptr);
}

void DetailPane::setEmptyText(const QString &text)
{
    m_emptyText = text;
    if (!m_exchange)
        m_empty->setSentence(text);
}

void DetailPane::setExchange(const traffic::ExchangePtr &exchange)
{
    if (m_exchange == exchange && !m_other)
        return;
    const bool wasTwo = std::exchange(m_other, nullptr) != nullptr;
    if (wasTwo) {
        m_tabs->show();
        m_two->hide();
        nameSides();
    }
    const bool isOther =
        !m_exchange || !exchange || exchange->requestId.isEmpty() || m_exchange->requestId != exchange->requestId;
    m_exchange = exchange;
    rebuildTabs();
    if (!exchange) {
        m_late.stop();
        m_detail = nullptr;
        showSize();
        m_stack->setCurrentWidget(m_empty);
        m_empty->setSentence(m_emptyText);
        updateTools();
        return;
    }
    const QStringList mirrors = mirrorNames();
    if (isOther)
        m_view.isWhole = false;
    if (isOther && !mirrors.isEmpty() && m_view.kind == Kind::Differences) {
        // The first that differs, unless the one looked at does.
        const auto differs = [](const traffic::Reply &one) { return one.differences > 0; };
        const auto &all = exchange->mirrors;
        const auto current = std::find_if(all.begin(), all.end(),
                                          [this](const traffic::Reply &one) { return one.name == m_view.mirror; });
        const auto first = std::find_if(all.begin(), all.end(), differs);
        if (first != all.end() && (current == all.end() || !differs(*current)))
            m_view.mirror = first->name;
    }
    if (!mirrors.contains(m_view.mirror))
        m_view.mirror = mirrors.value(0);
    ask();
}

void DetailPane::ask()
{
    DetailView view = m_view;
    const QStringList mirrors = mirrorNames();
    if (mirrors.isEmpty() && (view.kind == Kind::Mirror || view.kind == Kind::Differences))
        view.kind = Kind::Primary; // for this one only
    const auto mirror = static_cast<int>(mirrors.indexOf(view.mirror));
    int tab = 0;
    if (view.kind == Kind::Primary)
        tab = 1;
    else if (view.kind == Kind::Mirror)
        tab = 2 + mirror;
    else if (view.kind == Kind::Differences)
        tab = m_tabs->count() - 1;
    {
        const QSignalBlocker blocker(m_tabs);
        m_tabs->setCurrentIndex(tab);
    }
    if (mirror >= 0)
        m_mirrors->setCurrent(mirror);
    request(view);
    updateTools();
}

// A short wait keeps what stands there; a longer one says what it is for. Another row or tab ends it.
void DetailPane::request(const DetailView &view)
{
    m_late.start();
    m_source.showDetail(m_exchange, view);
}

void DetailPane::show(const ExchangeDetailPtr &detail)
{
    if (detail->exchange != m_exchange || detail->view.other != m_other)
        return;
    m_late.stop();
    m_detail = detail;
    if (detail->view.kind != Kind::Differences && detail->view.kind != Kind::Two) {
        m_text->setText(detail->text);
        m_stack->setCurrentWidget(m_text);
    } else if (detail->document) {
        m_diff->setDocument(detail->document);
        m_stack->setCurrentWidget(m_diff);
    } else {
        m_diff->setDocument(nullptr);
        m_empty->setSentence(detail->missing);
        m_stack->setCurrentWidget(m_empty);
    }
    showSize();
    updateTools();
}

void DetailPane::updateTools()
{
    const bool isComparing =
        m_other || (m_exchange && m_view.kind == Kind::Differences && !m_exchange->mirrors.empty());
    m_compareTools->setVisible(isComparing);
    m_mirrors->setVisible(!m_other);
    const int stops = m_diff->differenceCount();
    m_position->setText(stops == 0 ? QString() : tr("%1 of %2").arg(m_diff->currentDifference() + 1).arg(stops));
    if (m_exchange) {
        m_baseline->setText(tr("%1 and").arg(m_exchange->primary.name));
        const auto &all = m_exchange->mirrors;
        const auto mirror = std::find_if(all.begin(), all.end(),
                                         [this](const traffic::Reply &one) { return one.name == m_view.mirror; });
        const int differences = mirror == all.end() ? 0 : mirror->differences;
        m_count->setPill({QString::number(differences), widgets::PillKind::Different, {}, true});
        m_count->setVisible(differences > 0);
    }
    fitHeader();
    m_registry.refresh();
}

// The tabs come before the words beside the choice of the mirror, and before the tools, which get a row of their own.
void DetailPane::fitHeader()
{
    const bool hasTools = !m_compareTools->isHidden();
    const int ends = m_tools->sizeHint().width() + 20;
    const int room = m_other ? width() : width() - m_tabs->sizeHint().width() - ends;
    m_baseline->setVisible(true);
    const int whole = m_compareTools->sizeHint().width();
    m_baseline->setVisible(false);
    const bool isOneRow = !hasTools || m_compareTools->sizeHint().width() <= room;
    m_baseline->setVisible(!m_other && (!isOneRow || whole <= room));
    const bool wasOneRow = m_header->row()->indexOf(m_compareTools) >= 0;
    if (isOneRow && !wasOneRow)
        m_header->row()->insertWidget(kToolsPlace, m_compareTools);
    else if (!isOneRow && wasOneRow)
        m_toolRow->row()->addWidget(m_compareTools);
    if (isOneRow != wasOneRow)
        m_compareTools->setVisible(hasTools);
    m_toolRow->setVisible(!isOneRow);
}

void DetailPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeader();
}

void DetailPane::nextDifference()
{
    m_diff->nextDifference();
}

void DetailPane::previousDifference()
{
    m_diff->previousDifference();
}

int DetailPane::differenceCount() const
{
    return m_stack->currentWidget() == m_diff ? m_diff->differenceCount() : 0;
}

void DetailPane::setWrapped(bool isWrapped)
{
    m_isWrapped = isWrapped;
    m_text->setWrapped(isWrapped);
    m_diff->setWrapped(isWrapped);
}

void DetailPane::copyShown()
{
    if (!m_detail)
        return;
    if (m_detail->document)
        QGuiApplication::clipboard()->setText(m_detail->document->plainText(widgets::DiffSide::Left) + u'\n' +
                                              m_detail->document->plainText(widgets::DiffSide::Right));
    else
        QGuiApplication::clipboard()->setText(m_detail->text);
}

} // namespace parallax::ui
