// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/session.h"
#include "app/desktop/startrequest.h"
#include "app/desktop/workspacelock.h"
#include "base/result.h"
#include "base/taskqueue.h"
#include "traffic/exchange.h"
#include "ui/commands/commandregistry.h"
#include "ui/preferences/preferences.h"
#include "ui/shell/homepage.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace parallax::repository {
class Repository;
}
namespace parallax::help {
class ManualDialog;
}
namespace parallax::shell {
enum class FirstStep;
}
namespace parallax::ui {
class EditPresenter;
class EditPage;
class ComparePage;
class ComparePresenter;
class TrafficExport;
class LivePresenter;
class ReplayPresenter;
class RulesEditor;
class TryPresenter;
} // namespace parallax::ui

namespace parallax::desktop {

class CommandApproval;
class Notifier;

/// The composition root of the desktop: makes the window, opens workspaces and hands the parts to each other. GUI
/// thread; lives as long as the application.
class Desktop final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        bool isAppearanceFixed = false; ///< by the command line: the preference says nothing
    };
    static constexpr QSize kUsualSize{1440, 900};

    explicit Desktop(theme::Theme &theme)
        : Desktop(theme, Options())
    {}
    Desktop(theme::Theme &theme, Options options);
    ~Desktop() override;

    /// Before show(), in the one window of the user: it becomes what it was, and is kept from now on.
    void takeUpSession();
    void show();
    /// Behind show(): what the start asks for, else the folder that was open last.
    void start(const StartRequest &request);
    /// What a start of the program asks for, this one or another that leaves it to us.
    void serve(const StartRequest &request);
    enum class Access {
        Write,    ///< unless another window does; then reading is offered
        ReadOnly, ///< beside the one that writes
    };
    /// A Modelbit repository, or anything in one: an endpoint file is selected. Off the GUI thread; the window shows it
    /// when it is read.
    void openFolder(const QString &path, Access access = Access::Write);
    /// Back to the home screen. The router ends, a replay ends and keeps its answers, unsaved texts wait for the next
    /// time.
    void closeFolder();
    /// A capture, or any file with answers in it, in the Compare mode; its folder's repository is opened with it.
    void openCapture(const QString &path);
    /// Lays the example out in the data folder and opens it.
    void openExample();
    [[nodiscard]] shell::MainWindow &window() { return m_window; }
    /// Of the open folder; null on the home screen.
    [[nodiscard]] ui::EditPresenter *editor() const { return m_edit.get(); }
    [[nodiscard]] QString currentEndpoint() const;
    [[nodiscard]] ui::LivePresenter *router() const { return m_live.get(); }
    [[nodiscard]] ui::ReplayPresenter *replay() const { return m_replay.get(); }
    [[nodiscard]] QAction *command(const QString &id) const { return m_registry.action(id); }

private:
    void bindCommands();
    void bindView();
    void applyPreferences();
    void bindTools();
    void openPreferences();
    void openManual();
    void showSteps(bool isShown);
    void updateTools();
    void goToStep(shell::FirstStep step);
    void watchSteps();
    void watchRun(const ui::ReplayPresenter &replay);
    /// Captures lie in a folder of it for each repository.
    [[nodiscard]] QString captureFolder() const;
    void zoomBy(int percent);
    void resetLayout();
    void askToReopen();
    void restoreFolder();
    void restoreViews(shell::Mode mode);
    void keepSession();
    void writeSession();
    void chooseFolder();
    /// Captures are opened; other files, and pasted commands, are imported first.
    void importTraffic(const QStringList &files, const QString &pasted = {});
    void takeDrop(const QStringList &paths);
    void exportTraffic();
    void exportSelection(const std::vector<traffic::ExchangePtr> &exchanges);
    void replaySelection(const std::vector<traffic::ExchangePtr> &exchanges);
    void showPendingCapture();
    void takeUp(const repository::Repository &repository, Access access);
    void onNoRepository(const Error &error);
    void onLocked(const QString &path, const WorkspaceLock::Holder &holder);
    void sayReadOnly();
    void selectFile(const QString &path);
    void openNewWindow();
    void showNoFolder();
    void leaveReplay();
    void takeUpLive();
    void updateRouterStatus();
    void updateBeyond();
    void takeUpReplay();
    void takeUpTry();
    void updateReplayStatus(const ui::ReplayPresenter &replay);
    void askForCommands(const QStringList &commands);
    void compareVersions();
    [[nodiscard]] ui::ComparePage *makeComparePage();
    [[nodiscard]] bool mayClose();
    /// Preferences and recent folders; workspace data never lives there.
    [[nodiscard]] static QString settingsFile();
    void remember(const QString &path);
    void updateStatus();
    [[nodiscard]] QList<shell::RecentFolder> recent() const;

    theme::Theme &m_theme;
    const Options m_options;
    preferences::Preferences m_preferences;
    commands::CommandRegistry m_registry;
    shell::MainWindow m_window;
    std::unique_ptr<ui::EditPresenter> m_edit;
    std::unique_ptr<ui::ComparePresenter> m_compare;
    std::unique_ptr<ui::RulesEditor> m_rules;
    std::unique_ptr<ui::LivePresenter> m_live;
    std::unique_ptr<ui::ReplayPresenter> m_replay;
    std::unique_ptr<ui::TryPresenter> m_try;
    std::unique_ptr<CommandApproval> m_approval;
    ui::EditPage *m_editPage = nullptr;
    QString m_root;
    std::shared_ptr<WorkspaceLock> m_lock; ///< of m_root; null while it is open for reading only
    WorkspaceLock::Holder m_writer;        ///< who has it then
    QString m_pendingCapture;
    QString m_capture; ///< shown in the Compare mode
    std::unique_ptr<ui::TrafficExport> m_export;
    std::unique_ptr<Notifier> m_notifier;
    QPointer<help::ManualDialog> m_manual;
    QString m_listen;      ///< the preference that the router was told last
    bool m_records = true; ///< likewise
    bool m_hidesSteps = false;
    Session m_session;
    Session m_writtenSession;
    FolderSession m_folderSession; ///< of m_root
    base::TaskQueue m_sessionWriter{this, base::TaskQueue::AtEnd::Finish};
    QTimer m_keepTimer;
    bool m_keepsSession = false;
    bool m_wasClean = true; ///< the program before this one ended as it should
    bool m_isOpening = false;
    bool m_isFileAsked = false;          ///< m_root was opened for one of its files
    std::function<void()> m_nextOpening; ///< asked for while a folder was being opened; the last one counts
    bool m_closesAfterReplay = false;
};

} // namespace parallax::desktop
