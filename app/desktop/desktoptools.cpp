// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside the modes: preferences, help, the first steps and messages about long runs.
#include "app/desktop/desktop.h"
#include "app/desktop/notifier.h"
#include "base/files.h"
#include "resources/resources.h"
#include "ui/commands/catalogue.h"
#include "ui/compare/comparepresenter.h"
#include "ui/edit/editpresenter.h"
#include "ui/help/aboutdialog.h"
#include "ui/help/manualdialog.h"
#include "ui/live/livepresenter.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/replay/replaypresenter.h"
#include "ui/shell/firststeps.h"
#include "ui/shell/statusstrip.h"

#include <QApplication>
#include <QDir>
#include <QSettings>

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;

namespace parallax::desktop {

using shell::FirstStep;
using shell::Mode;

namespace {

constexpr int kManyRequests = 50;

/// Beside the file as it is on disk: what stands there was done before, or by somebody else.
bool addsMirror(const ui::EditPresenter &edit, const QString &name)
{
    const std::optional<endpoints::EndpointFile> file = edit.file(name);
    if (!file || !file->endpoint())
        return false;
    const targets::WorkspaceEndpoint *onDisk = edit.workspace() ? edit.workspace()->endpoint(name) : nullptr;
    return file->endpoint()->mirrors.size() > (onDisk != nullptr ? onDisk->file.partial().mirrors.size() : 0);
}

} // namespace

void Desktop::bindTools()
{
    m_registry.bind(ids::kPreferences, this, [this] { openPreferences(); });
    m_registry.bind(ids::kManual, this, [this] { openManual(); });
    m_registry.bind(ids::kAbout, this, [this] {
        auto *about = new help::AboutDialog(m_theme, resources::licenceFile(), &m_window);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->open();
    });
    m_registry.bind(ids::kFirstSteps, this, [this] { showSteps(!m_preferences.values().showsSteps); });
    shell::FirstSteps &steps = m_window.firstSteps();
    steps.setBits(QSettings(settingsFile(), QSettings::IniFormat).value(u"firstSteps"_s).toInt());
    // Whoever has been through them all sees them no more.
    m_hidesSteps = steps.doneCount() == shell::kFirstStepCount;
    connect(&steps, &shell::FirstSteps::hideAsked, this, [this] { showSteps(false); });
    connect(&steps, &shell::FirstSteps::chosen, this, &Desktop::goToStep);
    connect(&steps, &shell::FirstSteps::stepDone, this, [this] {
        if (base::makePath(base::configFolder(), base::Privacy::OwnerOnly))
            QSettings(settingsFile(), QSettings::IniFormat).setValue(u"firstSteps"_s, m_window.firstSteps().bits());
    });
    connect(&m_window.home(), &shell::HomePage::stepsHidden, this, [this] { showSteps(false); });
    connect(m_compare.get(), &ui::ComparePresenter::loaded, this, [this] {
        if (m_compare->view() && !m_compare->view()->pairs.empty())
            m_window.firstSteps().setDone(FirstStep::Compare);
    });
    m_notifier = std::make_unique<Notifier>();
    connect(m_notifier.get(), &Notifier::told, this, [this] { QApplication::alert(&m_window); });
    updateTools();
}

QString Desktop::captureFolder() const
{
    const QString &chosen = m_preferences.values().captureFolder;
    return chosen.isEmpty() ? base::dataFolder() + u"/captures"_s : chosen;
}

void Desktop::openPreferences()
{
    auto *dialog = new preferences::PreferencesDialog(m_theme, m_preferences, &ui::LivePresenter::isAddress,
                                                      base::dataFolder() + u"/captures"_s, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Desktop::openManual()
{
    if (!m_manual) {
        m_manual = new help::ManualDialog(m_theme, resources::manualFolder(), &m_window);
        m_manual->setAttribute(Qt::WA_DeleteOnClose);
    }
    static constexpr std::array kChapters{"edit", "live", "replay", "compare"};
    const std::optional<Mode> mode = m_window.mode();
    m_manual->showChapter(mode ? QString::fromLatin1(kChapters[static_cast<std::size_t>(*mode)]) : u"start"_s);
    m_manual->show();
    m_manual->raise();
    m_manual->activateWindow();
}

void Desktop::showSteps(bool isShown)
{
    m_hidesSteps = false;
    preferences::Values values = m_preferences.values();
    values.showsSteps = isShown;
    m_preferences.set(values);
    updateTools();
}

/// What follows from the preferences for the parts that are there.
void Desktop::updateTools()
{
    const preferences::Values &values = m_preferences.values();
    const bool showsSteps = values.showsSteps && !m_hidesSteps;
    m_window.firstSteps().setVisible(showsSteps && !m_root.isEmpty());
    m_window.home().setStepsVisible(showsSteps);
    m_registry.setChecked(ids::kFirstSteps, showsSteps);
    m_notifier->setRules({values.notifies, std::chrono::seconds(values.notifiesAfterS)});
    if (!m_live || !m_replay)
        return;
    m_replay->setCaptureFolder(captureFolder() + u'/' + QDir(m_root).dirName());
    constexpr qint64 kMib = 1024 * 1024;
    m_live->setCapturePlace(captureFolder() + u'/' + QDir(m_root).dirName(),
                            {values.captureQuotaGib * 1024 * kMib, values.captureBodyMib * kMib});
    if (m_live->state() == ui::LiveState::Stopped && std::exchange(m_listen, values.listen) != values.listen)
        m_live->setListen(values.listen);
    if (m_live->state() == ui::LiveState::Stopped &&
        std::exchange(m_records, values.recordsTraffic) != values.recordsTraffic)
        m_live->setCapturing(values.recordsTraffic);
}

void Desktop::goToStep(FirstStep step)
{
    switch (step) {
    case FirstStep::Open:
        m_registry.run(ids::kOpenFolder);
        break;
    case FirstStep::AddMirror:
        m_window.setMode(Mode::Edit);
        m_registry.refreshNow();
        m_registry.run(ids::kAddMirror);
        break;
    case FirstStep::SendRequests:
        m_window.setMode(Mode::Live);
        m_registry.refreshNow();
        if (m_live && m_live->isRunning())
            m_registry.run(ids::kSendSamples);
        else
            m_registry.run(ids::kToggleRouter);
        break;
    case FirstStep::Compare:
        m_registry.refreshNow();
        if (!m_registry.run(ids::kCompareCapture))
            m_window.setMode(Mode::Compare);
        break;
    }
}

/// Of the folder just taken up: what its parts do counts for the steps.
void Desktop::watchSteps()
{
    m_window.firstSteps().setDone(FirstStep::Open);
    connect(m_edit.get(), &ui::EditPresenter::documentChanged, this, [this](const QString &name) {
        if (!m_window.firstSteps().isDone(FirstStep::AddMirror) && addsMirror(*m_edit, name))
            m_window.firstSteps().setDone(FirstStep::AddMirror);
    });
    connect(m_live.get(), &ui::LivePresenter::figuresChanged, this, [this] {
        if (m_live->figures().requests >= kManyRequests)
            m_window.firstSteps().setDone(FirstStep::SendRequests);
    });
    m_listen.clear();
    m_records = true;
    updateTools();
}

void Desktop::watchRun(const ui::ReplayPresenter &replay)
{
    using ui::ReplayPhase;
    switch (replay.phase()) {
    case ReplayPhase::Starting:
        m_notifier->runBegan();
        break;
    case ReplayPhase::Done:
    case ReplayPhase::Failed: {
        const bool isDone = replay.phase() == ReplayPhase::Done;
        const QString text = isDone ? ui::runStatus(replay) : tr("Nothing was sent");
        m_notifier->runEnded(isDone ? tr("The replay has ended") : tr("The replay could not run"), text,
                             m_window.isActiveWindow());
        m_window.status().announce(text);
        if (isDone && replay.view().progress.ok >= kManyRequests)
            m_window.firstSteps().setDone(FirstStep::SendRequests);
        break;
    }
    default:
        break;
    }
}

} // namespace parallax::desktop
