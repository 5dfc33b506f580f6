// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace parallax::commands {
class CommandRegistry;
}

namespace parallax::shell {

/// Find, Find next and Find previous of a window: in the pane of text that has the focus; where it has none, in the one
/// that is looked through already, or the first that shows. Off, with the reason, while the window shows no text.
/// GUI thread; both outlive the bindings.
void bindFindCommands(commands::CommandRegistry &registry, QWidget &window);

} // namespace parallax::shell
