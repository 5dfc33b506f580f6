// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/mode.h"

#include <QMainWindow>

#include <array>
#include <functional>
#include <optional>

class QStackedWidget;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
class MessageBar;
class Toast;
} // namespace parallax::widgets

namespace parallax::shell {

class CommandPalette;
class FirstSteps;
class HomePage;
class Rail;
class StatusStrip;

/// Marks a widget as a pane: F6 and Shift+F6 go from one to the next, in the order of their place in the window.
void markPane(QWidget *pane);

/// The frame around the modes: menu bar with the folder's name and the palette, left rail, pages, status bar. Wires,
/// and decides nothing: pages are given to it, commands are bound by others. Until a folder has a name it shows the
/// home screen and the modes are off. Made by the composition root; the registry and the theme outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(commands::CommandRegistry &registry, theme::Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The page of a mode; the window owns it from then on.
    void setPage(Mode mode, QWidget *page);
    /// As above, made when the mode is first gone to.
    void setPageFactory(Mode mode, std::function<QWidget *()> factory);
    /// Takes the page away and deletes it; the mode is off until it has one again.
    void removePage(Mode mode);
    [[nodiscard]] QWidget *page(Mode mode) const;

    /// Shows the mode; stays home while no folder is open.
    void setMode(Mode mode);
    /// Empty on the home screen.
    [[nodiscard]] std::optional<Mode> mode() const;

    /// The open folder's name, shown in the menu bar; empty closes to the home screen.
    void setWorkspace(const QString &name, const QString &path = {});
    /// The marks of View > Appearance follow the theme's mode.
    void showAppearance();
    void setRouterRunning(bool isRunning);
    /// A 2 px frame in the warning colour and a pill: a target is not on this machine.
    /// `what` says which, a line each; nothing: all of it stays here.
    void setBeyondThisMachine(const QStringList &what);

    [[nodiscard]] HomePage &home() const { return *m_home; }
    [[nodiscard]] StatusStrip &status() const { return *m_status; }
    [[nodiscard]] CommandPalette &commandPalette() const { return *m_palette; }
    /// What concerns the whole window, above every mode: "open for reading only", "ended without closing".
    [[nodiscard]] widgets::MessageBar &notice() const { return *m_notice; }
    /// Below the pages, hidden until somebody shows it.
    [[nodiscard]] FirstSteps &firstSteps() const { return *m_steps; }
    /// Brings the window to the front, also from a minimised state.
    void present();
    /// What was done and can be undone. Call toast().release() at the next edit.
    [[nodiscard]] widgets::Toast &toast() const { return *m_toast; }

    /// Asked before the window closes; false keeps it open.
    void setCloseGuard(std::function<bool()> guard);

Q_SIGNALS:
    void modeChanged(parallax::shell::Mode mode);
    /// A mode has got its page.
    void pageAdded(parallax::shell::Mode mode);
    void closed();
    /// Folders and files dropped on the window.
    void dropped(const QStringList &paths);
    void textDropped(const QString &text);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void buildMenuBar();
    void buildCentre();
    void bindCommands();
    void bindAppearance();
    void showShortcuts();
    void goToPane(int step);
    void goToDivider();
    void updateRail();

    commands::CommandRegistry &m_registry;
    theme::Theme &m_theme;
    Rail *m_rail = nullptr;
    QStackedWidget *m_stack = nullptr;
    HomePage *m_home = nullptr;
    StatusStrip *m_status = nullptr;
    CommandPalette *m_palette = nullptr;
    widgets::Toast *m_toast = nullptr;
    widgets::MessageBar *m_notice = nullptr;
    FirstSteps *m_steps = nullptr;
    widgets::Label *m_folder = nullptr;
    QWidget *m_folderIcon = nullptr;
    QWidget *m_beyondFrame = nullptr;
    QWidget *m_beyondPill = nullptr;
    std::array<QWidget *, kModeCount> m_pages{};
    std::array<std::function<QWidget *()>, kModeCount> m_factories;
    std::function<bool()> m_closeGuard;
    bool m_hasWorkspace = false;
};

} // namespace parallax::shell
