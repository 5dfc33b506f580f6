// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the Edit page does when it is asked: its commands, and the dialogs behind them.
#include "ui/edit/editpage.h"

#include "compare/rules.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/branchdialog.h"
#include "ui/edit/commitdialog.h"
#include "ui/edit/keepdialog.h"
#include "ui/edit/problemlist.h"
#include "ui/edit/sidebar.h"
#include "ui/edit/sidefiledialog.h"
#include "ui/edit/trypane.h"
#include "ui/edit/yamlpane.h"
#include "ui/live/samplebody.h"
#include "ui/shell/viewstate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;

namespace parallax::ui {

/// A split is made by choosing its second backend, an alias by choosing what stays.
void EditPage::chooseType(int index)
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    const bool wasSplit = file && file->partial().type() == endpoints::EndpointType::Split;
    m_type->setCurrent(wasSplit ? 1 : 0); // until something was chosen
    if (!file || wasSplit == (index == 1))
        return;
    if (!wasSplit)
        return openPicker({PickerPurpose::Kind::AddBackend, {}, {}});
    if (m_keep)
        return;
    m_keep = new KeepDialog(m_theme, file->partial(), window());
    m_keep->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_keep, &KeepDialog::chosen, this, [this, name = m_current](const QString &label) {
        m_presenter.apply(name, endpoints::KeepOnlyBackend{label}, tr("Keep one backend"));
    });
    const QPoint corner = m_type->mapTo(window(), QPoint(m_type->width(), m_type->height() + 8));
    m_keep->openAt(QRect(corner - QPoint(420, 0), QSize(420, 260)));
}

void EditPage::mend(const Fix &fix)
{
    switch (fix.kind) {
    case Fix::Kind::Edit:
        m_presenter.apply(m_current, *fix.edit, fix.says);
        break;
    case Fix::Kind::Choose:
        changeTarget(fix.name);
        break;
    case Fix::Kind::AddBackend:
        openPicker({PickerPurpose::Kind::AddBackend, {}, {}});
        break;
    case Fix::Kind::GiveSuffix:
        m_presenter.giveSuffix(m_current);
        break;
    case Fix::Kind::Append:
        if (const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current)) {
            const QByteArray bytes = file->bytes();
            const QByteArray end = bytes.contains("\r\n") ? "\r\n" : "\n";
            m_presenter.setText(m_current, bytes + (bytes.isEmpty() || bytes.endsWith('\n') ? QByteArray() : end) +
                                               fix.text.toUtf8() + end);
        }
        break;
    }
}

void EditPage::setTryPresenter(TryPresenter &presenter)
{
    m_tryPresenter = &presenter;
    m_registry.refresh();
}

void EditPage::openTry()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (m_tryPresenter == nullptr || !file)
        return;
    if (m_try == nullptr) {
        m_try = new TryPane(m_theme, m_registry, *m_tryPresenter);
        m_formColumn->addWidget(m_try, 1);
        shell::takeUpViewState(*m_try);
        connect(m_try, &TryPane::closeWanted, this, &EditPage::closeTry);
    }
    m_isTrying = true;
    m_try->setEndpoint(file->partial(), m_presenter.workspace());
    if (m_isNarrow)
        m_pane->setCurrent(0);
    updateLayout();
    m_try->focusBody();
}

void EditPage::closeTry()
{
    m_isTrying = false;
    updateLayout();
    m_plus->setFocus(Qt::OtherFocusReason);
}

void EditPage::editTargets()
{
    SideFileDialog::File file;
    file.path = targets::TargetsFile::path();
    file.title = tr("Local targets");
    file.explanation = tr("How this project reaches a deployment. The first match wins; a field left out matches "
                          "anything. Keys are written as ${secret:NAME} or ${env:NAME}, never as they are.");
    file.proposal =
        "schemaVersion: 1\ntargets:\n  - match: {}\n    url: http://127.0.0.1:9001/v1/{deployment}/{version}\n";
    file.check = [](const QByteArray &bytes) {
        return targets::TargetsFile::read(bytes, targets::TargetsFile::path()).findings;
    };
    (new SideFileDialog(m_theme, m_presenter, file, window()))->open();
}

void EditPage::editLocal()
{
    const std::optional<endpoints::EndpointFile> endpoint = m_presenter.file(m_current);
    if (!endpoint)
        return;
    SideFileDialog::File file;
    file.path = u".parallax/endpoints/%1.yaml"_s.arg(m_current);
    file.title = tr("Local settings of %1").arg(m_current);
    file.explanation = tr("What only the local router honours: a route of its own, a split by a supplied key, and "
                          "answers given instead of a deployment's.");
    file.proposal =
        "schemaVersion: 1\n# route: {prefix: /, methods: [GET, POST]}\n# assignment: {suppliedKey: user_id}\n"
        "# static: {holdout: {data: 0}}\n";
    file.check = [path = file.path, partial = endpoint->partial()](const QByteArray &bytes) {
        return endpoints::LocalSettingsFile::read(bytes, path, &partial).findings;
    };
    (new SideFileDialog(m_theme, m_presenter, file, window()))->open();
}

void EditPage::editRules(const QString &endpoint)
{
    SideFileDialog::File file;
    file.path = u".parallax/compare/%1.yaml"_s.arg(endpoint);
    file.title = tr("Rules of %1").arg(endpoint);
    file.explanation = tr("What counts as equal when answers are compared. The first rule that matches a path decides "
                          "alone, and one on a container holds for all below it.");
    file.proposal = "schemaVersion: 1\nrules:\n  - {path: /data/**/score, tolerance: {abs: 1e-6}}\n";
    file.check = [path = file.path](const QByteArray &bytes) {
        const std::vector<Finding> findings = compare::readRules(bytes, path).findings;
        return QList<Finding>(findings.begin(), findings.end());
    };
    (new SideFileDialog(m_theme, m_presenter, file, window()))->open();
}

