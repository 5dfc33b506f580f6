// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editpage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/mirrorpicker.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/routegutter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"
#include "ui/wording/wording.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QListView>
#include <QPushButton>
#include <QResizeEvent>
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
    m_side = new widgets::Surface(theme, Role::Window, Qt::RightEdge);
    m_side->setFixedWidth(metrics::kSideBarWidth);
    buildSideBar(m_side);
    auto *form = new widgets::Surface(theme, Role::Base);
    buildForm(form);
    m_yamlPane = new widgets::Surface(theme, Role::Base, Qt::LeftEdge);
    m_yamlPane->setFixedWidth(metrics::kYamlPaneWidth);
    buildYaml(m_yamlPane);
    row->addWidget(m_side);
    row->addWidget(form, 1);
    row->addWidget(m_yamlPane);
    bindCommands();

    connect(&presenter, &EditPresenter::loaded, this, &EditPage::onLoaded);
    connect(&presenter, &EditPresenter::documentChanged, this, [this](const QString &name) {
        updateLists();
        if (name == m_current)
            updateForm();
    });
    connect(&presenter, &EditPresenter::failed, this, [this](const Error &error) {
        m_message->showMessage(widgets::MessageBar::Kind::Error, wording::text(error));
    });
    connect(&presenter, &EditPresenter::saved, this, [this] { m_message->clear(); });
    m_message->clear();
    if (presenter.workspace())
        onLoaded();
}

void EditPage::setRouterUrl(const QString &url)
{
    m_routerUrl = url;
    updateForm();
}

void EditPage::onLoaded()
{
    updateLists();
    if (m_current.isEmpty() || !m_presenter.file(m_current)) {
        if (m_endpointModel.rowCount() > 0)
            selectEndpoint(m_endpointModel.row(0).name);
    }
    updateForm();
}

void EditPage::selectEndpoint(const QString &name)
{
    m_current = name;
    const int row = m_endpointModel.rowOf(name);
    if (row >= 0 && m_endpoints->currentIndex().row() != row)
        m_endpoints->setCurrentIndex(m_endpointModel.index(row));
    m_message->clear();
    updateForm();
}

void EditPage::updateLists()
{
    const targets::WorkspacePtr &workspace = m_presenter.workspace();
    if (!workspace)
        return;
    QList<NameListModel::Row> rows;
    for (const targets::WorkspaceEndpoint &endpoint : workspace->endpoints) {
        if (!endpoint.entry.name.contains(m_filter->text(), Qt::CaseInsensitive))
            continue;
        NameListModel::Row row;
        row.name = endpoint.entry.name;
        row.icon = u"endpoint"_s;
        const std::optional<endpoints::EndpointFile> file = m_presenter.file(row.name);
        row.isError = endpoint.hasErrors() || (file && file->hasErrors());
        if (m_presenter.isModified(row.name)) {
            row.end = tr("M");
            row.isStrong = true;
        }
        rows.append(row);
    }
    const QSignalBlocker blocker(m_endpoints->selectionModel());
    m_endpointModel.setRows(rows);
    const int current = m_endpointModel.rowOf(m_current);
    if (current >= 0)
        m_endpoints->setCurrentIndex(m_endpointModel.index(current));

    QList<NameListModel::Row> deployments;
    if (workspace->catalogue) {
        const QString branch = m_presenter.branch().isEmpty() ? u"main"_s : m_presenter.branch();
        for (const repository::Deployment &deployment : workspace->catalogue->deployments(branch)) {
            NameListModel::Row row;
            row.name = deployment.name;
            row.icon = u"deployment"_s;
            row.isMuted = deployment.archived;
            row.end = deployment.archived              ? tr("archived")
                      : deployment.newestVersion() > 0 ? tr("v%1").arg(deployment.newestVersion())
                                                       : QString();
            deployments.append(row);
        }
    }
    m_deploymentModel.setRows(deployments);
    m_registry.refresh();
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
        if (endpoint.backends.size() > 1 && total > 0)
            row.weight = tr("%1 (%2%)").arg(backend.effectiveWeight()).arg(100 * backend.effectiveWeight() / total);
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
        row.hasWarning = known == nullptr || mirror.deployment.version.toNumber() > row.newest;
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
    m_backends->setColumnHidden(TargetsModel::LastColumn, !isSplit);
    for (QTableView *table : {m_backends, m_mirrors}) {
        const int rows = table->model()->rowCount();
        table->setFixedHeight(metrics::kTableHeaderHeight + rows * metrics::kFormRowHeight + 1);
        table->setVisible(rows > 0);
    }
    m_noMirrors->setVisible(endpoint.mirrors.isEmpty());
    m_plus->setEnabled(file->isEditable());
    updateYaml();
    updateProblems();
    m_gutter->update();
    m_registry.refresh();
}

