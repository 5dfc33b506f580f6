// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/sidebar.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/namedelegate.h"
#include "ui/edit/namedialog.h"
#include "ui/edit/newendpoint.h"
#include "ui/edit/sidestrip.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/spinner.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

SideBar::SideBar(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
                 QWidget *parent)
    : Surface(theme, Role::Window, {}, parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
{
    setObjectName(u"editSideBar"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *lists = new widgets::PaneSplitter(Qt::Vertical, u"editListSplitter"_s, [](int height) {
        const int deployments = height * 2 / 7;
        return QList<int>{height - deployments - 1, deployments};
    });
    m_lists = lists;
    column->addWidget(lists);
    const auto addPane = [lists](int leastHeight) {
        auto *pane = new QWidget;
        pane->setMinimumHeight(leastHeight);
        lists->addWidget(pane);
        auto *inner = new QVBoxLayout(pane);
        inner->setContentsMargins(0, 0, 0, 0);
        inner->setSpacing(0);
        return inner;
    };
    buildEndpoints(*addPane(160));
    buildDeployments(*addPane(96));
    lists->setStretchFactor(0, 1);
    theme::setNames(lists->handle(1), u"editListDivider"_s, tr("Divider between endpoints and deployments"));
    m_strip = new SideStrip(theme, registry, m_model, m_endpoints->selectionModel());
    for (QAction *action : m_endpoints->actions())
        m_strip->list()->addAction(action);
    connect(m_strip, &SideStrip::unfoldWanted, this, [this] {
        setFolded(false);
        m_endpoints->setFocus(Qt::OtherFocusReason);
    });
    connect(m_strip, &SideStrip::filterWanted, this, &SideBar::focusFilter);
    connect(m_strip, &SideStrip::deploymentsWanted, this, [this] {
        setFolded(false);
        m_deployments->setFocus(Qt::OtherFocusReason);
    });
    column->addWidget(m_strip);
    bindCommands();
    showFold();
    connect(&presenter, &EditPresenter::opened, this, &SideBar::refresh);
    connect(&presenter, &EditPresenter::loaded, this, &SideBar::refresh);
    connect(&presenter, &EditPresenter::documentChanged, this, [this](const QString &name) {
        m_model.update({name, m_presenter.state(name)});
        m_registry.refresh();
    });
    connect(&m_health, &TargetCheck::changed, this, &SideBar::showHealth);
    refresh();
}

void SideBar::buildEndpoints(QVBoxLayout &column)
{
    auto *head = new widgets::PaneHeader(m_theme, nullptr, Role::Window, {});
    head->row()->addWidget(new widgets::Label(m_theme, tr("Endpoints"), TextStyle::CaptionStrong, Role::Text2));
    head->row()->addStretch(1);
    auto *add = new QToolButton;
    add->setDefaultAction(m_registry.action(ids::kNewEndpoint));
    add->setToolButtonStyle(Qt::ToolButtonIconOnly);
    theme::setNames(add, u"newEndpoint"_s, tr("New endpoint"));
    head->row()->addWidget(add);
    m_fold = new QToolButton;
    m_fold->setIcon(m_theme.icon(u"sidebar"_s));
    theme::setNames(m_fold, u"foldSideBar"_s, tr("Fold side bar"));
    m_fold->setToolTip(tr("Folds the lists to a strip (F9)"));
    connect(m_fold, &QToolButton::clicked, this, [this] {
        setFolded(true);
        m_strip->list()->setFocus(Qt::OtherFocusReason);
    });
    head->row()->addWidget(m_fold);
    column.addWidget(head);
    m_filter = new widgets::FilterField(m_theme, u"endpointFilter"_s, tr("Filter endpoints"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->installEventFilter(this);
    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(10, 0, 10, 8);
    filterRow->addWidget(m_filter);
    column.addLayout(filterRow);

    m_endpoints = makeRowList(m_model, new EndpointDelegate(m_theme), u"endpointList"_s, tr("Endpoints"));
    m_endpoints->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_endpoints->viewport()->setAutoFillBackground(false);
    m_endpoints->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const QLatin1StringView id : {ids::kNewEndpoint, ids::kDuplicateEndpoint, ids::kRenameEndpoint,
                                       ids::kDeleteEndpoint, ids::kCopyUrl, ids::kCopyCurl})
        m_endpoints->addAction(m_registry.action(id));
    shell::markPane(m_endpoints);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_endpoints);
    m_noMatch = new widgets::EmptyState(m_theme, u"endpointsNoMatch"_s, {});
    connect(m_noMatch->addButton(tr("Clear filter"), u"clearEndpointFilter"_s), &QPushButton::clicked, m_filter,
            &QLineEdit::clear);
    m_stack->addWidget(m_noMatch);
    m_noEndpoints = new widgets::EmptyState(m_theme, u"noEndpoints"_s, tr("This folder has no endpoints yet."));
    connect(m_noEndpoints->addButton(tr("New endpoint…"), u"firstEndpoint"_s), &QPushButton::clicked, this,
            [this] { m_registry.run(ids::kNewEndpoint); });
    m_stack->addWidget(m_noEndpoints);
    column.addWidget(m_stack, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        {
            const QSignalBlocker blocker(m_endpoints->selectionModel());
            m_model.setFilter(text);
        }
        setCurrent(m_current);
        updateEmpty();
    });
    connect(m_endpoints->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (!index.isValid() || m_model.row(index.row()).name == m_current)
                    return;
                m_current = m_model.row(index.row()).name;
                Q_EMIT chosen(m_current);
            });
    connect(m_endpoints->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_registry.refresh(); });
}