void EditPage::openPicker(const PickerPurpose &purpose)
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file || !whyReadOnly().isEmpty() || m_picker || !m_presenter.workspace())
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
    connect(dialog, &QDialog::rejected, this, [this, dialog] {
        if (!dialog->presenter().startedFrom().isEmpty())
            m_message->showMessage(widgets::MessageBar::Kind::Info,
                                   tr("Now on %1; nothing was committed").arg(dialog->presenter().branch()));
    });
    connect(dialog, &CommitDialog::committed, this, [this](const QString &text, const QString &link) {
        m_message->showMessage(widgets::MessageBar::Kind::Info, link.isEmpty() ? text : text + u": "_s + link);
        if (!link.isEmpty())
            connect(m_message->addButton(tr("Copy link"), u"copyPullRequest"_s), &QPushButton::clicked, this,
                    [link] { QGuiApplication::clipboard()->setText(link); });
        m_presenter.reload();
    });
    dialog->open();
}

void EditPage::openBranches()
{
    auto *dialog = new BranchDialog(m_theme, m_presenter, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BranchDialog::switched, this, [this](const QString &branch) {
        m_message->showMessage(widgets::MessageBar::Kind::Info, tr("Now on %1").arg(branch));
    });
    const QSize size(420, 340);
    dialog->openAt(QRect(QPoint((window()->width() - size.width()) / 2, window()->height() / 6), size));
}

void EditPage::copyUrl()
{
    QGuiApplication::clipboard()->setText(url());
}

void EditPage::copyCurl()
{
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    if (!file)
        return;
    const targets::WorkspacePtr &workspace = m_presenter.workspace();
    const QByteArray body = sampleBody(file->partial(), workspace ? workspace->catalogue.get() : nullptr);
    QGuiApplication::clipboard()->setText(u"curl -d '%1' %2"_s.arg(QString::fromUtf8(body), url()));
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
        ids::kSwitchBranch, this, [this] { openBranches(); },
        [this] {
            if (m_presenter.isReadOnly())
                return Availability::no(tr("Open for reading only"));
            if (m_presenter.unsavedCount() > 0)
                return Availability::no(tr("Save or revert what is not saved first"));
            return Availability::when(m_presenter.repository().hasCommits(), tr("There is no commit yet"));
        });
    m_registry.bind(
        ids::kRevert, this, [this] { m_presenter.revert(m_current); }, isModified);
    const auto canEdit = [this] {
        const QString why = whyReadOnly();
        return Availability::when(why.isEmpty(), why);
    };
    const auto canWrite = [this](bool isPossible, const QString &whyNot) {
        return m_presenter.isReadOnly() ? Availability::no(tr("Open for reading only"))
                                        : Availability::when(isPossible, whyNot);
    };
    m_registry.bind(
        ids::kAddMirror, this, [this] { openPicker({}); }, canEdit);
    m_registry.bind(
        ids::kAddBackend, this,
        [this] {
            openPicker({PickerPurpose::Kind::AddBackend, {}, {}});
        },
        canEdit);
    m_registry.bind(
        ids::kRemoveMirror, this, [this] { removeRow(m_mirrorModel, m_mirrors->currentIndex().row()); },
        [this, canEdit] {
            return m_mirrors->currentIndex().isValid() ? canEdit() : Availability::no(tr("No mirror is selected"));
        });
    const auto movable = [this, canEdit](int step) {
        return [this, canEdit, step] {
            if (!whyReadOnly().isEmpty())
                return canEdit();
            const QTableView *table = m_backends->hasFocus() ? m_backends : m_mirrors;
            const int to = table->currentIndex().row() + step;
            return Availability::when(table->currentIndex().isValid() && to >= 0 && to < table->model()->rowCount(),
                                      tr("No row is selected that could move there"));
        };
    };
    for (const auto &[id, step] : {std::pair{ids::kMoveUp, -1}, std::pair{ids::kMoveDown, 1}})
        m_registry.bind(
            id, this, [this, step = step] { move(m_backends->hasFocus() ? m_backendModel : m_mirrorModel, step); },
            movable(step));
    m_registry.bind(
        ids::kTryEndpoint, this, [this] { openTry(); },
        [this] {
            const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
            if (!file || m_tryPresenter == nullptr)
                return Availability::no(tr("No endpoint is selected"));
            return Availability::when(!file->hasErrors(), tr("The endpoint has errors"));
        });
    m_registry.bind(
        ids::kEditTargets, this, [this] { editTargets(); },
        [this, canWrite] { return canWrite(m_presenter.workspace() != nullptr, tr("No folder is open")); });
    m_registry.bind(
        ids::kEditLocal, this, [this] { editLocal(); },
        [this, canWrite] { return canWrite(m_presenter.file(m_current).has_value(), tr("No endpoint is selected")); });
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
    // Where the YAML is a tab behind the form, they show it.
    for (const auto &[id, view] :
         {std::pair{ids::kYamlText, YamlPane::View::Text}, std::pair{ids::kYamlDifference, YamlPane::View::Difference},
          std::pair{ids::kYamlBoth, YamlPane::View::Both}})
        m_registry.bind(
            id, this,
            [this, view = view] {
                m_yamlPane->setView(view);
                showYaml();
            },
            hasEndpoint);
    m_registry.bind(
        ids::kCheckTargets, this,
        [this] {
            updateTargets(true);
            m_side->checkTargets();
        },
        hasEndpoint);
}

} // namespace parallax::ui