void EditPage::updateYaml()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    m_fileName->setText(m_current + u".yaml"_s);
    const QString text = QString::fromUtf8(file->bytes());
    if (m_yaml->text() != text)
        m_yaml->setText(text);
    const base::LineDiff diff = m_presenter.diffToHead(m_current);
    m_added->setText(diff.isEmpty() ? tr("Same as HEAD")
                                    : tr("+%1 \u2212%2 lines since HEAD").arg(diff.added).arg(diff.removed));
    if (m_view->current() == 1) {
        m_yaml->clearDiff();
        return;
    }
    widgets::CodeDiff shown;
    for (const base::DiffLine &line : diff.lines) {
        if (line.kind == base::DiffLine::Kind::Removed) {
            const int after = static_cast<int>(shown.oldNumbers.size()) - 1;
            if (shown.removed.isEmpty() || shown.removed.last().afterLine != after)
                shown.removed.append(widgets::CodeDiff::Removed{after, {}});
            shown.removed.last().lines.append(QString::fromUtf8(line.text).remove(u'\n').remove(u'\r'));
        } else {
            shown.oldNumbers.append(line.oldNumber);
        }
    }
    m_yaml->setDiff(shown);
}

void EditPage::updateProblems()
{
    while (QLayoutItem *item = m_problems->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QList<widgets::CodeProblem> marks;
    int shown = 0;
    for (const Finding &finding : m_presenter.findings(m_current)) {
        if (finding.severity == Severity::Info)
            continue;
        ++shown;
        const SourceLocation &where = finding.error.where;
        if (where.line > 0)
            marks.append({where.line - 1, where.column - 1, where.line - 1, where.column + 200,
                          finding.severity == Severity::Error, wording::text(finding.error)});
        auto *label =
            new widgets::Label(m_theme,
                               where.line > 0 ? tr("Line %1: %2").arg(where.line).arg(wording::text(finding.error))
                                              : wording::text(finding.error),
                               TextStyle::Body, finding.severity == Severity::Error ? Role::Error : Role::Warning);
        label->setWordWrap(true);
        m_problems->addWidget(label);
    }
    m_problemTitle->setText(shown == 0 ? tr("Problems") : tr("Problems %1").arg(shown));
    if (shown == 0)
        m_problems->addWidget(
            new widgets::Label(m_theme, tr("No problems in this file"), TextStyle::Body, Role::Muted));
    m_yaml->setProblems(marks);
}

void EditPage::openPicker()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file || !file->isEditable() || m_picker || !m_presenter.workspace())
        return;
    m_picker = new MirrorPicker(m_theme, m_presenter.workspace()->catalogue, file->partial(),
                                m_presenter.branch().isEmpty() ? u"main"_s : m_presenter.branch(), window());
    m_picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_picker, &MirrorPicker::chosen, this, [this](const endpoints::DeploymentRef &deployment) {
        m_presenter.apply(m_current, endpoints::AddMirror{{}, deployment}, tr("Add mirror"));
        if (m_picker)
            m_picker->setEndpoint(m_presenter.file(m_current)->partial());
    });
    const QPoint corner = m_mirroringHead->mapTo(window(), QPoint(0, m_mirroringHead->height() + 8));
    m_picker->openAt(QRect(corner, QSize(m_mirroringHead->width(), 296)));
}

void EditPage::removeMirror(int row)
{
    if (row >= 0 && row < m_mirrorModel.rowCount())
        m_presenter.apply(m_current, endpoints::RemoveMirror{m_mirrorModel.row(row).name}, tr("Remove mirror"));
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
        ids::kRevert, this, [this] { m_presenter.revert(m_current); }, isModified);
    m_registry.bind(
        ids::kAddMirror, this, [this] { openPicker(); }, hasEndpoint);
    m_registry.bind(
        ids::kRemoveMirror, this, [this] { removeMirror(m_mirrors->currentIndex().row()); },
        [this] { return Availability::when(m_mirrors->currentIndex().isValid(), tr("No mirror is selected")); });
    m_registry.bind(
        ids::kCopyUrl, this, [this] { copyUrl(); }, hasEndpoint);
    m_registry.bind(
        ids::kCopyCurl, this, [this] { copyCurl(); }, hasEndpoint);
    m_registry.bind(
        ids::kUndo, this, [this] { m_presenter.undoStack(m_current)->undo(); },
        [this] {
            const QUndoStack *stack = m_presenter.undoStack(m_current);
            return Availability::when(stack != nullptr && stack->canUndo(), tr("Nothing to undo"));
        });
    m_registry.bind(
        ids::kRedo, this, [this] { m_presenter.undoStack(m_current)->redo(); },
        [this] {
            const QUndoStack *stack = m_presenter.undoStack(m_current);
            return Availability::when(stack != nullptr && stack->canRedo(), tr("Nothing to redo"));
        });
    m_registry.bind(ids::kFilter, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
}

void EditPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int width = event->size().width() + metrics::kRailWidth;
    m_yamlPane->setVisible(width >= metrics::kYamlTabBreakpoint);
    m_side->setFixedWidth(width >= metrics::kSideBarFoldBreakpoint ? metrics::kSideBarWidth : metrics::kSideBarMinimum);
}

} // namespace parallax::ui