void SideBar::buildDeployments(QVBoxLayout &column)
{
    auto *head = new widgets::PaneHeader(m_theme, nullptr, Role::Window, {});
    head->row()->addWidget(new widgets::Label(m_theme, tr("Deployments"), TextStyle::CaptionStrong, Role::Text2));
    auto *reading = new widgets::Spinner(m_theme, tr("Reading the deployments and their versions"));
    reading->setToolTip(tr("Reading the deployments and their versions"));
    head->row()->addWidget(reading);
    head->row()->addStretch(1);
    connect(&m_presenter, &EditPresenter::loaded, reading, &widgets::Spinner::stop);
    connect(&m_presenter, &EditPresenter::failed, reading, &widgets::Spinner::stop);
    if (!m_presenter.workspace())
        reading->start();
    column.addWidget(head);
    m_deployments =
        makeRowList(m_deploymentModel, new NameDelegate(m_theme), u"deploymentList"_s, tr("Deployment list"));
    m_deployments->viewport()->setAutoFillBackground(false);
    m_deployments->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_deployments->addAction(m_registry.action(ids::kCompareVersions));
    m_deployments->addAction(m_registry.action(ids::kCheckTargets));
    shell::markPane(m_deployments);
    column.addWidget(m_deployments, 1);
}

void SideBar::setCurrent(const QString &name)
{
    m_current = name;
    const int row = m_model.rowOf(name);
    const QSignalBlocker blocker(m_endpoints->selectionModel());
    if (row < 0) {
        m_endpoints->selectionModel()->clear(); // a click on whatever stands there now chooses it
    } else if (m_endpoints->currentIndex().row() != row || !m_endpoints->selectionModel()->isRowSelected(row)) {
        m_endpoints->selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::ClearAndSelect);
        m_endpoints->scrollTo(m_model.index(row));
    }
    m_endpoints->viewport()->update();
    m_strip->list()->viewport()->update();
    if (row >= 0)
        m_strip->list()->scrollTo(m_model.index(row));
}

void SideBar::setNarrow(bool isNarrow)
{
    if (std::exchange(m_isNarrow, isNarrow) != isNarrow)
        showFold();
}

void SideBar::setFolded(bool isFolded)
{
    (m_isNarrow ? m_unfoldsNarrow : m_foldsWide) = m_isNarrow ? !isFolded : isFolded;
    showFold();
    Q_EMIT foldChanged();
}

