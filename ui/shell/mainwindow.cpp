// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/shell/commandbutton.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/findcommands.h"
#include "ui/shell/firststeps.h"
#include "ui/shell/homepage.h"
#include "ui/shell/rail.h"
#include "ui/shell/rowcopier.h"
#include "ui/shell/shortcutsheet.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>
#include <QStatusTipEvent>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;
using theme::Theme;
namespace ids = commands::ids;
namespace metrics = theme::metrics;

namespace {

constexpr auto kPane = "parallaxPane";

constexpr std::array kAppearances{std::pair{ids::kAppearanceSystem, Theme::Mode::System},
                                  std::pair{ids::kAppearanceLight, Theme::Mode::Light},
                                  std::pair{ids::kAppearanceDark, Theme::Mode::Dark}};

/// The frame that says that a target is beyond this machine. Lies over everything and takes no input.
class BeyondFrame : public QWidget
{
public:
    BeyondFrame(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(QPen(m_theme.color(Role::Warning), 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }

private:
    const Theme &m_theme;
};

} // namespace

void markPane(QWidget *pane)
{
    pane->setProperty(kPane, true);
}

MainWindow::MainWindow(commands::CommandRegistry &registry, Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_registry(registry)
    , m_theme(theme)
    , m_status(new StatusStrip(theme))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Parallax"_s);
    setMinimumSize(metrics::kMinimumWindowWidth, metrics::kMinimumWindowHeight);
    resize(1440, 900);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    bindCommands();
    bindAppearance();
    buildMenuBar();
    buildCentre();
    setStatusBar(m_status);
    m_toast = new widgets::Toast(theme, this);
    m_palette = new CommandPalette(theme, registry, this);
    new RowCopier(registry, *this, m_palette);
    m_beyondFrame = new BeyondFrame(theme, this);
    auto *beyond = new widgets::Pill(theme, {tr("Beyond this machine"), widgets::PillKind::Warning, u"globe"_s, false});
    beyond->setObjectName(u"statusBeyond"_s);
    m_beyondPill = beyond;
    m_status->addPermanentWidget(beyond);
    beyond->hide();
    setWorkspace({});
}

MainWindow::~MainWindow() = default;

void MainWindow::buildMenuBar()
{
    QMenuBar *bar = menuBar();
    bar->setNativeMenuBar(false);
    bar->setObjectName(u"menuBar"_s);
    m_registry.buildMenus(*bar);
    auto *corner = new QWidget;
    auto *row = new QHBoxLayout(corner);
    row->setContentsMargins(12, 0, 2, 0);
    row->setSpacing(6);
    auto *icon = new widgets::IconLabel(m_theme, u"folder"_s, Role::Muted, metrics::kSmallIconSize);
    m_folderIcon = icon;
    m_folder = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_folder->setObjectName(u"workspaceName"_s);
    auto *search = new CommandButton(m_theme, m_registry.action(ids::kPalette));
    row->addWidget(icon);
    row->addWidget(m_folder);
    row->addSpacing(6);
    row->addWidget(search);
    theme::follow(m_theme, corner,
                  [this, corner] { corner->setFixedHeight(m_theme.height(metrics::kMenuBarHeight - 8)); });
    bar->setCornerWidget(corner);
}

void MainWindow::buildCentre()
{
    auto *centre = new QWidget;
    auto *row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new Rail(m_theme);
    m_rail->setPreferencesAction(m_registry.action(ids::kPreferences));
    m_stack = new QStackedWidget;
    m_stack->setObjectName(u"pages"_s);
    m_home = new HomePage(m_theme, m_registry);
    m_stack->addWidget(m_home);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_notice = new widgets::MessageBar(m_theme, u"windowNotice"_s);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    m_steps = new FirstSteps(m_theme);
    m_steps->hide();
    column->addWidget(m_steps);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    setCentralWidget(centre);
    connect(m_rail, &Rail::chosen, this, &MainWindow::setMode);
}

void MainWindow::bindCommands()
{
    const auto hasFolder = [this] { return commands::Availability::when(m_hasWorkspace, tr("Open a folder first")); };
    static constexpr std::array kModes{ids::kModeEdit, ids::kModeLive, ids::kModeReplay, ids::kModeCompare};
    for (int i = 0; i < kModeCount; ++i)
        m_registry.bind(
            kModes[static_cast<std::size_t>(i)], this, [this, i] { setMode(static_cast<Mode>(i)); }, hasFolder);
    m_registry.bind(ids::kPalette, this, [this] { m_palette->open(); });
    m_registry.bind(ids::kShortcuts, this, [this] { showShortcuts(); });
    m_registry.bind(ids::kQuit, this, [this] { close(); });
    bindFindCommands(m_registry, *this);
    m_registry.bind(
        ids::kNextPane, this, [this] { goToPane(1); }, hasFolder);
    m_registry.bind(
        ids::kPreviousPane, this, [this] { goToPane(-1); }, hasFolder);
    m_registry.bind(ids::kMenuBar, this, [this] {
        menuBar()->setFocus(Qt::MenuBarFocusReason);
        menuBar()->setActiveAction(menuBar()->actions().constFirst());
    });
    m_registry.bind(
        ids::kMoveDivider, this, [this] { goToDivider(); }, hasFolder);
    m_registry.bind(ids::kFullScreen, this, [this] {
        setWindowState(windowState() ^ Qt::WindowFullScreen);
        m_registry.setChecked(ids::kFullScreen, isFullScreen());
    });
}

void MainWindow::bindAppearance()
{
    for (const auto &[id, mode] : kAppearances) {
        m_registry.bind(id, this, [this, mode = mode] {
            m_theme.setMode(mode);
            showAppearance();
        });
    }
    showAppearance();
}

void MainWindow::showAppearance()
{
    for (const auto &[id, mode] : kAppearances)
        m_registry.setChecked(id, m_theme.mode() == mode);
}

void MainWindow::setPage(Mode mode, QWidget *page)
{
    QWidget *&slot = m_pages[static_cast<std::size_t>(mode)];
    if (slot != nullptr) {
        m_stack->removeWidget(slot);
        slot->deleteLater();
    }
    slot = page;
    m_stack->addWidget(page);
    updateRail();
    Q_EMIT pageAdded(mode);
}

void MainWindow::setPageFactory(Mode mode, std::function<QWidget *()> factory)
{
    m_factories[static_cast<std::size_t>(mode)] = std::move(factory);
    updateRail();
}

void MainWindow::removePage(Mode mode)
{
    m_factories[static_cast<std::size_t>(mode)] = nullptr;
    if (QWidget *page = std::exchange(m_pages[static_cast<std::size_t>(mode)], nullptr)) {
        m_stack->removeWidget(page);
        page->hide();
        page->deleteLater();
    }
    updateRail();
}

void MainWindow::present()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

QWidget *MainWindow::page(Mode mode) const
{
    return m_pages[static_cast<std::size_t>(mode)];
}

void MainWindow::setMode(Mode mode)
{
    const auto at = static_cast<std::size_t>(mode);
    if (m_hasWorkspace && m_pages[at] == nullptr && m_factories[at])
        setPage(mode, std::exchange(m_factories[at], nullptr)());
    if (!m_hasWorkspace || m_pages[at] == nullptr) {
        updateRail();
        return;
    }
    const bool isNew = m_stack->currentWidget() != m_pages[at];
    m_stack->setCurrentWidget(m_pages[at]);
    updateRail();
    m_registry.refresh();
    if (isNew)
        Q_EMIT modeChanged(mode);
}

std::optional<Mode> MainWindow::mode() const
{
    const auto found = std::find(m_pages.cbegin(), m_pages.cend(), m_stack->currentWidget());
    if (found == m_pages.cend())
        return std::nullopt;
    return static_cast<Mode>(found - m_pages.cbegin());
}

void MainWindow::updateRail()
{
    static constexpr std::array kModes{ids::kModeEdit, ids::kModeLive, ids::kModeReplay, ids::kModeCompare};
    const std::optional<Mode> current = mode();
    for (int i = 0; i < kModeCount; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool exists = m_pages[at] != nullptr || m_factories[at];
        m_rail->setModeEnabled(static_cast<Mode>(i), m_hasWorkspace && exists, tr("Open a folder first"));
        m_registry.setChecked(kModes[at], current && static_cast<int>(*current) == i);
    }
    if (current)
        m_rail->setCurrent(*current);
    else
        m_rail->clearCurrent();
}

void MainWindow::setWorkspace(const QString &name, const QString &path)
{
    m_hasWorkspace = !name.isEmpty();
    m_folder->setText(name);
    m_folder->setToolTip(path);
    m_folder->setVisible(m_hasWorkspace);
    m_folderIcon->setVisible(m_hasWorkspace);
    setWindowTitle(m_hasWorkspace ? tr("%1 - Parallax").arg(name) : u"Parallax"_s);
    setWindowFilePath(path);
    if (!m_hasWorkspace)
        m_stack->setCurrentWidget(m_home);
    else if (!mode())
        setMode(Mode::Edit);
    updateRail();
    m_registry.refresh();
}

void MainWindow::setRouterRunning(bool isRunning)
{
    m_rail->setRouterRunning(isRunning);
}

void MainWindow::setBeyondThisMachine(const QStringList &what)
{
    const bool isBeyond = !what.isEmpty();
    m_beyondPill->setToolTip(widgets::literalToolTip(what.join(u'\n')));
    m_beyondFrame->setGeometry(rect());
    m_beyondFrame->setVisible(isBeyond);
    m_beyondFrame->raise();
    m_beyondPill->setVisible(isBeyond);
}

void MainWindow::setCloseGuard(std::function<bool()> guard)
{
    m_closeGuard = std::move(guard);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_closeGuard && !m_closeGuard()) {
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

// What a menu entry or button does shows in the status bar while the pointer is on it.
bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::StatusTip) {
        m_status->setHint(static_cast<QStatusTipEvent *>(event)->tip());
        return true;
    }
    return QMainWindow::event(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_beyondFrame->setGeometry(rect());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    if (!paths.isEmpty())
        Q_EMIT dropped(paths);
    else if (event->mimeData()->hasText())
        Q_EMIT textDropped(event->mimeData()->text());
    event->acceptProposedAction();
}

void MainWindow::showShortcuts()
{
    auto *sheet = new ShortcutSheet(m_theme, m_registry, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::goToPane(int step)
{
    QList<QWidget *> panes;
    const QList<QWidget *> all = m_stack->currentWidget()->findChildren<QWidget *>();
    for (QWidget *widget : all) {
        if (widget->property(kPane).toBool() && widget->isVisible())
            panes.append(widget);
    }
    if (panes.isEmpty())
        return;
    const auto place = [this](const QWidget *pane) { return pane->mapTo(this, QPoint()); };
    std::stable_sort(panes.begin(), panes.end(), [&place](const QWidget *a, const QWidget *b) {
        const QPoint left = place(a);
        const QPoint right = place(b);
        return left.x() != right.x() ? left.x() < right.x() : left.y() < right.y();
    });
    const QWidget *focus = QApplication::focusWidget();
    qsizetype current = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (focus != nullptr && (panes.at(i) == focus || panes.at(i)->isAncestorOf(focus)))
            current = i;
    }
    const qsizetype next =
        current < 0 ? (step > 0 ? 0 : panes.size() - 1) : (current + step + panes.size()) % panes.size();
    QWidget *pane = panes.at(next);
    if (pane->focusPolicy() == Qt::NoFocus) {
        // The first widget inside that takes the focus.
        for (QWidget *inside : pane->findChildren<QWidget *>()) {
            if (inside->focusPolicy() & Qt::TabFocus && inside->isVisible() && inside->isEnabled()) {
                pane = inside;
                break;
            }
        }
    }
    pane->setFocus(Qt::TabFocusReason);
}

/// The nearest around where the user is; from a divider on to the next.
void MainWindow::goToDivider()
{
    QList<std::pair<widgets::PaneSplitter *, int>> dividers;
    for (auto *splitter : m_stack->currentWidget()->findChildren<widgets::PaneSplitter *>()) {
        for (const int divider : splitter->movableDividers())
            dividers.append({splitter, divider});
    }
    if (dividers.isEmpty())
        return m_status->say(tr("No divider here can be moved"));
    const QWidget *focus = QApplication::focusWidget();
    qsizetype next = 0;
    for (qsizetype i = 0; i < dividers.size(); ++i) {
        const auto &[splitter, divider] = dividers.at(i);
        if (splitter->handle(divider) == focus) {
            next = (i + 1) % dividers.size();
            break;
        }
        if (focus != nullptr && splitter->isAncestorOf(focus))
            next = i; // the children stand behind their parents: the innermost
    }
    dividers.at(next).first->beginMoving(dividers.at(next).second);
}

} // namespace parallax::shell
