// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Replay mode in the window: its presenter and page, and what it asks the user.
#include "app/desktop/commandapproval.h"
#include "app/desktop/desktop.h"
#include "app/example/example.h"
#include "base/files.h"
#include "repository/catalogue.h"
#include "ui/commands/catalogue.h"
#include "ui/compare/comparepage.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/trypresenter.h"
#include "ui/replay/replaypage.h"
#include "ui/replay/replaypresenter.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/controls.h"
#include "ui/wording/wording.h"

#include <QDir>
#include <QFileInfo>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;

namespace parallax::desktop {

/// The run of the folder that is left ends by itself, its answers kept.
void Desktop::leaveReplay()
{
    if (m_replay && m_replay->isActive()) {
        ui::ReplayPresenter *left = m_replay.release();
        left->setParent(this);
        connect(left, &ui::ReplayPresenter::phaseChanged, left, [left] {
            if (!left->isActive())
                left->deleteLater();
        });
        left->stop();
    }
    m_replay.reset();
}

/// Single requests of the Edit mode, under the same approvals.
void Desktop::takeUpTry()
{
    ui::TryPresenter::Options options;
    options.runnerScript = [] { return example::runnerScript(); };
    options.unapproved = [this](const targets::Workspace &workspace,
                                const QList<endpoints::DeploymentRef> &deployments) {
        return m_approval->unapproved(workspace, deployments);
    };
    options.approve = [this](const QStringList &commands) { m_approval->approve(commands); };
    const QString root = m_edit->repository().root();
    options.samples.captureFolder = captureFolder() + u'/' + QDir(root).dirName();
    const QString example = base::dataFolder() + u"/example"_s;
    if (root == QFileInfo(example + u"/workspace"_s).canonicalFilePath())
        options.samples.sampleTraffic = example + u"/traffic/diamonds.ndjson"_s;
    m_try = std::make_unique<ui::TryPresenter>(m_edit->repository(), options);
    m_editPage->setTryPresenter(*m_try);
}

void Desktop::takeUpReplay()
{
    if (m_replay && m_replay->isActive())
        leaveReplay();
    const QString root = m_edit->repository().root();
    const QString example = base::dataFolder() + u"/example"_s;
    const bool isExample = root == QFileInfo(example + u"/workspace"_s).canonicalFilePath();
    m_approval = std::make_unique<CommandApproval>(settingsFile(), root, isExample);
    ui::ReplayPresenter::Options options;
    options.captureFolder = captureFolder() + u'/' + QDir(root).dirName();
    if (isExample)
        options.sampleTraffic = example + u"/traffic/diamonds.ndjson"_s;
    options.runnerScript = [] { return example::runnerScript(); };
    options.unapproved = [this](const targets::Workspace &workspace,
                                const QList<endpoints::DeploymentRef> &deployments) {
        return m_approval->unapproved(workspace, deployments);
    };
    auto presenter = std::make_unique<ui::ReplayPresenter>(m_edit->repository(), options);
    auto *page = new ui::ReplayPage(m_theme, m_registry, *presenter);
    m_window.setPage(shell::Mode::Replay,
                     page); // the page before it goes first, then its presenter
    m_replay = std::move(presenter);

    using ui::ReplayPresenter;
    ReplayPresenter *replay = m_replay.get();
    connect(m_edit.get(), &ui::EditPresenter::loaded, replay,
            [this, replay] { replay->setWorkspace(m_edit->workspace()); });
    connect(page, &ui::ReplayPage::compareAsked, this, [this](const QString &capture) {
        openCapture(capture);
        m_compare->setEarlierRun(m_replay->repeatedRun(capture));
    });
    connect(page, &ui::ReplayPage::readOut, this, [this](const QString &text) { m_window.status().setHint(text); });
    connect(replay, &ReplayPresenter::failed, this,
            [this](const Error &error) { m_window.status().say(wording::text(error)); });
    connect(replay, &ReplayPresenter::approvalNeeded, this, &Desktop::askForCommands);
    // Of the folder that is left, too, until its run has ended.
    connect(replay, &ReplayPresenter::progressed, this, [this, replay] { updateReplayStatus(*replay); });
    connect(replay, &ReplayPresenter::phaseChanged, this, [this, replay] {
        updateReplayStatus(*replay);
        updateBeyond();
        watchRun(*replay);
        if (m_closesAfterReplay && !replay->isActive())
            m_window.close();
    });
    m_registry.bind(ids::kCompareVersions, replay, [this] { compareVersions(); });
    m_window.setCloseGuard([this] { return mayClose(); });
}

ui::ComparePage *Desktop::makeComparePage()
{
    auto *page = new ui::ComparePage(m_theme, m_registry, *m_compare, *m_rules);
    connect(page, &ui::ComparePage::replayAsked, this, [this](const QString &capture) {
        if (!m_replay) {
            m_window.status().say(tr("Open the folder of the endpoint first; requests are sent to what it names."));
            return;
        }
        m_replay->replayAgain(capture);
        m_window.setMode(shell::Mode::Replay);
    });
    connect(page, &ui::ComparePage::rulesTextAsked, this, [this](const QString &endpoint) {
        if (m_editPage != nullptr)
            m_editPage->editRules(endpoint);
    });
    return page;
}

void Desktop::updateReplayStatus(const ui::ReplayPresenter &replay)
{
    const QString said = ui::runStatus(replay);
    if (!said.isEmpty())
        m_window.status().say(said);
}

bool Desktop::mayClose()
{
    if (!m_replay || !m_replay->isActive())
        return true;
    // What was answered is kept; a second try to close gives up what is under way.
    m_closesAfterReplay = true;
    m_replay->stop();
    return false;
}

void Desktop::askForCommands(const QStringList &commands)
{
    m_window.setMode(shell::Mode::Replay);
    auto *box = new QMessageBox(&m_window);
    box->setObjectName(u"approveCommands"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Commands of this repository"));
    // In the one label whose format is ours to set: the informative text would take a repository's words for markup.
    box->setText(tr("Run commands of this repository to answer the requests?") + u"\n\n"_s + commands.join(u'\n'));
    QPushButton *run = box->addButton(tr("Run them"), QMessageBox::AcceptRole);
    theme::setNames(run, u"runCommands"_s, tr("Run them"));
    QPushButton *keep = box->addButton(tr("Do not run"), QMessageBox::RejectRole);
    theme::setNames(keep, u"doNotRunCommands"_s, tr("Do not run"));
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(run, &QPushButton::clicked, m_replay.get(), [this, commands] {
        m_approval->approve(commands);
        m_replay->proceed();
    });
    box->open();
}

void Desktop::replaySelection(const std::vector<traffic::ExchangePtr> &exchanges)
{
    m_replay->takeRequests(exchanges);
    m_window.setMode(shell::Mode::Replay);
    if (auto *start = m_window.page(shell::Mode::Replay)->findChild<QPushButton *>(u"startReplay"_s))
        start->setFocus(Qt::OtherFocusReason);
    m_window.status().announce(
        tr("%Ln selected request(s) are the source of the next replay", nullptr, static_cast<int>(exchanges.size())));
}

void Desktop::compareVersions()
{
    // The deployment that is selected in Edit, or else what the endpoint of the next run answers with.
    const auto *list = m_editPage->findChild<QListView *>(u"deploymentList"_s);
    QString name = list != nullptr ? list->currentIndex().data(Qt::UserRole).toString() : QString();
    const QList<ui::RunTarget> targets = m_replay->targets();
    if (name.isEmpty() && !targets.isEmpty())
        name = targets.first().deployment.name;
    if (!name.isEmpty()) {
        const QString branch = m_edit->branch().isEmpty() ? u"main"_s : m_edit->branch();
        const auto &workspace = m_edit->workspace();
        const repository::Deployment *known =
            workspace && workspace->catalogue ? workspace->catalogue->deployment(name, branch) : nullptr;
        const int newest = known != nullptr ? known->newestVersion() : 0;
        const endpoints::DeploymentRef latest{name, branch, {}};
        if (newest > 1)
            m_replay->compareVersions({name, branch, endpoints::Version::number(newest - 1)}, {latest});
        else
            m_replay->compareVersions(latest, {{name, branch, endpoints::Version::workTree()}});
    }
    m_window.setMode(shell::Mode::Replay);
}

} // namespace parallax::desktop