int SideBar::viewState() const
{
    return (m_foldsWide ? 1 : 0) | (m_unfoldsNarrow ? 2 : 0);
}

void SideBar::setViewState(int state)
{
    m_foldsWide = (state & 1) != 0;
    m_unfoldsNarrow = (state & 2) != 0;
    showFold();
    Q_EMIT foldChanged();
}

/// The keyboard stays in what is shown.
void SideBar::showFold()
{
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    m_lists->setVisible(!isFolded());
    m_strip->setVisible(isFolded());
    m_fold->setVisible(m_isNarrow);
    m_registry.setChecked(ids::kSideBar, !isFolded());
    if (hadFocus)
        shownList()->setFocus(Qt::OtherFocusReason);
}

QListView *SideBar::shownList() const
{
    return isFolded() ? m_strip->list() : m_endpoints;
}

QStringList SideBar::selection() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_endpoints->selectionModel()->selectedRows())
        rows += index.row();
    std::sort(rows.begin(), rows.end());
    QStringList names;
    for (const int row : std::as_const(rows))
        names += m_model.row(row).name;
    if (names.isEmpty() && m_presenter.file(m_current))
        names += m_current;
    return names;
}

QString SideBar::first() const
{
    return m_model.rowCount() > 0 ? m_model.row(0).name : m_presenter.endpointNames().value(0);
}

void SideBar::focusFilter()
{
    if (isFolded())
        setFolded(false);
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

/// Down and Return go from the filter to what it found.
bool SideBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) && m_model.rowCount() > 0) {
            m_endpoints->setFocus(Qt::TabFocusReason);
            if (m_model.rowOf(m_current) < 0)
                Q_EMIT chosen(m_model.row(0).name);
            return true;
        }
    }
    return Surface::eventFilter(watched, event);
}

void SideBar::checkTargets()
{
    updateDeployments(true);
}

/// What is selected stays so by its name.
void SideBar::refresh()
{
    if (!m_presenter.workspace())
        return;
    const QStringList selected = selection();
    QList<EndpointListModel::Row> rows;
    for (const auto &[name, state] : m_presenter.states())
        rows.append({name, state});
    {
        const QSignalBlocker blocker(m_endpoints->selectionModel());
        m_model.setRows(rows);
    }
    if (m_model.rowOf(m_current) >= 0)
        setCurrent(m_current);
    if (selected.size() > 1) {
        for (const QString &name : selected) {
            if (const int row = m_model.rowOf(name); row >= 0)
                m_endpoints->selectionModel()->select(m_model.index(row), QItemSelectionModel::Select);
        }
    }
    updateEmpty();
    updateDeployments(false);
    m_registry.refresh();
}

void SideBar::updateEmpty()
{
    const int shown = m_model.rowCount();
    const int hidden = m_model.hiddenCount();
    const QString count = m_filter->text().isEmpty() ? QString() : tr("%1 of %2").arg(shown).arg(shown + hidden);
    m_filter->setCountText(count);
    m_strip->setFiltered(count);
    m_noMatch->setSentence(tr("No endpoint matches; %n hidden.", nullptr, hidden));
    m_stack->setCurrentWidget(shown > 0 ? static_cast<QWidget *>(m_endpoints) : hidden > 0 ? m_noMatch : m_noEndpoints);
}

void SideBar::updateDeployments(bool beyond)
{
    const targets::WorkspacePtr &workspace = m_presenter.workspace();
    if (!workspace || !workspace->catalogue)
        return;
    QList<NameListModel::Row> rows;
    QList<endpoints::DeploymentRef> asked;
    const QString branch = m_presenter.branchOrMain();
    for (const repository::Deployment &deployment : workspace->catalogue->deployments(branch)) {
        NameListModel::Row row;
        row.name = deployment.name;
        row.icon = u"deployment"_s;
        row.isMuted = deployment.archived;
        row.end = deployment.archived              ? tr("archived")
                  : deployment.newestVersion() > 0 ? tr("v%1").arg(deployment.newestVersion())
                                                   : QString();
        rows.append(row);
        asked.append({deployment.name, branch, {}});
    }
    if (rows.size() != m_deploymentModel.rowCount() || m_health.states().size() != rows.size() || beyond)
        m_deploymentModel.setRows(rows);
    else
        m_deploymentModel.setRows(withHealth(rows, m_health.states()));
    m_health.show(asked, workspace, beyond);
}

