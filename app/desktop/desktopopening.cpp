// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How folders come into the window and leave it: looked for and locked off the GUI thread, one writer at a time.
#include "app/desktop/desktop.h"
#include "app/example/example.h"
#include "base/files.h"
#include "repository/errors.h"
#include "repository/repository.h"
#include "ui/compare/comparepresenter.h"
#include "ui/compare/ruleseditor.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/trypresenter.h"
#include "ui/live/livepresenter.h"
#include "ui/replay/replaypresenter.h"
#include "ui/shell/statusstrip.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/toast.h"
#include "ui/wording/wording.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QThreadPool>
#include <QTime>

using namespace Qt::StringLiterals;

namespace parallax::desktop {

using widgets::MessageBar;

namespace {

bool isEndpointFile(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == "yaml"_L1 || suffix == "yml"_L1;
}

} // namespace

void Desktop::serve(const StartRequest &request)
{
    if (!request.token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", request.token.toUtf8());
    m_window.present();
    if (request.isExample)
        openExample();
    else if (!request.folder.isEmpty())
        openFolder(request.folder);
    for (const QString &capture : request.captures)
        openCapture(capture);
}

void Desktop::openExample()
{
    m_window.status().say(tr("Laying out the example"));
    QThreadPool::globalInstance()->start([self = QPointer<Desktop>(this)] {
        const Result<example::Example> made = example::createOnce(base::dataFolder() + u"/example"_s);
        QMetaObject::invokeMethod(qApp, [self, made] {
            if (!self)
                return;
            if (made)
                self->openFolder(made->workspace);
            else
                self->m_window.status().say(wording::text(made.error()));
        });
    });
}

void Desktop::openFolder(const QString &path, Access access)
{
    if (m_isOpening) { // one after the other: a lock of ours is no other's
        m_nextOpening = [this, path, access] { openFolder(path, access); };
        return;
    }
    m_isOpening = true;
    m_window.notice().clear();
    QThreadPool::globalInstance()->start([self = QPointer<Desktop>(this), path, access, held = m_lock] {
        const Result<repository::Repository> repository = repository::Repository::discover(path);
        std::shared_ptr<WorkspaceLock> lock;
        const bool isHeld = repository && held && held->root() == QFileInfo(repository->root()).canonicalFilePath();
        if (repository && !isHeld && access == Access::Write)
            lock = std::make_shared<WorkspaceLock>(repository->root());
        QMetaObject::invokeMethod(qApp, [self, repository, path, access, isHeld, lock] {
            if (!self)
                return;
            self->m_isOpening = false;
            if (const auto next = std::exchange(self->m_nextOpening, {}))
                QMetaObject::invokeMethod(self.data(), next, Qt::QueuedConnection);
            if (isHeld && !self->m_lock) { // it was closed meanwhile
                self->openFolder(path, access);
            } else if (lock && !lock->isHeld()) {
                self->onLocked(path, lock->holder());
            } else if (!repository) {
                self->onNoRepository(repository.error());
            } else if (isHeld) { // it is open, with whatever is being edited
                self->selectFile(path);
            } else {
                self->m_lock = lock;
                self->m_isFileAsked = isEndpointFile(path);
                self->takeUp(*repository, access);
                self->selectFile(path);
            }
        });
    });
}

void Desktop::onNoRepository(const Error &error)
{
    if (m_pendingCapture.isEmpty())
        m_window.status().say(wording::text(error));
    else
        showPendingCapture();
}

void Desktop::showPendingCapture()
{
    const QString capture = std::exchange(m_pendingCapture, {});
    if (capture.isEmpty())
        return;
    m_window.setWorkspace(QFileInfo(capture).fileName(), capture);
    m_compare->open(capture, {});
    m_capture = capture;
    m_registry.refresh();
    m_window.setMode(shell::Mode::Compare);
}

void Desktop::onLocked(const QString &path, const WorkspaceLock::Holder &holder)
{
    m_writer = holder;
    m_window.status().say({});
    MessageBar &notice = m_window.notice();
    const QString name = QDir(path).dirName();
    notice.showMessage(
        MessageBar::Kind::Warning,
        holder.isElsewhere
            ? tr("%1 is open for writing in Parallax on %2 (process %3).").arg(name, holder.host).arg(holder.pid)
            : tr("%1 is open for writing in another Parallax (process %2).").arg(name).arg(holder.pid));
    connect(notice.addButton(tr("Open read-only"), u"openReadOnly"_s, true), &QPushButton::clicked, this,
            [this, path] { openFolder(path, Access::ReadOnly); });
    connect(notice.addButton(tr("Not now"), u"leaveLocked"_s), &QPushButton::clicked, this, [this] {
        m_window.notice().clear();
        showPendingCapture();
    });
}

void Desktop::sayReadOnly()
{
    MessageBar &notice = m_window.notice();
    notice.showMessage(
        MessageBar::Kind::Info,
        tr("Open for reading only: another Parallax (process %1) writes to this folder.").arg(m_writer.pid));
    connect(notice.addButton(tr("Try again"), u"lockAgain"_s, true), &QPushButton::clicked, this,
            [this] { openFolder(m_root); });
}

void Desktop::takeUp(const repository::Repository &repository, Access access)
{
    const QString path = repository.root();
    if (!m_root.isEmpty())
        keepSession(); // of the folder that is left
    m_root.clear();
    m_window.toast().hide();
    m_window.setWorkspace({});
    const std::unique_ptr<ui::EditPresenter> left =
        std::exchange(m_edit, std::make_unique<ui::EditPresenter>(repository));
    m_edit->setReadOnly(access == Access::ReadOnly);
    m_rules->setRepository(repository, access == Access::ReadOnly);
    m_editPage = new ui::EditPage(m_theme, m_registry, *m_edit);
    m_window.setPage(shell::Mode::Edit, m_editPage);
    connect(m_edit.get(), &ui::EditPresenter::loaded, this, &Desktop::updateStatus);
    connect(m_edit.get(), &ui::EditPresenter::documentChanged, this, &Desktop::updateStatus);
    connect(m_edit.get(), &ui::EditPresenter::saved, this, [this] {
        const QString at = QTime::currentTime().toString(u"HH:mm:ss"_s);
        shell::StatusItem *saved = m_window.status().item(u"saved"_s);
        m_window.status().say({});
        saved->show();
        saved->announce(tr("Saved %1").arg(at));
    });
    takeUpReplay();
    takeUpTry();
    m_edit->reload();
    takeUpLive();
    m_window.setWorkspace(QDir(path).dirName(), path);
    m_window.setMode(shell::Mode::Edit);
    m_window.status().say({});
    m_root = path;
    m_window.status().item(u"saved"_s)->hide();
    watchSteps();
    remember(path);
    if (access == Access::ReadOnly)
        sayReadOnly();
    restoreFolder();
    if (!m_pendingCapture.isEmpty())
        openCapture(std::exchange(m_pendingCapture, {}));
}

void Desktop::selectFile(const QString &path)
{
    if (m_editPage == nullptr || !isEndpointFile(path))
        return;
    m_window.setMode(shell::Mode::Edit);
    const auto select = [this, page = QPointer(m_editPage), file = QFileInfo(path)] {
        // Beside a .yaml of its name a .yml stands under its own.
        if (page)
            page->selectEndpoint(m_edit->file(file.fileName()) ? file.fileName() : file.completeBaseName());
    };
    if (m_edit->workspace())
        select();
    else // as soon as the list is there
        connect(m_edit.get(), &ui::EditPresenter::opened, m_editPage, select, Qt::SingleShotConnection);
}

QString Desktop::currentEndpoint() const
{
    return m_editPage == nullptr ? QString() : m_editPage->currentEndpoint();
}

void Desktop::closeFolder()
{
    keepSession();
    m_window.notice().clear();
    m_window.toast().hide();
    m_window.setWorkspace({});
    for (const shell::Mode mode : {shell::Mode::Edit, shell::Mode::Live, shell::Mode::Replay})
        m_window.removePage(mode);
    leaveReplay();
    m_try.reset();
    m_editPage = nullptr;
    m_live.reset();
    m_edit.reset();
    m_rules->setRepository({}, false);
    m_lock.reset();
    m_root.clear();
    m_window.setRouterRunning(false);
    updateBeyond();
    for (const QString &id : {u"router"_s, u"rate"_s, u"saved"_s})
        m_window.status().item(id)->hide();
    showNoFolder();
    updateTools();
    m_window.home().setRecent(recent());
    m_registry.refresh();
}

void Desktop::openNewWindow()
{
    if (!QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--new-window"_s}))
        m_window.status().say(tr("The new window could not be started"));
}

} // namespace parallax::desktop
