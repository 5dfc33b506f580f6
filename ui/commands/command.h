// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>

namespace parallax::commands {

/// The menus of the menu bar, in their order.
enum class MenuId {
    File,
    Edit,
    View,
    Endpoint,
    Router,
    Replay,
    Compare,
    Help,
};

inline constexpr int kMenuCount = static_cast<int>(MenuId::Help) + 1;

/// Whether a command can run now and, when it cannot, why: one short sentence without a full stop ("Select a request
/// first").
struct Availability
{
    bool isEnabled = true;
    QString reason;

    [[nodiscard]] static Availability yes() { return {}; }
    [[nodiscard]] static Availability no(QString why) { return {false, std::move(why)}; }
    [[nodiscard]] static Availability when(bool isEnabled, const QString &otherwise)
    {
        return isEnabled ? yes() : no(otherwise);
    }
};

/// One thing the user can ask for, declared once; menus, shortcuts, palette and shortcut sheet come from it. Texts are
/// translated and carry no `&`: access keys are given out when a menu is built.
struct Command
{
    QString id;          ///< "endpoint.addMirror": the object name of its action
    QString text;        ///< a verb; "…" only when more input follows
    QString description; ///< what it does, where the text does not say it; may be empty
    QString icon;        ///< a name of resources/icons, or empty
    QList<QKeySequence> keys;
    MenuId menu = MenuId::File;
    int section = 0; ///< commands of one section stand together between separators
    QString submenu; ///< title of the submenu it stands in, or empty
    bool isCheckable = false;
    /// The keys belong to the widgets that add the action (Delete in a table), not to the whole window.
    bool isLocal = false;
    QAction::MenuRole role = QAction::NoRole;
};

} // namespace parallax::commands