void SideBar::showHealth()
{
    m_deploymentModel.setRows(withHealth(m_deploymentModel.rows(), m_health.states()));
}

void SideBar::openNew()
{
    const targets::WorkspacePtr &workspace = m_presenter.workspace();
    if (!workspace || m_new)
        return;
    m_new = new NewEndpointDialog(m_theme, workspace->catalogue.get(), m_presenter.branchOrMain(),
                                  m_presenter.endpointNames(), window());
    m_new->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_new, &NewEndpointDialog::wanted, this,
            [this](const QString &name, const endpoints::DeploymentRef &deployment) {
                m_filter->clear();
                m_presenter.createEndpoint(name, deployment);
                Q_EMIT chosen(name);
            });
    const QPoint corner = mapTo(window(), QPoint(width() / 4, metrics::kPaneHeaderHeight));
    m_new->openAt(QRect(corner, QSize(380, 196)));
}

void SideBar::openRename()
{
    if (m_name || !m_presenter.file(m_current))
        return;
    auto *dialog =
        new NameDialog(m_theme, NameDialog::Purpose::Rename, m_current, m_presenter.endpointNames(), window());
    connect(dialog, &NameDialog::wanted, this,
            [this, name = m_current](const QString &newName) { m_presenter.rename(name, newName); });
    openName(dialog);
}

void SideBar::openDuplicate()
{
    if (m_name || !m_presenter.file(m_current))
        return;
    auto *dialog =
        new NameDialog(m_theme, NameDialog::Purpose::Duplicate, m_current, m_presenter.endpointNames(), window());
    connect(dialog, &NameDialog::wanted, this, [this, name = m_current](const QString &newName) {
        m_filter->clear();
        m_presenter.duplicate(name, newName);
        Q_EMIT chosen(newName);
    });
    openName(dialog);
}

void SideBar::openName(NameDialog *dialog)
{
    m_name = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QListView *list = shownList();
    const QRect row = list->visualRect(list->currentIndex());
    const int top = row.isValid() ? list->viewport()->mapTo(window(), row.bottomLeft()).y() : height() / 4;
    dialog->openAt(QRect(QPoint(mapTo(window(), QPoint(width() / 4, 0)).x(), top), QSize(380, 170)));
}

void SideBar::bindCommands()
{
    using commands::Availability;
    const auto canChange = [this] {
        if (m_presenter.isReadOnly())
            return Availability::no(tr("Open for reading only"));
        if (m_presenter.isChangingList())
            return Availability::no(tr("The files are being moved"));
        return Availability::when(m_presenter.file(m_current).has_value(), tr("No endpoint is selected"));
    };
    m_registry.bind(
        ids::kNewEndpoint, this, [this] { openNew(); },
        [this] {
            if (m_presenter.isReadOnly())
                return Availability::no(tr("Open for reading only"));
            return Availability::when(m_presenter.workspace() != nullptr, tr("No folder is open"));
        });
    m_registry.bind(
        ids::kDuplicateEndpoint, this, [this] { openDuplicate(); }, canChange);
    m_registry.bind(
        ids::kRenameEndpoint, this, [this] { openRename(); },
        [this, canChange] {
            return selection().size() > 1 ? Availability::no(tr("Several endpoints are selected")) : canChange();
        });
    m_registry.bind(
        ids::kDeleteEndpoint, this, [this] { m_presenter.remove(selection()); }, canChange);
    m_registry.bind(ids::kFilter, this, [this] { focusFilter(); });
    m_registry.bind(ids::kSideBar, this, [this] { setFolded(!isFolded()); });
}

} // namespace parallax::ui
