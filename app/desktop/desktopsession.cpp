// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window as it was left: kept every few seconds, so that a crash loses little, and put back at the next start.
// Nothing that runs is started by it.
#include "app/desktop/desktop.h"
#include "ui/commands/catalogue.h"
#include "ui/edit/editpresenter.h"
#include "ui/replay/replaypresenter.h"
#include "ui/shell/viewstate.h"
#include "ui/widgets/messagebar.h"

#include <QDir>
#include <QFileInfo>
#include <QPushButton>

#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::desktop {

using shell::Mode;
using widgets::MessageBar;

namespace {

constexpr auto kKeepInterval = 3s;
constexpr int kMostBrokenStarts = 2;
constexpr std::array kModes{Mode::Edit, Mode::Live, Mode::Replay, Mode::Compare};
constexpr std::array kModeNames{"edit", "live", "replay", "compare"};

QString nameOf(Mode mode)
{
    return QString::fromLatin1(kModeNames[static_cast<std::size_t>(mode)]);
}

/// What is asked for anew, or may hold a secret, is left out.
QJsonObject keptPlan(replay::ReplayPlan plan)
{
    plan.rewrites.clear();
    plan.extractions.clear();
    plan.allowedHosts.clear();
    return plan.toJson();
}

} // namespace

void Desktop::takeUpSession()
{
    m_keepsSession = true;
    m_session = Session::load();
    m_wasClean = std::exchange(m_session.isClean, false);
    m_session.brokenStarts = m_wasClean ? 0 : m_session.brokenStarts + 1;
    if (!m_session.geometry.isEmpty())
        m_window.restoreGeometry(m_session.geometry);
    connect(&m_keepTimer, &QTimer::timeout, this, [this] { keepSession(); });
    m_keepTimer.start(kKeepInterval);
    connect(&m_window, &shell::MainWindow::closed, this, [this] {
        m_keepTimer.stop();
        m_session.isClean = true;
        m_session.brokenStarts = 0;
        keepSession();
    });
}

void Desktop::start(const StartRequest &request)
{
    if (m_keepsSession)
        writeSession(); // from now on an end without closing shows
    if (!request.isEmpty()) {
        serve(request);
    } else if (m_keepsSession && m_preferences.values().reopensFolder && QFileInfo::exists(m_session.folder)) {
        if (m_session.brokenStarts <= kMostBrokenStarts)
            openFolder(m_session.folder);
        else
            askToReopen();
    }
}

void Desktop::askToReopen()
{
    MessageBar &notice = m_window.notice();
    notice.showMessage(MessageBar::Kind::Warning,
                       tr("Parallax ended several times while it opened %1.").arg(QDir(m_session.folder).dirName()));
    connect(notice.addButton(tr("Open it again"), u"reopenFolder"_s, true), &QPushButton::clicked, this,
            [this, folder = m_session.folder] { openFolder(folder); });
    connect(notice.addButton(tr("Not now"), u"leaveFolder"_s), &QPushButton::clicked, &notice, &MessageBar::clear);
}

/// Behind takeUp(): the folder is open, and its pages are there or come when they are gone to.
void Desktop::restoreFolder()
{
    m_session.brokenStarts = 0;
    const FolderSession *known = m_keepsSession ? m_session.of(m_root) : nullptr;
    m_folderSession = known != nullptr ? *known : FolderSession{m_root, {}, {}, {}, {}};
    for (const Mode mode : kModes)
        restoreViews(mode);
    if (m_replay && !m_folderSession.replay.isEmpty()) {
        const Result<replay::ReplayPlan> plan = replay::ReplayPlan::fromJson(m_folderSession.replay);
        if (plan && (plan->source.isEmpty() || QFileInfo::exists(plan->source)))
            m_replay->setPlan(*plan);
    }
    if (known != nullptr && m_pendingCapture.isEmpty()) {
        const auto at = std::find_if(kModeNames.begin(), kModeNames.end(),
                                     [this](const char *name) { return m_folderSession.mode == QLatin1String(name); });
        const Mode mode = at == kModeNames.end() ? Mode::Edit : static_cast<Mode>(at - kModeNames.begin());
        if (mode == Mode::Compare && QFileInfo::exists(m_folderSession.capture))
            openCapture(m_folderSession.capture);
        else
            m_window.setMode(mode);
    }
    if (m_keepsSession && !std::exchange(m_wasClean, true)) {
        MessageBar &notice = m_window.notice();
        if (notice.isVisible())
            return; // something more pressing
        notice.showMessage(MessageBar::Kind::Info,
                           tr("Parallax ended without closing. The folder is open again; nothing was started."));
        connect(notice.addButton(tr("Dismiss"), u"dismissCrash"_s), &QPushButton::clicked, &notice, &MessageBar::clear);
    }
}

void Desktop::restoreViews(Mode mode)
{
    QWidget *page = m_window.page(mode);
    if (page == nullptr || m_root.isEmpty())
        return;
    QJsonObject views = m_folderSession.views.value(nameOf(mode)).toObject();
    if (mode == Mode::Edit && m_isFileAsked)
        views.remove(u"endpointList"_s); // the file that was asked for is selected instead
    shell::restoreViewState(*page, views);
}

void Desktop::keepSession()
{
    if (!m_keepsSession)
        return;
    m_session.geometry = m_window.saveGeometry();
    if (!m_isOpening || !m_root.isEmpty()) // else what was open last still counts
        m_session.folder = m_root;
    if (!m_root.isEmpty()) {
        m_folderSession.root = m_root;
        if (m_window.mode())
            m_folderSession.mode = nameOf(*m_window.mode());
        m_folderSession.capture = m_capture;
        if (m_replay)
            m_folderSession.replay = keptPlan(m_replay->plan());
        for (const Mode mode : kModes) {
            if (const QWidget *page = m_window.page(mode))
                m_folderSession.views.insert(nameOf(mode), shell::takenViewState(*page));
        }
        m_session.keep(m_folderSession);
    }
    writeSession();
}

void Desktop::writeSession()
{
    if (m_session == m_writtenSession)
        return;
    m_writtenSession = m_session;
    m_sessionWriter.run([session = m_session]() -> base::TaskQueue::Answer {
        static_cast<void>(session.save()); // a session is a comfort: nobody is told that it is not kept
        return {};
    });
}

void Desktop::resetLayout()
{
    m_window.setWindowState(m_window.windowState() & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
    m_window.resize(kUsualSize);
    preferences::Values values = m_preferences.values();
    values.zoom = 100;
    m_preferences.set(values);
    m_folderSession.views = {};
    for (const Mode mode : kModes) {
        if (QWidget *page = m_window.page(mode))
            shell::resetViewState(*page);
    }
}

} // namespace parallax::desktop
