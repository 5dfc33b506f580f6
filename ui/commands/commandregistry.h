// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/commands/command.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <array>
#include <memory>
#include <vector>

class QMenu;
class QMenuBar;
class QWidget;

namespace parallax::theme {
class Theme;
}

namespace parallax::commands {

/// Every action of one window. Commands are declared with add(), what they do is bound by the modes; a command nobody
/// has bound shows nowhere. Owns the QActions, lives on the GUI thread, is made by the composition root before the
/// window.
class CommandRegistry : public QObject
{
    Q_OBJECT

public:
    using Run = std::function<void()>;
    using Predicate = std::function<Availability()>;

    /// Without declarations of its own: addAll(catalogue()) brings those of the desktop.
    explicit CommandRegistry(const theme::Theme &theme, QObject *parent = nullptr);
    ~CommandRegistry() override;

    /// The action of the command, disabled until bound. Ids are unique.
    QAction *add(const Command &command);
    void addAll(const QList<Command> &commands);

    /// What the command does from now on, for as long as the context lives. A widget inside a window counts as context
    /// only while it is visible, so several modes may bind the same command; of those that count the latest wins. The
    /// predicate is asked on refresh().
    void bind(const QString &id, QObject *context, Run run, Predicate predicate = {});

    /// The action of a command: for a tool button, or a context menu. Null for an unknown id.
    [[nodiscard]] QAction *action(const QString &id) const;
    [[nodiscard]] QList<Command> commands() const;
    [[nodiscard]] const Command *command(const QString &id) const;
    [[nodiscard]] Availability availability(const QString &id) const;
    [[nodiscard]] bool isBound(const QString &id) const;

    /// Runs it when it can run; false when it cannot.
    bool run(const QString &id);

    /// A command that changes its verb: "Start router" and "Stop router".
    void setText(const QString &id, const QString &text, const QString &icon = {});
    void setChecked(const QString &id, bool isChecked);

    /// Asks every predicate again, at the next pass of the event loop; call it when something a predicate looks at
    /// changed.
    void refresh();
    void refreshNow();

    /// Fills an empty menu bar with the menus of MenuId. Recent folders and the like are added to menu() afterwards.
    void buildMenus(QMenuBar &bar);
    [[nodiscard]] QMenu *menu(MenuId menu) const { return m_menus[static_cast<std::size_t>(menu)]; }
    /// The translated title of a menu without its access key.
    [[nodiscard]] static QString menuTitle(MenuId menu);

Q_SIGNALS:
    /// A text, state or availability is different now.
    void changed();
    void ran(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Binding
    {
        QPointer<QObject> context;
        Run run;
        Predicate predicate;
    };
    struct Entry
    {
        Command command;
        QAction *action = nullptr;
        QList<Binding> bindings;
        Availability availability;
    };

    [[nodiscard]] const Binding *activeBinding(const Entry &entry) const;
    void update(Entry &entry);
    void updateTexts(Entry &entry);
    void onTriggered(const QString &id);

    const theme::Theme &m_theme;
    std::vector<std::unique_ptr<Entry>> m_entries;
    QHash<QString, Entry *> m_byId;
    std::array<QMenu *, kMenuCount> m_menus{};
    QTimer m_refreshTimer;
};

/// Gives the entries of a menu access keys that are unique in it: the first free letter of each text, word starts
/// first.
void assignMnemonics(QMenu &menu);

} // namespace parallax::commands
