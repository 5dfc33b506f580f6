// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editpage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/codediff.h"
#include "ui/edit/commitdialog.h"
#include "ui/edit/documentbar.h"
#include "ui/edit/problemlist.h"
#include "ui/edit/sidebar.h"
#include "ui/edit/targetlist.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/routegutter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/toast.h"
#include "ui/wording/wording.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

EditPage::EditPage(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
                   QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
{
    setObjectName(u"editPage"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_side = new SideBar(theme, registry, presenter);
    m_side->setFixedWidth(metrics::kSideBarWidth);
    connect(m_side, &SideBar::chosen, this, &EditPage::selectEndpoint);
    m_form = new widgets::Surface(theme, Role::Base);
    buildForm(m_form);
    m_yamlPane = new widgets::Surface(theme, Role::Base, Qt::LeftEdge);
    m_yamlPane->setFixedWidth(metrics::kYamlPaneWidth);
    buildYaml(m_yamlPane);
    row->addWidget(m_side);
    row->addWidget(m_form, 1);
    row->addWidget(m_yamlPane);
    bindCommands();

    connect(&m_check, &TargetCheck::changed, this, [this] { m_targets->setStates(m_check.states()); });
    connect(&presenter, &EditPresenter::opened, this, &EditPage::onLoaded);
    connect(&presenter, &EditPresenter::loaded, this, &EditPage::onLoaded);
    connect(&presenter, &EditPresenter::documentChanged, this, [this](const QString &name) {
        if (name == m_current)
            updateForm();
        if (auto *main = qobject_cast<shell::MainWindow *>(window()))
            main->toast().release();
    });
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
void EditPage::onListChanged(const QString &text, const QStringList &names)
{
    if (m_presenter.file(names.last()))
        selectEndpoint(names.last());
    else if (m_presenter.file(names.first()))
        selectEndpoint(names.first());
    auto *main = qobject_cast<shell::MainWindow *>(window());
    if (main == nullptr)
        return;
    if (text.isEmpty())
        main->toast().hide();
    else
        main->toast().showMessage(text, [this] { m_presenter.undo({}); });
}

QList<TargetsModel::Row> EditPage::backendRows(const endpoints::Endpoint &endpoint) const
{
    const auto &catalogue = m_presenter.workspace()->catalogue;
    int total = 0;
    for (const endpoints::Backend &backend : endpoint.backends)
        total += backend.effectiveWeight();
    QList<TargetsModel::Row> rows;
    for (const endpoints::Backend &backend : endpoint.backends) {
        TargetsModel::Row row;
        row.name = backend.label;
        row.deployment = backend.deployment;
        if (const repository::Deployment *known =
                catalogue ? catalogue->deployment(backend.deployment.name, backend.deployment.branch) : nullptr)
            row.newest = known->newestVersion();
        row.weight = backend.effectiveWeight();
        row.share = total > 0 ? qRound(100.0 * row.weight / total) : 0;
        row.canRemove = endpoint.backends.size() > 1;
        rows.append(row);
    }
    return rows;
}

QList<TargetsModel::Row> EditPage::mirrorRows(const endpoints::Endpoint &endpoint) const
{
    const auto &catalogue = m_presenter.workspace()->catalogue;
    QList<TargetsModel::Row> rows;
    for (const endpoints::Mirror &mirror : endpoint.mirrors) {
        TargetsModel::Row row;
        row.name = mirror.name;
        row.deployment = mirror.deployment;
        const repository::Deployment *known =
            catalogue ? catalogue->deployment(mirror.deployment.name, mirror.deployment.branch) : nullptr;
        row.newest = known != nullptr ? known->newestVersion() : 0;
        row.hasWarning = catalogue && (known == nullptr || mirror.deployment.version.toNumber() > row.newest);
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
        m_modified->hide();
        m_title->setText(m_presenter.workspace() ? tr("No endpoint") : tr("Reading the repository"));
        return;
    }
    const endpoints::Endpoint &endpoint = file->partial();
    m_title->setText(m_current);
    m_modified->setVisible(m_presenter.isModified(m_current));
    m_save->setEnabled(m_presenter.isModified(m_current));
    m_url->setText(u"POST "_s + url());
    const bool isSplit = endpoint.type() == endpoints::EndpointType::Split;
    m_type->setCurrent(isSplit ? 1 : 0);
    m_aliasTitle->setText(isSplit ? tr("Request Splitting") : tr("Request Aliasing"));
    m_aliasHelp->setText(isSplit ? tr("Each request goes to one of the backends, by weight.")
                                 : tr("One backend answers every request."));
    m_backendModel.setRows(backendRows(endpoint));
    m_mirrorModel.setRows(mirrorRows(endpoint));
    m_backends->setColumnHidden(TargetsModel::WeightColumn, !isSplit);
    for (QTableView *table : {m_backends, m_mirrors}) {
        const int rows = table->model()->rowCount();
        table->setFixedHeight(metrics::kTableHeaderHeight + rows * metrics::kFormRowHeight + 1);
        table->setVisible(rows > 0);
    }
    m_noMirrors->setVisible(endpoint.mirrors.isEmpty());
    m_plus->setEnabled(file->isEditable());
    m_addBackend->setEnabled(file->isEditable() && !endpoint.backends.isEmpty());
    updateYaml();
    updateProblems();
    updateTargets(false);
    m_gutter->update();
    m_registry.refresh();
}

void EditPage::updateYaml()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    m_yaml->setReadOnly(!file || m_presenter.isReadOnly());
    if (!file) {
        m_fileName->setText({});
        m_yaml->clearDiff();
        m_yaml->setText({});
        return;
    }
    m_fileName->setText(m_current + u".yaml"_s);
    const QString text = QString::fromUtf8(file->bytes());
    if (m_yaml->text() != text)
        m_yaml->setText(text);
    const base::LineDiff diff = m_presenter.diffToHead(m_current);
    m_added->setText(diff.added > 0 ? tr("+ %1").arg(diff.added) : QString());
    m_removed->setText(diff.removed > 0 ? tr("\u2212 %1").arg(diff.removed) : QString());
    m_added->setVisible(diff.added > 0);
    m_removed->setVisible(diff.removed > 0);
    m_sinceHead->setText(diff.isEmpty() ? tr("Same as HEAD") : tr("lines since HEAD"));
    if (m_view->current() == 1) {
        m_yaml->clearDiff();
        return;
    }
    m_yaml->setDiff(toCodeDiff(diff));
}

void EditPage::updateProblems()
{
    QList<widgets::CodeProblem> marks;
    const QList<Finding> findings = m_presenter.findings(m_current);
    for (const Finding &finding : findings) {
        const SourceLocation &where = finding.error.where;
        if (finding.severity != Severity::Info && where.line > 0)
            marks.append({where.line - 1, where.column - 1, where.line - 1, where.column + 200,
                          finding.severity == Severity::Error, wording::text(finding.error)});
    }
    m_problems->setFindings(findings, m_presenter.file(m_current)->partial());
    m_yaml->setProblems(marks);
}

void EditPage::updateTargets(bool beyond)
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file || !m_presenter.workspace())
        return;
    const endpoints::Endpoint &endpoint = file->partial();
    m_check.show(endpoint, m_presenter.workspace(), beyond);
    const QString key = m_presenter.workspace()->local.value(m_current).suppliedKey;
    m_assignment->setText(endpoint.type() != endpoints::EndpointType::Split ? tr("Needs two or more backends")
                          : key.isEmpty()                                   ? tr("By weight, for each request")
                                          : tr("The same backend for the same %1").arg(key));
}

