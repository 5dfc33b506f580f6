// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}

namespace parallax::shell {

/// Every shortcut of what can be done now, by menu, as key caps. Comes from the registry, so it is never out of date.
class ShortcutSheet : public QDialog
{
    Q_OBJECT

public:
    ShortcutSheet(const theme::Theme &theme, const commands::CommandRegistry &registry, QWidget *parent);
};

} // namespace parallax::shell
