// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editpage.h"

#include "ui/commands/commandregistry.h"
#include "ui/edit/documentbar.h"
#include "ui/edit/localsection.h"
#include "ui/edit/sidebar.h"
#include "ui/edit/sidestrip.h"
#include "ui/edit/targetlist.h"
#include "ui/edit/trypane.h"
#include "ui/edit/yamlpane.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/routegutter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/toast.h"
#include "ui/wording/wording.h"

#include <QGuiApplication>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kLeastSide = 140; ///< the user makes it no smaller

} // namespace

EditPage::EditPage(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
                   QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
{
    setObjectName(u"editPage"_s);
    buildPanes();
    bindCommands();
    connect(
        &theme, &theme::Theme::fontsChanged, this,
        [this] {
            updateLayout();
            updateForm();
        },
        Qt::QueuedConnection);

    connect(&m_check, &TargetCheck::changed, this, [this] { m_targets->setStates(m_check.states()); });
    connect(&presenter, &EditPresenter::opened, this, &EditPage::onLoaded);
    connect(&presenter, &EditPresenter::loaded, this, &EditPage::onLoaded);
    connect(&presenter, &EditPresenter::documentChanged, this, [this](const QString &name) {
        if (name == m_current)
            updateForm();
        if (auto *main = qobject_cast<shell::MainWindow *>(window()))
            main->toast().release();
    });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            m_presenter.lookForChanges();
    });
    connect(
        &presenter, &EditPresenter::documentChanged, this,
        [this] {
            auto *main = qobject_cast<shell::MainWindow *>(window());
            if (main != nullptr && m_offeredStep != 0 && !m_presenter.canTakeBack(m_offeredStep))
                main->toast().hide();
        },
        Qt::QueuedConnection); // the edit is in the history only then
    connect(&presenter, &EditPresenter::listChanged, this, &EditPage::onListChanged);
    connect(&presenter, &EditPresenter::renamed, this, [this](const QString &name, const QString &newName) {
        if (name == m_current)
            m_current = newName;
    });
    connect(&presenter, &EditPresenter::failed, this, [this](const Error &error) {
        m_message->showMessage(widgets::MessageBar::Kind::Error, wording::text(error));
    });
    connect(&presenter, &EditPresenter::saved, this, [this] { m_message->clear(); });
    connect(&presenter, &EditPresenter::followedDisk, this, [this](const QStringList &names) {
        if (names.contains(m_current))
            m_message->showMessage(widgets::MessageBar::Kind::Info,
                                   tr("%1 was changed by another program and read again").arg(m_current));
    });
    connect(m_documentBar, &DocumentBar::answered, this, &EditPage::selectEndpoint);
    connect(m_side, &SideBar::foldChanged, this, &EditPage::updateLayout);
    m_message->clear();
    if (presenter.workspace())
        onLoaded();
    else
        updateForm();
}

void EditPage::setRouterUrl(const QString &url)
{
    m_routerUrl = url;
    updateForm();
}

void EditPage::onLoaded()
{
    if (m_presenter.file(m_current))
        selectEndpoint(m_current);
    else
        selectEndpoint(m_side->first());
}

void EditPage::selectEndpoint(const QString &name)
{
    if (m_picker && name != m_current)
        m_picker->reject(); // it was opened for another
    if (name != m_current)
        m_message->clear();
    m_current = name;
    m_side->setCurrent(name);
    m_documentBar->setEndpoint(name);
    updateForm();
}

/// What was done to the list, with the way back. What came back is shown.
void EditPage::onListChanged(const ListChange &change)
{
    if (m_presenter.file(change.names.last()))
        selectEndpoint(change.names.last());
    else if (m_presenter.file(change.names.first()))
        selectEndpoint(change.names.first());
    auto *main = qobject_cast<shell::MainWindow *>(window());
    if (main == nullptr)
        return;
    m_offeredStep = change.step;
    if (change.text.isEmpty())
        return main->toast().hide();
    // The window's toast may outlive what it is about.
    const auto takeBack = [presenter = QPointer<EditPresenter>(&m_presenter), step = change.step] {
        if (presenter)
            presenter->takeBack(step);
    };
    if (change.isUndone)
        main->toast().showMessage(tr("Undone: %1").arg(change.text), takeBack, tr("Redo"));
    else
        main->toast().showMessage(change.text, takeBack);
}