void EditPage::openPicker(const PickerPurpose &purpose)
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file || !file->isEditable() || m_picker || !m_presenter.workspace())
        return;
    m_picker = new DeploymentPicker(m_theme, m_presenter.workspace()->catalogue, file->partial(),
                                    m_presenter.branchOrMain(), window(), purpose);
    m_picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_picker, &DeploymentPicker::chosen, this,
            [this, purpose, name = m_current](const endpoints::DeploymentRef &deployment) {
                take(name, purpose, deployment);
            });
    QWidget *anchor = m_mirroringHead;
    if (purpose.kind != PickerPurpose::Kind::AddMirror && m_backendModel.rowOf(purpose.name) >= 0)
        anchor = m_backends;
    else if (purpose.kind == PickerPurpose::Kind::AddBackend)
        anchor = m_aliasHelp;
    const QPoint corner = anchor->mapTo(window(), QPoint(0, anchor->height() + 8));
    m_picker->openAt(QRect(corner, QSize(m_mirroringHead->width(), 296)));
}

void EditPage::openCommit()
{
    auto *dialog = new CommitDialog(m_theme, m_presenter.repository(), m_presenter.unsavedCount(), window());
    connect(dialog, &CommitDialog::committed, this, [this] {
        m_message->showMessage(widgets::MessageBar::Kind::Info, tr("Committed"));
        m_presenter.reload();
    });
    dialog->open();
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
    if (row < 0 || row >= model.rowCount() || !model.row(row).canRemove)
        return;
    const QString name = model.row(row).name;
    if (model.areMirrors())
        m_presenter.apply(m_current, endpoints::RemoveMirror{name}, tr("Remove mirror"));
    else
        m_presenter.apply(m_current, endpoints::RemoveBackend{name}, tr("Remove backend"));
}

void EditPage::copyUrl()
{
    QGuiApplication::clipboard()->setText(url());
}

void EditPage::copyCurl()
{
    QGuiApplication::clipboard()->setText(u"curl -d '{\"data\": {}}' "_s + url());
}

void EditPage::bindCommands()
{
    using commands::Availability;
    const auto hasEndpoint = [this] {
        return Availability::when(m_presenter.file(m_current).has_value(), tr("No endpoint is selected"));
    };
    const auto isModified = [this] {
        return Availability::when(m_presenter.isModified(m_current), tr("Nothing to save"));
    };
    m_registry.bind(
        ids::kSave, this, [this] { m_presenter.save(m_current); }, isModified);
    m_registry.bind(
        ids::kSaveAll, this, [this] { m_presenter.saveAll(); },
        [this] { return Availability::when(m_presenter.unsavedCount() > 0, tr("Nothing to save")); });
    m_registry.bind(
        ids::kCommit, this, [this] { openCommit(); },
        [this] {
            if (m_presenter.isReadOnly())
                return Availability::no(tr("Open for reading only"));
            return Availability::when(m_presenter.repository().history() != repository::History::None,
                                      tr("The folder is not under git"));
        });
    m_registry.bind(
        ids::kRevert, this, [this] { m_presenter.revert(m_current); }, isModified);
    m_registry.bind(
        ids::kAddMirror, this, [this] { openPicker({}); }, hasEndpoint);
    m_registry.bind(
        ids::kAddBackend, this,
        [this] {
            openPicker({PickerPurpose::Kind::AddBackend, {}, {}});
        },
        hasEndpoint);
    m_registry.bind(
        ids::kRemoveMirror, this, [this] { removeRow(m_mirrorModel, m_mirrors->currentIndex().row()); },
        [this] { return Availability::when(m_mirrors->currentIndex().isValid(), tr("No mirror is selected")); });
    m_registry.bind(
        ids::kCopyUrl, this, [this] { copyUrl(); }, hasEndpoint);
    m_registry.bind(
        ids::kCopyCurl, this, [this] { copyCurl(); }, hasEndpoint);
    m_registry.bind(
        ids::kUndo, this, [this] { m_presenter.undo(m_current); },
        [this] { return Availability::when(m_presenter.canUndo(m_current), tr("Nothing to undo")); });
    m_registry.bind(
        ids::kRedo, this, [this] { m_presenter.redo(m_current); },
        [this] { return Availability::when(m_presenter.canRedo(m_current), tr("Nothing to redo")); });
    m_registry.bind(
        ids::kCheckTargets, this,
        [this] {
            updateTargets(true);
            m_side->checkTargets();
        },
        hasEndpoint);
}

void EditPage::updateLayout()
{
    const int room = width() + metrics::kRailWidth;
    const bool isNarrow = room < metrics::kYamlTabBreakpoint;
    m_side->setFixedWidth(room >= metrics::kSideBarFoldBreakpoint ? metrics::kSideBarWidth : metrics::kSideBarMinimum);
    if (isNarrow != m_isNarrow) {
        m_isNarrow = isNarrow;
        if (isNarrow)
            m_formColumn->addWidget(m_yamlPane, 1);
        else
            layout()->addWidget(m_yamlPane);
        m_yamlPane->setMinimumWidth(isNarrow ? 0 : metrics::kYamlPaneWidth);
        m_yamlPane->setMaximumWidth(isNarrow ? QWIDGETSIZE_MAX : metrics::kYamlPaneWidth);
        m_pane->setVisible(isNarrow);
    }
    const bool hasOnlyYaml = isNarrow && m_pane->current() == 1;
    m_yamlPane->setVisible(!isNarrow || hasOnlyYaml);
    m_scroll->setVisible(!hasOnlyYaml);
}

void EditPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateLayout();
}

} // namespace parallax::ui