/// What the catalogue and the findings say about a row.
void EditPage::addDetails(TargetsModel::Row &row, const QList<Finding> &findings,
                          const endpoints::Endpoint &endpoint) const
{
    const auto &catalogue = m_presenter.workspace()->catalogue;
    if (const repository::Deployment *known =
            catalogue ? catalogue->deployment(row.deployment.name, row.deployment.branch) : nullptr)
        row.newest = known->newestVersion();
    for (const Finding &finding : findings) {
        if (finding.severity == Severity::Info || (row.isError && finding.severity != Severity::Error) ||
            (!row.problem.isEmpty() && finding.severity != Severity::Error))
            continue;
        const bool isMirror = row.total == 0; // a backend has weights
        if (!rowsOf(finding.error, endpoint).contains(row.name) || (isOfMirror(finding.error) && !isMirror))
            continue;
        row.problem = wording::text(finding.error);
        row.part = partOf(finding.error);
        row.isError = finding.severity == Severity::Error;
    }
}

QList<TargetsModel::Row> EditPage::backendRows(const endpoints::Endpoint &endpoint,
                                               const QList<Finding> &findings) const
{
    int total = 0;
    for (const endpoints::Backend &backend : endpoint.backends)
        total += backend.effectiveWeight();
    QList<TargetsModel::Row> rows;
    for (const endpoints::Backend &backend : endpoint.backends) {
        TargetsModel::Row row;
        row.name = backend.label;
        row.deployment = backend.deployment;
        row.weight = backend.effectiveWeight();
        row.total = total;
        row.canRemove = endpoint.backends.size() > 1;
        addDetails(row, findings, endpoint);
        rows.append(row);
    }
    return rows;
}

QList<TargetsModel::Row> EditPage::mirrorRows(const endpoints::Endpoint &endpoint, const QList<Finding> &findings) const
{
    QList<TargetsModel::Row> rows;
    for (const endpoints::Mirror &mirror : endpoint.mirrors) {
        TargetsModel::Row row;
        row.name = mirror.name;
        row.deployment = mirror.deployment;
        addDetails(row, findings, endpoint);
        rows.append(row);
    }
    return rows;
}

QString EditPage::url() const
{
    return (m_routerUrl.isEmpty() ? u"http://127.0.0.1:8080"_s : m_routerUrl) + u"/v1/endpoint/"_s + m_current;
}

void EditPage::updateForm()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    m_sections->setVisible(file.has_value());
    if (!file) {
        m_url->setText({});
        m_save->setEnabled(false);
        m_revert->setEnabled(false);
        m_modified->hide();
        m_readOnly->hide();
        m_whyReadOnly->hide();
        m_title->setText(m_presenter.workspace() ? tr("No endpoint") : tr("Reading the repository"));
        m_yamlPane->showEndpoint({}, {});
        updateNoForm();
        m_registry.refresh();
        return;
    }
    const endpoints::Endpoint &endpoint = file->partial();
    const QList<Finding> findings = m_presenter.findings(m_current);
    m_title->setText(m_current);
    m_modified->setVisible(m_presenter.isModified(m_current));
    m_save->setEnabled(m_presenter.isModified(m_current));
    m_revert->setEnabled(m_presenter.isModified(m_current));
    m_url->setText(u"POST "_s + url());
    const bool isSplit = endpoint.type() == endpoints::EndpointType::Split;
    m_type->setCurrent(isSplit ? 1 : 0);
    m_aliasTitle->setText(isSplit ? tr("Request Splitting") : tr("Request Aliasing"));
    m_aliasHelp->setText(isSplit ? tr("Each request goes to one of the backends, by weight.")
                                 : tr("One backend answers every request."));
    m_backendModel.setRows(backendRows(endpoint, findings));
    m_mirrorModel.setRows(mirrorRows(endpoint, findings));
    m_backends->setColumnHidden(TargetsModel::WeightColumn, !isSplit);
    for (QTableView *table : {m_backends, m_mirrors}) {
        const int rows = table->model()->rowCount();
        table->setFixedHeight(m_theme.height(metrics::kTableHeaderHeight, theme::TextStyle::Header) +
                              rows * m_theme.height(metrics::kFormRowHeight) + 1);
        table->setVisible(rows > 0);
    }
    m_noMirrors->setVisible(endpoint.mirrors.isEmpty());
    showWhetherReadOnly(whyReadOnly());
    m_yamlPane->showEndpoint(m_current, findings);
    updateTargets(false);
    updateNoForm();
    if (m_isTrying)
        m_try->setEndpoint(endpoint, m_presenter.workspace());
    m_gutter->update();
    m_registry.refresh();
}

QString EditPage::whyReadOnly() const
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file)
        return tr("No endpoint is selected");
    if (m_presenter.isReadOnly())
        return tr("Another window writes to this folder");
    if (const std::optional<Error> why = m_presenter.whyReadOnly(m_current)) {
        const QString advice = wording::advice(*why);
        const QString text = why->where.line > 0 ? tr("%1 at line %2, column %3")
                                                       .arg(wording::text(*why), QString::number(why->where.line),
                                                            QString::number(why->where.column))
                                                 : wording::text(*why);
        return advice.isEmpty() ? text : text + u". "_s + advice;
    }
    if (m_presenter.state(m_current).isReadOnly)
        return tr("This account may not write the file");
    return file->isEditable() ? QString() : tr("Mend the YAML first: the form cannot read it");
}

void EditPage::showWhetherReadOnly(const QString &why)
{
    m_readOnly->setVisible(!why.isEmpty());
    m_readOnly->setToolTip(why);
    m_whyReadOnly->setText(why);
    m_whyReadOnly->setVisible(!why.isEmpty() && !m_presenter.isReadOnly()); // the window says that already
    m_backendModel.setReadOnly(!why.isEmpty());
    m_mirrorModel.setReadOnly(!why.isEmpty());
    for (QWidget *control :
         {static_cast<QWidget *>(m_plus), static_cast<QWidget *>(m_type), static_cast<QWidget *>(m_addBackend)})
        control->setEnabled(why.isEmpty());
    m_type->setToolTip(why);
    m_addBackend->setToolTip(why);
    m_plus->setToolTip(why.isEmpty() ? tr("Copies every request to another version; its answers are recorded") : why);
}

void EditPage::updateTargets(bool beyond)
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file || !m_presenter.workspace())
        return;
    const endpoints::Endpoint &endpoint = file->partial();
    m_check.show(endpoint, m_presenter.workspace(), beyond);
    m_local->setEndpoint(endpoint, m_presenter.workspace()->local.value(m_current));
}

void EditPage::move(const TargetsModel &model, int step)
{
    QTableView *table = &model == &m_mirrorModel ? m_mirrors : m_backends;
    const int row = table->currentIndex().row();
    const int to = row + step;
    if (model.isReadOnly() || row < 0 || to < 0 || to >= model.rowCount())
        return;
    const int column = table->currentIndex().column();
    const QString name = model.row(row).name;
    const bool isDone = model.areMirrors()
                            ? m_presenter.apply(m_current, endpoints::MoveMirror{name, to}, tr("Move mirror"))
                            : m_presenter.apply(m_current, endpoints::MoveBackend{name, to}, tr("Move backend"));
    if (isDone)
        table->setCurrentIndex(model.index(to, column));
}

void EditPage::take(const QString &endpoint, const PickerPurpose &purpose, const endpoints::DeploymentRef &deployment)
{
    switch (purpose.kind) {
    case PickerPurpose::Kind::AddMirror:
        m_presenter.apply(endpoint, endpoints::AddMirror{{}, deployment}, tr("Add mirror"));
        break;
    case PickerPurpose::Kind::AddBackend:
        m_presenter.apply(endpoint, endpoints::AddBackend{{}, deployment, 1}, tr("Add backend"));
        break;
    case PickerPurpose::Kind::Change:
        if (m_backendModel.rowOf(purpose.name) >= 0)
            m_presenter.apply(endpoint, endpoints::SetBackend{purpose.name, deployment}, tr("Change backend"));
        else
            m_presenter.apply(endpoint, endpoints::SetMirror{purpose.name, deployment}, tr("Change mirror"));
        break;
    }
    if (const std::optional<endpoints::EndpointFile> file = m_presenter.file(endpoint); m_picker && file)
        m_picker->setEndpoint(file->partial());
}

void EditPage::onCell(const TargetsModel &model, const QModelIndex &index)
{
    if (model.isReadOnly())
        return;
    if (index.column() == TargetsModel::RemoveColumn)
        removeRow(model, index.row());
    else if (index.column() >= TargetsModel::DeploymentColumn && index.column() <= TargetsModel::VersionColumn)
        changeTarget(model.row(index.row()).name);
}

void EditPage::changeTarget(const QString &name)
{
    const bool isBackend = m_backendModel.rowOf(name) >= 0;
    const TargetsModel &model = isBackend ? m_backendModel : m_mirrorModel;
    if (const int row = model.rowOf(name); row >= 0)
        openPicker({PickerPurpose::Kind::Change, name, model.row(row).deployment});
}

void EditPage::removeRow(const TargetsModel &model, int row)
{
    if (model.isReadOnly() || row < 0 || row >= model.rowCount() || !model.row(row).canRemove)
        return;
    const QString name = model.row(row).name;
    if (model.areMirrors())
        m_presenter.apply(m_current, endpoints::RemoveMirror{name}, tr("Remove mirror"));
    else
        m_presenter.apply(m_current, endpoints::RemoveBackend{name}, tr("Remove backend"));
}

void EditPage::updateLayout()
{
    const bool isNarrow = width() + metrics::kRailWidth < m_theme.width(metrics::kYamlTabBreakpoint);
    if (isNarrow != m_isNarrow) {
        m_isNarrow = isNarrow;
        if (isNarrow)
            m_formColumn->addWidget(m_yamlPane, 1);
        else
            m_yamlPlace->layout()->addWidget(m_yamlPane);
        m_yamlPlace->setVisible(!isNarrow);
        m_pane->setVisible(isNarrow);
    }
    m_side->setNarrow(width() + metrics::kRailWidth < m_theme.width(metrics::kSideBarFoldBreakpoint));
    showFold();
    m_yamlSplitter->settle();
    const bool hasOnlyYaml = isNarrow && m_pane->current() == 1;
    m_yamlPane->setVisible(!isNarrow || hasOnlyYaml);
    m_scroll->setVisible(!hasOnlyYaml && !m_isTrying && m_hasForm);
    m_noForm->setVisible(!hasOnlyYaml && !m_isTrying && !m_hasForm);
    if (m_try != nullptr)
        m_try->setVisible(!hasOnlyYaml && m_isTrying);
}

/// An empty form would say that there is nothing in the file.
void EditPage::updateNoForm()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    const bool isUnread = file && !file->isEditable() && file->partial().backends.isEmpty();
    const QList<Finding> findings = isUnread ? m_presenter.findings(m_current) : QList<Finding>();
    if (isUnread)
        m_noForm->setSentence(
            findings.isEmpty() ? tr("The form cannot show this file.")
                               : tr("The form cannot show this file: %1.").arg(wording::text(findings.first().error)));
    else if (!m_presenter.workspace())
        m_noForm->setSentence(tr("The endpoints of this folder are being read."));
    else if (m_presenter.endpointNames().isEmpty())
        m_noForm->setSentence(tr("An endpoint has one URL: a backend answers it, mirrors only listen."));
    else
        m_noForm->setSentence(tr("Choose an endpoint in the list."));
    m_firstEndpoint->setVisible(m_presenter.workspace() && m_presenter.endpointNames().isEmpty() &&
                                !m_presenter.isReadOnly());
    m_showProblem->setVisible(!findings.isEmpty() && findings.first().error.where.line > 0);
    if (std::exchange(m_hasForm, file && !isUnread) != m_hasForm)
        updateLayout();
}

void EditPage::showProblem()
{
    const QList<Finding> findings = m_presenter.findings(m_current);
    if (findings.isEmpty())
        return;
    showYaml();
    m_yamlPane->goTo(findings.first().error.where.line, findings.first().error.where.column);
}

/// A folded side bar is as wide as its strip; its divider cannot be moved then.
void EditPage::showFold()
{
    m_side->setMinimumWidth(m_side->isFolded() ? 0 : kLeastSide);
    m_side->setMaximumWidth(m_side->isFolded() ? m_theme.width(SideStrip::kWidth) : QWIDGETSIZE_MAX);
    m_sideSplitter->handle(1)->setEnabled(!m_side->isFolded());
    m_sideSplitter->settle();
}

/// Where it is a tab, that tab.
void EditPage::showYaml()
{
    if (m_isNarrow)
        m_pane->setCurrent(1);
    updateLayout();
}

/// A folder that was just opened begins with its endpoints, not with the first field that happens to be enabled.
void EditPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_wasShown, true))
        m_side->focusList();
}

void EditPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateLayout();
}

} // namespace parallax::ui
